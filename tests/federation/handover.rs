//! Another instance becomes the coordinator (protocol §2, handover).

use nmirf_hub::{
    audit::Actor,
    config::{Peer, PinnedKey, PinnedStatus},
    federation::{handover, rounds::RoundEnd},
    journal::{publish, revision::Act},
    record::{Audience, RecordKey},
};

use crate::{
    instance::{Instance, MINUTE, practices, put, sub, withdraw},
    network::Network,
};

/// A coordinator, MA, and an instance that shall be the next coordinator; each of the two pinned at the other.
async fn before_the_handover() -> (Network, Instance) {
    let mut network = Network::quiet(&["MA"]).await;
    let mut successor = Instance::new(None, Some(network.coordinator()), false).await;
    let key = PinnedKey::new(&successor.key().public().x(), PinnedStatus::Current).unwrap();
    network.all[0].stop().await;
    network.all[0].config.trust.peers.push(Peer { entity_id: successor.id().to_owned(), keys: vec![key] });
    network.all[0].answer().await;
    successor.answer().await;
    let mut closed = put(2, "closed");
    closed.audience = Audience::Network;
    network.coordinator().publish(vec![put(1, "open"), closed, put(3, "gone")]).await;
    network.coordinator().publish(vec![withdraw(3)]).await;
    for _ in 0..2 {
        for instance in &network.all {
            instance.pull_all().await;
        }
    }
    (network, successor)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_handover_all_follow_the_successor_and_the_old_one_can_change_nothing() {
    let (network, successor) = before_the_handover().await;
    let (old, morocco, operator) = (network.coordinator(), network.national("MA"), Actor::operator());
    assert!(!handover::begin(successor.hub()).await.unwrap(), "it knows the anchor, and who leads");
    let early = handover::hand_over(old.hub(), &operator, successor.id()).await.unwrap_err().to_string();
    assert!(early.contains("are not in the successor's journals"), "{early}");
    let carried = handover::take_over(successor.hub(), &operator).await.unwrap();
    assert_eq!(carried, 4, "a member, an open practice, a closed one and a tombstone");
    assert_eq!(handover::take_over(successor.hub(), &operator).await.unwrap(), 0, "again nothing");
    assert!(!handover::begin(successor.hub()).await.unwrap(), "not before the old one has signed");
    let key = RecordKey::of(RecordKey::COORDINATOR, &sub(1));
    let created = |at: &Instance| {
        let snapshot = at.hub().snapshot();
        let record = snapshot.record(key, nmirf_hub::catalog::Viewer::PUBLIC).expect("shown under its key").clone();
        (record.revision.created_at, record.origin.to_string())
    };
    let before = created(morocco);
    assert_eq!(before.1, old.id());

    handover::hand_over(old.hub(), &operator, successor.id()).await.unwrap();
    assert!(handover::begin(successor.hub()).await.unwrap());
    assert_eq!(successor.hub().trust().chain().len(), 3, "a link of its own, where others may pin its key");
    let refused = old.hub().publish(vec![morocco.membership(1, "suspended")], &|_| {}).await.unwrap_err();
    assert!(refused.to_string().contains("member records stand in the coordinator's register only"), "{refused}");
    let again = handover::hand_over(old.hub(), &operator, successor.id()).await.unwrap_err();
    assert!(matches!(again, handover::HandoverError::NotTheCoordinator), "{again}");

    network.later(MINUTE);
    successor.later(MINUTE);
    morocco.pull(old).await;
    assert_eq!(morocco.hub().trust().coordinator(), Some(successor.id()));
    let end = morocco.pull(&successor).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    assert_eq!(created(morocco), (before.0, successor.id().to_owned()), "the same record, as old as it was");
    assert_eq!(morocco.practices().await, practices(&[(1, "open")]));
    assert!(morocco.hub().trust().is_active(morocco.id()), "a member as before");
    // What the old one says from now on is nobody's register.
    let lie = publish::Publication { act: Act::Put { body: crate::instance::body(1, "late") }, ..put(1, "late") };
    old.publish(vec![lie]).await;
    morocco.pull_all().await;
    assert_eq!(morocco.practices().await, practices(&[(1, "open")]));
    // The successor's word counts.
    successor.publish(vec![put(1, "new"), morocco.membership(1, "suspended")]).await;
    morocco.pull(&successor).await;
    assert_eq!(morocco.practices().await, practices(&[(1, "new")]));
    assert!(!morocco.hub().trust().is_active(morocco.id()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_national_instance_takes_nothing_over_and_only_a_pinned_one_gets_it() {
    let (network, _) = before_the_handover().await;
    let (morocco, operator) = (network.national("MA"), Actor::operator());
    let refused = handover::take_over(morocco.hub(), &operator).await.unwrap_err();
    assert!(matches!(refused, handover::HandoverError::NoSuccessor), "{refused}");
    let refused = handover::hand_over(network.coordinator().hub(), &operator, morocco.id()).await.unwrap_err();
    assert!(matches!(refused, handover::HandoverError::NotPinned(_)), "{refused}");
}
