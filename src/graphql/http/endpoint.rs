//! The way of one request, from its bytes to its answer. [`Endpoint::admit`], [`Endpoint::judge`] and [`Endpoint::open`]
//! are the same for every transport.

use std::{
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
    sync::Arc,
};

use async_graphql::{ObjectType, Schema, SubscriptionType, parser::types::OperationType};
use axum::{body::Body, extract::ConnectInfo, response::Response};
use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderValue, Method, StatusCode, header, request::Parts};

use super::{
    Asked, Door, ExecutionContext, Parameters, Settings, Standing, Trusted, TrustedError,
    answer::{self, Cost, Failure, Keeping, Whole},
    body::{BodyError, Held, Room},
    etag::{self, Digest},
    execute::{Executor, MUCH, Way},
    kept::{Kept, Place},
    language,
    live::{Live, Terms},
    media::{self, MediaType},
    persisted::Persisted,
    rate::Rates,
    stop::Stop,
};
use crate::graphql::{
    code::Code,
    documents::Documents,
    guard::{Document, Guard, GuardError, Operation},
};
use crate::hub::Streams;

/// A request whose document may run with its variables.
pub(super) struct Judged {
    pub(super) parameters: Parameters,
    pub(super) document: Arc<Document>,
    pub(super) cost: Cost,
    /// Whether anybody still waits; never stops what is small, or changes something.
    pub(super) stop: Stop,
    text: String,
}

impl Judged {
    pub(super) fn operation(&self) -> Result<&Operation, GuardError> {
        self.document.operation(self.parameters.operation_name.as_deref())
    }
}

/// A schema with all that stands before it.
pub struct Endpoint<Q, M, S, D> {
    pub(super) executor: Executor<Q, M, S>,
    pub(super) settings: Settings,
    guard: Guard,
    documents: Documents,
    persisted: Persisted,
    kept: Option<Kept>,
    rates: Option<Rates>,
    room: Room,
    door: D,
    pub(super) live: Live,
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
        Self {
            executor: Executor::new(schema),
            guard,
            documents: Documents::default(),
            persisted: Persisted::default(),
            kept: Kept::new(settings.answer_cache),
            rates: settings.rate.map(Rates::new),
            room: Room::default(),
            door,
            settings,
            live: Live::default(),
        }
    }

    /// With streams that somebody else counts and ends, on these terms.
    #[must_use]
    pub fn with_streams(mut self, streams: Arc<Streams>, terms: Terms) -> Self {
        self.live = Live { streams, terms };
        self
    }

    /// With the same schema in [`async_graphql::ValidationMode::Fast`], for documents that were found valid before,
    /// declare no variables and ask nothing about the schema: nothing else of a request can make them invalid, and
    /// validating is half of a small query.
    #[must_use]
    pub fn with_trusting(mut self, schema: Schema<Q, M, S>) -> Self {
        self.executor.trust(schema);
        self
    }

    /// Answers these documents and no others. One that does not fit the schema is said in the log: it harms nobody, and
    /// documents of clients outlive fields.
    ///
    /// # Errors
    /// When the guard refuses one of them.
    pub fn with_trusted(mut self, trusted: Trusted) -> Result<Self, TrustedError> {
        for (path, text) in trusted.files() {
            let refused =
                |refusal: GuardError| TrustedError::Refused { path: path.to_owned(), reason: refusal.message };
            let document = self.guard.analyze(text).map_err(refused)?;
            if let Some(mistake) = self.executor.validate(&document).first() {
                let path = path.display();
                tracing::warn!(%path, "a trusted document does not fit the schema and is refused: {}", mistake.message);
            }
        }
        self.persisted.trust(trusted);
        Ok(self)
    }

    /// Counts an operation for the address that it comes from; none where the rate is off, or nothing is known of the
    /// address (a test).
    ///
    /// # Errors
    /// 429 for who asks too often, after a pause.
    pub(super) async fn admit(&self, parts: &Parts) -> Result<Option<Standing>, Failure> {
        let (Some(rates), Some(address)) = (&self.rates, address(parts)) else { return Ok(None) };
        match rates.address(address, self.door.says_who(&parts.method, &parts.headers)) {
            Ok(standing) => Ok(Some(standing)),
            Err(refused) => {
                rates.pause().await;
                Err(refused.into())
            }
        }
    }

    /// The document of a request, found, parsed and judged.
    pub(super) fn judge(&self, mut parameters: Parameters) -> Result<Judged, Failure> {
        let found = self.persisted.find(parameters.query.take(), parameters.id)?;
        let document = self.documents.get(&found.text, &self.guard)?;
        let operation = document.operation(parameters.operation_name.as_deref())?;
        let requested = self.guard.judge_request(&document, operation, &parameters.variables)?;
        let can_stop = requested >= MUCH && operation.kind == OperationType::Query;
        let stop = if can_stop { Stop::new() } else { Stop::default() };
        if let Some(id) = found.learn {
            self.persisted.learn(id, &found.text);
        }
        let cost = Cost { requested, limit: self.guard.max_cost() };
        Ok(Judged { parameters, document, cost, stop, text: found.text })
    }

    /// Opens the door for a judged request: who asks, and of which moment the answer is.
    pub(super) async fn open(&self, parts: &Parts, judged: &Judged) -> Result<ExecutionContext, Failure> {
        let languages = language::accept_languages(&parts.headers);
        let operation = judged.operation()?;
        let asked = Asked {
            method: &parts.method,
            headers: &parts.headers,
            extensions: &parts.extensions,
            languages: &languages,
            operation,
            variables: operation.variables(&judged.parameters.variables),
            stop: &judged.stop,
        };
        let mut context = self.door.open(asked).await?;
        context.standing = self.count(parts, context.person.as_deref())?;
        Ok(context)
    }

    // Whoever said who they are has only been counted among many of their address so far.
    fn count(&self, parts: &Parts, person: Option<&str>) -> Result<Option<Standing>, Failure> {
        let Some(rates) = &self.rates else { return Ok(None) };
        match (person, address(parts)) {
            (Some(person), _) => Ok(Some(rates.person(person)?)),
            (None, Some(address)) if self.door.says_who(&parts.method, &parts.headers) => {
                Ok(Some(rates.address(address, false)?))
            }
            _ => Ok(None),
        }
    }

    /// The answer to a request.
    pub(super) async fn answer(&self, media: MediaType, parts: &Parts, body: Body) -> Result<Response, Failure> {
        let body = self.body(parts, body).await?;
        let place = self.place(parts, body.as_deref());
        if let (Some(kept), Some(place)) = (&self.kept, &place)
            && let Some(answer) = kept.at(place)
        {
            return Ok(answer.write(media, parts).await);
        }
        let judged = self.judge(read(parts, body.as_deref())?)?;
        let kind = fits_method(&parts.method, judged.operation()?)?;
        // In a box: it is large, and every layer around it would move all of it.
        self.in_time(kind, Box::pin(self.run(media, parts, judged, place))).await?
    }

    /// Neither longer than a request may take, nor with a panic that ends more than itself.
    pub(super) async fn in_time<T>(&self, kind: OperationType, work: impl Future<Output = T>) -> Result<T, Failure> {
        match tokio::time::timeout(self.settings.timeout, AssertUnwindSafe(work).catch_unwind()).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(failed()),
            Err(_) if kind == OperationType::Mutation => Err(perhaps_done()),
            Err(_) => Err(too_late()),
        }
    }

    /// What a request asks, from its body or its address.
    pub(super) async fn parameters(&self, parts: &Parts, body: Body) -> Result<Parameters, Failure> {
        read(parts, self.body(parts, body).await?.as_deref())
    }

    // The moment is asked for when the whole request is here: a kept answer is never older than what asks for it.
    fn place(&self, parts: &Parts, body: Option<&[u8]>) -> Option<Place> {
        if self.kept.is_none() || self.door.says_who(&parts.method, &parts.headers) {
            return None;
        }
        let text = body.unwrap_or_else(|| parts.uri.query().unwrap_or_default().as_bytes());
        let languages = language::accept_languages(&parts.headers);
        Some(Kept::place(&parts.method, text, &languages, self.door.moment()?))
    }

    async fn run(
        &self,
        media: MediaType,
        parts: &Parts,
        judged: Judged,
        place: Option<Place>,
    ) -> Result<Response, Failure> {
        let mut context = self.open(parts, &judged).await?;
        let standing = context.standing.take();
        let question = question(parts, &judged, &context, place.is_some())?;
        let keeping = match question {
            Sharing::Private => Keeping::Private,
            Sharing::Same(question) if parts.method != Method::POST => {
                Keeping::AskAgain(question.and_then(|question| etag::weak(&context.etag_seed, &question)))
            }
            Sharing::Same(_) => Keeping::AskAgain(None),
        };
        if let Keeping::AskAgain(Some(tag)) = &keeping
            && etag::matches(&parts.headers, tag)
        {
            return Ok(answer::not_modified(tag.clone()));
        }
        let keep = self.kept.as_ref().zip(place).zip(question.for_all(&judged, &context)?);
        if let Some(((kept, place), question)) = &keep
            && let Some(answer) = kept.of_question(place, *question, &context.etag_seed)
        {
            return Ok(answer.write(media, parts).await);
        }
        let seed = std::mem::take(&mut context.etag_seed);
        let whole = self.execute(judged, context).await?;
        if let (Some(((kept, place), question)), Some(bytes)) = (keep, whole.for_others()) {
            // Exactly as long as it is: what was written into has room for more.
            kept.keep(&place, question, seed, Bytes::copy_from_slice(bytes));
        }
        let mut response = whole.respond(media, keeping);
        if let Some(standing) = standing {
            standing.write(response.headers_mut());
        }
        Ok(response)
    }

    /// Executes a query or a mutation.
    pub(super) async fn execute(&self, judged: Judged, context: ExecutionContext) -> Result<Whole, Failure> {
        let kind = judged.operation()?.kind;
        let Judged { parameters, document, cost, stop, .. } = judged;
        let mut request = async_graphql::Request::new(String::new());
        request.operation_name = parameters.operation_name;
        request.variables = parameters.variables;
        request.data = context.data;
        request.set_parsed_query(document.parsed.clone());
        let way = match kind {
            OperationType::Mutation => Way::ToTheEnd,
            _ if cost.requested < MUCH => Way::Here,
            _ => Way::Beside(stop),
        };
        let mut response = self.executor.run(request, &document, way).await;
        document.finish(&mut response.data);
        if response.errors.is_empty() {
            document.note_valid();
        }
        response.extensions.extend(context.extensions);
        Ok(Whole::write(response, kind, Some(cost)))
    }

    /// The body of a POST; none of other requests, whose query in the address has the same bound.
    async fn body(&self, parts: &Parts, body: Body) -> Result<Option<Held<'_>>, Failure> {
        let limit = self.door.max_body(&parts.method, &parts.headers).unwrap_or(self.settings.max_body);
        if parts.method != Method::POST {
            let length = parts.uri.query().map_or(0, str::len);
            return if length > limit { Err(too_large(limit)) } else { Ok(None) };
        }
        if !media::is_json(&parts.headers) || parts.headers.contains_key(header::CONTENT_ENCODING) {
            let message =
                "The body is not read in this form; send application/json in UTF-8, without Content-Encoding.";
            return Err(Failure::both(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadUserInput, message));
        }
        match tokio::time::timeout(self.settings.timeout, self.room.read(body, limit)).await {
            Ok(Ok(bytes)) => Ok(Some(bytes)),
            Ok(Err(BodyError::TooLarge)) => Err(too_large(limit)),
            Ok(Err(BodyError::Crowded)) => {
                let message = "Too many requests are being read at the moment; send this one again in some seconds.";
                Err(Failure::both(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, message))
            }
            Ok(Err(BodyError::Broken)) => {
                let message = "The body broke off; send the request again.";
                Err(Failure::both(StatusCode::BAD_REQUEST, Code::BadUserInput, message))
            }
            Err(_) => Err(too_late()),
        }
    }
}

fn read(parts: &Parts, body: Option<&[u8]>) -> Result<Parameters, Failure> {
    match body {
        Some(body) => Parameters::from_body(body),
        None => Parameters::from_address(&parts.uri),
    }
}

/// Where a request comes from; none where nothing is known of it (a test).
pub(super) fn address(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip())
}

/// Who else may have an answer.
#[derive(Clone, Copy)]
enum Sharing {
    /// Nobody: it is somebody's own, or true for this second only.
    Private,
    /// Whoever asks the same at the same moment; what is asked, where it is needed.
    Same(Option<Digest>),
}

fn question(parts: &Parts, judged: &Judged, context: &ExecutionContext, keeping: bool) -> Result<Sharing, Failure> {
    let operation = judged.operation()?;
    if context.private || operation.selects_lag || operation.kind != OperationType::Query {
        return Ok(Sharing::Private);
    }
    let Judged { parameters, text, .. } = judged;
    let named = parameters.operation_name.as_deref();
    let needed = keeping || parts.method != Method::POST;
    let question = needed.then(|| etag::question(text, named, &parameters.variables, &context.languages));
    Ok(Sharing::Same(question.flatten()))
}

impl Sharing {
    /// What is asked, where the answer may be kept: not with `maxAge`, which wants others looked at each time.
    fn for_all(self, judged: &Judged, context: &ExecutionContext) -> Result<Option<Digest>, Failure> {
        let fresh = judged.operation()?.judged.iter().any(|field| field.has("maxAge"));
        match self {
            Sharing::Same(question) if !fresh && context.extensions.is_empty() => Ok(question),
            _ => Ok(None),
        }
    }
}

fn too_large(limit: usize) -> Failure {
    let message = format!("The request is larger than {limit} bytes; send less, or in several requests.");
    Failure::both(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge, message)
}

pub(super) fn failed() -> Failure {
    let message = "The hub failed to answer; the operator finds the reason in the log.";
    Failure::both(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, message)
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
pub(super) fn fits_method(method: &Method, operation: &Operation) -> Result<OperationType, Failure> {
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
