//! Pages of a list: a walk over a kept order, or, where few records are left, a sort of those.

use std::cmp::Ordering;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::record::{CountryCode, RecordKey};

use super::cursor::{self, CursorError, CursorValue};
use super::order::{self, CountryOrder, Direction, Order, SortValue};
use super::published::Published;
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
    sorter: Sorter<'a>,
}

impl Page<'_> {
    /// Cursor of the item in this place; none when there is no such item.
    pub fn cursor(&self, place: usize) -> Option<String> {
        let record = self.items.get(place)?;
        let by_code = Sorter { countries: CountryOrder::Code, ..self.sorter };
        let value = CursorValue::of(by_code.value(record));
        Some(cursor::encode(record.kind, self.sorter.order, self.sorter.direction, &value, record.key))
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

impl<'a> Selection<'a> {
    /// A page of the records; an error for a cursor that is not of this list, or an order that the kind does not have.
    pub fn page(&self, request: &PageRequest<'a>) -> Result<Page<'a>, CursorError> {
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
        let bound = |cursor: Option<&str>| cursor.map(|cursor| self.bound(cursor, &sorter)).transpose();
        let (after, before) = (bound(request.window.after)?, bound(request.window.before)?);
        let wanted = request.window.first.or(request.window.last).unwrap_or(usize::MAX);
        let view = match self.segments(&sorter, wanted) {
            Some(segments) => View::Kept { segments, set: self.slots() },
            None => View::Gathered(self.gathered()),
        };
        Ok(self.cut(view, sorter, after, before, request.window))
    }

    /// A cursor as a place in this order and language.
    fn bound(&self, cursor: &str, sorter: &Sorter<'_>) -> Result<Bound, CursorError> {
        let (value, key) = cursor::decode(cursor, self.request.filter.kind, sorter.order, sorter.direction)?;
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

    fn gathered(&self) -> Vec<&'a Arc<Published>> {
        self.slots().iter().filter_map(|slot| self.snapshot.slots.get(slot)).collect()
    }
}
