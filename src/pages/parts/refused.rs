//! Pages that say why there is no page: what is so, why, and the ways on.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::{
    super::{
        answer::Reply,
        content::Content,
        visit::{Refusal, Visit},
    },
    entry, terms,
    text::shown,
};
use crate::{
    access::Role,
    config,
    record::{Kind, RecordKey},
};

/// The page for a refusal; who has to sign in is led there and back.
pub(in crate::pages) fn reply(visit: &Visit, refusal: Refusal) -> Reply {
    let (status, title, main) = match refusal {
        Refusal::SignIn if visit.method == axum::http::Method::GET => {
            let back = entry::encoded(&visit.here_in(visit.language));
            return Reply::Go(format!("{}?back={back}", visit.path("/sign-in")), Vec::new());
        }
        Refusal::SignIn => (StatusCode::UNAUTHORIZED, "refused-sign-in", said(visit, "refused-sign-in-why")),
        Refusal::NotFound => (StatusCode::NOT_FOUND, "refused-not-found", said(visit, "refused-not-found-why")),
        Refusal::Elsewhere(path) => return Reply::Moved(path),
        Refusal::Gone(key) => return gone(visit, key).into(),
        Refusal::Withheld(origin) => return withheld(visit, &origin).into(),
        // No administrator here can give it.
        Refusal::Role(Role::Coordinator) if visit.hub.config().instance.role != config::Role::Coordinator => {
            (StatusCode::FORBIDDEN, "refused-role", said(visit, "admin-role-coordinator"))
        }
        Refusal::Role(role) => {
            let role = visit.say(&format!("role-{}", role.as_str()));
            let why = visit.tell("refused-role-why", &[("role", (&role).into())]);
            (StatusCode::FORBIDDEN, "refused-role", html! { p { (why) } })
        }
        Refusal::CrossSite => (StatusCode::FORBIDDEN, "refused-cross-site", said(visit, "refused-cross-site-why")),
        Refusal::Address(refused) => {
            let why = html! { p { (said(visit, "refused-address-why")) } p lang="en" dir="ltr" { code { (shown(&refused.to_string())) } } };
            (StatusCode::BAD_REQUEST, "refused-address", why)
        }
        Refusal::NotReady => return later(visit, "refused-not-ready", 5).into(),
        Refusal::TooMany(seconds) => {
            let mut page = later(visit, "refused-too-many", seconds);
            page.status = StatusCode::TOO_MANY_REQUESTS;
            return page.into();
        }
        Refusal::Busy(seconds) => return later(visit, "refused-busy", seconds).into(),
        Refusal::Method => (StatusCode::METHOD_NOT_ALLOWED, "refused-method", said(visit, "refused-method-why")),
        Refusal::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "refused-too-large", said(visit, "refused-too-large-why")),
        Refusal::Fault => (StatusCode::INTERNAL_SERVER_ERROR, "refused-fault", said(visit, "refused-fault-why")),
    };
    page(visit, status, &visit.say(title), main).into()
}

fn said(visit: &Visit, id: &str) -> Markup {
    html! { p { (visit.say(id)) } }
}

fn page(visit: &Visit, status: StatusCode, title: &str, main: Markup) -> Content {
    let main = html! {
        div.head { h1 { (title) } }
        (main)
        (ways_on(visit))
    };
    Content::new(title, main).status(status).hidden()
}

fn ways_on(visit: &Visit) -> Markup {
    html! {
        p.row {
            a href=(visit.path("/search")) { (visit.say("search-all")) }
            a href=(visit.path("/")) { (visit.say("home")) }
        }
    }
}

fn later(visit: &Visit, title: &'static str, seconds: u64) -> Content {
    let why = visit.tell("refused-again", &[("seconds", seconds.into())]);
    let mut page = page(visit, StatusCode::SERVICE_UNAVAILABLE, &visit.say(title), html! { p { (why) } });
    page.again_after = Some(seconds);
    page
}

/// 410: who withdrew what, and when. Its text is not here any more.
fn gone(visit: &Visit, key: RecordKey) -> Content {
    let Some(withdrawn) = visit.snapshot.withdrawn(key, visit.viewer()) else {
        return page(
            visit,
            StatusCode::NOT_FOUND,
            &visit.say("refused-not-found"),
            said(visit, "refused-not-found-why"),
        );
    };
    let who = named(visit, &withdrawn.origin);
    let day = visit.day_of(withdrawn.withdrawal.withdrawn_at);
    let what = visit.say(&format!("withdrawn-{}", withdrawn.kind.as_str()));
    let list = match withdrawn.kind {
        Kind::Member => "/network".to_owned(),
        kind => format!("/{}", kind.plural()),
    };
    let main = html! {
        p.lead { (visit.tell("refused-gone-who", &[("who", (&who).into()), ("day", day.into())])) }
        p { (visit.say("refused-gone-erased")) }
        p.row {
            a href=(visit.path(&list)) {
                (visit.say(&format!("all-{}", withdrawn.kind.plural())))
            }
        }
    };
    page(visit, StatusCode::GONE, &what, main)
}

/// The record is here and is not shown: why, and until when. Its texts are not told.
fn withheld(visit: &Visit, origin: &str) -> Content {
    let who = named(visit, origin);
    let main = html! {
        p.lead { (visit.tell("refused-withheld-why", &[("who", (&who).into())])) }
        p { (visit.say("refused-withheld-until")) }
        p.row { a href=(visit.path("/network")) { (visit.say("strip-network")) } }
    };
    page(visit, StatusCode::NOT_FOUND, &visit.say("refused-withheld"), main)
}

/// Whose hub it is, as readers know it.
fn named(visit: &Visit, origin: &str) -> String {
    let instance = visit.snapshot.network().instance(origin);
    instance.map_or_else(|| origin.to_owned(), |instance| terms::hub(visit, instance))
}
