//! graphql-transport-ws, message by message.

use std::time::Duration;

use nmirf_hub::graphql::http::live::Terms;
use serde_json::{Value, json};

use crate::served::{Node, Served};

const INIT: &str = r#"{"type":"connection_init"}"#;

fn subscribe(id: &str, query: &str) -> String {
    json!({"type": "subscribe", "id": id, "payload": {"query": query}}).to_string()
}

fn speak(served: &Served, messages: Value) -> Node {
    let address = format!("ws://{}/graphql/ws", served.address);
    Node::run("speak.mjs", &json!({"address": address, "protocols": ["graphql-transport-ws"], "messages": messages}))
}

/// The code with which the server closes, after whatever else it says.
async fn closed(mut node: Node) -> Value {
    loop {
        let mut line = node.line().await;
        assert!(line.is_object(), "the connection was not closed with a code");
        if line.get("message").is_none() {
            return line["closed"].take();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_the_protocol_closes_with_its_code() {
    let served = Served::start().await;
    let endless = subscribe("1", "subscription { recordChanged { cursor } }");
    for (messages, code) in [
        (json!([{ "text": endless }]), 4401),
        (json!([{ "text": INIT }, { "text": INIT }]), 4429),
        (json!([{ "text": INIT }, { "text": endless }, { "text": endless }]), 4409),
        (json!([{ "text": INIT }, { "text": "{\"type\":\"start\"}" }]), 4400),
        (json!([{ "text": "no JSON" }]), 4400),
        (json!([{ "binary": INIT }]), 4400),
        (json!([{ "text": INIT }, { "text": subscribe("1", &"x".repeat(100_000)) }]), 1009),
    ] {
        assert_eq!(closed(speak(&served, messages.clone())).await, code, "{messages}");
    }
    served.until_open(0, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_begin_or_does_not_answer_is_left() {
    let soon = Duration::from_millis(200);
    let served = Served::on(Terms { init: soon, ..Terms::default() }).await;
    assert_eq!(closed(speak(&served, json!([]))).await, 4408);
    let served = Served::on(Terms { ping: soon, ..Terms::default() }).await;
    let mut node = speak(&served, json!([{ "text": INIT }]));
    assert_eq!(node.line().await["message"]["type"], "connection_ack");
    assert_eq!(node.line().await["message"]["type"], "ping");
    assert_eq!(closed(node).await, 4411);
    let served = Served::on(Terms { ping: soon, idle: soon, ..Terms::default() }).await;
    assert_eq!(closed(speak(&served, json!([{ "text": INIT }]))).await, 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_subprotocol_is_not_spoken() {
    let served = Served::start().await;
    let address = format!("ws://{}/graphql/ws", served.address);
    let mut node = Node::run("speak.mjs", &json!({"address": address, "protocols": [], "messages": []}));
    assert_eq!(node.line().await["closed"], 4406);
    let mut node = Node::run("speak.mjs", &json!({"address": address, "protocols": ["graphql-ws"], "messages": []}));
    assert!(node.line().await["fault"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_stops_an_operation_and_uses_its_id_again() {
    let served = Served::start().await;
    let endless = subscribe("1", "subscription { recordChanged { cursor } }");
    let messages = json!([
        { "text": INIT },
        { "text": endless },
        { "text": "{\"type\":\"complete\",\"id\":\"1\"}" },
        { "text": subscribe("1", "{ __typename }") },
        { "text": "{\"type\":\"ping\",\"payload\":{\"n\":1}}", "after": 3 },
        { "text": "{\"type\":\"complete\",\"id\":\"1\"}", "after": 3 },
    ]);
    let mut node = speak(&served, messages);
    for expected in [
        json!({"type": "connection_ack"}),
        json!({"id": "1", "type": "next", "payload": {"data": {"__typename": "Query"}}}),
        json!({"id": "1", "type": "complete"}),
        json!({"type": "pong", "payload": {"n": 1}}),
    ] {
        let mut line = node.line().await;
        // What it cost is told beside the answer.
        if let Some(payload) = line["message"].get_mut("payload").and_then(Value::as_object_mut) {
            payload.remove("extensions");
        }
        assert_eq!(line["message"], expected);
    }
    served.until_open(1, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn operations_of_one_connection_are_bounded() {
    let served = Served::on(Terms { operations: 2, ..Terms::default() }).await;
    let endless = |id: &str| json!({ "text": subscribe(id, "subscription { recordChanged { cursor } }") });
    let mut node = speak(&served, json!([{ "text": INIT }, endless("1"), endless("2"), endless("3")]));
    assert_eq!(node.line().await["message"]["type"], "connection_ack");
    let line = node.line().await;
    assert_eq!((&line["message"]["type"], &line["message"]["id"]), (&json!("error"), &json!("3")), "{line}");
    assert_eq!(line["message"]["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    served.until_open(1, 2).await;
}
