//! `/{language}/network`: who is in the network, and how our copies stand: in a sentence, in plain words, and for engineers.

mod course;
mod engineers;
mod members;
mod standing;

use std::collections::HashMap;

use maud::{Markup, html};

use super::{
    super::{
        answer::Answer,
        content::{Content, Section},
        parts::marks::{self, Level},
        visit::Visit,
    },
    pieces,
};
use crate::{
    catalog::{Dimension, Filter},
    record::Kind,
};
use standing::Standing;
pub(super) use standing::of_country;

/// The page.
pub(super) fn page(visit: &Visit) -> Answer {
    let hubs = standing::all(visit);
    let members = members::section(visit)?;
    let main = html! {
        div.head { h1 { (visit.say("net-title")) } (lead(visit, &hubs)) }
        (pieces::section("hubs", &visit.say("net-hubs"), table(visit, &hubs)))
        (pieces::section("members", &visit.say("net-members"), members.html))
        (pieces::section("course", &visit.say("net-course"), course::section(visit)))
        (pieces::section("past", &visit.say("net-past"), course::past(visit)))
    };
    Ok(Content::new(visit.say("net-title"), main)
        .within(Section::Network)
        .here(visit.say("network"))
        .describe(visit.say("net-description"))
        .feed("/feeds/members.atom", visit.say("net-members"))
        .status(members.status)
        .into())
}

/// For a minister: how many copies are fresh, and who is late.
fn lead(visit: &Visit, hubs: &[Standing<'_>]) -> Markup {
    let copies: Vec<&Standing<'_>> = hubs.iter().filter(|hub| !hub.instance.is_self && hub.instance.active).collect();
    let fresh = copies.iter().filter(|hub| hub.level() == Level::Hour).count();
    let late: Vec<&&Standing<'_>> =
        copies.iter().filter(|hub| matches!(hub.level(), Level::Week | Level::Older)).collect();
    let worst = copies.iter().max_by_key(|hub| hub.level());
    let struck = worst.and_then(|hub| marks::struck(visit, hub.level(), &hub.who(visit)));
    html! {
        p {
            @if copies.is_empty() { (visit.say("strip-alone")) } @else {
                (visit.tell("strip-fresh", &[("fresh", fresh.into()), ("all", copies.len().into())]))
            }
            @if let Some(struck) = struck { " " (struck) }
            " "
            @match late.as_slice() {
                [] => {}
                [one] => (late_one(visit, one)),
                more => (visit.tell("net-late-several", &[("count", more.len().into())])),
            }
        }
    }
}

fn late_one(visit: &Visit, hub: &Standing<'_>) -> Markup {
    let who = hub.who(visit);
    match hub.confirmed() {
        Some(at) => visit.tell("net-late-one", &[("who", (&who).into()), ("when", visit.ago_html(at).into())]),
        None => visit.tell("strip-never", &[("who", (&who).into())]),
    }
}

fn table(visit: &Visit, hubs: &[Standing<'_>]) -> Markup {
    let held = held(visit);
    html! {
        @let name = visit.label("charts-scrolls", &[("title", (&visit.say("net-hubs")).into())]);
        div.scroll role="region" aria-label=(name) tabindex="0" {
            table.wide {
                caption.vh { (visit.say("net-caption")) }
                thead {
                    tr {
                        th scope="col" { (visit.say("net-hub")) }
                        th scope="col" { (visit.say("net-confirmed")) }
                        th scope="col" { (visit.say("net-meaning")) }
                        th.num scope="col" { (visit.say("net-records")) }
                    }
                }
                tbody { @for hub in hubs { (row(visit, hub, held.get(&*hub.instance.entity_id).copied().unwrap_or(0))) } }
            }
        }
        (legend(visit))
        (engineers::details(visit, hubs))
        p.after {
            a href=(visit.file(&engineers::as_json())) { (visit.say("net-json")) }
            a href=(visit.file("/export/members.csv")) { (visit.say("net-members-csv")) }
            a href=(visit.file("/feeds/members.atom")) { (visit.say("net-feed")) }
        }
    }
}

fn row(visit: &Visit, hub: &Standing<'_>, held: u64) -> Markup {
    let country = hub.instance.country;
    html! {
        tr {
            th scope="row" {
                @match country {
                    Some(code) => a href=(visit.path(&format!("/countries/{code}"))) { (hub.who(visit)) },
                    None => (hub.who(visit)),
                }
            }
            td {
                span.fresh {
                    (hub.level().bar())
                    @if hub.instance.is_self { (visit.say("net-this-hub")) } @else {
                        @match hub.confirmed() {
                            Some(at) => span { (visit.ago_html(at)) },
                            None => (visit.say("net-not-yet")),
                        }
                    }
                }
            }
            td { (hub.meaning(visit)) }
            td.num { (visit.number(held)) }
        }
    }
}

/// Records shown here by the entityId of their origin, also those of members that are not active.
fn held(visit: &Visit) -> HashMap<Box<str>, u64> {
    let mut held = HashMap::new();
    for kind in Kind::ALL {
        let filter = Filter::of(kind).include_suspended(true);
        let filter = match kind {
            // A list of members leaves those out that have left; they are held all the same.
            Kind::Member => filter.any(Dimension::Status, ["active", "suspended", "withdrawn"]),
            _ => filter,
        };
        for (origin, count) in pieces::counts(visit, &filter, Dimension::Origin) {
            *held.entry(origin).or_default() += count;
        }
    }
    held
}

fn legend(visit: &Visit) -> Markup {
    let levels = [
        (Level::Own, "net-level-own"),
        (Level::Hour, "net-level-hour"),
        (Level::Day, "net-level-day"),
        (Level::Week, "net-level-week"),
        (Level::Older, "net-level-older"),
        (Level::Conflict, "net-level-conflict"),
    ];
    html! { p.row.quiet { @for (level, words) in levels { span.fresh { (level.bar()) (visit.say(words)) } } } }
}
