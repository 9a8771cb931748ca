//! The weak ETag of an answer: it names everything that the answer hangs on, so it is known before anything runs.

use async_graphql::Variables;
use aws_lc_rs::digest::{Context, SHA256};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, header};

/// A SHA-256.
pub type Digest = [u8; 32];

/// The digest of parts, each with its length before it: two lists never run together into the same bytes.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Digest {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut digest = Digest::default();
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

/// What is asked: the document, its operation, the variables and the languages.
pub fn question(
    text: &str,
    operation_name: Option<&str>,
    variables: &Variables,
    languages: &[String],
) -> Option<Digest> {
    let variables = serde_json::to_vec(variables).ok()?;
    let parts = [text.as_bytes(), operation_name.unwrap_or_default().as_bytes(), &variables];
    Some(digest(parts.into_iter().chain(languages.iter().map(String::as_bytes))))
}

/// `W/"…"` over the moment (`seed`: database and counter as this audience sees it) and what is asked.
pub fn weak(seed: &str, question: &Digest) -> Option<HeaderValue> {
    let hash = URL_SAFE_NO_PAD.encode(digest([seed.as_bytes(), question]));
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
