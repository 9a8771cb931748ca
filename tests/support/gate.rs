//! A gate in front of an instance: a small HTTP proxy on loopback whose address is the instance's entityId. It passes
//! requests on one by one and keeps a log, unless a test tells it to cut an answer at a byte, to be silent, to wait, or to
//! say something else. It speaks raw HTTP/1.1, one request a connection, so that it can lie about anything.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinHandle,
};

/// What the gate does with one request.
pub enum Deed {
    /// Passes it on and gives the answer back.
    Pass,
    /// Closes the connection without a word.
    Drop,
    /// Passes it on and closes the connection after so many bytes of the answer, its head included.
    Cut(usize),
    /// Says something of its own.
    Say(Answer),
    /// Passes it on and says this instead of the answer.
    Change(Box<dyn FnOnce(Answer) -> Answer + Send>),
    /// Passes it on once the test lets it through ([`Semaphore::add_permits`]).
    Wait(Arc<Semaphore>),
    /// Says a head and then the same block again and again, so many times, or until the caller leaves.
    Flood {
        /// Status line and headers, each ended by CR LF.
        head: String,
        /// What is said again and again.
        block: Vec<u8>,
        /// How often.
        times: usize,
    },
}

/// A request, as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    /// Without the query.
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// An answer, its body in one piece.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A line of the log.
#[derive(Clone, Debug)]
pub struct Passed {
    pub path: String,
    pub query: String,
    /// 0 where nothing was answered.
    pub status: u16,
    /// Revisions in the answer.
    pub revisions: usize,
    /// Bytes that the caller took.
    pub bytes: usize,
}

type Rule = Arc<dyn Fn(&Asked) -> Deed + Send + Sync>;

struct Inner {
    upstream: Mutex<Option<SocketAddr>>,
    rule: Mutex<Rule>,
    log: Mutex<Vec<Passed>>,
}

/// A gate; closed when it is dropped.
pub struct Gate {
    /// EntityId of the instance behind it.
    pub base: String,
    inner: Arc<Inner>,
    accepting: JoinHandle<()>,
}

impl Gate {
    /// On a free port, with nobody behind it.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            upstream: Mutex::new(None),
            rule: Mutex::new(Arc::new(|_| Deed::Pass)),
            log: Mutex::default(),
        });
        let shared = inner.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = shared.clone();
                // A caller that leaves early is what many tests want.
                tokio::spawn(async move { inner.serve(stream).await });
            }
        });
        Self { base, inner, accepting }
    }

    /// Who answers behind it.
    pub fn lead_to(&self, upstream: Option<SocketAddr>) {
        *self.inner.upstream.lock().unwrap() = upstream;
    }

    /// From now on every request goes by this rule.
    pub fn rule(&self, rule: impl Fn(&Asked) -> Deed + Send + Sync + 'static) {
        *self.inner.rule.lock().unwrap() = Arc::new(rule);
    }

    /// From now on every request is passed on.
    pub fn honest(&self) {
        self.rule(|_| Deed::Pass);
    }

    /// Answers on one path with this, whoever asks.
    pub fn say(&self, path: &'static str, answer: Answer) {
        self.rule(move |asked| if asked.path.ends_with(path) { Deed::Say(answer.clone()) } else { Deed::Pass });
    }

    /// Changes the answers on one path.
    pub fn change(&self, path: &'static str, change: impl Fn(Answer) -> Answer + Clone + Send + Sync + 'static) {
        self.rule(move |asked| match asked.path.ends_with(path) {
            true => Deed::Change(Box::new(change.clone())),
            false => Deed::Pass,
        });
    }

    /// What was asked since the log was taken last.
    pub fn take_log(&self) -> Vec<Passed> {
        std::mem::take(&mut *self.inner.log.lock().unwrap())
    }

    /// Nobody listens there any more.
    pub fn shut(&self) {
        self.accepting.abort();
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Inner {
    async fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let Some(asked) = Asked::read(&mut stream).await? else { return Ok(()) };
        let rule = self.rule.lock().unwrap().clone();
        let (raw, most) = match rule(&asked) {
            Deed::Pass => (self.pass_on(&asked).await, usize::MAX),
            Deed::Drop => (None, 0),
            Deed::Cut(at) => (self.pass_on(&asked).await, at),
            Deed::Say(answer) => (Some(answer.raw()), usize::MAX),
            Deed::Change(change) => {
                (self.pass_on(&asked).await.map(|raw| change(Answer::read(&raw)).raw()), usize::MAX)
            }
            Deed::Wait(through) => {
                through.acquire().await.unwrap().forget();
                (self.pass_on(&asked).await, usize::MAX)
            }
            Deed::Flood { head, block, times } => return self.flood(stream, &asked, &head, &block, times).await,
        };
        let status = raw.as_deref().map_or(0, |raw| Answer::read(raw).status);
        let revisions = raw.as_deref().map_or(0, |raw| {
            let sent = Answer::read(&raw[..raw.len().min(most)]);
            sent.body
                .split_inclusive(|byte| *byte == b'\n')
                .filter(|line| line.starts_with(b"{\"jws\"") && line.ends_with(b"\n"))
                .count()
        });
        let raw = raw.unwrap_or_default();
        let sent = &raw[..raw.len().min(most)];
        self.note(&asked, status, revisions, sent.len());
        stream.write_all(sent).await?;
        stream.shutdown().await
    }

    fn note(&self, asked: &Asked, status: u16, revisions: usize, bytes: usize) {
        let (path, query) = (asked.path.clone(), asked.query.clone());
        self.log.lock().unwrap().push(Passed { path, query, status, revisions, bytes });
    }

    async fn flood(
        &self,
        mut stream: TcpStream,
        asked: &Asked,
        head: &str,
        block: &[u8],
        times: usize,
    ) -> std::io::Result<()> {
        let mut bytes = 0;
        let mut said = stream.write_all(format!("{head}\r\n").as_bytes()).await;
        for _ in 0..times {
            if said.is_err() {
                break;
            }
            said = stream.write_all(block).await;
            bytes += block.len();
        }
        self.note(asked, 200, 0, bytes);
        stream.shutdown().await
    }

    /// The whole answer as bytes; None when nobody answers.
    async fn pass_on(&self, asked: &Asked) -> Option<Vec<u8>> {
        let upstream = (*self.upstream.lock().unwrap())?;
        let mut stream = TcpStream::connect(upstream).await.ok()?;
        stream.write_all(&asked.raw()).await.ok()?;
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).await.ok()?;
        (!raw.is_empty()).then_some(raw)
    }
}

impl Asked {
    async fn read(stream: &mut TcpStream) -> std::io::Result<Option<Self>> {
        let mut raw = Vec::new();
        loop {
            if let Some((head, rest)) = split_head(&raw) {
                let (first, headers) = head_of(head);
                let length = number(&headers, "content-length");
                if rest.len() >= length {
                    let mut words = first.split(' ');
                    let method = words.next().unwrap_or_default().to_owned();
                    let target = words.next().unwrap_or_default();
                    let (path, query) = target.split_once('?').unwrap_or((target, ""));
                    let (path, query) = (path.to_owned(), query.to_owned());
                    return Ok(Some(Self { method, path, query, headers, body: rest[..length].to_vec() }));
                }
            }
            let mut block = [0; 16 * 1024];
            match stream.read(&mut block).await? {
                0 => return Ok(None),
                length => raw.extend_from_slice(&block[..length]),
            }
        }
    }

    /// As it is passed on: plain, since the gate reads the answers, and with one request a connection.
    fn raw(&self) -> Vec<u8> {
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        let mut text = format!("{} {}{query} HTTP/1.1\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            if name != "accept-encoding" && name != "connection" {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        text.push_str("connection: close\r\n\r\n");
        [text.as_bytes(), &self.body].concat()
    }
}

impl Answer {
    /// With status 200.
    pub fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self { status: 200, headers, body: body.into() }
    }

    /// 200, `application/json`.
    pub fn json(body: &serde_json::Value) -> Self {
        Self::ok("application/json", body.to_string())
    }

    /// Nothing but a status.
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// With one more header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Its body, which is JSON.
    pub fn value(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Reads what an honest server said, or the beginning of it.
    pub fn read(raw: &[u8]) -> Self {
        let Some((head, rest)) = split_head(raw) else { return Self::status(0) };
        let (first, mut headers) = head_of(head);
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
        let body = if chunked { without_chunks(rest) } else { rest.to_vec() };
        headers.retain(|(name, _)| !matches!(&**name, "transfer-encoding" | "content-length" | "connection"));
        Self { status, headers, body }
    }

    /// As it goes over the wire.
    pub fn raw(&self) -> Vec<u8> {
        let mut text = format!("HTTP/1.1 {} X\r\n", self.status);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 304 {
            text.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        text.push_str("connection: close\r\n\r\n");
        [text.as_bytes(), &self.body].concat()
    }
}

fn split_head(raw: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = raw.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((&raw[..end], &raw[end + 4..]))
}

fn head_of(head: &[u8]) -> (String, Vec<(String, String)>) {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.split("\r\n");
    let first = lines.next().unwrap_or_default().to_owned();
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    (first, lines.filter_map(header).collect())
}

fn number(headers: &[(String, String)], name: &str) -> usize {
    headers.iter().find(|(known, _)| known == name).and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
}

fn without_chunks(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&rest[..end]), 16).unwrap_or(0);
        rest = &rest[end + 2..];
        body.extend_from_slice(&rest[..size.min(rest.len())]);
        if size == 0 || rest.len() < size + 2 {
            break;
        }
        rest = &rest[size + 2..];
    }
    body
}

/// Looks every 20 ms whether something has come true; 60 s at most, for a machine with other things to do.
pub async fn until<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let begun = std::time::Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed().as_secs() < 60, "not within 60 s: {what}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
