//! How a page goes out: made beside the async threads where it is made from the catalogue, within a bound; with the headers
//! that every page has, and an ETag of what it says.

use std::{pin::Pin, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    content::Content,
    fallback, frame,
    parts::refused,
    visit::{Admission, Opened, Refusal, Visit},
};
use crate::{
    federation::serve::{conditional, problem},
    graphql::http::Standing,
    hub::Hub,
};

/// How many pages are made at once; the next ones wait.
const AT_ONCE: usize = 8;
/// How many wait at most: who comes then is told to come again.
const WAITING: usize = 256;

/// Nothing comes from another host, nothing runs that is not a file of ours, no page is framed.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                                 form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the pages share.
pub(super) struct Pages {
    pub(super) hub: Arc<Hub>,
    turns: Arc<Semaphore>,
    waiting: Semaphore,
    admission: Admission,
}

impl Pages {
    pub(super) fn new(hub: Arc<Hub>) -> Self {
        let admission = Admission::new(&hub);
        Self { hub, turns: Arc::new(Semaphore::new(AT_ONCE)), waiting: Semaphore::new(WAITING), admission }
    }

    /// Counts a request and reads it.
    pub(super) async fn open(&self, request: Request) -> Opened {
        self.admission.open(&self.hub, request).await
    }

    /// Makes a page beside the async threads, when its turn has come.
    async fn make(&self, visit: Visit, page: fn(&Visit) -> Answer) -> Response {
        let Ok(_waits) = self.waiting.try_acquire() else { return respond(&visit, Err(Refusal::Busy(5))) };
        let Ok(turn) = self.turns.clone().acquire_owned().await else {
            return respond(&visit, Err(Refusal::Busy(5)));
        };
        beside(turn, move || respond(&visit, page(&visit))).await
    }
}

/// Does what takes long beside the async threads. A panic goes on here, to the one place that answers all of them.
async fn beside<T: Send + 'static>(turn: OwnedSemaphorePermit, work: impl FnOnce() -> T + Send + 'static) -> T {
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    match done.await {
        Ok(done) => done,
        Err(fault) => std::panic::resume_unwind(fault.into_panic()),
    }
}

/// Says how the reader stands, where a limit is set.
pub(super) fn with_standing(mut response: Response, standing: Option<Standing>) -> Response {
    if let Some(standing) = standing {
        standing.write(response.headers_mut());
    }
    response
}

/// What a page gives.
pub(super) enum Reply {
    /// A page.
    Page(Box<Content>),
    /// 303 to this path (as [`Visit::path`] makes it), with these cookies.
    Go(String, Vec<String>),
    /// 301 to this path.
    Moved(String),
    /// Anything else: a file, a picture.
    Raw(Response),
}

impl From<Content> for Reply {
    fn from(content: Content) -> Self {
        Self::Page(Box::new(content))
    }
}

/// What a page function gives.
pub(super) type Answer = Result<Reply, Refusal>;

/// A page under way.
pub(super) type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A page that is made from the catalogue alone.
pub(super) fn reading(
    page: fn(&Visit) -> Answer,
) -> impl Fn(State<Arc<Pages>>, Request) -> Answering + Clone + Send + Sync + 'static {
    move |State(pages), request| {
        Box::pin(async move {
            let (visit, opened, standing) = pages.open(request).await;
            let response = match opened {
                Ok(()) => pages.make(visit, page).await,
                Err(refusal) => respond(&visit, Err(refusal)),
            };
            with_standing(response, standing)
        })
    }
}

/// A page that needs the database, or changes something.
pub(super) fn working<F, Fut>(
    page: F,
) -> impl Fn(State<Arc<Pages>>, Request) -> Answering + Clone + Send + Sync + 'static
where
    F: Fn(Arc<Visit>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send,
{
    move |State(pages), request| {
        let page = page.clone();
        Box::pin(async move {
            let (visit, opened, standing) = pages.open(request).await;
            let visit = Arc::new(visit);
            let answer = match opened {
                Ok(()) => page(visit.clone()).await,
                Err(refusal) => Err(refusal),
            };
            with_standing(respond(&visit, answer), standing)
        })
    }
}

/// The answer to a visit.
pub(super) fn respond(visit: &Visit, answer: Answer) -> Response {
    let made = match answer {
        // A first segment that is no language is nobody's path.
        Err(Refusal::NotFound) if visit.is_outside && !fallback::wants_page(&visit.headers) => {
            Reply::Raw(problem::Problem::not_found("there is no such path").into_response())
        }
        Ok(reply) => reply,
        Err(refusal) => refused::reply(visit, refusal),
    };
    let mut response = match made {
        Reply::Page(content) => page(visit, &content),
        Reply::Go(path, cookies) => go(StatusCode::SEE_OTHER, &path, &cookies),
        Reply::Moved(path) => go(StatusCode::MOVED_PERMANENTLY, &path, &[]),
        Reply::Raw(response) => response,
    };
    guard(&visit.hub, response.headers_mut());
    response
}

fn page(visit: &Visit, content: &Content) -> Response {
    let html = frame::html(visit, content).into_string();
    let is_kept = content.is_kept && visit.person.is_none() && content.status == StatusCode::OK;
    // Ages of copies stand in the page, so it is asked for again each time; most times nothing has changed.
    let etag = is_kept.then(|| conditional::etag_of(html.as_bytes()));
    if let Some(etag) = etag.as_deref().filter(|etag| conditional::is_held(&visit.headers, etag)) {
        return with_cache(conditional::not_modified(etag), "no-cache");
    }
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = (content.status, [(header::CONTENT_TYPE, kind)], html).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(visit.language));
    if let Some(etag) = etag.and_then(|etag| HeaderValue::from_str(&etag).ok()) {
        headers.insert(header::ETAG, etag);
    }
    if let Some(seconds) = content.again_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    with_cache(response, if is_kept { "no-cache" } else { "private, no-store" })
}

fn with_cache(mut response: Response, how: &'static str) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(how));
    response
}

fn go(status: StatusCode, path: &str, set: &[String]) -> Response {
    let Ok(location) = HeaderValue::from_str(path) else {
        return problem::Problem::new(problem::Code::Internal, "this address cannot be sent").into_response();
    };
    let mut response = (status, [(header::LOCATION, location)]).into_response();
    cookies(response.headers_mut(), set);
    with_cache(response, "no-store")
}

fn cookies(headers: &mut HeaderMap, set: &[String]) {
    for cookie in set.iter().filter_map(|cookie| HeaderValue::from_str(cookie).ok()) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// The headers that every page has; one that is there already (of an embedded figure) stays.
pub(super) fn guard(hub: &Hub, headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    // With `no-referrer` browsers would hide the origin of our own forms from us.
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if hub.access().is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    let varies = headers.get(header::VARY).is_none();
    if varies {
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Accept-Encoding, Cookie"));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_beside_the_async_threads_goes_on_to_who_waits() {
        let turns = Arc::new(Semaphore::new(1));
        let turn = turns.clone().try_acquire_owned().unwrap();
        let waits = tokio::spawn(beside(turn, || -> u8 { std::panic::resume_unwind(Box::new("a fault")) }));
        assert!(waits.await.unwrap_err().is_panic());
        assert_eq!(turns.available_permits(), 1, "the turn is given back");
    }
}
