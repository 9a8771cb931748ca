//! The GraphQL-over-HTTP audit of `graphql-http` against the transport, and what a hostile client may send, over a real
//! connection. Needs Node and, once, `npm ci` in this folder.
#![allow(clippy::unwrap_used)]

use std::{net::SocketAddr, path::Path, process::Command};

use async_graphql::{EmptySubscription, Object, Schema};
use nmirf_hub::graphql::{
    guard::{Guard, Limits, rules::CostRules},
    http::{self, Asked, Door, Endpoint, ExecutionContext, Refusal, Settings},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

struct Query;

#[Object]
impl Query {
    async fn hello(&self, name: Option<String>) -> String {
        name.unwrap_or_default()
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn write(&self) -> bool {
        true
    }
}

struct OpenDoor;

impl Door for OpenDoor {
    async fn open(&self, _: Asked<'_>) -> Result<ExecutionContext, Refusal> {
        Ok(ExecutionContext::default())
    }
}

async fn serve() -> SocketAddr {
    let schema = Schema::build(Query, Mutation, EmptySubscription).finish();
    let guard = Guard::new(&schema.sdl(), &CostRules::of_the_hub(), Limits::default()).unwrap();
    let router = http::router(Endpoint::new(schema, guard, OpenDoor, Settings::default()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn every_audit_of_the_draft_is_ok() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graphql_http");
    assert!(
        folder.join("node_modules/graphql-http").is_dir(),
        "the audit is not installed: run `npm ci` in tests/graphql_http, or tests/run, which does it"
    );
    let url = format!("http://{}/graphql", serve().await);
    let node = move || Command::new("node").arg("audit.mjs").arg(&url).current_dir(&folder).output();
    let output = tokio::task::spawn_blocking(node).await.unwrap();
    let output = output.expect("node can be started: install Node 20 or later");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("61 audits, 0 failures"), "{said}");
}

async fn post(body: &str) -> String {
    let address = serve().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn query(text: &str) -> String {
    serde_json::json!({ "query": text }).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hostile_client_sends_is_refused_with_the_right_code() {
    let doubling = (0..20).map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }} ", n + 1)).collect::<String>();
    let aliases = (0..10_000).map(|n| format!("a{n}:hello ")).collect::<String>();
    let few_bytes = (0..3000).map(|n| format!("a{n}:hello ")).collect::<String>();
    let variables = (0..20_000).map(|n| format!("$v{n}:Int ")).collect::<String>();
    let numbers = vec!["1"; 20_000].join(",");
    for (name, body, status, code) in [
        (
            "doubling fragments",
            query(&format!("{{ ...F0 }} {doubling} fragment F20 on Query {{ hello }}")),
            200,
            "TOO_COMPLEX",
        ),
        ("10,000 aliases", query(&format!("{{ {aliases} }}")), 413, "TOO_LARGE"),
        ("3,000 aliases", query(&format!("{{ {few_bytes} }}")), 200, "TOO_COMPLEX"),
        ("10 MiB", "x".repeat(10 << 20), 413, "TOO_LARGE"),
        ("20,000 unused variables", query(&format!("query({variables}) {{ hello }}")), 413, "TOO_LARGE"),
        (
            "circular fragments",
            query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
            200,
            "VALIDATION_FAILED",
        ),
        ("10,000 levels", query(&format!("{}{}", "{a".repeat(10_000), "}".repeat(10_000))), 200, "TOO_DEEP"),
        ("a huge list", format!("{{\"query\":\"{{hello}}\",\"variables\":{{\"v\":[{numbers}]}}}}"), 200, "TOO_COMPLEX"),
    ] {
        let answer = post(&body).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {answer}");
        assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{name}: {answer}");
        assert!(answer.len() < 2000, "{name}: the answer is long");
    }
}
