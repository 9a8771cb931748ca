//! A server that says what a test tells it to, byte by byte.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::record::Audience;
use crate::wire::web::Times;
use crate::wire::{JournalAsk, Web, WebConfig};

/// What the liar does on one connection, in order; then it closes it.
#[derive(Clone)]
pub enum Step {
    Say(Vec<u8>),
    /// Says it so many times.
    Repeat(Vec<u8>, usize),
    /// One byte at a time, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Waits for the next request on the same connection.
    NextRequest,
    /// Says nothing more until the caller leaves.
    Silence,
}

pub struct Liar {
    pub base: String,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<usize>>,
}

impl Liar {
    /// Says the n-th script on the n-th connection, and the last one on all that follow.
    pub async fn telling(scripts: Vec<Vec<Step>>) -> Liar {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (requests, connections) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(0)));
        let (heard, counted) = (Arc::clone(&requests), Arc::clone(&connections));
        tokio::spawn(async move {
            for number in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                *counted.lock().unwrap() += 1;
                let script = scripts[number.min(scripts.len() - 1)].clone();
                // A caller that leaves early is what many tests want.
                tokio::spawn(perform(stream, script, Arc::clone(&heard)));
            }
        });
        Liar { base, requests, connections }
    }

    /// Says the same bytes on every connection.
    pub async fn saying(answer: Vec<u8>) -> Liar {
        Liar::telling(vec![vec![Step::Say(answer)]]).await
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

async fn perform(mut stream: TcpStream, script: Vec<Step>, heard: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    hear(&mut stream, &heard).await?;
    for step in script {
        match step {
            Step::Say(bytes) => stream.write_all(&bytes).await?,
            Step::Repeat(bytes, times) => {
                for _ in 0..times {
                    stream.write_all(&bytes).await?;
                }
            }
            Step::Drip(bytes, pause) => {
                for byte in bytes {
                    stream.write_all(&[byte]).await?;
                    tokio::time::sleep(pause).await;
                }
            }
            Step::NextRequest => hear(&mut stream, &heard).await?,
            Step::Silence => while stream.read(&mut [0; 64]).await? > 0 {},
        }
    }
    stream.shutdown().await
}

/// Reads one request with its body, or the first bytes of a TLS handshake.
async fn hear(stream: &mut TcpStream, heard: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut text = String::new();
    let end = |text: &str| {
        let head = text.find("\r\n\r\n")? + 4;
        let length = text
            .to_ascii_lowercase()
            .split_once("content-length: ")
            .and_then(|(_, rest)| rest.lines().next()?.parse().ok());
        Some(head + length.unwrap_or(0))
    };
    while !text.starts_with('\u{16}') && end(&text).is_none_or(|end| text.len() < end) {
        let mut block = [0; 4096];
        let length = stream.read(&mut block).await?;
        if length == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        text.push_str(&String::from_utf8_lossy(&block[..length]));
    }
    heard.lock().unwrap().push(text);
    Ok(())
}

/// An answer with these header lines, without a length: its end is the end of the connection.
pub fn open_ended(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    [format!("HTTP/1.1 {status}\r\n{lines}connection: close\r\n\r\n").as_bytes(), body].concat()
}

/// An answer with these header lines and its length.
pub fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let length = format!("content-length: {}", body.len());
    open_ended(status, &[headers, &[length.as_str()]].concat(), body)
}

/// A good answer of JSON.
pub fn json(body: &str) -> Vec<u8> {
    answer("200 OK", &["content-type: application/json"], body.as_bytes())
}

/// The same in chunks of a few bytes.
pub fn chunked(headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut chunks = Vec::new();
    for chunk in body.chunks(16) {
        chunks.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        chunks.extend_from_slice(chunk);
        chunks.extend_from_slice(b"\r\n");
    }
    chunks.extend_from_slice(b"0\r\n\r\n");
    open_ended("200 OK", &[headers, &["transfer-encoding: chunked"]].concat(), &chunks)
}

pub fn config() -> WebConfig {
    WebConfig {
        allow_private_networks: true,
        allow_http: false,
        ca_file: None,
        proxy: None,
        connect: Duration::from_secs(5),
        idle: Duration::from_secs(30),
        user_agent: "nmirf-hub/test".into(),
    }
}

pub fn web() -> Web {
    Web::new(config()).unwrap()
}

/// Waits `idle` for a byte and `whole` for an answer, in milliseconds.
pub fn hasty(idle: u64, whole: u64) -> Web {
    let (idle, whole) = (Duration::from_millis(idle), Duration::from_millis(whole));
    Web::with_times(WebConfig { idle, connect: idle, ..config() }, Times { state: whole, batch: whole, other: whole })
        .unwrap()
}

pub fn ask() -> JournalAsk {
    JournalAsk {
        origin: "https://a.example/hub".into(),
        audience: Audience::Public,
        since: 0,
        if_none_match: None,
        bearer: None,
    }
}
