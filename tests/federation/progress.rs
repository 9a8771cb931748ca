//! What is told of rounds while they go on.

use nmirf_hub::{
    hub::{Phase, Progress},
    record::Audience,
};
use tokio::sync::broadcast::Receiver;

use crate::{
    instance::{Instance, put},
    lies::with_one_practice,
    support::{Answer, Deed},
};

fn told(listener: &mut Receiver<Progress>, origin: &Instance) -> Vec<(Phase, u64, Option<u64>)> {
    std::iter::from_fn(|| listener.try_recv().ok())
        .filter(|told| *told.origin == *origin.id() && told.audience == Audience::Public)
        .map(|told| (told.phase, told.fetched, told.needed))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_told_from_its_start_to_its_end() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let mut listener = portugal.hub().progresses().listen();
    portugal.pull(morocco).await;
    told(&mut listener, morocco);
    morocco.publish(vec![put(11, "one"), put(12, "two"), put(13, "three")]).await;
    portugal.pull(morocco).await;
    let changed = [
        (Phase::Asking, 0, None),
        (Phase::Fetching, 0, Some(3)),
        (Phase::Adopting, 3, Some(3)),
        (Phase::Done, 3, Some(3)),
    ];
    assert_eq!(told(&mut listener, morocco), changed);
    portugal.pull(morocco).await;
    assert_eq!(told(&mut listener, morocco), [(Phase::Asking, 0, None), (Phase::Confirmed, 0, None)]);
    morocco.gate.rule(|_| Deed::Say(Answer::status(500)));
    portugal.pull(morocco).await;
    assert_eq!(told(&mut listener, morocco), [(Phase::Asking, 0, None), (Phase::Failed, 0, None)]);
    assert!(!portugal.sentence(morocco).is_empty(), "who hears of a failure can ask why");
}
