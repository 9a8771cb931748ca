//! The requests of protocol §5, as one type. Each method makes one request and reads one answer, within the bounds of
//! protocol §6 and §7 on time and size; what comes back is of the right form and otherwise unjudged. Dropping the
//! future of a method ends its request.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
};
use reqwest::{Client, Method, Response, StatusCode, Url};

use super::addresses::check_host;
use super::answers::{self, BatchEnd, Conditional, Listed, StateAnswer};
use super::client::{WebConfig, WebSetupError};
use super::decode::Body;
use super::fault::{Fault, Waited};
use super::ndjson::{Batch, Sink};
use super::{client, refusal};
use crate::record::{Audience, EntityIdError, check_entity_id};

/// Types of the answers (protocol §5).
const JSON: &str = "application/json";
const NDJSON: &str = "application/x-ndjson";
const ENTITY_STATEMENT: &str = "application/entity-statement+jwt";

/// Bounds of decompressed bytes (protocol §7).
const MOST_STATE: u64 = 16 << 20;
const MOST_BATCH: u64 = 9 << 20;
const MOST_OTHER: u64 = 1 << 20;

/// Longest ETag that is kept.
const LONGEST_ETAG: usize = 256;

/// Longest times for whole answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) state: Duration,
    pub(super) batch: Duration,
    pub(super) other: Duration,
}

/// 120 s a state, 60 s a batch (protocol §6); it gives none for the rest, which are far smaller.
const TIMES: Times =
    Times { state: Duration::from_secs(120), batch: Duration::from_secs(60), other: Duration::from_secs(60) };

/// Which journal is asked for, and how.
#[derive(Clone, Debug)]
pub struct JournalAsk {
    /// entityId of the journal's origin.
    pub origin: String,
    /// Which of its two journals.
    pub audience: Audience,
    /// For `state`: the `seq` held, 0 for all.
    pub since: u64,
    /// For `state`: the ETag of the checkpoint held (protocol §5); without it 304 is a fault.
    pub if_none_match: Option<String>,
    /// Client assertion, for journals of the network.
    pub bearer: Option<String>,
}

/// An answer, and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried<T> {
    /// The answer.
    pub value: T,
    /// Bytes of its body on the wire, before decoding; headers are not counted.
    pub bytes: u64,
}

/// The outgoing half of the federation protocol: one per instance, cheap to clone; connections are reused.
#[derive(Clone, Debug)]
pub struct Web {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    client: Client,
    allow_private_networks: bool,
    allow_http: bool,
    connect: Duration,
    idle: Duration,
    times: Times,
}

/// One request, before it is sent.
struct Ask<'a> {
    method: Method,
    url: Url,
    /// Type of the answer, the only one that is taken.
    accept: &'static str,
    /// Status of a good answer.
    good: StatusCode,
    bearer: Option<&'a str>,
    if_none_match: Option<&'a str>,
    /// Type and text of what is sent.
    content: Option<(&'static str, String)>,
    most: u64,
}

enum Answer {
    NotModified,
    Good { body: Body, etag: Option<String> },
}

impl Web {
    /// Sets the client up; reads the file of roots.
    pub fn new(config: WebConfig) -> Result<Web, WebSetupError> {
        Web::with_times(config, TIMES)
    }

    pub(super) fn with_times(config: WebConfig, times: Times) -> Result<Web, WebSetupError> {
        let client = client::build(&config)?;
        let WebConfig { allow_private_networks, allow_http, connect, idle, .. } = config;
        Ok(Web { inner: Arc::new(Inner { client, allow_private_networks, allow_http, connect, idle, times }) })
    }

    /// `GET state`: the checkpoint and the entries since `ask.since`, or 304. 120 s, 16 MiB.
    pub async fn state(&self, base: &str, ask: &JournalAsk) -> Result<Carried<StateAnswer>, Fault> {
        let mut url = self.journal_url(base, "/federation/v1/state", ask)?;
        url.query_pairs_mut().append_pair("since", &ask.since.to_string());
        let request = Ask {
            bearer: ask.bearer.as_deref(),
            if_none_match: ask.if_none_match.as_deref(),
            most: MOST_STATE,
            ..Ask::get(url, JSON)
        };
        within(self.inner.times.state, async {
            let Answer::Good { mut body, .. } = self.send(request).await? else {
                return Ok(Carried { value: StateAnswer::NotModified, bytes: 0 });
            };
            let (text, bytes) = (body.whole().await?, body.wire_bytes());
            // Up to 16 MiB of text: too long a job for a thread that serves others.
            let read = tokio::task::spawn_blocking(move || answers::state(text)).await;
            let value = read.map_err(|_| Fault::Malformed("its state could not be read"))??;
            Ok(Carried { value, bytes })
        })
        .await
    }

    /// `POST revisions`: one batch of at most 1,000 `digests`, each revision handed to `sink` as it comes, with its
    /// digest proved. 60 s, 9 MiB. What `sink` got before a fault is good and may be kept; a fault for which
    /// [`Fault::breaks_a_bound`] holds wants the rest asked again in halves. `since` and `if_none_match` of `ask` do
    /// not count here. Without digests nothing is asked.
    pub async fn revisions(
        &self,
        base: &str,
        ask: &JournalAsk,
        digests: &[[u8; 32]],
        sink: &mut Sink<'_>,
    ) -> Result<Carried<BatchEnd>, Fault> {
        if digests.is_empty() {
            return Ok(Carried { value: BatchEnd { more: false, missing: Vec::new() }, bytes: 0 });
        }
        let texts: Vec<String> = digests.iter().map(answers::text_of_digest).collect();
        let request = Ask {
            method: Method::POST,
            bearer: ask.bearer.as_deref(),
            content: Some((JSON, serde_json::json!({ "digests": texts }).to_string())),
            most: MOST_BATCH,
            ..Ask::get(self.journal_url(base, "/federation/v1/revisions", ask)?, NDJSON)
        };
        within(self.inner.times.batch, async {
            let mut body = self.send(request).await?.body()?;
            let mut batch = Batch::new(digests, sink);
            while let Some(block) = body.block().await? {
                batch.take(block)?;
            }
            Ok(Carried { value: batch.finish()?, bytes: body.wire_bytes() })
        })
        .await
    }

    /// `GET journals`: what the server serves; the public journals alone without `bearer`. 1 MiB.
    pub async fn journals(
        &self,
        base: &str,
        bearer: Option<&str>,
        etag: Option<&str>,
    ) -> Result<Carried<Conditional<Vec<Listed>>>, Fault> {
        let url = self.url(base, "/federation/v1/journals")?;
        self.document(Ask { bearer, if_none_match: etag, ..Ask::get(url, JSON) }, |body| answers::journals(&body)).await
    }

    /// `GET anchor`: the links, oldest first, unverified. 1 MiB.
    pub async fn anchor(&self, base: &str, etag: Option<&str>) -> Result<Carried<Conditional<Vec<String>>>, Fault> {
        let url = self.url(base, "/federation/v1/anchor")?;
        self.document(Ask { if_none_match: etag, ..Ask::get(url, JSON) }, |body| answers::anchor(&body)).await
    }

    /// `GET /.well-known/openid-federation`: the entity configuration, a compact JWS, unverified. 1 MiB.
    pub async fn entity_configuration(
        &self,
        base: &str,
        etag: Option<&str>,
    ) -> Result<Carried<Conditional<String>>, Fault> {
        let url = self.url(base, "/.well-known/openid-federation")?;
        self.document(Ask { if_none_match: etag, ..Ask::get(url, ENTITY_STATEMENT) }, answers::entity_configuration)
            .await
    }

    /// `POST hint`: "I have news". The body of the answer is not read.
    pub async fn hint(&self, base: &str, bearer: &str) -> Result<(), Fault> {
        let url = self.url(base, "/federation/v1/hint")?;
        let request =
            Ask { method: Method::POST, good: StatusCode::ACCEPTED, bearer: Some(bearer), ..Ask::get(url, JSON) };
        within(self.inner.times.other, async { self.answer_to(request).await.map(|_| ()) }).await
    }

    /// `POST applications`: hands an application (compact JWS) to the coordinator; gives the number of the case.
    pub async fn apply(&self, base: &str, application: &str) -> Result<Carried<u64>, Fault> {
        let url = self.url(base, "/federation/v1/applications")?;
        let request = Ask {
            method: Method::POST,
            good: StatusCode::ACCEPTED,
            content: Some(("application/jwt", application.to_owned())),
            ..Ask::get(url, JSON)
        };
        self.plain(request, answers::application_number).await
    }

    /// `GET applications`: how the caller's own application stands.
    pub async fn application(&self, base: &str, bearer: &str) -> Result<Carried<answers::Application>, Fault> {
        let url = self.url(base, "/federation/v1/applications")?;
        self.plain(Ask { bearer: Some(bearer), ..Ask::get(url, JSON) }, answers::application).await
    }

    async fn document<T>(
        &self,
        request: Ask<'_>,
        read: impl FnOnce(Vec<u8>) -> Result<T, Fault>,
    ) -> Result<Carried<Conditional<T>>, Fault> {
        within(self.inner.times.other, async {
            let Answer::Good { mut body, etag } = self.send(request).await? else {
                return Ok(Carried { value: Conditional::NotModified, bytes: 0 });
            };
            let value = read(body.whole().await?)?;
            Ok(Carried { value: Conditional::New { value, etag }, bytes: body.wire_bytes() })
        })
        .await
    }

    async fn plain<T>(
        &self,
        request: Ask<'_>,
        read: impl FnOnce(&[u8]) -> Result<T, Fault>,
    ) -> Result<Carried<T>, Fault> {
        within(self.inner.times.other, async {
            let mut body = self.send(request).await?.body()?;
            Ok(Carried { value: read(&body.whole().await?)?, bytes: body.wire_bytes() })
        })
        .await
    }

    fn journal_url(&self, base: &str, path: &str, ask: &JournalAsk) -> Result<Url, Fault> {
        let mut url = self.url(base, path)?;
        url.query_pairs_mut().append_pair("origin", &ask.origin).append_pair("audience", ask.audience.as_str());
        Ok(url)
    }

    /// The URL of an endpoint, if it may be called as far as its spelling tells.
    fn url(&self, base: &str, path: &str) -> Result<Url, Fault> {
        check_entity_id(base, self.inner.allow_http).map_err(Fault::NotCallable)?;
        let url = Url::parse(&format!("{base}{path}")).map_err(|_| Fault::NotCallable(EntityIdError::Host))?;
        check_host(&url, self.inner.allow_private_networks)?;
        Ok(url)
    }

    /// Sends a request and looks at status, type and encoding; the body is still to be read.
    async fn send(&self, request: Ask<'_>) -> Result<Answer, Fault> {
        let (accept, most) = (request.accept, request.most);
        let Some(response) = self.answer_to(request).await? else { return Ok(Answer::NotModified) };
        check_type(response.headers(), accept)?;
        let etag = etag_of(response.headers());
        Ok(Answer::Good { body: Body::of(response, most, self.inner.idle)?, etag })
    }

    /// Sends a request; a response has the good status, none is a 304 that was asked for.
    async fn answer_to(&self, request: Ask<'_>) -> Result<Option<Response>, Fault> {
        let (good, conditional) = (request.good, request.if_none_match.is_some());
        let sent = self.inner.client.execute(self.request(request)?);
        // Connecting has its own limit inside; what is left of this one is the wait for the first byte.
        let response = tokio::time::timeout(self.inner.connect + self.inner.idle, sent)
            .await
            .map_err(|_| Fault::Timeout(Waited::Byte))?
            .map_err(|error| client::fault_of(&error))?;
        match response.status() {
            status if status == good => Ok(Some(response)),
            StatusCode::NOT_MODIFIED if conditional => Ok(None),
            _ => Err(refusal::of(response, self.inner.idle).await),
        }
    }

    fn request(&self, ask: Ask<'_>) -> Result<reqwest::Request, Fault> {
        let mut builder = self
            .inner
            .client
            .request(ask.method, ask.url)
            .header(ACCEPT, ask.accept)
            .header(ACCEPT_ENCODING, "gzip, zstd");
        if let Some(bearer) = ask.bearer {
            let value = HeaderValue::from_str(&format!("Bearer {bearer}"));
            let mut value = value.map_err(|_| Fault::Refused("the request could not be made"))?;
            value.set_sensitive(true);
            builder = builder.header(AUTHORIZATION, value);
        }
        if let Some(etag) = ask.if_none_match {
            builder = builder.header(IF_NONE_MATCH, etag);
        }
        if let Some((kind, text)) = ask.content {
            builder = builder.header(CONTENT_TYPE, kind).body(text);
        }
        builder.build().map_err(|error| client::fault_of(&error))
    }
}

impl<'a> Ask<'a> {
    fn get(url: Url, accept: &'static str) -> Ask<'a> {
        Ask {
            method: Method::GET,
            url,
            accept,
            good: StatusCode::OK,
            bearer: None,
            if_none_match: None,
            content: None,
            most: MOST_OTHER,
        }
    }
}

impl Answer {
    /// The body of an answer to a request that had no `If-None-Match`.
    fn body(self) -> Result<Body, Fault> {
        match self {
            Answer::Good { body, .. } => Ok(body),
            Answer::NotModified => Err(Fault::Status { code: 304, problem: None }),
        }
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    tokio::time::timeout(limit, work).await.unwrap_or(Err(Fault::Timeout(Waited::Whole)))
}

/// Exactly one `Content-Type`, the one given; of parameters only `charset=utf-8` is looked at.
fn check_type(headers: &HeaderMap, expected: &str) -> Result<(), Fault> {
    let mut given = headers.get_all(CONTENT_TYPE).iter();
    let (Some(first), None) = (given.next(), given.next()) else { return Err(Fault::ContentType) };
    let text = first.to_str().unwrap_or_default().to_ascii_lowercase();
    let mut parts = text.split(';').map(str::trim);
    let utf8 = |parameter: &str| match parameter.strip_prefix("charset=") {
        Some(charset) => charset.trim_matches('"') == "utf-8",
        None => true,
    };
    if parts.next() == Some(expected) && parts.all(utf8) { Ok(()) } else { Err(Fault::ContentType) }
}

fn etag_of(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(ETAG)?.to_str().ok()?;
    (text.len() <= LONGEST_ETAG && text.ends_with('"')).then(|| text.to_owned())
}
