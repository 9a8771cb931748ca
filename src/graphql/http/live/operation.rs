//! Runs an operation for a transport that stays open: a query or mutation once, a subscription once for each event.

use std::sync::Arc;

use async_graphql::{
    Data, ObjectType, Request, Response, ServerError, SubscriptionType,
    parser::types::{ExecutableDocument, OperationType},
};
use bytes::Bytes;
use http::request::Parts;

use super::{
    super::{
        Door, Endpoint, Failure, Parameters,
        answer::Whole,
        endpoint::{Judged, failed},
        errors,
    },
    Beginning, Feed,
    single::single_field,
};
use crate::{
    graphql::guard::Document,
    hub::{Place, Taking},
};

/// An operation that has begun.
pub(in crate::graphql::http) enum Begun<Q, M, S, D> {
    /// A query or mutation: its whole answer.
    Once(Bytes),
    /// A subscription.
    Stream(Box<Running<Q, M, S, D>>),
    /// It is not valid.
    Invalid(Vec<ServerError>),
}

/// A subscription under way. Dropped, it gives its place back.
pub(in crate::graphql::http) struct Running<Q, M, S, D> {
    endpoint: Arc<Endpoint<Q, M, S, D>>,
    parameters: Parameters,
    /// The whole document, as it was judged.
    judged: Arc<Document>,
    /// What is executed of it.
    document: ExecutableDocument,
    cost: u64,
    feed: Box<dyn Feed>,
    _place: Place,
}

/// What a stream says next.
pub(in crate::graphql::http) enum Event {
    /// An answer.
    Next(Bytes),
    /// Why it ends.
    Failed(Vec<ServerError>),
}

impl<Q, M, S, D> Endpoint<Q, M, S, D>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    /// Begins a judged operation: opens the door, and runs what is no subscription.
    pub(super) async fn begin(self: &Arc<Self>, parts: &Parts, judged: Judged) -> Result<Begun<Q, M, S, D>, Failure> {
        let place = self.live.place(Taking::Operation, parts)?;
        let kind = judged.operation()?.kind;
        let work = async {
            match kind {
                OperationType::Subscription => self.subscribe(parts, judged, place).await,
                _ => self.once(parts, judged).await.map(Begun::Once),
            }
        };
        self.in_time(kind, work).await?
    }

    async fn once(&self, parts: &Parts, judged: Judged) -> Result<Bytes, Failure> {
        let context = self.open(parts, &judged).await?;
        Ok(self.execute(judged, context).await?.into_payload())
    }

    /// The first run finds what is wrong with the operation and brings its feed.
    async fn subscribe(
        self: &Arc<Self>,
        parts: &Parts,
        judged: Judged,
        place: Place,
    ) -> Result<Begun<Q, M, S, D>, Failure> {
        let name = judged.parameters.operation_name.as_deref();
        let document = single_field(&judged.document.parsed, name, &S::type_name())?;
        let context = self.open(parts, &judged).await?;
        let Judged { parameters, cost, document: judged, .. } = judged;
        let beginning = Arc::new(Beginning::default());
        let mut request = request(&parameters, document.clone());
        request.data = context.data;
        request.data.insert(beginning.clone());
        let answers: Vec<Response> = self.executor.first_run(request).await;
        let mut wrong: Vec<ServerError> = answers.into_iter().flat_map(|answer| answer.errors).collect();
        if !wrong.is_empty() {
            errors::keep_input_errors(&mut wrong);
            errors::finish(&mut wrong);
            return Ok(Begun::Invalid(wrong));
        }
        let feed = beginning.take().ok_or_else(failed)?;
        let cost = cost.requested;
        let running = Running { endpoint: self.clone(), parameters, judged, document, cost, feed, _place: place };
        Ok(Begun::Stream(Box::new(running)))
    }
}

impl<Q, M, S, D> Running<Q, M, S, D>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    D: Door,
{
    /// Waits for the next event. May be dropped while it waits without losing one.
    pub(super) async fn wait(&mut self) -> Option<Result<Data, Vec<ServerError>>> {
        let happened = self.feed.next().await?;
        Some(happened.map_err(|refusal| Failure::from(refusal).into_errors()))
    }

    /// Executes the operation for an event.
    pub(super) async fn tell(&mut self, data: Data) -> Event {
        let mut request = request(&self.parameters, self.document.clone());
        request.data = data;
        let (endpoint, cost) = (self.endpoint.clone(), self.cost);
        match endpoint.in_time(OperationType::Subscription, endpoint.executor.event(request, cost)).await {
            Ok(Some(mut response)) => {
                self.judged.finish(&mut response.data);
                Event::Next(Whole::write(response, OperationType::Subscription, None).into_payload())
            }
            Ok(None) => Event::Failed(failed().into_errors()),
            Err(failure) => Event::Failed(failure.into_errors()),
        }
    }
}

fn request(parameters: &Parameters, document: ExecutableDocument) -> Request {
    let mut request = Request::new(String::new());
    request.operation_name.clone_from(&parameters.operation_name);
    request.variables = parameters.variables.clone();
    request.set_parsed_query(document);
    request
}
