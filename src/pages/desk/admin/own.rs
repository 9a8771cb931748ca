//! This instance: its name and key, whether the network knows them, and the application for membership.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        super::{
            answer::{Answer, Reply},
            parts::{terms, text::shown},
            visit::{Refusal, Visit},
        },
        form::{Form, Said, Wrong},
        listed,
    },
    overview,
};
use crate::{
    access::Role,
    audit::note_alone,
    config,
    federation::apply::{self, ApplyError, OwnCase},
    journal::{key::in_groups_of_four, publish::STOPPED},
    record::MemberStatus,
};

/// Name of the form.
const FORM: &str = "apply";

pub(super) async fn section(visit: &Visit, wrong: Option<&Wrong>) -> Result<Markup, Refusal> {
    let hub = &visit.hub;
    let case = apply::own_case(hub.store()).await?;
    let stopped = hub.store().setting(STOPPED).await?.filter(|why| !why.is_empty());
    let trust = hub.trust();
    let key = hub.author().key.public().clone();
    Ok(html! {
        section.sec aria-labelledby="own" {
            h2 #own { (visit.say("admin-own")) }
            @if let Some(why) = stopped {
                div.note.bad {
                    p { (visit.say("admin-stopped")) }
                    p lang="en" dir="ltr" { code { (shown(&why)) } }
                }
            }
            dl.facts {
                dt { (visit.say("admin-name")) } dd { bdi { (shown(&hub.config().instance.name)) } }
                dt { (visit.say("desk-hub-address")) } dd { (listed::address(hub.entity_id())) }
                dt { (visit.say("admin-version")) } dd { code { (env!("CARGO_PKG_VERSION")) } }
                dt { (visit.say("admin-membership")) } dd { (membership(visit)) }
                dt { (visit.say("admin-key")) }
                dd {
                    code { (in_groups_of_four(key.thumbprint())) }
                    p.quiet {
                        (visit.say(if trust.own_key_is_listed() { "admin-key-listed" } else { "admin-key-not-listed" }))
                    }
                }
                @if let Some(next) = hub.next_key() {
                    dt { (visit.say("admin-next-key")) }
                    dd { code { (in_groups_of_four(next.thumbprint())) } p.quiet { (visit.say("admin-next-key-waits")) } }
                }
                @if let Some(case) = &case { dt { (visit.say("admin-application")) } dd { (own_case(visit, case)) } }
            }
            @if may_apply(visit, case.as_ref()) { (form(visit, wrong)) }
            h3 { (visit.say("admin-machine")) }
            p.text { (visit.say("admin-machine-what")) }
            ul {
                @for (said, command) in [
                    ("admin-command-rotate", "nmirf-hub key rotate"),
                    ("admin-command-stolen", "nmirf-hub key compromised"),
                    ("admin-command-doctor", "nmirf-hub doctor"),
                ] { li { (visit.say(said)) " " code { (command) } } }
            }
        }
    })
}

fn is_coordinator(visit: &Visit) -> bool {
    visit.hub.config().instance.role == config::Role::Coordinator
}

fn membership(visit: &Visit) -> String {
    let trust = visit.hub.trust();
    match trust.member(visit.hub.entity_id()).and_then(|member| MemberStatus::parse(&member.status)) {
        _ if is_coordinator(visit) => visit.say("admin-is-coordinator"),
        Some(status) => terms::status(visit, status),
        None => visit.say("admin-no-member"),
    }
}

fn own_case(visit: &Visit, case: &OwnCase) -> Markup {
    let number = case.number.to_string();
    let stands = match case.status.as_str() {
        "applied" => visit.say("desk-case-applied"),
        "under-review" => visit.say("desk-case-under-review"),
        "admitted" => visit.say("desk-case-admitted"),
        "rejected" => visit.say("desk-case-rejected"),
        // A word of a later version.
        other => other.to_owned(),
    };
    html! {
        (visit.tell("desk-application-number", &[("number", (&number).into())])) (visit.say("colon")) (stands)
        @if let Some(message) = &case.message { p { bdi { (shown(message)) } } }
    }
}

fn may_apply(visit: &Visit, case: Option<&OwnCase>) -> bool {
    let trust = visit.hub.trust();
    let is_open = case.is_some_and(|case| matches!(case.status.as_str(), "applied" | "under-review"));
    !is_coordinator(visit) && trust.coordinator().is_some() && !trust.is_active_itself() && !is_open
}

fn form(visit: &Visit, wrong: Option<&Wrong>) -> Markup {
    let form = Form::new(visit, FORM, wrong);
    html! {
        h3 { (visit.say("admin-apply")) }
        p.text { (visit.say("admin-apply-effect")) }
        form method="post" action=(visit.path("/admin/apply")) novalidate {
            (form.area("contact", Said {
                label: &visit.say("admin-apply-contact"),
                hint: Some(&visit.say("admin-apply-contact-hint")),
                is_needed: false,
            }))
            p { button.btn { (visit.say("admin-apply-do")) } }
        }
    }
}

/// `POST /fr/admin/apply`: this instance applies for membership.
pub(super) async fn apply(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Administrator)?;
    let (hub, contact) = (&visit.hub, visit.field("contact"));
    note_alone(hub.store(), &actor, visit.now, "membership.apply", None).await?;
    let key = hub.applying_key().await?;
    let contact = Some(contact.trim()).filter(|contact| !contact.is_empty());
    match apply::apply(hub, contact, &key).await {
        Ok(_) => Ok(Reply::Go(format!("{}?done=applied", visit.path("/admin")), Vec::new())),
        Err(ApplyError::Store(fault)) => Err(fault.into()),
        Err(fault) => Ok(overview(&visit, Some(&Wrong::new(FORM, "", not_applied(&visit, &fault)))).await?.into()),
    }
}

fn not_applied(visit: &Visit, fault: &ApplyError) -> String {
    match fault {
        ApplyError::NoCoordinator => visit.say("membership-apply-no-coordinator"),
        ApplyError::Coordinator => visit.say("membership-apply-coordinator"),
        ApplyError::NoCountry => visit.say("membership-apply-no-country"),
        ApplyError::AlreadyMember => visit.say("membership-apply-already-member"),
        ApplyError::NoCase => visit.say("membership-apply-no-case"),
        ApplyError::Refused { .. } => visit.say("membership-apply-refused"),
        fault => visit.label("membership-apply-no-answer", &[("why", (&fault.to_string()).into())]),
    }
}
