//! What lists are sorted by: which orders each kind has, and the value of a record in each. What is not stated comes
//! last in both directions, ties go by id upwards (graphql.md, "Lists").

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::record::{Body, CountryCode, Kind, PartialDate, country};

use super::published::Published;

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Signing of the present revision, or its coming here if it was signed ahead of our clock; every kind but members.
    Updated,
    /// First publication, likewise; practices.
    Created,
    /// `startYear` of practices, `establishedYear` of mechanisms.
    Year,
    /// Name of the country in the language of the request; practices, mechanisms, members.
    Country,
    /// Date of documents, first day of events.
    Date,
    /// Symbol of documents, without case.
    Symbol,
    /// First day of the role and status on the day of `Filter::as_of`; members.
    Since,
    /// Fit to what was searched for, by the [`Ranks`](super::Ranks) that the request brings; every kind.
    Relevance,
}

/// Direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Upwards.
    #[default]
    Ascending,
    /// Downwards.
    Descending,
}

impl Direction {
    pub(super) const BOTH: [Self; 2] = [Self::Ascending, Self::Descending];
}

/// Orders of a kind; the first is the default.
pub(super) fn orders(kind: Kind) -> &'static [Order] {
    match kind {
        Kind::Practice => &[Order::Updated, Order::Created, Order::Year, Order::Country],
        Kind::Mechanism => &[Order::Country, Order::Year, Order::Updated],
        Kind::Document => &[Order::Date, Order::Symbol, Order::Updated],
        Kind::Event => &[Order::Date, Order::Updated],
        Kind::Member => &[Order::Country, Order::Since],
    }
}

impl Order {
    /// Order of a kind where the client asks for none, as the schema says.
    pub fn default_of(kind: Kind) -> (Self, Direction) {
        match kind {
            Kind::Practice => (Self::Updated, Direction::Descending),
            Kind::Mechanism | Kind::Member => (Self::Country, Direction::Ascending),
            Kind::Document | Kind::Event => (Self::Date, Direction::Descending),
        }
    }

    /// Whether lists of this kind can be sorted so.
    pub fn is_of(self, kind: Kind) -> bool {
        self == Self::Relevance || orders(kind).contains(&self)
    }

    /// Orders whose permutation is kept; the others depend on what is asked for and are sorted when they are.
    pub(super) fn is_kept(self) -> bool {
        !matches!(self, Self::Since | Self::Relevance)
    }

    pub(super) fn tag(self) -> u8 {
        match self {
            Self::Updated => 1,
            Self::Created => 2,
            Self::Year => 3,
            Self::Country => 4,
            Self::Date => 5,
            Self::Symbol => 6,
            Self::Since => 7,
            Self::Relevance => 8,
        }
    }
}

/// What a record is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortValue<'a> {
    NotStated,
    Number(i64),
    /// Compared without ASCII case.
    Text(&'a str),
}

/// How countries stand to each other.
#[derive(Debug, Clone, Copy)]
pub(super) enum CountryOrder<'a> {
    /// By code: as the permutation is kept.
    Code,
    /// By name in a language: as the reader sees it.
    Name(&'a str),
}

impl CountryOrder<'_> {
    pub(super) fn value(self, code: CountryCode) -> i64 {
        let letters = code.as_str().bytes().fold(0, |sum, letter| sum * 256 + i64::from(letter));
        match self {
            Self::Code => letters,
            // The letters keep countries without a name apart, which all have the last rank.
            Self::Name(language) => i64::from(country::rank(code, language)) << 16 | letters,
        }
    }
}

/// The value of a record in an order.
pub(super) fn value<'a>(order: Order, record: &'a Published, countries: CountryOrder<'_>, day: Date) -> SortValue<'a> {
    // Whoever signs ahead of the clock would stand first in every list for as long as he likes.
    let by_now = |seconds: i64| seconds.min(record.revision.received_at.div_euclid(1000));
    let number = match (order, &record.record.body) {
        (Order::Updated, _) => Some(by_now(record.revision.signed_at)),
        (Order::Created, _) => record.revision.created_at.map(by_now),
        (Order::Country, _) => record.country().map(|code| countries.value(code)),
        (Order::Year, Body::Practice(practice)) => practice.start_year.map(i64::from),
        (Order::Year, Body::Mechanism(mechanism)) => mechanism.established_year.map(i64::from),
        (Order::Date, Body::Document(document)) => document.date.map(days),
        (Order::Date, Body::Event(event)) => event.starts_on.map(days),
        (Order::Since, Body::Member(member)) => member.on(day).map(|term| days(term.from)),
        (Order::Symbol, Body::Document(document)) => {
            return document.symbol.as_deref().map_or(SortValue::NotStated, SortValue::Text);
        }
        _ => None,
    };
    number.map_or(SortValue::NotStated, SortValue::Number)
}

/// A month or year stands before its days.
fn days(date: PartialDate) -> i64 {
    i64::from(date.year) * 10_000 + i64::from(date.month.unwrap_or(0)) * 100 + i64::from(date.day.unwrap_or(0))
}

/// Order of two values; equal ones are told apart by key.
pub(super) fn compare(one: SortValue<'_>, other: SortValue<'_>, direction: Direction) -> Ordering {
    let stated = match (one, other) {
        (SortValue::NotStated, SortValue::NotStated) => return Ordering::Equal,
        (SortValue::NotStated, _) => return Ordering::Greater,
        (_, SortValue::NotStated) => return Ordering::Less,
        (SortValue::Number(one), SortValue::Number(other)) => one.cmp(&other),
        (SortValue::Text(one), SortValue::Text(other)) => compare_texts(one, other),
        // Never of one order; a total order all the same.
        (SortValue::Number(_), SortValue::Text(_)) => Ordering::Less,
        (SortValue::Text(_), SortValue::Number(_)) => Ordering::Greater,
    };
    match direction {
        Direction::Ascending => stated,
        Direction::Descending => stated.reverse(),
    }
}

fn compare_texts(one: &str, other: &str) -> Ordering {
    one.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(other.bytes().map(|byte| byte.to_ascii_lowercase()))
}
