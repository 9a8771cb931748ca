//! A journal over a bound of the reader: nothing of it is adopted, and nothing else is touched.

use nmirf_hub::{catalog::SyncState, federation::rounds::RoundEnd};

use crate::{
    instance::{Instance, practices, put},
    network::Network,
    support::Deed,
};

/// MA, and PT with other bounds.
async fn bounded(change: impl FnOnce(&mut nmirf_hub::config::Sync)) -> Network {
    let mut network = Network::quiet(&["MA", "PT"]).await;
    network.all[2].stop().await;
    change(&mut network.all[2].config.sync);
    network.all[2].answer().await;
    network
}

/// So many practices whose revisions take about 1,400 bytes each.
async fn publish(origin: &Instance, count: u64, word: &str) {
    origin.publish((1..=count).map(|number| put(number, &format!("{word} {}", "x".repeat(700)))).collect()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_of_too_many_records_is_not_adopted() {
    let network = bounded(|sync| sync.max_entries = 3).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first"), put(2, "first"), put(3, "first")]).await;
    portugal.pull_all().await;
    assert_eq!(portugal.count().await, 3);
    morocco.publish(vec![put(3, "second"), put(4, "second")]).await;
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Failed(_)), "{end:?}");
    assert_eq!(portugal.state(morocco), SyncState::TooLarge);
    assert_eq!(
        portugal.sentence(morocco),
        "The journal is over a bound of this instance: 4 records, at most 3. See [sync] in the configuration."
    );
    assert_eq!(portugal.practices().await, practices(&[(1, "first"), (2, "first"), (3, "first")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_whose_every_record_changes_does_not_count_twice() {
    let network = bounded(|sync| sync.max_journal = 20_000).await;
    let (morocco, portugal) = network.two();
    publish(morocco, 10, "first").await;
    portugal.pull_all().await;
    assert_eq!(portugal.count().await, 10);
    publish(morocco, 10, "second").await;
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    assert!(portugal.practices().await["Practice 1"].starts_with("second"));
    publish(morocco, 20, "third").await;
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Failed(_)), "{end:?}");
    assert_eq!(portugal.state(morocco), SyncState::TooLarge);
    assert_eq!(portugal.count().await, 10);
    assert_eq!(portugal.database.number("SELECT COUNT(*) FROM staged_revisions").await, 0, "nothing of it is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_over_the_bound_does_not_come_in_by_pieces() {
    let network = bounded(|sync| sync.max_journal = 20_000).await;
    let (morocco, portugal) = network.two();
    portugal.pull_all().await;
    publish(morocco, 20, "first").await;
    for _ in 0..4 {
        morocco.gate.rule(|asked| if asked.path.ends_with("/revisions") { Deed::Cut(12_000) } else { Deed::Pass });
        portugal.pull(morocco).await;
        assert_eq!(portugal.count().await, 0);
    }
    morocco.gate.honest();
    portugal.pull(morocco).await;
    assert_eq!((portugal.state(morocco), portugal.count().await), (SyncState::TooLarge, 0));
}
