//! Focal points: the persons to call at a member. Who they are opens by a click that is logged; the mailing list of all is
//! a file, and taking it is logged, too.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use maud::{Markup, html};

use super::{
    super::{
        answer::{Answer, Reply},
        parts::text::shown,
        visit::{Refusal, Visit},
    },
    form::{Form, Said, Wrong, hidden},
    listed::{self, Listed},
    member,
    mistakes::{refused, told},
};
use crate::{
    access::Role,
    audit,
    record::Sub,
    register::{
        RegisterDesk,
        focal_points::{FocalPoint, Person},
    },
    table::CsvText,
};

/// Name of the form for a new person; of one that changes somebody.
const ADD: &str = "person";
const CHANGE: &str = "person-change";

/// Whether the persons of a member are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    No,
    Yes,
}

/// `POST /fr/desk/members/{id}/focal-points`: opens them, or changes one.
pub(super) async fn act(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let member = listed::one(&visit, &desk).await?;
    match visit.field("do").as_str() {
        "open" => {
            let target = member.id().to_string();
            audit::note_alone(visit.hub.store(), &actor, visit.now, "focal-points.read", Some(&target)).await?;
            Ok(member::content(&visit, &desk, &member, Opened::Yes, None).await?.never_kept().into())
        }
        "add" => {
            let added = desk.create_focal_point(&member.enrolled.sub, &person(&visit)).await;
            end(&visit, &desk, &member, added.map(|_| "person-added"), ADD).await
        }
        "change" => {
            of_this_member(&visit, &desk, &member).await?;
            let changed = desk.change_focal_point(&visit.field("person"), &member.enrolled.sub, &person(&visit)).await;
            end(&visit, &desk, &member, changed.map(|_| "person-changed"), CHANGE).await
        }
        "delete" => {
            of_this_member(&visit, &desk, &member).await?;
            let deleted = desk.delete_focal_point(&visit.field("person")).await;
            end(&visit, &desk, &member, deleted.map(|()| "person-deleted"), CHANGE).await
        }
        _ => Err(Refusal::NotFound),
    }
}

async fn of_this_member(visit: &Visit, desk: &RegisterDesk<'_>, member: &Listed) -> Result<(), Refusal> {
    let known = desk.focal_point(&visit.field("person")).await.map_err(refused)?;
    match known.member == member.enrolled.sub.as_str() {
        true => Ok(()),
        false => Err(Refusal::NotFound),
    }
}

async fn end(
    visit: &Visit,
    desk: &RegisterDesk<'_>,
    member: &Listed,
    done: Result<&'static str, crate::register::MembershipError>,
    form: &'static str,
) -> Answer {
    let wrong = match done {
        Ok(done) => {
            return Ok(Reply::Go(format!("{}?done={done}#focal-points", visit.path(&member.path())), Vec::new()));
        }
        Err(fault) => told(visit, form, fault)?,
    };
    // Who changes somebody had them open.
    let opened = if form == CHANGE { Opened::Yes } else { Opened::No };
    Ok(member::content(visit, desk, member, opened, Some(&wrong)).await?.never_kept().into())
}

fn person(visit: &Visit) -> Person {
    let given = |name: &str| Some(visit.field(name)).filter(|text| !text.trim().is_empty());
    Person {
        name: visit.field("name"),
        function: given("function"),
        email: given("email"),
        telephone: given("telephone"),
    }
}

/// What stands on the page of a member.
pub(super) fn section(
    visit: &Visit,
    member: &Listed,
    points: &[FocalPoint],
    opened: Opened,
    wrong: Option<&Wrong>,
) -> Markup {
    let path = visit.path(&format!("{}/focal-points", member.path()));
    html! {
        @if opened == Opened::Yes {
            @for (place, point) in points.iter().enumerate() { (one(visit, &path, place, point, wrong)) }
            @if !points.is_empty() { p.quiet #point-delete-effect { (visit.say("desk-point-delete-effect")) } }
        } @else if !points.is_empty() {
            form method="post" action={ (path) "#focal-points" } {
                (hidden("do", "open"))
                button.btn.line aria-describedby="points-read" { (visit.say("desk-points-open")) }
                p.quiet #points-read { (visit.say("desk-contact-logged")) }
            }
        }
        h3 { (visit.say("desk-point-add")) }
        form method="post" action=(path) novalidate {
            (hidden("do", "add"))
            (fields(&Form::new(visit, ADD, wrong), None))
            p { button.btn.line { (visit.say("desk-point-add-do")) } }
        }
    }
}

fn one(visit: &Visit, path: &str, place: usize, point: &FocalPoint, wrong: Option<&Wrong>) -> Markup {
    let is_this = visit.field("person") == point.id;
    let form = Form::at(visit, CHANGE, place, wrong.filter(|_| is_this));
    let line = |text: &Option<String>| html! { @if let Some(text) = text { br; bdi { (shown(text)) } } };
    html! {
        article.card {
            h3 { bdi { (shown(&point.name)) } }
            p { bdi { (shown(point.function.as_deref().unwrap_or_default())) } (line(&point.email)) (line(&point.telephone)) }
            details open[form.wrong.is_some()] {
                summary { (visit.say("desk-point-change")) span.vh { " (" (point.name) ")" } }
                form method="post" action=(path) novalidate {
                    (hidden("do", "change"))
                    (hidden("person", &point.id))
                    (fields(&form, Some(point)))
                    p { button.btn.line { (visit.say("desk-point-change-do")) } }
                }
            }
            form method="post" action=(path) {
                (hidden("do", "delete"))
                (hidden("person", &point.id))
                button.btn.line aria-describedby="point-delete-effect" {
                    (visit.say("desk-point-delete")) span.vh { " (" (point.name) ")" }
                }
            }
        }
    }
}

fn fields(form: &Form<'_>, known: Option<&FocalPoint>) -> Markup {
    let visit = form.visit;
    let text = |of: fn(&FocalPoint) -> Option<&str>| known.and_then(of).unwrap_or_default().to_owned();
    let said = |label: &'static str| visit.say(label);
    let (name, function) = (said("desk-point-name"), said("desk-point-function"));
    let (email, telephone) = (said("desk-point-email"), said("desk-point-telephone"));
    let optional = |label| Said { label, hint: None, is_needed: false };
    html! {
        (form.line("name", "text", &text(|point| Some(&point.name)), Said { label: &name, hint: None, is_needed: true }))
        (form.line("function", "text", &text(|point| point.function.as_deref()), optional(&function)))
        (form.line("email", "email", &text(|point| point.email.as_deref()), optional(&email)))
        (form.line("telephone", "tel", &text(|point| point.telephone.as_deref()), optional(&telephone)))
    }
}

/// `POST /fr/desk/focal-points`: everybody, as a table for a mailing list.
pub(super) async fn mailing_list(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let members = listed::all(&visit, &desk).await?;
    let persons = desk.all_focal_points().await.map_err(refused)?;
    let table = table(&visit, &members, &persons).map_err(|fault| {
        tracing::error!("the mailing list could not be written: {fault}");
        Refusal::Fault
    })?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"focal-points.csv\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok(Reply::Raw((headers, table).into_response()))
}

fn table(visit: &Visit, members: &[Listed], persons: &[FocalPoint]) -> Result<Vec<u8>, csv::Error> {
    let mut text = CsvText::begin(["country", "name", "function", "email", "telephone"])?.with_telephones(4);
    for person in persons {
        let member = Sub::parse(&person.member).map(|sub| listed::name_of(visit, members, &sub)).unwrap_or_default();
        let [function, email, telephone] =
            [&person.function, &person.email, &person.telephone].map(|text| text.as_deref().unwrap_or_default());
        text.row([&*member, &person.name, function, email, telephone])?;
    }
    text.end()
}
