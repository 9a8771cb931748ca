//! Answers that are kept, and what ends them.

use std::sync::atomic::Ordering;

use nmirf_hub::{access::Role, record::Audience};
use serde_json::{Value, json};

use crate::{
    header, parts,
    support::{Served, query},
};

const COUNT: &str = "{ practices { totalCount nodes { title { text } } } }";

async fn count(served: &Served, token: Option<&str>) -> u64 {
    let by = token.map_or_else(String::new, |token| format!("\r\nauthorization: Bearer {token}"));
    let head = format!("POST /graphql HTTP/1.1\r\ncontent-type: application/json{by}");
    let (_, _, body) = parts(&served.send(&head, &query(COUNT)).await);
    let body: Value = serde_json::from_str(&body).unwrap();
    body["data"]["practices"]["totalCount"].as_u64().unwrap_or_else(|| panic!("{body}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_answer_ends_with_its_moment_and_is_for_nobody_in_particular() {
    let served = Served::start().await;
    let token = served.token("ana", Role::Reader).await;
    for _ in 0..2 {
        assert_eq!((count(&served, None).await, count(&served, Some(&token)).await), (0, 0));
    }
    served.publish(Audience::Network, 1, "For members").await;
    for _ in 0..2 {
        assert_eq!((count(&served, None).await, count(&served, Some(&token)).await), (0, 1));
    }
    served.publish(Audience::Public, 2, "For all").await;
    for _ in 0..2 {
        assert_eq!((count(&served, None).await, count(&served, Some(&token)).await), (1, 2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_answer_lasts_no_longer_than_the_day() {
    let served = Served::start().await;
    let ask = async || parts(&served.send("GET /graphql?query={members{totalCount}} HTTP/1.1", "").await).1;
    let today = ask().await;
    assert_eq!(header(&today, "etag"), header(&ask().await, "etag"));
    served.clock.fetch_add(86_400_000, Ordering::SeqCst);
    let tomorrow = ask().await;
    assert_ne!(header(&today, "etag"), header(&tomorrow, "etag"));
    assert_eq!(header(&tomorrow, "cache-control"), Some("no-cache"));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_alike_with_and_without_keeping() {
    let keeping = Served::start().await;
    let plain = Served::with(|config| config.graphql.answer_cache = 0).await;
    for served in [&keeping, &plain] {
        served.publish(Audience::Public, 1, "A practice with a long title. ".repeat(20).trim()).await;
        // Else the two are of the same second, and their order is that of their ids, which hang on the address.
        served.clock.fetch_add(2_000, Ordering::SeqCst);
        served.publish(Audience::Public, 2, "Second").await;
    }
    let text =
        "query Q($first: Int) { practices(first: $first) { totalCount nodes { country title { text language } } } }";
    for language in ["", "accept-language: fr\r\n"] {
        for accept in ["application/json", "application/graphql-response+json"] {
            for first in [1, 2, 0, 1] {
                let body = json!({"query": text, "variables": {"first": first}, "operationName": "Q"}).to_string();
                let head =
                    format!("POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\n{language}accept: {accept}");
                for _ in 0..2 {
                    let (kept, made) = (keeping.send(&head, &body).await, plain.send(&head, &body).await);
                    let told = |answer: &str| {
                        let (status, head, body) = parts(answer);
                        let of = |name| header(&head, name).map(str::to_owned);
                        (status, of("content-type"), of("cache-control"), of("vary"), of("content-length"), body)
                    };
                    assert_eq!(told(&kept), told(&made));
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_answer_is_compressed_as_the_client_likes() {
    let served = Served::start().await;
    served.publish(Audience::Public, 1, "Recommendations of the treaty bodies. ".repeat(24).trim()).await;
    let text = "{practices{nodes{a:title{text}b:title{text}c:title{text}}}}";
    for accepted in ["gzip", "zstd", "identity", "gzip"] {
        let head = format!("GET /graphql?query={text} HTTP/1.1\r\naccept-encoding: {accepted}");
        for _ in 0..3 {
            let answer = served.send_bytes(&head, b"").await;
            let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
            let head = String::from_utf8(answer[..end].to_vec()).unwrap().to_lowercase();
            let expected = Some(accepted).filter(|accepted| *accepted != "identity");
            assert_eq!(header(&head, "content-encoding"), expected, "{head}");
            assert_eq!(head.matches("content-encoding").count(), usize::from(expected.is_some()));
            assert!(header(&head, "vary").unwrap().contains("accept-encoding"), "{head}");
        }
    }
}
