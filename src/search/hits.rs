//! What was found.

use roaring::RoaringBitmap;

use crate::{
    catalog::{Published, Ranking},
    record::LanguageTag,
};

use super::{
    highlight::{self, Highlight},
    sought::Sought,
    with_analyser,
};

/// What was found. Its slots are of the snapshot that was asked about.
#[derive(Debug, Default)]
pub struct Hits {
    slots: RoaringBitmap,
    /// By slot, ascending.
    ranked: Vec<Ranked>,
    sought: Sought,
}

/// A hit and how well it fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    pub(super) slot: u32,
    pub(super) rank: i64,
}

impl Hits {
    pub(super) fn new(mut ranked: Vec<Ranked>, sought: Sought) -> Hits {
        ranked.sort_unstable_by_key(|hit| hit.slot);
        ranked.dedup_by_key(|hit| hit.slot);
        let slots = ranked.iter().map(|hit| hit.slot).collect();
        Hits { slots, ranked, sought }
    }

    /// Their slots, of any audience.
    pub fn slots(&self) -> &RoaringBitmap {
        &self.slots
    }

    /// Where the words were found in a record, best first: title, summary, body; at most three.
    pub fn highlights(&self, record: &Published) -> Vec<Highlight> {
        with_analyser(|analyser| highlight::highlights(&self.sought, record, None, analyser))
    }

    /// The same for one who reads the record in this language: of texts that have the words alike, the one in it.
    pub fn highlights_in(&self, record: &Published, read: &LanguageTag) -> Vec<Highlight> {
        with_analyser(|analyser| highlight::highlights(&self.sought, record, Some(read), analyser))
    }

    /// Memory that it takes, about, in bytes.
    pub(super) fn weight(&self) -> u32 {
        u32::try_from(1024 + self.ranked.len() * 24).unwrap_or(u32::MAX)
    }
}

impl Ranking for Hits {
    /// Of hits that fit equally well the fresher record is greater.
    fn rank(&self, slot: u32) -> i64 {
        let place = self.ranked.binary_search_by_key(&slot, |hit| hit.slot);
        place.map_or(0, |place| self.ranked[place].rank)
    }
}
