//! Writes answers: the status that goes with the form, the headers for caches, and `data` left out where nothing ran.

use std::collections::BTreeMap;

use async_graphql::{Name, PathSegment, ServerError, Value, parser::types::OperationType};
use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::{errors, media::MediaType};
use crate::graphql::{code::Code, guard::GuardError};

/// All that an answer hangs on besides the address.
pub const VARY: HeaderValue =
    HeaderValue::from_static("Accept, Accept-Language, Accept-Encoding, Authorization, Cookie");
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");
const NOT_KEPT: HeaderValue = HeaderValue::from_static("no-store");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
// Most answers fit; a longer one grows by doubling.
const USUAL_ANSWER: usize = 4096;

/// How long an answer may be kept.
#[derive(Clone, Debug)]
pub enum Keeping {
    /// For nobody else and not at all: it is somebody's own, or true for this second only.
    Private,
    /// Kept, but asked for again each time; with a tag for that if it came by GET.
    AskAgain(Option<HeaderValue>),
}

/// A request that is not executed.
#[derive(Debug)]
pub struct Failure {
    json: StatusCode,
    graphql_response: StatusCode,
    refusal: GuardError,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Failure {
    /// The same status in both forms: the HTTP request is wrong, or the hub cannot answer now.
    pub fn both(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        let refusal = GuardError::new(code, message);
        Self { json: status, graphql_response: status, refusal, headers: Vec::new() }
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Whether the document or its variables are wrong, and not the HTTP request.
    pub fn is_of_the_document(&self) -> bool {
        self.json == StatusCode::OK
    }

    /// As errors of an answer over a connection that stays open.
    pub fn into_errors(self) -> Vec<ServerError> {
        let mut list = vec![self.refusal.into()];
        errors::finish(&mut list);
        list
    }

    /// Writes it in the form that the client wants.
    pub fn write(self, media: MediaType) -> Response {
        let status = match media {
            MediaType::Json => self.json,
            MediaType::GraphqlResponse => self.graphql_response,
        };
        let mut list = vec![self.refusal.into()];
        errors::finish(&mut list);
        let mut response = respond(status, media, errors_alone(&list));
        response.headers_mut().insert(header::CACHE_CONTROL, NOT_KEPT);
        response.headers_mut().extend(self.headers);
        response
    }
}

/// A request error: 200 in `application/json`, 400 in the draft's own form.
impl From<GuardError> for Failure {
    fn from(refusal: GuardError) -> Self {
        Self { json: StatusCode::OK, graphql_response: StatusCode::BAD_REQUEST, refusal, headers: Vec::new() }
    }
}

/// What an operation was found to cost, for the answer's `extensions`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Cost {
    /// Of this operation with these variables.
    pub requested: u64,
    /// The most that one may cost.
    pub limit: u64,
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<Extensions<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
}

struct Extensions<'a> {
    cost: Option<Cost>,
    others: &'a BTreeMap<String, Value>,
}

impl<'a> Extensions<'a> {
    fn of(cost: Option<Cost>, others: &'a BTreeMap<String, Value>) -> Option<Self> {
        (cost.is_some() || !others.is_empty()).then_some(Self { cost, others })
    }
}

impl Serialize for Extensions<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.others.len() + usize::from(self.cost.is_some())))?;
        self.cost.iter().try_for_each(|cost| map.serialize_entry("cost", cost))?;
        self.others.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

// The library leaves the key of a failed field out, and gives null for an object whose only fields failed; the
// specification wants null at the field itself. What can fail is nullable in this schema, so nothing has to move up.
fn put_nulls(data: &mut Value, error: &ServerError) {
    let mut place = data;
    for (depth, segment) in error.path.iter().enumerate() {
        let last = depth + 1 == error.path.len();
        if let (PathSegment::Field(_), true, Value::Null) = (segment, last, &*place) {
            *place = Value::Object(Default::default());
        }
        let below = match (segment, place) {
            (PathSegment::Field(key), Value::Object(members)) => Some(members.entry(Name::new(key)).or_default()),
            (PathSegment::Index(index), Value::List(items)) => items.get_mut(*index),
            _ => None,
        };
        match below {
            Some(below) => place = below,
            None => return,
        }
    }
}

/// An answer in full, the same in every form but for its headers.
#[derive(Debug)]
pub struct Whole {
    bytes: Bytes,
    nothing_ran: bool,
    without_errors: bool,
    headers: HeaderMap,
}

impl Whole {
    /// One that was kept.
    pub fn of(bytes: Bytes) -> Self {
        Self { bytes, nothing_ran: false, without_errors: true, headers: HeaderMap::new() }
    }

    /// Writes what the execution gave, with what it cost where that is to be told.
    pub fn write(mut answer: async_graphql::Response, kind: OperationType, cost: Option<Cost>) -> Self {
        let headers = std::mem::take(&mut answer.http_headers);
        let nothing_ran = settle(&mut answer, kind);
        let bytes = to_bytes(&Written {
            data: (!nothing_ran).then_some(&answer.data),
            extensions: Extensions::of(cost, &answer.extensions),
            errors: &answer.errors,
        });
        Self { bytes, nothing_ran, without_errors: answer.errors.is_empty(), headers }
    }

    /// Its bytes, for a connection that stays open.
    pub fn into_payload(self) -> Bytes {
        self.bytes
    }

    /// Its bytes, where another client that asks the same may have them.
    pub fn for_others(&self) -> Option<&Bytes> {
        (self.without_errors && self.headers.is_empty()).then_some(&self.bytes)
    }

    /// The answer in the form that a client wants.
    pub fn respond(self, media: MediaType, keeping: Keeping) -> Response {
        let bad = self.nothing_ran && media == MediaType::GraphqlResponse;
        let status = if bad { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        let mut response = respond(status, media, self.bytes);
        keep(response.headers_mut(), keeping, self.without_errors);
        response.headers_mut().extend(self.headers);
        response
    }
}

/// Errors in an answer without data.
pub fn errors_alone(errors: &[ServerError]) -> Bytes {
    to_bytes(&Written { data: None, extensions: None, errors })
}

/// Puts errors and nulls where the specification wants them. In a query, a value that could not be read is an error of the
/// whole request; in a mutation, something may have been done already, so it stays one of its field. Gives whether nothing
/// ran.
fn settle(answer: &mut async_graphql::Response, kind: OperationType) -> bool {
    if kind == OperationType::Query && errors::keep_input_errors(&mut answer.errors) {
        answer.data = Value::Null;
    }
    // Every field of the roots of mutations and subscriptions is non-null: one that failed takes all data with it.
    let takes_all = match kind {
        OperationType::Query => false,
        OperationType::Mutation => answer.errors.iter().any(|error| error.path.len() == 1),
        OperationType::Subscription => answer.data == Value::Null,
    };
    if takes_all {
        answer.data = Value::Null;
    } else {
        answer.errors.iter().for_each(|error| put_nulls(&mut answer.data, error));
    }
    errors::finish(&mut answer.errors);
    // An error of a field has a path. Without one, nothing ran, and the specification wants no data at all.
    answer.data == Value::Null && !answer.errors.is_empty() && answer.errors.iter().all(|error| error.path.is_empty())
}

/// The client's copy is still right.
pub fn not_modified(tag: HeaderValue) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response.headers_mut().insert(header::VARY, VARY);
    keep(response.headers_mut(), Keeping::AskAgain(Some(tag)), true);
    response
}

fn keep(headers: &mut HeaderMap, keeping: Keeping, without_errors: bool) {
    let value = match keeping {
        Keeping::Private => PRIVATE,
        Keeping::AskAgain(_) if !without_errors => NOT_KEPT,
        Keeping::AskAgain(tag) => {
            if let Some(tag) = tag {
                headers.insert(header::ETAG, tag);
            }
            ASK_AGAIN
        }
    };
    headers.insert(header::CACHE_CONTROL, value);
}

fn respond(status: StatusCode, media: MediaType, bytes: Bytes) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.header());
    headers.insert(header::VARY, VARY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn to_bytes(answer: &impl Serialize) -> Bytes {
    let mut bytes = Vec::with_capacity(USUAL_ANSWER);
    match serde_json::to_writer(&mut bytes, answer) {
        Ok(()) => bytes.into(),
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written");
            let words =
                r#"{"errors":[{"message":"The hub failed to write the answer.","extensions":{"code":"INTERNAL"}}]}"#;
            Bytes::from_static(words.as_bytes())
        }
    }
}
