//! A filtered set: compiled once, then counted, paged and counted by value.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use super::dimension::Dimension;
use super::filter::{Compiler, Filter, Part};
use super::snapshot::Snapshot;
use super::visibility::Viewer;

/// What is asked of a list.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Which records.
    pub filter: &'a Filter,
    /// For whom.
    pub viewer: Viewer,
    /// Only these slots of the same snapshot: hits of the search, practices of a mechanism.
    pub within: Option<&'a RoaringBitmap>,
}

/// The records that a request finds, of a snapshot (`'s`); what it gives outlives the request (`'r`).
pub struct Selection<'s, 'r> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) request: Request<'r>,
    base: &'s RoaringBitmap,
    parts: Vec<Part<'s>>,
    set: Cow<'s, RoaringBitmap>,
}

impl Snapshot {
    /// Compiles a filter for a viewer; a list without one borrows a set that is kept ready.
    pub fn select<'r>(&self, request: &Request<'r>) -> Selection<'_, 'r> {
        let filter = request.filter;
        let visible = &self.kind(filter.kind).visible;
        let base = if filter.include_suspended { visible.all(request.viewer) } else { visible.listed(request.viewer) };
        let parts = Compiler { snapshot: self, viewer: request.viewer, filter }.parts();
        let set = intersection(base, parts.iter().map(|part| &*part.set).chain(request.within).collect());
        Selection { snapshot: self, request: *request, base, parts, set }
    }
}

impl Selection<'_, '_> {
    /// How many.
    pub fn count(&self) -> u64 {
        self.set.len()
    }

    /// Whether the record in this slot is one of them.
    pub fn contains(&self, slot: u32) -> bool {
        self.set.contains(slot)
    }

    /// Their slots.
    pub fn slots(&self) -> &RoaringBitmap {
        &self.set
    }

    /// The set that a facet counts over: its own part of the filter left out.
    pub(super) fn without(&self, dimension: Dimension) -> Cow<'_, RoaringBitmap> {
        if self.parts.iter().all(|part| part.own != Some(dimension)) {
            return Cow::Borrowed(&*self.set);
        }
        let others = self.parts.iter().filter(|part| part.own != Some(dimension)).map(|part| &*part.set);
        intersection(self.base, others.chain(self.request.within).collect())
    }
}

fn intersection<'b>(base: &'b RoaringBitmap, mut sets: Vec<&RoaringBitmap>) -> Cow<'b, RoaringBitmap> {
    // The smallest first, so that what follows has little to look at.
    sets.sort_by_key(|set| set.len());
    let mut sets = sets.into_iter();
    let Some(smallest) = sets.next() else { return Cow::Borrowed(base) };
    let mut found = smallest & base;
    sets.for_each(|set| found &= set);
    Cow::Owned(found)
}
