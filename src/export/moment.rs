//! What an answer is made of: one snapshot, for whom it is, and the languages of who reads it. And what caches are told.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, header, response::Builder},
    response::Response,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    access::{Person, Refused, bearer_token},
    address::{self, Address, Looking, NotReady},
    catalog::{Snapshot, Viewer},
    federation::serve::{
        conditional,
        problem::{Code, Problem},
    },
    graphql::http::language::accept_languages,
    hub::{Hub, PROGRAM},
    record::{LanguageTag, country},
};

/// Everything that an answer is made of.
pub(super) struct Moment {
    pub(super) hub: Arc<Hub>,
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) viewer: Viewer,
    pub(super) today: Date,
    /// The reader's languages, most wanted first, then the instance's own.
    pub(super) languages: Vec<LanguageTag>,
    is_private: bool,
}

impl Moment {
    /// Takes the present moment for who asks. `wanted`: a language that the address names.
    pub(super) async fn open(
        hub: &Arc<Hub>,
        headers: &HeaderMap,
        wanted: Option<LanguageTag>,
    ) -> Result<Self, Problem> {
        let person = asks(hub, headers).await?;
        let accepted = accept_languages(headers);
        let accepted = accepted.iter().filter_map(|tag| LanguageTag::parse(tag));
        let languages = wanted.into_iter().chain(accepted).chain(hub.languages().first().cloned()).collect();
        let now = Timestamp::from_millisecond(hub.now()).unwrap_or_default();
        Ok(Self {
            hub: hub.clone(),
            snapshot: hub.snapshot(),
            viewer: if person.is_some() { Viewer::NETWORK } else { Viewer::PUBLIC },
            today: now.to_zoned_datetime(TimeZone::UTC).date(),
            languages,
            is_private: person.is_some(),
        })
    }

    /// How lists are looked at.
    pub(super) fn looking(&self) -> Looking<'_> {
        Looking { viewer: self.viewer, today: self.today, language: country::collation(&self.languages) }
    }

    /// The ETag of an answer to this question: it names everything that the answer hangs on, so it is known before
    /// anything is made. None for somebody's own answer, and where words are looked for: their index follows a moment
    /// later.
    pub(super) fn etag(&self, question: &str, address: Option<&Address>) -> Option<String> {
        let Self { snapshot, today, .. } = self;
        let (number, at) = snapshot.public_content();
        let languages: Vec<&str> = self.languages.iter().map(LanguageTag::as_str).collect();
        let parts = [snapshot.database(), &format!("{number} {at} {today}"), PROGRAM, question, &languages.join(",")];
        let is_searched = address.is_some_and(|address| address.question().is_some());
        (!self.is_private && !is_searched).then(|| conditional::etag_of(parts.join("\n").as_bytes()))
    }

    /// When what is told here changed last, unix ms: files and feeds say nothing of how copies stand.
    pub(super) fn changed_at(&self) -> i64 {
        match self.viewer {
            Viewer::PUBLIC => self.snapshot.public_content().1,
            _ => self.snapshot.at_for(self.viewer),
        }
    }

    /// Begins an answer.
    pub(super) fn answer(&self, content_type: &str, etag: Option<&str>) -> Builder {
        let mut answer = Response::builder().header(header::CONTENT_TYPE, content_type);
        answer = match etag {
            Some(etag) => answer.header(header::CACHE_CONTROL, "no-cache").header(header::ETAG, etag),
            None => answer.header(header::CACHE_CONTROL, "private, no-store"),
        };
        if let (Some(_), Ok(at)) = (etag, Timestamp::from_millisecond(self.changed_at())) {
            answer = answer.header(header::LAST_MODIFIED, at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
        }
        answer.header(header::VARY, "Accept-Language, Accept-Encoding, Authorization, Cookie")
    }

    /// Whether the caller holds what has this ETag.
    pub(super) fn is_held(&self, headers: &HeaderMap, etag: Option<&str>) -> bool {
        etag.is_some_and(|etag| conditional::is_held(headers, etag))
    }

    /// 304.
    pub(super) fn not_modified(&self, etag: Option<&str>) -> Response {
        let mut response = conditional::not_modified(etag.unwrap_or_default());
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    /// The address of a path of this hub.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.hub.entity_id())
    }
}

/// Ends an answer to HEAD. How long the body would be is known when it is made: no length is better than a wrong one
/// (RFC 9110, 8.6).
pub(super) fn without_body(answer: Builder) -> Result<Response, Problem> {
    end(answer, Body::from_stream(futures_util::stream::empty::<Result<Bytes, Infallible>>()))
}

/// Ends an answer; a header that cannot be sent is a fault of this program.
pub(super) fn end(answer: Builder, body: Body) -> Result<Response, Problem> {
    answer.body(body).map_err(|fault| {
        tracing::error!("an answer cannot be sent: {fault}");
        Problem::new(Code::Internal, "this request met a fault of the program")
    })
}

/// Whoever the request says it is from, by the rules of the API: a bearer token, or the session of a page of this hub.
/// Other pages can make a browser send the cookie: they get what anybody gets.
async fn asks(hub: &Arc<Hub>, headers: &HeaderMap) -> Result<Option<Person>, Problem> {
    let no_bearer = |_| Problem::new(Code::Unauthenticated, "send one header Authorization: Bearer and the token");
    if let Some(token) = bearer_token(headers).map_err(no_bearer)? {
        return hub.bearer(token).await.map(Some).map_err(|fault| match fault {
            Refused::Unavailable => Problem::overloaded(fault.to_string()),
            Refused::Token | Refused::NoRole => Problem::new(Code::Unauthenticated, fault.to_string()),
        });
    }
    let Some(cookie) = hub.access().cookie_value(headers).filter(|_| hub.access().is_from_here(headers)) else {
        return Ok(None);
    };
    hub.access().session(cookie, hub.now()).await.map_err(|fault| {
        tracing::error!("a session cannot be looked up: {fault}");
        Problem::overloaded("who is signed in cannot be looked up now")
    })
}

impl From<address::Refused> for Problem {
    fn from(fault: address::Refused) -> Self {
        Problem::bad_request(fault.to_string())
    }
}

impl From<NotReady> for Problem {
    fn from(fault: NotReady) -> Self {
        Problem::overloaded(fault.to_string()).again_after(std::time::Duration::from_secs(5))
    }
}

/// A language that an address names.
pub(super) fn language(own: &[(&'static str, String)], name: &str) -> Result<Option<LanguageTag>, Problem> {
    let Some((_, value)) = own.iter().rev().find(|(other, value)| *other == name && !value.is_empty()) else {
        return Ok(None);
    };
    let refused = || Problem::bad_request(format!("{name}: is no language tag, such as fr"));
    LanguageTag::parse(value).map(Some).ok_or_else(refused)
}
