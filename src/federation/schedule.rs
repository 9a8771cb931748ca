//! When which peer is pulled: at the configured interval with jitter, at once after a hint, by its backoff after
//! failures; some rounds at a time, one a journal (protocol §6). Also what an instance does by the clock: the hourly
//! checkpoint, the hourly look at one peer, the daily walk of the anchor, the purge of what members left behind.

use std::{
    collections::{HashMap, hash_map::Entry},
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::{Semaphore, mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    apply,
    hints::Hints,
    housekeeping, keys, look, purge, remember, replaced,
    rounds::{self, RoundEnd, Rounds},
};
use crate::{hub::Hub, journal::publish, record::Audience, register::peers, store::StoreError};

/// How often the schedule looks for what is due.
const TICK: Duration = Duration::from_millis(250);
/// One peer is looked at in this time, in milliseconds.
const LOOK_EVERY: i64 = 3600 * 1000;
/// The anchor is walked in this time, in milliseconds.
const WALK_EVERY: i64 = 24 * 3600 * 1000;
/// Own checkpoints are looked at for their age in this time, in milliseconds.
const SIGN_EVERY: i64 = 60 * 1000;

/// Copies of members that left are looked for in this time, in milliseconds.
const PURGE_EVERY: i64 = 3600 * 1000;

/// Runs until it is told to stop; a round that runs then is broken off, which leaves the old state.
pub async fn run(hub: Arc<Hub>, stop: CancellationToken) {
    let mut wishes = hub.take_wishes();
    let mut hints = Hints::default();
    let mut clock = Clockwork::starting(hub.now());
    let schedule = Schedule {
        permits: Arc::new(Semaphore::new(usize::from(hub.config().sync.concurrency.max(1)))),
        queued: Arc::default(),
        tasks: TaskTracker::new(),
        stop: stop.clone(),
        hub,
    };
    let hub = schedule.hub.clone();
    schedule.spawn(async move { drop(look::walk_anchor(&hub).await) });
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            peer = next(&mut wishes) => schedule.pull(&peer, true),
            _ = ticks.tick() => {
                schedule.pull_what_is_due();
                schedule.keep_time(&mut clock);
                hints.send_what_is_new(&schedule.hub, |task| schedule.spawn(task));
            }
        }
    }
    schedule.tasks.close();
    schedule.tasks.wait().await;
}

/// The next wish; waits for ever once nobody can wish any more.
async fn next(wishes: &mut Option<mpsc::UnboundedReceiver<String>>) -> String {
    match wishes {
        Some(wishes) => match wishes.recv().await {
            Some(wish) => wish,
            None => std::future::pending().await,
        },
        None => std::future::pending().await,
    }
}

/// When what is done by the clock was done last, in milliseconds.
struct Clockwork {
    looked: i64,
    walked: i64,
    signed: i64,
    key: Option<Arc<str>>,
    purged: i64,
    asked: i64,
    turn: usize,
}

impl Clockwork {
    fn starting(now: i64) -> Self {
        // Purging is for members that are gone already: at once.
        Self { looked: now, walked: now, signed: now, key: None, purged: now - PURGE_EVERY, asked: 0, turn: 0 }
    }
}

struct Schedule {
    hub: Arc<Hub>,
    permits: Arc<Semaphore>,
    queued: Arc<Queued>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Schedule {
    /// Runs something until it ends or the process is told to stop.
    fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = work => {}
            }
        });
    }

    fn pull_what_is_due(&self) {
        let snapshot = self.hub.snapshot();
        let network = snapshot.network();
        let now = self.hub.now();
        let trust = self.hub.trust();
        for peer in trust.peers() {
            let at_rest = network.instance(peer).is_some_and(|instance| instance.paused || instance.blocked);
            let due = |audience| {
                let mut journals = network.journals.values();
                let journal = journals.find(|journal| &*journal.origin == peer && journal.audience == audience);
                journal.and_then(|journal| journal.next_attempt_at).is_none_or(|next| next <= now)
            };
            if !at_rest && (due(Audience::Public) || (trust.is_asked_as_member(peer) && due(Audience::Network))) {
                self.pull(peer, false);
            }
        }
    }

    /// Pulls a peer; one that waits for its turn or is pulled already is pulled once more after that if `forced`: the
    /// news may have come after its state was read.
    fn pull(&self, peer: &str, forced: bool) {
        match self.queued.lock().unwrap_or_else(PoisonError::into_inner).entry(peer.to_owned()) {
            Entry::Occupied(mut again) => {
                *again.get_mut() |= forced;
                return;
            }
            Entry::Vacant(place) => place.insert(false),
        };
        let (hub, permits) = (self.hub.clone(), self.permits.clone());
        let mut turn = Turn { queued: self.queued.clone(), peer: peer.to_owned(), ended: false };
        self.spawn(async move {
            let Ok(_permit) = permits.acquire().await else { return };
            let mut forced = forced;
            loop {
                if let Err(fault) = pull_peer(&hub, &turn.peer, forced).await {
                    tracing::error!(peer = turn.peer, "{fault}");
                    // The database does not answer: no sooner again than at the next interval.
                    tokio::time::sleep(hub.config().sync.interval.min(Duration::from_secs(60))).await;
                }
                if !turn.again() {
                    break;
                }
                forced = true;
            }
        });
    }

    fn keep_time(&self, clock: &mut Clockwork) {
        let now = self.hub.now();
        let key = Some(self.hub.author().key.public().thumbprint().clone());
        if now - clock.signed >= SIGN_EVERY || key != clock.key {
            (clock.signed, clock.key) = (now, key);
            let hub = self.hub.clone();
            self.spawn(async move {
                match publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await {
                    Ok(Some(_)) => hub.tell_news(),
                    Ok(None) => {}
                    Err(fault) => tracing::error!("the hourly checkpoint: {fault}"),
                }
                if let Err(fault) = keys::settle_anchor(&hub).await {
                    tracing::error!("the anchor: {fault}");
                }
            });
        }
        if now - clock.walked >= WALK_EVERY {
            clock.walked = now;
            let hub = self.hub.clone();
            self.spawn(async move { drop(look::walk_anchor(&hub).await) });
        }
        if now - clock.purged >= PURGE_EVERY {
            clock.purged = now;
            let hub = self.hub.clone();
            self.spawn(async move {
                if let Err(fault) = purge::purge_who_left(&hub).await {
                    tracing::error!("copies of members that left were not purged: {fault}");
                }
                housekeeping::keep_house(&hub).await;
            });
        }
        if now - clock.asked >= i64::try_from(self.hub.config().sync.interval.as_millis()).unwrap_or(i64::MAX) {
            clock.asked = now;
            let hub = self.hub.clone();
            self.spawn(async move { apply::ask_if_open(&hub).await });
        }
        if now - clock.looked >= LOOK_EVERY {
            clock.looked = now;
            let trust = self.hub.trust();
            let peers = trust.peers();
            if let Some(peer) = peers.get(clock.turn % peers.len().max(1)) {
                clock.turn += 1;
                let (hub, peer) = (self.hub.clone(), (*peer).to_owned());
                self.spawn(async move { look::look_at(&hub, &peer).await });
            }
        }
    }
}

/// Peers that wait for their turn or are pulled, and whether each is to be pulled once more after that.
type Queued = Mutex<HashMap<String, bool>>;

/// Held while a peer waits for its turn or is pulled.
struct Turn {
    queued: Arc<Queued>,
    peer: String,
    ended: bool,
}

impl Turn {
    /// Whether the peer is to be pulled once more; ends the turn if not.
    fn again(&mut self) -> bool {
        let mut queued = self.queued.lock().unwrap_or_else(PoisonError::into_inner);
        let again = queued.get_mut(&self.peer).is_some_and(std::mem::take);
        if !again {
            queued.remove(&self.peer);
            self.ended = true;
        }
        again
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // One that has ended may have been followed by another.
        if !self.ended {
            self.queued.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.peer);
        }
    }
}

/// Pulls a peer's journals, after the register where that is old. Only active, known instances are ever called.
pub async fn pull_peer(hub: &Arc<Hub>, peer: &str, forced: bool) -> Result<Rounds, StoreError> {
    let register = hub.trust().coordinator().map(str::to_owned);
    if let Some(register) = register.filter(|register| register != peer)
        && rounds::register_is_old(hub).await?
    {
        rounds::round(hub, &register, Audience::Public, false).await?;
        hub.catch_up().await?;
    }
    let known = peers::one(hub.store(), peer).await?;
    if !hub.trust().is_active(peer) || known.paused || known.blocked || peer == hub.entity_id() {
        return Ok(Rounds::NONE);
    }
    // A handover stands in no journal, and a hint of it can be lost: one conditional request more.
    if hub.trust().coordinator() == Some(peer) && !remember::peer_waits(hub, peer).await? {
        look::walk_anchor(hub).await;
    }
    keys::look_for_announced(hub, peer).await?;
    let public = rounds::round(hub, peer, Audience::Public, forced).await?;
    // One that does not answer, or asked to wait, is left in peace.
    if known.configuration.is_none() && !remember::peer_waits(hub, peer).await? {
        look::look_at(hub, peer).await;
    }
    hub.catch_up().await?;
    let network = network_round(hub, peer, forced).await?;
    if replaced::withdraw_replaced(hub, peer).await > 0 {
        hub.catch_up().await?;
    }
    keys::retire_followed(hub, peer).await?;
    Ok(Rounds { public, network })
}

/// The network journal's round, where this instance is one of those who may have it. The register may just have said
/// otherwise, of the peer or of ourselves.
async fn network_round(hub: &Arc<Hub>, peer: &str, forced: bool) -> Result<Option<RoundEnd>, StoreError> {
    let trust = hub.trust();
    if !trust.is_active(peer) || !trust.is_asked_as_member(peer) {
        return Ok(None);
    }
    if let Some(until) = rounds::asked_to_wait_until(hub, peer).await? {
        // Left as it was, it would be due with each look of the schedule.
        remember::postpone(hub, peer, Audience::Network, Some(until)).await?;
        return Ok(None);
    }
    let end = rounds::round(hub, peer, Audience::Network, forced).await?;
    hub.catch_up().await?;
    Ok(Some(end))
}
