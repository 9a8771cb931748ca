//! What the pages of one mechanism, document or event share.

use maud::{Markup, html};

use super::{
    super::{
        content::Content,
        parts::{
            cite, entry, links, marks, provenance, sources, terms,
            text::{direction, shown},
        },
        visit::Visit,
    },
    pieces,
};
use crate::{
    catalog::Published,
    record::{Audience, LocalizedText},
};

/// Title, who says it, how fresh the copy is, and in which languages it is said.
pub(super) fn head(visit: &Visit, record: &Published, title: &LocalizedText) -> Markup {
    let text = entry::chosen(visit, title, record);
    html! {
        div.head {
            h1 lang=(text.language.as_str()) dir=(direction(text.language)) { (shown(text.text)) }
            div.row.quiet {
                (publisher(visit, record))
                (marks::fresh(visit, record))
                (marks::tongues(visit, title, record.record.common.original_language.as_ref()))
            }
            (entry::language_notes(visit, record))
        }
    }
}

/// Whose record it is.
fn publisher(visit: &Visit, record: &Published) -> Markup {
    let who = origin_name(visit, record);
    html! { span { (visit.tell("record-published-by", &[("who", (&who).into())])) } }
}

/// The State of the origin, or the name of its hub.
fn origin_name(visit: &Visit, record: &Published) -> String {
    let origin = visit.snapshot.network().instance(&record.origin);
    origin.map_or_else(|| record.origin.to_string(), |origin| terms::hub(visit, origin))
}

/// The page around it: the address that search engines keep is the origin's own page.
pub(super) fn content(visit: &Visit, record: &Published, title: String, main: Markup) -> Content {
    let page = Content::new(title, main).canonical(cite::canonical(visit, record));
    match record.audience {
        Audience::Public => page,
        Audience::Network => page.hidden(),
    }
}

/// The record's text, and beside it who says it and how fresh this copy is.
pub(super) fn with_provenance(visit: &Visit, record: &Published, text: Markup) -> Markup {
    html! {
        (provenance::notice(visit, record))
        div.read {
            div { (text) }
            (provenance::html(visit, record))
        }
    }
}

/// How to cite it.
pub(super) fn cited(visit: &Visit, record: &Published) -> Markup {
    pieces::section("cite", &visit.say("cite"), cite::html(visit, record))
}

/// Sources, and who alone can change what stands here.
pub(super) fn rests_on(visit: &Visit, record: &Published) -> Markup {
    let who = origin_name(visit, record);
    let origin = visit.snapshot.network().instance(&record.origin);
    let contact = origin.and_then(|origin| origin.contact.as_deref());
    let below = html! {
        p.quiet {
            @match record.country().filter(|_| record.record.common.compiled) {
                Some(country) => (visit.tell("record-compiled", &[("country", (&terms::country(visit, country)).into())])),
                None => (visit.tell("record-wrong", &[("who", (&who).into())])),
            }
            @if let Some(contact) = contact { " " (links::contact(contact)) }
        }
    };
    sources::section(visit, record, &below)
}
