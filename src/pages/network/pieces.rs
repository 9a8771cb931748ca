//! What several pages of this room are made of.

use std::sync::Arc;

use maud::{Markup, html};
use roaring::RoaringBitmap;

use super::super::{parts::entry, visit::Visit};
use crate::catalog::{Dimension, Direction, Filter, Order, PageRequest, Published, Request, Window};

/// The first records of a list, and how many it has.
pub(super) struct Few<'a> {
    pub(super) records: Vec<&'a Arc<Published>>,
    pub(super) all: u64,
}

/// The first records that a filter finds, in this order.
pub(super) fn few<'a>(visit: &'a Visit, filter: &Filter, order: (Order, Direction), most: usize) -> Few<'a> {
    few_within(visit, filter, None, order, most)
}

/// The same of these slots alone.
pub(super) fn few_within<'a>(
    visit: &'a Visit,
    filter: &Filter,
    within: Option<&RoaringBitmap>,
    order: (Order, Direction),
    most: usize,
) -> Few<'a> {
    let selection = visit.snapshot.select(&Request { filter, viewer: visit.viewer(), within });
    let window = Window { first: Some(most), ..Window::default() };
    let request = PageRequest { order: order.0, direction: order.1, language: visit.language, ranks: None, window };
    // Only a cursor, or an order that the kind does not have, could be refused: there is neither.
    let records = selection.page(&request).map(|page| page.items).unwrap_or_default();
    Few { records, all: selection.count() }
}

/// How many records a filter finds.
pub(super) fn count(visit: &Visit, filter: &Filter) -> u64 {
    visit.snapshot.select(&Request { filter, viewer: visit.viewer(), within: None }).count()
}

/// Each value of a dimension with how many of the records of a filter have it.
pub(super) fn counts(visit: &Visit, filter: &Filter, dimension: Dimension) -> Vec<(Box<str>, u64)> {
    let selection = visit.snapshot.select(&Request { filter, viewer: visit.viewer(), within: None });
    let buckets = selection.facet(dimension).into_iter();
    buckets.filter_map(|bucket| Some((bucket.value?, bucket.count))).collect()
}

/// How many values of a dimension the records of a filter have.
pub(super) fn values(visit: &Visit, filter: &Filter, dimension: Dimension) -> usize {
    counts(visit, filter, dimension).len()
}

/// A section with its head in the margin.
pub(super) fn section(id: &str, head: &str, body: Markup) -> Markup {
    html! {
        section.sec aria-labelledby=(id) {
            h2 id=(id) { (head) }
            div { (body) }
        }
    }
}

/// A section over the whole width, for what has columns of its own.
pub(super) fn part_of_page(id: &str, head: &str, body: Markup) -> Markup {
    html! { section aria-labelledby=(id) { h2.vh id=(id) { (head) } (body) } }
}

/// The first records of a list as entries, and a link to all of them where there are more.
pub(super) fn entries(visit: &Visit, few: &Few<'_>, path: &str, all: &str) -> Markup {
    html! {
        ul.entries { @for record in &few.records { (entry::entry(visit, record)) } }
        @if few.all > few.records.len() as u64 {
            p { a href=(visit.path(path)) { (all) " (" (visit.number(few.all)) ")" } }
        }
    }
}

/// A line of a list of facts; what is not stated says so.
pub(super) fn fact(visit: &Visit, name: &str, value: Option<Markup>) -> Markup {
    html! {
        dt { (name) }
        dd {
            @match value {
                Some(value) => (value),
                None => span.quiet { (visit.say("not-stated")) },
            }
        }
    }
}
