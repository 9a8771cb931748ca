//! The GraphQL-over-HTTP audit of `graphql-http` against a hub, and what a hostile client may send, over a real
//! connection. Needs Node and, once, `npm ci` in this folder.
#![allow(clippy::unwrap_used)]

use std::{
    net::SocketAddr,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use nmirf_hub::{
    config::{Config, DatabaseUrl, Role},
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

/// A hub with nothing in it that serves until it is dropped.
struct Served {
    address: SocketAddr,
    hub: Arc<Hub>,
    clock: Arc<AtomicI64>,
    stop: CancellationToken,
    _folder: tempfile::TempDir,
}

impl Served {
    async fn start() -> Self {
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let (address, folder) = (listener.local_addr().unwrap(), tempfile::tempdir().unwrap());
        let mut config = Config::default_for(&format!("http://{address}"), "Hub", Role::National, Some("MA"));
        config.key.file = folder.path().join("hub.key");
        config.database.url = DatabaseUrl::Sqlite(folder.path().join("hub.db"));
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

    async fn publish(&self, audience: Audience, number: u128, title: &str) {
        let sub = Sub::new(Kind::Practice, Uuid::from_u128(number));
        let body = json!({"country": "MA", "title": {"en": title}, "summary": {"en": "Short."}});
        self.hub
            .publish(vec![Publication { sub, audience, act: Act::Put { body }, expected: None }], &|_| {})
            .await
            .unwrap();
        self.hub.catch_up().await.unwrap();
    }

    async fn send(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let length = body.len();
        let head = format!("{head}\r\nhost: {}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n", self.address);
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    async fn post(&self, body: &str) -> String {
        self.send("POST /graphql HTTP/1.1\r\ncontent-type: application/json", body).await
    }

    /// The data of an answer without errors.
    async fn ask(&self, text: &str) -> Value {
        let answer = self.post(&query(text)).await;
        let mut body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!(body.get("errors"), None, "{text}: {body}");
        body["data"].take()
    }

    /// The tag of an answer to a query in an address.
    async fn tag(&self, text: &str) -> String {
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

fn query(text: &str) -> String {
    json!({ "query": text }).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_audit_of_the_draft_is_ok() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graphql_http");
    assert!(
        folder.join("node_modules/graphql-http").is_dir(),
        "the audit is not installed: run `npm ci` in tests/graphql_http, or tests/run, which does it"
    );
    let served = Served::start().await;
    let url = format!("http://{}/graphql", served.address);
    let node = move || Command::new("node").arg("audit.mjs").arg(&url).current_dir(&folder).output();
    let output = tokio::task::spawn_blocking(node).await.unwrap();
    let output = output.expect("node can be started: install Node 20 or later");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("61 audits, 0 failures"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_members_read_leaves_the_tag_of_the_public() {
    let served = Served::start().await;
    let text = "{practices{totalCount}}";
    let empty = served.tag(text).await;
    served.publish(Audience::Network, 1, "For members").await;
    assert_eq!(served.tag(text).await, empty);
    served.publish(Audience::Public, 2, "For all").await;
    assert_ne!(served.tag(text).await, empty);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_lasts_no_longer_than_the_day() {
    let served = Served::start().await;
    let text = "{members{totalCount}}";
    let today = served.tag(text).await;
    assert_eq!(served.tag(text).await, today);
    served.clock.fetch_add(86_400_000, Ordering::SeqCst);
    assert_ne!(served.tag(text).await, today);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_is_told_with_as_much_as_is_selected() {
    let served = Served::start().await;
    served.publish(Audience::Public, 1, "First").await;
    served.publish(Audience::Public, 1, "Second").await;
    let of = async |fields: &str| {
        let found = served.ask(&format!("{{ practices {{ nodes {{ updatedAt history {{ {fields} }} }} }} }}")).await;
        let practice = &found["practices"]["nodes"][0];
        (practice["history"].clone(), practice["updatedAt"].clone())
    };
    assert_eq!(of("number").await.0, json!([{"number": 2}, {"number": 1}]));
    let (history, updated_at) = of("signedAt").await;
    assert_eq!(history[0]["signedAt"], updated_at);
    let (history, _) = of("number keyId jws").await;
    let signed = |place: usize| history[place]["jws"].as_str().unwrap().split('.').count();
    assert_eq!((signed(0), signed(1)), (3, 3));
    assert_eq!(history[0]["keyId"], json!(&**served.hub.author().key.public().thumbprint()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_histories_is_answered_and_a_flood_of_them_is_not() {
    let served = Served::start().await;
    served.ask("{ practices(first: 100) { nodes { id history { number } } } }").await;
    let flood = served.post(&query("{ practices(first: 98) { nodes { history(first: 100) { number } } } }")).await;
    assert!(flood.contains("\"code\":\"TOO_COMPLEX\""), "{flood}");
    let walk = "changes(first: 1, filter: { origins: [\"x\"] }) { nodes { type } }";
    let walks = (0..20).map(|n| format!("w{n}: {walk} ")).collect::<String>();
    let flood = served.post(&query(&format!("{{ {walks} }}"))).await;
    assert!(flood.contains("\"code\":\"TOO_COMPLEX\""), "{flood}");
    assert_eq!(served.ask(&format!("{{ {walk} }}")).await, json!({"changes": {"nodes": []}}));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hostile_client_sends_is_refused_with_the_right_code() {
    let served = Served::start().await;
    let doubling = (0..20).map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }} ", n + 1)).collect::<String>();
    let aliases = (0..10_000).map(|n| format!("a{n}:__typename ")).collect::<String>();
    let few_bytes = (0..3000).map(|n| format!("a{n}:__typename ")).collect::<String>();
    let variables = (0..20_000).map(|n| format!("$v{n}:Int ")).collect::<String>();
    let numbers = vec!["1"; 20_000].join(",");
    for (name, body, status, code) in [
        (
            "doubling fragments",
            query(&format!("{{ ...F0 }} {doubling} fragment F20 on Query {{ __typename }}")),
            200,
            "TOO_COMPLEX",
        ),
        ("10,000 aliases", query(&format!("{{ {aliases} }}")), 413, "TOO_LARGE"),
        ("3,000 aliases", query(&format!("{{ {few_bytes} }}")), 200, "TOO_COMPLEX"),
        ("10 MiB", "x".repeat(10 << 20), 413, "TOO_LARGE"),
        ("20,000 unused variables", query(&format!("query({variables}) {{ __typename }}")), 413, "TOO_LARGE"),
        (
            "circular fragments",
            query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
            200,
            "VALIDATION_FAILED",
        ),
        ("10,000 levels", query(&format!("{}{}", "{a".repeat(10_000), "}".repeat(10_000))), 200, "TOO_DEEP"),
        (
            "a huge list",
            format!("{{\"query\":\"{{__typename}}\",\"variables\":{{\"v\":[{numbers}]}}}}"),
            200,
            "TOO_COMPLEX",
        ),
    ] {
        let answer = served.post(&body).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {answer}");
        assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{name}: {answer}");
        assert!(answer.len() < 2000, "{name}: the answer is long");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_nobody_knows_is_refused_for_the_whole_request() {
    let served = Served::start().await;
    let head = "POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\nauthorization: Bearer nobody's";
    let answer = served.send(head, &query("{ __typename }")).await;
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    assert!(answer.contains("\"code\":\"UNAUTHENTICATED\""), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_was_valid_once_is_answered_alike_and_variables_are_judged_each_time() {
    let served = Served::start().await;
    served.publish(Audience::Public, 1, "Open meetings").await;
    let text = "{ practices { totalCount nodes { title { text } ...C } } } fragment C on Practice { country }";
    let first = served.ask(text).await;
    for _ in 0..3 {
        assert_eq!(served.ask(text).await, first);
    }
    let with = |first: Value| {
        let text = "query($first: Int) { practices(first: $first) { totalCount } }";
        json!({"query": text, "variables": {"first": first}}).to_string()
    };
    for _ in 0..2 {
        assert!(served.post(&with(2.into())).await.contains("\"totalCount\":1"));
        let wrong = served.post(&with("two".into())).await;
        assert!(
            wrong.contains("\"code\":\"BAD_USER_INPUT\"") || wrong.contains("\"code\":\"VALIDATION_FAILED\""),
            "{wrong}"
        );
    }
}
