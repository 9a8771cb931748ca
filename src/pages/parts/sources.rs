//! Where a record's content comes from, and what to read besides.

use maud::{Markup, html};

use super::{
    super::visit::Visit,
    terms,
    text::{attribute, direction, shown},
};
use crate::{catalog::Published, record::Source};

/// Sources and further reading of a record.
pub(in crate::pages) fn section(visit: &Visit, record: &Published, links: &[Source]) -> Markup {
    let sources = &record.record.common.sources;
    html! {
        section.sec aria-labelledby="sources" {
            h2 #sources { (visit.say("sources")) }
            div {
                @if sources.is_empty() { p { (visit.say("sources-none")) } } @else { (list(visit, record, sources)) }
                @if !links.is_empty() {
                    h3 { (visit.say("sources-links")) }
                    (list(visit, record, links))
                }
            }
        }
    }
}

/// A list of sources; one without an address says that the State has still to confirm it.
pub(in crate::pages) fn list(visit: &Visit, record: &Published, sources: &[Source]) -> Markup {
    let language = record.record.common.original_language.as_ref();
    let (tag, way) = language.map_or(("und", "ltr"), |language| (language.as_str(), direction(language)));
    html! {
        ul {
            @for source in sources {
                li {
                    @match &source.url {
                        Some(url) => a href=(attribute(url)) rel="noopener nofollow ugc" lang=(tag) dir=(way) { (shown(&source.title)) },
                        None => {
                            span lang=(tag) dir=(way) { (shown(&source.title)) }
                            @if let Some(country) = record.country().filter(|_| record.record.common.compiled) {
                                " " span.quiet {
                                    (visit.tell("sources-to-confirm", &[("country", (&terms::country(visit, country)).into())]))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
