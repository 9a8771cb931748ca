//! What a list leaves out: one filter for all kinds, compiled to sets by dimension so that a facet can leave its own
//! part out.

use std::borrow::Cow;

use jiff::civil::Date;
use roaring::RoaringBitmap;

use crate::record::{Audience, Body, Kind, PartialDate};

use super::dimension::{self, Dimension};
use super::order::{CountryOrder, Direction, Order, SortValue};
use super::page::Sorter;
use super::published::Published;
use super::snapshot::Snapshot;
use super::visibility::Viewer;

/// Which records of a kind. Values of one dimension mean "any of", everything else combines with "and".
#[derive(Debug, Clone)]
pub struct Filter {
    pub(super) kind: Kind,
    pub(super) any: Vec<(Dimension, Vec<Box<str>>)>,
    pub(super) years: Option<(Option<i32>, Option<i32>)>,
    pub(super) days: Option<(Option<Date>, Option<Date>)>,
    pub(super) symbol: Option<Box<str>>,
    pub(super) updated_since: Option<i64>,
    pub(super) audience: Option<Audience>,
    pub(super) has_instance: Option<bool>,
    pub(super) include_suspended: bool,
    pub(super) as_of: Date,
    pub(super) not: Option<Box<Filter>>,
}

impl Filter {
    /// Everything of a kind that stands in lists; of members the active and suspended ones.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            any: Vec::new(),
            years: None,
            days: None,
            symbol: None,
            updated_since: None,
            audience: None,
            has_instance: None,
            include_suspended: false,
            as_of: Date::MAX,
            not: None,
        }
    }

    /// Kind of the records.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// With one of these values; none given means no restriction. Languages match by RFC 4647 basic filtering (`pt`
    /// finds `pt-BR`, not the other way, `*` finds all), everything else as it is written. A dimension that the kind
    /// does not have matches nothing.
    #[must_use]
    pub fn any<V: Into<Box<str>>>(mut self, dimension: Dimension, values: impl IntoIterator<Item = V>) -> Self {
        let mut values: Vec<Box<str>> = values.into_iter().map(Into::into).collect();
        values.sort_unstable();
        values.dedup();
        if !values.is_empty() {
            self.any.push((dimension, values));
        }
        self
    }

    /// Compiled (`true`) or said by the State itself.
    #[must_use]
    pub fn compiled(self, compiled: bool) -> Self {
        self.any(Dimension::Compiled, [compiled.to_string()])
    }

    /// Standing (`true`) or ad hoc; mechanisms.
    #[must_use]
    pub fn standing(self, standing: bool) -> Self {
        self.any(Dimension::Standing, [standing.to_string()])
    }

    /// Practices under way in these years, both inclusive: `startYear` to `endYear`, or no end; one that states no
    /// `startYear` is not found. Other kinds: stating a year between.
    #[must_use]
    pub fn years(mut self, from: Option<i32>, to: Option<i32>) -> Self {
        self.years = (from.is_some() || to.is_some()).then_some((from, to));
        self
    }

    /// Events on these days, both inclusive; a month or year that an event states counts whole.
    #[must_use]
    pub fn days(mut self, from: Option<Date>, to: Option<Date>) -> Self {
        self.days = (from.is_some() || to.is_some()).then_some((from, to));
        self
    }

    /// Documents whose symbol is or begins with this, without ASCII case.
    #[must_use]
    pub fn symbol(mut self, symbol: &str) -> Self {
        self.symbol = (!symbol.is_empty()).then(|| symbol.into());
        self
    }

    /// Signed at or after, unix seconds.
    #[must_use]
    pub fn updated_since(mut self, seconds: i64) -> Self {
        self.updated_since = Some(seconds);
        self
    }

    /// Of the journal for this audience.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Members with or without an instance.
    #[must_use]
    pub fn has_instance(mut self, has: bool) -> Self {
        self.has_instance = Some(has);
        self
    }

    /// Also records of members that are not active.
    #[must_use]
    pub fn include_suspended(mut self, include: bool) -> Self {
        self.include_suspended = include;
        self
    }

    /// The day on which roles and statuses of members are looked at; without it, the last term of each.
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = day;
        self
    }

    /// Without those that this matches; what stands in `not.not` and `not.include_suspended` does not count. One that
    /// restricts nothing takes nothing away.
    #[must_use]
    pub fn not(mut self, not: Filter) -> Self {
        self.not = Some(Box::new(not));
        self
    }

    /// Values chosen in a dimension, in the form facets give them.
    pub(super) fn chosen(&self, dimension: Dimension) -> Vec<Cow<'_, str>> {
        let values = self.any.iter().filter(|(of, _)| *of == dimension).flat_map(|(_, values)| values);
        values
            .map(|value| match dimension {
                Dimension::Language => Cow::Owned(dimension::canonical(value)),
                _ => Cow::Borrowed(&**value),
            })
            .collect()
    }
}

/// One field of a filter as a set of slots; sets may hold slots that are not visible.
pub(super) struct Part<'a> {
    /// The dimension whose facet leaves it out.
    pub(super) own: Option<Dimension>,
    pub(super) set: Cow<'a, RoaringBitmap>,
}

/// Makes the sets of a filter.
pub(super) struct Compiler<'a, 'r> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) viewer: Viewer,
    pub(super) filter: &'r Filter,
}

impl<'a> Compiler<'a, '_> {
    /// All parts; the default of statuses counts as one.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let mut parts = self.fields();
        let filter = self.filter;
        if filter.kind == Kind::Member && !filter.any.iter().any(|(dimension, _)| *dimension == Dimension::Status) {
            let statuses = ["active".into(), "suspended".into()];
            parts.push(Part { own: Some(Dimension::Status), set: self.with_value(Dimension::Status, &statuses) });
        }
        if let Some(not) = &filter.not {
            let not = Compiler { snapshot: self.snapshot, viewer: self.viewer, filter: not };
            let fields = not.fields();
            if !fields.is_empty() {
                let mut matched = self.everything().clone();
                fields.iter().for_each(|part| matched &= &*part.set);
                parts.push(Part { own: None, set: Cow::Owned(self.everything() - matched) });
            }
        }
        parts
    }

    fn fields(&self) -> Vec<Part<'a>> {
        let filter = self.filter;
        let mut parts: Vec<Part<'a>> = Vec::new();
        for (dimension, values) in &filter.any {
            parts.push(Part { own: Some(*dimension), set: self.with_value(*dimension, values) });
        }
        let mut field = |own, set: Option<Cow<'a, RoaringBitmap>>| parts.extend(set.map(|set| Part { own, set }));
        field(Some(Dimension::Year), filter.years.map(|(from, to)| Cow::Owned(self.in_years(from, to))));
        field(
            Some(Dimension::Year),
            filter.days.map(|(from, to)| Cow::Owned(self.records(|record| on_days(record, from, to)))),
        );
        field(None, filter.symbol.as_deref().map(|symbol| Cow::Owned(self.records(|record| begins(record, symbol)))));
        field(None, filter.updated_since.map(|seconds| Cow::Owned(self.updated(seconds))));
        field(None, filter.audience.map(|audience| self.for_audience(audience)));
        field(None, filter.has_instance.map(|has| Cow::Owned(self.records(|record| has_instance(record) == has))));
        parts
    }

    /// All that the viewer may see of the kind.
    fn everything(&self) -> &'a RoaringBitmap {
        self.snapshot.kind(self.filter.kind).visible.all(self.viewer)
    }

    fn records(&self, matches: impl Fn(&Published) -> bool) -> RoaringBitmap {
        let slots = self.everything().iter();
        RoaringBitmap::from_iter(
            slots.filter(|slot| self.snapshot.slots.get(*slot).is_some_and(|record| matches(record))),
        )
    }

    fn with_value(&self, dimension: Dimension, values: &[Box<str>]) -> Cow<'a, RoaringBitmap> {
        if !dimension.is_of(self.filter.kind) {
            return Cow::Owned(RoaringBitmap::new());
        }
        let Some(postings) = self.snapshot.postings(self.filter.kind, dimension, self.viewer) else {
            let day = self.filter.as_of;
            return Cow::Owned(self.records(|record| {
                let mut found = false;
                dimension::facts(record, dimension, day, |value| {
                    found |= values.iter().any(|wanted| **wanted == *value)
                });
                found
            }));
        };
        if dimension == Dimension::Language {
            let tags = postings.iter().filter(|(tag, _)| values.iter().any(|range| is_in_range(tag, range)));
            return Cow::Owned(tags.fold(RoaringBitmap::new(), |found, (_, slots)| found | slots));
        }
        let mut sets = values.iter().filter_map(|value| postings.get(&**value));
        match (sets.next(), sets.next()) {
            (None, _) => Cow::Owned(RoaringBitmap::new()),
            (Some(only), None) => Cow::Borrowed(only),
            (Some(first), Some(second)) => Cow::Owned(sets.fold(first | second, |found, slots| found | slots)),
        }
    }

    fn in_years(&self, from: Option<i32>, to: Option<i32>) -> RoaringBitmap {
        let is_practice = self.filter.kind == Kind::Practice;
        let starts_in_time =
            |year: i32| to.is_none_or(|to| year <= to) && (is_practice || from.is_none_or(|from| year >= from));
        let mut found = self.with_year(Dimension::Year, starts_in_time);
        if let (true, Some(from)) = (is_practice, from) {
            found -= self.with_year(Dimension::EndYear, |end| end < from);
        }
        found
    }

    fn with_year(&self, dimension: Dimension, matches: impl Fn(i32) -> bool) -> RoaringBitmap {
        let Some(postings) = self.snapshot.postings(self.filter.kind, dimension, self.viewer) else {
            return RoaringBitmap::new();
        };
        let years = postings.iter().filter(|(year, _)| year.parse().is_ok_and(&matches));
        years.fold(RoaringBitmap::new(), |found, (_, slots)| found | slots)
    }

    fn updated(&self, seconds: i64) -> RoaringBitmap {
        let permutations = &self.snapshot.kind(self.filter.kind).permutations;
        let (order, direction) = (Order::Updated, Direction::Descending);
        let sorter = Sorter { order, direction, countries: CountryOrder::Code, day: self.filter.as_of };
        let Some(newest_first) = permutations.kept(&sorter) else {
            return self.records(|record| record.revision.signed_at >= seconds);
        };
        let end = newest_first.first_not(|slot| {
            let signed = self.snapshot.slots.get(slot).map(|record| sorter.value(record));
            matches!(signed, Some(SortValue::Number(signed)) if signed >= seconds)
        });
        let mut slots: Vec<u32> = newest_first.between(0, end).collect();
        slots.sort_unstable();
        slots.into_iter().collect()
    }

    fn for_audience(&self, audience: Audience) -> Cow<'a, RoaringBitmap> {
        let public = self.snapshot.kind(self.filter.kind).visible.all(Viewer::PUBLIC);
        match audience {
            Audience::Public => Cow::Borrowed(public),
            Audience::Network => Cow::Owned(self.everything() - public),
        }
    }
}

/// RFC 4647 §3.3.1, without case.
fn is_in_range(tag: &str, range: &str) -> bool {
    let Some(head) = tag.get(..range.len()) else { return range == "*" };
    range == "*" || (head.eq_ignore_ascii_case(range) && matches!(tag.as_bytes().get(range.len()), None | Some(b'-')))
}

fn begins(record: &Published, prefix: &str) -> bool {
    let Body::Document(document) = &record.record.body else { return false };
    let head = document.symbol.as_deref().and_then(|symbol| symbol.get(..prefix.len()));
    head.is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

fn has_instance(record: &Published) -> bool {
    matches!(&record.record.body, Body::Member(member) if member.entity_id.is_some())
}

/// Whether an event touches these days; compared as numbers, so that no day has to exist in the calendar.
fn on_days(record: &Published, from: Option<Date>, to: Option<Date>) -> bool {
    let Body::Event(event) = &record.record.body else { return false };
    let Some(first) = event.starts_on.or(event.ends_on) else { return false };
    let last = event.ends_on.unwrap_or(first);
    let number = |year: i64, month: u8, day: u8| year * 10_000 + i64::from(month) * 100 + i64::from(day);
    let given = |day: Date| number(i64::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs());
    let earliest = |date: PartialDate| number(i64::from(date.year), date.month.unwrap_or(1), date.day.unwrap_or(1));
    let latest = |date: PartialDate| number(i64::from(date.year), date.month.unwrap_or(12), date.day.unwrap_or(31));
    to.is_none_or(|to| earliest(first) <= given(to)) && from.is_none_or(|from| latest(last) >= given(from))
}
