//! The weak ETag of an answer: it names everything that the answer hangs on, so it is known before anything runs.

use async_graphql::Variables;
use aws_lc_rs::digest::{Context, SHA256};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, header};

/// `W/"…"` over the moment (`seed`: database and counter as this audience sees it), the document, its operation, the
/// variables and the languages.
pub fn weak(
    seed: &str,
    query: &str,
    operation_name: Option<&str>,
    variables: &Variables,
    languages: &[String],
) -> Option<HeaderValue> {
    let variables = serde_json::to_vec(variables).ok()?;
    let mut context = Context::new(&SHA256);
    let parts = [seed.as_bytes(), query.as_bytes(), operation_name.unwrap_or_default().as_bytes(), &variables];
    // Each part with its length before it: two requests never run together into the same bytes.
    for part in parts.into_iter().chain(languages.iter().map(String::as_bytes)) {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let hash = URL_SAFE_NO_PAD.encode(context.finish().as_ref());
    HeaderValue::from_str(&format!("W/\"{hash}\"")).ok()
}

/// Whether If-None-Match names this tag (weak comparison, RFC 9110, 8.8.3.2).
pub fn matches(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let tag = tag.as_bytes();
    let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|candidate| {
        let candidate = candidate.trim();
        candidate == "*" || opaque(candidate.as_bytes()) == opaque(tag)
    })
}

fn opaque(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}
