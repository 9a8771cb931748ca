//! One real instance with a database, a key and a gate of its own. A *quiet* one answers and pulls only when the test
//! says so; an *awake* one is what `serve` runs.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use nmirf_hub::{
    catalog::{self, SyncState},
    config::{Config, DatabaseUrl, PinnedKey, PinnedStatus, Role},
    federation::{
        pull::{self, PullError, Pulled, Source},
        rounds::RoundEnd,
        schedule,
    },
    graphql, http,
    hub::{self, Hub},
    journal::{
        key::{KeySet, KeyStatus},
        publish::{self, Publication, Receipt},
        read,
        revision::Act,
        signing::SigningKey,
    },
    record::{Audience, Kind, Sub},
    serving::Serving,
    store::journals,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::{Database, Gate, until};

/// Milliseconds.
pub const MINUTE: i64 = 60_000;
/// Milliseconds.
pub const HOUR: i64 = 60 * MINUTE;

/// One instance behind its gate.
pub struct Instance {
    pub gate: Gate,
    pub database: Database,
    pub config: Config,
    pub country: Option<&'static str>,
    folder: tempfile::TempDir,
    clock: Arc<AtomicI64>,
    running: Option<Running>,
}

enum Running {
    Quiet(Arc<Hub>, CancellationToken),
    Awake(Serving),
}

impl Instance {
    /// A folder, a key, a database and a gate; nobody answers yet.
    pub async fn new(country: Option<&'static str>, coordinator: Option<&Instance>, postgres: bool) -> Self {
        let gate = Gate::open().await;
        let folder = tempfile::tempdir().unwrap();
        let role = if country.is_some() { Role::National } else { Role::Coordinator };
        let name = country.unwrap_or("Coordinator");
        let mut config = Config::default_for(&gate.base, name, role, country);
        config.key.file = folder.path().join("hub.key");
        hub::make_key(&config.key.file).unwrap();
        let database = match postgres {
            true => Database::postgres().await.unwrap(),
            false => Database::sqlite().await,
        };
        config.database.url = DatabaseUrl::parse(&database.url).unwrap();
        config.sync.interval = Duration::from_millis(200);
        config.sync.jitter = 0.0;
        config.trust.allow_private_networks = true;
        // Rounds of a busy machine take their time.
        config.graphql.timeout = Duration::from_secs(60);
        // A browser of tests asks more often than one reader should.
        config.graphql.rate = None;
        config.listen.address = "127.0.0.1:0".parse().unwrap();
        if let Some(coordinator) = coordinator {
            config.trust.coordinator.entity_id = Some(coordinator.gate.base.clone());
            let pinned = PinnedKey::new(&coordinator.key().public().x(), PinnedStatus::Current).unwrap();
            config.trust.coordinator.key = Some(pinned);
        }
        Self { gate, database, config, country, folder, clock: Arc::new(AtomicI64::new(to_half_past())), running: None }
    }

    /// Its key, which tests that lie in its name need too.
    pub fn key(&self) -> SigningKey {
        SigningKey::read(&self.config.key.file).unwrap()
    }

    pub fn id(&self) -> &str {
        &self.gate.base
    }

    /// A file beside its key.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Its record in the register.
    pub fn membership(&self, number: u64, status: &str) -> Publication {
        self.membership_with(number, status, &KeySet::of(self.key().public().clone(), KeyStatus::Current))
    }

    pub fn membership_with(&self, number: u64, status: &str, keys: &KeySet) -> Publication {
        let mut history = vec![json!({"from": "2026-01-01", "role": "member", "status": "active"})];
        if status != "active" {
            history[0]["until"] = "2026-06-01".into();
            history.push(json!({"from": "2026-06-01", "role": "member", "status": status}));
        }
        let body = json!({"country": self.country, "entityId": self.id(), "role": "member", "status": status,
            "history": history, "keys": keys.to_json()});
        Publication {
            sub: Sub::new(Kind::Member, uuid(900 + number)),
            audience: Audience::Public,
            act: Act::Put { body },
            expected: None,
        }
    }

    pub async fn open(&self) -> Arc<Hub> {
        let clock = self.clock.clone();
        let now = move || jiff::Timestamp::now().as_millisecond() + clock.load(Ordering::SeqCst);
        Hub::open(self.config.clone(), Arc::new(now)).await.unwrap()
    }

    /// Answers from now on, and pulls only when it is told to.
    pub async fn answer(&mut self) {
        let hub = self.open().await;
        publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await.unwrap();
        hub.catch_up().await.unwrap();
        let listener = self.listen().await;
        let stop = CancellationToken::new();
        let app = http::app(hub.clone(), graphql::router(hub.clone()).unwrap());
        tokio::spawn(http::serve(hub.clone(), listener, app, stop.clone()));
        self.running = Some(Running::Quiet(hub, stop));
    }

    /// Runs as `serve` does.
    pub async fn serve(&mut self) {
        let listener = self.listen().await;
        self.serve_on(listener).await;
    }

    /// A place to serve on, with the gate leading there.
    pub async fn listen(&self) -> TcpListener {
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        self.gate.lead_to(Some(listener.local_addr().unwrap()));
        listener
    }

    /// As [`Self::serve`].
    pub async fn serve_on(&mut self, listener: TcpListener) {
        let hub = self.open().await;
        self.running = Some(Running::Awake(Serving::start(hub, listener).await.unwrap()));
    }

    /// Ends; its gate then answers nobody.
    pub async fn stop(&mut self) {
        self.gate.lead_to(None);
        match self.running.take() {
            Some(Running::Quiet(hub, stop)) => {
                stop.cancel();
                hub.store().close().await;
            }
            Some(Running::Awake(serving)) => serving.stop().await.unwrap(),
            None => {}
        }
    }

    pub fn hub(&self) -> &Arc<Hub> {
        match self.running.as_ref().expect("it was started") {
            Running::Quiet(hub, _) => hub,
            Running::Awake(serving) => serving.hub(),
        }
    }

    /// Its clock goes forward.
    pub fn later(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    pub async fn publish(&self, publications: Vec<Publication>) -> Receipt {
        let receipt = self.hub().publish(publications, &|_| {}).await.unwrap();
        self.hub().catch_up().await.unwrap();
        receipt
    }

    /// One round, whatever the backoff.
    pub async fn pull(&self, origin: &Instance) -> RoundEnd {
        schedule::pull_peer(self.hub(), origin.id(), true).await.unwrap().public
    }

    /// One pull from the origin and nothing else.
    pub async fn pull_straight(&self, origin: &Instance) -> Result<Pulled, PullError> {
        let row = self.row(origin).await;
        let telling = &self.hub().progresses().of_round(origin.id(), Audience::Public);
        let source = Source { origin: origin.id(), audience: Audience::Public, base: origin.id(), telling };
        let mut pulled = Pulled::default();
        pull::pull(self.hub(), &row, &source, &mut pulled).await.map(|()| pulled)
    }

    /// One round by the schedule.
    pub async fn pull_by_schedule(&self, origin: &Instance) -> RoundEnd {
        schedule::pull_peer(self.hub(), origin.id(), false).await.unwrap().public
    }

    /// One round of the register and of each active member.
    pub async fn pull_all(&self) {
        let mut done: Vec<String> = Vec::new();
        loop {
            let trust = self.hub().trust();
            let next = trust.peers().into_iter().find(|peer| !done.iter().any(|done| done == peer)).map(str::to_owned);
            let Some(peer) = next else { break };
            schedule::pull_peer(self.hub(), &peer, true).await.unwrap();
            done.push(peer);
        }
    }

    /// What its tables say of a journal.
    pub async fn row(&self, origin: &Instance) -> journals::Model {
        read::journal_or_new(self.hub().store(), origin.id(), Audience::Public).await.unwrap()
    }

    /// What it shows of a copy.
    pub fn copy(&self, origin: &Instance) -> catalog::Journal {
        let snapshot = self.hub().snapshot();
        let mut journals = snapshot.network().journals.values();
        journals.find(|each| &*each.origin == origin.id() && each.audience == Audience::Public).unwrap().clone()
    }

    pub fn state(&self, origin: &Instance) -> SyncState {
        self.copy(origin).state
    }

    /// What the operator reads of the last failure.
    pub fn sentence(&self, origin: &Instance) -> String {
        self.copy(origin).last_error.map(|fault| fault.sentence.into()).unwrap_or_default()
    }

    /// Waits until the copy is in this state.
    pub async fn until_state(&self, origin: &Instance, state: SyncState) {
        until(&format!("{state:?} of {} at {}", origin.id(), self.id()), async || {
            let here = self.hub().snapshot();
            let found = here
                .network()
                .journals
                .values()
                .find(|each| &*each.origin == origin.id() && each.audience == Audience::Public)?
                .state;
            (found == state).then_some(())
        })
        .await;
    }

    /// Asks its API as anybody.
    pub async fn ask(&self, query: &str) -> Value {
        let answer = graphql::ask(self.hub().clone(), query).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].clone()
    }

    pub async fn count(&self) -> u64 {
        self.ask("{ practices { totalCount } }").await["practices"]["totalCount"].as_u64().unwrap()
    }

    /// Practices shown: title and summary.
    pub async fn practices(&self) -> BTreeMap<String, String> {
        let query = "{ practices(first: 100) { nodes { title(language: \"en\") { text } summary(language: \"en\") { text } } } }";
        let data = self.ask(query).await;
        let text = |node: &Value, field: &str| node[field]["text"].as_str().unwrap().to_owned();
        let nodes = data["practices"]["nodes"].as_array().unwrap();
        nodes.iter().map(|node| (text(node, "title"), text(node, "summary"))).collect()
    }

    /// The root that it has of a journal.
    pub async fn root(&self, origin: &Instance) -> Option<[u8; 32]> {
        let row = self.row(origin).await;
        row.checkpoint.as_ref()?;
        Some(read::state(self.hub().store(), row.id, 0).await.unwrap()?.1.root())
    }
}

/// All clocks stand at half past at first: what is done by the hour happens when a test says so.
pub fn to_half_past() -> i64 {
    static OFFSET: std::sync::OnceLock<i64> = std::sync::OnceLock::new();
    *OFFSET.get_or_init(|| HOUR / 2 - jiff::Timestamp::now().as_millisecond().rem_euclid(HOUR))
}

pub fn uuid(number: u64) -> Uuid {
    Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 | number)
}

pub fn sub(number: u64) -> Sub {
    Sub::new(Kind::Practice, uuid(number))
}

pub fn body(number: u64, summary: &str) -> Value {
    json!({"country": "MA", "title": {"en": format!("Practice {number}")}, "summary": {"en": summary}})
}

/// A practice.
pub fn put(number: u64, summary: &str) -> Publication {
    Publication {
        sub: sub(number),
        audience: Audience::Public,
        act: Act::Put { body: body(number, summary) },
        expected: None,
    }
}

pub fn withdraw(number: u64) -> Publication {
    Publication {
        sub: sub(number),
        audience: Audience::Public,
        act: Act::Withdraw { superseded_by: None },
        expected: None,
    }
}

/// What [`Instance::practices`] gives.
pub fn practices(expected: &[(u64, &str)]) -> BTreeMap<String, String> {
    expected.iter().map(|(number, summary)| (format!("Practice {number}"), (*summary).to_owned())).collect()
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.status, Some(0), "{self:?}");
        self
    }
}

impl Instance {
    /// The real program on this instance's database, beside whatever runs here.
    pub fn command(&self, arguments: &[&str]) -> std::process::Command {
        let config = self.path("hub.toml");
        let mut written = self.config.clone();
        written.sync.interval = Duration::from_secs(1);
        std::fs::write(&config, written.to_toml()).unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_nmirf-hub"));
        command.arg("--config").arg(config).args(arguments).env_remove("NMIRF_HUB_CONFIG");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}
