//! Pages of a list: a walk over a kept order, or, where few records are left, a sort of those.

use std::cmp::Ordering;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::record::{CountryCode, RecordKey};

use super::cursor::{self, CursorError, CursorValue};
use super::order::{self, CountryOrder, Direction, Order, SortValue};
use super::published::Published;
use super::ranks::Ranks;
use super::selection::Selection;

/// Which part of a list (Relay). Neither `first` nor `last`: all of it; both: the end of the beginning.
#[derive(Debug, Clone, Copy, Default)]
pub struct Window<'a> {
    /// At most this many from the start.
    pub first: Option<usize>,
    /// At most this many from the end.
    pub last: Option<usize>,
    /// Only what comes after this cursor.
    pub after: Option<&'a str>,
    /// Only what comes before this cursor.
    pub before: Option<&'a str>,
}

/// How a page is made.
#[derive(Clone, Copy)]
pub struct PageRequest<'a> {
    /// By what.
    pub order: Order,
    /// Upwards or downwards.
    pub direction: Direction,
    /// Language of the request, for names of countries: a tag of one of the six languages, else English counts.
    pub language: &'a str,
    /// For [`Order::Relevance`]: how well records fit.
    pub ranks: Option<&'a Ranks>,
    /// Which part.
    pub window: Window<'a>,
}

/// A page.
pub struct Page<'a> {
    /// Its records in order.
    pub items: Vec<&'a Arc<Published>>,
    /// Whether something of the list comes after it.
    pub has_next: bool,
    /// Whether something of the list comes before it.
    pub has_previous: bool,
    by_code: Sorter<'static>,
    /// For [`Order::Relevance`]: how well each item fits.
    ranks: Vec<i64>,
}

impl Page<'_> {
    /// Cursor of the item in this place; none when there is no such item.
    pub fn cursor(&self, place: usize) -> Option<String> {
        let record = self.items.get(place)?;
        let value = match self.ranks.get(place) {
            Some(rank) => CursorValue::Number(Ranks::told(*rank)),
            None => CursorValue::of(self.by_code.value(record)),
        };
        Some(cursor::encode(record.kind, self.by_code.order, self.by_code.direction, &value, record.key))
    }
}

/// The whole order: value, then key.
#[derive(Clone, Copy)]
pub(super) struct Sorter<'a> {
    pub(super) order: Order,
    pub(super) direction: Direction,
    pub(super) countries: CountryOrder<'a>,
    pub(super) day: jiff::civil::Date,
}

impl Sorter<'_> {
    pub(super) fn value<'r>(&self, record: &'r Published) -> SortValue<'r> {
        order::value(self.order, record, self.countries, self.day)
    }

    pub(super) fn compare(&self, one: (SortValue<'_>, RecordKey), other: (SortValue<'_>, RecordKey)) -> Ordering {
        order::compare(one.0, other.0, self.direction).then_with(|| one.1.cmp(&other.1))
    }
}

type Bound = (CursorValue, RecordKey);

impl<'a> Selection<'a, '_> {
    /// A page of the records; an error for a cursor that is not of this list, or an order that the kind does not have.
    pub fn page(&self, request: &PageRequest<'_>) -> Result<Page<'a>, CursorError> {
        let filter = self.request.filter;
        if !request.order.is_of(filter.kind) {
            return Err(CursorError::NotAnOrder);
        }
        let sorter = Sorter {
            order: request.order,
            direction: request.direction,
            countries: CountryOrder::Name(request.language),
            day: filter.as_of,
        };
        let bound = |cursor: Option<&str>| cursor.map(|cursor| self.bound(cursor, &sorter, request.ranks)).transpose();
        let (after, before) = (bound(request.window.after)?, bound(request.window.before)?);
        let wanted = request.window.first.or(request.window.last).unwrap_or(usize::MAX);
        let view = match self.segments(&sorter, wanted) {
            Some(segments) => View::Kept { segments, set: self.slots() },
            None => View::Gathered(self.gathered(&sorter, request)),
        };
        let mut page = self.cut(view, sorter, after, before, request.window);
        if let (Order::Relevance, Some(ranks)) = (request.order, request.ranks) {
            page.ranks = page.items.iter().map(|record| ranks.rank(record.slot)).collect();
        }
        Ok(page)
    }

    /// A cursor as a place in this order and language.
    fn bound(&self, cursor: &str, sorter: &Sorter<'_>, ranks: Option<&Ranks>) -> Result<Bound, CursorError> {
        let (value, key) = cursor::decode(cursor, self.request.filter.kind, sorter.order, sorter.direction)?;
        if let (Order::Relevance, Some(ranks)) = (sorter.order, ranks)
            && let Some(record) = self.snapshot.record(key, self.request.viewer)
            && self.slots().contains(record.slot)
        {
            // Ranks move with what else is published: the place is where the record stands now.
            return Ok((CursorValue::Number(ranks.rank(record.slot)), key));
        }
        let value = match value {
            CursorValue::Number(letters) if sorter.order == Order::Country => {
                let letters = u16::try_from(letters).map_err(|_| CursorError::Malformed)?.to_be_bytes();
                let code = std::str::from_utf8(&letters).ok().and_then(CountryCode::parse);
                CursorValue::Number(sorter.countries.value(code.ok_or(CursorError::Malformed)?))
            }
            other => other,
        };
        Ok((value, key))
    }

    /// The kept order, if a walk over it finds a page sooner than a sort of what is left.
    fn segments(&self, sorter: &Sorter<'_>, wanted: usize) -> Option<Vec<&'a [u32]>> {
        let permutations = &self.snapshot.kind(self.request.filter.kind).permutations;
        let left = self.count().max(1);
        let kept = permutations.len() as u64;
        let walked = kept.saturating_mul(wanted.saturating_add(1) as u64) / left;
        // A record that is gathered costs several times a step of the walk.
        if !sorter.order.is_kept() || walked.min(kept) > left.saturating_mul(4) {
            return None;
        }
        permutations.segments(sorter)
    }

    /// The records of the list with their values; of a first page by relevance those alone that may stand on it, and one
    /// more, which says that it is not the last: to look up thousands of records costs more than to find them.
    fn gathered(&self, sorter: &Sorter<'_>, request: &PageRequest<'_>) -> Vec<Item<'a>> {
        let record = |slot| self.snapshot.slots.get(slot);
        let Some(ranks) = request.ranks.filter(|_| request.order == Order::Relevance) else {
            let items = self.slots().iter().filter_map(record).map(|record| (sorter.value(record), record));
            return match request.window {
                Window { first: Some(first), last: None, after: None, before: None } if first <= LARGEST_PAGE => {
                    least(items, first + 1, sorter)
                }
                _ => items.collect(),
            };
        };
        let ranked = match (request.direction, request.window) {
            (Direction::Descending, Window { first: Some(first), after: None, before: None, .. }) => {
                ranks.best(self.slots(), first.saturating_add(1))
            }
            _ => ranks.of(self.slots()),
        };
        let items = ranked.into_iter().map(|(slot, rank)| Some((SortValue::Number(rank), record(slot)?)));
        items.flatten().collect()
    }
}

/// Pages larger than this are sorted whole.
const LARGEST_PAGE: usize = 100;

/// A record with what it is sorted by.
type Item<'a> = (SortValue<'a>, &'a Arc<Published>);

/// A list to cut a page from.
enum View<'a, 's> {
    /// A kept order in pieces, of which the records in `set` count.
    Kept { segments: Vec<&'a [u32]>, set: &'s RoaringBitmap },
    /// The records themselves, not sorted yet.
    Gathered(Vec<Item<'a>>),
}

impl<'a> Selection<'a, '_> {
    fn cut(
        &self,
        view: View<'a, '_>,
        sorter: Sorter<'_>,
        after: Option<Bound>,
        before: Option<Bound>,
        window: Window<'_>,
    ) -> Page<'a> {
        let (mut items, has_next, mut has_previous) = match view {
            View::Kept { segments, set } => self.walk(&segments, set, &sorter, after, before, window),
            View::Gathered(items) => sort(items, &sorter, after, before, window),
        };
        if let (Some(_), Some(last)) = (window.first, window.last)
            && items.len() > last
        {
            items.drain(..items.len() - last);
            has_previous = true;
        }
        // A cursor carries the code of a country: it is good for a reader in another language too.
        let Sorter { order, direction, day, .. } = sorter;
        let by_code = Sorter { order, direction, countries: CountryOrder::Code, day };
        Page { items, has_next, has_previous, by_code, ranks: Vec::new() }
    }

    fn walk(
        &self,
        segments: &[&'a [u32]],
        set: &RoaringBitmap,
        sorter: &Sorter<'_>,
        after: Option<Bound>,
        before: Option<Bound>,
        window: Window<'_>,
    ) -> (Vec<&'a Arc<Published>>, bool, bool) {
        let total = segments.iter().map(|segment| segment.len()).sum();
        let start = after.map_or(0, |bound| self.position(segments, sorter, &bound, true));
        let end = before.map_or(total, |bound| self.position(segments, sorter, &bound, false)).max(start);
        let found = |slot: &u32| set.contains(*slot);
        let forwards = |from: usize, to: usize| between(segments, from, to).copied().filter(found);
        let backwards = |from: usize, to: usize| between(segments, from, to).rev().copied().filter(found);
        let (slots, more): (Vec<u32>, bool) = match (window.first, window.last) {
            (Some(first), _) => take(forwards(start, end), first),
            (None, Some(last)) => take(backwards(start, end), last),
            (None, None) => (forwards(start, end).collect(), false),
        };
        let is_backwards = window.first.is_none() && window.last.is_some();
        let mut items: Vec<_> = slots.into_iter().filter_map(|slot| self.snapshot.slots.get(slot)).collect();
        if is_backwards {
            items.reverse();
        }
        let beyond = |edge: bool, past_bound: bool| if edge { more || past_bound } else { past_bound };
        let has_next = beyond(!is_backwards, forwards(end, total).next().is_some());
        let has_previous = beyond(is_backwards, backwards(0, start).next().is_some());
        (items, has_next, has_previous)
    }

    /// Place of the first item behind a bound (`past` it), or of the first that is not before it.
    fn position(&self, segments: &[&[u32]], sorter: &Sorter<'_>, bound: &Bound, past: bool) -> usize {
        let is_before = |slot: u32| {
            let Some(record) = self.snapshot.slots.get(slot) else { return false };
            let order = sorter.compare((sorter.value(record), record.key), (bound.0.as_sort_value(), bound.1));
            order == Ordering::Less || past && order == Ordering::Equal
        };
        // Segments are not empty; all of one is before the bound if its last item is.
        let whole = segments.partition_point(|segment| segment.last().is_some_and(|slot| is_before(*slot)));
        let ahead: usize = segments[..whole].iter().map(|segment| segment.len()).sum();
        ahead + segments.get(whole).map_or(0, |segment| segment.partition_point(|slot| is_before(*slot)))
    }
}

/// The slots of a list in pieces from one place to another.
fn between<'b>(segments: &'b [&[u32]], from: usize, to: usize) -> impl DoubleEndedIterator<Item = &'b u32> {
    let mut start = 0;
    let mut parts = Vec::with_capacity(segments.len());
    for segment in segments {
        let end = start + segment.len();
        if from < end && start < to {
            parts.push(&segment[from.max(start) - start..to.min(end) - start]);
        }
        start = end;
    }
    parts.into_iter().flatten()
}

/// At most this many, and whether there are more.
fn take(mut slots: impl Iterator<Item = u32>, most: usize) -> (Vec<u32>, bool) {
    let taken = slots.by_ref().take(most).collect();
    (taken, slots.next().is_some())
}

/// So many that come first: most of a long list is seen once, compared with the last of them and dropped.
fn least<'a>(items: impl Iterator<Item = Item<'a>>, most: usize, sorter: &Sorter<'_>) -> Vec<Item<'a>> {
    let is_before =
        |one: &Item<'_>, other: &Item<'_>| sorter.compare((one.0, one.1.key), (other.0, other.1.key)) == Ordering::Less;
    let mut found: Vec<Item<'a>> = Vec::with_capacity(most);
    for item in items {
        if found.len() == most {
            if !found.last().is_some_and(|last| is_before(&item, last)) {
                continue;
            }
            found.pop();
        }
        let place = found.partition_point(|other| is_before(other, &item));
        found.insert(place, item);
    }
    found
}

/// What is after and before the bounds, the wanted end of it sorted.
fn sort<'a>(
    mut items: Vec<Item<'a>>,
    sorter: &Sorter<'_>,
    after: Option<Bound>,
    before: Option<Bound>,
    window: Window<'_>,
) -> (Vec<&'a Arc<Published>>, bool, bool) {
    let against =
        |item: &Item<'_>, bound: &Bound| sorter.compare((item.0, item.1.key), (bound.0.as_sort_value(), bound.1));
    let (mut has_previous, mut has_next) = (false, false);
    items.retain(|item| {
        let early = after.as_ref().is_some_and(|bound| against(item, bound) != Ordering::Greater);
        let late = before.as_ref().is_some_and(|bound| against(item, bound) != Ordering::Less);
        has_previous |= early;
        has_next |= late && !early;
        !early && !late
    });
    let by_order = |one: &Item<'_>, other: &Item<'_>| sorter.compare((one.0, one.1.key), (other.0, other.1.key));
    let length = items.len();
    match (window.first, window.last) {
        (Some(first), _) if first < length => {
            items.select_nth_unstable_by(first, by_order);
            items.truncate(first);
            has_next = true;
        }
        (None, Some(last)) if last < length => {
            items.select_nth_unstable_by(length - last, by_order);
            items.drain(..length - last);
            has_previous = true;
        }
        _ => {}
    }
    items.sort_unstable_by(by_order);
    (items.into_iter().map(|(_, record)| record).collect(), has_next, has_previous)
}
