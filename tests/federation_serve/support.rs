//! A coordinator on a real socket, with members whose keys the tests hold, and what is asked of it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use nmirf_hub::{
    config::{Config, DatabaseUrl, Role},
    federation::assertion::make_assertion,
    http,
    hub::{self, Hub},
    journal::{
        adopt, encoding,
        key::{KeySet, KeyStatus},
        prove,
        publish::{self, Author, Publication},
        read::{self, Trusted as _},
        revision::Act,
        signing::SigningKey,
    },
    record::{Audience, Kind, Sub},
    register,
    store::Store,
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// An active member.
pub const MEMBER: &str = "https://member.example";
/// A suspended one.
pub const SUSPENDED: &str = "https://suspended.example";

/// A coordinator that serves.
pub struct Coordinator {
    pub hub: Arc<Hub>,
    pub base: String,
    /// Current key of [`MEMBER`].
    pub member: SigningKey,
    /// Retired key of [`MEMBER`].
    pub retired: SigningKey,
    /// Current key of [`SUSPENDED`].
    pub suspended: SigningKey,
    pub folder: tempfile::TempDir,
    stop: CancellationToken,
    clock: Arc<AtomicI64>,
    client: reqwest::Client,
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

    /// The entries of a state, each as name and digest.
    pub fn entries(&self) -> Vec<([u8; 32], [u8; 32])> {
        let bytes = encoding::from_base64url(self.json()["entries"].as_str().unwrap()).unwrap();
        bytes.chunks(64).map(|entry| (entry[..32].try_into().unwrap(), entry[32..].try_into().unwrap())).collect()
    }
}

/// A practice of this number.
pub fn practice(number: u64) -> Publication {
    publication(Kind::Practice, number, body(number, "short"))
}

pub fn body(number: u64, text: &str) -> Value {
    json!({"country": "MA", "title": {"en": format!("Practice {number}")}, "summary": {"en": text}})
}

pub fn publication(kind: Kind, number: u64, body: Value) -> Publication {
    Publication { sub: sub(kind, number), audience: Audience::Public, act: Act::Put { body } }
}

pub fn sub(kind: Kind, number: u64) -> Sub {
    Sub::new(kind, Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 | number))
}

fn member(number: u64, entity_id: &str, status: &str, keys: &KeySet) -> Publication {
    let term = json!({"from": "2026-01-01", "role": "member", "status": status});
    let body = json!({"country": "MA", "entityId": entity_id, "role": "member", "status": status,
        "history": [term], "keys": keys.to_json()});
    publication(Kind::Member, number, body)
}

impl Coordinator {
    pub async fn start() -> Self {
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(jiff::Timestamp::now().as_millisecond()));
        let hub = open(&base, folder.path(), clock.clone()).await;
        let (member, retired, suspended) = (SigningKey::generate(), SigningKey::generate(), SigningKey::generate());
        let stop = CancellationToken::new();
        let app = http::app(hub.clone(), panicking());
        tokio::spawn(http::serve(hub.clone(), listener, app, stop.clone()));
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let this = Self { hub, base, member, retired, suspended, folder, stop, clock, client };
        this.admit().await;
        this
    }

    async fn admit(&self) {
        let mut keys = KeySet::of(self.member.public().clone(), KeyStatus::Current);
        keys.add(self.retired.public().clone(), KeyStatus::Retired);
        let suspended = KeySet::of(self.suspended.public().clone(), KeyStatus::Current);
        self.publish(vec![member(901, MEMBER, "active", &keys), member(902, SUSPENDED, "suspended", &suspended)]).await;
    }

    /// Says of [`MEMBER`] that its key is compromised, or that it is not active.
    pub async fn change_member(&self, key: KeyStatus, status: &str) {
        let keys = KeySet::of(self.member.public().clone(), key);
        self.publish(vec![member(901, MEMBER, status, &keys)]).await;
    }

    pub async fn publish(&self, publications: Vec<Publication>) {
        self.clock.fetch_add(1, Ordering::SeqCst);
        self.hub.publish(publications, &|_| {}).await.unwrap();
        self.hub.catch_up().await.unwrap();
    }

    /// Publishes as [`MEMBER`] in a database of its own, and takes a proved copy of its journal over.
    pub async fn copy_of_member(&self, publications: Vec<Publication>) {
        let audience = publications[0].audience;
        let url = format!("sqlite://{}", self.folder.path().join("member.db").display());
        let origin = Store::open(&url).await.unwrap();
        let key = Arc::new(SigningKey::from_seed(seed_of(&self.member, self.folder.path())));
        let author = Author { entity_id: MEMBER.into(), key, is_coordinator: false, max_entries: 100 };
        publish::sign_if_due(&origin, &author, self.hub.now()).await.unwrap();
        publish::publish(&origin, &author, self.hub.now(), publications, &|_| {}).await.unwrap();
        let row = read::journal(origin.read(), MEMBER, audience).await.unwrap().unwrap();
        let (checkpoint, entries) = read::state(&origin, row.id, 0).await.unwrap().unwrap();
        let digests: Vec<_> = entries.iter().map(|(_, digest)| *digest).collect();
        let tokens = read::revisions(&origin, row.id, &digests).await.unwrap().into_iter().map(|(_, jws)| jws);

        let (store, trust) = (self.hub.store(), self.hub.trust());
        let copy = read::journal_or_new(store, MEMBER, audience).await.unwrap();
        let offered = prove::Unproved {
            origin: MEMBER,
            audience,
            checkpoint: &checkpoint,
            entries: &entries.to_bytes(),
            since: 0,
        };
        let proved = prove::prove(&prove::Held::default(), &offered, trust.keys(MEMBER)).unwrap();
        let names = proved.entries().iter().map(|(name, digest)| (*digest, *name)).collect();
        adopt::stage(store, &copy, trust.keys(MEMBER), &names, tokens.collect()).await.unwrap();
        let circumstances = adopt::Circumstances { via: None, now: self.hub.now(), confirmed_at: self.hub.now() };
        adopt::adopt(store, copy.id, &proved, &circumstances).await.unwrap();
        self.hub.catch_up().await.unwrap();
    }

    /// An assertion of the active member for this coordinator.
    pub fn assertion(&self) -> String {
        make_assertion(&self.member, MEMBER, &self.base, self.hub.now())
    }

    /// Puts the coordinator's clock forward.
    pub fn later(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
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

async fn open(base: &str, folder: &Path, clock: Arc<AtomicI64>) -> Arc<Hub> {
    let mut config = Config::default_for(base, "Coordinator", Role::Coordinator, None);
    config.key.file = folder.join("hub.key");
    config.database.url = DatabaseUrl::Sqlite(folder.join("hub.db"));
    hub::make_key(&config.key.file).unwrap();
    let hub = Hub::open(config, Arc::new(move || clock.load(Ordering::SeqCst))).await.unwrap();
    register::found_network(hub.store(), base, &hub.author().key, hub.now()).await.unwrap();
    publish::sign_if_due(hub.store(), hub.author(), hub.now()).await.unwrap();
    hub.catch_up().await.unwrap();
    hub
}

/// A key gives its seed to nobody but its file.
fn seed_of(key: &SigningKey, folder: &Path) -> [u8; 32] {
    let file = folder.join(format!("{}.key", key.public().thumbprint()));
    if !file.exists() {
        key.write(&file).unwrap();
    }
    let jwk: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    encoding::hash_from_base64url(jwk["d"].as_str().unwrap()).unwrap()
}

impl Drop for Coordinator {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn panicking() -> axum::Router {
    async fn fault() -> String {
        panic!("a fault with a secret in it")
    }
    axum::Router::new().route("/fault", axum::routing::get(fault))
}
