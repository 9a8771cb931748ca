//! A reader that does not read costs no memory and is left with a reason.

use std::time::Duration;

use nmirf_hub::{graphql::http::live::Terms, journal::revision::Act, record::Audience};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::served::{Served, until};

/// A hub with more to tell than the system keeps for a reader: some 150 KB an event.
async fn talkative() -> (Served, String) {
    let served = Served::on(Terms { stalled: Duration::from_millis(500), ..Terms::default() }).await;
    let begin = served.cursor();
    for number in 0..60 {
        let body = json!({"country": "MA", "title": {"en": "Long"}, "summary": {"en": "x".repeat(3_000)}});
        served.publish(Audience::Public, number, Act::Put { body }).await;
    }
    let fields: String = (0..49).map(|number| format!("s{number}: summary {{ text }} ")).collect();
    let query = format!(
        "subscription {{ recordChanged(since: \"{begin}\") {{ record {{ ...on Practice {{ {fields} }} }} }} }}"
    );
    (served, query)
}

/// A connection whose reader keeps little for itself.
async fn narrow(served: &Served) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(served.address).await.unwrap()
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all).await;
    String::from_utf8_lossy(&all).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_of_events_is_left_with_a_reason() {
    let (served, query) = talkative().await;
    let mut stream = narrow(&served).await;
    let body = json!({ "query": query }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: hub\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    served.until_open(1, 1).await;
    served.until_open(0, 0).await;
    let heard = rest(&mut stream).await;
    assert!(heard.contains("\"code\":\"TIMEOUT\""), "no reason in {} bytes", heard.len());
    assert!(heard.contains("event: complete"));
    assert!(heard.matches("event: next").count() < 60, "not all was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_of_a_socket_is_left_with_a_reason() {
    let (served, query) = talkative().await;
    let mut stream = narrow(&served).await;
    let head = "GET /graphql/ws HTTP/1.1\r\nhost: hub\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                sec-websocket-protocol: graphql-transport-ws\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let subscribe = json!({"type": "subscribe", "id": "1", "payload": {"query": query}}).to_string();
    for text in [r#"{"type":"connection_init"}"#, &subscribe] {
        stream.write_all(&frame(text)).await.unwrap();
    }
    served.until_open(1, 1).await;
    until("no operation", || served.hub.streams().open().operations == 0).await;
    // The reason waits a little for who begins to read again.
    let heard = rest(&mut stream).await;
    assert!(heard.contains("The client reads too slowly"), "no reason in {} bytes", heard.len());
    served.until_open(0, 0).await;
}

/// A text as a client sends it: masked with zeros.
fn frame(text: &str) -> Vec<u8> {
    let length = text.len();
    let mut frame = vec![0x81];
    match u8::try_from(length) {
        Ok(length) if length < 126 => frame.push(0x80 | length),
        _ => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    frame
}
