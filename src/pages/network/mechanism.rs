//! `/{language}/mechanisms/{id}`: a mechanism in all the languages of its name, what it states of itself, its State in
//! the network, its practices.

use maud::{Markup, html};

use super::{
    super::{
        answer::Answer,
        content::Section,
        parts::{
            asked,
            entry::{self, chosen},
            links, marks, terms,
            text::{attribute, direction, inline, markdown, shown},
        },
        visit::{Refusal, Visit},
    },
    country as country_page, membership, pieces, record_page,
};
use crate::{
    catalog::{Dimension, Direction, Filter, Order, Published, Request},
    record::{Body, Kind, LocalizedText, Mechanism, country, vocabulary::Vocabulary},
};

/// How many practices stand here.
const MOST: usize = 5;

/// The page.
pub(super) fn page(visit: &Visit) -> Answer {
    let record = asked::record(visit, Some(Kind::Mechanism))?;
    let Body::Mechanism(mechanism) = &record.record.body else { return Err(Refusal::NotFound) };
    let name = chosen(visit, &mechanism.name, record);
    let main = html! {
        (head(visit, record, mechanism))
        (record_page::with_provenance(visit, record, html! {
            (pieces::section("glance", &visit.say("mechanism-glance"), glance(visit, record, mechanism)))
            (long(visit, record, "mandate", "mechanism-mandate", mechanism.mandate.as_ref()))
            (long(visit, record, "composition", "mechanism-composition", mechanism.composition.as_ref()))
        }))
        @if let Some(code) = record.country() {
            (pieces::section("network", &visit.say("member-in-network"), membership::of_country(visit, code)))
        }
        (practices(visit, record))
        @if let Some(code) = record.country() {
            (country_page::others(visit, code, Kind::Event, "country-events", "/events"))
        }
        (record_page::rests_on(visit, record))
        (record_page::cited(visit, record))
    };
    let whose = record.country().map(|code| terms::country(visit, code));
    let here = whose.clone().unwrap_or_else(|| attribute(name.text).into_owned());
    let title = match &whose {
        Some(country) => format!("{country}: {}", attribute(name.text)),
        None => attribute(name.text).into_owned(),
    };
    Ok(record_page::content(visit, record, title, main)
        .within(Section::Mechanisms)
        .under("/mechanisms", visit.say("mechanisms"))
        .here(here)
        .into())
}

/// The name in the reader's language, then in all others.
fn head(visit: &Visit, record: &Published, mechanism: &Mechanism) -> Markup {
    let first = chosen(visit, &mechanism.name, record);
    let others = mechanism.name.iter().filter(|(language, _)| *language != first.language);
    html! {
        div.head {
            h1 lang=(first.language.as_str()) dir=(direction(first.language)) {
                (shown(first.text))
                @if let Some(acronym) = &mechanism.acronym { " (" bdi { (shown(acronym)) } ")" }
            }
            @if let Some(code) = record.country() {
                p {
                    a href=(visit.path(&format!("/countries/{code}"))) { (terms::country(visit, code)) }
                    " " (marks::fresh(visit, record))
                }
            }
            ul.plain.names {
                @for (language, name) in others {
                    li { span.quiet { (terms::language(visit, language)) (visit.say("colon")) } (inline(name, language)) }
                }
            }
        }
    }
}

fn glance(visit: &Visit, record: &Published, mechanism: &Mechanism) -> Markup {
    let kind = mechanism.mechanism_type.as_ref().map(|code| {
        let label = terms::label(visit, Vocabulary::MechanismTypes, code);
        html! { a href={ (visit.path("/mechanisms")) "?type=" (entry::encoded(code)) } { (shown(&label)) } }
    });
    let standing = mechanism.standing.map(|is_standing| {
        let id = if is_standing { "mechanism-standing-yes" } else { "mechanism-standing-no" };
        html! { (visit.say(id)) }
    });
    let year = mechanism.established_year.map(|year| html! { (year) });
    let host = mechanism.host_institution.as_ref().map(|host| {
        let host = chosen(visit, host, record);
        inline(host.text, host.language)
    });
    let website =
        mechanism.website.as_ref().map(|url| links::out(url, html! { bdi dir="ltr" { (shown(links::bare(url))) } }));
    html! {
        dl.facts {
            (pieces::fact(visit, &visit.say("mechanism-type"), kind))
            (pieces::fact(visit, &visit.say("mechanism-standing"), standing))
            (pieces::fact(visit, &visit.say("mechanism-established"), year))
            (pieces::fact(visit, &visit.say("mechanism-host"), host))
            (pieces::fact(visit, &visit.say("mechanism-website"), website))
            (pieces::fact(visit, &visit.say("mechanism-contact"), mechanism.contact.as_deref().map(links::contact)))
            (pieces::fact(visit, &visit.say("mechanism-region"), region(visit, record)))
            (pieces::fact(visit, &visit.say("mechanism-capacities"), capacities(visit, record, mechanism)))
        }
    }
}

fn region(visit: &Visit, record: &Published) -> Option<Markup> {
    let region = country::get(record.country()?)?.region?;
    let label = terms::label(visit, Vocabulary::RegionalGroups, region);
    Some(html! { a href={ (visit.path("/mechanisms")) "?region=" (entry::encoded(region)) } { (label) } })
}

/// What it states itself; else what its published practices show.
fn capacities(visit: &Visit, record: &Published, mechanism: &Mechanism) -> Option<Markup> {
    if !mechanism.capacities.is_empty() {
        return Some(marks::capacities(visit, &mechanism.capacities));
    }
    let within = visit.snapshot.practices_of_mechanism(record, visit.viewer());
    let filter = Filter::of(Kind::Practice);
    let request = Request { filter: &filter, viewer: visit.viewer(), within: Some(&within) };
    let buckets = visit.snapshot.select(&request).facet(Dimension::Capacity);
    let shown: Vec<Box<str>> = buckets.into_iter().filter_map(|bucket| bucket.value).collect();
    (!shown.is_empty()).then(|| {
        html! { (marks::capacities(visit, &shown)) " " span.quiet { (visit.say("mechanism-capacities-shown")) } }
    })
}

/// A text of some length, where there is one.
fn long(visit: &Visit, record: &Published, id: &str, head: &'static str, text: Option<&LocalizedText>) -> Markup {
    html! {
        @if let Some(text) = text.map(|text| chosen(visit, text, record)) {
            (pieces::section(id, &visit.say(head), html! {
                div.text lang=(text.language.as_str()) dir=(direction(text.language)) { (markdown(text.text)) }
            }))
        }
    }
}

fn practices(visit: &Visit, record: &Published) -> Markup {
    let within = visit.snapshot.practices_of_mechanism(record, visit.viewer());
    let order = (Order::Updated, Direction::Descending);
    let found = pieces::few_within(visit, &Filter::of(Kind::Practice), Some(&within), order, MOST);
    let all = record.country().map_or("/practices".to_owned(), |code| format!("/practices?country={code}"));
    country_page::practices_of(visit, &found, &all)
}
