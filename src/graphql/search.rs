//! Pages over records of all kinds. Of the search itself only this form is here: lists of the workbench have it too.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::interfaces::Record;
use super::lists::{PageInfo, Paging, int};
use super::reading::Reading;
use super::records::RecordKind;
use super::scalars::LanguageTag;
use crate::catalog::Published;
use crate::record::{Kind, Sub};

/// Marks cursors of these lists.
const MARK: char = 'R';
const PAGE: usize = 20;
const LARGEST_PAGE: i32 = 100;

/// A page of records of all kinds, by kind and name.
pub struct SearchConnection<'a> {
    reading: &'a Reading,
    page: Vec<&'a Arc<Published>>,
    info: PageInfo,
    total: usize,
    kinds: Vec<KindCount>,
}

impl<'a> SearchConnection<'a> {
    /// `records` are ordered by kind and name, and of one origin.
    pub(super) fn of(reading: &'a Reading, records: Vec<&'a Arc<Published>>, paging: &Paging) -> Self {
        let place = |cursor: &Option<String>| cursor.as_deref().and_then(read_cursor);
        let key = |record: &&Arc<Published>| (record.kind, record.sub.clone());
        let mut start = place(&paging.after).map_or(0, |after| records.partition_point(|record| key(record) <= after));
        let before = place(&paging.before);
        let mut end = before.map_or(records.len(), |before| records.partition_point(|record| key(record) < before));
        end = end.max(start);
        let size = |size: i32| usize::try_from(size.clamp(1, LARGEST_PAGE)).unwrap_or(PAGE);
        match (paging.first, paging.last) {
            (None, Some(last)) => start = start.max(end.saturating_sub(size(last))),
            (first, _) => end = end.min(start + first.map_or(PAGE, size)),
        }
        let page = records.get(start..end).unwrap_or_default().to_vec();
        let cursor = |record: Option<&&Arc<Published>>| record.map(|record| write_cursor(record));
        let info = PageInfo {
            has_next_page: end < records.len(),
            has_previous_page: start > 0,
            start_cursor: cursor(page.first()),
            end_cursor: cursor(page.last()),
        };
        let count = |kind: Kind| records.iter().filter(|record| record.kind == kind).count() as u64;
        let counts = Kind::ALL.map(|kind| KindCount { kind: kind.into(), count: int(count(kind)) });
        let kinds = counts.into_iter().filter(|each| each.count > 0).collect();
        Self { reading, page, info, total: records.len(), kinds }
    }
}

fn write_cursor(record: &Published) -> String {
    URL_SAFE_NO_PAD.encode(format!("{MARK}{}", record.sub))
}

fn read_cursor(cursor: &str) -> Option<(Kind, Sub)> {
    let bytes = URL_SAFE_NO_PAD.decode(Some(cursor).filter(|cursor| cursor.len() <= 128)?).ok()?;
    let sub = Sub::parse(String::from_utf8(bytes).ok()?.strip_prefix(MARK)?)?;
    Some((sub.kind()?, sub))
}

/// Whether a cursor is one of such a list.
pub(super) fn judge_cursor(cursor: &str) -> bool {
    read_cursor(cursor).is_some()
}

/// A page of hits, best first.
#[Object(serial)]
impl<'a> SearchConnection<'a> {
    /// Hits with cursors.
    async fn edges(&self) -> Vec<SearchEdge<'a>> {
        self.page.iter().filter_map(|shown| SearchEdge::of(self.reading, shown)).collect()
    }

    /// The records alone.
    async fn nodes(&self) -> Vec<Record<'a>> {
        self.page.iter().filter_map(|shown| Record::of(shown, self.reading.moment())).collect()
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
}

impl<'a> SearchEdge<'a> {
    fn of(reading: &'a Reading, shown: &'a Arc<Published>) -> Option<Self> {
        Some(Self { cursor: write_cursor(shown), node: Record::of(shown, reading.moment())? })
    }
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
        Vec::new()
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

/// A place in a text, counted in UTF-16 code units as JavaScript does.
#[derive(SimpleObject, Debug, Clone, Copy)]
#[graphql(serial)]
pub struct TextRange {
    /// First unit.
    pub start: i32,
    /// After the last unit.
    pub end: i32,
}
