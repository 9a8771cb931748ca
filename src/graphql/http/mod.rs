//! GraphQL over HTTP: the draft of the GraphQL foundation in full, for queries and mutations.
//!
//! POST with a JSON body, GET for queries; the status follows the form of the answer ([`media`]); a weak ETag on GET
//! ([`etag`]). Each request goes: rate ([`rate`]), form, kept answers ([`kept`]), parameters ([`request`]), which document
//! ([`persisted`], [`trusted`]), document ([`super::documents`]), guard ([`super::guard`]), door ([`door`]), execution
//! within [`Settings::timeout`] ([`execute`], [`stop`]), answer ([`answer`]). [`endpoint`] is this way. Subscriptions, and
//! whatever else comes over a connection that stays open, go the same way through rate, guard and door ([`live`]).

mod answer;
mod body;
pub(crate) mod cors;
mod document_id;
pub mod door;
mod encoded;
mod endpoint;
mod errors;
mod etag;
mod execute;
mod kept;
pub mod language;
pub mod live;
pub mod media;
mod persisted;
pub mod rate;
mod request;
mod stop;
mod trusted;

use std::{sync::Arc, time::Duration};

use async_graphql::{ObjectType, SubscriptionType};
use axum::{Router, extract::State, response::Response, routing::any};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use self::media::MediaType;
pub use self::{
    answer::Failure,
    document_id::DocumentId,
    door::{Asked, Door, ExecutionContext, Refusal},
    endpoint::Endpoint,
    errors::MAX_ERRORS,
    rate::Standing,
    request::Parameters,
    stop::{Stop, StopOnDrop, Stopped},
    trusted::{Trusted, TrustedError},
};
use crate::{config::Rate, graphql::code::Code};

/// What an operator sets of the transport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Longest time for one request; reading the body has as much again.
    pub timeout: Duration,
    /// Most bytes of a body, and of an address with its query.
    pub max_body: usize,
    /// Pages of these origins may read answers, without credentials; `*` stands for all, none for no other.
    pub cors_origins: Vec<String>,
    /// Bytes of finished answers that are kept; 0: none.
    pub answer_cache: u64,
    /// Operations of one client; none: as many as it likes.
    pub rate: Option<Rate>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            max_body: 64 << 10,
            cors_origins: vec!["*".into()],
            answer_cache: 0,
            rate: None,
        }
    }
}

/// Serves an endpoint at `/graphql`.
pub fn router<Q, M, S, D>(endpoint: Endpoint<Q, M, S, D>) -> Router
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    let cors = cors::layer(&endpoint.settings.cors_origins);
    let router = Router::new()
        .route("/graphql", any(handle::<Q, M, S, D>))
        .route("/graphql/ws", any(live::upgrade::<Q, M, S, D>))
        .with_state(Arc::new(endpoint));
    match cors {
        Some(cors) => router.layer(cors),
        None => router,
    }
}

async fn handle<Q, M, S, D>(
    State(endpoint): State<Arc<Endpoint<Q, M, S, D>>>,
    request: axum::extract::Request,
) -> Response
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    let (parts, body) = request.into_parts();
    let form = form(&parts.method, &parts.headers);
    let media = form.as_ref().copied().unwrap_or(MediaType::Json);
    // First of all: a flood is to cost nothing.
    let standing = match endpoint.admit(&parts).await {
        Ok(standing) => standing,
        Err(failure) => return failure.write(media),
    };
    let mut response = if live::may_stream(&parts.method) && media::wants_events(&parts.headers) {
        // In a box: it would make the future of every answer as large as its own.
        Box::pin(live::answer(endpoint, parts, body)).await
    } else {
        let answered = match form {
            Ok(media) => endpoint.answer(media, &parts, body).await,
            Err(failure) => Err(failure),
        };
        answered.unwrap_or_else(|failure| failure.write(media))
    };
    if let Some(standing) = standing {
        standing.write(response.headers_mut());
    }
    response
}

fn form(method: &Method, headers: &HeaderMap) -> Result<MediaType, Failure> {
    if !matches!(*method, Method::GET | Method::HEAD | Method::POST) {
        let message = "Only GET (for queries) and POST are answered here.";
        let failure = Failure::both(StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed, message);
        return Err(failure.with(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST, OPTIONS")));
    }
    media::negotiate(headers).ok_or_else(|| {
        let message = "No form in Accept can be given; accept application/graphql-response+json or application/json.";
        Failure::both(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, message)
    })
}

#[cfg(test)]
mod tests;
