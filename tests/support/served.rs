//! A hub with nothing in it that serves on loopback, and one connection a request.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use nmirf_hub::{
    access::Role,
    audit::Actor,
    config::{self, Config, DatabaseUrl},
    graphql, http,
    hub::{self, Hub},
    journal::{
        publish::{self, Publication},
        revision::Act,
    },
    record::{Audience, Kind, Sub},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// A hub that serves until it is dropped.
pub struct Served {
    pub address: SocketAddr,
    pub hub: Arc<Hub>,
    pub clock: Arc<AtomicI64>,
    pub stop: CancellationToken,
    _folder: tempfile::TempDir,
}

impl Served {
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// With a configuration that the test changes.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let (address, folder) = (listener.local_addr().unwrap(), tempfile::tempdir().unwrap());
        let mut config = Config::default_for(&format!("http://{address}"), "Hub", config::Role::National, Some("MA"));
        config.key.file = folder.path().join("hub.key");
        config.database.url = DatabaseUrl::Sqlite(folder.path().join("hub.db"));
        change(&mut config);
        assert_eq!(config.problems(), Vec::<String>::new());
        hub::make_key(&config.key.file).unwrap();
        let clock = Arc::new(AtomicI64::new(jiff::Timestamp::now().as_millisecond()));
        let now = clock.clone();
        let hub = Hub::open(config, Arc::new(move || now.load(Ordering::SeqCst))).await.unwrap();
        publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await.unwrap();
        hub.catch_up().await.unwrap();
        let stop = CancellationToken::new();
        let app = http::app(hub.clone(), graphql::router(hub.clone()).unwrap());
        tokio::spawn(http::serve(hub.clone(), listener, app, stop.clone()));
        Self { address, hub, clock, stop, _folder: folder }
    }

    pub fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    pub async fn publish(&self, audience: Audience, number: u128, title: &str) {
        let sub = Sub::new(Kind::Practice, Uuid::from_u128(number));
        let body = json!({"country": "MA", "title": {"en": title}, "summary": {"en": "Short."}});
        self.hub
            .publish(vec![Publication { sub, audience, act: Act::Put { body }, expected: None }], &|_| {})
            .await
            .unwrap();
        self.hub.catch_up().await.unwrap();
    }

    /// The State's own mechanism, which its practices then have.
    pub async fn publish_mechanism(&self, name: &str) {
        let sub = Sub::new(Kind::Mechanism, Uuid::from_u128(0));
        let body = json!({"country": "MA", "name": {"en": name}, "type": "ministerial"});
        let audience = Audience::Public;
        self.hub
            .publish(vec![Publication { sub, audience, act: Act::Put { body }, expected: None }], &|_| {})
            .await
            .unwrap();
        self.hub.catch_up().await.unwrap();
    }

    /// A token for somebody of this name.
    pub async fn token(&self, name: &str, role: Role) -> String {
        let (key, day) = (self.hub.author().key.clone(), Duration::from_secs(24 * 3600));
        let issued = self.hub.access().issue_token(&key, name, role, day, &Actor::operator(), self.hub.now()).await;
        issued.unwrap_or_else(|fault| panic!("{name}: {fault}")).text
    }

    pub async fn send(&self, head: &str, body: &str) -> String {
        String::from_utf8(self.send_bytes(head, body.as_bytes()).await).unwrap()
    }

    pub async fn send_bytes(&self, head: &str, body: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let length = body.len();
        let head = format!("{head}\r\nhost: {}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n", self.address);
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        answer
    }

    pub async fn post(&self, body: &str) -> String {
        self.send("POST /graphql HTTP/1.1\r\ncontent-type: application/json", body).await
    }

    /// The data of an answer without errors.
    pub async fn ask(&self, text: &str) -> Value {
        let answer = self.post(&query(text)).await;
        let mut body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!(body.get("errors"), None, "{text}: {body}");
        body["data"].take()
    }

    /// The tag of an answer to a query in an address.
    pub async fn tag(&self, text: &str) -> String {
        let answer = self.send(&format!("GET /graphql?query={text} HTTP/1.1"), "").await;
        let tag = answer.lines().find_map(|line| line.strip_prefix("etag: "));
        tag.unwrap_or_else(|| panic!("no tag: {answer}")).to_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// The body of a request for this document.
pub fn query(text: &str) -> String {
    json!({ "query": text }).to_string()
}
