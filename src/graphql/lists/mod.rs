//! Lists: filters, orders, pages, counts. A connection compiles its filter once; its page, its count and its facets are
//! made from that when they are asked for.

mod connection;
mod facets;
mod filters;
mod orders;

use std::sync::{Arc, LazyLock, OnceLock};

use async_graphql::{Context, SimpleObject};
use roaring::RoaringBitmap;

use crate::catalog::{Direction, Filter, Order, Page, PageRequest, Published, Request, Selection, Window};
use crate::record::Kind;
use crate::search::Hits;

use super::reading::{Moment, Reading};

pub use connection::{DocumentConnection, EventConnection, MechanismConnection, MemberConnection, PracticeConnection};
pub use facets::{MechanismDimension, MemberDimension, PracticeDimension};
pub(crate) use facets::{label, values_named, written};
pub use filters::{DocumentFilter, EventFilter, MechanismFilter, MemberFilter, PracticeFilter};
pub(crate) use filters::{Filtered, kept};
pub use orders::{DocumentOrder, EventOrder, MechanismOrder, MemberOrder, PracticeOrder};
pub(crate) use orders::{Sort, sorted};

/// Items of a page where the request names no number.
const PAGE: usize = 20;
const LARGEST_PAGE: i32 = 100;

static EVERYTHING: LazyLock<[Filter; 5]> = LazyLock::new(|| Kind::ALL.map(Filter::of));

/// The filter of a kind that restricts nothing.
pub(crate) fn everything(kind: Kind) -> &'static Filter {
    let place = Kind::ALL.iter().position(|each| *each == kind).unwrap_or_default();
    &EVERYTHING[place]
}

/// The arguments of a page. The guard has judged them; what is out of bounds all the same is cut.
#[derive(Debug, Default)]
pub(crate) struct Paging {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl Paging {
    /// `first` and `last` as they count: within their bounds, and a usual page where neither is given.
    pub(crate) fn sizes(&self) -> (Option<usize>, Option<usize>) {
        let size = |size: i32| usize::try_from(size.clamp(1, LARGEST_PAGE)).unwrap_or(PAGE);
        let (first, last) = (self.first.map(size), self.last.map(size));
        (if last.is_none() { first.or(Some(PAGE)) } else { first }, last)
    }

    pub(crate) fn window(self, reading: &Reading) -> Window<'_> {
        let keep = |text: Option<String>| text.map(|text| reading.keep_text(text));
        let (first, last) = self.sizes();
        Window { first, last, after: keep(self.after), before: keep(self.before) }
    }
}

/// A filtered and ordered list. In a box from its beginning: every field of an object takes the room of its largest one.
pub(crate) struct Listing<'a> {
    pub(crate) moment: Moment<'a>,
    pub(crate) selection: Selection<'a, 'a>,
    pub(crate) filter: &'a Filter,
    /// What was searched for, if anything.
    pub(crate) hits: Option<&'a Hits>,
    request: PageRequest<'a>,
    page: OnceLock<Option<Page<'a>>>,
}

impl<'a> Listing<'a> {
    pub(crate) fn new(
        moment: Moment<'a>,
        filter: &'a Filter,
        within: Option<&'a RoaringBitmap>,
        (order, direction): Sort,
        paging: Paging,
    ) -> Box<Self> {
        moment.reading.go_on();
        let reading = moment.reading;
        let selection = reading.snapshot.select(&Request { filter, viewer: reading.viewer(), within });
        let (language, window) = (reading.collation(), paging.window(reading));
        let request = PageRequest { order, direction, language, ranks: None, window };
        Box::new(Self { moment, selection, filter, hits: None, request, page: OnceLock::new() })
    }

    /// The list of a kind, within what is searched for if anything is: best first unless another order is asked for.
    pub(crate) fn searched(
        moment: Moment<'a>,
        filter: &'a Filter,
        search: Option<String>,
        sort: Option<Sort>,
        paging: Paging,
    ) -> Box<Self> {
        let words = search.filter(|words| !words.trim().is_empty());
        let Some(words) = words else {
            return Self::new(moment, filter, None, sorted(sort, filter.kind()), paging);
        };
        let hits = moment.reading.search(&words, None, &[filter.kind()]);
        let best_first = (Order::Relevance, Direction::Descending);
        let mut listing = Self::new(moment, filter, Some(hits.slots()), sort.unwrap_or(best_first), paging);
        listing.request.ranks = Some(hits.ranks());
        listing.hits = Some(hits);
        listing
    }

    /// With what is read from the store for its page, if the selection asks for any.
    pub(crate) async fn prefetched(self: Box<Self>, ctx: &Context<'_>) -> Box<Self> {
        if self.moment.reading.asks_store(ctx) {
            Box::pin(self.prefetch(ctx)).await;
        }
        self
    }

    async fn prefetch(&self, ctx: &Context<'_>) {
        let reading = self.moment.reading;
        reading.prefetch(ctx, &[&["nodes"], &["edges", "node"]], self.items()).await;
        let mechanism = |practice: &&'a Arc<Published>| reading.snapshot.mechanism_of(practice, reading.viewer());
        let mechanisms: Vec<_> = self.items().iter().filter_map(mechanism).collect();
        let paths: [&[&str]; 2] = [&["nodes", "mechanism"], &["edges", "node", "mechanism"]];
        reading.prefetch(ctx, &paths, &mechanisms).await;
    }

    /// The page; none for a cursor of another list, which the guard has refused before.
    pub(crate) fn page(&self) -> Option<&Page<'a>> {
        self.page.get_or_init(|| self.selection.page(&self.request).ok()).as_ref()
    }

    pub(crate) fn items(&self) -> &[&'a Arc<Published>] {
        self.page().map_or(&[], |page| &page.items)
    }

    pub(crate) fn page_info(&self) -> PageInfo {
        let Some(page) = self.page() else { return PageInfo::default() };
        PageInfo {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: page.cursor(0),
            end_cursor: page.items.len().checked_sub(1).and_then(|last| page.cursor(last)),
        }
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject, Debug, Default, PartialEq, Eq)]
#[graphql(serial)]
pub struct PageInfo {
    /// Whether more follow.
    pub has_next_page: bool,
    /// Whether there are some before.
    pub has_previous_page: bool,
    /// Cursor of the first item.
    pub start_cursor: Option<String>,
    /// Cursor of the last item.
    pub end_cursor: Option<String>,
}

/// A count as the schema gives it.
pub(crate) fn int(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
