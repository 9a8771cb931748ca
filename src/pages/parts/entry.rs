//! A record in a list: who says it and how fresh the copy is, title, summary, themes, marks.

use maud::{Markup, html};

use super::{
    super::visit::Visit,
    dates,
    found::Found,
    kinds, marks, terms,
    text::{LONGEST_TITLE, cut, direction, inline, shown},
};
use crate::{
    catalog::Published,
    record::{Body, Chosen, Kind, LanguageTag, LocalizedText, vocabulary::Vocabulary},
};

/// Longest summary in a list, in characters.
const LONGEST_SUMMARY: usize = 600;

/// The text of a record for this reader: the language of the page, then what else the reader takes, then the original.
pub(in crate::pages) fn chosen<'a>(visit: &'a Visit, text: &'a LocalizedText, record: &'a Published) -> Chosen<'a> {
    text.choose(visit.languages.first(), &visit.languages, record.record.common.original_language.as_ref())
}

/// The path of a record's own page, below the language.
pub(in crate::pages) fn path(record: &Published) -> String {
    match (record.kind, record.country()) {
        (Kind::Member, Some(country)) => format!("/countries/{country}"),
        (Kind::Member, None) => "/network".to_owned(),
        (kind, _) => format!("/{}/{}", kind.plural(), record.key),
    }
}

/// The title, cut for lists; a record without one has its name at its origin.
pub(in crate::pages) fn title(visit: &Visit, record: &Published) -> Markup {
    match record.title() {
        Some(title) => {
            let chosen = chosen(visit, title, record);
            inline(&cut(chosen.text, LONGEST_TITLE), chosen.language)
        }
        None => html! { code { (record.sub.as_str()) } },
    }
}

/// Who says it, in a word: a country, or the hub's name.
pub(in crate::pages) fn who(visit: &Visit, record: &Published) -> Markup {
    match record.country() {
        Some(country) => html! {
            a href=(visit.path(&format!("/countries/{country}"))) { (terms::country(visit, country)) }
        },
        None => {
            let instance = visit.snapshot.network().instance(&record.origin);
            html! { b { bdi { (shown(instance.map_or(&*record.origin, |instance| &instance.name))) } } }
        }
    }
}

/// What stands below a title: the record's own summary, or where words were found in it.
pub(super) struct Below {
    pub(super) text: Markup,
    /// None where there is no text.
    pub(super) language: Option<LanguageTag>,
}

/// The entry.
pub(in crate::pages) fn entry(visit: &Visit, record: &Published) -> Markup {
    laid_out(visit, record, title(visit, record), own_summary(visit, record))
}

/// The entry of a hit, with marks where the words were found.
pub(in crate::pages) fn hit(visit: &Visit, record: &Published, found: Found) -> Markup {
    laid_out(visit, record, found.title.unwrap_or_else(|| title(visit, record)), found.below)
}

fn laid_out(visit: &Visit, record: &Published, title: Markup, below: Below) -> Markup {
    html! {
        li.entry {
            div.who { (head(visit, record)) (marks::fresh(visit, record)) }
            div {
                h3 { a href=(visit.path(&path(record))) { (title) } }
                (below.text)
                (notes(visit, record, below.language.as_ref()))
                (facts(visit, record))
            }
        }
    }
}

/// What an entry begins with: an event's days, since its country is where it takes place; else who says it.
fn head(visit: &Visit, record: &Published) -> Markup {
    match &record.record.body {
        Body::Event(event) => html! { b { (dates::of_event(visit, event)) } },
        _ => who(visit, record),
    }
}

/// The record's own summary.
pub(super) fn own_summary(visit: &Visit, record: &Published) -> Below {
    let summary = match &record.record.body {
        Body::Practice(practice) => Some(&practice.summary),
        Body::Event(event) => event.summary.as_ref(),
        Body::Document(_) | Body::Mechanism(_) | Body::Member(_) => None,
    };
    let summary = summary.map(|summary| chosen(visit, summary, record));
    let text = html! {
        @if let Some(Chosen { text, language }) = summary {
            p lang=(language.as_str()) dir=(direction(language)) { (shown(&cut(text, LONGEST_SUMMARY))) }
        }
    };
    Below { text, language: summary.map(|summary| summary.language.clone()) }
}

/// Says in which languages title and summary are shown, where one of them is not that of the page.
pub(in crate::pages) fn language_notes(visit: &Visit, record: &Published) -> Markup {
    notes(visit, record, own_summary(visit, record).language.as_ref())
}

fn notes(visit: &Visit, record: &Published, below: Option<&LanguageTag>) -> Markup {
    let title = record.title().map(|title| chosen(visit, title, record).language);
    let is_new = |below: &&LanguageTag| title.is_none_or(|title| title.primary() != below.primary());
    let is_other = |language: &&LanguageTag| language.primary() != visit.language;
    html! {
        @if let Some(shown) = title.filter(is_other) {
            p.quiet {
                (visit.tell("entry-other-language", &[
                    ("wanted", (&visit.say(&format!("language-{}", visit.language))).into()),
                    ("shown", (&terms::language(visit, shown)).into()),
                ]))
            }
        }
        @if let Some(shown) = below.filter(is_other).filter(is_new) {
            p.quiet { (visit.tell("entry-below-other-language", &[("shown", (&terms::language(visit, shown)).into())])) }
        }
    }
}

/// Of practices themes, capacities, languages and years; of other kinds what belongs to them.
fn facts(visit: &Visit, record: &Published) -> Markup {
    let original = record.record.common.original_language.as_ref();
    match &record.record.body {
        Body::Practice(practice) => html! {
            (tags(visit, &practice.themes))
            div.row {
                (marks::capacities(visit, &practice.capacities))
                (marks::tongues(visit, &practice.title, original))
                span { (years(visit, practice.start_year, practice.end_year)) }
            }
        },
        Body::Mechanism(mechanism) => kinds::mechanism(visit, record, mechanism),
        Body::Document(document) => kinds::document(visit, record, document),
        Body::Event(event) => kinds::event(visit, record, event),
        Body::Member(_) => html! {},
    }
}

/// Themes as links to the practices that have them.
pub(in crate::pages) fn tags(visit: &Visit, themes: &[Box<str>]) -> Markup {
    html! {
        @if !themes.is_empty() {
            ul.tags aria-label=(visit.say("themes")) {
                @for theme in themes {
                    li {
                        a href={ (visit.path("/practices")) "?theme=" (encoded(theme)) } {
                            (shown(&terms::label(visit, Vocabulary::Themes, theme)))
                        }
                    }
                }
            }
        }
    }
}

/// A value of an address.
pub(in crate::pages) fn encoded(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// `Since 2011`, `2011 to 2014`, `Year not stated`.
pub(in crate::pages) fn years(visit: &Visit, from: Option<i32>, to: Option<i32>) -> String {
    let text = |year: i32| year.to_string();
    match (from.map(text), to.map(text)) {
        (Some(from), None) => visit.label("years-since", &[("year", (&from).into())]),
        (Some(from), Some(to)) => visit.label("years-between", &[("from", (&from).into()), ("to", (&to).into())]),
        (None, Some(to)) => visit.label("years-until", &[("year", (&to).into())]),
        (None, None) => visit.say("years-not-stated"),
    }
}
