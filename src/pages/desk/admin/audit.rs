//! The audit log: who did what, when, from where. Its filter is in the address; it is read page by page, newest first.

use std::sync::Arc;

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use maud::{Markup, html};
use url::form_urlencoded::Serializer;

use super::{
    super::{
        super::{
            answer::Answer,
            parts::text::{attribute, shown},
            visit::Visit,
        },
        table::table,
    },
    titled,
};
use crate::{
    access::Role,
    audit::{self, AuditEntry, Wanted},
};

/// Lines on one page.
const PAGE: usize = 100;
/// The longest text that is looked for, in bytes.
const LONGEST: usize = 500;

/// What the address asks for.
#[derive(Clone, Default)]
pub(super) struct Sought {
    actor: String,
    action: String,
    target: String,
    from: Option<Date>,
    until: Option<Date>,
}

impl Sought {
    pub(super) fn of(visit: &Visit) -> Self {
        let text = |name: &str| {
            let asked = visit.asked(name).unwrap_or_default();
            Some(asked.trim()).filter(|text| text.len() <= LONGEST).unwrap_or_default().to_owned()
        };
        let day = |name: &str| visit.asked(name)?.trim().parse().ok();
        Self {
            actor: text("actor"),
            action: text("action"),
            target: text("target"),
            from: day("from"),
            until: day("until"),
        }
    }

    pub(super) fn wanted(&self) -> Wanted<'_> {
        fn given(text: &str) -> Option<&str> {
            (!text.is_empty()).then_some(text)
        }
        Wanted {
            actor: given(&self.actor),
            action: given(&self.action),
            target: given(&self.target),
            since: self.from.and_then(begin_of),
            // The last day is meant as a whole.
            until: self.until.and_then(|day| day.checked_add(1.day()).ok()).and_then(begin_of),
            ..Wanted::default()
        }
    }

    /// The part of an address that asks for the same, with more.
    fn query(&self, more: &[(&str, &str)]) -> String {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let (from, until) = (day(self.from), day(self.until));
        let own = [
            ("actor", &*self.actor),
            ("action", &self.action),
            ("target", &self.target),
            ("from", &from),
            ("until", &until),
        ];
        let given = own.iter().filter(|(_, value)| !value.is_empty());
        Serializer::new(String::new()).extend_pairs(given.chain(more)).finish()
    }
}

/// Unix ms.
fn begin_of(day: Date) -> Option<i64> {
    TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok().map(jiff::Timestamp::as_millisecond)
}

/// `GET /fr/admin/audit`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Administrator)?;
    let sought = Sought::of(&visit);
    let before: Option<i32> = visit.asked("before").and_then(|id| id.parse().ok());
    let store = visit.hub.store();
    let mut lines = audit::lines(store, &Wanted { before, ..sought.wanted() }, PAGE as u64 + 1).await?;
    let has_more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let count = audit::count(store, &sought.wanted()).await?;
    let title = visit.say("admin-audit");
    let main = html! {
        div.head { h1 { (title) } p { (visit.say("admin-audit-what")) } }
        (filter(&visit, &sought))
        p role="status" { (visit.tell("admin-audit-count", &[("count", count.into())])) }
        @if lines.is_empty() {
            p { (visit.say("admin-audit-none")) " " a href=(visit.path("/admin/audit")) { (visit.say("admin-audit-all")) } }
        } @else {
            (listed(&visit, &lines))
        }
        (paging(&visit, &sought, before.is_some(), lines.last().filter(|_| has_more)))
        p.after {
            @for (format, words) in [("csv", "admin-audit-csv"), ("jsonl", "admin-audit-jsonl")] {
                a href={ (visit.path("/admin/audit/file")) "?" (sought.query(&[("format", format)])) } download { (visit.say(words)) }
            }
        }
    };
    Ok(titled(&visit, &title, main).into())
}

fn filter(visit: &Visit, sought: &Sought) -> Markup {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    html! {
        form.tools action=(visit.path("/admin/audit")) {
            div.row {
                @for (name, kind, label, value) in [
                    ("from", "date", "admin-audit-from", day(sought.from)),
                    ("until", "date", "admin-audit-until", day(sought.until)),
                    ("actor", "text", "admin-audit-actor", sought.actor.clone()),
                    ("action", "text", "admin-audit-action", sought.action.clone()),
                    ("target", "text", "admin-audit-target", sought.target.clone()),
                ] {
                    div {
                        label.label for={ "audit-" (name) } { (visit.say(label)) }
                        input id={ "audit-" (name) } name=(name) type=(kind) value=(attribute(&value)) maxlength=(LONGEST) autocomplete="off";
                    }
                }
                button.btn.line { (visit.say("desk-show")) }
            }
        }
    }
}

fn listed(visit: &Visit, lines: &[AuditEntry]) -> Markup {
    let heads = [
        visit.say("admin-audit-when"),
        visit.say("admin-audit-actor"),
        visit.say("admin-audit-action"),
        visit.say("admin-audit-target"),
        visit.say("desk-reason"),
        visit.say("admin-audit-address"),
    ];
    let rows = html! {
        @for line in lines {
            tr {
                td { time datetime=(super::super::super::say::stamp(line.at)) { (visit.moment(line.at)) } }
                td { bdi { (shown(&line.actor)) } }
                td { code { (shown(&line.action)) } }
                td { @if let Some(target) = &line.target { code { (shown(target)) } } }
                td { @if let Some(detail) = &line.detail { bdi { (shown(detail)) } } }
                td { @if let Some(address) = &line.address { code { (address) } } }
            }
        }
    };
    table(&visit.say("admin-audit"), &heads, &rows)
}

fn paging(visit: &Visit, sought: &Sought, is_later: bool, oldest: Option<&AuditEntry>) -> Markup {
    let here = |more: &[(&str, &str)]| format!("{}?{}", visit.path("/admin/audit"), sought.query(more));
    html! {
        @if is_later || oldest.is_some() {
            nav.pages aria-label=(visit.say("admin-audit")) {
                @if is_later { a href=(here(&[])) rel="prev" { (visit.say("desk-newest")) } }
                @if let Some(oldest) = oldest {
                    a href=(here(&[("before", &oldest.id.to_string())])) rel="next" { (visit.say("desk-older")) }
                }
            }
        }
    }
}
