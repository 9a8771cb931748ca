//! `/{language}/countries/{CC}`: what is known here of a country, also of one without a standing mechanism.

use maud::{Markup, html};

use super::{
    super::{
        answer::{Answer, Reply},
        content::{Content, Section},
        parts::{entry, terms},
        visit::{Refusal, Visit},
    },
    membership,
    pieces::{self, Few},
};
use crate::{
    catalog::{Dimension, Direction, Filter, Order, Published},
    record::{
        CountryCode, Kind,
        country::{self, Country},
        vocabulary::Vocabulary,
    },
};

/// How many records of a kind stand here.
const MOST: usize = 5;

/// The page. A code in small letters leads to the one in capitals.
pub(super) fn page(visit: &Visit) -> Answer {
    let asked = visit.param("code");
    let code = CountryCode::parse(&asked.to_ascii_uppercase()).ok_or(Refusal::NotFound)?;
    let known = country::get(code).ok_or(Refusal::NotFound)?;
    if asked != code.as_str() {
        return Ok(Reply::Moved(visit.path(&format!("/countries/{code}"))));
    }
    let name = terms::country(visit, code);
    let main = html! {
        div.head { h1 { (name) } (region(visit, known)) }
        (pieces::section("mechanism", &visit.say("country-mechanism"), mechanism(visit, code)))
        (pieces::section("network", &visit.say("member-in-network"), membership::of_country(visit, code)))
        (practices(visit, code))
        (others(visit, code, Kind::Document, "country-documents", "/documents"))
        (others(visit, code, Kind::Event, "country-events", "/events"))
    };
    Ok(Content::new(&name, main)
        .within(Section::Mechanisms)
        .under("/mechanisms", visit.say("mechanisms"))
        .describe(visit.label("country-description", &[("country", (&name).into())]))
        .feed(format!("/feeds/practices.atom?country={code}"), name)
        .into())
}

fn region(visit: &Visit, known: &Country) -> Markup {
    html! {
        @if let Some(region) = known.region {
            p { a href={ (visit.path("/mechanisms")) "?region=" (entry::encoded(region)) } { (terms::label(visit, Vocabulary::RegionalGroups, region)) } }
        }
    }
}

/// Its mechanisms: the State's own first; or that none is described, and what can be done.
fn mechanism(visit: &Visit, code: CountryCode) -> Markup {
    let first = visit.snapshot.mechanism_of_country(code, visit.viewer());
    let all = Filter::of(Kind::Mechanism).any(Dimension::Country, [code.as_str()]);
    let all = pieces::few(visit, &all, (Order::Updated, Direction::Descending), MOST);
    let is_first = |record: &Published| first.is_some_and(|first| first.key == record.key);
    html! {
        @match first {
            Some(first) => {
                ul.entries {
                    (entry::entry(visit, first))
                    @for record in all.records.iter().filter(|record| !is_first(record)) { (entry::entry(visit, record)) }
                }
            }
            None => {
                p { (visit.say("country-no-mechanism")) }
                p.quiet { (visit.say("country-no-mechanism-why")) }
            }
        }
    }
}

fn practices(visit: &Visit, code: CountryCode) -> Markup {
    let filter = Filter::of(Kind::Practice).any(Dimension::Country, [code.as_str()]);
    let found = pieces::few(visit, &filter, (Order::Updated, Direction::Descending), MOST);
    practices_of(visit, &found, &format!("/practices?country={code}"))
}

/// The section of practices; `all` leads to all of them.
pub(super) fn practices_of(visit: &Visit, found: &Few<'_>, all: &str) -> Markup {
    pieces::section(
        "practices",
        &visit.say("practices"),
        html! {
            @if found.records.is_empty() {
                p { (visit.say("country-no-practice")) }
                p { a href=(visit.path("/practices")) { (visit.say("all-practices")) } }
            } @else {
                (pieces::entries(visit, found, all, &visit.say("country-all-practices")))
            }
        },
    )
}

/// Documents and events, where there are any.
pub(super) fn others(visit: &Visit, code: CountryCode, kind: Kind, head: &'static str, path: &str) -> Markup {
    let filter = Filter::of(kind).any(Dimension::Country, [code.as_str()]);
    let found: Few<'_> = pieces::few(visit, &filter, (Order::Date, Direction::Descending), MOST);
    html! {
        @if !found.records.is_empty() {
            @let head = visit.say(head);
            (pieces::section(kind.plural(), &head, pieces::entries(visit, &found, &format!("{path}?country={code}"), &head)))
        }
    }
}
