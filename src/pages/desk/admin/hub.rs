//! One other hub: how each of its journals stands here, and what can be decided about it.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        super::{
            answer::{Answer, Reply},
            content::Content,
            parts::{
                terms,
                text::{attribute, shown},
            },
            visit::{Refusal, Visit},
        },
        form::{self, Form, Said, Wrong, hidden},
        listed,
        mistakes::not_taken,
    },
    hubs::{self, english},
    titled,
};
use crate::{
    access::Role,
    audit::{Actor, note_alone},
    catalog::{Instance, Journal},
    journal::key::in_groups_of_four,
    record::Audience,
    register::{
        decisions::{self, Decision, Reason},
        pins,
    },
};

/// Records held and not shown that are told of one journal.
const MOST_NOT_SHOWN: usize = 100;

/// `GET /fr/admin/hub?id=…`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Administrator)?;
    let id = visit.asked("id").unwrap_or_default();
    Ok(content(&visit, other(&visit, &id)?, None).into())
}

/// A hub that is known here and is not this one.
fn other<'a>(visit: &'a Visit, entity_id: &str) -> Result<&'a Instance, Refusal> {
    let known = visit.snapshot.network().instance(entity_id);
    known.filter(|hub| !hub.is_self).ok_or(Refusal::NotFound)
}

/// `POST /fr/admin/hub`: one decision.
pub(super) async fn act(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Administrator)?;
    let id = visit.field("id");
    let hub = other(&visit, &id)?;
    match decided(&visit, &actor, hub).await? {
        Ok(done) => {
            visit.after_change().await;
            // A hub that was taken out may be known here no more.
            let there = if done == "unpinned" { "/admin?".to_owned() } else { format!("{}&", hubs::path(&id)) };
            Ok(Reply::Go(format!("{}done={done}", visit.path(&there)), Vec::new()))
        }
        Err(wrong) => Ok(form::with_status(content(&visit, hub, Some(&wrong)), Some(&wrong)).into()),
    }
}

async fn decided(visit: &Visit, actor: &Actor, hub: &Instance) -> Result<Result<&'static str, Wrong>, Refusal> {
    let (store, id) = (visit.hub.store(), &*hub.entity_id);
    let reason = |form: &'static str| {
        Reason::parse(&visit.field("reason")).map_err(|why| Wrong::new(form, "reason", not_taken(visit, &why)))
    };
    let decide = |decision: Decision, reason: Option<Reason>| async move {
        decisions::decide(store, actor, visit.now, id, &[decision], reason.as_ref()).await
    };
    Ok(Ok(match visit.field("step").as_str() {
        "unpin" => {
            if !pins::unpin(store, actor, visit.now, id).await? {
                return Err(Refusal::NotFound);
            }
            "unpinned"
        }
        "sync" => {
            if !visit.hub.trust().peers().contains(&id) {
                return Ok(Err(Wrong::new("sync", "", visit.say("admin-not-asked"))));
            }
            note_alone(store, actor, visit.now, "peer.sync", Some(id)).await?;
            visit.hub.want(id);
            "asked"
        }
        "pause" => {
            decide(Decision::Pause, None).await?;
            "paused"
        }
        "resume" => {
            decide(Decision::Resume, None).await?;
            "resumed"
        }
        "block" => match reason("block") {
            Ok(reason) => {
                decide(Decision::Block, Some(reason)).await?;
                "blocked"
            }
            Err(wrong) => return Ok(Err(wrong)),
        },
        "unblock" => {
            decide(Decision::Unblock, None).await?;
            "unblocked"
        }
        "close-conflict" => match reason("close-conflict") {
            Ok(reason) => {
                let closed = decisions::close_conflict(store, actor, visit.now, id, Some(&reason)).await?;
                if closed.is_empty() {
                    return Ok(Err(Wrong::new("close-conflict", "", visit.say("no-conflict-open"))));
                }
                "conflict-closed"
            }
            Err(wrong) => return Ok(Err(wrong)),
        },
        _ => return Err(Refusal::NotFound),
    }))
}

fn done(visit: &Visit, done: &str) -> Option<String> {
    Some(match done {
        "asked" => visit.say("admin-done-sync"),
        "pinned" => visit.say("admin-done-pinned"),
        "paused" => visit.say("admin-done-paused"),
        "resumed" => visit.say("admin-done-resumed"),
        "blocked" => visit.say("admin-done-blocked"),
        "unblocked" => visit.say("admin-done-unblocked"),
        "conflict-closed" => visit.say("admin-done-conflict-closed"),
        _ => return None,
    })
}

fn content(visit: &Visit, hub: &Instance, wrong: Option<&Wrong>) -> Content {
    let journals = visit.snapshot.network().journals_of(hub);
    let name = terms::hub(visit, hub);
    let title = attribute(&name).into_owned();
    let main = html! {
        div.head { h1 { bdi { (title) } } p { (hubs::words(visit, hub.state(&journals), &journals)) } }
        (form::alert(visit, wrong))
        (form::done(visit, done))
        section.sec aria-labelledby="facts" { h2 #facts { (visit.say("admin-hub")) } (facts(visit, hub)) }
        @for journal in &journals { (journal_section(visit, journal)) }
        section.sec aria-labelledby="decide" {
            h2 #decide { (visit.say("desk-decision")) }
            (steps(visit, hub, &journals, wrong))
        }
    };
    titled(visit, &title, main)
}

fn facts(visit: &Visit, hub: &Instance) -> Markup {
    let stated = |text: Option<&str>| {
        text.map_or_else(|| html! { (visit.say("not-stated")) }, |text| html! { bdi { (shown(text)) } })
    };
    let trust = visit.hub.trust();
    html! {
        dl.facts {
            dt { (visit.say("admin-name")) } dd { bdi { (shown(&hub.name)) } }
            dt { (visit.say("desk-hub-address")) } dd { (listed::address(&hub.entity_id)) }
            dt { (visit.say("admin-version")) } dd { (stated(hub.software_version.as_deref())) }
            dt { (visit.say("admin-contact")) } dd { (stated(hub.contact.as_deref())) }
            dt { (visit.say("admin-known-by")) }
            dd {
                @if is_configured(visit, hub) { (visit.say("admin-known-pinned")) }
                @else if trust.is_pinned(&hub.entity_id) { (visit.say("admin-known-by-hand")) }
                @else if trust.is_known(&hub.entity_id) { (visit.say("admin-known-register")) }
                @else { (visit.say("admin-known-no-more")) }
            }
            dt { (visit.say("desk-keys")) }
            dd {
                @if hub.keys.is_empty() { (visit.say("desk-keys-none")) }
                @for key in &hub.keys {
                    p {
                        code { (in_groups_of_four(&key.thumbprint)) } " "
                        (match &*key.status {
                            "current" => visit.say("desk-key-current"),
                            "retired" => visit.say("desk-key-retired"),
                            _ => visit.say("desk-key-compromised"),
                        })
                    }
                }
            }
        }
    }
}

/// What the configuration pins is taken out there alone.
fn is_configured(visit: &Visit, hub: &Instance) -> bool {
    visit.hub.trust_source().peers.contains_key(&*hub.entity_id)
}

fn journal_section(visit: &Visit, journal: &Journal) -> Markup {
    let id = format!("journal-{}", journal.audience.as_str());
    let title = match journal.audience {
        Audience::Public => visit.say("admin-journal-public"),
        Audience::Network => visit.say("admin-journal-network"),
    };
    let time = |at: Option<i64>| at.map_or_else(|| html! { (visit.say("admin-not-yet")) }, |at| visit.ago_html(at));
    html! {
        section.sec aria-labelledby=(id) {
            h2 id=(id) { (title) }
            dl.facts {
                dt { (visit.say("admin-hub-state")) } dd { (hubs::words(visit, journal.state, &[journal])) }
                dt { (visit.say("admin-confirmed")) } dd { (time(journal.confirmed_at)) }
                dt { (visit.say("admin-last-success")) } dd { (time(journal.last_success_at)) }
                dt { (visit.say("admin-last-try")) } dd { (time(journal.last_attempt_at)) }
                dt { (visit.say("admin-next-try")) } dd { (hubs::next_try(visit, journal.next_attempt_at)) }
                @if let Some(via) = &journal.via { dt { (visit.say("admin-via")) } dd { (listed::address(via)) } }
                @if let Some(fault) = &journal.last_error {
                    dt { (visit.say("admin-last-error")) } dd { (english(&fault.sentence)) }
                }
                @if journal.gaps > 0 {
                    dt { (visit.say("admin-gaps")) } dd { (visit.number(u64::from(journal.gaps))) " " span.quiet { (visit.say("admin-gaps-what")) } }
                }
                @if !journal.not_shown.is_empty() {
                    dt { (visit.say("admin-not-shown")) }
                    dd { (not_shown(visit, &journal.not_shown)) }
                }
            }
            @if let Some(conflict) = &journal.conflict {
                div.note.bad {
                    p { (visit.tell("admin-conflict-what", &[("when", visit.ago_html(conflict.seen_at).into())])) }
                    details {
                        summary { (visit.say("admin-conflict-both")) }
                        @for checkpoint in &conflict.checkpoints { pre.copy tabindex="0" { (checkpoint) } }
                    }
                }
            }
        }
    }
}

/// Which records are held and not shown, each with the rule. A journal of nothing else would make a page of megabytes.
fn not_shown(visit: &Visit, records: &[(String, String)]) -> Markup {
    let more = records.len().saturating_sub(MOST_NOT_SHOWN);
    let command = html! { code lang="en" dir="ltr" { "nmirf-hub peer show" } };
    html! {
        ul.plain {
            @for (sub, reason) in records.iter().take(MOST_NOT_SHOWN) { li { code { (shown(sub)) } " " (english(reason)) } }
        }
        @if more > 0 {
            p { (visit.tell("admin-not-shown-more", &[("count", more.into()), ("command", command.into())])) }
        }
    }
}

fn steps(visit: &Visit, hub: &Instance, journals: &[&Journal], wrong: Option<&Wrong>) -> Markup {
    let one = |name: &'static str, title: &str, effect: &str, has_reason: bool| {
        let form = Form::new(visit, name, wrong);
        let (label, hint) = (visit.say("desk-reason"), visit.say("admin-reason-log"));
        html! {
            h3 id=(name) { (title) }
            p.text { (effect) }
            form method="post" action=(visit.path("/admin/hub")) novalidate {
                (hidden("id", &hub.entity_id))
                (hidden("step", name))
                @if has_reason { (form.area("reason", Said { label: &label, hint: Some(&hint), is_needed: true })) }
                p { button.btn.line { (title) } }
            }
        }
    };
    html! {
        @if !hub.paused && !hub.blocked && hub.active {
            (one("sync", &visit.say("admin-sync"), &visit.say("admin-sync-effect"), false))
        }
        @if journals.iter().any(|journal| journal.conflict.is_some()) {
            (one("close-conflict", &visit.say("admin-close"), &visit.say("admin-close-effect"), true))
        }
        @if hub.paused { (one("resume", &visit.say("admin-resume"), &visit.say("admin-resume-effect"), false)) }
        @else { (one("pause", &visit.say("admin-pause"), &visit.say("admin-pause-effect"), false)) }
        @if visit.hub.trust().is_pinned(&hub.entity_id) && !is_configured(visit, hub) {
            (one("unpin", &visit.say("admin-unpin"), &visit.say("admin-unpin-effect"), false))
        }
        @if hub.blocked { (one("unblock", &visit.say("admin-unblock"), &visit.say("admin-unblock-effect"), false)) }
        @else { (one("block", &visit.say("admin-block"), &visit.say("admin-block-effect"), true)) }
    }
}
