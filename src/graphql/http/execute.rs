//! Runs what was judged: small queries where they are, large ones beside the async threads, a turn each; changes in a task
//! of their own.

use std::sync::Arc;

use async_graphql::{ObjectType, Request, Response, Schema, ServerError, SubscriptionType};
use futures_util::{FutureExt as _, StreamExt as _};
use tokio::{runtime::Handle, sync::Semaphore, task::JoinError};

use super::stop::Stop;
use crate::graphql::{code::Code, guard::Document};

/// From this cost on an answer is made beside the async threads; the least that a walk over records costs.
pub const MUCH: u64 = 500;

/// A schema, and the turns in which costly queries run.
pub struct Executor<Q, M, S> {
    schema: Schema<Q, M, S>,
    trusting: Option<Schema<Q, M, S>>,
    turns: Arc<Semaphore>,
}

/// How something is to be run.
#[derive(Clone, Debug)]
pub enum Way {
    /// Where it is.
    Here,
    /// Beside the async threads, until it is told to stop.
    Beside(Stop),
    /// To its end, whatever becomes of the client.
    ToTheEnd,
}

impl<Q, M, S> Executor<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    /// As many turns as the machine has cores.
    pub fn new(schema: Schema<Q, M, S>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { schema, trusting: None, turns: Arc::new(Semaphore::new(cores)) }
    }

    /// See [`super::Endpoint::with_trusting`].
    pub fn trust(&mut self, schema: Schema<Q, M, S>) {
        self.trusting = Some(schema);
    }

    /// The answer. Dropped before, a query ends: while it waits for its turn at once, later where it looks next
    /// ([`Stop::look`]).
    pub async fn run(&self, request: Request, document: &Document, way: Way) -> Response {
        let trusting = self.trusting.as_ref().filter(|_| document.is_known_valid());
        let schema = trusting.unwrap_or(&self.schema);
        let (_until_here, work) = match way {
            Way::Here => return schema.execute(request).await,
            Way::ToTheEnd => {
                let schema = schema.clone();
                (None, tokio::spawn(async move { schema.execute(request).await }))
            }
            Way::Beside(stop) => {
                let turn = self.turns.clone().acquire_owned().await;
                let (schema, runtime, until_here) = (schema.clone(), Handle::current(), stop.on_drop());
                let work = tokio::task::spawn_blocking(move || {
                    let _turn = turn;
                    runtime.block_on(async {
                        tokio::select! {
                            biased;
                            () = stop.stopped() => nobody_waits(),
                            response = schema.execute(request) => response,
                        }
                    })
                });
                (Some(until_here), work)
            }
        };
        match work.await.map_err(JoinError::try_into_panic) {
            Ok(response) => response,
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            Err(Err(_)) => only(with(Code::Timeout, "The hub is stopping; ask again in a moment.")),
        }
    }

    /// The first run of a subscription, to its end: it is validated, and nothing happens yet.
    pub async fn first_run(&self, request: Request) -> Vec<Response> {
        self.schema.execute_stream(request).collect().await
    }

    /// The answer to one event of a subscription, whose first run has validated its document with these variables.
    pub async fn event(&self, request: Request, cost: u64) -> Option<Response> {
        let schema = self.trusting.as_ref().unwrap_or(&self.schema);
        let mut answers = schema.execute_stream(request);
        if cost < MUCH {
            return answers.next().await;
        }
        let turn = self.turns.clone().acquire_owned().await;
        let runtime = Handle::current();
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            runtime.block_on(answers.next())
        });
        work.await.ok().flatten()
    }

    /// What is wrong with a document by the rules of the schema, without running any of it.
    pub fn validate(&self, document: &Document) -> Vec<ServerError> {
        let names = document.operation_names().map(|name| name.map(ToString::to_string));
        let mistakes = names.flat_map(|name| {
            let mut request = Request::new(String::new()).only_introspection();
            request.operation_name = name;
            request.set_parsed_query(document.parsed.clone());
            // Nothing in it waits: no resolver is called.
            let response = self.schema.execute(request).now_or_never();
            response.map_or_else(Vec::new, |response| response.errors)
        });
        mistakes.filter(|mistake| mistake.message != NO_TRANSPORT).collect()
    }
}

// What the library says of a subscription when it is asked for a single answer: that is after it was found valid.
const NO_TRANSPORT: &str = "Subscriptions are not supported on this transport.";

fn nobody_waits() -> Response {
    only(ServerError::new("Nobody waits for this answer.", None))
}

fn with(code: Code, message: &str) -> ServerError {
    let mut error = ServerError::new(message, None);
    error.extensions.get_or_insert_default().set("code", code.as_str());
    error
}

fn only(error: ServerError) -> Response {
    Response::from_errors(vec![error])
}
