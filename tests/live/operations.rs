//! What is refused before a stream begins, and what has but one answer.

use nmirf_hub::access::Role;
use serde_json::{Value, json};

use crate::{
    TRANSPORTS,
    served::{Node, Served},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_operation_is_said_before_a_stream_begins() {
    let served = Served::start().await;
    let deep = "a: record { ...on Practice { mechanism { practices { nodes { mechanism { practices { nodes { mechanism { \
                practices { nodes { mechanism { id } } } } } } } } } } } }";
    for (query, code) in [
        ("subscription { recordChanged { nothing } }".to_owned(), "VALIDATION_FAILED"),
        ("subscription { recordChanged { cursor } syncProgress { phase } }".to_owned(), "VALIDATION_FAILED"),
        ("subscription { __typename }".to_owned(), "VALIDATION_FAILED"),
        ("subscription { recordChanged { cursor }".to_owned(), "PARSE_FAILED"),
        ("subscription { recordChanged(since: \"nothing\") { cursor } }".to_owned(), "BAD_USER_INPUT"),
        ("subscription { recordChanged(filter: {countries: [\"nowhere\"]}) { cursor } }".to_owned(), "BAD_USER_INPUT"),
        (format!("subscription {{ recordChanged {{ {deep} }} }}"), "TOO_DEEP"),
    ] {
        for transport in TRANSPORTS {
            let mut node = Node::subscribe(&served, transport, json!({ "query": query }));
            assert_eq!(node.code().await, code, "{transport} {query}");
        }
    }
    crate::served::until("no operation", || served.hub.streams().open().operations == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_and_mutations_have_one_answer() {
    let served = Served::start().await;
    let (_, editor) = served.token(Role::Editor).await;
    let mutation = "mutation { withdrawPractice(id: \"nothing\", expectedRevision: 1) { userErrors { code } } }";
    for transport in TRANSPORTS {
        let mut node = Node::subscribe(&served, transport, json!({"query": "{ practices { totalCount } }"}));
        assert_eq!(node.data().await, json!({"practices": {"totalCount": 0}}));
        assert_eq!(node.line().await, json!({"complete": true}));
        let mut node = Node::subscribe(&served, transport, json!({ "query": mutation }));
        assert_eq!(node.code().await, "UNAUTHENTICATED");
        let mut node = Node::subscribe(&served, transport, json!({"query": mutation, "token": editor}));
        let line = node.line().await;
        assert!(line["next"].is_object(), "{line}");
        assert_eq!(node.line().await, json!({"complete": true}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_events_has_the_right_headers_and_a_subscription_needs_one() {
    let served = Served::start().await;
    let address = format!("{}/graphql", served.base());
    let client = reqwest::Client::new();
    let ask = |accept: &str, content_type: &str, query: &str| {
        let body = json!({ "query": query }).to_string();
        client.post(&address).header("accept", accept).header("content-type", content_type).body(body).send()
    };
    let answer = ask("text/event-stream", "application/json", "{ __typename }").await.unwrap();
    let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("content-type").as_deref(), Some("text/event-stream; charset=utf-8"));
    assert_eq!(header("cache-control").as_deref(), Some("no-store"));
    assert_eq!(header("x-accel-buffering").as_deref(), Some("no"));
    let text = answer.text().await.unwrap();
    let payload = text
        .strip_prefix(":\n\nevent: next\ndata: ")
        .and_then(|rest| rest.strip_suffix("\n\nevent: complete\ndata: \n\n"));
    let payload: Value = serde_json::from_str(payload.unwrap_or_else(|| panic!("{text}"))).unwrap();
    assert_eq!(payload["data"], json!({"__typename": "Query"}));
    // Any page can send such a body without asking first.
    let answer = ask("text/event-stream", "text/plain", "{ __typename }").await.unwrap();
    assert_eq!(answer.status(), 415);
    let subscription = "subscription { recordChanged { cursor } }";
    let answer = ask("application/json", "application/json", subscription).await.unwrap();
    assert!(answer.text().await.unwrap().contains("text/event-stream"));
    let answer = client.get(format!("{address}?query=mutation%7B__typename%7D"));
    let answer = answer.header("accept", "text/event-stream").send().await.unwrap();
    assert_eq!(answer.status(), 405);
    let answer = client.get(format!("{address}/ws")).send().await.unwrap();
    assert_eq!(answer.status(), 426);
}
