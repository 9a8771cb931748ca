//! The token that a request brings.

use http::{HeaderMap, header};

/// `Authorization` is given, and is not one bearer token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoBearer;

/// The token of the one `Authorization` header (RFC 6750 §2.1); none where there is no such header.
///
/// # Errors
/// Where the header is there twice, is of another scheme, or empty.
pub fn bearer_token(headers: &HeaderMap) -> Result<Option<&str>, NoBearer> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = given.next() else { return Ok(None) };
    let token = value.to_str().ok().and_then(token).filter(|_| given.next().is_none());
    token.map(Some).ok_or(NoBearer)
}

fn token(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}
