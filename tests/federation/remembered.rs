//! What an instance remembers of its rounds and of who left: which source is asked when, and as of when a copy is proved.

use nmirf_hub::{catalog::SyncState, federation::purge::purge_who_left, federation::rounds::RoundEnd};

use crate::{
    instance::{HOUR, Instance, MINUTE, practices, put},
    network::Network,
    support::Deed,
};

const DAY: i64 = 24 * HOUR;

/// How often this instance was asked for the state of another's journal.
fn asked_as_relay(relay: &Instance, origin: &Instance) -> usize {
    let port = origin.id().rsplit(':').next().unwrap().to_owned();
    let passed = relay.gate.take_log();
    passed.iter().filter(|passed| passed.path.ends_with("/state") && passed.query.contains(&port)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_is_asked_when_it_is_due_and_not_with_every_round_of_others() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    let coordinator = network.coordinator();
    morocco.publish(vec![put(1, "first")]).await;
    portugal.pull(coordinator).await;
    coordinator.pull_all().await;
    morocco.gate.rule(|_| Deed::Drop);
    assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::Good(_)), "nothing is held: at once");
    assert_eq!(asked_as_relay(coordinator, morocco), 1);
    let later = portugal.hub().now() + 10 * MINUTE;
    portugal
        .database
        .run(&format!("UPDATE journals SET failures = 5, next_attempt_at = {later}, wait_until = {later}"))
        .await;
    let number = portugal.hub().store().number().await.unwrap();
    assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::NotNow));
    assert_eq!(asked_as_relay(coordinator, morocco), 0);
    assert_eq!(portugal.hub().store().number().await.unwrap(), number, "and nothing is written");
    portugal.later(9 * MINUTE);
    portugal.database.run("UPDATE journals SET next_attempt_at = 0").await;
    assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::Good(_)));
    assert_eq!(asked_as_relay(coordinator, morocco), 1);
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_does_not_make_a_dead_origin_look_fresh() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    let coordinator = network.coordinator();
    portugal.pull(coordinator).await;
    morocco.later(3 * DAY);
    morocco.publish(vec![put(1, "signed by a clock that runs ahead")]).await;
    coordinator.pull(morocco).await;
    morocco.gate.rule(|_| Deed::Drop);
    portugal.pull(morocco).await;
    let first = portugal.row(morocco).await;
    assert_eq!(portugal.count().await, 1);
    assert!(first.confirmed_at.unwrap() <= portugal.hub().now());
    portugal.later(HOUR);
    portugal.database.run("UPDATE journals SET failures = 5").await;
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)));
    let again = portugal.row(morocco).await;
    assert!(again.confirmed_at.unwrap() <= first.first_seen_at.unwrap().max(first.confirmed_at.unwrap()), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_origin_that_is_behind_is_no_reason_to_let_a_copy_grow_old() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    let coordinator = network.coordinator();
    morocco.publish(vec![put(1, "first")]).await;
    let old = morocco.row(morocco).await.checkpoint.unwrap();
    morocco.publish(vec![put(1, "second")]).await;
    portugal.pull_all().await;
    coordinator.pull_all().await;
    asked_as_relay(coordinator, morocco);
    // The origin was set back: it offers what it signed before, and nobody has it in another way.
    morocco.gate.change("/state", move |mut answer| {
        answer.status = 200;
        answer.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        answer.headers.push(("content-type".to_owned(), "application/json".to_owned()));
        answer.body = format!("{{\"checkpoint\":\"{old}\",\"entries\":\"\"}}").into_bytes();
        answer
    });
    portugal.later(HOUR);
    assert!(matches!(portugal.pull_by_schedule(morocco).await, RoundEnd::Good(_)), "another source was asked");
    assert_eq!(asked_as_relay(coordinator, morocco), 1);
    assert_eq!(portugal.practices().await, practices(&[(1, "second")]));
    assert_eq!(portugal.row(morocco).await.failures, 0, "behind is no failure");
    let row = portugal.row(morocco).await;
    let later = portugal.hub().now() + HOUR;
    portugal.database.run(&format!("UPDATE journals SET next_attempt_at = {later}")).await;
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Behind), "a hint alone asks nobody else");
    assert_eq!(asked_as_relay(coordinator, morocco), 0);
    assert!(portugal.row(morocco).await.confirmed_at >= row.confirmed_at);
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_of_a_member_that_left_are_purged_some_time_after_and_come_back_with_it() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    let coordinator = network.coordinator();
    morocco.publish(vec![put(1, "first"), put(2, "second")]).await;
    portugal.pull_all().await;
    let purge = async || purge_who_left(portugal.hub()).await.unwrap();
    let held = async || portugal.database.number("SELECT COUNT(*) FROM revisions WHERE kind = 'practice'").await;
    assert_eq!((purge().await.len(), held().await), (0, 2));

    network.set_status(1, "withdrawn").await;
    portugal.pull(coordinator).await;
    assert!(purge().await.is_empty(), "it has just been learned");
    portugal.later(30 * DAY - HOUR);
    assert_eq!((purge().await.len(), held().await), (0, 2));
    let shown = |hub: &nmirf_hub::hub::Hub| hub.snapshot().everything().count();
    let before = shown(portugal.hub());
    portugal.later(2 * HOUR);
    assert_eq!(purge().await, [morocco.id().to_owned()]);
    portugal.hub().catch_up().await.unwrap();
    assert_eq!(held().await, 0);
    assert_eq!(shown(portugal.hub()), before - 2, "the catalogue has forgotten them");
    assert_eq!(portugal.row(morocco).await.checkpoint, None);
    assert_eq!(portugal.state(morocco), SyncState::Suspended);
    let members = portugal.ask("{ members(asOf: \"2026-02-01\") { totalCount } }").await;
    assert_eq!(members["members"]["totalCount"], 2, "the register's history stays");
    assert!(purge().await.is_empty(), "once");

    network.later(MINUTE);
    network.set_status(1, "active").await;
    portugal.pull(coordinator).await;
    portugal.pull(morocco).await;
    assert_eq!(portugal.practices().await, practices(&[(1, "first"), (2, "second")]));
    assert!(purge().await.is_empty());
    assert_eq!(portugal.database.number("SELECT COUNT(*) FROM settings WHERE name LIKE 'left %'").await, 0);
}
