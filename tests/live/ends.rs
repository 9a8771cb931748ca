//! How streams end: with their clients, and with the instance.

use std::time::Duration;

use nmirf_hub::{http, hub::Open, record::Audience, serving::Serving};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{
    TRANSPORTS,
    served::{LONG, Node, Served, open, practice, publish, until},
};

const CHANGES: &str = "subscription { recordChanged { cursor } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_stops_or_vanishes_leaves_no_stream() {
    let served = Served::start().await;
    for transport in TRANSPORTS {
        let mut node = Node::subscribe(&served, transport, json!({ "query": CHANGES }));
        served.until_open(1, 1).await;
        node.stop();
        served.until_open(0, 0).await;
        let node = Node::subscribe(&served, transport, json!({ "query": CHANGES }));
        served.until_open(1, 1).await;
        node.kill();
        served.until_open(0, 0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_leaves_no_stream() {
    let served = Served::start().await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let body = json!({ "query": CHANGES }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: hub\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut begun = [0; 15];
    stream.read_exact(&mut begun).await.unwrap();
    assert_eq!(&begun, b"HTTP/1.1 200 OK");
    served.until_open(1, 1).await;
    drop(stream);
    served.until_open(0, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_come_over_http_2_and_a_stream_of_it_ends_by_itself() {
    let served = Served::start().await;
    let client = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    let query = format!("subscription {{ recordChanged(since: \"{}\") {{ type }} }}", served.cursor());
    let address = format!("{}/graphql", served.base());
    let request = client
        .post(&address)
        .header("content-type", "application/json")
        .body(json!({ "query": query }).to_string())
        .header("accept", "text/event-stream");
    let mut answer = request.send().await.unwrap();
    assert_eq!(answer.version(), reqwest::Version::HTTP_2);
    served.put(1, "News").await;
    let mut heard = String::new();
    while !heard.contains("ADDED") {
        heard += &String::from_utf8_lossy(&answer.chunk().await.unwrap().unwrap());
    }
    drop(answer);
    served.until_open(0, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_all_streams_in_time() {
    let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let (address, folder) = (listener.local_addr().unwrap(), tempfile::tempdir().unwrap());
    let hub = open(address, &folder).await;
    let serving = Serving::answer(hub.clone(), listener).await.unwrap();
    let told = |transport: &str| json!({"transport": transport, "base": format!("http://{address}"), "query": CHANGES});
    let mut socket = Node::run("subscribe.mjs", &told("ws"));
    let mut events = Node::run("subscribe.mjs", &told("sse"));
    until("two streams", || hub.streams().open() == Open { lines: 2, operations: 2 }).await;
    // Both are told something, so both have begun.
    let mut number = 0;
    for node in [&mut socket, &mut events] {
        loop {
            number += 1;
            publish(&hub, Audience::Public, number, practice("News")).await;
            if !node.line_soon().await.is_null() {
                break;
            }
        }
    }
    // Requests under way have ten seconds; streams do not use them up.
    timeout(Duration::from_secs(9), serving.stop()).await.expect("the stop waited for its streams").unwrap();
    assert_eq!(hub.streams().open(), Open::default());
    let closed = async {
        loop {
            let line = socket.line().await;
            if let Some(code) = line.get("closed") {
                return code.clone();
            }
        }
    };
    assert_eq!(timeout(LONG, closed).await.unwrap(), 1001);
    let broken_off = async {
        loop {
            let line = events.line().await;
            assert_eq!(line.get("complete"), None, "a client takes that for the end");
            if line.get("error").is_some() {
                return;
            }
        }
    };
    timeout(LONG, broken_off).await.unwrap();
}
