//! Withdrawing a published record: what takes its place, then one confirmation that says it is final.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        answer::{Answer, Reply},
        parts::{entry, text::attribute},
        visit::{Refusal, Visit},
    },
    at::{At, page},
    lookup,
    sent::id_of,
};
use crate::{
    access::Role,
    catalog::{Published, Viewer},
    editorial::{Check, DeskError},
    record::RecordKey,
};

/// The title of a record that is shown here, as a link to its page; its id otherwise.
pub(super) fn shown_here(visit: &Visit, key: RecordKey) -> Markup {
    match visit.snapshot.record(key, Viewer::NETWORK) {
        Some(record) => html! { a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) } },
        None => html! { code { (key) } },
    }
}

/// `GET /workbench/records/{id}/withdraw`: first the question what takes its place, then the confirmation.
pub(super) async fn ask(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Editor)?;
    let record = match at.own().await? {
        Ok(record) => record,
        Err(page) => return Ok(page.into()),
    };
    let key = at.desk.key(record.sub());
    let present = visit.snapshot.record(key, Viewer::NETWORK).ok_or(Refusal::Gone(key))?;
    let successor = visit.asked("successor").map(|text| id_of(&text)).filter(|id| !id.is_empty());
    let named = successor.as_deref().map(|id| successor_of(&visit, present, id));
    let main = html! {
        div.head { h1 { (visit.say("work-withdraw-title")) } p { (entry::title(&visit, present)) } }
        @match (visit.asked("step").as_deref(), named) {
            (Some("confirm"), None) => (confirm(&visit, present, None)),
            (Some("confirm"), Some(Some(successor))) => (confirm(&visit, present, Some(&successor))),
            (Some(_), Some(None)) => (question(&visit, present, Some(&no_successor(&visit))).await),
            _ => (question(&visit, present, None).await),
        }
    };
    let content = page(&visit, visit.say("work-withdraw-title"), main);
    Ok(content.under("/workbench/records", visit.say("work-records")).into())
}

fn no_successor(visit: &Visit) -> String {
    Check::no_successor("successor").message(visit.language)
}

/// What may take its place: another record that its readers see.
fn successor_of(visit: &Visit, present: &Published, id: &str) -> Option<Arc<Published>> {
    let key = RecordKey::parse(id).filter(|key| *key != present.key)?;
    visit.hub.successor(id, present.audience)?;
    visit.snapshot.record(key, Viewer { audience: present.audience }).cloned()
}

async fn question(visit: &Arc<Visit>, present: &Published, told: Option<&str>) -> Markup {
    let words = visit.asked("words").filter(|words| !words.trim().is_empty());
    let found = match words.clone() {
        Some(words) => {
            let (visit, kind) = (visit.clone(), present.kind);
            tokio::task::spawn_blocking(move || lookup::find(&visit, kind, &words)).await.unwrap_or_default()
        }
        None => None,
    };
    html! {
        p.text { (visit.say("work-withdraw-effect")) }
        form {
            h2 { (visit.say("work-successor-title")) }
            p.text { (visit.say("work-successor-lead")) }
            @if let Some(told) = told { p.note.bad #successor-told { (told) } }
            label.tick {
                input type="radio" name="successor" value="" checked;
                span { (visit.say("work-successor-none")) }
            }
            @for record in found.iter().flatten().filter(|record| record.key != present.key) {
                label.tick {
                    input type="radio" name="successor" value=(record.key);
                    span { (entry::title(visit, record)) " " span.quiet { (super::records::who(visit, record)) } }
                }
            }
            p.row { button.btn name="step" value="confirm" { (visit.say("work-continue")) } }
            @if words.is_some() && found.as_ref().is_none_or(Vec::is_empty) { p.note { (visit.say("work-look-nothing")) } }
            label.label for="words" { (visit.say("work-successor-look")) }
            div.row {
                input #words name="words" type="text" size="28" maxlength="400" value=(attribute(&words.unwrap_or_default()));
                button.btn.line name="step" value="look" { (visit.say("work-look")) }
            }
        }
    }
}

fn confirm(visit: &Visit, present: &Published, successor: Option<&Published>) -> Markup {
    let path = format!("/workbench/records/{}/withdraw", present.key);
    html! {
        div.note.bad {
            p { b { (visit.say("work-withdraw-final")) } }
            p { (visit.say("work-withdraw-effect")) }
            p {
                @match successor {
                    Some(successor) => {
                        (visit.tell("work-successor-is", &[("title", entry::title(visit, successor).into())]))
                    }
                    None => (visit.say("work-successor-none")),
                }
            }
        }
        form method="post" action=(visit.path(&path)) {
            input type="hidden" name="revision" value=(present.revision.number);
            @if let Some(successor) = successor { input type="hidden" name="successor" value=(successor.key); }
            p.row {
                button.btn { (visit.say("work-withdraw-now")) }
                a href=(visit.path("/workbench/records")) { (visit.say("work-keep-record")) }
            }
        }
    }
}

/// `POST /workbench/records/{id}/withdraw`.
pub(super) async fn withdraw(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Editor)?;
    let record = match at.own().await? {
        Ok(record) => record,
        Err(page) => return Ok(page.into()),
    };
    let key = at.desk.key(record.sub());
    let back = format!("/workbench/records/{key}/withdraw");
    let present = visit.snapshot.record(key, Viewer::NETWORK).ok_or(Refusal::Gone(key))?;
    let asked = Some(visit.field("successor")).filter(|id| !id.is_empty());
    let successor = match asked.map(|id| (successor_of(&visit, present, &id), id)) {
        None => None,
        Some((Some(_), id)) => visit.hub.successor(&id, present.audience),
        Some((None, _)) => {
            return at.refused(DeskError::Refused(vec![Check::no_successor("successor")]), &back);
        }
    };
    match at.desk.withdraw(&record, super::at::expected(&visit), successor).await {
        Ok(()) => {
            visit.after_change().await;
            Ok(Reply::Go(visit.path(&format!("/workbench?done=withdrawn&record={key}")), Vec::new()))
        }
        Err(fault) => at.refused(fault, &back),
    }
}
