//! A hub that serves, with a clock of the test's own, and a browser that is no more than cookies.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use nmirf_hub::{
    access::{Access, Role},
    audit::{self, Actor, Wanted},
    config::{Config, DatabaseUrl, Role as InstanceRole},
    graphql, http,
    hub::{self, Hub},
    journal::publish,
};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header, redirect};
use tokio_util::sync::CancellationToken;

pub const MINUTE: i64 = 60_000;

/// A hub with nothing in it that serves until it is dropped.
pub struct Served {
    pub address: SocketAddr,
    pub hub: Arc<Hub>,
    clock: Arc<AtomicI64>,
    stop: CancellationToken,
    folder: tempfile::TempDir,
}

impl Served {
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// With a configuration that the test changes.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        Self::on(listener, &format!("http://{address}"), change).await
    }

    /// With an entityId of its own.
    pub async fn named(entity_id: &str) -> Self {
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        Self::on(listener, entity_id, |_| ()).await
    }

    async fn on(listener: tokio::net::TcpListener, entity_id: &str, change: impl FnOnce(&mut Config)) -> Self {
        let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let (address, folder) = (listener.local_addr().unwrap(), tempfile::tempdir().unwrap());
        let mut config = Config::default_for(entity_id, "Hub <of Morocco>", InstanceRole::National, Some("MA"));
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
        Self { address, hub, clock, stop, folder }
    }

    pub fn access(&self) -> &Access {
        self.hub.access()
    }

    pub fn now(&self) -> i64 {
        self.hub.now()
    }

    /// Lets time pass, in milliseconds.
    pub fn wait(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Makes an account; gives the path of the invitation's page in English.
    pub async fn invite(&self, name: &str, role: Role) -> String {
        let added = self.access().add_account(name, role, None, &Actor::operator(), self.now()).await.unwrap();
        format!("/en{}", added.link.strip_prefix(self.hub.entity_id()).unwrap())
    }

    /// Makes an account that has this password.
    pub async fn account(&self, name: &str, role: Role, password: &str) {
        let path = self.invite(name, role).await;
        let secret = path.rsplit('/').next().unwrap();
        self.access().accept_invitation(secret, password, None, None, self.now()).await.unwrap();
    }

    /// The audit log as `actor action target`, oldest first.
    pub async fn audit(&self) -> Vec<String> {
        let wanted = Wanted { oldest_first: true, ..Wanted::default() };
        let lines = audit::lines(self.hub.store(), &wanted, 1_000).await.unwrap();
        let shown = |line: &audit::AuditEntry| {
            format!("{} {} {}", line.actor, line.action, line.target.as_deref().unwrap_or("-"))
        };
        lines.iter().map(shown).collect()
    }

    /// Files of the database, the write-ahead log too.
    pub fn files(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.file_name().unwrap().to_string_lossy().starts_with("hub.db")).collect()
    }

    pub fn browser(&self) -> Browser {
        Browser::at(&format!("http://{}", self.address), self.hub.entity_id())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// A browser on one website: keeps its cookies, follows nothing.
pub struct Browser {
    client: Client,
    base: String,
    /// What it says where its forms come from.
    pub origin: Option<String>,
    pub fetch_site: Option<&'static str>,
    pub language: &'static str,
    pub cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The line that sets a cookie.
    pub fn cookie(&self, name: &str) -> String {
        let lines = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let mut found = lines.filter(|line| line.starts_with(&format!("{name}=")));
        found.next().unwrap_or_else(|| panic!("no cookie {name}: {:?}", self.headers)).to_owned()
    }
}

impl Browser {
    pub fn at(base: &str, origin: &str) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap();
        let (base, origin) = (base.to_owned(), Some(origin.to_owned()));
        Self { client, base, origin, fetch_site: None, language: "en", cookies: BTreeMap::new() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request = self.request(Method::POST, path).body(form);
        request = request.header("content-type", "application/x-www-form-urlencoded");
        if let Some(origin) = &self.origin {
            request = request.header("origin", origin);
        }
        if let Some(site) = self.fetch_site {
            request = request.header("sec-fetch-site", site);
        }
        self.send(request).await
    }

    pub async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.post("/en/sign-in", &[("name", name), ("password", password)]).await
    }

    /// Whether the page says that somebody of this name is signed in.
    pub async fn is(&mut self, name: &str) -> bool {
        self.get("/en/sign-in").await.body.contains(&format!("Signed in as <bdi>{name}</bdi>"))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, url).header("accept-language", self.language);
        if pairs.is_empty() { request } else { request.header("cookie", pairs.join("; ")) }
    }

    async fn send(&mut self, request: RequestBuilder) -> Answer {
        let response: Response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for line in headers.get_all("set-cookie") {
            let mut parts = line.to_str().unwrap().split(';').map(str::trim);
            let (name, value) = parts.next().unwrap().split_once('=').unwrap();
            let gone = value.is_empty() || parts.any(|part| part.eq_ignore_ascii_case("max-age=0"));
            match gone {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        Answer { status, headers, body: response.text().await.unwrap() }
    }
}
