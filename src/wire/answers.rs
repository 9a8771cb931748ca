//! The JSON answers of protocol §5 as types. Only their form is judged here; signatures, order and trust are judged by
//! who asked.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::fault::Fault;
use super::ndjson::LONGEST_REVISION;
use super::shape;
use crate::record::Audience;

/// Most journals that an instance lists: two of each member of a network of 2,500.
const MOST_JOURNALS: usize = 5_000;

/// An answer to a request with `If-None-Match`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conditional<T> {
    /// 304: what the caller holds is what the server has.
    NotModified,
    /// 200, with the ETag to ask with next time.
    New {
        /// What came.
        value: T,
        /// As it stands in the header; none if there is none of sensible form.
        etag: Option<String>,
    },
}

/// Answer of `state`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateAnswer {
    /// 304: the checkpoint held is the server's.
    NotModified,
    /// The checkpoint and the entries since the `seq` asked for.
    State {
        /// Compact JWS, unverified.
        checkpoint: String,
        /// Decoded; whether they are 64 bytes each and ascending is judged by the caller.
        entries: Vec<u8>,
    },
}

/// One row of `journals`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// entityId of the journal's origin.
    pub origin: String,
    /// Which of the two journals.
    pub audience: Audience,
    /// Compact JWS, unverified.
    pub checkpoint: String,
    /// When the server last knew it to be the origin's latest.
    pub confirmed_at: Option<Timestamp>,
}

/// The last line of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchEnd {
    /// Some of those asked for were left off: ask again for them.
    pub more: bool,
    /// Without `more`: all that was asked for and not sent, ascending. Empty with `more`.
    pub missing: Vec<[u8; 32]>,
}

/// How an application stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Number of the case.
    pub number: u64,
    /// `applied`, `under-review`, `admitted`, `rejected`, or a word of a later version.
    pub status: String,
    /// What the coordinator's staff wrote; unchecked text.
    pub message: Option<String>,
}

/// `state`: `{"checkpoint":"…","entries":"base64url"}`.
pub(super) fn state(body: Vec<u8>) -> Result<StateAnswer, Fault> {
    let mut members = object(&body)?;
    drop(body);
    let checkpoint = jws(members.remove("checkpoint")).ok_or(Fault::Malformed("a state has no checkpoint"))?;
    let Some(Value::String(text)) = members.remove("entries") else {
        return Err(Fault::Malformed("a state has no entries"));
    };
    let entries =
        URL_SAFE_NO_PAD.decode(text).map_err(|_| Fault::Malformed("the entries of a state are no exact base64url"))?;
    Ok(StateAnswer::State { checkpoint, entries })
}

/// `journals`: `[{origin, audience, checkpoint, confirmedAt}]`.
pub(super) fn journals(body: &[u8]) -> Result<Vec<Listed>, Fault> {
    let malformed = Fault::Malformed("the list of journals has a wrong form");
    let Value::Array(rows) = shape::parse(body)? else { return Err(malformed) };
    if rows.len() > MOST_JOURNALS {
        return Err(Fault::Malformed("the list of journals is too long"));
    }
    rows.into_iter().map(|row| listed(row).ok_or(malformed.clone())).collect()
}

fn listed(row: Value) -> Option<Listed> {
    let Value::Object(mut members) = row else { return None };
    let origin = match members.remove("origin")? {
        Value::String(origin) if (1..=crate::record::LONGEST_ENTITY_ID).contains(&origin.len()) => origin,
        _ => return None,
    };
    let confirmed_at = match members.remove("confirmedAt") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.parse::<Timestamp>().ok()?),
        Some(_) => return None,
    };
    let audience = Audience::parse(members.get("audience")?.as_str()?)?;
    Some(Listed { origin, audience, checkpoint: jws(members.remove("checkpoint"))?, confirmed_at })
}

/// `anchor`: `{"links":["…"]}`, oldest first.
pub(super) fn anchor(body: &[u8]) -> Result<Vec<String>, Fault> {
    let malformed = Fault::Malformed("the anchor has a wrong form");
    let Some(Value::Array(links)) = object(body)?.remove("links") else { return Err(malformed) };
    links.into_iter().map(|link| jws(Some(link)).ok_or(malformed.clone())).collect()
}

/// The entity configuration: a compact JWS as it stands.
pub(super) fn entity_configuration(body: Vec<u8>) -> Result<String, Fault> {
    let text = String::from_utf8(body).ok().filter(|text| text.is_ascii());
    jws(text.map(Value::String)).ok_or(Fault::Malformed("the entity configuration is no signed statement"))
}

/// Number of the case that an application opened.
pub(super) fn application_number(body: &[u8]) -> Result<u64, Fault> {
    let number = object(body)?.remove("number").and_then(|number| number.as_u64());
    number.ok_or(Fault::Malformed("the receipt of an application has no number"))
}

/// `applications`: `{number, status, message}`.
pub(super) fn application(body: &[u8]) -> Result<Application, Fault> {
    let malformed = Fault::Malformed("the answer about an application has a wrong form");
    let mut members = object(body)?;
    let number = members.get("number").and_then(Value::as_u64).ok_or(malformed.clone())?;
    let message = match members.remove("message") {
        None | Some(Value::Null) => None,
        Some(Value::String(message)) => Some(message),
        Some(_) => return Err(malformed),
    };
    let Some(Value::String(status)) = members.remove("status") else { return Err(malformed) };
    Ok(Application { number, status, message })
}

/// base64url of exactly 32 bytes, in its only spelling.
pub(super) fn digest_of_text(text: &str) -> Option<[u8; 32]> {
    // 43 characters carry 32 bytes; longer texts need not be decoded.
    if text.len() != 43 {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

/// The text of a digest as protocol §5 wants it.
pub(super) fn text_of_digest(digest: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(digest)
}

fn object(body: &[u8]) -> Result<Map<String, Value>, Fault> {
    match shape::parse(body)? {
        Value::Object(members) => Ok(members),
        _ => Err(Fault::Malformed("it is no JSON object")),
    }
}

fn jws(value: Option<Value>) -> Option<String> {
    match value {
        Some(Value::String(text)) if (1..=LONGEST_REVISION).contains(&text.len()) => Some(text),
        _ => None,
    }
}
