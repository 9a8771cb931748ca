//! Errors as `application/problem+json` (RFC 9457), with the codes of protocol §5.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::store::StoreError;

/// What kind of error: the last part of its `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// 400.
    BadRequest,
    /// 401: no valid client assertion.
    Unauthenticated,
    /// 403: the caller is not an active member.
    NotAMember,
    /// 404: no such journal here.
    UnknownJournal,
    /// 404: no such thing here.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 406: the caller takes no type that this answer can have.
    NotAcceptable,
    /// 408: the request came too slowly.
    TooSlow,
    /// 409: there is a case or a membership already.
    AlreadyApplied,
    /// 413.
    TooLarge,
    /// 429.
    TooManyRequests,
    /// 500: a fault of this program.
    Internal,
    /// 503: the copy here cannot be vouched for.
    NotProved,
    /// 503: too much to do, or the database does not answer.
    Overloaded,
}

impl Code {
    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::BadRequest => (StatusCode::BAD_REQUEST, "bad-request", "Bad request"),
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated", "Not authenticated"),
            Self::NotAMember => (StatusCode::FORBIDDEN, "not-a-member", "Not an active member"),
            Self::UnknownJournal => (StatusCode::NOT_FOUND, "unknown-journal", "Unknown journal"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found", "Not found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed"),
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "not-acceptable", "Not acceptable"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow", "The request came too slowly"),
            Self::AlreadyApplied => (StatusCode::CONFLICT, "already-applied", "Already applied"),
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too-many-requests", "Too many requests"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error"),
            Self::NotProved => (StatusCode::SERVICE_UNAVAILABLE, "not-proved", "Not proved"),
            Self::Overloaded => (StatusCode::SERVICE_UNAVAILABLE, "overloaded", "Overloaded"),
        }
    }
}

/// An error as it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which.
    pub code: Code,
    /// One sentence for people.
    pub detail: Cow<'static, str>,
    /// After how many seconds to ask again: goes with every 503.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// An error without `Retry-After`.
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, detail: detail.into(), retry_after: None }
    }

    /// 400.
    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::BadRequest, detail)
    }

    /// 404.
    pub fn not_found(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::NotFound, detail)
    }

    /// 503: the register, an operator or the next round has to change something first.
    pub fn not_proved(detail: impl Into<Cow<'static, str>>) -> Self {
        Self { retry_after: Some(15 * 60), ..Self::new(Code::NotProved, detail) }
    }

    /// With another pause than 15 minutes: at least a second, at most those.
    #[must_use]
    pub fn again_after(self, pause: std::time::Duration) -> Self {
        let seconds = u32::try_from(pause.as_secs()).unwrap_or(u32::MAX);
        Self { retry_after: Some(seconds.clamp(1, 15 * 60)), ..self }
    }

    /// 503: it will pass.
    pub fn overloaded(detail: impl Into<Cow<'static, str>>) -> Self {
        Self { retry_after: Some(30), ..Self::new(Code::Overloaded, detail) }
    }
}

/// What the database says is for the operator, not for who asked.
impl From<StoreError> for Problem {
    fn from(fault: StoreError) -> Self {
        tracing::error!("a request cannot be answered: {fault}");
        Self::overloaded("the database of this instance does not answer")
    }
}

impl From<sea_orm::DbErr> for Problem {
    fn from(fault: sea_orm::DbErr) -> Self {
        StoreError::from(fault).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, title) = self.code.parts();
        let body = json!({
            "type": format!("urn:nmirf:problem:{code}"),
            "title": title,
            "status": status.as_u16(),
            "detail": self.detail,
        });
        let fixed = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (status, fixed, body.to_string()).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if self.code == Code::Unauthenticated {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// 405; the router adds `Allow`.
pub async fn method_not_allowed() -> Problem {
    Problem::new(Code::MethodNotAllowed, "this path does not take this method: Allow names those that it takes")
}
