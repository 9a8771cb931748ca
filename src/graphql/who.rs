//! Who asks: a bearer token, or the cookie of a session.

use std::sync::Arc;

use axum::http::{HeaderMap, Method, StatusCode, header};

use super::{
    code::Code,
    http::{Asked, Refusal},
};
use crate::{
    access::{Person, Refused, bearer_token},
    hub::Hub,
};

/// With what a request shows whom it is from. Never logged, so it has no `Debug`.
#[derive(Clone)]
pub(super) enum Credentials {
    /// With nothing.
    None,
    /// A bearer token.
    Token(String),
    /// What the cookie of a session holds.
    Session(String),
}

impl Credentials {
    /// What a request brings.
    ///
    /// # Errors
    /// 401 where it is no bearer token.
    pub(super) fn of(hub: &Arc<Hub>, asked: &Asked<'_>) -> Result<Self, Refusal> {
        let no_bearer = |_| refused("Send one header Authorization: Bearer and the token.".to_owned());
        if let Some(token) = bearer_token(asked.headers).map_err(no_bearer)? {
            return Ok(Self::Token(token.to_owned()));
        }
        // Any page can make a browser send the cookie with GET, or with a form: only what a script of our own sends
        // counts.
        if *asked.method != Method::POST || !hub.access().is_from_here(asked.headers) {
            return Ok(Self::None);
        }
        let cookie = hub.access().cookie_value(asked.headers);
        Ok(cookie.map_or(Self::None, |cookie| Self::Session(cookie.to_owned())))
    }
}

/// Whoever shows these; nobody where nothing is shown.
///
/// # Errors
/// 401 for a token that is not valid: an answer as for anybody would mislead who shows one.
pub(super) async fn shows(hub: &Arc<Hub>, credentials: &Credentials) -> Result<Option<Person>, Refusal> {
    match credentials {
        Credentials::None => Ok(None),
        Credentials::Token(token) => by_token(hub, token).await.map(Some),
        Credentials::Session(cookie) => by_session(hub, cookie).await,
    }
}

/// Whether a request says who it is from, rightly or not; nobody looks it up here.
pub(super) fn is_said(hub: &Hub, method: &Method, headers: &HeaderMap) -> bool {
    headers.contains_key(header::AUTHORIZATION)
        || (*method == Method::POST && hub.access().cookie_value(headers).is_some())
}

async fn by_token(hub: &Arc<Hub>, token: &str) -> Result<Person, Refusal> {
    hub.bearer(token).await.map_err(|fault| match fault {
        Refused::Unavailable => unavailable(fault.to_string()),
        Refused::Token | Refused::NoRole => refused(fault.to_string()),
    })
}

/// A session that has ended is nobody's: its owner signs in again.
async fn by_session(hub: &Arc<Hub>, cookie: &str) -> Result<Option<Person>, Refusal> {
    hub.access().session(cookie, hub.now()).await.map_err(|fault| {
        tracing::error!("a session cannot be looked up: {fault}");
        unavailable("Who is signed in cannot be looked up now; try again in a minute.".to_owned())
    })
}

/// 401.
pub(super) fn refused(message: String) -> Refusal {
    Refusal { status: StatusCode::UNAUTHORIZED, code: Code::Unauthenticated, message, retry_after: None }
}

fn unavailable(message: String) -> Refusal {
    Refusal { status: StatusCode::SERVICE_UNAVAILABLE, code: Code::Internal, message, retry_after: Some(60) }
}
