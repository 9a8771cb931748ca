//! One application: its key is compared by telephone, then it is decided. The last seven characters of the thumbprint are
//! not on this page, so that the call cannot be skipped and copying from the screen is impossible.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        answer::{Answer, Reply},
        content::{Content, Section},
        parts::{terms, text::shown},
        visit::{Refusal, Visit},
    },
    form::{self, Form, Said, Wrong},
    listed::{self, Listed},
    mistakes::{refused, told},
};
use crate::{
    access::Role,
    record::MemberRole,
    register::{
        RegisterDesk,
        cases::{Case, Decision, TAIL},
    },
};

/// Name of the form.
const FORM: &str = "decide";

/// `GET /fr/desk/applications/{number}`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let case = case(&visit, &desk).await?;
    Ok(content(&visit, &desk, &case, None, None).await?.into())
}

/// `POST /fr/desk/applications/{number}`: the decision.
pub(super) async fn decide(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let case = case(&visit, &desk).await?;
    let done = match decision(&visit) {
        Ok((decision, done)) => match desk.decide(case.number, &decision).await {
            Ok(_) => done,
            Err(fault) => return again(&visit, &desk, &case, told(&visit, FORM, fault)?).await,
        },
        Err(wrong) => return again(&visit, &desk, &case, wrong).await,
    };
    visit.after_change().await;
    Ok(Reply::Go(format!("{}?done={done}", visit.path("/desk")), Vec::new()))
}

/// `POST /fr/desk/applications/{number}/contact`: who applied, by name; this is logged.
pub(super) async fn contact(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let case = case(&visit, &desk).await?;
    let contact = desk.contact(case.number).await.map_err(refused)?;
    Ok(content(&visit, &desk, &case, contact, None).await?.never_kept().into())
}

async fn again(visit: &Visit, desk: &RegisterDesk<'_>, case: &Case, wrong: Wrong) -> Answer {
    Ok(form::with_status(content(visit, desk, case, None, Some(&wrong)).await?, Some(&wrong)).into())
}

async fn case(visit: &Visit, desk: &RegisterDesk<'_>) -> Result<Case, Refusal> {
    let number = visit.param("number").parse().map_err(|_| Refusal::NotFound)?;
    desk.application(number).await.map_err(refused)
}

/// What was chosen, and the word for it in the address.
fn decision(visit: &Visit) -> Result<(Decision, &'static str), Wrong> {
    let message = Some(visit.field("reason"));
    match visit.field("decision").as_str() {
        "admit" => {
            let role = MemberRole::parse(&visit.field("role")).unwrap_or(MemberRole::Member);
            // As read aloud: blanks between the characters mean nothing.
            let thumbprint_tail = visit.field("tail").split_whitespace().collect();
            Ok((Decision::Admit { thumbprint_tail, role, message }, "admitted"))
        }
        "review" => Ok((Decision::Review { question: message }, "asked")),
        "reject" => Ok((Decision::Reject { reason: visit.field("reason") }, "rejected")),
        _ => Err(Wrong::new(FORM, "admit", visit.say("desk-decision-needed"))),
    }
}

async fn content(
    visit: &Visit,
    desk: &RegisterDesk<'_>,
    case: &Case,
    contact: Option<String>,
    wrong: Option<&Wrong>,
) -> Result<Content, Refusal> {
    let members = listed::all(visit, desk).await?;
    let listed = members.iter().find(|member| member.country == Some(case.country));
    let (number, state) = (case.number.to_string(), terms::country(visit, case.country));
    let title = visit.label("desk-application-of", &[("number", (&number).into()), ("state", (&state).into())]);
    let main = html! {
        div.head { h1 { (title) } p { (visit.say(&format!("desk-case-{}-is", case.status.as_str()))) } }
        (form::alert(visit, wrong))
        section.sec aria-labelledby="who" {
            h2 #who { (visit.say("desk-who")) }
            (facts(visit, case, contact.as_deref(), listed))
        }
        @if case.status.is_open() { (deciding(visit, case, listed, wrong)) }
    };
    let content = Content::new(title, main).within(Section::Desk).hidden();
    let content = content.under("/desk", visit.say("desk")).under("/desk/applications", visit.say("desk-applications"));
    Ok(content.here(visit.label("desk-application-number", &[("number", (&number).into())])))
}

fn facts(visit: &Visit, case: &Case, contact: Option<&str>, listed: Option<&Listed>) -> Markup {
    html! {
        dl.facts {
            dt { (visit.say("desk-state")) } dd { (terms::country(visit, case.country)) }
            dt { (visit.say("desk-name-given")) } dd { bdi { (shown(&case.name)) } }
            dt { (visit.say("desk-hub-address")) } dd { (listed::address(&case.entity_id)) }
            dt { (visit.say("desk-received")) } dd { (visit.moment(case.received_at)) }
            @if let Some(at) = case.decided_at { dt { (visit.say("desk-decided")) } dd { (visit.moment(at)) } }
            @if let Some(message) = &case.message {
                dt { (visit.say("desk-told")) } dd { bdi { (shown(message)) } }
            }
            dt { (visit.say("desk-in-register")) }
            dd {
                @match listed {
                    Some(member) => {
                        a href=(visit.path(&member.path())) { (terms::status(visit, member.member.status)) }
                        div.quiet { (visit.say(if member.has_left() { "desk-in-register-left" } else { "desk-in-register-key" })) }
                    }
                    None => (visit.say("desk-in-register-not")),
                }
            }
            dt { (visit.say("desk-asked-by")) }
            dd #contact { (asked_by(visit, case, contact)) }
        }
    }
}

fn asked_by(visit: &Visit, case: &Case, contact: Option<&str>) -> Markup {
    let path = visit.path(&format!("/desk/applications/{}/contact", case.number));
    html! {
        @match contact {
            Some(contact) => { bdi { (shown(contact)) } p.quiet { (visit.say("desk-contact-erased")) } }
            None if case.has_contact => form method="post" action=(path) {
                button.btn.line aria-describedby="contact-logged" { (visit.say("desk-contact-show")) }
                p.quiet #contact-logged { (visit.say("desk-contact-logged")) }
            },
            None => (visit.say("desk-contact-none")),
        }
    }
}

fn deciding(visit: &Visit, case: &Case, listed: Option<&Listed>, wrong: Option<&Wrong>) -> Markup {
    let form = Form::new(visit, FORM, wrong);
    html! {
        form method="post" action=(visit.path(&format!("/desk/applications/{}", case.number))) novalidate {
            section.sec aria-labelledby="compare" {
                h2 #compare { (visit.say("desk-compare")) }
                p.text { (visit.tell("desk-compare-how", &[("command", html! { code { "nmirf-hub key show" } }.into())])) }
                (thumbprint(visit, &case.thumbprint))
                (form.exact("tail", 12, Said {
                    label: &visit.say("desk-tail"),
                    hint: Some(&visit.say("desk-tail-why")),
                    is_needed: true,
                }))
            }
            section.sec aria-labelledby="decide" {
                h2 #decide { (visit.say("desk-decide")) }
                (choices(&form, listed))
                (form.area("reason", Said {
                    label: &visit.say("desk-reason-or-question"),
                    hint: Some(&visit.say("desk-reason-seen-by")),
                    is_needed: false,
                }))
                p.row { button.btn { (visit.say("desk-record-decision")) } span.quiet { (visit.say("desk-decision-kept")) } }
            }
        }
    }
}

/// Groups of four, the last seven characters hidden.
fn thumbprint(visit: &Visit, shown_part: &str) -> Markup {
    let hidden = visit.say("desk-hidden");
    html! {
        ol.print-key aria-label=(visit.say("desk-thumbprint")) {
            @for group in shown_part.split(' ') { li { (group) } }
            @for length in [4, TAIL - 4] {
                li.check { span aria-hidden="true" { ("•".repeat(length)) } span.vh { (hidden) } }
            }
        }
    }
}

fn choices(form: &Form<'_>, listed: Option<&Listed>) -> Markup {
    let visit = form.visit;
    let chosen = form.value("decision", "");
    let is_new = listed.is_none_or(Listed::has_left);
    let admit = match listed {
        Some(member) if !member.has_left() && member.member.entity_id.is_some() => visit.say("desk-admit-key"),
        _ => visit.say("desk-admit-effect"),
    };
    let roles = listed::roles(visit);
    html! {
        fieldset aria-describedby=[form.wrong.filter(|wrong| wrong.field == "admit").map(|_| "decision-wrong")] {
            legend.vh { (visit.say("desk-decision")) }
            @if let Some(wrong) = form.wrong.filter(|wrong| wrong.field == "admit") {
                p.wrong #decision-wrong { (wrong.text) }
            }
            @for (value, name, effect) in [
                ("admit", visit.say("desk-admit"), admit),
                ("review", visit.say("desk-ask"), visit.say("desk-ask-effect")),
                ("reject", visit.say("desk-reject"), visit.say("desk-reject-effect")),
            ] {
                label.tick {
                    input id={ "decide-" (value) } type="radio" name="decision" value=(value) checked[chosen == value];
                    span { b { (name) } " " (effect) }
                }
            }
        }
        @if is_new {
            (form.select("role", "member", &roles, Said {
                label: &visit.say("desk-admit-role"),
                hint: Some(&visit.say("desk-admit-role-hint")),
                is_needed: true,
            }))
        }
    }
}
