//! One running instance put together: what every door (API, pages, federation, command line) is given. It owns the
//! store, the catalogue and the trust of now, and moves the latter two on whenever the counter in the database moves.

mod desk;
mod editing;
mod follow;
mod index;
mod keys;
mod network;
mod progress;
mod received;
mod setup;
mod streams;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use arc_swap::ArcSwap;
use futures_util::future::BoxFuture;
use thiserror::Error;
use tokio::sync::{Notify, OnceCell, mpsc, watch};

pub use crate::access::customer;
pub use keys::next_key_file;
pub use network::is_stale;
pub use progress::{Phase, Progress, Progresses, Telling};
pub use received::Received;
pub use setup::{HubError, make_key, web_config};
pub use streams::{Open, Place, StreamBounds, Streams, Taking};

use crate::{
    access::{Access, Person, Refused},
    audit::{self, Actor},
    catalog::{Catalog, Snapshot},
    config::Config,
    journal::{
        publish::{self, Alongside, Author, Publication, PublishError, Receipt},
        read::Trusted as _,
    },
    record::LanguageTag,
    register::{Trust, TrustSource},
    search::Index,
    store::{Store, StoreError, Write},
    wire::Web,
};

/// The program as far as answers hang on it: part of their ETags.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("NMIRF_HUB_COMMIT"));

/// Where the hub takes the time from; tests own it.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Milliseconds since 1970 by the system's clock.
pub fn system_clock() -> Clock {
    Arc::new(|| jiff::Timestamp::now().as_millisecond())
}

/// One running instance.
pub struct Hub {
    config: Config,
    store: Store,
    access: Access,
    author: ArcSwap<Author>,
    source: ArcSwap<TrustSource>,
    key_files: Mutex<Option<keys::KeyFiles>>,
    trust: ArcSwap<Trust>,
    catalog: Arc<Catalog>,
    moments: watch::Sender<u64>,
    progresses: Progresses,
    streams: Arc<Streams>,
    index: Arc<Index>,
    web: Web,
    clock: Clock,
    follower: tokio::sync::Mutex<follow::Follower>,
    news: Notify,
    pulling: Mutex<HashSet<i32>>,
    wanted: mpsc::UnboundedSender<String>,
    wishes: Mutex<Option<mpsc::UnboundedReceiver<String>>>,
    languages: Vec<LanguageTag>,
    received: received::Counter,
    first_look: OnceCell<()>,
    asked_for_key: std::sync::atomic::AtomicI64,
}

/// Why something could not be published or seen.
#[derive(Debug, Error)]
pub enum ChangeError {
    /// It was not published.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Hub {
    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The tables.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Who may come in.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Who sends a bearer token, by the keys and the time of now.
    pub async fn bearer(&self, token: &str) -> Result<Person, Refused> {
        self.access.bearer(token, self.trust().keys(self.entity_id()), self.now()).await
    }

    /// This instance as an origin: with the key that it signs with now.
    pub fn author(&self) -> Arc<Author> {
        self.author.load_full()
    }

    /// EntityId of this instance.
    pub fn entity_id(&self) -> &str {
        &self.config.instance.entity_id
    }

    /// What trust begins with.
    pub fn trust_source(&self) -> Arc<TrustSource> {
        self.source.load_full()
    }

    /// The trust of now.
    pub fn trust(&self) -> Arc<Trust> {
        self.trust.load_full()
    }

    /// The snapshot of now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.catalog.snapshot()
    }

    /// The catalogue.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Numbers of the snapshots as they come; who waits for the next one is told of the last.
    pub fn moments(&self) -> watch::Receiver<u64> {
        self.moments.subscribe()
    }

    /// How rounds go on.
    pub fn progresses(&self) -> &Progresses {
        &self.progresses
    }

    /// The streams of events that are open.
    pub fn streams(&self) -> &Arc<Streams> {
        &self.streams
    }

    /// The index of all words.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The client for other instances.
    pub fn web(&self) -> &Web {
        &self.web
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Languages of the staff, the first one is the instance's own.
    pub fn languages(&self) -> &[LanguageTag] {
        &self.languages
    }

    /// Somebody changed something: look at the counter now, not at the next tick.
    pub fn tell_news(&self) {
        self.news.notify_one();
    }

    /// Publishes own records. The follower is told and lets them be seen soon after; who must see them at once calls
    /// [`Hub::catch_up`] next.
    pub async fn publish(
        &self,
        publications: Vec<Publication>,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Receipt, ChangeError> {
        self.publish_with(publications, progress, &publish::nothing_more).await
    }

    /// The same with a line of the audit log, also where the records say so already.
    pub async fn publish_as(
        &self,
        actor: &Actor,
        action: &str,
        target: Option<&str>,
        publications: Vec<Publication>,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Receipt, ChangeError> {
        let now = self.now();
        let (actor, action, target) = (actor.clone(), action.to_owned(), target.map(str::to_owned));
        self.publish_with(publications, progress, &|write, _| {
            audit_line(write, actor.clone(), now, action.clone(), target.clone())
        })
        .await
    }

    /// The same with what is changed in the same transaction.
    pub async fn publish_with(
        &self,
        publications: Vec<Publication>,
        progress: &(dyn Fn(usize) + Sync),
        alongside: Alongside<'_>,
    ) -> Result<Receipt, ChangeError> {
        let author = self.author();
        let receipt =
            publish::publish_with(&self.store, &author, self.now(), publications, progress, alongside).await?;
        if receipt.number.is_some() {
            self.tell_news();
        }
        Ok(receipt)
    }

    /// Counts what came from another instance.
    pub fn note_received(&self, received: Received) {
        self.received.add(received);
    }

    /// What came from other instances since the start.
    pub fn received(&self) -> Received {
        self.received.total()
    }

    /// Whether the look before the first signature was taken (protocol §8); who takes it fills it.
    pub fn first_look(&self) -> &OnceCell<()> {
        &self.first_look
    }

    /// Asks that a peer is pulled soon, once however often it is asked.
    pub fn want(&self, entity_id: &str) {
        // Nobody listens in a command: then there is nobody to pull.
        let _ = self.wanted.send(entity_id.to_owned());
    }

    /// The wishes of [`Hub::want`]; taken once, by the schedule.
    pub fn take_wishes(&self) -> Option<mpsc::UnboundedReceiver<String>> {
        self.wishes.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take()
    }

    /// Marks that a round of a journal runs; None while another one does. One round a journal at a time.
    pub fn begin_round(self: &Arc<Self>, journal: i32) -> Option<Round> {
        let mut pulling = self.pulling.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        pulling.insert(journal).then(|| Round { hub: self.clone(), journal })
    }

    /// Whether the register is pulled because of a key that it does not list: at most once in `pause` milliseconds,
    /// whatever the schedule pulls besides (protocol §2).
    pub fn may_ask_for_key(&self, pause: i64) -> bool {
        use std::sync::atomic::Ordering::Relaxed;
        let (now, before) = (self.now(), self.asked_for_key.load(Relaxed));
        let due = !(0..pause).contains(&now.saturating_sub(before));
        due && self.asked_for_key.compare_exchange(before, now, Relaxed, Relaxed).is_ok()
    }

    /// Whether a round of a journal runs.
    pub fn is_pulling(&self, journal: i32) -> bool {
        self.pulling.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(&journal)
    }
}

/// A round that runs; dropped, the next may begin.
pub struct Round {
    hub: Arc<Hub>,
    journal: i32,
}

impl Drop for Round {
    fn drop(&mut self) {
        self.hub.pulling.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&self.journal);
    }
}

fn audit_line(
    write: &Write,
    actor: Actor,
    now: i64,
    action: String,
    target: Option<String>,
) -> BoxFuture<'_, Result<(), PublishError>> {
    Box::pin(async move { Ok(audit::note(write, &actor, now, &action, target.as_deref()).await?) })
}
