//! When an instance asks again: not before it was told to, less and less often while it fails, and at once after a hint.

use std::{sync::Arc, time::Duration};

use nmirf_hub::{
    catalog::SyncState,
    federation::{assertion::make_assertion, rounds::RoundEnd},
};

use tokio::sync::Semaphore;

use crate::{
    instance::{HOUR, Instance, MINUTE, practices, put},
    network::Network,
    support::{Answer, Deed, until},
};

fn asked_for_state(instance: &Instance) -> usize {
    instance.gate.take_log().iter().filter(|passed| passed.path.ends_with("/state")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn retry_after_is_obeyed_by_a_forced_round_too() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    portugal.pull_all().await;
    morocco.publish(vec![put(1, "second")]).await;
    for (status, header, seconds) in [(503, "120", 120), (429, "3600", 3600), (503, "999999", 6 * 3600)] {
        morocco.gate.say("/state", Answer::status(status).with("retry-after", header));
        assert!(matches!(portugal.pull(morocco).await, RoundEnd::Failed(_)));
        let expected = format!("The server asks to wait {seconds} seconds (status {status}).");
        assert_eq!(portugal.sentence(morocco), expected);
        morocco.gate.honest();
        asked_for_state(morocco);
        portugal.later((seconds - 5) * 1000);
        assert!(matches!(portugal.pull(morocco).await, RoundEnd::NotNow));
        assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::NotNow));
        assert_eq!(asked_for_state(morocco), 0, "not asked before {seconds} s");
        portugal.later(6_000);
    }
    assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::Good(_)));
    assert_eq!(portugal.practices().await, practices(&[(1, "second")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_peer_asked_to_wait_its_network_journal_is_not_due_either() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.pull_all().await;
    portugal.pull_all().await;
    morocco.gate.say("/state", Answer::status(503).with("retry-after", "3600"));
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Failed(_)));
    let wait_until = portugal.row(morocco).await.wait_until.unwrap();
    let next = "SELECT next_attempt_at FROM journals WHERE audience = 'network' AND origin = ";
    assert_eq!(portugal.database.number(&format!("{next}'{}'", morocco.id())).await, wait_until);
    portugal.later(HOUR + MINUTE);
    morocco.gate.honest();
    assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::Good(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_peer_is_asked_less_and_less_often() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.pull_all().await;
    morocco.gate.rule(|_| Deed::Drop);
    let pause = async || {
        let before = portugal.hub().now();
        assert!(matches!(portugal.pull(morocco).await, RoundEnd::Failed(_)));
        portugal.row(morocco).await.wait_until.unwrap() - before
    };
    let mut expected = 200;
    for _ in 0..6 {
        let paused = pause().await;
        assert!((expected..expected + 190).contains(&paused), "{paused}, wanted {expected}");
        expected *= 2;
    }
    assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::NotNow), "it backs off");
    portugal.later(expected);
    assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::Failed(_)), "and asks again after that");
    portugal.database.run("UPDATE journals SET failures = 60").await;
    let paused = pause().await;
    assert!((6 * HOUR..6 * HOUR + 500).contains(&paused), "at most 6 h: {paused}");
    morocco.gate.honest();
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)));
    let row = portugal.row(morocco).await;
    assert_eq!((row.failures, row.wait_until, portugal.state(morocco)), (0, None, SyncState::Current));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_makes_a_peer_pull_at_once_and_a_second_within_a_minute_does_not() {
    let network = Network::awake_every(Duration::from_secs(3600), &["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    for (reader, origin) in [(portugal, morocco), (morocco, portugal)] {
        reader.until_state(origin, SyncState::Current).await;
    }
    let shows = async |number: u64, summary: &str| {
        let expected = practices(&[(number, summary)]);
        until(&format!("{summary} at PT"), async || (portugal.practices().await == expected).then_some(())).await;
    };
    morocco.publish(vec![put(1, "first")]).await;
    shows(1, "first").await;
    // A hint that came during a round makes another follow: it has to be over before rounds are counted.
    let journal = portugal.row(morocco).await.id;
    until("PT at rest", async || (!portugal.hub().is_pulling(journal)).then_some(())).await;
    // Within the minute the sender is silent; who hints all the same is answered, and has no effect.
    morocco.publish(vec![put(1, "second")]).await;
    asked_for_state(morocco);
    let hub = morocco.hub();
    let assertion = make_assertion(&hub.author().key, hub.entity_id(), portugal.id(), hub.now());
    hub.web().hint(portugal.id(), &assertion).await.unwrap();
    // Something that comes later and has an effect: the coordinator's news.
    network.coordinator().gate.take_log();
    network.coordinator().publish(vec![put(2, "of the coordinator")]).await;
    until("the coordinator's at PT", async || (portugal.count().await == 2).then_some(())).await;
    assert_eq!(asked_for_state(morocco), 0, "PT did not pull MA");
    // The reader's minute first: a hint that came before it had passed would be lost.
    portugal.later(MINUTE + 1000);
    network.later(MINUTE + 1000);
    let both = practices(&[(1, "second"), (2, "of the coordinator")]);
    until("second at PT", async || (portugal.practices().await == both).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_that_comes_during_a_round_makes_another_one_follow() {
    let network = Network::awake_every(Duration::from_secs(3600), &["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.until_state(morocco, SyncState::Current).await;
    let through = Arc::new(Semaphore::new(0));
    let wait = through.clone();
    morocco.gate.rule(move |asked| match asked.path.ends_with("/revisions") {
        true => Deed::Wait(wait.clone()),
        false => Deed::Pass,
    });
    morocco.gate.take_log();
    morocco.publish(vec![put(1, "first")]).await;
    until("the round has read the state", async || (asked_for_state(morocco) > 0).then_some(())).await;
    morocco.publish(vec![put(2, "second")]).await;
    let hub = morocco.hub();
    portugal.later(MINUTE + 1000);
    portugal.gate.take_log();
    let assertion = make_assertion(&hub.author().key, hub.entity_id(), portugal.id(), portugal.hub().now());
    hub.web().hint(portugal.id(), &assertion).await.unwrap();
    through.add_permits(100);
    let both = practices(&[(1, "first"), (2, "second")]);
    until("both at PT", async || (portugal.practices().await == both).then_some(())).await;
}
