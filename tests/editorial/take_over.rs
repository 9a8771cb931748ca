//! What the coordinator compiled about a State, until the State's own words take its place.

use std::sync::Arc;

use nmirf_hub::{
    access::Role,
    editorial::{DeskError, Obstacle},
    hub::Hub,
    journal::{publish::Publication, revision::Act},
    record::{Audience, Kind, Sub},
};
use serde_json::{Value, json};

use crate::{
    instance::uuid,
    network::Network,
    staff::{ask, audited, change, desk, person, titled},
};

/// A practice about a State that the coordinator has compiled, beside the mechanism that it names.
fn compiled(country: &str) -> Vec<Publication> {
    let put = |kind, number, body| Publication {
        sub: Sub::new(kind, uuid(number)),
        audience: Audience::Public,
        act: Act::Put { body },
        expected: None,
    };
    let sources = json!([{"title": "A public report", "url": "https://reports.example/1"}]);
    let mechanism = json!({"country": country, "name": {"en": "Mechanism"}, "compiled": true, "sources": sources});
    let practice = json!({"country": country, "title": {"en": "Compiled"}, "summary": {"en": "Summary"},
        "compiled": true, "sources": sources, "mechanism": format!("mechanism/{}", uuid(700))});
    vec![put(Kind::Mechanism, 700, mechanism), put(Kind::Practice, 701, practice)]
}

async fn with_compiled() -> Network {
    let network = Network::quiet(&["MA", "PT"]).await;
    network.coordinator().publish(compiled("MA")).await;
    for country in ["MA", "PT"] {
        network.national(country).pull_all().await;
    }
    network
}

async fn open(hub: &Arc<Hub>) -> Vec<Value> {
    let query = "{ viewer { recordsToTakeOver { totalCount nodes { id kind compiled } kinds { kind count } } } }";
    let answer = ask(hub, Some(person("anna", Role::Contributor)), query, json!({})).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    let list = &answer["data"]["viewer"]["recordsToTakeOver"];
    let nodes = list["nodes"].as_array().unwrap().clone();
    assert_eq!(list["totalCount"], nodes.len());
    nodes
}

#[tokio::test]
async fn the_coordinator_withdraws_what_a_state_has_taken_over_and_the_old_id_leads_to_the_new_record() {
    let network = with_compiled().await;
    let (morocco, portugal) = network.two();
    let hub = morocco.hub();
    assert_eq!(open(portugal.hub()).await, Vec::<Value>::new(), "of another State there is nothing");
    let there = open(hub).await;
    assert_eq!(there.iter().map(|record| record["kind"].clone()).collect::<Vec<_>>(), ["MECHANISM", "PRACTICE"]);
    let old = there[1]["id"].as_str().unwrap();

    let (anna, edith) = (person("anna", Role::Contributor), person("edith", Role::Editor));
    let taken = "takeOverRecord(id: $id) { draft { recordId revision body } userErrors { code } }";
    let payload = change(hub, &anna, taken, json!({"id": old})).await;
    assert_eq!(change(hub, &anna, taken, json!({"id": old})).await, payload, "once more is as once");
    let body: Value = serde_json::from_str(payload["draft"]["body"].as_str().unwrap()).unwrap();
    let coordinator = network.coordinator().id();
    assert_eq!(body["replaces"], json!({"iss": coordinator, "sub": format!("practice/{}", uuid(701))}));
    assert_eq!(body["mechanism"], json!({"iss": coordinator, "sub": format!("mechanism/{}", uuid(700))}));
    assert_eq!((body.get("compiled"), body["sources"][0]["title"].as_str()), (None, Some("A public report")));
    assert_eq!(open(hub).await.len(), 1, "it is being written");

    let new = payload["draft"]["recordId"].as_str().unwrap();
    let publish =
        "publishPractice(id: $id, expectedRevision: $expected) { record { id compiled } userErrors { message } }";
    let published = change(hub, &edith, publish, json!({"id": new, "expected": 1})).await;
    assert_eq!(published, json!({"record": {"id": new, "compiled": false}, "userErrors": []}));
    assert_eq!(open(hub).await.len(), 1, "it is taken over");

    network.coordinator().pull(morocco).await;
    let audit = audited(network.coordinator().hub()).await;
    assert_eq!(audit, ["hub record.replace"]);
    network.coordinator().pull(morocco).await;
    assert_eq!(audited(network.coordinator().hub()).await, audit, "once");
    portugal.pull_all().await;
    let query =
        format!("{{ node(id: \"{old}\") {{ __typename ... on WithdrawnRecord {{ supersededBy {{ id }} }} }} }}");
    for instance in [network.coordinator(), portugal] {
        let node = &instance.ask(&query).await["node"];
        assert_eq!(*node, json!({"__typename": "WithdrawnRecord", "supersededBy": {"id": new}}));
    }
}

#[tokio::test]
async fn what_is_left_stands_on_the_list_no_more_until_it_is_taken_over_after_all() {
    let network = with_compiled().await;
    let hub = network.national("MA").hub();
    let old = open(hub).await[1]["id"].clone();
    let edith = person("edith", Role::Editor);
    let left = change(hub, &edith, "leaveRecord(id: $id) { userErrors { code } }", json!({"id": old})).await;
    assert_eq!(left, json!({"userErrors": []}));
    assert_eq!(open(hub).await.len(), 1);
    let compiled = hub.compiled(old.as_str().unwrap()).await.unwrap().unwrap();
    let edith = desk(hub, "edith", Role::Editor);
    let draft = edith.take_over(&compiled).await.unwrap();
    edith.discard(&draft.record, draft.revision).await.unwrap();
    assert_eq!(open(hub).await.len(), 2, "the draft is gone and nobody leaves it");
}

#[tokio::test]
async fn what_is_not_about_the_own_state_is_not_taken_over() {
    let network = with_compiled().await;
    let (morocco, portugal) = network.two();
    let old = open(morocco.hub()).await[1]["id"].clone();
    let id = old.as_str().unwrap();
    for hub in [portugal.hub(), network.coordinator().hub()] {
        let compiled = hub.compiled(id).await.unwrap().unwrap();
        let refused = desk(hub, "edith", Role::Editor).take_over(&compiled).await;
        assert!(matches!(refused, Err(DeskError::WrongState(Obstacle::NotToTakeOver))));
    }
    let hub = morocco.hub();
    let foreign = "updatePractice(id: $id, input: $input, expectedRevision: $expected) { draft { id } record { id } \
        userErrors { code message } }";
    let input = json!({"title": [{"language": "fr", "text": "x"}]});
    let payload =
        change(hub, &person("edith", Role::Editor), foreign, json!({"id": id, "input": input, "expected": 1})).await;
    assert_eq!((&payload["draft"], &payload["record"]["id"]), (&Value::Null, &old));
    assert_eq!(payload["userErrors"][0]["code"], "FOREIGN");
    assert!(payload["userErrors"][0]["message"].as_str().unwrap().contains(network.coordinator().id()));
}

#[tokio::test]
async fn a_record_of_who_is_no_active_member_takes_no_place() {
    let network = with_compiled().await;
    let morocco = network.national("MA");
    let hub = morocco.hub();
    let old = open(hub).await[1]["id"].clone();
    let compiled = hub.compiled(old.as_str().unwrap()).await.unwrap().unwrap();
    let edith = desk(hub, "edith", Role::Editor);
    let draft = edith.take_over(&compiled).await.unwrap();
    let draft = edith.save(&draft.record, &titled("Propre"), draft.revision).await.unwrap();
    edith.publish(&draft.record, draft.revision).await.unwrap();
    hub.catch_up().await.unwrap();
    network.set_status(1, "suspended").await;
    network.coordinator().pull(morocco).await;
    assert_eq!(audited(network.coordinator().hub()).await, Vec::<String>::new());
    network.set_status(1, "active").await;
    network.coordinator().pull(morocco).await;
    assert_eq!(audited(network.coordinator().hub()).await, ["hub record.replace"]);
}
