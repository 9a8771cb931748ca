//! Counts by value. The work is bounded by what is cheaper: the values of the dimension, or the records of the set; so
//! that an origin that publishes millions of distinct codes costs no more than its records.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::dimension::{self, Dimension};
use super::published::Published;
use super::selection::Selection;

/// Most buckets of a facet, and most values of a dimension in figures.
pub const MOST_BUCKETS: usize = 300;

/// A value with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// As at `Dimension`; none for what is not stated.
    pub value: Option<Box<str>>,
    /// Records.
    pub count: u64,
}

impl Selection<'_, '_> {
    /// Counts of a dimension over the set, the dimension's own part of the filter left out; by falling count, then
    /// value, what is not stated after values of the same count. Values that are chosen stay, with 0 too; at most 300.
    pub fn facet(&self, dimension: Dimension) -> Vec<Bucket> {
        let set = self.without(dimension);
        let chosen = self.request.filter.chosen(dimension);
        let (mut counts, not_stated) = self.counts(&set, dimension);
        let have: HashSet<&str> = counts.iter().map(|(value, _)| &**value).collect();
        let missing: Vec<_> = chosen.iter().filter(|value| !have.contains(&***value)).cloned().collect();
        counts.extend(missing.into_iter().map(|value| (Cow::Owned(value.into_owned()), 0)));
        let mut buckets = keep(counts, not_stated, &chosen);
        buckets.sort_unstable_by(|one, other| compare(one, other, dimension));
        buckets.into_iter().map(|(value, count)| Bucket { value: value.map(|value| value.into()), count }).collect()
    }

    /// Each value with its count above 0, in no order, and how many state none.
    pub(super) fn counts(&self, set: &RoaringBitmap, dimension: Dimension) -> (Vec<(Cow<'_, str>, u64)>, u64) {
        let filter = self.request.filter;
        if !dimension.is_of(filter.kind) || set.is_empty() {
            return (Vec::new(), 0);
        }
        if let Some(postings) = self.snapshot.postings(filter.kind, dimension, self.request.viewer)
            && postings.len() as u64 <= set.len().max(64)
        {
            let counted = postings.iter().map(|(value, slots)| (Cow::Borrowed(&**value), slots.intersection_len(set)));
            let not_stated = set.difference_len(postings.stated());
            return (counted.filter(|(_, count)| *count > 0).collect(), not_stated);
        }
        let mut counts: HashMap<String, u64> = HashMap::new();
        let mut not_stated = 0;
        for record in set.iter().filter_map(|slot| self.snapshot.slots.get(slot)) {
            let mut states = false;
            self.facts(record, dimension, |value| {
                states = true;
                match counts.get_mut(value) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(value.to_owned(), 1)),
                }
            });
            not_stated += u64::from(!states);
        }
        (counts.into_iter().map(|(value, count)| (Cow::Owned(value), count)).collect(), not_stated)
    }

    /// The values of a record as this request sees them.
    pub(super) fn facts(&self, record: &Arc<Published>, dimension: Dimension, mut each: impl FnMut(&str)) {
        if dimension == Dimension::MechanismType {
            let mechanism = self.snapshot.mechanism_of(record, self.request.viewer);
            if let Some(mechanism) = mechanism {
                dimension::facts(mechanism, Dimension::Type, self.request.filter.as_of, each);
            }
        } else {
            dimension::facts(record, dimension, self.request.filter.as_of, &mut each);
        }
    }
}

type Counted<'a> = (Option<Cow<'a, str>>, u64);

/// The buckets that fit: chosen ones first, then those with most records.
fn keep<'a>(counts: Vec<(Cow<'a, str>, u64)>, not_stated: u64, chosen: &[Cow<'_, str>]) -> Vec<Counted<'a>> {
    let chosen: HashSet<&str> = chosen.iter().map(|value| &**value).collect();
    let mut buckets: Vec<Counted<'a>> = counts.into_iter().map(|(value, count)| (Some(value), count)).collect();
    if not_stated > 0 {
        buckets.push((None, not_stated));
    }
    if buckets.len() > MOST_BUCKETS {
        let is_chosen = |bucket: &Counted<'_>| bucket.0.as_ref().is_some_and(|value| chosen.contains(&**value));
        buckets.select_nth_unstable_by(MOST_BUCKETS, |one, other| {
            let first = is_chosen(other).cmp(&is_chosen(one)).then(other.1.cmp(&one.1));
            first.then_with(|| (one.0.is_none(), &one.0).cmp(&(other.0.is_none(), &other.0)))
        });
        buckets.truncate(MOST_BUCKETS);
    }
    buckets
}

fn compare(one: &Counted<'_>, other: &Counted<'_>, dimension: Dimension) -> std::cmp::Ordering {
    let number = |bucket: &Counted<'_>| -> i64 {
        let value = bucket.0.as_deref().filter(|_| dimension.is_number());
        value.and_then(|value| value.parse().ok()).unwrap_or_default()
    };
    (other.1.cmp(&one.1))
        .then_with(|| one.0.is_none().cmp(&other.0.is_none()))
        .then_with(|| number(one).cmp(&number(other)))
        .then_with(|| one.0.cmp(&other.0))
}
