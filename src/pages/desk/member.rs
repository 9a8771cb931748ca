//! A member at the desk: what the register says of it, its course, and every step that can be taken from here, each with
//! its effect.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        answer::Answer,
        content::{Content, Section},
        parts::{
            course, terms,
            text::{attribute, inline},
        },
        visit::{Refusal, Visit},
    },
    focal_points::{self, Opened},
    form::{self, Wrong},
    listed::{self, Listed},
    member_forms,
    mistakes::refused,
};
use crate::{
    access::Role,
    register::{RegisterDesk, focal_points::FocalPoint},
};

/// `GET /fr/desk/members/{id}`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let member = listed::one(&visit, &desk).await?;
    Ok(content(&visit, &desk, &member, Opened::No, None).await?.into())
}

/// The page; again with what was wrong, or with the focal points open.
pub(super) async fn content(
    visit: &Visit,
    desk: &RegisterDesk<'_>,
    member: &Listed,
    opened: Opened,
    wrong: Option<&Wrong>,
) -> Result<Content, Refusal> {
    let announced = desk.announced_keys(&member.enrolled.sub).await.map_err(refused)?;
    let points = desk.focal_points_of(&member.enrolled.sub).await.map_err(refused)?;
    let title = attribute(&member.name(visit)).into_owned();
    let main = html! {
        div.head { h1 { (title) } (names(member)) }
        (form::alert(visit, wrong))
        (form::done(visit, done))
        section.sec aria-labelledby="now" { h2 #now { (visit.say("desk-now")) } (facts(visit, member)) }
        section.sec aria-labelledby="course" {
            h2 #course { (visit.say("desk-course")) }
            (course::course(visit, &member.member))
        }
        (member_forms::standing(visit, member, wrong))
        (member_forms::role(visit, member, wrong))
        (member_forms::keys(visit, member, &announced, wrong))
        (points_section(visit, member, &points, opened, wrong))
    };
    let content = Content::new(title, main).within(Section::Desk).hidden();
    Ok(form::with_status(content.under("/desk", visit.say("desk")), wrong))
}

fn done(visit: &Visit, done: &str) -> Option<String> {
    Some(match done {
        "added" => visit.say("desk-done-added"),
        "suspended" => visit.say("desk-done-suspended"),
        "reinstated" => visit.say("desk-done-reinstated"),
        "withdrawn" => visit.say("desk-done-withdrawn"),
        "role" => visit.say("desk-done-role"),
        "key-confirmed" => visit.say("desk-done-key-confirmed"),
        "key-compromised" => visit.say("desk-done-key-compromised"),
        "person-added" => visit.say("desk-done-person-added"),
        "person-changed" => visit.say("desk-done-person-changed"),
        "person-deleted" => visit.say("desk-done-person-deleted"),
        _ => return None,
    })
}

/// The member's own names, in all its languages.
fn names(member: &Listed) -> Markup {
    html! {
        @if let Some(names) = &member.member.name {
            p {
                @for (place, (language, name)) in names.iter().enumerate() {
                    @if place > 0 { " · " }
                    (inline(name, language))
                }
            }
        }
    }
}

fn facts(visit: &Visit, member: &Listed) -> Markup {
    let term = member.term(visit.today());
    html! {
        dl.facts {
            dt { (visit.say("desk-status")) } dd { (terms::status(visit, member.member.status)) }
            dt { (visit.say("desk-role")) } dd { (terms::role(visit, term.map_or(member.member.role, |term| term.role))) }
            @if let Some(term) = term { dt { (visit.say("desk-term")) } dd { (course::from_until(visit, term)) } }
            dt { (visit.say("desk-hub-address")) }
            dd {
                @match &member.member.entity_id {
                    Some(entity_id) => (listed::address(entity_id)),
                    None => (visit.say("desk-no-hub-long")),
                }
            }
            dt { (visit.say("desk-revision")) } dd { (visit.number(u64::from(member.enrolled.revision))) }
            @if let Some(country) = member.country {
                dt { (visit.say("desk-public-page")) }
                dd { a href=(visit.path(&format!("/countries/{country}"))) { (member.name(visit)) } }
            }
        }
    }
}

fn points_section(
    visit: &Visit,
    member: &Listed,
    points: &[FocalPoint],
    opened: Opened,
    wrong: Option<&Wrong>,
) -> Markup {
    html! {
        section.sec aria-labelledby="focal-points" {
            h2 #focal-points { (visit.say("desk-points")) }
            p { (visit.tell("desk-points-count", &[("count", points.len().into())])) }
            (focal_points::section(visit, member, points, opened, wrong))
        }
    }
}
