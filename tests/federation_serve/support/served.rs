//! An instance on a real socket, and what is asked of it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use nmirf_hub::{
    config::{Config, DatabaseUrl},
    http,
    hub::{self, Hub},
    journal::{
        adopt, encoding, prove,
        publish::Publication,
        read::{self, Trusted as _},
    },
    record::Audience,
    store::Store,
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

/// An instance that serves until it is dropped.
pub struct Served {
    pub hub: Arc<Hub>,
    pub base: String,
    pub folder: tempfile::TempDir,
    stop: CancellationToken,
    clock: Arc<AtomicI64>,
    pub client: reqwest::Client,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn lines(&self) -> Vec<Value> {
        assert!(self.body.ends_with(b"\n"), "an LF ends the last line");
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The code of its problem.
    pub fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{} {}", self.status, self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        problem["type"].as_str().unwrap().strip_prefix("urn:nmirf:problem:").unwrap().to_owned()
    }

    /// Status, and the code of its problem if it is one: "404 unknown-journal".
    pub fn outcome(&self) -> String {
        if self.status < 400 { self.status.to_string() } else { format!("{} {}", self.status, self.code()) }
    }

    /// The entries of a state, each as name and digest.
    pub fn entries(&self) -> Vec<([u8; 32], [u8; 32])> {
        let bytes = encoding::from_base64url(self.json()["entries"].as_str().unwrap()).unwrap();
        bytes.chunks(64).map(|entry| (entry[..32].try_into().unwrap(), entry[32..].try_into().unwrap())).collect()
    }
}

impl Served {
    /// Serves the instance of the configuration that `configure` makes of its entityId. `prepare` comes before the first
    /// request.
    pub async fn start(configure: impl FnOnce(&str) -> Config, prepare: impl AsyncFnOnce(&Hub)) -> Self {
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(jiff::Timestamp::now().as_millisecond()));
        let hub = open(configure(&base), folder.path(), clock.clone()).await;
        prepare(&hub).await;
        hub.catch_up().await.unwrap();
        let stop = CancellationToken::new();
        let app = http::app(hub.clone(), panicking());
        tokio::spawn(http::serve(hub.clone(), listener, app, stop.clone()));
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { hub, base, folder, stop, clock, client }
    }

    pub async fn publish(&self, publications: Vec<Publication>) {
        self.later(1);
        self.hub.publish(publications, &|_| {}).await.unwrap();
        self.hub.catch_up().await.unwrap();
    }

    /// Puts the instance's clock forward.
    pub fn later(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Takes a proved copy of a journal over from the database of its origin.
    pub async fn adopt(&self, from: &Store, origin: &str, audience: Audience) {
        let row = read::journal(from.read(), origin, audience).await.unwrap().unwrap();
        let (checkpoint, entries) = read::state(from, row.id, 0).await.unwrap().unwrap();
        let digests: Vec<_> = entries.iter().map(|(_, digest)| *digest).collect();
        let tokens = read::revisions(from, row.id, &digests).await.unwrap().into_iter().map(|(_, jws)| jws);
        let (store, trust) = (self.hub.store(), self.hub.trust());
        let copy = read::journal_or_new(store, origin, audience).await.unwrap();
        let bytes = entries.to_bytes();
        let offered = prove::Unproved { origin, audience, checkpoint: &checkpoint, entries: &bytes, since: 0 };
        let proved = prove::prove(&prove::Held::default(), &offered, trust.keys(origin)).unwrap();
        let names = proved.entries().iter().map(|(name, digest)| (*digest, *name)).collect();
        adopt::stage(store, &copy, trust.keys(origin), &names, tokens.collect()).await.unwrap();
        let circumstances = adopt::Circumstances { via: None, now: self.hub.now(), confirmed_at: self.hub.now() };
        adopt::adopt(store, copy.id, &proved, &circumstances).await.unwrap();
        self.hub.catch_up().await.unwrap();
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], None).await
    }

    pub async fn get_as(&self, assertion: &str, path: &str) -> Answer {
        self.ask("GET", path, &[("authorization", &format!("Bearer {assertion}"))], None).await
    }

    pub async fn revisions(&self, digests: &[[u8; 32]]) -> Answer {
        let digests: Vec<String> = digests.iter().map(|digest| encoding::base64url(digest)).collect();
        let body = json!({"digests": digests}).to_string();
        self.ask("POST", "/federation/v1/revisions", &[], Some(body.into_bytes())).await
    }

    /// One request; every answer is looked at for what all answers have in common.
    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Vec<u8>>) -> Answer {
        let mut request = self.client.request(method.parse().unwrap(), format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let answer = Answer { status, headers, body: response.bytes().await.unwrap().to_vec() };
        assert_eq!(answer.header("cache-control"), "no-store", "{method} {path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{method} {path}");
        if answer.status == 503 {
            assert!(answer.header("retry-after").parse::<u32>().is_ok(), "{method} {path}");
        }
        answer
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn open(mut config: Config, folder: &Path, clock: Arc<AtomicI64>) -> Arc<Hub> {
    config.key.file = folder.join("hub.key");
    config.database.url = DatabaseUrl::Sqlite(folder.join("hub.db"));
    hub::make_key(&config.key.file).unwrap();
    Hub::open(config, Arc::new(move || clock.load(Ordering::SeqCst))).await.unwrap()
}

fn panicking() -> axum::Router {
    async fn fault() -> String {
        panic!("a fault with a secret in it")
    }
    axum::Router::new().route("/fault", axum::routing::get(fault))
}
