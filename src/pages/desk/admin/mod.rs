//! The administration of an instance: itself, the other hubs, users, tokens, the audit log.

mod audit;
mod audit_file;
mod hub;
mod hubs;
mod own;
mod pin;
mod tokens;
mod users;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use maud::{Markup, html};

use super::{
    super::{
        answer::{Answer, Pages, Reply, working},
        content::{Content, Section},
        visit::{Refusal, Visit},
    },
    form::{self, Wrong},
};
use crate::{access::Role, audit::note_alone};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
        .route("/{language}/admin", get(working(page)))
        .route("/{language}/admin/sync", post(working(sync_all)))
        .route("/{language}/admin/hubs", post(working(pin::add)))
        .route("/{language}/admin/apply", post(working(own::apply)))
        .route("/{language}/admin/hub", get(working(hub::page)).post(working(hub::act)))
        .route("/{language}/admin/users", get(working(users::page)).post(working(users::act)))
        .route("/{language}/admin/tokens", get(working(tokens::page)).post(working(tokens::act)))
        .route("/{language}/admin/audit", get(working(audit::page)))
        .route("/{language}/admin/audit/file", get(working(audit_file::file)))
}

/// A page of the administration.
fn titled(visit: &Visit, title: &str, main: Markup) -> Content {
    let content = Content::new(title, main).within(Section::Administration).hidden();
    content.under("/admin", visit.say("administration"))
}

/// `GET /fr/admin`.
async fn page(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Administrator)?;
    Ok(overview(&visit, None).await?.into())
}

/// The page; again with what was wrong with one of its forms.
async fn overview(visit: &Visit, wrong: Option<&Wrong>) -> Result<Content, Refusal> {
    let title = visit.say("administration");
    let main = html! {
        div.head { h1 { (title) } (places(visit)) }
        (form::alert(visit, wrong))
        (form::done(visit, done))
        (own::section(visit, wrong).await?)
        (hubs::section(visit, wrong))
    };
    let content = Content::new(title, main).within(Section::Administration).hidden();
    Ok(form::with_status(content, wrong))
}

fn places(visit: &Visit) -> Markup {
    html! {
        ul.row.plain {
            li { a href=(visit.path("/admin/users")) { (visit.say("admin-users")) } }
            li { a href=(visit.path("/admin/tokens")) { (visit.say("admin-tokens")) } }
            li { a href=(visit.path("/admin/audit")) { (visit.say("admin-audit")) } }
        }
    }
}

fn done(visit: &Visit, done: &str) -> Option<String> {
    Some(match done {
        "asked" => visit.say("admin-done-sync-all"),
        "applied" => visit.say("admin-done-applied"),
        "unpinned" => visit.say("admin-done-unpinned"),
        _ => return None,
    })
}

/// `POST /fr/admin/sync`: every hub is asked now.
async fn sync_all(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Administrator)?;
    note_alone(visit.hub.store(), &actor, visit.now, "peer.sync", None).await?;
    let trust = visit.hub.trust();
    trust.peers().into_iter().for_each(|peer| visit.hub.want(peer));
    Ok(Reply::Go(format!("{}?done=asked", visit.path("/admin")), Vec::new()))
}
