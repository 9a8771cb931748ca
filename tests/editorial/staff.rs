//! People at an instance, and what they do most.

use std::sync::Arc;

use async_graphql::{Request, Variables};
use nmirf_hub::{
    access::{Person, Role},
    audit::Actor,
    editorial::{Change, DeskError, Draft, EditorialDesk, OwnRecord, Patch},
    graphql::{Asker, Reading, schema},
    hub::Hub,
    record::{Kind, LanguageTag},
};
use serde_json::{Value, json};

use crate::instance::{Instance, uuid};

/// An instance of Morocco alone, that answers.
pub async fn morocco() -> Instance {
    let mut instance = Instance::new(Some("MA"), None, false).await;
    instance.answer().await;
    instance
}

pub fn person(name: &str, role: Role) -> Person {
    Person { name: name.into(), role, language: None }
}

/// The desk of this hub with somebody at it.
pub fn desk<'a>(hub: &'a Hub, name: &str, role: Role) -> EditorialDesk<'a> {
    hub.editorial_desk(&person(name, role), Actor { name: name.into(), address: None }).unwrap()
}

pub fn practice(number: u64) -> OwnRecord {
    OwnRecord::new(Kind::Practice, uuid(number))
}

pub fn texts(texts: &[(&str, &str)]) -> Change {
    Change::Texts(texts.iter().map(|(tag, text)| (LanguageTag::parse(tag).unwrap(), (*text).to_owned())).collect())
}

pub fn patch(changes: Vec<(&'static str, Change)>) -> Patch {
    Patch { changes, audience: None }
}

/// All that a practice needs.
pub fn whole() -> Patch {
    patch(vec![("title", texts(&[("fr", "Titre")])), ("summary", texts(&[("fr", "Résumé")]))])
}

pub fn titled(title: &str) -> Patch {
    patch(vec![("title", texts(&[("fr", title)]))])
}

/// Number and differences of a conflict, as `field: theirs | yours`.
#[track_caller]
pub fn conflict<T: std::fmt::Debug>(done: Result<T, DeskError>) -> (u32, Vec<String>) {
    match done {
        Err(DeskError::Conflict(conflict)) => {
            let shown = |value: Option<Value>| value.map_or("-".to_owned(), |value| value.to_string());
            let differences = conflict.differences.into_iter();
            let differences = differences
                .map(|found| format!("{}: {} | {}", found.field, shown(found.theirs), shown(found.yours)))
                .collect();
            (conflict.current_revision, differences)
        }
        other => panic!("no conflict: {other:?}"),
    }
}

pub async fn published(instance: &Instance, title: &str) -> Draft {
    let desk = desk(instance.hub(), "edith", Role::Editor);
    let record = practice(1);
    let draft = desk.begin(&record, &whole()).await.unwrap().unwrap();
    let draft = desk.save(&record, &titled(title), draft.revision).await.unwrap();
    desk.publish(&record, draft.revision).await.unwrap();
    instance.hub().catch_up().await.unwrap();
    draft
}

/// Actions of the audit log, oldest first, with who did them.
pub async fn audited(hub: &Hub) -> Vec<String> {
    use nmirf_hub::audit::{Wanted, lines};
    let wanted = Wanted { oldest_first: true, ..Wanted::default() };
    let lines = lines(hub.store(), &wanted, 100).await.unwrap();
    lines.into_iter().map(|line| format!("{} {}", line.actor, line.action)).collect()
}

/// Asks the API as somebody, or as anybody.
pub async fn ask(hub: &Arc<Hub>, person: Option<Person>, query: &str, variables: Value) -> Value {
    let reading = Reading::new(hub.clone(), Asker { person, address: None }, vec![LanguageTag::parse("fr").unwrap()]);
    let request = Request::new(query).variables(Variables::from_json(variables)).data(reading).data(hub.clone());
    serde_json::to_value(schema().execute(request).await).unwrap()
}

/// The payload of the only mutation of a request without errors.
pub async fn change(hub: &Arc<Hub>, person: &Person, mutation: &str, variables: Value) -> Value {
    let query = format!("mutation($id: ID, $input: PracticeInput, $expected: Int, $text: String) {{ {} }}", "X")
        .replace('X', mutation)
        // Only what the mutation names may be declared.
        .replace("$input: PracticeInput", if mutation.contains("$input") { "$input: PracticeInput!" } else { "" })
        .replace("$id: ID,", if mutation.contains("$id") { "$id: ID!," } else { "" })
        .replace("$expected: Int", if mutation.contains("$expected") { "$expected: Int!" } else { "" })
        .replace("$text: String", if mutation.contains("$text") { "$text: String!" } else { "" });
    let answer = ask(hub, Some(person.clone()), &query, variables).await;
    assert_eq!(answer.get("errors"), None, "{query}: {answer}");
    answer["data"].as_object().unwrap().values().next().cloned().unwrap_or_else(|| json!(null))
}
