//! A stream of events as the answer of one request: graphql-sse in its distinct connections mode. Events are `next` (an
//! answer) and `complete`. What is wrong with the request as HTTP has its status and no stream; what is wrong with the
//! document is said in the stream.
//!
//! A reader that is too slow gets a last `next` with the code TIMEOUT. When the instance stops, the stream breaks off
//! without `complete`: the client tries again elsewhere or later.

use std::{convert::Infallible, sync::Arc};

use async_graphql::{ObjectType, ServerError, SubscriptionType, parser::types::OperationType};
use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts};
use tokio::{
    sync::mpsc::{self, OwnedPermit, Sender},
    time::{Instant, MissedTickBehavior, interval_at, timeout},
};

use super::{
    super::{Door, Endpoint, Failure, answer, endpoint::fits_method, media::MediaType},
    Terms,
    operation::{Begun, Event, Running},
};
use crate::{
    graphql::code::Code,
    hub::{Place, Taking},
};

const COMPLETE: &str = "event: complete\ndata: \n\n";
/// A comment: begins the stream, and shows that it lives.
const ALIVE: &str = ":\n\n";
/// Proxies that gather what they pass on do not with this.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Answers one request with a stream of events.
pub(in crate::graphql::http) async fn answer<Q, M, S, D>(
    endpoint: Arc<Endpoint<Q, M, S, D>>,
    parts: Parts,
    body: Body,
) -> Response
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    match begin(&endpoint, &parts, body).await {
        Ok(response) => response,
        Err(failure) if failure.is_of_the_document() => whole(&errors(failure.into_errors())),
        Err(failure) => failure.write(MediaType::Json),
    }
}

async fn begin<Q, M, S, D>(endpoint: &Arc<Endpoint<Q, M, S, D>>, parts: &Parts, body: Body) -> Result<Response, Failure>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    let parameters = endpoint.parameters(parts, body).await?;
    let judged = endpoint.judge(parameters)?;
    let operation = judged.operation()?;
    if operation.kind == OperationType::Mutation {
        fits_method(&parts.method, operation)?;
    }
    let line = endpoint.live.place(Taking::Line, parts)?;
    Ok(match endpoint.begin(parts, judged).await? {
        Begun::Once(payload) => whole(&payload),
        Begun::Invalid(wrong) => whole(&errors(wrong)),
        Begun::Stream(running) => {
            let (sender, mut receiver) = mpsc::channel(2);
            // One place is kept for the last words.
            let last = sender.clone().reserve_owned().await.map_err(|_| gone())?;
            let terms = endpoint.live.terms;
            let stopping = endpoint.live.streams.stopping().clone();
            let teller = Teller { running, sender, terms, _line: line };
            endpoint.live.streams.spawn(async move {
                tokio::select! {
                    () = stopping.cancelled() => {}
                    () = teller.tell(last) => {}
                }
            });
            let body =
                stream::poll_fn(move |context| receiver.poll_recv(context).map(|next| next.map(Ok::<_, Infallible>)));
            respond(Body::from_stream(body))
        }
    })
}

/// Whether a request is one that a stream can answer.
pub(in crate::graphql::http) fn may_stream(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::POST)
}

/// Writes what happens, as fast as it is read.
struct Teller<Q, M, S, D> {
    running: Box<Running<Q, M, S, D>>,
    sender: Sender<Bytes>,
    terms: Terms,
    _line: Place,
}

impl<Q, M, S, D> Teller<Q, M, S, D>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    async fn tell(mut self, last: OwnedPermit<Bytes>) {
        let mut ticks = interval_at(Instant::now() + self.terms.keep_alive, self.terms.keep_alive);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut said = Bytes::from_static(ALIVE.as_bytes());
        loop {
            match timeout(self.terms.stalled, self.sender.send(said)).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return,
                Err(_) => {
                    tracing::info!("a stream of events ended: its reader takes nothing");
                    last.send(ending(too_slow().into_errors()));
                    return;
                }
            }
            let happened = tokio::select! {
                // Who has gone is not waited for.
                () = self.sender.closed() => return,
                happened = self.running.wait() => happened,
                _ = ticks.tick() => {
                    said = Bytes::from_static(ALIVE.as_bytes());
                    continue;
                }
            };
            let told = match happened {
                None => {
                    last.send(Bytes::from_static(COMPLETE.as_bytes()));
                    return;
                }
                Some(Err(why)) => Event::Failed(why),
                Some(Ok(data)) => self.running.tell(data).await,
            };
            match told {
                Event::Next(payload) => said = next(&payload),
                Event::Failed(why) => {
                    last.send(ending(why));
                    return;
                }
            }
        }
    }
}

/// Why a reader that does not read is left.
pub(super) fn too_slow() -> Failure {
    let message = "This reader took nothing of the stream for too long; subscribe again, with the cursor of the last \
                   change seen as since.";
    Failure::both(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, message)
}

fn gone() -> Failure {
    Failure::both(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, "The stream broke off before it began.")
}

fn errors(wrong: Vec<ServerError>) -> Bytes {
    answer::errors_alone(&wrong)
}

fn next(payload: &[u8]) -> Bytes {
    // JSON as it is written here has no line breaks.
    [b"event: next\ndata: ", payload, b"\n\n"].concat().into()
}

fn ending(why: Vec<ServerError>) -> Bytes {
    [&next(&errors(why)), COMPLETE.as_bytes()].concat().into()
}

/// A stream that says one thing and is over.
fn whole(payload: &[u8]) -> Response {
    respond(Body::from([ALIVE.as_bytes(), &next(payload), COMPLETE.as_bytes()].concat()))
}

fn respond(body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, answer::VARY);
    headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    response
}
