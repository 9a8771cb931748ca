//! A coordinator's hub with the first data, on loopback. Its clock stands still and its name is made up, so that ids,
//! times and answers are the same on every run.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use nmirf_hub::access::Role as Rank;
use nmirf_hub::audit::Actor;
use nmirf_hub::config::{Config, DatabaseUrl, Role};
use nmirf_hub::hub::{self, Hub};
use nmirf_hub::import::{self, Facts, Row};
use nmirf_hub::journal::publish::{self, Publication};
use nmirf_hub::journal::revision::Act;
use nmirf_hub::record::{Audience, Kind, RecordKey, Sub, first_data};
use nmirf_hub::{graphql, http};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Name of the hub that answers; nothing is asked there.
pub const ENTITY_ID: &str = "https://hub.example";

/// 2026-11-24T12:00:00Z.
const NOW: i64 = 1_795_521_600_000;

/// A hub that serves until it is dropped.
pub struct Served {
    pub address: SocketAddr,
    pub hub: Arc<Hub>,
    stop: CancellationToken,
    _folder: tempfile::TempDir,
}

impl Served {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let (address, folder) = (listener.local_addr().unwrap(), tempfile::tempdir().unwrap());
        let mut config = Config::default_for(ENTITY_ID, "Hub of the network", Role::Coordinator, None);
        config.key.file = folder.path().join("hub.key");
        config.database.url = DatabaseUrl::Sqlite(folder.path().join("hub.db"));
        change(&mut config);
        hub::make_key(&config.key.file).unwrap();
        let hub = Hub::open(config, Arc::new(|| NOW)).await.unwrap();
        publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await.unwrap();
        let publications = [
            (Kind::Mechanism, first_data::mechanisms()),
            (Kind::Practice, first_data::practices()),
            (Kind::Document, first_data::documents()),
            (Kind::Event, first_data::events()),
            (Kind::Member, first_data::members()),
        ]
        .into_iter()
        .flat_map(|(kind, bodies)| prepared(&hub, kind, bodies))
        .collect();
        hub.publish(publications, &|_| {}).await.unwrap();
        hub.catch_up().await.unwrap();
        let stop = CancellationToken::new();
        let app = http::app(hub.clone(), graphql::router(hub.clone()).unwrap());
        tokio::spawn(http::serve(hub.clone(), listener, app, stop.clone()));
        tokio::spawn(hub.clone().keep_index(stop.clone()));
        Self { address, hub, stop, _folder: folder }
    }

    /// Waits for the index of words.
    pub async fn indexed(&self) {
        while self.hub.index().reader().is_none() {
            tokio::task::yield_now().await;
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    /// A token of somebody with this role.
    pub async fn token(&self, role: Rank) -> String {
        let (key, day) = (self.hub.author().key.clone(), Duration::from_secs(86_400));
        let access = self.hub.access();
        access.issue_token(&key, "amina", role, day, &Actor::operator(), self.hub.now()).await.unwrap().text
    }

    /// What is answered to a query sent as JSON.
    pub async fn post(&self, body: &Value) -> Value {
        read(reqwest::Client::new().post(self.url()).body(body.to_string())).await
    }

    /// The same to somebody with a token.
    pub async fn post_as(&self, token: &str, body: &Value) -> Value {
        read(reqwest::Client::new().post(self.url()).bearer_auth(token).body(body.to_string())).await
    }

    /// Publishes a practice for members only; gives its id.
    pub async fn publish_for_members(&self) -> String {
        self.publish(1, Audience::Network, Act::Put { body: practice("For members") }).await
    }

    /// Publishes a practice and withdraws it; gives its id.
    pub async fn publish_and_withdraw(&self) -> String {
        self.publish(2, Audience::Public, Act::Put { body: practice("Taken back") }).await;
        self.publish(2, Audience::Public, Act::Withdraw { superseded_by: None }).await
    }

    async fn publish(&self, number: u128, audience: Audience, act: Act) -> String {
        let sub = Sub::new(Kind::Practice, Uuid::from_u128(number));
        let id = RecordKey::of(RecordKey::COORDINATOR, &sub).to_string();
        self.hub.publish(vec![Publication { sub, audience, act, expected: None }], &|_| {}).await.unwrap();
        self.hub.catch_up().await.unwrap();
        id
    }

    /// The ids of the first practice, member and mechanism.
    pub async fn some_ids(&self) -> [String; 3] {
        let query = "{ practices(first: 1) { nodes { id } } members(first: 1) { nodes { id } } mechanisms(first: 1) { nodes { id } } }";
        let answer = self.post(&json!({ "query": query })).await;
        ["practices", "members", "mechanisms"].map(|kind| {
            answer["data"][kind]["nodes"][0]["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn read(request: reqwest::RequestBuilder) -> Value {
    let answer = request.header("content-type", "application/json").send().await.unwrap().bytes().await.unwrap();
    serde_json::from_slice(&answer).unwrap()
}

fn practice(title: &str) -> Value {
    json!({"country": "MA", "title": {"en": title}, "summary": {"en": "Short."}})
}

fn prepared(hub: &Hub, kind: Kind, bodies: Vec<Value>) -> Vec<Publication> {
    let rows = bodies.into_iter().enumerate().map(|(place, body)| Row::of(place + 1, body));
    let prepared = import::publications(&Facts::of(hub), Some(kind), rows.collect());
    assert!(prepared.faults.is_empty(), "{:?}", prepared.faults);
    prepared.publications.into_iter().map(|(_, publication)| publication).collect()
}

/// A folder of this repository.
pub fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs a program of Node in a folder whose packages are installed; gives what it printed, and panics when it fails.
pub async fn node(place: &str, arguments: &[&str]) -> String {
    let folder = folder(place);
    assert!(folder.join("node_modules").is_dir(), "run `npm ci` in {place}, or tests/run, which does it");
    let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
    let run = move || {
        let mut command = Command::new("node");
        command.args(&arguments).current_dir(&folder);
        // Tools that would like to tell their makers something.
        command.env("APOLLO_TELEMETRY_DISABLED", "1").env("NO_UPDATE_NOTIFIER", "1").env("CI", "1");
        command.output()
    };
    let output =
        tokio::task::spawn_blocking(run).await.unwrap().expect("node can be started: install Node 20 or later");
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}{complained}");
    said.into_owned()
}
