//! Where a record's content comes from, and what to read besides.

use maud::{Markup, html};

use super::{
    super::visit::Visit,
    links, terms,
    text::{direction, shown},
};
use crate::{
    catalog::Published,
    record::{LanguageTag, Source},
};

/// The sources of a record, and what stands below them.
pub(in crate::pages) fn section(visit: &Visit, record: &Published, below: &Markup) -> Markup {
    let sources = &record.record.common.sources;
    html! {
        section.sec aria-labelledby="sources" {
            h2 #sources { (visit.say("sources")) }
            div {
                @if sources.is_empty() { p.quiet { (visit.say("sources-none")) } } @else { (of(visit, record, sources)) }
                (below)
            }
        }
    }
}

/// Sources that a record names; one without an address says that the State has still to confirm it.
pub(in crate::pages) fn of(visit: &Visit, record: &Published, sources: &[Source]) -> Markup {
    let unconfirmed = record.country().filter(|_| record.record.common.compiled).map(|country| {
        let country = terms::country(visit, country);
        html! { " " span.quiet { (visit.tell("sources-to-confirm", &[("country", (&country).into())])) } }
    });
    list(sources, record.record.common.original_language.as_ref(), unconfirmed.as_ref())
}

/// Sources with titles in this language: links where they have an address, else with what is said of those without.
pub(in crate::pages) fn list(
    sources: &[Source],
    language: Option<&LanguageTag>,
    unaddressed: Option<&Markup>,
) -> Markup {
    let tag = language.map_or("", LanguageTag::as_str);
    html! {
        ul {
            @for source in sources {
                @let title = html! { bdi lang=(tag) dir=[language.map(direction)] { (shown(&source.title)) } };
                li {
                    @match &source.url {
                        Some(url) => (links::out(url, title)),
                        None => { (title) @if let Some(said) = unaddressed { (said) } },
                    }
                }
            }
        }
    }
}
