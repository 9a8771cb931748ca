//! GraphQL over HTTP: the draft of the GraphQL foundation in full, for queries and mutations.
//!
//! POST with a JSON body, GET for queries; the status follows the form of the answer ([`media`]); a weak ETag on GET
//! ([`etag`]). Each request goes: form, parameters ([`request`]), document ([`super::documents`]), guard
//! ([`super::guard`]), door ([`door`]), execution within [`Settings::timeout`], answer ([`answer`]). Persisted and trusted
//! documents have their place between parameters and document. Subscriptions, and whatever else comes over a connection
//! that stays open, go the same way through guard and door ([`live`]).

mod answer;
mod body;
pub mod door;
mod errors;
mod etag;
pub mod language;
pub mod live;
pub mod media;
mod request;

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use async_graphql::{ObjectType, Schema, SubscriptionType, parser::types::OperationType};
use axum::{Router, extract::State, response::Response, routing::any};
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts};
use tokio::sync::Semaphore;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

pub use self::{
    answer::Failure,
    door::{Asked, Door, ExecutionContext, Refusal},
    errors::MAX_ERRORS,
    request::Parameters,
};
use self::{answer::Keeping, body::BodyError, media::MediaType};
use crate::graphql::{
    code::Code,
    documents::Documents,
    guard::{Document, Guard, GuardError, Operation},
};
use crate::hub::Streams;

/// From this cost on an answer is made beside the async threads; the least that a walk over records costs.
const MUCH: u64 = 500;

/// What an operator sets of the transport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Longest time for one request; reading the body has as much again.
    pub timeout: Duration,
    /// Most bytes of a body, and of an address with its query.
    pub max_body: usize,
    /// Pages of these origins may read answers, without credentials; `*` stands for all, none for no other.
    pub cors_origins: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), max_body: 64 << 10, cors_origins: vec!["*".into()] }
    }
}

/// A request whose document may run with its variables.
struct Judged {
    parameters: Parameters,
    document: Arc<Document>,
    cost: u64,
}

impl Judged {
    fn operation(&self) -> Result<&Operation, GuardError> {
        self.document.operation(self.parameters.operation_name.as_deref())
    }
}

/// A schema with all that stands before it.
pub struct Endpoint<Q, M, S, D> {
    schema: Schema<Q, M, S>,
    trusting: Option<Schema<Q, M, S>>,
    guard: Guard,
    documents: Documents,
    door: D,
    settings: Settings,
    turns: Arc<Semaphore>,
    live: live::Live,
}

impl<Q, M, S, D> Endpoint<Q, M, S, D>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    /// An endpoint that keeps its parsed documents in the usual bounds.
    pub fn new(schema: Schema<Q, M, S>, guard: Guard, door: D, settings: Settings) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let turns = Arc::new(Semaphore::new(cores));
        let live = live::Live::default();
        Self { schema, trusting: None, guard, documents: Documents::default(), door, settings, turns, live }
    }

    /// With streams that somebody else counts and ends, on these terms.
    #[must_use]
    pub fn with_streams(mut self, streams: Arc<Streams>, terms: live::Terms) -> Self {
        self.live = live::Live { streams, terms };
        self
    }

    /// With the same schema in [`async_graphql::ValidationMode::Fast`], for documents that were found valid before and
    /// declare no variables: nothing else of a request can make them invalid, and validating is half of a small query.
    #[must_use]
    pub fn with_trusting(mut self, schema: Schema<Q, M, S>) -> Self {
        self.trusting = Some(schema);
        self
    }

    async fn answer(&self, media: MediaType, parts: &Parts, body: axum::body::Body) -> Result<Response, Failure> {
        let parameters = self.parameters(parts, body).await?;
        let judged = self.judge(parameters)?;
        let kind = fits_method(&parts.method, judged.operation()?)?;
        let work = AssertUnwindSafe(self.run(media, parts, judged)).catch_unwind();
        match tokio::time::timeout(self.settings.timeout, work).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => {
                let message = "The hub failed to answer; the operator finds the reason in the log.";
                Err(Failure::both(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, message))
            }
            Err(_) if kind == OperationType::Mutation => Err(perhaps_done()),
            Err(_) => Err(too_late()),
        }
    }

    /// The document of a request, parsed and judged: the same for every transport.
    fn judge(&self, parameters: Parameters) -> Result<Judged, Failure> {
        let document = self.documents.get(&parameters.query, &self.guard)?;
        let operation = document.operation(parameters.operation_name.as_deref())?;
        let cost = self.guard.judge_request(&document, operation, &parameters.variables)?;
        Ok(Judged { parameters, document, cost })
    }

    /// Opens the door for a judged request: who asks, and of which moment the answer is.
    async fn open(&self, parts: &Parts, judged: &Judged) -> Result<ExecutionContext, Failure> {
        let languages = language::accept_languages(&parts.headers);
        let operation = judged.operation()?;
        let asked = Asked {
            method: &parts.method,
            headers: &parts.headers,
            extensions: &parts.extensions,
            languages: &languages,
            operation,
            variables: operation.variables(&judged.parameters.variables),
        };
        Ok(self.door.open(asked).await?)
    }

    async fn run(&self, media: MediaType, parts: &Parts, judged: Judged) -> Result<Response, Failure> {
        let context = self.open(parts, &judged).await?;
        let operation = judged.operation()?;
        let keeping = keeping(&parts.method, operation, &context, &judged.parameters);
        if let Keeping::AskAgain(Some(tag)) = &keeping
            && etag::matches(&parts.headers, tag)
        {
            return Ok(answer::not_modified(tag.clone()));
        }
        let kind = operation.kind;
        let Judged { parameters, document, cost } = judged;
        let mut request = async_graphql::Request::new(String::new());
        request.operation_name = parameters.operation_name;
        request.variables = parameters.variables;
        request.data = context.data;
        request.set_parsed_query(document.parsed.clone());
        let mut response = self.execute(request, cost, &document, kind == OperationType::Mutation).await;
        if response.errors.is_empty() {
            document.note_valid();
        }
        response.extensions.extend(context.extensions);
        Ok(answer::write(response, kind, media, keeping))
    }

    /// What costs much is made beside the async threads: hardly anything in it waits, so it would keep one of them from
    /// everything else, and no timeout could end it.
    async fn execute(
        &self,
        request: async_graphql::Request,
        cost: u64,
        document: &Document,
        is_mutation: bool,
    ) -> async_graphql::Response {
        let trusting = self.trusting.as_ref().filter(|_| document.is_known_valid());
        let schema = trusting.unwrap_or(&self.schema);
        if cost < MUCH && !is_mutation {
            return schema.execute(request).await;
        }
        let schema = schema.clone();
        let work = match is_mutation {
            // Neither a client that goes away nor the end of its time stops a change halfway.
            true => tokio::spawn(async move { schema.execute(request).await }),
            false => {
                let turn = self.turns.clone().acquire_owned().await;
                let runtime = tokio::runtime::Handle::current();
                tokio::task::spawn_blocking(move || {
                    let _turn = turn;
                    runtime.block_on(schema.execute(request))
                })
            }
        };
        match work.await.map_err(tokio::task::JoinError::try_into_panic) {
            Ok(response) => response,
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            Err(Err(_)) => {
                let stopping = async_graphql::ServerError::new("The hub is stopping; ask again in a moment.", None);
                async_graphql::Response::from_errors(vec![stopping])
            }
        }
    }

    async fn parameters(&self, parts: &Parts, body: axum::body::Body) -> Result<Parameters, Failure> {
        let limit = self.door.max_body(&parts.headers).unwrap_or(self.settings.max_body);
        if parts.method != Method::POST {
            return in_address(&parts.uri, limit);
        }
        if !media::is_json(&parts.headers) || parts.headers.contains_key(header::CONTENT_ENCODING) {
            let message =
                "The body is not read in this form; send application/json in UTF-8, without Content-Encoding.";
            return Err(Failure::both(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadUserInput, message));
        }
        match tokio::time::timeout(self.settings.timeout, body::read(body, limit)).await {
            Ok(Ok(bytes)) => Parameters::from_body(&bytes),
            Ok(Err(BodyError::TooLarge)) => Err(too_large(limit)),
            Ok(Err(BodyError::Broken)) => {
                let message = "The body broke off; send the request again.";
                Err(Failure::both(StatusCode::BAD_REQUEST, Code::BadUserInput, message))
            }
            Err(_) => Err(too_late()),
        }
    }
}

fn in_address(address: &Uri, limit: usize) -> Result<Parameters, Failure> {
    if address.query().map_or(0, str::len) > limit {
        return Err(too_large(limit));
    }
    Parameters::from_address(address)
}

fn too_large(limit: usize) -> Failure {
    let message = format!("The request is larger than {limit} bytes; send less, or in several requests.");
    Failure::both(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge, message)
}

fn too_late() -> Failure {
    let message = "The request took too long and was stopped; ask for less, or try again later.";
    Failure::both(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, message)
}

fn perhaps_done() -> Failure {
    let message =
        "The change took longer than an answer may; it may have been done all the same. Look before you repeat it.";
    Failure::both(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, message)
}

// A mutation by GET could be set off by any page; a subscription needs a transport that goes on.
fn fits_method(method: &Method, operation: &Operation) -> Result<OperationType, Failure> {
    match operation.kind {
        OperationType::Query => Ok(operation.kind),
        OperationType::Mutation if *method == Method::POST => Ok(operation.kind),
        OperationType::Mutation => {
            let message = "GET is for queries only; send a mutation by POST.";
            let failure = Failure::both(StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed, message);
            Err(failure.with(header::ALLOW, HeaderValue::from_static("POST")))
        }
        OperationType::Subscription => {
            let message = "A subscription has no single answer; accept text/event-stream, or open a WebSocket at \
                           /graphql/ws.";
            Err(GuardError::new(Code::ValidationFailed, message).into())
        }
    }
}

fn keeping(method: &Method, operation: &Operation, context: &ExecutionContext, parameters: &Parameters) -> Keeping {
    if context.private || operation.selects_lag || operation.kind != OperationType::Query {
        return Keeping::Private;
    }
    if *method == Method::POST {
        return Keeping::AskAgain(None);
    }
    Keeping::AskAgain(etag::weak(
        &context.etag_seed,
        &parameters.query,
        parameters.operation_name.as_deref(),
        &parameters.variables,
        &context.languages,
    ))
}

/// Serves an endpoint at `/graphql`.
pub fn router<Q, M, S, D>(endpoint: Endpoint<Q, M, S, D>) -> Router
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    let cors = cors(&endpoint.settings.cors_origins);
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
    if live::may_stream(&parts.method) && media::wants_events(&parts.headers) {
        return live::answer(endpoint, parts, body).await;
    }
    let media = match form(&parts.method, &parts.headers) {
        Ok(media) => media,
        Err(failure) => return failure.write(MediaType::Json),
    };
    match endpoint.answer(media, &parts, body).await {
        Ok(response) => response,
        Err(failure) => failure.write(media),
    }
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

// Without credentials: a page of another origin reads what anybody may read. Origins that are no header value are left
// out; the configuration has refused them before.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::ACCEPT,
            header::ACCEPT_LANGUAGE,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
        ])
        .expose_headers([header::ETAG, header::RETRY_AFTER])
        .max_age(Duration::from_secs(3600));
    if origins.is_empty() {
        return None;
    }
    if origins.iter().any(|origin| origin == "*") {
        // The same for every origin: nothing to add to Vary.
        return Some(layer.allow_origin(Any).vary([]));
    }
    let known = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    Some(layer.allow_origin(AllowOrigin::list(known)).vary([header::ORIGIN]))
}

#[cfg(test)]
mod tests;
