//! What the transport needs to know from the hub for each request: who asks, and of which moment the answer is.

use std::future::Future;

use async_graphql::{Data, Value};
use http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, header};

use super::{answer::Failure, rate::Standing, stop::Stop};
use crate::graphql::{
    code::Code,
    guard::{
        Operation,
        arguments::{Arguments, JudgedField, Variables},
    },
};

/// A request that may run, as the door sees it.
pub struct Asked<'a> {
    /// GET, HEAD or POST. With GET a session cookie counts for nothing (any page can make a browser send it).
    pub method: &'a Method,
    /// The headers of the request.
    pub headers: &'a HeaderMap,
    /// What the layers before put on the request, such as the client's address.
    pub extensions: &'a Extensions,
    /// Accept-Language, most wanted first, at most ten.
    pub languages: &'a [String],
    /// The operation that is to run.
    pub operation: &'a Operation,
    /// Its variables over their defaults.
    pub variables: Variables<'a>,
    /// For the resolvers: whether anybody still waits for the answer.
    pub stop: &'a Stop,
}

impl<'a> Asked<'a> {
    /// The fields that were given this argument, with their arguments; `maxAge` is one of those that are found.
    pub fn fields_with(&self, argument: &'a str) -> impl Iterator<Item = (&'a JudgedField, Arguments<'a>)> {
        let variables = self.variables;
        let fields = self.operation.judged.iter().filter(move |field| field.has(argument));
        fields.map(move |field| (field, Arguments::new(field, variables)))
    }
}

/// What a request is executed with.
#[derive(Default)]
pub struct ExecutionContext {
    /// Database and counter as this audience sees them: the part of the ETag that is not the request's.
    pub etag_seed: String,
    /// The languages that the answer hangs on, most wanted first.
    pub languages: Vec<String>,
    /// For the resolvers: the snapshot, the viewer, the languages.
    pub data: Data,
    /// Whether it is somebody's own answer (a session or a token): never kept.
    pub private: bool,
    /// Name of who is signed in: whom the request counts for.
    pub person: Option<String>,
    /// How that person stands; filled in by the endpoint.
    pub standing: Option<Standing>,
    /// Goes into the answer's `extensions`, for example `freshness`.
    pub extensions: Vec<(String, Value)>,
}

/// A request that is turned away before it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// 401, 403, 429 or 503: the same in every form of answer.
    pub status: StatusCode,
    /// The word for `extensions.code`.
    pub code: Code,
    /// One sentence: what is wrong and what to do.
    pub message: String,
    /// Seconds for Retry-After.
    pub retry_after: Option<u32>,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let mut failure = Failure::both(refusal.status, refusal.code, refusal.message);
        if let Some(seconds) = refusal.retry_after {
            failure = failure.with(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if refusal.status == StatusCode::UNAUTHORIZED {
            failure = failure.with(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        failure
    }
}

/// Opens the hub for a request.
pub trait Door: Send + Sync + 'static {
    /// Who asks, and of which moment the answer is; or why not. Called once, after the guard and before anything runs.
    fn open(&self, asked: Asked<'_>) -> impl Future<Output = Result<ExecutionContext, Refusal>> + Send;

    /// Whether a request says who asks, rightly or not. Where it does not, it is nobody's.
    fn says_who(&self, method: &Method, headers: &HeaderMap) -> bool {
        let _ = method;
        headers.contains_key(header::AUTHORIZATION)
    }

    /// What [`ExecutionContext::etag_seed`] is at this moment for requests that are nobody's: a kept answer is given
    /// without opening the door. None: nothing is kept.
    fn moment(&self) -> Option<String> {
        None
    }

    /// Most bytes of this request's body, where it is another number than [`super::Settings::max_body`].
    fn max_body(&self, method: &Method, headers: &HeaderMap) -> Option<usize> {
        let _ = (method, headers);
        None
    }
}
