use std::{sync::Arc, time::Duration};

use nmirf_hub::http::{self, Patience};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Notify,
};
use tokio_util::sync::CancellationToken;

use crate::support::Coordinator;

#[tokio::test]
async fn health_says_ok() {
    let hub = Coordinator::start().await;
    for path in ["/health/live", "/health/ready"] {
        let answer = hub.get(path).await;
        assert_eq!((answer.status, answer.text().as_str()), (200, r#"{"status":"ok"}"#));
    }
}

#[tokio::test]
async fn an_instance_without_a_database_is_not_ready() {
    let hub = Coordinator::start().await;
    hub.hub.store().close().await;
    assert_eq!(hub.get("/health/ready").await.status, 503);
    assert_eq!(hub.get("/health/live").await.status, 200);
    let answer = hub.get("/federation/v1/state").await;
    assert_eq!(answer.outcome(), "503 overloaded");
}

#[tokio::test]
async fn a_panic_ends_one_answer_and_tells_nothing() {
    let hub = Coordinator::start().await;
    let answer = hub.get("/fault").await;
    assert_eq!(answer.outcome(), "500 internal");
    assert!(!answer.text().contains("secret"));
    assert_eq!(hub.get("/health/live").await.status, 200);
}

#[tokio::test]
async fn small_answers_say_their_length() {
    let hub = Coordinator::start().await;
    let answer = hub.get("/federation/v1/journals").await;
    assert_eq!(answer.header("content-length"), answer.body.len().to_string());
}

#[tokio::test]
async fn both_versions_of_http_are_spoken() {
    let hub = Coordinator::start().await;
    let second = reqwest::Client::builder().no_proxy().http2_prior_knowledge().build().unwrap();
    let answer = second.get(format!("{}/federation/v1/state", hub.base)).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (200, reqwest::Version::HTTP_2));
}

#[tokio::test]
async fn an_address_in_use_is_named_in_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let sentence = http::listen(address).await.unwrap_err().to_string();
    assert!(sentence.starts_with(&format!("the address {address} is in use: ")), "{sentence}");
}

/// A server of its own bounds, without a hub behind it.
async fn server(
    patience: Patience,
    app: axum::Router,
) -> (std::net::SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
    let stopped = stop.clone();
    let task = tokio::spawn(async move { http::serve_with(patience, listener, app, stopped).await.unwrap() });
    (address, stop, task)
}

fn ok() -> axum::Router {
    axum::Router::new().route("/", axum::routing::get(|| async { "ok" }))
}

/// All that comes until the other side closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut all).await;
    String::from_utf8_lossy(&all).into_owned()
}

#[tokio::test]
async fn a_connection_that_sends_no_whole_request_is_closed() {
    let short = Duration::from_millis(100);
    let patience = Patience { first_request: short, idle: short, ..Patience::default() };
    let (address, ..) = server(patience, ok()).await;
    for beginning in
        ["", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", "PRI * HTTP/2.0\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]
    {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let end = tokio::time::timeout(Duration::from_secs(20), rest(&mut stream)).await;
        assert!(end.is_ok(), "{beginning:?} is not closed");
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nX-Slow").await.unwrap();
    let end = tokio::time::timeout(Duration::from_secs(20), rest(&mut stream)).await.unwrap();
    assert!(end.starts_with("HTTP/1.1 200 OK"), "{end}");
}

#[tokio::test]
async fn connections_are_bounded() {
    let (address, ..) = server(Patience { connections: 1, ..Patience::default() }, ok()).await;
    let mut first = TcpStream::connect(address).await.unwrap();
    first.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut head = [0; 15];
    first.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200 OK");
    let mut second = TcpStream::connect(address).await.unwrap();
    second.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    let waiting = tokio::time::timeout(Duration::from_millis(200), second.read_exact(&mut head)).await;
    assert!(waiting.is_err(), "it waits for a place");
    drop(first);
    assert!(rest(&mut second).await.ends_with("ok"));
}

#[tokio::test]
async fn a_stop_lets_requests_under_way_end() {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (begun.clone(), go_on.clone());
    let slow = axum::Router::new().route(
        "/",
        axum::routing::get(|| async move {
            tell.notify_one();
            wait.notified().await;
            "done"
        }),
    );
    let (address, stop, task) = server(Patience::default(), slow).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    begun.notified().await;
    stop.cancel();
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    go_on.notify_one();
    assert!(rest(&mut stream).await.ends_with("done"));
    task.await.unwrap();
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let begun = Arc::new(Notify::new());
    let tell = begun.clone();
    let endless = axum::Router::new().route(
        "/",
        axum::routing::get(|| async move {
            tell.notify_one();
            std::future::pending::<()>().await;
        }),
    );
    let (address, stop, task) =
        server(Patience { drain: Duration::from_millis(50), ..Patience::default() }, endless).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    begun.notified().await;
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(20), task).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_admin_address_answers_health_alone() {
    let hub = Coordinator::start().await;
    let (address, ..) = server(Patience::default(), http::admin(hub.hub.clone())).await;
    let status = async |path: &str| reqwest::get(format!("http://{address}{path}")).await.unwrap().status().as_u16();
    assert_eq!(status("/health/live").await, 200);
    assert_eq!(status("/health/ready").await, 200);
    assert_eq!(status("/federation/v1/state").await, 404);
}

#[tokio::test]
async fn a_client_that_takes_nothing_of_an_answer_is_left() {
    let left = CancellationToken::new();
    let guard = left.clone();
    let endless = axum::Router::new().route(
        "/",
        axum::routing::get(|| async move {
            let piece = axum::body::Bytes::from_static(&[b'x'; 64 * 1024]);
            axum::body::Body::from_stream(futures_util::stream::unfold(guard.drop_guard(), move |guard| {
                let piece = piece.clone();
                async { Some((Ok::<_, std::io::Error>(piece), guard)) }
            }))
        }),
    );
    let (address, ..) = server(Patience { stalled: Duration::from_millis(100), ..Patience::default() }, endless).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    tokio::time::timeout(Duration::from_secs(20), left.cancelled()).await.unwrap();
}
