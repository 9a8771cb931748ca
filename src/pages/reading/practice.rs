//! One practice: its text, who says it, and what belongs to it.

use std::{borrow::Cow, sync::Arc};

use maud::{Markup, html};

use super::super::{
    answer::Answer,
    content::{Content, Section},
    parts::{
        asked, cite, entry, links, marks, provenance, sources,
        speak::Speak,
        terms,
        text::{attribute, cut, inline, shown},
    },
    visit::Visit,
};
use crate::{
    catalog::{Direction, Filter, Order, PageRequest, Published, Request, Window},
    record::{Body, Kind, Practice, vocabulary::Vocabulary},
};

/// Related practices that are offered.
const RELATED: usize = 3;
/// Adoptions that are shown at once.
const ADOPTIONS: usize = 20;

/// `/fr/practices/{id}`.
pub(super) fn page(visit: &Visit) -> Answer {
    let record = asked::record(visit, Some(Kind::Practice))?;
    let Body::Practice(practice) = &record.record.body else { return Err(super::super::visit::Refusal::NotFound) };
    let speak = Speak::of(visit, record);
    let title = speak.text(&practice.title);
    let main = html! {
        article {
            div.head {
                h1 #top tabindex="-1" { (inline(title.text, title.language)) }
                @if let Some(country) = record.country() {
                    p {
                        @let link = html! {
                            a href=(visit.path(&format!("/countries/{country}"))) { (terms::country(visit, country)) }
                        };
                        (visit.tell("practice-of", &[("country", link.into())]))
                    }
                }
            }
            (provenance::notice(visit, record))
            (speak.html())
            (text(visit, record, practice, &speak))
            (facts(visit, record, practice))
            (sources::section(visit, record, &further(visit, record, practice)))
            (follows(visit, record))
            (adopted(visit, record))
            (related(visit, record))
            section.sec aria-labelledby="cite" {
                h2 #cite { (visit.say("cite")) }
                div { (cite::html(visit, record)) }
            }
        }
    };
    let plain = attribute(title.text).into_owned();
    let content = Content::new(cut(&plain, 240).into_owned(), main)
        .within(Section::Practices)
        .under("/practices", visit.say("practices"))
        .describe(speak.text(&practice.summary).text)
        .canonical(cite::canonical(visit, record));
    let content = match record.country() {
        Some(country) => content.here(terms::country(visit, country)),
        None => content,
    };
    // Another language of the text is the same page; search engines find it under the languages of the pages.
    Ok(if visit.query.is_empty() { content } else { content.hidden() }.into())
}

fn text(visit: &Visit, record: &Published, practice: &Practice, speak: &Speak<'_>) -> Markup {
    html! {
        section.sec aria-labelledby="text" {
            h2 #text { (visit.say("practice-text")) }
            div.read {
                div.text {
                    (speak.below(&practice.summary))
                    (speak.paragraph("lead", &practice.summary))
                    @if let Some(description) = &practice.description { (speak.markdown(description)) }
                    @match &practice.lessons_learnt {
                        Some(lessons) => {
                            h3 { (visit.say("practice-lessons")) }
                            (speak.markdown(lessons))
                        }
                        None => p.quiet { (no_lessons(visit, record)) },
                    }
                    @if record.record.common.compiled { (own_words(visit, record)) }
                }
                (provenance::html(visit, record))
            }
        }
    }
}

fn no_lessons(visit: &Visit, record: &Published) -> Markup {
    match (record.record.common.compiled, record.country()) {
        (false, Some(country)) => {
            visit.tell("practice-no-lessons", &[("country", (&terms::country(visit, country)).into())])
        }
        _ => html! { (visit.say("practice-no-lessons-compiled")) },
    }
}

/// Who compiled it can be told of a mistake, where the hub says how.
fn own_words(visit: &Visit, record: &Published) -> Markup {
    let instance = visit.snapshot.network().instance(&record.origin);
    let contact = instance.and_then(|instance| instance.contact.as_deref()).unwrap_or_default();
    let href = links::contact_address(contact).map(|address| match address.starts_with("mailto:") {
        true => format!("{address}?subject={}", record.key),
        false => address,
    });
    html! {
        p.quiet {
            (visit.say("practice-own-words"))
            @if let Some(href) = href { " " a href=(attribute(&href)) rel="noopener" { (visit.say("practice-correct")) } }
        }
    }
}

/// What to read besides the sources.
fn further(visit: &Visit, record: &Published, practice: &Practice) -> Markup {
    html! {
        @if !practice.links.is_empty() {
            h3 { (visit.say("sources-links")) }
            (sources::of(visit, record, &practice.links))
        }
    }
}

/// What it is in short; what is not stated is said to be so.
fn facts(visit: &Visit, record: &Published, practice: &Practice) -> Markup {
    let labels = |list: Vocabulary, codes: &[Box<str>]| {
        let labels: Vec<String> = codes.iter().map(|code| terms::label(visit, list, code)).collect();
        visit.list(&labels)
    };
    let goals: Vec<String> = practice
        .sdg_goals
        .iter()
        .map(|goal| {
            let code = goal.to_string();
            format!("{code} {}", terms::label(visit, Vocabulary::SdgGoals, &code))
        })
        .collect();
    let mechanism = visit.snapshot.mechanism_of(record, visit.viewer());
    html! {
        section.sec aria-labelledby="facts" {
            h2 #facts { (visit.say("practice-facts")) }
            dl.facts {
                dt { (visit.say("practice-mechanism")) }
                dd {
                    @match mechanism {
                        Some(mechanism) => a href=(visit.path(&entry::path(mechanism))) { (entry::title(visit, mechanism)) },
                        None => (visit.say("not-stated")),
                    }
                }
                dt { (visit.say("practice-capacities")) }
                dd {
                    @if practice.capacities.is_empty() { (visit.say("not-stated")) } @else {
                        (marks::capacities(visit, &practice.capacities))
                    }
                }
                dt { (visit.say("themes")) }
                dd { @if practice.themes.is_empty() { (visit.say("not-stated")) } @else { (entry::tags(visit, &practice.themes)) } }
                (fact(visit, &visit.say("practice-un-mechanisms"), &labels(Vocabulary::UnMechanisms, &practice.un_mechanisms)))
                (fact(visit, &visit.say("practice-goals"), &visit.list(&goals)))
                (fact(visit, &visit.say("practice-groups"), &labels(Vocabulary::AffectedGroups, &practice.affected_groups)))
                dt { (visit.say("practice-years")) }
                dd { (entry::years(visit, practice.start_year, practice.end_year)) }
            }
        }
    }
}

fn fact(visit: &Visit, name: &str, value: &str) -> Markup {
    html! {
        dt { (name) }
        dd { @if value.is_empty() { (visit.say("not-stated")) } @else { (shown(value)) } }
    }
}

/// The practices that it says it follows.
fn follows(visit: &Visit, record: &Published) -> Markup {
    let followed: Vec<&Arc<Published>> =
        record.follows().iter().filter_map(|key| visit.snapshot.record(*key, visit.viewer())).collect();
    html! {
        @if !followed.is_empty() {
            section.sec aria-labelledby="follows" {
                h2 #follows { (visit.say("practice-follows")) }
                ul { @for record in followed { (line(visit, record)) } }
            }
        }
    }
}

/// Who says that it follows this one.
fn adopted(visit: &Visit, record: &Published) -> Markup {
    let adopters = visit.snapshot.adopters_of(record.key);
    let within = match &adopters {
        Cow::Borrowed(set) => *set,
        Cow::Owned(set) => set,
    };
    let filter = Filter::of(Kind::Practice);
    let selection = visit.snapshot.select(&Request { filter: &filter, viewer: visit.viewer(), within: Some(within) });
    let window = Window { first: Some(ADOPTIONS), ..Window::default() };
    let newest = PageRequest {
        order: Order::Updated,
        direction: Direction::Descending,
        language: visit.language,
        ranks: None,
        window,
    };
    let page = selection.page(&newest).map(|page| page.items).unwrap_or_default();
    let more = selection.count().saturating_sub(page.len() as u64);
    html! {
        section.sec aria-labelledby="adopted" {
            h2 #adopted { (visit.say("practice-adopted")) }
            @if page.is_empty() {
                p {
                    (visit.say("practice-adopted-none")) " "
                    a.noprint href=(visit.path("/workbench")) { (visit.say("practice-adopted-yours")) }
                }
            } @else {
                ul { @for record in page { (line(visit, record)) } }
                @if more > 0 { p.quiet { (visit.tell("practice-adopted-more", &[("count", more.into())])) } }
            }
        }
    }
}

/// A practice in one line: who, what, since when.
fn line(visit: &Visit, record: &Published) -> Markup {
    let years = match &record.record.body {
        Body::Practice(practice) if practice.start_year.is_some() => {
            Some(entry::years(visit, practice.start_year, practice.end_year))
        }
        _ => None,
    };
    html! {
        li {
            (entry::who(visit, record)) " · "
            a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) }
            @if let Some(years) = years { " " span.quiet { (years) } }
        }
    }
}

/// Others with like content, and the way to see them side by side.
fn related(visit: &Visit, record: &Published) -> Markup {
    let filter = Filter::of(Kind::Practice);
    let selection = visit.snapshot.select(&Request { filter: &filter, viewer: visit.viewer(), within: None });
    let reader = visit.hub.index().reader();
    let slots = reader.map(|reader| reader.related(&visit.snapshot, record, selection.slots(), RELATED));
    let found: Vec<&Arc<Published>> =
        (slots.into_iter().flatten()).filter_map(|slot| visit.snapshot.visible(slot, visit.viewer())).collect();
    let ids: String = std::iter::once(record.key)
        .chain(found.iter().map(|record| record.key))
        .map(|key| format!("id={key}"))
        .collect::<Vec<_>>()
        .join("&");
    html! {
        @if !found.is_empty() {
            section.sec aria-labelledby="related" {
                h2 #related { (visit.say("practice-related")) }
                ul.entries { @for record in &found { (entry::entry(visit, record)) } }
                p.row.noprint {
                    a.btn.line href={ (visit.path("/practices/compare")) "?" (ids) } { (visit.say("practice-compare-these")) }
                    a href={ (visit.path("/practices/compare")) "?id=" (record.key) } { (visit.say("practice-compare")) }
                }
            }
        }
    }
}
