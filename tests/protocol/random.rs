//! What holds whatever happens in whatever order.

use nmirf_hub::{
    journal::{
        entry::{ENTRY, Entries, EntriesError},
        key::KeySet,
        publish::PublishError,
    },
    record::Audience,
};
use proptest::{collection::vec, prelude::*, test_runner::Config};

use super::{
    instance::{NOW, Origin, Reader, entries, judged, put, told, withdraw},
    support::{Database, databases},
};

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(128) })]

    #[test]
    fn the_root_does_not_depend_on_the_order_in_which_entries_came(
        pairs in vec((any::<[u8; 32]>(), any::<[u8; 32]>()), 0..40).prop_shuffle()
    ) {
        let sorted: Entries = pairs.iter().copied().collect();
        let mut one_by_one = Entries::default();
        for (name, digest) in pairs.iter().rev() {
            // Of one name twice the first of the list stays here: give both the last one.
            one_by_one.put(*name, *sorted.get(name).unwrap_or(digest));
        }
        let (first, rest) = pairs.split_at(pairs.len() / 2);
        let halves = first.iter().copied().collect::<Entries>().with(&rest.iter().copied().collect());
        prop_assert_eq!(one_by_one.root(), sorted.root());
        prop_assert_eq!(halves.root(), sorted.root());
    }

    #[test]
    fn entries_come_back_from_their_bytes(pairs in vec((any::<[u8; 32]>(), any::<[u8; 32]>()), 0..40)) {
        let entries: Entries = pairs.into_iter().collect();
        let bytes = entries.to_bytes();
        prop_assert_eq!(bytes.len(), entries.len() * ENTRY);
        prop_assert_eq!(Entries::read(&bytes).unwrap(), entries);
    }

    #[test]
    fn any_other_bytes_are_refused_or_come_back_as_they_were(bytes in vec(0_u8..3, 0..260)) {
        match Entries::read(&bytes) {
            Ok(entries) => prop_assert_eq!(entries.to_bytes(), bytes),
            Err(EntriesError::Length) => prop_assert_ne!(bytes.len() % ENTRY, 0),
            Err(EntriesError::Order) => prop_assert!(bytes.len() >= 2 * ENTRY),
        }
    }
}

/// One step of a story.
#[derive(Clone, Debug)]
enum Step {
    /// The origin publishes, its clock having moved by so many milliseconds.
    Put { moved: i64, numbers: Vec<u128>, title: u8 },
    /// It withdraws a record, if there is one.
    Withdraw { number: u128 },
    /// The hourly checkpoint.
    Sign,
    /// A whole round.
    Pull,
    /// A round that breaks off after so many revisions were staged.
    Break { staged: usize },
    /// A round whose answer comes so late that the origin has published meanwhile.
    Late { number: u128 },
}

fn step() -> impl Strategy<Value = Step> {
    let number = 0_u128..8;
    prop_oneof![
        4 => (-5000_i64..5000, vec(number.clone(), 1..5), any::<u8>())
            .prop_map(|(moved, numbers, title)| Step::Put { moved, numbers, title }),
        2 => number.clone().prop_map(|number| Step::Withdraw { number }),
        1 => Just(Step::Sign),
        3 => Just(Step::Pull),
        2 => (0_usize..4).prop_map(|staged| Step::Break { staged }),
        1 => number.prop_map(|number| Step::Late { number }),
    ]
}

struct Story {
    origin: Origin,
    reader: Reader,
    now: i64,
}

impl Story {
    async fn tell(&mut self, step: &Step) {
        match step {
            Step::Put { moved, numbers, title } => {
                self.now += moved;
                let title = title.to_string();
                let all = numbers.iter().map(|number| put(*number, &title)).collect();
                self.refused_when_withdrawn(self.origin.publish(self.now, all).await.err());
            }
            Step::Withdraw { number } => {
                self.refused_when_withdrawn(self.origin.publish(self.now, vec![withdraw(*number)]).await.err());
            }
            Step::Sign => {
                self.now += 3_700_000;
                assert!(self.origin.sign_if_due(self.now).await.is_some());
            }
            Step::Pull => {
                self.reader.pull(&self.origin).await;
                self.assert_equal().await;
            }
            Step::Break { staged } => {
                let round = self.reader.prove(&self.origin).await.unwrap();
                self.reader.stage(&self.origin, &round, *staged, |_| true).await;
            }
            Step::Late { number } => {
                let round = self.reader.prove(&self.origin).await.unwrap();
                self.reader.stage(&self.origin, &round, usize::MAX, |_| true).await;
                self.refused_when_withdrawn(self.origin.publish(self.now, vec![put(*number, "late")]).await.err());
                self.reader.adopt(&round).await.unwrap();
            }
        }
        self.origin.assert_whole().await;
    }

    fn refused_when_withdrawn(&self, refused: Option<PublishError>) {
        assert!(matches!(refused, None | Some(PublishError::Withdrawn(_) | PublishError::NotFound(_))), "{refused:?}");
    }

    /// The same entries and root, and the same is shown.
    async fn assert_equal(&self) {
        let theirs = entries(self.origin.store()).await;
        let ours = entries(self.reader.store()).await;
        assert_eq!(ours.root(), theirs.root());
        assert_eq!(ours, theirs);
        let row = self.reader.journal().await;
        assert_eq!(row.checkpoint, self.origin.journal(Audience::Public).await.checkpoint);
        assert_eq!(
            shown(&self.reader.database, &self.reader.keys).await,
            shown(&self.origin.database, &self.reader.keys).await
        );
        // Nothing of a withdrawn record but its tombstone.
        let bodies = "SELECT COUNT(*) FROM revisions r JOIN tombstones t ON t.journal_id = r.journal_id \
                      AND t.name = r.name WHERE NOT r.withdraws";
        assert_eq!(self.reader.database.number(bodies).await, 0);
        assert_eq!(self.origin.database.number(bodies).await, 0);
    }
}

async fn shown(database: &Database, keys: &KeySet) -> Vec<(String, String)> {
    let mut shown: Vec<_> = judged(&database.store, keys, None, 0).await.iter().map(told).collect();
    shown.sort();
    shown
}

fn stories(runtime: &tokio::runtime::Runtime, cases: u32, database: impl AsyncFn() -> Database) {
    let config = Config { failure_persistence: None, max_shrink_iters: 60, ..Config::with_cases(cases) };
    proptest!(config, |(steps in vec(step(), 1..14))| {
        runtime.block_on(async {
            let origin = Origin::on(Database::sqlite().await).await;
            let reader = Reader::on(database().await, origin.keys());
            let mut story = Story { origin, reader, now: NOW };
            for step in &steps {
                story.tell(step).await;
            }
            story.tell(&Step::Pull).await;
        });
    });
}

#[test]
fn a_reader_ends_with_what_the_origin_has_wherever_rounds_broke_off() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    stories(&runtime, 24, Database::sqlite);
    if runtime.block_on(databases()).len() > 1 {
        stories(&runtime, 6, async || Database::postgres().await.unwrap());
    }
}
