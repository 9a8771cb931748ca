//! Who asks: everybody that there is, and the table of what they are answered.

use std::{sync::Arc, time::Duration};

use nmirf_hub::{
    access::Role, audit::Actor, federation::assertion::make_assertion, graphql, http, hub::Hub, record::RecordKey,
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::{
    endpoints::Request,
    support::{Coordinator, MEMBER, SUSPENDED, Served, network_practice, practice},
};

/// Who is asked for what; the columns of the table.
const COLUMNS: [&str; 9] =
    ["anonymous", "reader", "contributor", "editor", "administrator", "coordinator", "member", "suspended", "foreign"];

/// A coordinator with records for everybody and for members, and what each shows of itself.
pub struct Asking {
    coordinator: Coordinator,
    _national: Served,
    base: String,
    bearers: Vec<Option<String>>,
    /// Sessions of the five roles, in the order of the columns.
    cookies: Vec<Option<String>>,
    client: reqwest::Client,
    stop: CancellationToken,
    network_record: String,
}

impl Asking {
    pub async fn start() -> Self {
        let coordinator = Coordinator::start().await;
        coordinator.publish(vec![practice(1), practice(2), network_practice(3)]).await;
        coordinator.copy_of_member(vec![practice(4)]).await;
        coordinator.copy_of_member(vec![network_practice(5)]).await;
        let hub = coordinator.hub.clone();
        hub.catch_up().await.unwrap();
        hub.index().follow(&hub.snapshot());
        let national = coordinator.national().await;
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let app = http::app(hub.clone(), graphql::router(hub.clone()).unwrap());
        tokio::spawn(http::serve(hub.clone(), listener, app, stop.clone()));
        let mut bearers = vec![None];
        for role in Role::ALL {
            bearers.push(Some(token(&hub, role).await));
        }
        bearers.extend([None, None]);
        bearers.push(Some(token(&national.hub, Role::Administrator).await));
        let mut cookies = vec![None];
        for role in Role::ALL {
            cookies.push(Some(session(&hub, role, &format!("{}-in-a-browser", role.as_str())).await));
        }
        let sub = &network_practice(3).sub;
        let network_record = RecordKey::of(RecordKey::COORDINATOR, sub).to_string();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { coordinator, _national: national, base, bearers, cookies, client, stop, network_record }
    }

    /// What each shows of itself. An assertion is made anew each time, as members do.
    fn bearer(&self, column: usize) -> Option<String> {
        let (now, called) = (self.coordinator.hub.now(), &self.coordinator.base);
        match COLUMNS[column] {
            "member" => Some(make_assertion(&self.coordinator.member, MEMBER, called, now)),
            "suspended" => Some(make_assertion(&self.coordinator.suspended, SUSPENDED, called, now)),
            _ => self.bearers[column].clone(),
        }
    }

    /// The cookie that a browser sends to a page. Who signs out is another person of the same role:
    /// an account that is made again ends its sessions.
    async fn cookie(&self, column: usize, asked: &Request) -> Option<String> {
        let kept = self.cookies.get(column)?.clone()?;
        match asked.path.ends_with("/sign-out") {
            true => {
                let role = Role::ALL[column - 1];
                Some(session(&self.coordinator.hub, role, &format!("{}-who-leaves", role.as_str())).await)
            }
            false => Some(kept),
        }
    }

    async fn ask(&self, column: usize, query: &str) -> (u16, Value) {
        let mut request = self.client.post(format!("{}/graphql", self.base)).header("accept-language", "en");
        if let Some(bearer) = self.bearer(column) {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        let body = json!({ "query": query }).to_string();
        let answer = request.header("content-type", "application/json").body(body).send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{query}: {text}")))
    }

    /// One answer for each column: `yes`, `null`, or the code of the refusal; 401 where the whole request is refused.
    pub async fn fields(&self, query: &str) -> Vec<String> {
        let mut cells = Vec::new();
        for column in 0..COLUMNS.len() {
            if query.starts_with("subscription") {
                cells.push(self.subscription(column, query).await);
                continue;
            }
            let (status, answer) = self.ask(column, query).await;
            let code = answer["errors"][0]["extensions"]["code"].as_str();
            assert_ne!(code, Some("VALIDATION_FAILED"), "{query}: {answer}");
            assert_ne!(code, Some("INTERNAL"), "{query}: {answer}");
            let root = answer["data"].as_object().and_then(|data| data.values().next());
            cells.push(match (status, code, root) {
                (401, ..) => "401".to_owned(),
                (_, Some(code), _) => code.to_owned(),
                (_, None, None | Some(Value::Null)) => "null".to_owned(),
                (_, None, Some(root)) => root.get("totalCount").map_or("yes".to_owned(), Value::to_string),
            });
        }
        cells
    }

    /// `yes` where a stream begins, 401, or the code of the refusal.
    async fn subscription(&self, column: usize, query: &str) -> String {
        let mut request = self.client.post(format!("{}/graphql", self.base)).header("accept", "text/event-stream");
        if let Some(bearer) = self.bearer(column) {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        let body = json!({ "query": query }).to_string();
        let mut answer = request.header("content-type", "application/json").body(body).send().await.unwrap();
        if answer.status() == 401 {
            return "401".to_owned();
        }
        let begun = answer.chunk().await.unwrap().unwrap_or_default();
        let begun = String::from_utf8_lossy(&begun);
        assert!(!begun.contains("VALIDATION_FAILED"), "{query}: {begun}");
        let code = begun.split("\"code\":\"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(code.is_some() || begun == ":\n\n", "{query}: {begun}");
        code.unwrap_or("yes").to_owned()
    }

    /// Questions whose answers hang on who asks: name, query, where the answer stands.
    pub fn told(&self) -> Vec<(&'static str, String, &'static str)> {
        let record = &self.network_record;
        vec![
            ("a network record by id", format!(r#"{{ node(id: "{record}") {{ id }} }}"#), "/data/node/id"),
            ("network records in counts", "{ practices { totalCount } }".into(), "/data/practices/totalCount"),
            (
                "network records in facets",
                "{ practices { facets(fields: [COUNTRY]) { buckets { count } } } }".into(),
                "/data/practices/facets/0/buckets/0/count",
            ),
            (
                "network records in figures",
                "{ statistics { practices(groupBy: [COUNTRY]) { count } } }".into(),
                "/data/statistics/practices/0/count",
            ),
            (
                "network records in changes",
                "{ changes(first: 50) { nodes { recordId } } }".into(),
                "/data/changes/nodes",
            ),
            (
                "journals of an instance",
                "{ instances { nodes { journals { audience } } } }".into(),
                "/data/instances/nodes/0/journals",
            ),
            (
                "records that are not shown",
                "{ instances { nodes { sync { notShown { reason } } } } }".into(),
                "/data/instances/nodes/0/sync/notShown",
            ),
            (
                "focal points of a member",
                "{ members { nodes { focalPoints { name } } } }".into(),
                "/data/members/nodes/0/focalPoints",
            ),
            (
                "keys and course of a member",
                "{ members { nodes { keys { status } course { role } } } }".into(),
                "/data/members/nodes/0/keys",
            ),
        ]
    }

    /// One value for each column; of a list its length.
    pub async fn told_values(&self, query: &str, pointer: &str) -> Vec<String> {
        let mut cells = Vec::new();
        for column in 0..COLUMNS.len() {
            let (status, answer) = self.ask(column, query).await;
            cells.push(match answer.pointer(pointer) {
                _ if status == 401 => "401".to_owned(),
                None | Some(Value::Null) => "null".to_owned(),
                Some(Value::Array(items)) => items.len().to_string(),
                Some(Value::Number(number)) => number.to_string(),
                Some(_) => "yes".to_owned(),
            });
        }
        cells
    }

    /// The status that each column is answered with.
    pub async fn endpoint(&self, asked: &Request) -> Vec<String> {
        let mut cells = Vec::new();
        for column in 0..COLUMNS.len() {
            let url = format!("{}{}", self.base, asked.path);
            let mut request = self.client.request(asked.method.parse().unwrap(), url);
            if asked.is_page() {
                if let Some(cookie) = self.cookie(column, asked).await {
                    request = request.header("cookie", cookie);
                }
            } else if let Some(bearer) = self.bearer(column) {
                request = request.header("authorization", format!("Bearer {bearer}"));
            }
            if !asked.content_type.is_empty() {
                request = request.header("content-type", asked.content_type);
            }
            let answer = request.header("sec-fetch-site", "same-origin").body(asked.body).send().await.unwrap();
            cells.push(answer.status().as_u16().to_string());
        }
        cells
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn token(hub: &Arc<Hub>, role: Role) -> String {
    // A national instance has no coordinators.
    let (key, day) = (hub.author().key.clone(), Duration::from_secs(24 * 3600));
    let issued = hub.access().issue_token(&key, role.as_str(), role, day, &Actor::operator(), hub.now()).await;
    issued.unwrap_or_else(|fault| panic!("{}: {fault}", role.as_str())).text
}

/// A table in columns of equal width.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new() -> Self {
        let head = [""].into_iter().chain(COLUMNS).map(str::to_owned).collect();
        Self { rows: vec![head] }
    }

    pub fn section(&mut self, name: &str) {
        self.rows.push(vec![format!("# {name}")]);
    }

    pub fn row(&mut self, name: &str, cells: Vec<String>) {
        self.rows.push([name.to_owned()].into_iter().chain(cells).collect());
    }

    pub fn text(&self) -> String {
        let widths: Vec<usize> = (0..=COLUMNS.len())
            .map(|column| {
                self.rows
                    .iter()
                    .filter(|row| row.len() > 1)
                    .filter_map(|row| row.get(column))
                    .map(String::len)
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let line = |row: &Vec<String>| match row.len() {
            1 => format!("\n{}", row[0]),
            _ => {
                let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
                cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
            }
        };
        self.rows.iter().map(line).collect::<Vec<_>>().join("\n") + "\n"
    }
}

/// A new session of somebody with this role, as a browser sends it.
async fn session(hub: &Hub, role: Role, name: &str) -> String {
    let (access, now) = (hub.access(), hub.now());
    let password = "a long password for tests";
    let added = access.add_account(name, role, None, &Actor::operator(), now).await;
    if let Ok(added) = added.as_ref().map(|added| added.link.rsplit('/').next().unwrap().to_owned()) {
        let accepted = access.accept_invitation(&added, password, None, None, now).await;
        assert!(accepted.is_ok(), "{name}");
    }
    let signed_in = access.sign_in(name, password, None, None, now).await.unwrap_or_else(|_| panic!("{name}"));
    format!("{}={}", access.cookie_name(), signed_in.secret)
}
