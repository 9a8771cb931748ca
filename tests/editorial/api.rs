//! The same through the API: ids, inputs, payloads, and what is said to whom.

use nmirf_hub::access::Role;
use serde_json::{Value, json};

use crate::{
    instance::uuid,
    staff::{ask, change, morocco, person},
};

const DRAFT: &str = "draft { recordId state revision baseRevision audience author savedBy comment } currentRevision \
    differences { field theirs yours } userErrors { field code message } record { id }";

fn input(title: &str) -> Value {
    json!({"title": [{"language": "fr", "text": title}], "summary": [{"language": "fr", "text": "Résumé"}]})
}

#[tokio::test]
async fn a_practice_goes_from_draft_to_withdrawal() {
    let instance = morocco().await;
    let hub = instance.hub();
    let (anna, edith) = (person("anna", Role::Contributor), person("edith", Role::Editor));
    let create = format!("createPractice(id: $id, input: $input) {{ {DRAFT} }}");
    let given = json!({"id": uuid(1).to_string(), "input": input("Titre")});
    let begun = change(hub, &anna, &create, given.clone()).await;
    assert_eq!(change(hub, &anna, &create, given).await, begun);
    let id = begun["draft"]["recordId"].clone();
    let steps = [
        (&anna, "submitPractice(id: $id, expectedRevision: $expected)", "IN_REVIEW"),
        (&edith, "returnDraft(id: $id, expectedRevision: $expected, comment: $text)", "DRAFT"),
        (&anna, "submitPractice(id: $id, expectedRevision: $expected)", "IN_REVIEW"),
    ];
    for (who, step, state) in steps {
        let variables = json!({"id": id, "expected": 1, "text": "Plus court."});
        let payload = change(hub, who, &format!("{step} {{ {DRAFT} }}"), variables).await;
        assert_eq!((&payload["draft"]["state"], &payload["userErrors"]), (&json!(state), &json!([])), "{step}");
    }
    let publish = format!("publishPractice(id: $id, expectedRevision: $expected) {{ {DRAFT} }}");
    let payload = change(hub, &edith, &publish, json!({"id": id, "expected": 1})).await;
    assert_eq!((&payload["draft"], &payload["record"]["id"]), (&Value::Null, &id));
    let update = format!("updatePractice(id: $id, input: $input, expectedRevision: $expected) {{ {DRAFT} }}");
    let changed = change(hub, &edith, &update, json!({"id": id, "input": input("Autre"), "expected": 1})).await;
    assert_eq!(changed["draft"]["baseRevision"], 1);
    let stale = change(hub, &anna, &update, json!({"id": id, "input": input("x"), "expected": 1})).await;
    assert_eq!(stale["userErrors"][0]["code"], "WRONG_STATE", "the draft is not hers to see");
    let stale = change(hub, &edith, &update, json!({"id": id, "input": input("x"), "expected": 1})).await;
    assert_eq!(stale["userErrors"][0]["code"], "CONFLICT");
    assert_eq!(stale["currentRevision"], changed["draft"]["revision"]);
    assert_eq!(stale["differences"], json!([{"field": "title.fr", "theirs": "\"Autre\"", "yours": "\"x\""}]));
    let withdraw = format!("withdrawPractice(id: $id, expectedRevision: $expected) {{ {DRAFT} }}");
    let gone = change(hub, &edith, &withdraw, json!({"id": id, "expected": 1})).await;
    assert_eq!((&gone["draft"], &gone["record"], &gone["userErrors"]), (&Value::Null, &Value::Null, &json!([])));
}

#[tokio::test]
async fn who_may_not_is_told_so_by_the_code_of_the_error() {
    let instance = morocco().await;
    let hub = instance.hub();
    let create = "mutation { createPractice(input: {}) { draft { recordId } } }";
    let publish = "mutation { publishPractice(id: \"x\", expectedRevision: 1) { draft { id } } }";
    let code = |answer: Value| answer["errors"][0]["extensions"]["code"].clone();
    assert_eq!(code(ask(hub, None, create, json!({})).await), "UNAUTHENTICATED");
    assert_eq!(code(ask(hub, Some(person("rita", Role::Reader)), create, json!({})).await), "FORBIDDEN");
    assert_eq!(code(ask(hub, Some(person("anna", Role::Contributor)), publish, json!({})).await), "FORBIDDEN");
    let nothing = ask(hub, Some(person("edith", Role::Editor)), publish, json!({})).await;
    assert_eq!(nothing.get("errors"), None);
}

#[tokio::test]
async fn drafts_are_listed_newest_first_for_who_may_see_them() {
    let instance = morocco().await;
    let hub = instance.hub();
    let anna = person("anna", Role::Contributor);
    for number in 1..=3 {
        let variables = json!({"id": uuid(number).to_string(), "input": input(&format!("Titre {number}"))});
        change(hub, &anna, "createPractice(id: $id, input: $input) { userErrors { code } }", variables).await;
        instance.later(1000);
    }
    let query = "query($after: String) { viewer { drafts(first: 2, after: $after) { totalCount pageInfo { hasNextPage \
        endCursor } nodes { id body checks { field needed message } } } } }";
    let page = ask(hub, Some(anna.clone()), query, json!({})).await["data"]["viewer"]["drafts"].clone();
    assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(3), &json!(true)));
    assert!(page["nodes"][0]["body"].as_str().unwrap().contains("Titre 3"));
    let help = &page["nodes"][0]["checks"][0];
    assert_eq!((&help["field"], &help["needed"]), (&json!("sources"), &json!(false)));
    let next = json!({"after": page["pageInfo"]["endCursor"]});
    let rest = ask(hub, Some(anna.clone()), query, next).await["data"]["viewer"]["drafts"].clone();
    assert_eq!(rest["nodes"].as_array().unwrap().len(), 1);
    let by_id = "query($id: ID!) { node(id: $id) { __typename ... on Draft { author } } }";
    let id = json!({"id": page["nodes"][0]["id"]});
    let node = ask(hub, Some(anna), by_id, id.clone()).await["data"]["node"].clone();
    assert_eq!(node, json!({"__typename": "Draft", "author": "anna"}));
    for other in [None, Some(person("bea", Role::Contributor)), Some(person("rita", Role::Reader))] {
        assert_eq!(ask(hub, other, by_id, id.clone()).await["data"]["node"], Value::Null);
    }
    let reader = ask(hub, Some(person("rita", Role::Reader)), query, json!({})).await;
    assert_eq!(reader["data"]["viewer"]["drafts"], Value::Null);
}

#[tokio::test]
async fn records_are_named_by_their_ids_and_what_is_not_there_is_told() {
    let instance = morocco().await;
    let hub = instance.hub();
    let edith = person("edith", Role::Editor);
    let first = json!({"id": uuid(1).to_string(), "input": input("Titre")});
    let create = "createPractice(id: $id, input: $input) { draft { recordId body } userErrors { field code } }";
    let followed = change(hub, &edith, create, first).await["draft"]["recordId"].clone();
    let mut following = input("Suite");
    following["adoptedFrom"] = json!([followed]);
    let early = change(hub, &edith, create, json!({"id": uuid(2).to_string(), "input": following})).await;
    assert_eq!(early["userErrors"][0]["code"], "NOT_FOUND", "a draft is named by nobody");
    let publish = "publishPractice(id: $id, expectedRevision: $expected) { record { id } userErrors { field code } }";
    let published = change(hub, &edith, publish, json!({"id": followed, "expected": 1})).await;
    assert_eq!(published["record"]["id"], followed, "{published}");
    following["audience"] = json!("NETWORK");
    let payload = change(hub, &edith, create, json!({"id": uuid(2).to_string(), "input": following})).await;
    let body: Value = serde_json::from_str(payload["draft"]["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["adoptedFrom"], json!([format!("practice/{}", uuid(1))]));
    following["adoptedFrom"] = json!([followed, "nothing"]);
    following["mechanism"] = followed;
    let refused = change(hub, &edith, create, json!({"id": uuid(3).to_string(), "input": following})).await;
    let told = json!([{"field": "mechanism", "code": "NOT_FOUND"}, {"field": "adoptedFrom[1]", "code": "NOT_FOUND"}]);
    assert_eq!((&refused["draft"], &refused["userErrors"]), (&Value::Null, &told));
    let unreadable = change(hub, &edith, create, json!({"id": "one", "input": input("x")})).await;
    assert_eq!(unreadable["userErrors"], json!([{"field": "id", "code": "INVALID"}]));
}
