//! One moment of the catalogue, immutable, and the place where the present one is kept.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;

use crate::record::{CountryCode, Kind, RecordKey, Sub};

use super::apply;
use super::change_log::ChangeLog;
use super::dimension::{Dimension, dimensions};
use super::network::{Journal, Network};
use super::permutation::Permutations;
use super::postings::Postings;
use super::published::{Change, Hiding, Published, Update, Withdrawn};
use super::relations::Relations;
use super::sharded::Sharded;
use super::slots::Slots;
use super::visibility::{self, Standing, Standings, Viewer, VisibleSets};

/// The catalogue: the present snapshot, and the way to the next one.
pub struct Catalog {
    present: ArcSwap<Snapshot>,
    /// Held by who makes the next snapshot, so that no update is lost.
    turn: Mutex<()>,
}

impl Catalog {
    /// A catalogue without records; `database` is the id of the database, part of cursors of changes.
    pub fn empty(database: &str) -> Self {
        Self { present: ArcSwap::from_pointee(Snapshot::empty(database)), turn: Mutex::new(()) }
    }

    /// The present moment. Take it once a request and keep it.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.present.load_full()
    }

    /// Moves on by one update; readers see all of it or nothing. Another thread that applies one waits; the caller sees
    /// to the order of updates. CPU work: some 50 µs for one record, some hundred ms for 20,000.
    pub fn apply(&self, update: Update) {
        // Whoever panicked here had not stored anything.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let next = apply::next(&self.present.load(), update);
        self.present.store(Arc::new(next));
    }
}

/// Everything that is shown at one moment.
#[derive(Clone)]
pub struct Snapshot {
    pub(super) number: u64,
    pub(super) at: i64,
    /// Number of the last update in which records went without a change that tells of it.
    pub(super) forgotten: u64,
    /// Number and time of the last update that changed something the public may read.
    pub(super) public: (u64, i64),
    pub(super) public_content: (u64, i64),
    database: Arc<str>,
    pub(super) network: Arc<Network>,
    pub(super) standings: Arc<Standings>,
    pub(super) slots: Slots,
    pub(super) held: Sharded<RecordKey, Held>,
    pub(super) kinds: [Arc<KindIndex>; 5],
    pub(super) relations: Arc<Relations>,
    pub(super) changes: ChangeLog,
}

/// What is held of a record.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) change: Change,
    pub(super) state: HeldState,
}

#[derive(Debug, Clone)]
pub(super) enum HeldState {
    Shown(u32),
    Withdrawn(Arc<Withdrawn>),
    Hidden(Arc<Hidden>),
}

/// A record that is not shown: enough to say that it is not any more.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) sub: Sub,
    pub(super) hiding: Hiding,
}

/// The sets and orders of one kind.
#[derive(Debug, Clone)]
pub(super) struct KindIndex {
    pub(super) visible: VisibleSets,
    pub(super) columns: Vec<(Dimension, Arc<Postings<Arc<str>>>)>,
    pub(super) permutations: Permutations,
}

impl KindIndex {
    fn of(kind: Kind) -> Self {
        let indexed = dimensions(kind).iter().filter(|dimension| dimension.is_indexed());
        Self {
            visible: VisibleSets::default(),
            columns: indexed.map(|dimension| (*dimension, Arc::default())).collect(),
            permutations: Permutations::of(kind),
        }
    }

    pub(super) fn column(&self, dimension: Dimension) -> Option<&Postings<Arc<str>>> {
        self.columns.iter().find(|(of, _)| *of == dimension).map(|(_, column)| &**column)
    }
}

impl Snapshot {
    fn empty(database: &str) -> Self {
        Self {
            number: 0,
            at: 0,
            forgotten: 0,
            public: (0, 0),
            public_content: (0, 0),
            database: database.into(),
            network: Arc::default(),
            standings: Arc::default(),
            slots: Slots::default(),
            held: Sharded::default(),
            kinds: Kind::ALL.map(|kind| Arc::new(KindIndex::of(kind))),
            relations: Arc::default(),
            changes: ChangeLog::default(),
        }
    }

    /// The counter.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The counter as a viewer sees it: the last number that changed something he may read, of the records or of the
    /// network. Together with [`Snapshot::at_for`] it names all that he can read here.
    pub fn number_for(&self, viewer: Viewer) -> u64 {
        if viewer == Viewer::PUBLIC { self.public.0 } else { self.number }
    }

    /// When that update was taken, unix ms.
    pub fn at_for(&self, viewer: Viewer) -> i64 {
        if viewer == Viewer::PUBLIC { self.public.1 } else { self.at }
    }

    /// Number and time (unix ms) of the last update that changed what the public may read of records and instances: what
    /// says nothing of how copies stand, which moves with each round, is the same until then.
    pub fn public_content(&self) -> (u64, i64) {
        self.public_content
    }

    /// Id of the database.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// Marks cursors of changes as this database's.
    pub(super) fn database_mark(&self) -> u32 {
        // FNV-1a: the same in every version, so that cursors outlive an upgrade.
        self.database.bytes().fold(0x811c_9dc5, |mark, byte| (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    /// The instances and journals.
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// A record, also of a member that is not active; none if the viewer may not see it.
    pub fn record(&self, key: RecordKey, viewer: Viewer) -> Option<&Arc<Published>> {
        let HeldState::Shown(slot) = self.held.get(&key)?.state else { return None };
        self.visible(slot, viewer)
    }

    /// What is left of a withdrawn record.
    pub fn withdrawn(&self, key: RecordKey, viewer: Viewer) -> Option<&Arc<Withdrawn>> {
        let HeldState::Withdrawn(withdrawn) = &self.held.get(&key)?.state else { return None };
        let standing = self.standing(withdrawn.withdrawal.journal)?;
        standing.is_visible_to(viewer).then_some(withdrawn)
    }

    /// The journal that holds a record which is not shown.
    pub fn hidden_in(&self, key: RecordKey, viewer: Viewer) -> Option<&Journal> {
        let HeldState::Hidden(hidden) = &self.held.get(&key)?.state else { return None };
        let journal = hidden.hiding.journal;
        self.standing(journal)?.is_visible_to(viewer).then(|| self.network.journals.get(&journal)).flatten()
    }

    /// The record in a slot of this snapshot, for hits of the search; none if the viewer may not see it.
    pub fn visible(&self, slot: u32, viewer: Viewer) -> Option<&Arc<Published>> {
        let record = self.slots.get(slot)?;
        self.kind(record.kind).visible.all(viewer).contains(slot).then_some(record)
    }

    /// Whether a record stands in lists: its origin's member is active.
    pub fn is_listed(&self, record: &Published, viewer: Viewer) -> bool {
        self.kind(record.kind).visible.listed(viewer).contains(record.slot)
    }

    /// Every record, for whom it may concern, in no order; for the search, which fills its index from it.
    pub fn everything(&self) -> impl Iterator<Item = &Arc<Published>> {
        let slots = Kind::ALL.into_iter().flat_map(|kind| self.kind(kind).visible.all(Viewer::NETWORK).iter());
        slots.filter_map(|slot| self.slots.get(slot))
    }

    /// Countries about which something stands in lists, by code.
    pub fn countries(&self, viewer: Viewer) -> BTreeSet<CountryCode> {
        let with_records = Kind::ALL.into_iter().flat_map(|kind| {
            let index = self.kind(kind);
            let countries = index.column(Dimension::Country).into_iter().flat_map(Postings::iter);
            countries.filter(move |(_, slots)| !slots.is_disjoint(index.visible.listed(viewer)))
        });
        with_records.filter_map(|(code, _)| CountryCode::parse(code)).collect()
    }

    pub(super) fn kind(&self, kind: Kind) -> &KindIndex {
        &self.kinds[visibility::place(kind)]
    }

    pub(super) fn standing(&self, journal: u32) -> Option<&Standing> {
        self.standings.get(&journal)
    }

    /// Sets by value; none for dimensions that depend on a day.
    pub(super) fn postings(&self, kind: Kind, dimension: Dimension, viewer: Viewer) -> Option<&Postings<Arc<str>>> {
        match dimension {
            Dimension::MechanismType if kind == Kind::Practice => Some(self.relations.types(viewer)),
            _ => self.kind(kind).column(dimension),
        }
    }
}
