//! From page to page; the same list as a file, as a feed, by its address; and what an empty list says.

use maud::{Markup, html};

use super::{super::visit::Visit, chips, listing::List, values};
use crate::address::{Address, Name};

/// The address of the whole list, for files and feeds.
pub(super) fn query(list: &List<'_>) -> String {
    list.address.clone().on_page(1).to_string()
}

/// `Page 1 of 3`, with the pages before and after.
pub(super) fn html(list: &List<'_>) -> Markup {
    between(list.visit, (list.page.into(), list.pages.into()), |page| {
        let page = u32::try_from(page).unwrap_or(u32::MAX);
        list.href(&list.address.clone().on_page(page))
    })
}

/// The same of any list that goes on over several pages; `to` gives the address of one.
pub(in crate::pages) fn between(visit: &Visit, (page, pages): (u64, u64), to: impl Fn(u64) -> String) -> Markup {
    let parts = || [("page", page.into()), ("pages", pages.into())];
    html! {
        @if pages > 1 {
            nav.pages aria-label=(visit.label("list-page", &parts())) {
                span { (visit.tell("list-page", &parts())) }
                span.row {
                    @if page > 1 {
                        a.btn.line rel="prev" href={ (to(page - 1)) "#top" } { (visit.say("list-previous")) }
                    }
                    @if page < pages {
                        a.btn.line rel="next" href={ (to(page + 1)) "#top" } { (visit.say("list-next")) }
                    }
                }
            }
        }
    }
}

/// What one can take along.
pub(super) fn after(list: &List<'_>) -> Markup {
    let visit = list.visit;
    let kind = list.address.kind().plural();
    let query = query(list);
    let file = |path: &str| match query.is_empty() {
        true => visit.file(path),
        false => format!("{}?{query}", visit.file(path)),
    };
    html! {
        p.after {
            span { (visit.say("list-address")) }
            a href=(file(&format!("/feeds/{kind}.atom"))) { (visit.say("list-feed")) }
            span {
                (visit.say("list-download")) " "
                a href=(file(&format!("/export/{kind}.csv"))) { "CSV" } ", "
                a href=(file(&format!("/export/{kind}.xlsx"))) { "Excel" } ", "
                a href=(file(&format!("/export/{kind}.jsonl"))) { "JSON" }
            }
        }
    }
}

/// Nothing was found: with what, and the ways on with what they find.
pub(super) fn nothing(list: &List<'_>) -> Markup {
    let (visit, kind) = (list.visit, list.address.kind());
    let said = match list.address.question() {
        Some(words) => visit.tell("list-nothing-for", &[("words", words.into())]),
        None => html! { (visit.say("list-nothing")) },
    };
    let everything = Address::of(kind);
    html! {
        section aria-labelledby="nothing" {
            h2.lead #nothing { (said) }
            @let chosen = chips::chosen(&list.address);
            @if !chosen.is_empty() {
                p {
                    (visit.say("list-nothing-with")) " "
                    @for (place, (name, value)) in chosen.into_iter().enumerate() {
                        @if place > 0 { " · " }
                        (chips::words(visit, kind, name, value))
                    }
                }
            }
            ul {
                @for way in &list.ways {
                    li {
                        a href=(list.href(&way.address)) { (without(list, way.without)) }
                        " " span.quiet { (list.count(way.count)) }
                    }
                }
                @if let Some(words) = list.address.question() {
                    li {
                        a href={ (visit.path("/search")) "?q=" (super::entry::encoded(words)) } {
                            (visit.tell("list-search-all", &[("words", words.into())]))
                        }
                    }
                }
                li { a href=(list.href(&everything)) { (visit.say(all(kind))) } }
                @if list.address.question().is_some() || !list.ways.is_empty() {
                    li { a href={ (visit.file(&format!("/feeds/{}.atom", kind.plural()))) "?" (query(list)) } { (visit.say("list-nothing-feed")) } }
                }
            }
        }
    }
}

fn without(list: &List<'_>, name: Name) -> Markup {
    if name == Name::Q {
        return html! { (list.visit.say("list-without-words")) };
    }
    let name = values::name(list.visit, list.address.kind(), name);
    list.visit.tell("list-without", &[("name", name.as_str().into())])
}

fn all(kind: crate::record::Kind) -> &'static str {
    use crate::record::Kind::*;
    match kind {
        Practice => "all-practices",
        Mechanism => "all-mechanisms",
        Document => "all-documents",
        Event => "all-events",
        Member => "all-members",
    }
}
