//! The home page: what this is, a search that finds something, where the records come from, and what is new.

use maud::{Markup, html};

use super::{
    super::{
        answer::{Answer, Reply},
        content::Content,
        frame::NAME,
        parts::{dates, entry, map},
        visit::Visit,
    },
    pieces::{self, Few},
};
use crate::{
    catalog::{Dimension, Direction, Filter, Order},
    record::{Body, Kind},
};

/// How many practices and events stand here.
const PRACTICES: usize = 4;
const EVENTS: usize = 3;

/// `/fr`: the same with its slash.
pub(super) fn short(visit: &Visit) -> Answer {
    Ok(Reply::Moved(visit.path("/")))
}

/// `/fr/`.
pub(super) fn page(visit: &Visit) -> Answer {
    let main = html! {
        div.hero {
            div {
                h1 { (visit.say("home-title")) }
                p.lead { (visit.say("home-lead")) }
                (search(visit))
            }
            (map::figure(visit))
        }
        (figures(visit))
        (newest(visit))
        (events(visit))
    };
    let title = format!("{NAME}: {}", visit.say("home-title"));
    Ok(Content::new(title, main)
        .with_search()
        .describe(visit.say("home-lead"))
        .feed("/feeds/practices.atom", visit.say("practices"))
        .into())
}

fn search(visit: &Visit) -> Markup {
    let tried = ["home-try-one", "home-try-two", "home-try-three", "home-try-four"].map(|id| visit.say(id));
    html! {
        form.find role="search" action=(visit.path("/search")) {
            label.vh for="q" { (visit.say("search-all")) }
            input #q name="q" type="search" maxlength="400" aria-describedby="tried";
            button.btn { (visit.say("search")) }
        }
        p #tried .row.quiet {
            span { (visit.say("home-try")) }
            @for words in &tried {
                a href={ (visit.path("/search")) "?q=" (entry::encoded(words)) } { (words) }
            }
        }
    }
}

/// Four figures; each leads to what it counts.
fn figures(visit: &Visit) -> Markup {
    let count = |kind: Kind| pieces::count(visit, &Filter::of(kind).as_of(visit.today()));
    let states = pieces::values(visit, &Filter::of(Kind::Practice), Dimension::Country);
    let of_practices = visit.tell("home-practices-of", &[("states", states.into())]);
    let rows = [
        (count(Kind::Practice), "/practices", of_practices),
        (count(Kind::Mechanism), "/mechanisms", html! { (visit.say("home-mechanisms")) }),
        (count(Kind::Document), "/documents", html! { (visit.say("home-documents")) }),
        (count(Kind::Member), "/network", html! { (visit.say("home-members")) }),
    ];
    pieces::section(
        "figures",
        &visit.say("home-figures"),
        html! {
            dl.nums {
                @for (number, path, words) in rows {
                    div { dt { a href=(visit.path(path)) { (words) } } dd { (visit.number(number)) } }
                }
            }
        },
    )
}

fn newest(visit: &Visit) -> Markup {
    let filter = Filter::of(Kind::Practice);
    let Few { records, all } = pieces::few(visit, &filter, (Order::Updated, Direction::Descending), PRACTICES);
    pieces::section(
        "newest",
        &visit.say("home-newest"),
        html! {
            @if records.is_empty() {
                p { (visit.say("home-no-practice")) }
            } @else {
                ul.entries { @for record in &records { (entry::entry(visit, record)) } }
                p { a href=(visit.path("/practices")) { (visit.tell("home-all-practices", &[("count", all.into())])) } }
            }
        },
    )
}

/// What comes; where nothing does, what was last.
fn events(visit: &Visit) -> Markup {
    let ahead = Filter::of(Kind::Event).days(Some(visit.today()), None);
    let ahead = pieces::few(visit, &ahead, (Order::Date, Direction::Ascending), EVENTS).records;
    pieces::section(
        "next",
        &visit.say("home-events"),
        html! {
            @if ahead.is_empty() {
                p { (visit.say("home-no-event")) }
                (latest(visit))
            } @else {
                ul.entries { @for record in &ahead { (entry::entry(visit, record)) } }
            }
            p.row {
                a href=(visit.path("/events")) { (visit.say("all-events")) }
                a href=(visit.file("/feeds/events.ics")) { (visit.say("events-calendar")) }
            }
        },
    )
}

fn latest(visit: &Visit) -> Markup {
    let all = Filter::of(Kind::Event);
    let latest = pieces::few(visit, &all, (Order::Date, Direction::Descending), 1).records;
    html! {
        @for record in latest {
            @if let Body::Event(event) = &record.record.body {
                p.row {
                    span.quiet { (visit.say("home-latest-event")) }
                    a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) }
                    (dates::of_event(visit, event))
                }
            }
        }
    }
}
