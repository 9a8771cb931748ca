//! Answers that are too large, too deep, too many or somewhere else: bounded while they are read, the connection closed
//! by the reader, and nothing changed.

use std::io::Write as _;

use nmirf_hub::{catalog::SyncState, federation::rounds::RoundEnd};
use serde_json::json;

use crate::{
    forged::Forged,
    instance::{practices, put},
    network::Network,
    support::{Answer, Deed, Gate},
};

const MIB: usize = 1 << 20;

async fn with_one_practice() -> Network {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    portugal.pull_all().await;
    morocco.publish(vec![put(1, "second")]).await;
    morocco.gate.take_log();
    network
}

/// The round fails with this sentence and leaves what was held; an honest one then goes well.
async fn refused(network: &Network, sentence: &str) {
    let (morocco, portugal) = network.two();
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Failed(_)), "{end:?}");
    assert_eq!(portugal.sentence(morocco), sentence);
    assert_eq!(portugal.state(morocco), SyncState::Failing);
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]));
}

async fn healed(network: &Network) {
    let (morocco, portugal) = network.two();
    morocco.gate.honest();
    portugal.pull(morocco).await;
    assert_eq!(portugal.practices().await, practices(&[(1, "second")]));
    assert_eq!(portugal.state(morocco), SyncState::Current);
}

fn flood(head: &str, block: Vec<u8>, bytes: usize) -> Deed {
    let times = bytes / block.len();
    Deed::Flood { head: format!("HTTP/1.1 200 X\r\ncontent-type: application/json\r\n{head}"), block, times }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_of_a_gibibyte_is_cut_off_by_the_reader() {
    let network = with_one_practice().await;
    let morocco = network.national("MA");
    let announced = format!("content-length: {}\r\n", 1024 * MIB);
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x10000], b"\r\n".to_vec()].concat();
    for (head, block) in [(announced, vec![b' '; 0x10000]), ("transfer-encoding: chunked\r\n".to_owned(), chunk)] {
        morocco.gate.rule(move |asked| match asked.path.ends_with("/state") {
            true => flood(&head, block.clone(), 1024 * MIB),
            false => Deed::Pass,
        });
        refused(&network, "The server's answer is larger than allowed.").await;
        // The gate notes it once its writing has failed.
        let log = crate::support::until("the flood ends", async || {
            let log = morocco.gate.take_log();
            (!log.is_empty()).then_some(log)
        })
        .await;
        // What the machine's own buffers take on the way counts, too: they grow with its load.
        assert!(log[0].bytes < 64 * MIB, "{log:?}");
    }
    healed(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn json_ten_thousand_levels_deep_is_refused() {
    let network = with_one_practice().await;
    let deep = format!("{{\"checkpoint\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    network.national("MA").gate.say("/state", Answer::ok("application/json", deep));
    refused(&network, "The server's answer does not follow the protocol: it is nested too deeply.").await;
    let deep = format!("{{\"jws\":{}{}}}\n", "[".repeat(10_000), "]".repeat(10_000));
    network.national("MA").gate.say("/revisions", Answer::ok("application/x-ndjson", deep));
    refused(&network, "The server's answer does not follow the protocol: it is nested too deeply.").await;
    healed(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gzip_bomb_is_refused() {
    let network = with_one_practice().await;
    let bomb = gzip_of_spaces(64 * MIB).await;
    assert!(bomb.len() < 128 * 1024, "{}", bomb.len());
    let answer = Answer::ok("application/json", bomb).with("content-encoding", "gzip");
    network.national("MA").gate.say("/state", answer);
    refused(&network, "The server's answer is larger than allowed.").await;
    healed(&network).await;
}

async fn gzip_of_spaces(length: usize) -> Vec<u8> {
    use tokio::io::AsyncReadExt as _;
    let spaces = vec![b' '; length];
    let mut bomb = Vec::new();
    async_compression::tokio::bufread::GzipEncoder::new(&spaces[..]).read_to_end(&mut bomb).await.unwrap();
    bomb
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_not_followed() {
    let network = with_one_practice().await;
    let elsewhere = Gate::open().await;
    let target = format!("{}/federation/v1/state", elsewhere.base.replace("127.0.0.1", "localhost"));
    for status in [301, 302, 307, 308] {
        network.national("MA").gate.say("/state", Answer::status(status).with("location", &target));
        refused(&network, "The server redirects to localhost; redirects are not followed.").await;
    }
    assert_eq!(elsewhere.take_log().len(), 0, "nobody called there");
    healed(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_of_the_protocol_is_refused() {
    let network = with_one_practice().await;
    let morocco = network.national("MA");
    let html = Answer::ok("text/html", "<p>Sign in to the hotel's network</p>");
    let problem = |status: u16, code: &str| {
        let body = json!({"type": format!("urn:nmirf:problem:{code}")});
        Answer { status, ..Answer::ok("application/problem+json", body.to_string()) }
    };
    for (answer, sentence) in [
        (html, "The server's answer has another content type than the protocol gives: is this a nmirf-hub?"),
        (
            Answer::ok("application/json", "{\"checkpoint\""),
            "The server's answer does not follow the protocol: it is no JSON of the strict form.",
        ),
        (
            Answer::ok("application/json", "{}"),
            "The server's answer does not follow the protocol: a state has no checkpoint.",
        ),
        (problem(404, "unknown-journal"), "The server answered with status 404, unknown-journal."),
        (problem(500, "internal"), "The server answered with status 500, internal."),
        (Answer::status(204), "The server answered with status 204."),
    ] {
        morocco.gate.say("/state", answer);
        refused(&network, sentence).await;
    }
    morocco.gate.rule(|_| Deed::Drop);
    refused(&network, "The server's answer broke off before its end.").await;
    healed(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_304_that_was_not_asked_for_is_refused() {
    let mut network = Network::quiet(&["MA", "PT"]).await;
    network.national("MA").publish(vec![put(1, "first")]).await;
    let (morocco, portugal) = network.two();
    morocco.gate.say("/state", Answer::status(304));
    portugal.pull_all().await;
    assert_eq!(portugal.sentence(morocco), "The server answered with status 304.");
    assert_eq!(portugal.count().await, 0);
    morocco.gate.honest();
    portugal.pull(morocco).await;
    assert_eq!(portugal.count().await, 1);
    for instance in &mut network.all {
        instance.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_of_300_kib_is_missing_and_becomes_a_gap() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let mut forged = Forged::of(morocco).with(2..6);
    let mut claims = forged.claims(1);
    claims["rev"] = 3.into();
    claims["body"]["description"] = json!({"en": "x".repeat(225 * 1024)});
    let long = forged.signed(&claims);
    assert!(long.len() > 300 * 1024, "{}", long.len());
    let right = forged.revision(1, 4, "short again");
    forged.put(1, long);
    let forged = forged.instead_of(morocco);
    morocco.gate.take_log();
    let end = portugal.pull(morocco).await;
    let RoundEnd::Good(pulled) = end else { panic!("{end:?}") };
    assert_eq!((pulled.gaps, portugal.copy(morocco).gaps), (1, 1));
    assert_eq!(portugal.practices().await, practices(&[(2, "first"), (3, "first"), (4, "first"), (5, "first")]));
    assert_eq!(portugal.state(morocco), SyncState::Current);
    forged.lock().unwrap().put(1, right);
    portugal.pull(morocco).await;
    assert_eq!(portugal.copy(morocco).gaps, 0);
    assert_eq!(portugal.count().await, 5);
}

/// A batch that breaks a bound is asked again in halves, so one bad line costs only itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_breaks_a_bound_is_asked_again_in_halves() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let forged = Forged::of(morocco).with(2..34);
    let mut forged = forged;
    let jws = forged.revision(1, 3, "third");
    forged.put(1, jws);
    let forged = forged.instead_of(morocco);
    let shared = forged.clone();
    // More than four revisions at once break the bound of a line.
    morocco.gate.rule(move |asked| {
        let forged = shared.lock().unwrap();
        match &*asked.path {
            "/federation/v1/state" => Deed::Say(forged.state()),
            "/federation/v1/revisions" => {
                let mut answer = forged.batch(asked);
                if answer.body.iter().filter(|byte| **byte == b'\n').count() > 5 {
                    let mut long = Vec::new();
                    writeln!(long, "{}", "x".repeat(MIB + 1)).unwrap();
                    answer.body = long;
                }
                Deed::Say(answer)
            }
            _ => Deed::Pass,
        }
    });
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)));
    assert_eq!(portugal.count().await, 33);
    assert_eq!(portugal.copy(morocco).gaps, 0);
}
