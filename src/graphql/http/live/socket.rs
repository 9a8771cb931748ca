//! A WebSocket that speaks graphql-transport-ws: carries messages to and from the [`protocol`](super::protocol), runs the
//! operations beside each other, and ends with all of them. Each connection is one task; each operation another one that
//! waits for its turn to send, so a slow reader slows its operations down and nothing piles up.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{ObjectType, ServerError, SubscriptionType};
use axum::{
    body::Body,
    extract::{
        FromRequestParts, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    response::Response,
};
use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, header, request::Parts};
use serde_json::{Value, json};
use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    task::{AbortHandle, JoinSet},
    time::{Duration, Instant, MissedTickBehavior, interval_at, sleep_until, timeout},
};

use super::{
    super::{Door, Endpoint, Failure, Parameters, endpoint::Judged, media::MediaType},
    operation::{Begun, Event},
    protocol::{Close, Conversation, Heard, SUBPROTOCOL},
};
use crate::{graphql::code::Code, hub::Taking};

/// Messages of operations that wait to be sent; an operation with more waits itself.
const WAITING: usize = 8;
/// How long a client that is being left may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// Opens a WebSocket.
pub(in crate::graphql::http) async fn upgrade<Q, M, S, D>(
    State(endpoint): State<Arc<Endpoint<Q, M, S, D>>>,
    request: axum::extract::Request<Body>,
) -> Response
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    let (mut parts, _) = request.into_parts();
    let line = match endpoint.live.place(Taking::Line, &parts) {
        Ok(line) => line,
        Err(failure) => return failure.write(MediaType::Json),
    };
    let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await else {
        return no_socket().write(MediaType::Json);
    };
    // What comes over a socket is sent by a script: like a POST, its cookie counts if the page is one of our own.
    parts.method = Method::POST;
    let (most, streams) = (endpoint.live.terms.max_message, endpoint.live.streams.clone());
    let upgrade = upgrade.protocols([SUBPROTOCOL]).max_message_size(most).max_frame_size(most);
    upgrade.on_upgrade(move |socket| {
        streams.track(async move {
            let _line = line;
            serve(endpoint, parts, socket).await;
        })
    })
}

fn no_socket() -> Failure {
    let message = format!("This address speaks WebSocket with the subprotocol {SUBPROTOCOL}; it answers nothing else.");
    Failure::both(StatusCode::UPGRADE_REQUIRED, Code::BadUserInput, message)
        .with(header::UPGRADE, HeaderValue::from_static("websocket"))
        .with(header::CONNECTION, HeaderValue::from_static("upgrade"))
}

async fn serve<Q, M, S, D>(endpoint: Arc<Endpoint<Q, M, S, D>>, parts: Parts, mut socket: WebSocket)
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    if socket.protocol().is_none() {
        return leave(&mut socket, Close::OTHER_PROTOCOL).await;
    }
    let stopping = endpoint.live.streams.stopping().clone();
    let (sender, receiver) = mpsc::channel(WAITING);
    let conversation = Conversation::new(endpoint.live.terms.operations);
    let operations =
        Operations { endpoint, parts: Arc::new(parts), sender, tasks: JoinSet::new(), by_number: HashMap::new() };
    let mut connection = Connection { socket, conversation, operations, receiver };
    let close = tokio::select! {
        () = stopping.cancelled() => Some(Close::STOPPING),
        close = connection.run() => close,
    };
    // No operation outlives its connection; a mutation under way runs to its end by itself.
    connection.operations.tasks.shutdown().await;
    if let Some(close) = close {
        leave(&mut connection.socket, close).await;
    }
}

/// Says why, and waits a little for the answer: a client that hears of the end this way knows whether to come back.
async fn leave(socket: &mut WebSocket, Close { code, reason }: Close) {
    if code == Close::TOO_SLOW.code {
        tracing::info!("a WebSocket is closed: its reader takes nothing");
    }
    let frame = CloseFrame { code, reason: reason.into_owned().into() };
    let goodbye = async {
        if socket.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    // A client that does not answer is left without.
    let _ = timeout(GOODBYE, goodbye).await;
}

struct Connection<Q, M, S, D> {
    socket: WebSocket,
    conversation: Conversation,
    operations: Operations<Q, M, S, D>,
    receiver: Receiver<Said>,
}

/// What an operation has to say.
struct Said {
    id: String,
    number: u64,
    what: Told,
}

enum Told {
    Next(Bytes),
    Failed(Vec<ServerError>),
    Complete,
}

impl Said {
    fn is_last(&self) -> bool {
        !matches!(self.what, Told::Next(_))
    }

    fn text(&self) -> String {
        let id = Value::from(self.id.as_str());
        match &self.what {
            // An answer is JSON already.
            Told::Next(payload) => {
                format!(r#"{{"id":{id},"type":"next","payload":{}}}"#, String::from_utf8_lossy(payload))
            }
            Told::Failed(why) => json!({"id": id, "type": "error", "payload": why}).to_string(),
            Told::Complete => json!({"id": id, "type": "complete"}).to_string(),
        }
    }
}

impl<Q, M, S, D> Connection<Q, M, S, D>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    /// Until the client goes (None), or is to be left.
    async fn run(&mut self) -> Option<Close> {
        let terms = self.operations.endpoint.live.terms;
        let opened = Instant::now();
        let mut pings = interval_at(opened + terms.ping, terms.ping);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut heard_of, mut busy_at) = (true, opened);
        loop {
            let done = tokio::select! {
                () = sleep_until(opened + terms.init), if !self.conversation.is_begun() => Err(Some(Close::NO_INIT)),
                received = self.socket.recv() => {
                    heard_of = true;
                    self.received(received).await
                }
                Some(said) = self.receiver.recv() => self.say(said).await,
                _ = pings.tick() => {
                    if !self.conversation.is_idle() {
                        busy_at = Instant::now();
                    }
                    match std::mem::take(&mut heard_of) {
                        false => Err(Some(Close::NO_PONG)),
                        true if busy_at.elapsed() >= terms.idle => Err(Some(Close::IDLE)),
                        true => self.send(json!({"type": "ping"}).to_string()).await,
                    }
                }
                // Tasks that have ended are let go.
                Some(_) = self.operations.tasks.join_next() => Ok(()),
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn received(&mut self, received: Option<Result<Message, axum::Error>>) -> Result<(), Option<Close>> {
        let text = match received {
            None | Some(Ok(Message::Close(_))) => return Err(None),
            Some(Err(fault)) => return Err(is_too_large(&fault).then_some(Close::TOO_LARGE)),
            Some(Ok(Message::Binary(_))) => return Err(Some(Close::invalid("Messages are text"))),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Ok(Message::Text(text))) => text,
        };
        match self.conversation.hear(&text) {
            Heard::Begun(authorization) => {
                if let Some(authorization) = authorization {
                    self.operations.authorize(&authorization).map_err(Some)?;
                }
                self.send(json!({"type": "connection_ack"}).to_string()).await
            }
            Heard::Ping(None) => self.send(json!({"type": "pong"}).to_string()).await,
            Heard::Ping(payload) => self.send(json!({"type": "pong", "payload": payload}).to_string()).await,
            Heard::Subscribe { id, number, request } => {
                self.operations.begin(id, number, request);
                Ok(())
            }
            Heard::TooMany { id } => {
                let message = "This connection has too many operations at one time; end some, or open another one.";
                let failure = Failure::both(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, message);
                let what = Told::Failed(failure.into_errors());
                self.send(Said { id, number: 0, what }.text()).await
            }
            Heard::End(number) => {
                self.operations.end(number);
                Ok(())
            }
            Heard::Nothing => Ok(()),
            Heard::Close(close) => Err(Some(close)),
        }
    }

    async fn say(&mut self, said: Said) -> Result<(), Option<Close>> {
        if !self.conversation.goes_on(&said.id, said.number) {
            return Ok(());
        }
        if said.is_last() {
            self.conversation.ended(&said.id, said.number);
            self.operations.by_number.remove(&said.number);
        }
        self.send(said.text()).await
    }

    async fn send(&mut self, text: String) -> Result<(), Option<Close>> {
        let stalled = self.operations.endpoint.live.terms.stalled;
        match timeout(stalled, self.socket.send(Message::Text(text.into()))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(None),
            Err(_) => Err(Some(Close::TOO_SLOW)),
        }
    }
}

/// Whether the library gave up on a message because of its size: it says so in words only.
fn is_too_large(fault: &axum::Error) -> bool {
    fault.to_string().contains("too long") || fault.to_string().contains("too large")
}

/// The operations of one connection.
struct Operations<Q, M, S, D> {
    endpoint: Arc<Endpoint<Q, M, S, D>>,
    /// The request that opened the socket, with the token that came after.
    parts: Arc<Parts>,
    sender: Sender<Said>,
    tasks: JoinSet<()>,
    by_number: HashMap<u64, AbortHandle>,
}

impl<Q, M, S, D> Operations<Q, M, S, D>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    fn authorize(&mut self, authorization: &str) -> Result<(), Close> {
        let mut value =
            HeaderValue::from_str(authorization).map_err(|_| Close::invalid("Authorization is no header"))?;
        value.set_sensitive(true);
        let mut parts = (*self.parts).clone();
        parts.headers.insert(header::AUTHORIZATION, value);
        self.parts = Arc::new(parts);
        Ok(())
    }

    fn begin(&mut self, id: String, number: u64, request: Value) {
        let (endpoint, parts) = (self.endpoint.clone(), self.parts.clone());
        let voice = Voice { id, number, sender: self.sender.clone() };
        let operation =
            self.endpoint.live.streams.track(async move { operate(endpoint, &parts, request, voice).await });
        self.by_number.insert(number, self.tasks.spawn(operation));
    }

    fn end(&mut self, number: u64) {
        if let Some(operation) = self.by_number.remove(&number) {
            operation.abort();
        }
    }
}

/// The way of an operation to the client.
struct Voice {
    id: String,
    number: u64,
    sender: Sender<Said>,
}

impl Voice {
    /// Waits until it is its turn.
    async fn say(&self, what: Told) {
        // Where nobody receives, the connection is ending, and so is this operation.
        let _ = self.sender.send(Said { id: self.id.clone(), number: self.number, what }).await;
    }
}

async fn operate<Q, M, S, D>(endpoint: Arc<Endpoint<Q, M, S, D>>, parts: &Parts, request: Value, voice: Voice)
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    let begun = match judged(&endpoint, parts, &request).await {
        Ok(judged) => endpoint.begin(parts, judged).await,
        Err(failure) => Err(failure),
    };
    let last = match begun {
        Err(failure) => Told::Failed(failure.into_errors()),
        Ok(Begun::Invalid(why)) => Told::Failed(why),
        Ok(Begun::Once(payload)) => {
            voice.say(Told::Next(payload)).await;
            Told::Complete
        }
        Ok(Begun::Stream(mut running)) => loop {
            match running.wait().await {
                None => break Told::Complete,
                Some(Err(why)) => break Told::Failed(why),
                Some(Ok(data)) => match running.tell(data).await {
                    Event::Next(payload) => voice.say(Told::Next(payload)).await,
                    Event::Failed(why) => break Told::Failed(why),
                },
            }
        },
    };
    voice.say(last).await;
}

async fn judged<Q, M, S, D>(endpoint: &Endpoint<Q, M, S, D>, parts: &Parts, request: &Value) -> Result<Judged, Failure>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    // Each operation of a socket counts as a request does.
    endpoint.admit(parts).await?;
    endpoint.judge(Parameters::from_body(request.to_string().as_bytes())?)
}
