//! The worked queries: each is a file of `queries/` with its variables beside it, asked over HTTP.
//!
//! The first lines of a file may say more: `# language:` goes into `Accept-Language` (`en` when absent), `# role:` asks as
//! somebody with that role, `# by:` asks otherwise than by POST (`persisted`, `stream`), `# show:` also shows this part of
//! the answer's `extensions`, `# mask: cursor` leaves out cursors that differ from database to database, `# mistake:` says why it is refused.

use std::collections::BTreeMap;
use std::fs;

use nmirf_hub::access::Role as Rank;
use serde_json::{Map, Value, json};

use super::served::{Served, folder};

/// One worked query.
pub struct Query {
    pub name: String,
    /// Without its first lines.
    pub text: String,
    /// As they are written, with names in double braces for what the hub says.
    pub variables: Option<String>,
    said: BTreeMap<String, String>,
}

/// What the variables of worked queries name.
pub type Names = BTreeMap<&'static str, String>;

/// Members that hang on a key made anew for each run.
const OF_THE_KEY: [&str; 5] = ["jws", "keyId", "thumbprint", "root", "x"];

impl Query {
    /// All of them, by name.
    pub fn all() -> Vec<Self> {
        let place = folder("tests/clients/queries");
        let mut names: Vec<String> = fs::read_dir(&place)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|file| file.strip_suffix(".graphql").map(str::to_owned))
            .collect();
        names.sort();
        let read = |name: String| {
            let file = fs::read_to_string(place.join(format!("{name}.graphql"))).unwrap();
            let (first, text): (Vec<_>, Vec<_>) = file.lines().partition(|line| line.starts_with("# "));
            let said = first.iter().map(|line| line[2..].split_once(": ").unwrap());
            let said = said.map(|(word, value)| (word.to_owned(), value.to_owned())).collect();
            let variables = fs::read_to_string(place.join(format!("{name}.json"))).ok();
            Self { text: text.join("\n"), variables: variables.map(|text| text.trim().to_owned()), said, name }
        };
        names.into_iter().map(read).collect()
    }

    fn says(&self, word: &str) -> Option<&str> {
        self.said.get(word).map(String::as_str)
    }

    /// In which language it is asked, where not in English.
    pub fn language(&self) -> Option<&str> {
        self.says("language")
    }

    /// As whom it is asked.
    pub fn role(&self) -> Option<&str> {
        self.says("role")
    }

    /// Whether it shows how a request is refused.
    pub fn is_a_mistake(&self) -> bool {
        self.says("mistake").is_some()
    }

    /// The variables with what the names stand for.
    pub fn filled(&self, names: &Names) -> Option<Value> {
        let mut text = self.variables.clone()?;
        for (name, value) in names {
            text = text.replace(&format!("{{{{{name}}}}}"), value);
        }
        Some(serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{}: {fault}", self.name)))
    }

    /// Asks it; gives the answer as the page shows it.
    pub async fn ask(&self, served: &Served, names: &Names) -> Value {
        let mut body = json!({"query": self.text});
        if let Some(variables) = self.filled(names) {
            body["variables"] = variables;
        }
        let answer = match self.says("by") {
            None => self.send(served, &body, "application/json").await,
            Some("stream") => self.send(served, &body, "text/event-stream").await,
            Some("persisted") => {
                let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, self.text.as_bytes());
                let hash: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
                let extensions = json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
                body["extensions"] = extensions.clone();
                let told = self.send(served, &json!({ "extensions": extensions }), "application/json").await;
                assert_eq!(told["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND", "{told}");
                self.send(served, &body, "application/json").await;
                self.send(served, &json!({ "extensions": extensions }), "application/json").await
            }
            Some(other) => panic!("{}: by {other}?", self.name),
        };
        self.shown(answer)
    }

    async fn send(&self, served: &Served, body: &Value, accept: &str) -> Value {
        let mut request = reqwest::Client::new()
            .post(served.url())
            .header("content-type", "application/json")
            .header("accept", accept)
            .header("accept-language", self.language().unwrap_or("en"))
            .body(body.to_string());
        if let Some(role) = self.role() {
            let role = [Rank::Reader, Rank::Contributor, Rank::Editor].into_iter().find(|known| known.as_str() == role);
            request = request.bearer_auth(served.token(role.unwrap()).await);
        }
        let mut answer = request.send().await.unwrap();
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        if !kind.starts_with("text/event-stream") {
            return serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        }
        let mut read = String::new();
        while let Some(part) = answer.chunk().await.unwrap() {
            read.push_str(&String::from_utf8_lossy(&part));
            let events = read.split_inclusive("\n\n").filter(|event| event.ends_with("\n\n"));
            let data = events
                .filter(|event| event.contains("event: next"))
                .find_map(|event| event.lines().find_map(|line| line.strip_prefix("data:")).map(str::trim));
            if let Some(data) = data {
                return serde_json::from_str(data).unwrap();
            }
        }
        panic!("{}: the stream ended without an event: {read}", self.name);
    }

    /// The answer without what differs from run to run, and without what is not to be shown.
    fn shown(&self, answer: Value) -> Value {
        let Value::Object(mut members) = answer else { panic!("{}: {answer}", self.name) };
        let shown = match (members.remove("extensions"), self.says("show")) {
            (Some(Value::Object(mut extensions)), Some(part)) => extensions.remove(part).map(|value| (part, value)),
            _ => None,
        };
        if let Some((part, value)) = shown {
            members.insert("extensions".to_owned(), Value::Object(Map::from_iter([(part.to_owned(), value)])));
        }
        let mut answer = Value::Object(members);
        let masks_cursors = self.says("mask") == Some("cursor");
        mask(&mut answer, &|name| {
            OF_THE_KEY.contains(&name) || masks_cursors && matches!(name, "cursor" | "endCursor")
        });
        answer
    }
}

fn mask(value: &mut Value, hides: &impl Fn(&str) -> bool) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if hides(name) => *text = "…".to_owned(),
                    other => mask(other, hides),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mask(item, hides)),
        _ => {}
    }
}

/// What the variables name, as this hub has it.
pub async fn names(served: &Served) -> Names {
    let query = r#"{
        practices(filter: { countries: ["PT"] }) { nodes { id title(language: "en") { text } } }
        first: practices(first: 2) { pageInfo { endCursor } }
        members(filter: { countries: ["MA"] }) { nodes { id } }
        changes(last: 100, filter: { kinds: [PRACTICE], countries: ["MA"] }) { nodes { cursor } }
        all: changes(first: 1) { nodes { cursor } }
    }"#;
    let answer = served.post(&json!({ "query": query })).await;
    let data = &answer["data"];
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    let practices = data["practices"]["nodes"].as_array().unwrap();
    let plenary = practices.iter().find(|each| each["title"]["text"].as_str().unwrap().starts_with("Plenary meetings"));
    Names::from([
        ("practice", text(&plenary.unwrap()["id"])),
        ("cursor", text(&data["first"]["pageInfo"]["endCursor"])),
        ("member", text(&data["members"]["nodes"][0]["id"])),
        ("since", text(&data["all"]["nodes"][0]["cursor"])),
    ])
}
