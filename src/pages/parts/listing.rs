//! A list of one kind as its address asks for it: facets, what is chosen, how many, in which order, one page of entries,
//! and the same as a file or a feed. The address is the only state.
//! ```ignore
//! let list = List::open(visit, Kind::Practice)?;
//! let main = html! { (list.head(&title, &lead)) (list.html()) };
//! Ok(list.content(title, main).within(Section::Practices).into())
//! ```

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        content::Content,
        visit::{Refusal, Visit},
    },
    chips, entry, facets, found, paging,
};
use crate::{
    address::{Address, Name, NotReady, Sort},
    catalog::{Bucket, Filter, Order, PageRequest, Published, Request, Selection, Window},
    record::Kind,
    search::Hits,
};

/// Entries of a page.
const PAGE: usize = 20;

/// A list, read for one visit.
pub(in crate::pages) struct List<'v> {
    pub(in crate::pages) visit: &'v Visit,
    pub(in crate::pages) address: Address,
    /// How many records are found in all.
    pub(in crate::pages) total: u64,
    /// Those of this page.
    pub(in crate::pages) items: Vec<Arc<Published>>,
    pub(super) facets: Vec<(Name, Vec<Bucket>)>,
    pub(super) hits: Option<Arc<Hits>>,
    /// Addresses that find something where this one finds nothing.
    pub(super) ways: Vec<Way>,
    pub(super) page: u32,
    pub(super) pages: u32,
}

/// A way on from an empty list.
pub(super) struct Way {
    /// What is left out.
    pub(super) without: Name,
    pub(super) address: Address,
    pub(super) count: u64,
}

impl<'v> List<'v> {
    /// Finds what the address of this visit asks for.
    ///
    /// # Errors
    /// An address that cannot be meant; words are asked for while their index is being made.
    pub(in crate::pages) fn open(visit: &'v Visit, kind: Kind) -> Result<Self, Refusal> {
        let address = Address::parse(kind, &visit.query)?;
        let hits = hits(visit, &address)?;
        let filter = address.filter(visit.today());
        let selection = select(visit, &filter, hits.as_deref());
        let total = selection.count();
        let pages = u32::try_from(total.div_ceil(PAGE as u64)).unwrap_or(u32::MAX).max(1);
        let page = address.page().min(pages);
        let items = items(visit, &address, &selection, hits.as_deref(), (page, total));
        let facets = facets::of(kind).filter_map(|name| Some((name, selection.facet(name.dimension(kind)?)))).collect();
        let ways = if total == 0 { ways(visit, &address) } else { Vec::new() };
        Ok(Self { visit, address, total, items, facets, hits, ways, page, pages })
    }

    /// The path of the list with another address.
    pub(super) fn href(&self, address: &Address) -> String {
        let query = address.to_string();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{query}", self.visit.path(&self.visit.path_here))
    }

    /// Heading and first sentence; from page to page the focus goes to the heading.
    pub(in crate::pages) fn head(&self, title: &str, lead: &str) -> Markup {
        html! { div.head { h1 #top tabindex="-1" { (title) } p { (lead) } } }
    }

    /// Facets beside the entries.
    pub(in crate::pages) fn html(&self) -> Markup {
        self.html_with(|record| self.entry(record))
    }

    /// The same with entries of another form.
    pub(in crate::pages) fn html_with(&self, entry: impl Fn(&Published) -> Markup) -> Markup {
        html! {
            form.split action=(self.visit.path(&self.visit.path_here)) data-submit {
                div { (facets::html(self)) }
                div {
                    (self.words())
                    (self.tools())
                    (chips::html(self))
                    @if self.total == 0 { (paging::nothing(self)) } @else {
                        h2.vh { (self.visit.say("list-results")) }
                        ul.entries { @for record in &self.items { (entry(record)) } }
                        (paging::html(self))
                        (paging::after(self))
                    }
                }
            }
        }
    }

    /// One entry as lists have it, with the words marked that were looked for.
    pub(in crate::pages) fn entry(&self, record: &Published) -> Markup {
        match &self.hits {
            Some(hits) => entry::hit(self.visit, record, found::found(self.visit, hits, record)),
            None => entry::entry(self.visit, record),
        }
    }

    /// The page around it: with its feed; only the list without any choice is for search engines.
    pub(in crate::pages) fn content(&self, title: String, main: Markup) -> Content {
        let feed = format!("/feeds/{}.atom", self.address.kind().plural());
        let feed = match paging::query(self) {
            query if query.is_empty() => feed,
            query => format!("{feed}?{query}"),
        };
        let content = Content::new(title.clone(), main).feed(feed, title);
        if self.address.is_everything() && self.page == 1 { content } else { content.hidden() }
    }

    fn words(&self) -> Markup {
        html! {
            div.find role="search" {
                label.vh for="words" { (self.visit.say("search")) }
                input #words name="q" type="search" maxlength="400" value=[self.address.question()];
                button.btn { (self.visit.say("search")) }
            }
        }
    }

    /// How many, and in which order.
    fn tools(&self) -> Markup {
        let count = html! { b { (self.count(self.total)) } };
        let said = match self.address.question() {
            Some(words) => self.visit.tell("list-for", &[("found", count.into()), ("words", words.into())]),
            None => count,
        };
        html! {
            div.tools.noborder {
                p role="status" { (said) }
                div.row {
                    label for="sort" { (self.visit.say("list-sort")) }
                    select #sort name="sort" {
                        @for (value, text) in self.sorts() {
                            option value=(value) selected[value == self.sort()] { (text) }
                        }
                    }
                    button.btn.line { (self.visit.say("list-sort-do")) }
                }
            }
        }
    }

    /// `23 practices`.
    pub(super) fn count(&self, count: u64) -> Markup {
        let parts = [("count", count.into())];
        match self.address.kind() {
            Kind::Practice => self.visit.tell("list-practices", &parts),
            Kind::Mechanism => self.visit.tell("list-mechanisms", &parts),
            Kind::Document => self.visit.tell("list-documents", &parts),
            Kind::Event => self.visit.tell("list-events", &parts),
            Kind::Member => self.visit.tell("list-members", &parts),
        }
    }

    /// The order as the address says it; empty where it says none, or what counts without one.
    fn sort(&self) -> String {
        let text = self.address.sort().map(|sort| sort.text(self.address.kind())).unwrap_or_default();
        if text == self.usual() { String::new() } else { text }
    }

    /// The order of an address that says none.
    fn usual(&self) -> String {
        let (order, direction) = Order::default_of(self.address.kind());
        match self.address.question() {
            Some(_) => Sort::Relevance.text(self.address.kind()),
            None => Sort::By(order, direction).text(self.address.kind()),
        }
    }

    /// Orders to choose from: value and words; the usual one has no value, so that addresses stay short.
    fn sorts(&self) -> Vec<(String, String)> {
        let offered: &[&str] = match self.address.kind() {
            Kind::Practice => &["-updated", "country", "-year", "year"],
            Kind::Mechanism => &["country", "established", "-established", "-updated"],
            Kind::Document => &["-date", "date", "symbol", "-updated"],
            Kind::Event => &["-date", "date", "-updated"],
            Kind::Member => &["country", "-since", "since"],
        };
        let relevance = self.address.question().map(|_| "relevance");
        let sort = self.sort();
        let usual = self.usual();
        let asked = Some(sort.as_str()).filter(|sort| !sort.is_empty() && !offered.contains(sort));
        let all = relevance.into_iter().chain(offered.iter().copied()).chain(asked);
        all.map(|sort| (if sort == usual { String::new() } else { sort.to_owned() }, self.sort_name(sort))).collect()
    }

    fn sort_name(&self, sort: &str) -> String {
        let id = match sort {
            "relevance" => "list-sort-relevance",
            "-updated" => "list-sort-newest",
            "country" => "list-sort-country",
            "-year" | "-established" | "-since" => "list-sort-latest-year",
            "year" | "established" | "since" => "list-sort-earliest-year",
            "-date" => "list-sort-latest-date",
            "date" => "list-sort-earliest-date",
            "symbol" => "list-sort-symbol",
            _ => "list-sort-other",
        };
        self.visit.say(id)
    }
}

fn hits(visit: &Visit, address: &Address) -> Result<Option<Arc<Hits>>, NotReady> {
    address.hits(&visit.snapshot, visit.hub.index().reader().as_deref())
}

fn select<'v, 'r>(visit: &'v Visit, filter: &'r Filter, hits: Option<&'r Hits>) -> Selection<'v, 'r> {
    visit.snapshot.select(&Request { filter, viewer: visit.viewer(), within: hits.map(Hits::slots) })
}

/// One page, walked to from the nearer end of the list.
fn items(
    visit: &Visit,
    address: &Address,
    selection: &Selection<'_, '_>,
    hits: Option<&Hits>,
    (page, total): (u32, u64),
) -> Vec<Arc<Published>> {
    let (order, direction) = address.order();
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let start = (page.max(1) as usize - 1).saturating_mul(PAGE);
    let is_near = start + PAGE <= total / 2 + PAGE;
    let window = match is_near {
        true => Window { first: Some(start + PAGE), ..Window::default() },
        false => Window { last: Some(total.saturating_sub(start)), ..Window::default() },
    };
    let ranks = hits.map(Hits::ranks);
    let request = PageRequest { order, direction, language: visit.language, ranks, window };
    // Only a cursor, or an order that the kind does not have, could be refused: there is neither.
    let found = selection.page(&request).map(|page| page.items).unwrap_or_default();
    found.into_iter().skip(if is_near { start } else { 0 }).take(PAGE).cloned().collect()
}

/// What the address finds without each of its names in turn.
fn ways(visit: &Visit, address: &Address) -> Vec<Way> {
    let chosen = Name::ALL.into_iter().filter(|name| match name {
        Name::Q => address.question().is_some(),
        name => address.values(*name).next().is_some(),
    });
    let way = |without: Name| {
        let values: Vec<&str> = address.values(without).collect();
        let less = match without {
            Name::Q => address.clone().without(Name::Q, ""),
            _ => values.iter().fold(address.clone().on_page(1), |less, value| less.without(without, value)),
        };
        let hits = hits(visit, &less).ok()?;
        let count = select(visit, &less.filter(visit.today()), hits.as_deref()).count();
        (count > 0 && !less.is_everything()).then_some(Way { without, address: less, count })
    };
    chosen.filter_map(way).collect()
}
