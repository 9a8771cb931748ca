//! What an entry says of a mechanism, a document or an event, below its title.

use maud::{Markup, html};

use super::{
    super::visit::Visit,
    dates,
    entry::{chosen, tags},
    marks, terms,
    text::{inline, shown},
};
use crate::{
    catalog::Published,
    record::{Document, Event, IssuedBy, LanguageTag, LocalizedText, Mechanism, vocabulary::Vocabulary},
};

/// Type, year, capacities and languages of a mechanism.
pub(super) fn mechanism(visit: &Visit, record: &Published, mechanism: &Mechanism) -> Markup {
    let original = record.record.common.original_language.as_ref();
    html! {
        div.row {
            @if let Some(code) = &mechanism.mechanism_type {
                span { (shown(&terms::label(visit, Vocabulary::MechanismTypes, code))) }
            }
            (marks::capacities(visit, &mechanism.capacities))
            (marks::tongues(visit, &mechanism.name, original))
            @if let Some(year) = mechanism.established_year {
                span { (visit.tell("mechanism-since", &[("year", (&year.to_string()).into())])) }
            }
        }
    }
}

/// Type, symbol, who issued it and when, and the languages in which it can be read.
pub(super) fn document(visit: &Visit, record: &Published, document: &Document) -> Markup {
    html! {
        (tags(visit, &document.themes))
        div.row {
            span { (shown(&terms::label(visit, Vocabulary::DocumentTypes, &document.document_type))) }
            @if let Some(symbol) = &document.symbol { bdi dir="ltr" { (shown(symbol)) } }
            @if let Some(issuer) = &document.issued_by { span { (issued_by(visit, record, issuer)) } }
            @if let Some(date) = document.date { (dates::day(visit, date)) }
            (editions(visit, document))
        }
    }
}

/// Who issued a document.
pub(in crate::pages) fn issued_by(visit: &Visit, record: &Published, issuer: &IssuedBy) -> Markup {
    match issuer {
        IssuedBy::Plain(name) => html! { bdi { (shown(name)) } },
        IssuedBy::Localized(name) => {
            let name = chosen(visit, name, record);
            inline(name.text, name.language)
        }
    }
}

/// The languages of the editions that have an address, as a mark.
fn editions(visit: &Visit, document: &Document) -> Markup {
    let languages: Vec<(LanguageTag, Box<str>)> =
        document.editions.iter().map(|edition| (edition.language.clone(), Box::default())).collect();
    html! { @if let Some(languages) = LocalizedText::new(languages) { (marks::tongues(visit, &languages, None)) } }
}

/// Type, place and mode of an event.
pub(super) fn event(visit: &Visit, record: &Published, event: &Event) -> Markup {
    html! {
        div.row {
            span { (shown(&terms::label(visit, Vocabulary::EventTypes, &event.event_type))) }
            @if event.city.is_some() || record.country().is_some() { span { (place(visit, record, event)) } }
            @if let Some(mode) = event.mode { span { (visit.say(&format!("event-mode-{}", mode.as_str()))) } }
        }
    }
}

/// City and country, as far as they are stated.
pub(in crate::pages) fn place(visit: &Visit, record: &Published, event: &Event) -> Markup {
    html! {
        @if let Some(city) = &event.city { bdi { (shown(city)) } }
        @if let Some(country) = record.country() {
            @if event.city.is_some() { (visit.say("event-place-between")) }
            a href=(visit.path(&format!("/countries/{country}"))) { (terms::country(visit, country)) }
        }
    }
}
