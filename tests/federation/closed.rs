//! Records for the network alone: they reach active members and nobody else, and a suspension ends that within one round
//! (protocol §5 to §7).

use std::time::Duration;

use nmirf_hub::{
    catalog::{SyncState, Viewer},
    federation::{
        rounds::{RoundEnd, Rounds},
        schedule,
    },
    record::{Audience, RecordKey},
    store::journals,
};

use crate::{
    instance::{Instance, MINUTE, put, sub},
    network::Network,
    support::{Answer, Deed, until},
};

fn for_members(number: u64, summary: &str) -> nmirf_hub::journal::publish::Publication {
    nmirf_hub::journal::publish::Publication { audience: Audience::Network, ..put(number, summary) }
}

/// Whether a record of an origin is shown to those who may read what is for the network alone.
fn has(reader: &Instance, origin: &Instance, number: u64) -> bool {
    let key = RecordKey::of(origin.id(), &sub(number));
    let snapshot = reader.hub().snapshot();
    assert!(snapshot.record(key, Viewer::PUBLIC).is_none(), "never to everybody");
    snapshot.record(key, Viewer::NETWORK).is_some()
}

/// Everybody has the register, and then each other's journals.
async fn settled(network: &Network) {
    for _ in 0..2 {
        for instance in &network.all {
            instance.pull_all().await;
        }
    }
}

async fn both(reader: &Instance, origin: &Instance) -> Rounds {
    schedule::pull_peer(reader.hub(), origin.id(), true).await.unwrap()
}

async fn network_row(reader: &Instance, origin: &Instance) -> journals::Model {
    nmirf_hub::journal::read::journal(reader.hub().store().read(), origin.id(), Audience::Network)
        .await
        .unwrap()
        .expect("it was pulled")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_for_the_network_reaches_every_active_member_and_nobody_else() {
    let mut network = Network::quiet(&["MA", "PT"]).await;
    let mut applicant = Instance::new(Some("PY"), Some(network.coordinator()), false).await;
    applicant.answer().await;
    network.all.push(applicant);
    network.national("MA").publish(vec![for_members(1, "closed"), put(2, "open")]).await;
    settled(&network).await;
    let (morocco, portugal) = network.two();
    assert!(has(portugal, morocco, 1) && has(network.coordinator(), morocco, 1));
    assert_eq!(portugal.count().await, 1, "everybody counts the open one alone");
    let paraguay = network.national("PY");
    assert!(!has(paraguay, morocco, 1));
    assert_eq!(paraguay.count().await, 1);
    assert!(both(paraguay, morocco).await.network.is_none(), "who is no member does not ask");
    let shown = |journal: &&nmirf_hub::catalog::Journal| {
        &*journal.origin == morocco.id() && journal.audience == Audience::Network
    };
    let snapshot = portugal.hub().snapshot();
    let journal = snapshot.network().journals.values().find(shown).unwrap();
    assert_eq!(journal.state, SyncState::Current);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_closes_the_network_journals_within_one_round_and_keeps_what_was_held() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![for_members(1, "before")]).await;
    settled(&network).await;
    network.later(MINUTE);
    network.set_status(2, "suspended").await;
    morocco.pull(network.coordinator()).await;
    morocco.publish(vec![for_members(3, "after"), put(4, "after, for all")]).await;
    // Its copy of the register still calls it active: it is refused, and that is no failure of the peer.
    let ends = both(portugal, morocco).await;
    assert!(matches!(ends.public, RoundEnd::Good(_)), "{ends:?}");
    assert!(matches!(ends.network, Some(RoundEnd::Closed)), "{ends:?}");
    let row = network_row(portugal, morocco).await;
    assert_eq!((row.failures, row.fault), (0, None));
    // It learns of its suspension, and does not ask any more.
    portugal.pull(network.coordinator()).await;
    let ends = both(portugal, morocco).await;
    assert!(ends.network.is_none() && matches!(ends.public, RoundEnd::Good(_)), "{ends:?}");
    assert!(has(portugal, morocco, 1) && !has(portugal, morocco, 3), "what it held stays at it, nothing is added");
    network.later(MINUTE);
    network.set_status(2, "active").await;
    morocco.pull(network.coordinator()).await;
    portugal.pull(network.coordinator()).await;
    both(portugal, morocco).await;
    assert!(has(portugal, morocco, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_journal_comes_through_another_member_where_its_origin_is_away() {
    let network = Network::quiet(&["MA", "PT", "PY"]).await;
    let (morocco, portugal) = network.two();
    settled(&network).await;
    morocco.publish(vec![for_members(1, "closed")]).await;
    network.coordinator().pull_all().await;
    assert!(has(network.coordinator(), morocco, 1) && !has(portugal, morocco, 1));
    morocco.gate.rule(|_| Deed::Drop);
    for _ in 0..3 {
        both(portugal, morocco).await;
    }
    assert!(has(portugal, morocco, 1));
    let row = network_row(portugal, morocco).await;
    assert_eq!(row.via.as_deref(), Some(network.coordinator().id()));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_for_a_network_journal_says_anew_who_asks() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    settled(&network).await;
    morocco.publish(vec![for_members(1, "closed")]).await;
    portugal.pull_all().await;
    portugal.later(4 * MINUTE);
    morocco.later(4 * MINUTE);
    morocco.publish(vec![for_members(2, "closed")]).await;
    both(portugal, morocco).await;
    portugal.later(4 * MINUTE);
    morocco.later(4 * MINUTE);
    morocco.publish(vec![for_members(3, "closed")]).await;
    assert!(matches!(both(portugal, morocco).await.network, Some(RoundEnd::Good(_))));
    assert!(has(portugal, morocco, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_run_close_their_network_records_to_who_is_suspended() {
    let network = Network::awake(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![for_members(1, "first")]).await;
    until("the first", async || has(portugal, morocco, 1).then_some(())).await;
    network.set_status(2, "suspended").await;
    until("MA knows", async || (!morocco.hub().trust().is_active(portugal.id())).then_some(())).await;
    morocco.publish(vec![for_members(2, "second"), put(3, "third")]).await;
    until("the public one", async || (portugal.count().await == 1).then_some(())).await;
    assert!(has(portugal, morocco, 1) && !has(portugal, morocco, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn news_for_the_network_alone_is_hinted_too() {
    let network = Network::awake_every(Duration::from_secs(3600), &["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    for (reader, origin) in [(portugal, morocco), (morocco, portugal)] {
        reader.until_state(origin, SyncState::Current).await;
    }
    morocco.publish(vec![for_members(1, "closed")]).await;
    until("at PT", async || has(portugal, morocco, 1).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_taken_for_itself_reads_why_and_who_is_no_member_asks_at_the_interval() {
    let network = Network::quiet_every(Duration::from_secs(900), &["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![for_members(1, "closed")]).await;
    settled(&network).await;
    assert!(has(portugal, morocco, 1));
    for (code, minutes, closed, pause) in
        [(401, 0, true, MINUTE), (403, 0, true, MINUTE), (403, 11, true, 15 * MINUTE), (401, 0, false, 15 * MINUTE)]
    {
        network.later(minutes * MINUTE);
        morocco.gate.rule(move |asked| match asked.query.contains("audience=network") {
            true => Deed::Say(Answer::status(code)),
            false => Deed::Pass,
        });
        let before = portugal.hub().now();
        let ends = both(portugal, morocco).await;
        assert!(matches!(ends.public, RoundEnd::Good(_)), "{ends:?}");
        assert_eq!(matches!(ends.network, Some(RoundEnd::Closed)), closed, "{code}: {ends:?}");
        let row = network_row(portugal, morocco).await;
        let paused = row.next_attempt_at.unwrap() - before;
        assert!((pause..pause + MINUTE / 2).contains(&paused), "{code}: {paused}");
        assert_eq!(row.failures, i32::from(!closed));
        assert_eq!(row.fault.is_some_and(|fault| fault.contains("clocks")), !closed);
    }
}
