//! A transfer that is cut at any byte leaves the old state or the new one, never anything between, and goes on where it
//! stopped.

use nmirf_hub::federation::rounds::RoundEnd;

use crate::{
    instance::{Instance, practices, put},
    network::Network,
    support::Deed,
};

/// Length of an answer on one path, as it goes over the wire now.
async fn length_of(reader: &Instance, origin: &Instance, path: &'static str) -> usize {
    origin.gate.take_log();
    reader.pull(origin).await;
    let log = origin.gate.take_log();
    log.iter().find(|passed| passed.path.ends_with(path)).unwrap_or_else(|| panic!("{log:?}")).bytes
}

fn cut(origin: &Instance, path: &'static str, at: usize) {
    origin.gate.rule(move |asked| if asked.path.ends_with(path) { Deed::Cut(at) } else { Deed::Pass });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_cut_at_any_byte_leaves_the_old_state() {
    let network = Network::quiet(&["MA", "PT", "PY"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    portugal.pull_all().await;
    network.national("PY").pull_all().await;
    let old = portugal.root(morocco).await;
    morocco.publish(vec![put(1, "second")]).await;
    let length = length_of(network.national("PY"), morocco, "/state").await;
    // It has the new state now, and would help as a relay.
    network.national("PY").gate.rule(|_| Deed::Drop);
    assert!((500..2000).contains(&length), "{length}");
    for at in 0..length {
        cut(morocco, "/state", at);
        // A whole round, with what it remembers and whom else it asks, takes far longer than the pull alone.
        let failed = match at % 40 {
            0 => matches!(portugal.pull(morocco).await, RoundEnd::Failed(_)),
            _ => portugal.pull_straight(morocco).await.is_err(),
        };
        assert!(failed, "cut at {at}");
        assert_eq!(portugal.root(morocco).await, old, "cut at {at}");
    }
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]));
    cut(morocco, "/state", length);
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)), "the whole of it");
    assert_eq!(portugal.root(morocco).await, morocco.root(morocco).await);
    assert_eq!(portugal.practices().await, practices(&[(1, "second")]));
}

/// Cuts a batch of ten new revisions at one byte, then lets the next round end it.
async fn cut_a_batch(origin: &Instance, reader: &Instance, turn: u64, at: usize) {
    const TEN: u64 = 10;
    let words = |turn: u64| format!("turn {turn}");
    let before = reader.practices().await;
    let old = reader.root(origin).await;
    origin.publish((1..=TEN).map(|number| put(number, &words(turn))).collect()).await;
    let new = origin.root(origin).await;
    origin.gate.take_log();
    cut(origin, "/revisions", at);
    let end = reader.pull(origin).await;
    let first: usize = origin.gate.take_log().iter().map(|passed| passed.revisions).sum();
    let after = reader.practices().await;
    if matches!(end, RoundEnd::Good(_)) {
        assert_eq!(reader.root(origin).await, new, "cut at {at} after the end");
    } else {
        assert_eq!((&after, reader.root(origin).await), (&before, old), "cut at {at}: {end:?}");
        assert_eq!(matches!(end, RoundEnd::BrokenOff(_)), first > 0, "what was staged is no failure: {end:?}");
    }
    origin.gate.honest();
    let end = reader.pull(origin).await;
    assert!(matches!(end, RoundEnd::Good(_)), "cut at {at}: {end:?}");
    let second: usize = origin.gate.take_log().iter().map(|passed| passed.revisions).sum();
    assert_eq!(first + second, 10, "cut at {at}: each revision was sent once, {first} before the cut");
    assert_eq!(reader.root(origin).await, new, "cut at {at}");
    let texts: Vec<String> = reader.practices().await.into_values().collect();
    assert_eq!(texts, vec![words(turn); 10], "cut at {at}");
}

async fn batches_cut_everywhere(network: &Network, step: usize, at_random: usize) {
    let (morocco, portugal) = network.two();
    morocco.publish((1..=10).map(|number| put(number, "turn 0")).collect()).await;
    portugal.pull(network.coordinator()).await;
    let length = length_of(portugal, morocco, "/revisions").await;
    assert!((4000..20_000).contains(&length), "{length}");
    let seed = fastrand::u64(..);
    eprintln!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let places = (0..length).step_by(step).chain((0..at_random).map(|_| random.usize(..length)));
    for (turn, at) in (1..).zip(places.collect::<Vec<_>>()) {
        cut_a_batch(morocco, portugal, turn, at).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_cut_at_any_place_is_gone_on_with() {
    batches_cut_everywhere(&Network::quiet(&["MA", "PT"]).await, 200, 15).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_cut_at_any_place_is_gone_on_with_on_postgres() {
    let Some(network) = Network::quiet_on_postgres(&["MA", "PT"]).await else { return };
    batches_cut_everywhere(&network, 900, 5).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_at_the_first_pull_shows_nothing_until_all_is_there() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish((1..=40).map(|number| put(number, "first")).collect()).await;
    portugal.pull(network.coordinator()).await;
    for at in [2_000, 5_000, 3_000, 9_000] {
        cut(morocco, "/revisions", at);
        portugal.pull(morocco).await;
        assert_eq!(portugal.count().await, 0);
        assert_eq!(portugal.root(morocco).await, None);
    }
    let row = portugal.row(morocco).await;
    assert_eq!(row.failures, 0, "each round staged something: {row:?}");
    morocco.gate.honest();
    morocco.gate.take_log();
    portugal.pull(morocco).await;
    assert_eq!(portugal.count().await, 40);
    let left: usize = morocco.gate.take_log().iter().map(|passed| passed.revisions).sum();
    assert!((1..38).contains(&left), "{left}");
}
