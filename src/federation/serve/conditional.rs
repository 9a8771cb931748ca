//! ETags and `If-None-Match` (RFC 9110). All ETags here are weak: one stands for an answer in every encoding.

use axum::{
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::journal::encoding::{base64url, sha256};

/// The ETag of these bytes.
pub(crate) fn etag_of(bytes: &[u8]) -> String {
    format!("W/\"{}\"", base64url(&sha256(bytes)))
}

/// Whether the caller holds what has this ETag: `If-None-Match` is `*` or lists it.
pub(crate) fn is_held(headers: &HeaderMap, etag: &str) -> bool {
    let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
    let wanted = opaque(etag);
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || opaque(tag) == wanted)
}

/// 304 without a body.
pub(crate) fn not_modified(etag: &str) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, etag.to_owned())]).into_response()
}

/// The headers of an answer with an ETag.
pub(super) fn headers(content_type: &'static str, etag: String) -> [(HeaderName, String); 2] {
    [(header::CONTENT_TYPE, content_type.to_owned()), (header::ETAG, etag)]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_list_a_star_and_a_strong_form_match() {
        let held = |value: &str| {
            is_held(&HeaderMap::from_iter([(header::IF_NONE_MATCH, value.parse().unwrap())]), "W/\"abc\"")
        };
        for good in ["W/\"abc\"", "\"abc\"", "*", "W/\"x\", W/\"abc\"", "\"x\",\"abc\""] {
            assert!(held(good), "{good}");
        }
        for other in ["W/\"x\"", "abc", "", "W/\"ab\""] {
            assert!(!held(other), "{other}");
        }
    }
}
