//! Pages over records of all kinds: what words find, and lists of the workbench, which have the same form.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::interfaces::Record;
use super::lists::{PageInfo, Paging, everything, int};
use super::reading::Reading;
use super::records::RecordKind;
use super::scalars::LanguageTag;
use crate::catalog::{Published, Ranks, Request};
use crate::record::{Kind, RecordKey, Sub};
use crate::search::{self, Hits};

/// Marks cursors of lists by kind and name.
const MARK: char = 'R';
/// Marks cursors of searches.
const FOUND: u8 = b'S';

/// A page of records of all kinds: by kind and name, or of what was searched for, best first.
pub struct SearchConnection<'a> {
    reading: &'a Reading,
    page: Vec<Item<'a>>,
    records: Vec<&'a Arc<Published>>,
    info: PageInfo,
    total: usize,
    kinds: Vec<KindCount>,
    hits: Option<&'a Hits>,
}

struct Item<'a> {
    cursor: String,
    shown: &'a Arc<Published>,
}

impl<'a> SearchConnection<'a> {
    /// `records` are ordered by kind and name, and of one origin.
    pub(super) fn of(reading: &'a Reading, records: Vec<&'a Arc<Published>>, paging: &Paging) -> Self {
        let place = |cursor: &Option<String>| cursor.as_deref().and_then(read_cursor);
        let key = |record: &&Arc<Published>| (record.kind, record.sub.clone());
        let start = place(&paging.after).map_or(0, |after| records.partition_point(|record| key(record) <= after));
        let before = place(&paging.before);
        let end = before.map_or(records.len(), |before| records.partition_point(|record| key(record) < before));
        Self::cut(reading, &records, (start, end), paging, write_cursor)
    }

    /// What words find, of these kinds (all but members when absent), best first.
    pub(super) fn found(
        reading: &'a Reading,
        words: &str,
        kinds: Option<Vec<RecordKind>>,
        language: Option<LanguageTag>,
        paging: &Paging,
    ) -> Self {
        let all_but_members = || Kind::ALL.into_iter().filter(|kind| *kind != Kind::Member).collect();
        let kinds = kinds.filter(|kinds| !kinds.is_empty());
        let kinds: Vec<Kind> = kinds.map_or_else(all_but_members, |kinds| kinds.into_iter().map(Kind::from).collect());
        let hits = reading.search(words, language.as_ref().map(|tag| &tag.0), &kinds);
        let mut found: Vec<(Place, &Arc<Published>)> = Vec::new();
        let mut counted = HashSet::new();
        for kind in kinds.into_iter().filter(|kind| counted.insert(*kind)) {
            let request = Request { filter: everything(kind), viewer: reading.viewer(), within: Some(hits.slots()) };
            let ranked = hits.ranks().of(reading.snapshot.select(&request).slots()).into_iter();
            let shown =
                ranked.filter_map(|(slot, rank)| Some((rank, reading.snapshot.visible(slot, reading.viewer())?)));
            found.extend(shown.map(|(rank, shown)| (place(rank, shown), shown)));
        }
        found.sort_unstable_by_key(|(place, _)| *place);
        let now = |(rank, key): Place| {
            let found = reading.snapshot.record(key, reading.viewer());
            let found = found.and_then(|record| Some(place(hits.ranks().found(record.slot)?, record)));
            found.unwrap_or((rank, key))
        };
        let bound = |cursor: &Option<String>| cursor.as_deref().and_then(read_found).map(now);
        let start = bound(&paging.after).map_or(0, |after| found.partition_point(|(place, _)| *place <= after));
        let before = bound(&paging.before);
        let end = before.map_or(found.len(), |before| found.partition_point(|(place, _)| *place < before));
        let records: Vec<_> = found.into_iter().map(|(_, shown)| shown).collect();
        let page = Self::cut(reading, &records, (start, end), paging, |record| {
            write_found(place(hits.ranks().rank(record.slot), record))
        });
        Self { hits: Some(hits), ..page }
    }

    fn cut(
        reading: &'a Reading,
        records: &[&'a Arc<Published>],
        (mut start, end): (usize, usize),
        paging: &Paging,
        cursor: impl Fn(&Published) -> String,
    ) -> Self {
        let mut end = end.max(start);
        match paging.sizes() {
            (None, Some(last)) => start = start.max(end.saturating_sub(last)),
            (first, _) => end = end.min(start + first.unwrap_or(end)),
        }
        let on_page = records.get(start..end).unwrap_or_default().to_vec();
        let page: Vec<Item<'_>> = on_page.iter().map(|shown| Item { cursor: cursor(shown), shown }).collect();
        let info = PageInfo {
            has_next_page: end < records.len(),
            has_previous_page: start > 0,
            start_cursor: page.first().map(|item| item.cursor.clone()),
            end_cursor: page.last().map(|item| item.cursor.clone()),
        };
        let count = |kind: Kind| records.iter().filter(|record| record.kind == kind).count() as u64;
        let counts = Kind::ALL.map(|kind| KindCount { kind: kind.into(), count: int(count(kind)) });
        let kinds = counts.into_iter().filter(|each| each.count > 0).collect();
        Self { reading, page, records: on_page, info, total: records.len(), kinds, hits: None }
    }

    /// The records of the page, for what is read from the store.
    pub(super) fn records(&self) -> &[&'a Arc<Published>] {
        &self.records
    }
}

/// Place of a hit: the best first, ties by key.
type Place = (Reverse<i64>, RecordKey);

fn place(rank: i64, record: &Published) -> Place {
    (Reverse(rank), record.key)
}

fn write_found((Reverse(rank), key): Place) -> String {
    let mut bytes = vec![FOUND];
    bytes.extend(Ranks::told(rank).to_be_bytes());
    bytes.extend(key.0.to_be_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn read_found(cursor: &str) -> Option<Place> {
    let bytes = URL_SAFE_NO_PAD.decode(Some(cursor).filter(|cursor| cursor.len() <= 128)?).ok()?;
    let (rank, key) = bytes.strip_prefix(&[FOUND])?.split_first_chunk::<8>()?;
    Some((Reverse(i64::from_be_bytes(*rank)), RecordKey(u128::from_be_bytes(key.try_into().ok()?))))
}

fn write_cursor(record: &Published) -> String {
    URL_SAFE_NO_PAD.encode(format!("{MARK}{}", record.sub))
}

fn read_cursor(cursor: &str) -> Option<(Kind, Sub)> {
    let bytes = URL_SAFE_NO_PAD.decode(Some(cursor).filter(|cursor| cursor.len() <= 128)?).ok()?;
    let sub = Sub::parse(String::from_utf8(bytes).ok()?.strip_prefix(MARK)?)?;
    Some((sub.kind()?, sub))
}

/// Whether a cursor is one of a list by kind and name.
pub(super) fn judge_cursor(cursor: &str) -> bool {
    read_cursor(cursor).is_some()
}

/// Whether a cursor is one of a search.
pub(super) fn judge_found(cursor: &str) -> bool {
    read_found(cursor).is_some()
}

/// A page of hits, best first.
#[Object(serial)]
impl<'a> SearchConnection<'a> {
    /// Hits with cursors.
    async fn edges(&self) -> Vec<SearchEdge<'a>> {
        let edge = |item: &Item<'a>| {
            let node = Record::of(item.shown, self.reading.moment())?;
            Some(SearchEdge { cursor: item.cursor.clone(), node, shown: item.shown, hits: self.hits })
        };
        self.page.iter().filter_map(edge).collect()
    }

    /// The records alone.
    async fn nodes(&self) -> Vec<Record<'a>> {
        self.records.iter().filter_map(|shown| Record::of(shown, self.reading.moment())).collect()
    }

    /// Where the page stands.
    async fn page_info(&self) -> &PageInfo {
        &self.info
    }

    /// Hits in all.
    async fn total_count(&self) -> i32 {
        int(self.total as u64)
    }

    /// Hits by kind.
    async fn kinds(&self) -> &[KindCount] {
        &self.kinds
    }
}

/// A record in such a list.
pub struct SearchEdge<'a> {
    cursor: String,
    node: Record<'a>,
    shown: &'a Arc<Published>,
    hits: Option<&'a Hits>,
}

/// A hit of the search over all kinds.
#[Object(serial)]
impl<'a> SearchEdge<'a> {
    /// Place in the list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The record.
    async fn node(&self) -> &Record<'a> {
        &self.node
    }

    /// Where the words were found.
    async fn highlights(&self) -> Vec<Highlight> {
        Highlight::all(self.hits, self.shown)
    }
}

/// Hits of one kind.
#[derive(SimpleObject, Debug, Clone, Copy)]
#[graphql(serial)]
pub struct KindCount {
    /// Kind.
    pub kind: RecordKind,
    /// Hits.
    pub count: i32,
}

/// Where words of a search were found.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub struct Highlight {
    /// Field, for example `title`.
    pub field: String,
    /// Language of the text.
    pub language: LanguageTag,
    /// A piece of the text, at most 300 characters.
    pub text: String,
    /// Places of hits in `text`.
    pub ranges: Vec<TextRange>,
}

impl Highlight {
    /// Where the words of a search stand in a record; nowhere without a search.
    pub(super) fn all(hits: Option<&Hits>, shown: &Published) -> Vec<Self> {
        hits.map(|hits| hits.highlights(shown)).into_iter().flatten().map(Self::from).collect()
    }
}

impl From<search::Highlight> for Highlight {
    fn from(found: search::Highlight) -> Self {
        let range =
            |range: std::ops::Range<usize>| TextRange { start: int(range.start as u64), end: int(range.end as u64) };
        Self {
            field: found.field.to_owned(),
            language: LanguageTag(found.language),
            text: found.text,
            ranges: found.ranges.into_iter().map(range).collect(),
        }
    }
}

/// A place in a text, counted in UTF-16 code units as JavaScript does.
#[derive(SimpleObject, Debug, Clone, Copy)]
#[graphql(serial)]
pub struct TextRange {
    /// First unit.
    pub start: i32,
    /// After the last unit.
    pub end: i32,
}
