//! Freshness on demand: what `maxAge` in a question to one instance causes at the others, and what the answer says.

use std::{sync::Arc, time::Duration};

use nmirf_hub::federation::rounds::RoundEnd;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::{
    instance::{HOUR, Instance, MINUTE, put},
    network::Network,
    support::{Deed, until},
};

const FRESH: &str = "query($origins: [String!], $countries: [CountryCode!]) { practices(maxAge: \"PT1M\", filter: \
                     {origins: $origins, countries: $countries}) { totalCount nodes { summary { text } } } }";

/// Instances that have pulled each other once and would again in an hour; nobody is told of news.
async fn network() -> Network {
    let network = Network::awake_every(Duration::from_secs(3600), &["MA", "PT"]).await;
    for instance in &network.all {
        for other in network.all.iter().filter(|other| other.id() != instance.id()) {
            // A first round can come before the other answers; the next one would in an hour.
            until("a first copy", async || {
                let end = instance.pull(other).await;
                matches!(end, RoundEnd::Good(_)).then_some(())
            })
            .await;
        }
    }
    for instance in &network.all {
        instance.gate.rule(|asked| if asked.path.contains("/hint") { Deed::Drop } else { Deed::Pass });
    }
    // What the start brought with it has ended when nobody pulls and nothing passes from one look to the next.
    let still = std::cell::Cell::new(0);
    until("all are quiet", async || {
        let pulls = |instance: &Instance| {
            let snapshot = instance.hub().snapshot();
            snapshot.network().journals.keys().any(|id| instance.hub().is_pulling(id.cast_signed()))
        };
        let busy = network.all.iter().any(|each| pulls(each) || rounds(each) > 0);
        still.set(if busy { 0 } else { still.get() + 1 });
        (still.get() > 5).then_some(())
    })
    .await;
    network
}

async fn ask(instance: &Instance, variables: Value) -> Value {
    let body = json!({"query": FRESH, "variables": variables}).to_string();
    let request = reqwest::Client::new().post(format!("{}/graphql", instance.id())).body(body);
    let answer = request.header("content-type", "application/json").send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "private, no-store");
    let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer
}

fn rounds(instance: &Instance) -> usize {
    let log = instance.gate.take_log();
    log.iter().filter(|passed| passed.path.ends_with("/state") && passed.query.contains("public")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_that_are_older_than_wished_are_pulled_before_the_answer() {
    let network = network().await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    network.later(2 * MINUTE);
    let answer = ask(portugal, json!({})).await;
    assert_eq!(answer["data"]["practices"]["nodes"], json!([{"summary": {"text": "first"}}]));
    assert_eq!(answer["extensions"]["freshness"], json!([]), "all are fresh now");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_fresh_enough_is_not_asked_again() {
    let network = network().await;
    let (morocco, portugal) = network.two();
    rounds(morocco);
    ask(portugal, json!({})).await;
    assert_eq!(rounds(morocco), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_peer_keeps_nobody_longer_than_the_limit_and_is_named() {
    let mut network = network().await;
    network.later(2 * MINUTE);
    network.all[1].stop().await;
    let (morocco, portugal) = network.two();
    let before = portugal.copy(morocco).confirmed_at.unwrap();
    let answer = ask(portugal, json!({})).await;
    let told = &answer["extensions"]["freshness"];
    let confirmed = jiff::Timestamp::from_millisecond(before).unwrap().to_string();
    assert_eq!(*told, json!([{"origin": morocco.id(), "confirmedAt": confirmed, "state": told[0]["state"]}]));
    assert!(["FAILING", "CURRENT"].contains(&told[0]["state"].as_str().unwrap()), "{told}");
    // One that takes the call and says nothing.
    let never = Arc::new(Semaphore::new(0));
    morocco.gate.rule(move |_| Deed::Wait(never.clone()));
    network.later(2 * MINUTE);
    let attempted = portugal.copy(morocco).last_attempt_at;
    let answer = ask(portugal, json!({})).await;
    assert_eq!(answer["extensions"]["freshness"][0]["origin"], morocco.id());
    assert_eq!(portugal.copy(morocco).last_attempt_at, attempted, "the round still waits; the reader does not");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_causes_one_round_of_each_peer_in_a_minute() {
    let network = network().await;
    let (morocco, portugal) = network.two();
    network.later(2 * MINUTE);
    rounds(morocco);
    let crowd = futures_util::future::join_all((0..40).map(|_| ask(portugal, json!({})))).await;
    assert!(crowd.iter().all(|answer| answer["extensions"]["freshness"] == json!([])), "all waited for the one round");
    assert_eq!(rounds(morocco), 1);
    // One that cannot be confirmed is asked once a minute all the same.
    morocco.gate.rule(|_| Deed::Drop);
    network.later(2 * MINUTE);
    futures_util::future::join_all((0..20).map(|_| ask(portugal, json!({})))).await;
    ask(portugal, json!({})).await;
    let asked = rounds(morocco);
    assert!((1..=2).contains(&asked), "asked {asked} times: the question and, at most, the one that broke off");
    network.later(MINUTE + 1000);
    until("asked again after a minute", async || {
        ask(portugal, json!({})).await;
        (rounds(morocco) > 0).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_copies_that_the_filter_reads_from_are_pulled() {
    let network = network().await;
    let (morocco, portugal) = network.two();
    let coordinator = network.coordinator();
    network.later(2 * MINUTE);
    for instance in &network.all {
        rounds(instance);
    }
    ask(portugal, json!({"origins": [coordinator.id()]})).await;
    assert_eq!((rounds(coordinator), rounds(morocco)), (1, 0));
    // Of a country: its own instance, and the coordinator that compiles about all.
    network.later(2 * MINUTE);
    ask(portugal, json!({"countries": ["MA"]})).await;
    assert_eq!((rounds(coordinator), rounds(morocco)), (1, 1));
    network.later(HOUR / 20);
    ask(portugal, json!({"countries": ["MU"]})).await;
    assert_eq!((rounds(coordinator), rounds(morocco)), (1, 0));
}
