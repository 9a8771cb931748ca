//! A reader whose process is killed in the middle of a round has the old state or the new one, and the next round ends
//! equal. The real program, killed with SIGKILL.

use std::{process::Stdio, time::Duration};

use crate::{
    instance::{Instance, put},
    network::Network,
};

/// More than one batch.
const RECORDS: u64 = 1100;

/// How far the reader has to be before it is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So many revisions are staged.
    Staged(i64),
    /// All are staged, and so many milliseconds more: adopting has begun.
    Adopting(u64),
}

impl Moment {
    async fn has_come(self, reader: &Instance, origin: &Instance) -> bool {
        let staged = staged(reader, origin).await;
        match self {
            Self::Staged(many) => staged >= many || adopted(reader).await > 0,
            Self::Adopting(_) => staged >= RECORDS.cast_signed() || adopted(reader).await > 0,
        }
    }
}

async fn adopted(reader: &Instance) -> i64 {
    let sql = "SELECT COUNT(*) FROM entries e JOIN revisions r ON r.journal_id = e.journal_id AND r.digest = e.digest \
               WHERE r.kind = 'practice'";
    reader.database.number(sql).await
}

async fn staged(reader: &Instance, origin: &Instance) -> i64 {
    let of = format!("JOIN journals j ON j.id = s.journal_id WHERE j.origin = '{}'", origin.id());
    reader.database.number(&format!("SELECT COUNT(*) FROM staged_revisions s {of}")).await
}

async fn kill_at(reader: &Instance, origin: &Instance, moment: Moment) -> bool {
    let mut child = reader.command(&["sync"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = std::time::Instant::now();
    while !moment.has_come(reader, origin).await && child.try_wait().unwrap().is_none() {
        assert!(begun.elapsed().as_secs() < 30, "{moment:?} never came");
        tokio::task::yield_now().await;
    }
    if let Moment::Adopting(milliseconds) = moment {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_is_killed_has_the_old_state_or_the_new_one() {
    let network = Network::quiet(&["MA"]).await;
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    morocco.publish((1..=RECORDS).map(|number| put(number, "first")).collect()).await;
    let moments =
        [Moment::Staged(1), Moment::Adopting(0), Moment::Adopting(10), Moment::Adopting(90), Moment::Adopting(250)];
    let mut killed = 0;
    for moment in moments {
        let mut reader = Instance::new(Some("PT"), Some(coordinator), false).await;
        killed += usize::from(kill_at(&reader, morocco, moment).await);
        let found = adopted(&reader).await;
        assert!(found == 0 || found == RECORDS.cast_signed(), "{found} records after a kill at {moment:?}");
        let left = staged(&reader, morocco).await;
        eprintln!("killed at {moment:?}: {found} adopted, {left} staged");
        assert!(found == 0 || left == 0, "{left} staged revisions outlive their adoption");
        morocco.gate.take_log();
        reader.answer().await;
        reader.pull_all().await;
        let fetched: usize = morocco.gate.take_log().iter().map(|passed| passed.revisions).sum();
        let expected = if found > 0 { 0 } else { RECORDS.cast_signed() - left };
        assert_eq!(i64::try_from(fetched).unwrap(), expected, "what was staged is not fetched again: {moment:?}");
        assert_eq!(reader.root(morocco).await, morocco.root(morocco).await, "{moment:?}");
        assert_eq!(reader.count().await, RECORDS, "{moment:?}");
    }
    assert!(killed >= 3, "most were killed before their end: {killed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn adopting_twice_changes_nothing() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish((1..20).map(|number| put(number, "first")).collect()).await;
    portugal.pull_all().await;
    let rows = async || {
        let sum = "SELECT COALESCE(SUM(change), 0) + COUNT(*) FROM entries";
        (
            portugal.database.number(sum).await,
            portugal.database.number("SELECT COUNT(*) FROM revisions").await,
            portugal.hub().snapshot().number_for(nmirf_hub::catalog::Viewer::PUBLIC),
        )
    };
    let before = rows().await;
    // Without the ETag: the whole state comes and is adopted once more.
    let forget = |asked: &crate::support::Asked| match asked.path.ends_with("/state") {
        true => crate::support::Deed::Change(Box::new(|answer| answer)),
        false => crate::support::Deed::Pass,
    };
    morocco.gate.rule(forget);
    portugal.pull(morocco).await;
    let row = portugal.row(morocco).await;
    let whole = nmirf_hub::journal::read::state(morocco.hub().store(), morocco.row(morocco).await.id, 0)
        .await
        .unwrap()
        .unwrap();
    morocco.gate.say("/state", crate::forged::state(&whole.0, &whole.1.to_bytes()));
    for _ in 0..2 {
        assert!(matches!(portugal.pull(morocco).await, nmirf_hub::federation::rounds::RoundEnd::Good(_)));
    }
    let after = rows().await;
    assert_eq!((after.0, after.1), (before.0, before.1));
    assert_eq!(portugal.row(morocco).await.checkpoint, row.checkpoint);
    assert_eq!(portugal.count().await, 19);
}
