//! The GraphQL-over-HTTP audit of `graphql-http` against a hub, and what a hostile client may send, over a real
//! connection. Needs Node and, once, `npm ci` in this folder.
#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::Ordering,
};

use nmirf_hub::{access::Role, record::Audience};
use serde_json::{Value, json};

use support::{Served, query};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graphql_http")
}

/// The audit of one hub, by anybody or with a token.
async fn audited(served: &Served, token: Option<String>) {
    assert!(
        folder().join("node_modules/graphql-http").is_dir(),
        "the audit is not installed: run `npm ci` in tests/graphql_http, or tests/run, which does it"
    );
    let url = served.url();
    let node = move || Command::new("node").arg("audit.mjs").arg(&url).args(token).current_dir(folder()).output();
    let output = tokio::task::spawn_blocking(node).await.unwrap();
    let output = output.expect("node can be started: install Node 20 or later");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("61 audits, 0 failures"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_audit_of_the_draft_is_ok() {
    let served = Served::start().await;
    audited(&served, None).await;
    audited(&served, Some(served.token("auditor", Role::Reader).await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_audit_is_ok_when_only_its_own_documents_are_answered() {
    let served = Served::with(|config| config.graphql.trusted_documents = Some(folder().join("trusted"))).await;
    let other = served.post(&query("{ practices { totalCount } }")).await;
    assert!(other.contains("\"code\":\"DOCUMENT_NOT_TRUSTED\""), "{other}");
    audited(&served, None).await;
    audited(&served, Some(served.token("auditor", Role::Reader).await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_members_read_leaves_the_tag_of_the_public() {
    let served = Served::start().await;
    let text = "{practices{totalCount}}";
    let empty = served.tag(text).await;
    served.publish(Audience::Network, 1, "For members").await;
    assert_eq!(served.tag(text).await, empty);
    served.publish(Audience::Public, 2, "For all").await;
    assert_ne!(served.tag(text).await, empty);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_lasts_no_longer_than_the_day() {
    let served = Served::start().await;
    let text = "{members{totalCount}}";
    let today = served.tag(text).await;
    assert_eq!(served.tag(text).await, today);
    served.clock.fetch_add(86_400_000, Ordering::SeqCst);
    assert_ne!(served.tag(text).await, today);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_is_told_with_as_much_as_is_selected() {
    let served = Served::start().await;
    served.publish(Audience::Public, 1, "First").await;
    served.publish(Audience::Public, 1, "Second").await;
    let of = async |fields: &str| {
        let found = served.ask(&format!("{{ practices {{ nodes {{ updatedAt history {{ {fields} }} }} }} }}")).await;
        let practice = &found["practices"]["nodes"][0];
        (practice["history"].clone(), practice["updatedAt"].clone())
    };
    assert_eq!(of("number").await.0, json!([{"number": 2}, {"number": 1}]));
    let (history, updated_at) = of("signedAt").await;
    assert_eq!(history[0]["signedAt"], updated_at);
    let (history, _) = of("number keyId jws").await;
    let signed = |place: usize| history[place]["jws"].as_str().unwrap().split('.').count();
    assert_eq!((signed(0), signed(1)), (3, 3));
    assert_eq!(history[0]["keyId"], json!(&**served.hub.author().key.public().thumbprint()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_histories_is_answered_and_a_flood_of_them_is_not() {
    let served = Served::start().await;
    served.ask("{ practices(first: 100) { nodes { id history { number } } } }").await;
    let flood = served.post(&query("{ practices(first: 98) { nodes { history(first: 100) { number } } } }")).await;
    assert!(flood.contains("\"code\":\"TOO_COMPLEX\""), "{flood}");
    let walk = "changes(first: 1, filter: { origins: [\"x\"] }) { nodes { type } }";
    let walks = (0..20).map(|n| format!("w{n}: {walk} ")).collect::<String>();
    let flood = served.post(&query(&format!("{{ {walks} }}"))).await;
    assert!(flood.contains("\"code\":\"TOO_COMPLEX\""), "{flood}");
    assert_eq!(served.ask(&format!("{{ {walk} }}")).await, json!({"changes": {"nodes": []}}));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hostile_client_sends_is_refused_with_the_right_code() {
    let served = Served::start().await;
    let doubling = (0..20).map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }} ", n + 1)).collect::<String>();
    let aliases = (0..10_000).map(|n| format!("a{n}:__typename ")).collect::<String>();
    let few_bytes = (0..3000).map(|n| format!("a{n}:__typename ")).collect::<String>();
    let variables = (0..20_000).map(|n| format!("$v{n}:Int ")).collect::<String>();
    let numbers = vec!["1"; 20_000].join(",");
    for (name, body, status, code) in [
        (
            "doubling fragments",
            query(&format!("{{ ...F0 }} {doubling} fragment F20 on Query {{ __typename }}")),
            200,
            "TOO_COMPLEX",
        ),
        ("10,000 aliases", query(&format!("{{ {aliases} }}")), 413, "TOO_LARGE"),
        ("3,000 aliases", query(&format!("{{ {few_bytes} }}")), 200, "TOO_COMPLEX"),
        ("10 MiB", "x".repeat(10 << 20), 413, "TOO_LARGE"),
        ("20,000 unused variables", query(&format!("query({variables}) {{ __typename }}")), 413, "TOO_LARGE"),
        (
            "circular fragments",
            query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
            200,
            "VALIDATION_FAILED",
        ),
        ("10,000 levels", query(&format!("{}{}", "{a".repeat(10_000), "}".repeat(10_000))), 200, "TOO_DEEP"),
        (
            "a huge list",
            format!("{{\"query\":\"{{__typename}}\",\"variables\":{{\"v\":[{numbers}]}}}}"),
            200,
            "TOO_COMPLEX",
        ),
    ] {
        let answer = served.post(&body).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {answer}");
        assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{name}: {answer}");
        assert!(answer.len() < 2000, "{name}: the answer is long");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_nobody_knows_is_refused_for_the_whole_request() {
    let served = Served::start().await;
    let head = "POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\nauthorization: Bearer nobody's";
    let answer = served.send(head, &query("{ __typename }")).await;
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    assert!(answer.contains("\"code\":\"UNAUTHENTICATED\""), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_was_valid_once_is_answered_alike_and_variables_are_judged_each_time() {
    let served = Served::start().await;
    served.publish(Audience::Public, 1, "Open meetings").await;
    let text = "{ practices { totalCount nodes { title { text } ...C } } } fragment C on Practice { country }";
    let first = served.ask(text).await;
    for _ in 0..3 {
        assert_eq!(served.ask(text).await, first);
    }
    let with = |first: Value| {
        let text = "query($first: Int) { practices(first: $first) { totalCount } }";
        json!({"query": text, "variables": {"first": first}}).to_string()
    };
    for _ in 0..2 {
        assert!(served.post(&with(2.into())).await.contains("\"totalCount\":1"));
        let wrong = served.post(&with("two".into())).await;
        assert!(
            wrong.contains("\"code\":\"BAD_USER_INPUT\"") || wrong.contains("\"code\":\"VALIDATION_FAILED\""),
            "{wrong}"
        );
    }
}
