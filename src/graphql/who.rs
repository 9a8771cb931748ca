//! Who asks: a bearer token, or the cookie of a session.

use std::sync::Arc;

use axum::http::{HeaderMap, Method, StatusCode, header};

use super::{
    code::Code,
    http::{Asked, Refusal},
};
use crate::{access::Person, hub::Hub};

/// Whoever the request says it is from; nobody where it says nothing.
///
/// # Errors
/// 401 for a token that is not valid: an answer as for anybody would mislead who shows one.
pub(super) async fn asks(hub: &Arc<Hub>, asked: &Asked<'_>) -> Result<Option<Person>, Refusal> {
    let mut given = asked.headers.get_all(header::AUTHORIZATION).iter();
    if let Some(value) = given.next() {
        let token = value.to_str().ok().and_then(bearer).filter(|_| given.next().is_none());
        return match token {
            Some(token) => by_token(hub, token).await.map(Some),
            None => Err(refused("Authorization is not Bearer and one token.".to_owned())),
        };
    }
    // Any page can make a browser send the cookie with GET, or with a form: only what a script of our own sends counts.
    if *asked.method != Method::POST || !from_our_own_pages(asked.headers) {
        return Ok(None);
    }
    by_session(hub, asked.headers).await
}

async fn by_token(_hub: &Arc<Hub>, _token: &str) -> Result<Person, Refusal> {
    Err(refused("This hub knows no such token; send the request without Authorization.".to_owned()))
}

async fn by_session(_hub: &Arc<Hub>, _headers: &HeaderMap) -> Result<Option<Person>, Refusal> {
    Ok(None)
}

/// Browsers say from where a page sends; who says nothing is no browser, and needs no cookie.
fn from_our_own_pages(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

fn refused(message: String) -> Refusal {
    Refusal { status: StatusCode::UNAUTHORIZED, code: Code::Unauthenticated, message, retry_after: None }
}
