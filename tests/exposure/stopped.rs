//! Work that nobody waits for any more, on a real hub.

use std::time::Duration;

use nmirf_hub::record::Audience;

use crate::support::{Served, query};

/// Lists in lists: with as many records as here, minutes of work.
fn endless() -> String {
    let list = "practices(first: 100) { nodes { id mechanism { ";
    query(&format!("{{ {} id {} }}", list.repeat(8), "} } }".repeat(8)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_costly_query_ends_with_its_time_and_leaves_its_turn() {
    let served = Served::with(|config| {
        config.graphql.max_cost = u64::MAX / 2;
        config.graphql.max_depth = 100;
        config.graphql.timeout = Duration::from_millis(300);
    })
    .await;
    served.publish_mechanism("Committee").await;
    for number in 0..20 {
        served.publish(Audience::Public, number, "A practice").await;
    }
    let cores = std::thread::available_parallelism().unwrap().get();
    let hostile = endless();
    let answers = futures_util::future::join_all((0..2 * cores).map(|_| served.post(&hostile))).await;
    for answer in answers {
        assert!(answer.contains("\"code\":\"TIMEOUT\""), "{answer}");
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    }
    // Were one of them still at work it would hold its turn for minutes.
    let costly = query("{ changes(first: 1, filter: { origins: [\"x\"] }) { nodes { type } } }");
    while !served.post(&costly).await.starts_with("HTTP/1.1 200 ") {}
    let answers = futures_util::future::join_all((0..cores).map(|_| served.post(&costly))).await;
    assert!(answers.iter().all(|answer| answer.starts_with("HTTP/1.1 200 ")));
}
