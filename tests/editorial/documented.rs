//! The examples of docs/EDITING.md, one after another, as they stand there.

use nmirf_hub::access::Role;
use serde_json::{Value, json};

use crate::staff::{ask, morocco, person};

#[tokio::test]
async fn every_example_of_the_page_on_editing_runs() {
    let instance = morocco().await;
    let page = include_str!("../../docs/EDITING.md");
    let examples: Vec<&str> =
        page.split("```graphql\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 9, "{}", examples.len());
    let (mut id, mut revision) = (Value::Null, Value::Null);
    for example in examples {
        let who = example.lines().next().unwrap().trim_start_matches("# ");
        // A contributor's draft is the contributor's; each role is one person.
        let role = Role::parse(who).unwrap();
        let variables = json!({"id": id, "revision": revision});
        let answer = ask(instance.hub(), Some(person(who, role)), example, variables).await;
        assert_eq!(answer.get("errors"), None, "{example}\n{answer}");
        let payload = answer["data"].as_object().unwrap().values().next().unwrap();
        assert!(payload["userErrors"] == json!([]) || payload.get("userErrors").is_none(), "{example}\n{answer}");
        let numbers = [&payload["draft"]["revision"], &payload["record"]["provenance"]["revision"]];
        if let Some(number) = numbers.into_iter().find(|number| number.is_number()) {
            revision = number.clone();
        }
        if let Some(known) = payload["draft"].get("recordId") {
            id = known.clone();
        }
    }
    assert_eq!(instance.count().await, 0, "the last example withdraws it");
}
