//! `/{language}/documents/{id}`: one document, with a link to each edition.

use maud::{Markup, html};

use super::{
    super::{
        answer::Answer,
        content::{Content, Section},
        parts::{
            asked, dates,
            entry::{self, chosen},
            kinds, links, terms,
            text::{LONGEST_TITLE, attribute, cut, shown},
        },
        visit::{Refusal, Visit},
    },
    pieces, record_page,
};
use crate::{
    catalog::{Dimension, Direction, Filter, Order, Published},
    record::{Body, Document, Kind, vocabulary::Vocabulary},
};

/// How many documents of the same theme stand here.
const MOST: usize = 5;

/// The page.
pub(super) fn page(visit: &Visit) -> Answer {
    let record = asked::record(visit, Some(Kind::Document))?;
    let Body::Document(document) = &record.record.body else { return Err(Refusal::NotFound) };
    let title = chosen(visit, &document.title, record);
    let main = html! {
        (record_page::head(visit, record, &document.title))
        (record_page::with_provenance(visit, record, html! {
            (pieces::section("facts", &visit.say("document-facts"), facts(visit, record, document)))
            (pieces::section("editions", &visit.say("document-editions"), editions(visit, document)))
        }))
        (record_page::rests_on(visit, record))
        (record_page::cited(visit, record))
        (related(visit, record, document))
    };
    let title = cut(&attribute(title.text), LONGEST_TITLE).into_owned();
    let page: Content = record_page::content(visit, record, title, main);
    Ok(page.within(Section::Documents).under("/documents", visit.say("documents")).into())
}

fn facts(visit: &Visit, record: &Published, document: &Document) -> Markup {
    let label = terms::label(visit, Vocabulary::DocumentTypes, &document.document_type);
    let kind = html! {
        a href={ (visit.path("/documents")) "?type=" (entry::encoded(&document.document_type)) } { (shown(&label)) }
    };
    let symbol = document.symbol.as_ref().map(|symbol| html! { bdi dir="ltr" { (shown(symbol)) } });
    let issuer = document.issued_by.as_ref().map(|issuer| kinds::issued_by(visit, record, issuer));
    let country = record.country().map(|code| {
        html! { a href=(visit.path(&format!("/countries/{code}"))) { (terms::country(visit, code)) } }
    });
    html! {
        dl.facts {
            (pieces::fact(visit, &visit.say("document-type"), Some(kind)))
            (pieces::fact(visit, &visit.say("document-symbol"), symbol))
            (pieces::fact(visit, &visit.say("document-issued-by"), issuer))
            (pieces::fact(visit, &visit.say("document-date"), document.date.map(|date| dates::day(visit, date))))
            @if let Some(country) = country { (pieces::fact(visit, &visit.say("document-country"), Some(country))) }
        }
        (entry::tags(visit, &document.themes))
    }
}

/// Each edition with its language in that language's own words too; languages without an address are told.
fn editions(visit: &Visit, document: &Document) -> Markup {
    let named = |language| document.editions.iter().any(|edition| edition.language == language);
    let without: Vec<String> = document
        .languages
        .iter()
        .filter(|language| !named((*language).clone()))
        .map(|language| terms::language(visit, language))
        .collect();
    html! {
        @if !document.editions.is_empty() {
            ul.plain {
                @for edition in &document.editions {
                    @let name = terms::language(visit, &edition.language);
                    li {
                        (links::out(&edition.url, visit.tell("document-read-in", &[("language", (&name).into())])))
                        " " span.quiet dir="ltr" { (shown(host(&edition.url))) }
                    }
                }
            }
        }
        @if !without.is_empty() {
            p { (visit.tell("document-exists-in", &[("languages", (&visit.list(&without)).into())])) }
        }
        @if document.editions.is_empty() && without.is_empty() { p { (visit.say("document-no-edition")) } }
    }
}

/// Where an address leads, so that nobody is led elsewhere unseen.
fn host(url: &str) -> &str {
    links::bare(url).split(['/', '?', '#']).next().unwrap_or_default()
}

/// Others of its first theme.
fn related(visit: &Visit, record: &Published, document: &Document) -> Markup {
    let Some(theme) = document.themes.first() else { return html! {} };
    let filter = Filter::of(Kind::Document).any(Dimension::Theme, [theme.clone()]);
    let mut found = pieces::few(visit, &filter, (Order::Date, Direction::Descending), MOST + 1);
    found.records.retain(|other| other.key != record.key);
    found.records.truncate(MOST);
    let label = terms::label(visit, Vocabulary::Themes, theme);
    html! {
        @if !found.records.is_empty() {
            (pieces::section("related", &visit.say("document-related"), html! {
                ul.entries { @for other in &found.records { (entry::entry(visit, other)) } }
                p {
                    a href={ (visit.path("/documents")) "?theme=" (entry::encoded(theme)) } {
                        (visit.tell("document-all-on", &[("theme", (&label).into())]))
                    }
                }
            }))
        }
    }
}
