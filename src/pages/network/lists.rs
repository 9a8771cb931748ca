//! The lists of mechanisms, documents and events.

use maud::{Markup, html};

use super::{
    super::{
        answer::Answer,
        content::Section,
        parts::{entry, listing::List},
        visit::Visit,
    },
    pieces,
};
use crate::{
    catalog::{Direction, Filter, Order},
    record::Kind,
};

/// Events ahead that stand above the list.
const AHEAD: usize = 10;

/// `/fr/mechanisms`.
pub(super) fn mechanisms(visit: &Visit) -> Answer {
    list(visit, Kind::Mechanism, Section::Mechanisms, (visit.say("mechanisms"), visit.say("mechanisms-lead")))
}

/// `/fr/documents`.
pub(super) fn documents(visit: &Visit) -> Answer {
    list(visit, Kind::Document, Section::Documents, (visit.say("documents"), visit.say("documents-lead")))
}

fn list(visit: &Visit, kind: Kind, section: Section, (title, lead): (String, String)) -> Answer {
    let list = List::open(visit, kind)?;
    let main = html! {
        (list.head(&title, &lead))
        (list.html())
    };
    Ok(list.content(title, main).describe(lead).within(section).into())
}

/// `/fr/events`: what lies ahead first, as long as nothing is chosen; then the list of all.
pub(super) fn events(visit: &Visit) -> Answer {
    let list = List::open(visit, Kind::Event)?;
    let (title, lead) = (visit.say("events"), visit.say("events-lead"));
    let main = html! {
        (list.head(&title, &lead))
        @if list.address.is_everything() && list.address.page() == 1 { (ahead(visit)) }
        (pieces::part_of_page("all", &visit.say("all-events"), list.html()))
    };
    Ok(list.content(title, main).describe(lead).within(Section::Events).into())
}

fn ahead(visit: &Visit) -> Markup {
    let filter = Filter::of(Kind::Event).days(Some(visit.today()), None);
    let found = pieces::few(visit, &filter, (Order::Date, Direction::Ascending), AHEAD);
    pieces::section(
        "ahead",
        &visit.say("events-next"),
        html! {
            @if found.records.is_empty() { p { (visit.say("home-no-event")) } } @else {
                ul.entries { @for record in &found.records { (entry::entry(visit, record)) } }
            }
            (calendar(visit))
        },
    )
}

/// The calendar, for a program that keeps it up to date.
fn calendar(visit: &Visit) -> Markup {
    let address = visit.hub.entity_id().split_once("://").map_or("", |(_, rest)| rest);
    html! {
        p.quiet { (visit.say("events-webcal")) }
        p.row {
            a href={ "webcal://" (address) "/feeds/events.ics" } { (visit.say("events-webcal-open")) }
            a href=(visit.file("/feeds/events.ics")) { (visit.say("events-ics")) }
        }
    }
}
