//! Pages of a list: a walk over a kept order, or, where few records are left, the places of those in it; what no order is
//! kept for is sorted.

use std::cmp::Ordering;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::record::{CountryCode, RecordKey};

use super::cursor::{self, CursorError, CursorValue};
use super::kept_order::KeptOrder;
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
#[derive(Debug, Clone, Copy)]
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
        let bounds = Bounds { after: bound(request.window.after)?, before: bound(request.window.before)? };
        let kept = self.snapshot.kind(filter.kind).permutations.kept(&sorter);
        let Part { mut items, has_next, mut has_previous } = match &kept {
            Some(kept) => self.of_kept(kept, &sorter, &bounds, request.window),
            None => self.sorted(&sorter, &bounds, request),
        };
        if let (Some(_), Some(last)) = (request.window.first, request.window.last)
            && items.len() > last
        {
            items.drain(..items.len() - last);
            has_previous = true;
        }
        let ranks = request.ranks.filter(|_| request.order == Order::Relevance);
        let ranks = ranks.map(|ranks| items.iter().map(|record| ranks.rank(record.slot)).collect());
        // A cursor carries the code of a country: it is good for a reader in another language too.
        let by_code = Sorter { countries: CountryOrder::Code, ..sorter };
        Ok(Page { items, has_next, has_previous, by_code, ranks: ranks.unwrap_or_default() })
    }

    /// A cursor as a place in this order and language.
    fn bound(&self, cursor: &str, sorter: &Sorter<'_>, ranks: Option<&Ranks>) -> Result<Bound, CursorError> {
        let (value, key) = cursor::decode(cursor, self.request.filter.kind, sorter.order, sorter.direction)?;
        if let (Order::Relevance, Some(ranks)) = (sorter.order, ranks)
            && let Some(record) = self.snapshot.record(key, self.request.viewer)
            && let Some(rank) = ranks.found(record.slot)
        {
            return Ok((CursorValue::Number(rank), key));
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

    /// Of a kept order: a walk over it, or, where that would come by many records that are not in the list, the places
    /// of those that are.
    fn of_kept(
        &self,
        kept: &KeptOrder<'_>,
        sorter: &Sorter<'_>,
        bounds: &Bounds,
        window: Window<'_>,
    ) -> Part<Found<'a>> {
        let place = |(value, key): &Bound, past: bool| {
            kept.first_not(|slot| {
                let Some(record) = self.snapshot.slots.get(slot) else { return false };
                let order = sorter.compare((sorter.value(record), record.key), (value.as_sort_value(), *key));
                order == Ordering::Less || past && order == Ordering::Equal
            })
        };
        let start = bounds.after.as_ref().map_or(0, |bound| place(bound, true));
        let end = bounds.before.as_ref().map_or(kept.len(), |bound| place(bound, false)).max(start);
        let wanted = window.first.or(window.last).unwrap_or(usize::MAX);
        let part = match self.is_dense(kept.len(), wanted) {
            true => walk(kept, self.slots(), start, end, window),
            false => {
                let against = |place: &usize| (*place < start, *place >= end);
                cut(kept.places(self.slots()), against, usize::cmp, window).filter_map(|place| kept.slot(place))
            }
        };
        part.filter_map(|slot| self.snapshot.slots.get(slot))
    }

    /// Whether the records of the list stand so close to each other in an order of all of the kind that a walk over it
    /// finds a page soon. A record whose place is looked up, to be sorted, costs a step of the walk or two.
    fn is_dense(&self, all: usize, wanted: usize) -> bool {
        let left = self.count().max(1);
        let steps = (all as u64).saturating_mul(wanted.saturating_add(1) as u64) / left;
        steps.min(all as u64) <= left.saturating_mul(2).max(SHORT_WALK)
    }

    /// By what is known at the time of the request alone: of the records of the list, sorted.
    fn sorted(&self, sorter: &Sorter<'_>, bounds: &Bounds, request: &PageRequest<'_>) -> Part<Found<'a>> {
        let against = |(value, record): &Item<'_>| {
            let to = |(bound, key): &Bound| sorter.compare((*value, record.key), (bound.as_sort_value(), *key));
            let early = bounds.after.as_ref().is_some_and(|bound| to(bound) != Ordering::Greater);
            let late = bounds.before.as_ref().is_some_and(|bound| to(bound) != Ordering::Less);
            (early, late)
        };
        let order = |one: &Item<'_>, other: &Item<'_>| sorter.compare((one.0, one.1.key), (other.0, other.1.key));
        cut(self.gathered(sorter, request), against, order, request.window).filter_map(|(_, record)| Some(record))
    }

    /// The records of the list with their values; of a first page by relevance those alone that may stand on it, and one
    /// more, which says that it is not the last: to look up thousands of records costs more than to find them.
    fn gathered(&self, sorter: &Sorter<'_>, request: &PageRequest<'_>) -> Vec<Item<'a>> {
        let record = |slot| self.snapshot.slots.get(slot);
        let Some(ranks) = request.ranks.filter(|_| request.order == Order::Relevance) else {
            let records = self.slots().iter().filter_map(record);
            return records.map(|record| (sorter.value(record), record)).collect();
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

/// Walks of this length are always taken: shorter than the time that it takes to say where each record stands.
const SHORT_WALK: u64 = 500;

type Found<'a> = &'a Arc<Published>;

/// A record with what it is sorted by.
type Item<'a> = (SortValue<'a>, Found<'a>);

/// What a page lies between.
struct Bounds {
    after: Option<Bound>,
    before: Option<Bound>,
}

/// The wanted part of a list.
struct Part<T> {
    items: Vec<T>,
    has_next: bool,
    has_previous: bool,
}

impl<T> Part<T> {
    fn filter_map<U>(self, each: impl Fn(T) -> Option<U>) -> Part<U> {
        let Self { items, has_next, has_previous } = self;
        Part { items: items.into_iter().filter_map(each).collect(), has_next, has_previous }
    }
}

/// The wanted part of an order between two places, of which the slots in a set count.
fn walk(kept: &KeptOrder<'_>, set: &RoaringBitmap, start: usize, end: usize, window: Window<'_>) -> Part<u32> {
    let found = |slot: &u32| set.contains(*slot);
    let forwards = |from: usize, to: usize| kept.between(from, to).filter(found);
    let backwards = |from: usize, to: usize| kept.between(from, to).rev().filter(found);
    let (mut items, more): (Vec<u32>, bool) = match (window.first, window.last) {
        (Some(first), _) => take(forwards(start, end), first),
        (None, Some(last)) => take(backwards(start, end), last),
        (None, None) => (forwards(start, end).collect(), false),
    };
    let is_backwards = window.first.is_none() && window.last.is_some();
    if is_backwards {
        items.reverse();
    }
    let has_next = (!is_backwards && more) || forwards(end, kept.len()).next().is_some();
    let has_previous = (is_backwards && more) || backwards(0, start).next().is_some();
    Part { items, has_next, has_previous }
}

/// At most this many, and whether there are more.
fn take(mut slots: impl Iterator<Item = u32>, most: usize) -> (Vec<u32>, bool) {
    let taken = slots.by_ref().take(most).collect();
    (taken, slots.next().is_some())
}

/// What is neither early nor late (as `against` says of each), the wanted end of it, sorted.
fn cut<T>(
    mut items: Vec<T>,
    against: impl Fn(&T) -> (bool, bool),
    order: impl Fn(&T, &T) -> Ordering,
    window: Window<'_>,
) -> Part<T> {
    let (mut has_previous, mut has_next) = (false, false);
    items.retain(|item| {
        let (early, late) = against(item);
        has_previous |= early;
        has_next |= late && !early;
        !early && !late
    });
    let length = items.len();
    match (window.first, window.last) {
        (Some(first), _) if first < length => {
            items.select_nth_unstable_by(first, &order);
            items.truncate(first);
            has_next = true;
        }
        (None, Some(last)) if last < length => {
            items.select_nth_unstable_by(length - last, &order);
            items.drain(..length - last);
            has_previous = true;
        }
        _ => {}
    }
    items.sort_unstable_by(order);
    Part { items, has_next, has_previous }
}
