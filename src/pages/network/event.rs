//! `/{language}/events/{id}`: one event: when, as exactly as it is stated, where, how, and who.

use maud::{Markup, html};

use super::{
    super::{
        answer::Answer,
        content::Section,
        parts::{
            asked, dates,
            entry::{self, chosen},
            kinds, links, sources, terms,
            text::{LONGEST_TITLE, attribute, cut, direction, shown},
        },
        visit::{Refusal, Visit},
    },
    pieces, record_page,
};
use crate::{
    catalog::Published,
    record::{Body, Event, Kind, PartialDate, vocabulary::Vocabulary},
};

/// The page.
pub(super) fn page(visit: &Visit) -> Answer {
    let record = asked::record(visit, Some(Kind::Event))?;
    let Body::Event(event) = &record.record.body else { return Err(Refusal::NotFound) };
    let title = chosen(visit, &event.title, record);
    let main = html! {
        (record_page::head(visit, record, &event.title))
        (record_page::with_provenance(visit, record, html! {
            (summary(visit, record, event))
            (pieces::section("facts", &visit.say("event-facts"), facts(visit, record, event)))
        }))
        (documents(visit, record, event))
        (recordings(visit, record, event))
        (record_page::rests_on(visit, record))
        (record_page::cited(visit, record))
    };
    let title = cut(&attribute(title.text), LONGEST_TITLE).into_owned();
    let page = record_page::content(visit, record, title, main);
    Ok(page.within(Section::Events).under("/events", visit.say("events")).into())
}

fn summary(visit: &Visit, record: &Published, event: &Event) -> Markup {
    html! {
        @if let Some(summary) = event.summary.as_ref().map(|summary| chosen(visit, summary, record)) {
            p.lead lang=(summary.language.as_str()) dir=(direction(summary.language)) { (shown(summary.text)) }
        }
    }
}

fn facts(visit: &Visit, record: &Published, event: &Event) -> Markup {
    let label = terms::label(visit, Vocabulary::EventTypes, &event.event_type);
    let kind = html! {
        a href={ (visit.path("/events")) "?type=" (entry::encoded(&event.event_type)) } { (shown(&label)) }
    };
    let has_place = event.city.is_some() || record.country().is_some();
    let place = has_place.then(|| kinds::place(visit, record, event));
    let venue = event.venue.as_ref().map(|venue| html! { bdi { (shown(venue)) } });
    let mode = event.mode.map(|mode| html! { (visit.say(&format!("event-mode-{}", mode.as_str()))) });
    let organizers = (!event.organizers.is_empty()).then(|| {
        html! { ul.plain { @for name in &event.organizers { li { bdi { (shown(name)) } } } } }
    });
    html! {
        dl.facts {
            dt { (visit.say("event-when")) }
            dd { (dates::of_event(visit, event)) @if is_ahead(visit, event) { " " b { (visit.say("event-ahead")) } } }
            (pieces::fact(visit, &visit.say("event-type"), Some(kind)))
            (pieces::fact(visit, &visit.say("event-where"), place))
            (pieces::fact(visit, &visit.say("event-venue"), venue))
            (pieces::fact(visit, &visit.say("event-mode"), mode))
            (pieces::fact(visit, &visit.say("event-organizers"), organizers))
            @if is_ahead(visit, event) || event.registration_url.is_some() {
                (pieces::fact(visit, &visit.say("event-registration"), event.registration_url.as_deref().map(registration)))
            }
        }
        p.row {
            a href=(visit.file("/feeds/events.ics")) { (visit.say("events-calendar")) }
            a href=(visit.path("/events")) { (visit.say("all-events")) }
        }
    }
}

/// Where one registers, as an address that can be seen.
fn registration(url: &str) -> Markup {
    links::out(url, html! { bdi dir="ltr" { (shown(links::bare(url))) } })
}

/// Whether it is not over: a month or year counts whole.
fn is_ahead(visit: &Visit, event: &Event) -> bool {
    let today = visit.today();
    let last = event.ends_on.or(event.starts_on);
    last.is_some_and(|last| last_day(last) >= today)
}

fn last_day(date: PartialDate) -> jiff::civil::Date {
    let first = date.first_day();
    match (date.month, date.day) {
        (None, _) => first.last_of_year(),
        (_, None) => first.last_of_month(),
        _ => first,
    }
}

/// Documents of the event that are shown here.
fn documents(visit: &Visit, record: &Published, event: &Event) -> Markup {
    let keys = event.documents.iter().map(|named| visit.snapshot.resolve(named, &record.origin));
    let shown = keys.filter_map(|key| visit.snapshot.record(key, visit.viewer()));
    let documents: Vec<_> = shown.filter(|record| record.kind == Kind::Document).collect();
    html! {
        @if !documents.is_empty() {
            (pieces::section("documents", &visit.say("documents"), html! {
                ul.entries { @for document in &documents { (entry::entry(visit, document)) } }
            }))
        }
    }
}

fn recordings(visit: &Visit, record: &Published, event: &Event) -> Markup {
    html! {
        @if !event.recordings.is_empty() {
            (pieces::section("recordings", &visit.say("event-recordings"), sources::of(visit, record, &event.recordings)))
        }
    }
}
