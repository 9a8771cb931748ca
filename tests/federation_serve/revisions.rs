use nmirf_hub::{
    journal::encoding::{base64url, sha256},
    record::Kind,
};
use serde_json::{Value, json};

use crate::support::{Answer, Coordinator, body, practice, publication};

/// Digests of the revisions in an answer, in order.
fn digests(answer: &Answer) -> Vec<[u8; 32]> {
    let jws = |line: &Value| Some(sha256(line.get("jws")?.as_str()?.as_bytes()));
    answer.lines().iter().filter_map(jws).collect()
}

fn stranger(number: u32) -> [u8; 32] {
    sha256(&number.to_be_bytes())
}

#[tokio::test]
async fn revisions_come_in_the_order_asked_each_once() {
    let hub = Coordinator::start().await;
    hub.publish((0..100).map(practice).collect()).await;
    let mut wanted: Vec<_> = hub.get("/federation/v1/state").await.entries().iter().map(|entry| entry.1).collect();
    wanted.reverse();
    let twice: Vec<_> = wanted.iter().chain(&wanted).copied().collect();
    let answer = hub.revisions(&twice).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/x-ndjson"));
    assert_eq!(digests(&answer), wanted);
    assert_eq!(answer.lines().last(), Some(&json!({"more": false, "missing": []})));
}

#[tokio::test]
async fn what_is_not_there_is_named_as_missing() {
    let hub = Coordinator::start().await;
    hub.publish(vec![practice(1)]).await;
    let here = hub.get("/federation/v1/state").await.entries()[0].1;
    let answer = hub.revisions(&[stranger(1), here, stranger(2), stranger(1)]).await;
    assert_eq!(digests(&answer), [here]);
    let missing = [base64url(&stranger(1)), base64url(&stranger(2))];
    assert_eq!(answer.lines().last(), Some(&json!({"more": false, "missing": missing})));
    assert_eq!(hub.revisions(&[]).await.lines(), [json!({"more": false, "missing": []})]);
}

#[tokio::test]
async fn only_latest_revisions_are_served() {
    let hub = Coordinator::start().await;
    hub.publish(vec![practice(1)]).await;
    let before: Vec<_> = hub.get("/federation/v1/state").await.entries().iter().map(|entry| entry.1).collect();
    hub.publish(vec![publication(Kind::Practice, 1, body(1, "changed"))]).await;
    let answer = hub.revisions(&before).await;
    assert_eq!(digests(&answer).len(), 2, "the two members");
    assert_eq!(answer.lines().last().unwrap()["missing"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_thousand_digests_and_no_more() {
    let hub = Coordinator::start().await;
    let strangers: Vec<_> = (0..1_001).map(stranger).collect();
    let answer = hub.revisions(&strangers[..1_000]).await;
    assert_eq!(answer.lines().last().unwrap()["missing"].as_array().unwrap().len(), 1_000);
    let refused = hub.revisions(&strangers).await;
    assert_eq!(refused.outcome(), "413 too-large");
}

#[tokio::test]
async fn an_answer_ends_after_eight_mebibytes() {
    let hub = Coordinator::start().await;
    let long = |number: u64| {
        let texts: serde_json::Map<String, Value> =
            ["en", "fr", "es"].iter().map(|tag| ((*tag).to_owned(), "x".repeat(49_000).into())).collect();
        let mut body = body(number, "short");
        body["description"] = texts.into();
        publication(Kind::Practice, number, body)
    };
    hub.publish((0..60).map(long).collect()).await;
    let mut left: Vec<_> = hub.get("/federation/v1/state").await.entries().iter().map(|entry| entry.1).collect();
    let first = hub.revisions(&left).await;
    assert_eq!(first.lines().last(), Some(&json!({"more": true})));
    assert!((8 << 20..9 << 20).contains(&first.body.len()), "{} bytes", first.body.len());
    let came = digests(&first);
    assert_eq!(came, left[..came.len()], "in the order asked");
    left.drain(..came.len());
    let second = hub.revisions(&left).await;
    assert_eq!(digests(&second), left);
    assert_eq!(second.lines().last(), Some(&json!({"more": false, "missing": []})));
}
