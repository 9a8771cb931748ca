//! What the coordinator compiled about this State: taken over as a draft of its own, or left as it is.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        answer::{Answer, Reply},
        parts::entry,
        visit::{Refusal, Visit},
    },
    at::{At, kind_name, page, path_of},
    notices,
};
use crate::{access::Role, catalog::Published};

/// `GET /workbench/take-over`.
pub(super) async fn list(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let open = visit.hub.records_to_take_over().await?;
    let main = html! {
        div.head { h1 { (visit.say("work-take-over")) } p { (visit.say("work-take-over-lead")) } }
        (notices::done(&visit))
        @if open.is_empty() { p { (visit.say("work-take-over-none")) } }
        @else {
            h2.vh { (visit.say("work-take-over")) }
            ul.entries { @for record in &open { (row(&at, record)) } }
        }
        p { a href=(visit.path("/workbench")) { (visit.say("work-to-workbench")) } }
    };
    Ok(page(&visit, visit.say("work-take-over"), main).into())
}

fn row(at: &At<'_>, record: &Published) -> Markup {
    let visit = at.visit;
    let hidden = || html! { span.vh { (visit.say("colon")) (entry::title(visit, record)) } };
    html! {
        li.entry {
            div.who { b { (kind_name(visit, record.kind)) } }
            div {
                h3 { a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) } }
                form.row method="post" action=(visit.path(&format!("/workbench/take-over/{}", record.key))) {
                    button.btn.line name="do" value="take" { (visit.say("work-take")) (hidden()) }
                    @if at.is_editor() {
                        button.btn.line name="do" value="leave" { (visit.say("work-leave")) (hidden()) }
                    }
                }
            }
        }
    }
}

/// `POST /workbench/take-over/{id}`.
pub(super) async fn decide(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let compiled = visit.hub.compiled(visit.param("id")).await?.ok_or(Refusal::NotFound)?;
    if visit.field("do") == "leave" {
        return match at.desk.leave(&compiled).await {
            Ok(()) => Ok(Reply::Go(visit.path("/workbench/take-over?done=left"), Vec::new())),
            Err(fault) => at.refused(fault, "/workbench/take-over"),
        };
    }
    match at.desk.take_over(&compiled).await {
        Ok(draft) => Ok(Reply::Go(visit.path(&format!("{}?done=taken", path_of(&draft))), Vec::new())),
        Err(fault) => at.refused(fault, "/workbench/take-over"),
    }
}
