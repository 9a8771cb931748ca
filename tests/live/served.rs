//! A hub that serves, node programs that listen to it, and waiting until something is so.

use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use nmirf_hub::{
    access::Role,
    audit::Actor,
    config::{Config, DatabaseUrl, Role as InstanceRole},
    graphql::{self, http::live::Terms},
    http,
    hub::{self, Hub, Open},
    journal::{
        publish::{self, Publication},
        revision::Act,
    },
    record::{Audience, Kind, Sub},
};
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Longer than anything takes on a busy machine.
pub const LONG: Duration = Duration::from_secs(60);

/// A hub with nothing in it that serves until it is dropped.
pub struct Served {
    pub address: SocketAddr,
    pub hub: Arc<Hub>,
    stop: CancellationToken,
    _folder: tempfile::TempDir,
}

impl Served {
    pub async fn start() -> Self {
        Self::on(Terms::default()).await
    }

    /// With streams on other terms.
    pub async fn on(terms: Terms) -> Self {
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let (address, folder) = (listener.local_addr().unwrap(), tempfile::tempdir().unwrap());
        let hub = open(address, &folder).await;
        hub.catch_up().await.unwrap();
        let stop = hub.streams().stopping().clone();
        let app = http::app(hub.clone(), graphql::router_on(terms, hub.clone()).unwrap());
        tokio::spawn(http::serve(hub.clone(), listener, app, stop.clone()));
        tokio::spawn(hub.clone().follow(stop.clone()));
        Self { address, hub, stop, _folder: folder }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub async fn publish(&self, audience: Audience, number: u128, act: Act) {
        publish(&self.hub, audience, number, act).await;
    }

    /// Publishes a public practice with this title.
    pub async fn put(&self, number: u128, title: &str) {
        self.publish(Audience::Public, number, practice(title)).await;
    }

    /// A token; gives its id and its text.
    pub async fn token(&self, role: Role) -> (String, String) {
        let (key, day) = (self.hub.author().key.clone(), Duration::from_secs(24 * 3600));
        let access = self.hub.access();
        let issued = access.issue_token(&key, role.as_str(), role, day, &Actor::operator(), self.hub.now()).await;
        let issued = issued.unwrap();
        (issued.id, issued.text)
    }

    pub async fn revoke(&self, id: &str) {
        self.hub.access().revoke_token(id, &Actor::operator(), self.hub.now()).await.unwrap().unwrap();
    }

    /// The cursor of the present moment.
    pub fn cursor(&self) -> String {
        self.hub.snapshot().change_cursor()
    }

    /// Waits until so many streams are open.
    pub async fn until_open(&self, lines: usize, operations: usize) {
        let wanted = Open { lines, operations };
        until(&format!("{wanted:?}"), || self.hub.streams().open() == wanted).await;
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// A hub whose address this is.
pub async fn open(address: SocketAddr, folder: &tempfile::TempDir) -> Arc<Hub> {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut config = Config::default_for(&format!("http://{address}"), "Hub", InstanceRole::National, Some("MA"));
    config.key.file = folder.path().join("hub.key");
    config.database.url = DatabaseUrl::Sqlite(folder.path().join("hub.db"));
    hub::make_key(&config.key.file).unwrap();
    let hub = Hub::open(config, hub::system_clock()).await.unwrap();
    publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await.unwrap();
    hub
}

pub fn practice(title: &str) -> Act {
    Act::Put { body: json!({"country": "MA", "title": {"en": title}, "summary": {"en": "Short."}}) }
}

pub async fn publish(hub: &Arc<Hub>, audience: Audience, number: u128, act: Act) {
    let sub = Sub::new(Kind::Practice, Uuid::from_u128(number));
    hub.publish(vec![Publication { sub, audience, act, expected: None }], &|_| {}).await.unwrap();
    hub.catch_up().await.unwrap();
}

/// Polls a condition.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    let poll = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(LONG, poll).await.unwrap_or_else(|_| panic!("never came: {what}"));
}

/// A node program of this folder, told what to do in its first argument, and what it says.
pub struct Node {
    child: Child,
    input: Option<ChildStdin>,
    lines: mpsc::UnboundedReceiver<Value>,
}

impl Node {
    pub fn run(program: &str, told: &Value) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/live");
        assert!(
            folder.join("node_modules/graphql-ws").is_dir(),
            "the clients are not installed: run `npm ci` in tests/live, or tests/run, which does it"
        );
        let mut command = Command::new("node");
        command.arg(program).arg(told.to_string()).current_dir(folder);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("install Node 20 or later");
        let (sender, lines) = mpsc::unbounded_channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let said = serde_json::from_str(&line).unwrap_or_else(|_| json!({ "said": line }));
                if sender.send(said).is_err() {
                    return;
                }
            }
        });
        Self { input: child.stdin.take(), child, lines }
    }

    /// Subscribes to `recordChanged` or another operation: `told` has `query`, and whatever else the program knows.
    pub fn subscribe(served: &Served, transport: &str, told: Value) -> Self {
        let mut all = json!({"transport": transport, "base": served.base()});
        all.as_object_mut().unwrap().extend(told.as_object().unwrap().clone());
        Self::run("subscribe.mjs", &all)
    }

    /// The next thing said; null at the end.
    pub async fn line(&mut self) -> Value {
        timeout(LONG, self.lines.recv()).await.expect("nothing is said").unwrap_or_default()
    }

    /// The next thing said within a moment; null when nothing is.
    pub async fn line_soon(&mut self) -> Value {
        timeout(Duration::from_millis(300), self.lines.recv()).await.ok().flatten().unwrap_or_default()
    }

    /// The data of the next answer.
    pub async fn data(&mut self) -> Value {
        let mut line = self.line().await;
        assert_eq!(line["next"].get("errors"), None, "{line}");
        assert!(line["next"]["data"].is_object(), "{line}");
        line["next"]["data"].take()
    }

    /// The code of the first error that is said next, in whatever form.
    pub async fn code(&mut self) -> String {
        let line = self.line().await;
        let found = [&line["error"][0], &line["next"]["errors"][0]];
        let code = found.iter().find_map(|error| error["extensions"]["code"].as_str());
        code.unwrap_or_else(|| panic!("no error: {line}")).to_owned()
    }

    /// Ends the operation as a program would.
    pub fn stop(&mut self) {
        writeln!(self.input.as_mut().unwrap(), "stop").unwrap();
    }

    /// Ends the process at once.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
