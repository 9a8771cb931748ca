//! Signing in with a browser: the form, invitations, signing out; [`provider`] has the ways through providers. A session
//! is a cookie that says nothing. None of these pages is kept by anybody, and no form of another website is taken.

mod page;
mod provider;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    routing::{get, post},
};

use super::super::{
    answer::{Answer, Pages, Reply, working},
    content::Content,
    visit::{Visit, is_path_here},
};
use crate::access::{InvitationError, PasswordError, Role, SignInError, SignedIn};

/// Largest form, in bytes.
const MOST: usize = 8 << 10;

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
        .route("/{language}/sign-in", get(working(form)).post(working(sign_in)))
        .route("/{language}/sign-out", post(working(sign_out)).get(working(to_form)))
        .route("/{language}/sign-in/invitation/{secret}", get(working(invitation)).post(working(accept)))
        .route("/sign-in", get(working(provider::in_language)))
        .route("/sign-in/invitation/{secret}", get(working(provider::in_language)))
        .route("/sign-in/provider/{number}", get(provider::leave))
        .route("/sign-in/callback", get(provider::come_back))
        .layer(DefaultBodyLimit::max(MOST))
}

/// The page that somebody wanted before signing in.
fn wanted(visit: &Visit) -> Option<String> {
    visit.asked("back").filter(|back| is_path_here(back))
}

/// `GET /fr/sign-in`: the form, or who is signed in.
async fn form(visit: Arc<Visit>) -> Answer {
    Ok(match &visit.person {
        Some(person) => page::signed_in(&visit, person, &onward(&visit, wanted(&visit), person.role)).into(),
        None => page::form(&visit, wanted(&visit).as_deref(), None).into(),
    })
}

/// `POST /fr/sign-in`: a name and a password.
async fn sign_in(visit: Arc<Visit>) -> Answer {
    let (name, password) = (visit.field("name"), visit.field("password"));
    let access = visit.hub.access();
    let previous = access.cookie_value(&visit.headers);
    match access.sign_in(&name, &password, previous, visit.from, visit.now).await {
        Ok(signed_in) => Ok(begun(&visit, &signed_in, wanted(&visit))),
        Err(error) => Ok(failed(&visit, &error, "sign-in-refused").into()),
    }
}

/// `POST /fr/sign-out`: ends the session, also where there is none any more.
async fn sign_out(visit: Arc<Visit>) -> Answer {
    let access = visit.hub.access();
    if let Some(cookie) = access.cookie_value(&visit.headers) {
        access.sign_out(cookie, visit.from, visit.now).await?;
    }
    let gone = visit.set_cookie(access.cookie_name(), "", 0);
    Ok(Reply::Go(visit.path("/sign-in"), vec![gone]))
}

/// `GET /fr/sign-out`: nothing is ended by a link.
async fn to_form(visit: Arc<Visit>) -> Answer {
    Ok(Reply::Go(visit.path("/sign-in"), Vec::new()))
}

/// `GET /fr/sign-in/invitation/{secret}`: a password is chosen.
async fn invitation(visit: Arc<Visit>) -> Answer {
    Ok(match visit.hub.access().invitation(visit.param("secret"), visit.now).await? {
        Some(name) => page::invitation(&visit, &name, None).into(),
        None => unknown_invitation(&visit).into(),
    })
}

/// `POST /fr/sign-in/invitation/{secret}`: the password that was chosen.
async fn accept(visit: Arc<Visit>) -> Answer {
    let (access, secret, password) = (visit.hub.access(), visit.param("secret"), visit.field("password"));
    let Some(name) = access.invitation(secret, visit.now).await? else { return Ok(unknown_invitation(&visit).into()) };
    let again = |why| Ok(page::invitation(&visit, &name, Some(why)).status(StatusCode::UNPROCESSABLE_ENTITY).into());
    if password != visit.field("again") {
        return again("invitation-differs");
    }
    let previous = access.cookie_value(&visit.headers);
    match access.accept_invitation(secret, &password, previous, visit.from, visit.now).await {
        Ok(signed_in) => Ok(begun(&visit, &signed_in, None)),
        Err(InvitationError::Password(PasswordError::Short)) => again("invitation-short"),
        Err(InvitationError::Password(PasswordError::Long)) => again("invitation-long"),
        Err(InvitationError::Password(PasswordError::Name)) => again("invitation-name"),
        Err(InvitationError::Unknown) => Ok(unknown_invitation(&visit).into()),
        Err(InvitationError::SignIn(error)) => Ok(failed(&visit, &error, "sign-in-refused").into()),
    }
}

fn unknown_invitation(visit: &Visit) -> Content {
    page::form(visit, None, Some("invitation-unknown")).status(StatusCode::NOT_FOUND)
}

/// The session has begun: its cookie, and on to the page that was wanted, or where work of this role begins.
fn begun(visit: &Visit, signed_in: &SignedIn, wanted: Option<String>) -> Reply {
    let access = visit.hub.access();
    let session = visit.set_cookie(access.cookie_name(), &signed_in.secret, signed_in.lasts.as_secs());
    let departure = visit.set_cookie(access.departure_cookie_name(), "", 0);
    Reply::Go(onward(visit, wanted, signed_in.person.role), vec![session, departure])
}

fn onward(visit: &Visit, wanted: Option<String>, role: Role) -> String {
    wanted.unwrap_or_else(|| visit.path(first_page(role)))
}

/// Where work of a role begins.
fn first_page(role: Role) -> &'static str {
    match role {
        Role::Coordinator => "/desk",
        Role::Administrator => "/admin",
        Role::Editor | Role::Contributor => "/workbench",
        Role::Reader => "/",
    }
}

/// The form again, with the reason. `refused` is what is said of a wrong secret.
fn failed(visit: &Visit, error: &SignInError, refused: &'static str) -> Content {
    let (status, why, again_after) = match error {
        SignInError::Refused => (StatusCode::UNAUTHORIZED, refused, None),
        SignInError::NoRole => (StatusCode::FORBIDDEN, "sign-in-no-role", None),
        SignInError::TooMany => (StatusCode::TOO_MANY_REQUESTS, "sign-in-too-many", Some(300)),
        SignInError::NotOffered => (StatusCode::NOT_FOUND, "sign-in-not-offered", None),
        SignInError::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "sign-in-unavailable", Some(60)),
        SignInError::Store(fault) => {
            tracing::error!("signing in met a fault of the database: {fault}");
            (StatusCode::INTERNAL_SERVER_ERROR, "sign-in-unavailable", None)
        }
    };
    let mut page = page::form(visit, wanted(visit).as_deref(), Some(why)).status(status);
    page.again_after = again_after;
    page
}

/// What a way of signing in that failed beyond its own errors is refused with.
fn cross_site(visit: &Visit) -> Content {
    page::form(visit, None, Some("sign-in-cross-site")).status(StatusCode::FORBIDDEN)
}
