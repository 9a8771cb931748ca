//! The other hubs: how the copy of each stands, in plain words.

use maud::{Markup, html};

use super::{
    super::{
        super::{
            parts::{entry::encoded, marks::Level, terms, text::shown},
            visit::Visit,
        },
        form::Wrong,
        table::table,
    },
    pin,
};
use crate::catalog::{Instance, Journal, SyncState};

/// How the copies stand that are in this state together.
pub(super) fn words(visit: &Visit, state: SyncState, journals: &[&Journal]) -> String {
    match state {
        SyncState::Suspended => visit.say("admin-hub-suspended"),
        SyncState::Paused => visit.say("admin-hub-paused"),
        SyncState::Blocked => visit.say("admin-hub-blocked"),
        _ if journals.iter().any(|journal| journal.compromised) => visit.say("admin-hub-stolen"),
        SyncState::Conflict => visit.say("admin-hub-conflict"),
        SyncState::TooLarge => visit.say("admin-hub-too-large"),
        SyncState::Diverged => visit.say("admin-hub-diverged"),
        SyncState::Failing => visit.say("admin-hub-failing"),
        SyncState::Stale => visit.say("admin-hub-stale"),
        SyncState::Never => visit.say("admin-hub-never"),
        SyncState::Current => visit.say("admin-hub-current"),
    }
}

/// The worst level of its copies.
pub(super) fn level(visit: &Visit, journals: &[&Journal]) -> Level {
    journals.iter().map(|journal| Level::of(journal, visit.now)).max().unwrap_or(Level::Older)
}

/// Path of its page below the language.
pub(super) fn path(entity_id: &str) -> String {
    format!("/admin/hub?id={}", encoded(entity_id))
}

/// A sentence of the program for operators, in English.
pub(super) fn english(sentence: &str) -> Markup {
    html! { span lang="en" dir="ltr" { (shown(sentence)) } }
}

pub(super) fn section(visit: &Visit, wrong: Option<&Wrong>) -> Markup {
    let network = visit.snapshot.network();
    let hubs: Vec<&Instance> = network.instances.iter().filter(|hub| !hub.is_self).collect();
    let caption = visit.say("admin-hubs-caption");
    let heads = [
        visit.say("admin-hub"),
        visit.say("admin-hub-state"),
        visit.say("admin-confirmed"),
        visit.say("admin-next-try"),
        visit.say("admin-last-error"),
    ];
    html! {
        section.sec aria-labelledby="hubs" {
            h2 #hubs { (visit.say("admin-hubs")) }
            @if hubs.is_empty() { p { (visit.say("admin-hubs-none")) } } @else {
                (table(&caption, &heads, &html! { @for hub in hubs { (row(visit, hub)) } }))
                form method="post" action=(visit.path("/admin/sync")) {
                    button.btn.line { (visit.say("admin-sync-all")) }
                }
            }
            (pin::form(visit, wrong))
        }
    }
}

fn row(visit: &Visit, hub: &Instance) -> Markup {
    let journals = visit.snapshot.network().journals_of(hub);
    let confirmed = journals.iter().filter_map(|journal| journal.confirmed_at).min();
    let next = journals.iter().filter_map(|journal| journal.next_attempt_at).min();
    let fault = journals.iter().find_map(|journal| journal.last_error.as_ref());
    let not_shown: usize = journals.iter().map(|journal| journal.not_shown.len()).sum();
    html! {
        tr {
            th scope="row" { a href=(visit.path(&path(&hub.entity_id))) { bdi { (shown(&terms::hub(visit, hub))) } } }
            td {
                span.fresh { (level(visit, &journals).bar()) (words(visit, hub.state(&journals), &journals)) }
                @if not_shown > 0 { p.quiet { (visit.tell("admin-not-shown-count", &[("count", not_shown.into())])) } }
            }
            td { @match confirmed { Some(at) => (visit.ago_html(at)), None => (visit.say("admin-not-yet")) } }
            td { (next_try(visit, next)) }
            td { @match fault { Some(fault) => (english(&fault.sentence)), None => (visit.say("admin-no-error")) } }
        }
    }
}

/// When it is asked next: in minutes; what is due is due.
pub(super) fn next_try(visit: &Visit, at: Option<i64>) -> Markup {
    match at.map(|at| (at - visit.now) / 60_000) {
        None => html! { (visit.say("admin-not-planned")) },
        Some(..=0) => html! { (visit.say("admin-due")) },
        Some(minutes) => visit.tell("admin-in-minutes", &[("count", minutes.into())]),
    }
}
