//! Freshness on demand: copies that were confirmed too long ago are pulled before an answer is made, once for all who
//! wait, by the rounds of the schedule. A dead peer keeps nobody longer than the limit, and a crowd causes one round a
//! peer and minute.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    catalog::{Instance, InstanceRole, Journal, Network, SyncState, Viewer},
    hub::Hub,
    record::{Audience, CountryCode},
};

/// One peer is asked at most once in this time, in milliseconds.
const ASK_EVERY: i64 = 60 * 1000;

/// How old the copies may be that an answer is made from, and which copies it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The age.
    pub age: Duration,
    /// Which; more than one is read from as they all say.
    pub scopes: Vec<Scope>,
}

/// The copies that a list reads from. What is not given does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// EntityIds of origins.
    pub origins: Option<Vec<String>>,
    /// Countries the records are about: those of the State's own instance, and what the coordinator compiled.
    pub countries: Option<Vec<CountryCode>>,
}

/// A copy that is older than was wished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Older {
    /// EntityId of the origin.
    pub origin: String,
    /// As of when it is proved equal to its origin, unix ms; none when nothing is held.
    pub confirmed_at: Option<i64>,
    /// State of the copy.
    pub state: SyncState,
}

impl Wish {
    /// The copies that are older than this in a moment of the network, in its order. Of those that are not shown (a
    /// member that is not active, a peer that is blocked) nothing is read.
    pub fn older(&self, network: &Network, viewer: Viewer, now: i64) -> Vec<Older> {
        self.read_from(network).filter_map(|instance| self.look(network, instance, viewer, now)).collect()
    }

    fn read_from<'n>(&self, network: &'n Network) -> impl Iterator<Item = &'n Instance> {
        let others = network.instances.iter().filter(|each| !each.is_self && each.active && !each.blocked);
        others.filter(|instance| self.scopes.iter().any(|scope| scope.has(instance)))
    }

    fn look(&self, network: &Network, instance: &Instance, viewer: Viewer, now: i64) -> Option<Older> {
        let journals = || journals(network, instance).filter(|journal| viewer.may_see(journal.audience));
        let age = i64::try_from(self.age.as_millis()).unwrap_or(i64::MAX);
        let is_old = |journal: &&Journal| journal.confirmed_at.is_none_or(|at| now.saturating_sub(at) > age);
        // A network journal that was never confirmed is none for this instance.
        let counts = |journal: &&Journal| journal.audience == Audience::Public || journal.confirmed_at.is_some();
        let public = journals().find(|journal| journal.audience == Audience::Public);
        let oldest = journals().filter(counts).filter(is_old).min_by_key(|journal| journal.confirmed_at);
        if public.is_some() && oldest.is_none() {
            return None;
        }
        Some(Older {
            origin: instance.entity_id.as_ref().to_owned(),
            confirmed_at: oldest.and_then(|journal| journal.confirmed_at),
            state: oldest.map_or(SyncState::Never, |journal| journal.state),
        })
    }
}

impl Scope {
    fn has(&self, instance: &Instance) -> bool {
        let named = |origins: &Vec<String>| origins.iter().any(|origin| **origin == *instance.entity_id);
        let about = |countries: &Vec<CountryCode>| match instance.country {
            Some(country) => countries.contains(&country),
            None => instance.role == InstanceRole::Coordinator,
        };
        self.origins.as_ref().is_none_or(named) && self.countries.as_ref().is_none_or(about)
    }
}

fn journals<'n>(network: &'n Network, instance: &'n Instance) -> impl Iterator<Item = &'n Journal> {
    instance.journals.iter().filter_map(|id| network.journals.get(id))
}

/// Who was asked last, and when; one for all requests of an instance. Bounded by the number of peers.
#[derive(Debug, Default)]
pub struct Freshening {
    asked: Mutex<HashMap<String, Asked>>,
}

#[derive(Debug, Clone, Copy)]
struct Asked {
    /// Unix ms.
    at: i64,
    /// By the clock that waiting is measured with.
    since: Instant,
}

impl Freshening {
    /// Lets the copies be pulled that are older than wished, and waits until these rounds have ended, at most `longest`.
    pub async fn freshen(&self, hub: &Hub, wish: &Wish, viewer: Viewer, longest: Duration) {
        let mut moments = hub.moments();
        let waiting = self.ask(hub, wish, viewer);
        let until = Instant::now() + longest;
        loop {
            moments.mark_unchanged();
            let snapshot = hub.snapshot();
            let old: HashMap<String, Older> = wish
                .older(snapshot.network(), viewer, hub.now())
                .into_iter()
                .map(|older| (older.origin.clone(), older))
                .collect();
            // What was asked long ago has had its time already.
            let open = waiting.iter().filter(|(origin, asked)| {
                old.contains_key(*origin) && !has_ended(snapshot.network(), origin, asked.at)
            });
            let Some(last) = open.map(|(_, asked)| asked.since + longest).max() else { return };
            if tokio::time::timeout_at(last.min(until), moments.changed()).await.is_err() {
                return;
            }
        }
    }

    /// Asks for a round of each that is too old, but for those that were asked within the minute. Gives when each of them
    /// was asked.
    fn ask(&self, hub: &Hub, wish: &Wish, viewer: Viewer) -> HashMap<String, Asked> {
        let (snapshot, now) = (hub.snapshot(), hub.now());
        let network = snapshot.network();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let mut waiting = HashMap::new();
        for older in wish.older(network, viewer, now) {
            if network.instance(&older.origin).is_none_or(|instance| instance.paused) {
                continue;
            }
            let before = asked.get(&older.origin).filter(|before| (0..ASK_EVERY).contains(&(now - before.at)));
            let when = before.copied().unwrap_or_else(|| {
                hub.want(&older.origin);
                Asked { at: now, since: Instant::now() }
            });
            asked.insert(older.origin.clone(), when);
            waiting.insert(older.origin, when);
        }
        // Who has left the network is asked no more.
        asked.retain(|origin, _| network.instance(origin).is_some());
        waiting
    }
}

/// Whether a round of the public journal that began after it was asked for is over, however it ended.
fn has_ended(network: &Network, origin: &str, asked: i64) -> bool {
    let Some(instance) = network.instance(origin) else { return true };
    let mut public = journals(network, instance).filter(|journal| journal.audience == Audience::Public);
    public.any(|journal| journal.last_attempt_at.is_some_and(|begun| begun >= asked))
}
