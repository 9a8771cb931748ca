//! What was found.

use roaring::RoaringBitmap;

use crate::{
    catalog::{Published, Ranks},
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
    ranks: Ranks,
    sought: Sought,
}

impl Hits {
    pub(super) fn new(ranks: Ranks, sought: Sought) -> Hits {
        Hits { ranks, sought }
    }

    /// Their slots, of any audience.
    pub fn slots(&self) -> &RoaringBitmap {
        self.ranks.slots()
    }

    /// How well they fit; of those that fit equally well the fresher record ranks higher.
    pub fn ranks(&self) -> &Ranks {
        &self.ranks
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
        u32::try_from(1024 + self.ranks.weight()).unwrap_or(u32::MAX)
    }
}
