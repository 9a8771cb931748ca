use nmirf_hub::{
    journal::{checkpoint::Checkpoint, entry::Entries, key::KeyStatus, read::Trusted as _},
    record::Audience,
};

use crate::support::{Coordinator, body, practice, publication};
use nmirf_hub::record::Kind;

const STATE: &str = "/federation/v1/state";

fn checkpoint(hub: &Coordinator, jws: &serde_json::Value) -> Checkpoint {
    let trust = hub.hub.trust();
    let current = |status| status == KeyStatus::Current;
    Checkpoint::read(jws.as_str().unwrap(), &hub.base, Audience::Public, trust.keys(&hub.base), current).unwrap()
}

#[tokio::test]
async fn a_state_is_a_checkpoint_and_the_entries_that_it_vouches_for() {
    let hub = Coordinator::start().await;
    hub.publish((0..20).map(practice).collect()).await;
    let answer = hub.get(STATE).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    let checkpoint = checkpoint(&hub, &answer.json()["checkpoint"]);
    let entries = answer.entries();
    assert_eq!(entries.len(), 22, "20 practices and two members");
    assert!(entries.is_sorted(), "ascending");
    assert_eq!(entries.into_iter().collect::<Entries>().root(), checkpoint.root);
    let etag = nmirf_hub::journal::checkpoint::etag(&checkpoint.jws);
    assert_eq!(answer.header("etag"), etag);
    assert_eq!(hub.get(&format!("{STATE}?origin={}&limit=1&x", hub.base)).await.body, answer.body);
}

#[tokio::test]
async fn since_gives_what_came_under_a_later_checkpoint() {
    let hub = Coordinator::start().await;
    hub.publish((0..5).map(practice).collect()).await;
    let before = hub.get(STATE).await;
    let seq = checkpoint(&hub, &before.json()["checkpoint"]).seq;
    hub.publish(vec![publication(Kind::Practice, 3, body(3, "changed")), practice(7)]).await;
    let since = hub.get(&format!("{STATE}?since={seq}")).await;
    assert_eq!(since.entries().len(), 2);
    let whole: Entries = before.entries().into_iter().chain(since.entries()).collect();
    let now = checkpoint(&hub, &since.json()["checkpoint"]);
    assert_eq!(whole.root(), now.root, "the old ones with the new ones in their place");
    for since in [now.seq, (1 << 53) - 1] {
        assert!(hub.get(&format!("{STATE}?since={since}")).await.entries().is_empty());
    }
    assert_eq!(hub.get(&format!("{STATE}?since=0")).await.entries().len(), 8);
}

#[tokio::test]
async fn a_state_that_is_held_is_confirmed_without_a_body() {
    let hub = Coordinator::start().await;
    let etag = hub.get(STATE).await.header("etag").to_owned();
    for held in [etag.clone(), format!("W/\"x\", {etag}"), etag.replace("W/", ""), "*".to_owned()] {
        for path in [STATE.to_owned(), format!("{STATE}?since=5")] {
            let answer = hub.ask("GET", &path, &[("if-none-match", &held)], None).await;
            assert_eq!((answer.status, answer.body.len(), answer.header("etag")), (304, 0, &*etag), "{held}");
        }
    }
    assert_eq!(hub.ask("GET", STATE, &[("if-none-match", "W/\"x\"")], None).await.status, 200);
    hub.publish(vec![practice(1)]).await;
    assert_eq!(hub.ask("GET", STATE, &[("if-none-match", &etag)], None).await.status, 200);
}

#[tokio::test]
async fn large_answers_are_compressed_as_the_caller_takes_them() {
    let hub = Coordinator::start().await;
    hub.publish((0..2_000).map(practice).collect()).await;
    let plain = hub.get(STATE).await;
    assert_eq!(plain.header("content-encoding"), "");
    for coding in ["gzip", "zstd", "br", "br, gzip;q=0.5"] {
        let answer = hub.ask("GET", STATE, &[("accept-encoding", coding)], None).await;
        let body = match answer.header("content-encoding") {
            "gzip" => decoded(async_compression::tokio::bufread::GzipDecoder::new(&answer.body[..])).await,
            "zstd" => decoded(async_compression::tokio::bufread::ZstdDecoder::new(&answer.body[..])).await,
            _ => answer.body.clone(),
        };
        let expected = if coding == "br" { "" } else { coding.rsplit(' ').next().unwrap().split(';').next().unwrap() };
        assert_eq!(answer.header("content-encoding"), expected);
        assert_eq!(body, plain.body, "{coding}");
        assert_eq!(answer.header("etag"), plain.header("etag"));
    }
    let small = hub.ask("GET", &format!("{STATE}?since=9007199254740991"), &[("accept-encoding", "gzip")], None).await;
    assert_eq!(small.header("content-encoding"), "", "a small answer goes as it is");
}

async fn decoded(mut from: impl tokio::io::AsyncRead + Unpin) -> Vec<u8> {
    let mut all = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut from, &mut all).await.unwrap();
    all
}
