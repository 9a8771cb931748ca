//! What a row means: which record, in which journal, and what is to be said of it, by the rules of this instance
//! (surface.md, `import`).

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Fault, Place, Row, on_all_cores};
use crate::config::Role;
use crate::hub::Hub;
use crate::journal::encoding::sha256;
use crate::journal::publish::Publication;
use crate::journal::revision::{self, Act};
use crate::record::{self, Audience, Kind, Speaker, Sub};

/// What `export` adds to a row: who published it.
const ORIGIN: &str = "origin";
/// What `export` adds to a row: in which revision it stood.
const REVISION: &str = "revision";

/// What an import needs to know of the instance that publishes.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Its entityId.
    pub entity_id: String,
    /// What it may say.
    pub speaker: Speaker,
    /// EntityIds of the instances that publish their records themselves. At a coordinator none that is or was the
    /// coordinator: a successor publishes their records under its own name (protocol §2, handover).
    pub others: HashSet<String>,
}

impl Facts {
    /// Those of a hub.
    pub fn of(hub: &Hub) -> Facts {
        let trust = hub.trust();
        let hands_over = hub.config().instance.role == Role::Coordinator;
        let mut others: HashSet<String> = trust.members().map(|(entity_id, _)| entity_id.to_owned()).collect();
        others.extend(trust.peers().into_iter().chain(trust.coordinators()).map(str::to_owned));
        others.retain(|entity_id| !hands_over || !trust.coordinators().contains(&entity_id.as_str()));
        others.remove(hub.entity_id());
        Facts { entity_id: hub.entity_id().to_owned(), speaker: hub.speaker(), others }
    }
}

/// What is to be published, each with the place of its row.
#[derive(Debug, Default)]
pub struct Prepared {
    /// In the order of the rows.
    pub publications: Vec<(Place, Publication)>,
    /// Rows that cannot be published, in the order of the rows.
    pub faults: Vec<Fault>,
}

/// The kind that a file's name says, in the singular or plural: `practices.jsonl`, `ma-practices.json`.
pub fn kind_of_name(path: &Path) -> Option<Kind> {
    let stem = path.file_stem()?.to_str()?.to_ascii_lowercase();
    let mut kinds = stem.split(|character: char| !character.is_ascii_alphabetic()).filter_map(kind_of_word);
    let kind = kinds.next()?;
    kinds.all(|other| other == kind).then_some(kind)
}

fn kind_of_word(word: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.as_str() == word || kind.plural() == word)
}

/// Makes publications of rows. `kind` is that of rows that name none. Blocks, on all cores.
pub fn publications(facts: &Facts, kind: Option<Kind>, rows: Vec<Result<Row, Fault>>) -> Prepared {
    let read = on_all_cores(rows, |row| {
        let row = row?;
        let (head, place) = (row.head, row.place);
        publication(facts, kind, row.members)
            .map(|made| (place, made))
            .map_err(|why| Fault::in_row(place, head.as_deref(), why))
    });
    let mut prepared = Prepared::default();
    let mut seen: HashMap<Sub, Place> = HashMap::new();
    for row in read {
        match row {
            Ok((place, made)) => match seen.get(&made.sub) {
                Some(first) => {
                    let reason = format!("has the same id as {first}: {}. Two records need two ids", made.sub);
                    prepared.faults.push(Fault::new(place, reason));
                }
                None => {
                    seen.insert(made.sub.clone(), place);
                    prepared.publications.push((place, made));
                }
            },
            Err(fault) => prepared.faults.push(fault),
        }
    }
    prepared
}

/// The same for a hub, beside the async threads.
pub async fn publications_of(hub: &Hub, kind: Option<Kind>, rows: Vec<Result<Row, Fault>>) -> Prepared {
    let facts = Facts::of(hub);
    let made = tokio::task::spawn_blocking(move || publications(&facts, kind, rows)).await;
    match made.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(prepared) => prepared,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // The runtime ends: nobody is left to be told more.
        Err(Err(_)) => Prepared::default(),
    }
}

fn publication(facts: &Facts, kind: Option<Kind>, members: Map<String, Value>) -> Result<Publication, String> {
    let mut row = Value::Object(members);
    record::normalize(&mut row);
    let Value::Object(mut members) = row else { return Err("a row is a JSON object".to_owned()) };
    let kind = take_kind(&mut members)?.or(kind).ok_or(
        "kind is missing: name it in the row, with --kind, or by the name of the file, such as practices.jsonl",
    )?;
    facts.speaker.may_publish(kind).map_err(|why| why.to_string())?;
    let id = take_id(&mut members, kind)?;
    let audience = take_audience(&mut members)?;
    let withdraw = take_withdraw(&mut members)?;
    refuse_anothers(facts, &mut members)?;
    members.shift_remove(REVISION);
    facts.speaker.complete(kind, &mut members).map_err(|why| why.to_string())?;
    let uuid = match id {
        Some(uuid) => uuid,
        None => made_id(&facts.entity_id, kind, &members)?,
    };
    let sub = Sub::new(kind, uuid);
    if withdraw {
        return match kind {
            Kind::Member => Err("a member's record is never withdrawn: its status says that it left".to_owned()),
            _ => Ok(Publication { sub, audience, act: Act::Withdraw { superseded_by: None }, expected: None }),
        };
    }
    let body = Value::Object(members);
    record::decode(kind, &body).map_err(|fault| fault.to_string())?;
    if !revision::fits(&body) {
        return Err("is over 256 KiB when signed: shorten its texts".to_owned());
    }
    Ok(Publication { sub, audience, act: Act::Put { body }, expected: None })
}

fn take_kind(members: &mut Map<String, Value>) -> Result<Option<Kind>, String> {
    let Some(value) = members.shift_remove("kind") else { return Ok(None) };
    let kind = value.as_str().and_then(kind_of_word);
    let words = Kind::ALL.map(Kind::as_str).join(", ");
    kind.map(Some).ok_or_else(|| format!("kind: {value} is none of {words}"))
}

/// A UUID; also `kind/uuid`, as records name each other.
fn take_id(members: &mut Map<String, Value>, kind: Kind) -> Result<Option<Uuid>, String> {
    let Some(value) = members.shift_remove("id") else { return Ok(None) };
    let text = value.as_str().unwrap_or_default().to_ascii_lowercase();
    let text = text.strip_prefix(&format!("{}/", kind.as_str())).unwrap_or(&text);
    match Sub::parse(&format!("{}/{text}", kind.as_str())) {
        Some(sub) => Ok(Some(sub.uuid())),
        None => Err(format!("id: {value} is no UUID such as 0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d")),
    }
}

fn take_audience(members: &mut Map<String, Value>) -> Result<Audience, String> {
    let Some(value) = members.shift_remove("audience") else { return Ok(Audience::Public) };
    let audience = value.as_str().and_then(Audience::parse);
    audience.ok_or_else(|| format!("audience: {value} is neither \"public\" nor \"network\""))
}

fn take_withdraw(members: &mut Map<String, Value>) -> Result<bool, String> {
    match members.shift_remove("withdraw") {
        None => Ok(false),
        Some(Value::Bool(withdraw)) => Ok(withdraw),
        Some(value) => Err(format!("withdraw: {value} is neither true nor false")),
    }
}

/// A copy of another's record is never published under one's own name: who imports what `export` wrote of a whole
/// network would sign for all of it.
fn refuse_anothers(facts: &Facts, members: &mut Map<String, Value>) -> Result<(), String> {
    match members.shift_remove(ORIGIN).as_ref().and_then(Value::as_str) {
        Some(origin) if facts.others.contains(origin) => {
            Err(format!("origin: this is a record of {origin}; only {origin} publishes it"))
        }
        _ => Ok(()),
    }
}

/// The id of a row that names none: made of what the record is about, so that the same file twice changes nothing. UUID
/// version 8 of SHA-256 over entityId, kind, country and first title, each ended by a line feed; of documents the symbol
/// too, since two resolutions have the same title.
fn made_id(entity_id: &str, kind: Kind, members: &Map<String, Value>) -> Result<Uuid, String> {
    let member = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or_default();
    let title = ["title", "name"].iter().find_map(|name| members.get(*name)?.as_object());
    let title = title.and_then(|texts| texts.values().next()).and_then(Value::as_str).unwrap_or_default();
    if title.is_empty() && (kind != Kind::Member || member("country").is_empty()) {
        return Err("id is missing, and without a title none can be made".to_owned());
    }
    let mut parts = vec![entity_id, kind.as_str(), member("country"), title];
    if kind == Kind::Document {
        parts.push(member("symbol"));
    }
    let text: String = parts.into_iter().flat_map(|part| [part, "\n"]).collect();
    let mut first = [0; 16];
    first.copy_from_slice(&sha256(text.as_bytes())[..16]);
    Ok(uuid::Builder::from_custom_bytes(first).into_uuid())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::record::CountryCode;
    use serde_json::json;

    fn national() -> Facts {
        Facts {
            entity_id: "https://hub.example.ma".to_owned(),
            speaker: Speaker { country: CountryCode::parse("MA"), is_coordinator: false },
            others: others(&["https://coordinator.example", "https://hub.example.pt"]),
        }
    }

    fn others(entity_ids: &[&str]) -> HashSet<String> {
        entity_ids.iter().map(|entity_id| (*entity_id).to_owned()).collect()
    }

    fn coordinator() -> Facts {
        let entity_id = "https://coordinator.example".to_owned();
        let speaker = Speaker { country: None, is_coordinator: true };
        Facts { entity_id, speaker, others: others(&["https://hub.example.ma"]) }
    }

    fn practice() -> Value {
        json!({"title": {"fr": "Titre", "en": "Title"}, "summary": {"fr": "x"}, "sources": [{"title": "s"}]})
    }

    fn with(mut row: Value, name: &str, value: Value) -> Value {
        row[name] = value;
        row
    }

    fn one(facts: &Facts, row: Value) -> Result<Publication, String> {
        let mut prepared = publications(facts, Some(Kind::Practice), vec![Row::of(1, row)]);
        match prepared.faults.pop() {
            Some(fault) => Err(fault.reason),
            None => Ok(prepared.publications.pop().unwrap().1),
        }
    }

    fn body(publication: Publication) -> Value {
        match publication.act {
            Act::Put { body } => body,
            Act::Withdraw { .. } => Value::Null,
        }
    }

    #[test]
    fn a_national_instance_fills_in_its_country_and_refuses_another() {
        assert_eq!(body(one(&national(), practice()).unwrap())["country"], "MA");
        let stated = one(&national(), with(practice(), "country", json!("MA"))).unwrap();
        assert_eq!(stated.sub, one(&national(), practice()).unwrap().sub, "stated or filled in, it is the same record");
        assert!(one(&national(), with(practice(), "country", json!("PT"))).unwrap_err().starts_with("country: "));
        let document = json!({"kind": "document", "title": {"en": "A"}, "type": "guide"});
        assert_eq!(body(one(&national(), document.clone()).unwrap()).get("country"), None);
        assert!(one(&national(), with(document, "country", json!("PT"))).is_err());
        let event = json!({"kind": "event", "title": {"en": "A"}, "type": "panel", "country": "CH"});
        assert_eq!(body(one(&national(), event).unwrap())["country"], "CH");
    }

    #[test]
    fn what_the_coordinator_says_of_states_is_compiled() {
        let row = with(practice(), "country", json!("GM"));
        assert_eq!(body(one(&coordinator(), row.clone()).unwrap())["compiled"], true);
        let unsourced = with(row, "sources", Value::Null);
        assert!(one(&coordinator(), unsourced).unwrap_err().starts_with("sources"));
        let event = json!({"kind": "events", "title": {"en": "A"}, "type": "panel"});
        assert_eq!(body(one(&coordinator(), event).unwrap()).get("compiled"), None);
    }

    #[test]
    fn what_another_instance_publishes_is_not_published_under_ones_own_name() {
        let (ma, coordinator_id) = ("https://hub.example.ma", "https://coordinator.example");
        let row = |origin: &str| with(with(practice(), "country", json!("MA")), "origin", json!(origin));
        for (facts, origin, taken) in [
            (coordinator(), ma, false),
            (coordinator(), coordinator_id, true),
            (coordinator(), "https://not-known.example", true),
            (national(), coordinator_id, false),
            (national(), "https://hub.example.pt", false),
            (national(), ma, true),
        ] {
            let told = one(&facts, row(origin)).map(|_| ()).map_err(|why| why.contains(&format!("only {origin} ")));
            assert_eq!(told, if taken { Ok(()) } else { Err(true) }, "{} of {origin}", facts.entity_id);
        }
    }

    #[test]
    fn members_stand_at_the_coordinator_only_and_are_never_withdrawn() {
        let member = json!({"kind": "member", "country": "MA", "role": "member", "status": "active",
            "history": [{"from": "2024", "role": "member", "status": "active"}]});
        assert!(one(&national(), member.clone()).unwrap_err().contains("register"));
        assert!(one(&coordinator(), member.clone()).is_ok());
        assert!(one(&coordinator(), with(member, "withdraw", json!(true))).unwrap_err().contains("never withdrawn"));
    }

    #[test]
    fn the_made_id_depends_on_what_the_record_is_about_and_on_nothing_else() {
        let sub = |row| one(&national(), row).unwrap().sub;
        assert_eq!(sub(practice()), sub(with(practice(), "summary", json!({"fr": "y"}))));
        assert_ne!(sub(practice()), sub(with(practice(), "title", json!({"fr": "Autre"}))));
        assert_eq!(sub(practice()).uuid().get_version_num(), 8);
        let document =
            |symbol| json!({"kind": "document", "title": {"en": "A"}, "type": "resolution", "symbol": symbol});
        assert_ne!(sub(document("A/HRC/RES/1")), sub(document("A/HRC/RES/2")));
    }

    #[test]
    fn members_of_a_row_that_are_not_of_the_body_leave_it() {
        let id = "0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d";
        let row = json!({"id": id.to_uppercase(), "kind": "practices", "audience": "network", "origin": "https://a.example",
            "revision": 3, "mechanism": id, "title": {"fr": "T"}, "summary": {"fr": "x\r\ny"}, "themes": null, "own": 1});
        let made = one(&national(), row).unwrap();
        assert_eq!(made.sub.as_str(), format!("practice/{id}"));
        assert_eq!(made.audience, Audience::Network);
        let wanted = json!({"country": "MA", "mechanism": format!("mechanism/{id}"), "title": {"fr": "T"},
            "summary": {"fr": "x\ny"}, "own": 1});
        assert_eq!(body(made), wanted);
    }

    #[test]
    fn wrong_members_of_a_row_are_named() {
        for (name, value) in [
            ("id", json!("x")),
            ("id", json!(7)),
            ("kind", json!("song")),
            ("audience", json!("all")),
            ("withdraw", json!("yes")),
            ("title", json!({})),
        ] {
            let said = one(&national(), with(practice(), name, value)).unwrap_err();
            assert!(said.starts_with(name) || name == "title", "{name}: {said}");
        }
        let nameless = publications(&national(), None, vec![Row::of(1, practice())]);
        assert!(nameless.faults[0].reason.starts_with("kind is missing"));
    }

    #[test]
    fn two_rows_with_one_id_name_both_places() {
        let rows = vec![Row::of(1, practice()), Row::of(2, practice())];
        let prepared = publications(&national(), Some(Kind::Practice), rows);
        assert_eq!(prepared.publications.len(), 1);
        assert!(prepared.faults[0].to_string().starts_with("row 2: has the same id as row 1"));
    }

    #[test]
    fn the_name_of_a_file_says_the_kind() {
        for (name, kind) in [
            ("practices.jsonl", Some(Kind::Practice)),
            ("data/Mechanism.json", Some(Kind::Mechanism)),
            ("ma-events-2026.json", Some(Kind::Event)),
            ("events-and-documents.json", None),
            ("rows.json", None),
            ("-", None),
        ] {
            assert_eq!(kind_of_name(Path::new(name)), kind, "{name}");
        }
    }
}
