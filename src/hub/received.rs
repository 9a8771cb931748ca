//! What came from other instances since the start, so that "nothing was transferred" can be read off instead of believed.

use std::{
    iter::Sum,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

/// What came from other instances: in rounds, looks and walks of the anchor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Entries that were new or changed when their state was adopted.
    pub entries: u64,
    /// Revisions that were staged.
    pub revisions: u64,
    /// Bytes of answers as transferred, without headers.
    pub bytes: u64,
}

impl Sum for Received {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            entries: sum.entries + one.entries,
            revisions: sum.revisions + one.revisions,
            bytes: sum.bytes + one.bytes,
        })
    }
}

/// Counts from several tasks at once.
#[derive(Default)]
pub(super) struct Counter {
    entries: AtomicU64,
    revisions: AtomicU64,
    bytes: AtomicU64,
}

impl Counter {
    pub(super) fn add(&self, received: Received) {
        self.entries.fetch_add(received.entries, Relaxed);
        self.revisions.fetch_add(received.revisions, Relaxed);
        self.bytes.fetch_add(received.bytes, Relaxed);
    }

    pub(super) fn total(&self) -> Received {
        Received {
            entries: self.entries.load(Relaxed),
            revisions: self.revisions.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
        }
    }
}
