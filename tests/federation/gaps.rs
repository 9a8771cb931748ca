//! Revisions that an origin vouches for and does not have: a few are listed and stop nothing, many are no accident.

use nmirf_hub::{catalog::SyncState, federation::rounds::RoundEnd};

use crate::{
    forged::Forged,
    instance::{practices, put},
    network::Network,
};

#[tokio::test(flavor = "multi_thread")]
async fn ten_gaps_are_adopted_listed_and_healed() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.pull_all().await;
    let mut forged = Forged::of(morocco).with(1..13);
    for number in 1..11 {
        forged.lack(number);
    }
    let forged = forged.instead_of(morocco);
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)));
    assert_eq!(portugal.practices().await, practices(&[(11, "first"), (12, "first")]));
    assert_eq!((portugal.copy(morocco).gaps, portugal.state(morocco)), (10, SyncState::Current));
    let listed = portugal.ask("{ instances { nodes { country sync { gaps } } } }").await;
    let nodes = listed["instances"]["nodes"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["country"] == "MA" && node["sync"]["gaps"] == 10), "{listed}");
    // Asked of the origin again in each round, also when nothing else is new.
    morocco.gate.take_log();
    portugal.pull(morocco).await;
    assert!(morocco.gate.take_log().iter().any(|passed| passed.path.ends_with("/revisions")));
    forged.lock().unwrap().lack_nothing();
    portugal.pull(morocco).await;
    assert_eq!((portugal.copy(morocco).gaps, portugal.count().await), (0, 12));
    morocco.gate.take_log();
    portugal.pull(morocco).await;
    assert!(!morocco.gate.take_log().iter().any(|passed| passed.path.ends_with("/revisions")));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_ten_new_gaps_in_a_round_are_no_accident() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    portugal.pull_all().await;
    let mut forged = Forged::of(morocco).with(2..22);
    let jws = forged.revision(1, 2, "second");
    forged.put(1, jws);
    for number in 2..13 {
        forged.lack(number);
    }
    let forged = forged.instead_of(morocco);
    let held = portugal.root(morocco).await;
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Failed(_)));
    assert_eq!(portugal.state(morocco), SyncState::Diverged);
    assert_eq!(
        portugal.sentence(morocco),
        "What the source offers does not prove itself: 11 revisions that its checkpoint vouches for are not to be had."
    );
    assert_eq!(portugal.root(morocco).await, held);
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]));
    // One less, and the rest is adopted; what was staged is not fetched again.
    forged.lock().unwrap().lack_nothing();
    for number in 2..12 {
        forged.lock().unwrap().lack(number);
    }
    morocco.gate.take_log();
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)));
    assert_eq!((portugal.copy(morocco).gaps, portugal.count().await), (10, 11));
    let fetched: usize = morocco.gate.take_log().iter().map(|passed| passed.revisions).sum();
    assert_eq!(fetched, 1, "only the one that was a gap before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_lacks_what_the_origin_has_does_not_make_new_gaps() {
    let mut network = Network::quiet(&["MA", "PT", "PY"]).await;
    network.national("MA").publish(vec![put(1, "first")]).await;
    network.national("PT").pull_all().await;
    network.national("MA").publish(vec![put(1, "second"), put(2, "second")]).await;
    network.coordinator().pull_all().await;
    network.all[1].stop().await;
    let (morocco, portugal) = network.two();
    // The coordinator has the newest state and gives no revision of it out.
    network.coordinator().gate.rule(|asked| match asked.path.ends_with("/revisions") {
        true => {
            let asked: serde_json::Value = serde_json::from_slice(&asked.body).unwrap();
            let end = serde_json::json!({"more": false, "missing": asked["digests"]});
            crate::support::Deed::Say(crate::support::Answer::ok("application/x-ndjson", format!("{end}\n")))
        }
        false => crate::support::Deed::Pass,
    });
    for _ in 0..4 {
        portugal.pull(morocco).await;
    }
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]), "what was held stays");
    assert_eq!(portugal.copy(morocco).gaps, 0);
    network.coordinator().gate.honest();
    portugal.pull(morocco).await;
    assert_eq!(portugal.practices().await, practices(&[(1, "second"), (2, "second")]));
    assert_eq!(portugal.row(morocco).await.via.as_deref(), Some(network.coordinator().id()));
}
