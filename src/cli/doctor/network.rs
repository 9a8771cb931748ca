//! The network: whether this instance's key is the one that the others know, and whether the peers can be reached.

use std::time::Duration;

use futures_util::StreamExt;
use sea_orm::EntityTrait;

use super::Checks;
use crate::catalog::{Network, SyncState};
use crate::cli::words::age;
use crate::federation::apply;
use crate::hub::Hub;
use crate::journal::key::{KeySet, KeyStatus, PublicKey, in_groups_of_four};
use crate::journal::read::Trusted as _;
use crate::register::peers::{EntityConfiguration, speaks_our_version};
use crate::store::register_members;
use crate::wire::{Conditional, Fault};

/// Longest wait for one peer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Peers asked at once.
const AT_ONCE: usize = 8;

/// The own key against what the network lists for this instance.
pub(super) async fn keys(hub: &Hub, checks: &mut Checks) {
    let thumbprint = hub.author().key.public().thumbprint().clone();
    let trust = hub.trust();
    let Some(coordinator) = trust.coordinator() else {
        return checks.ok("key", "no coordinator is pinned: each peer pins this key by hand (`nmirf-hub key show`)");
    };
    let status = if coordinator == hub.entity_id() {
        trust.chain().last().and_then(|link| link.keys.status(&thumbprint))
    } else {
        let row = match register_members::Entity::find_by_id(hub.entity_id()).one(hub.store().read()).await {
            Ok(row) => row,
            Err(fault) => return checks.fail("key", fault, ""),
        };
        let Some(row) = row else {
            return not_listed(hub, coordinator, checks).await;
        };
        if row.status != "active" {
            let found = format!("the register says of this instance: {}", row.status);
            checks.warn("membership", found, "Write to the coordinator's staff");
        }
        KeySet::from_json(&serde_json::from_str(&row.keys).unwrap_or_default()).status(&thumbprint)
    };
    let found = |word: &str| format!("{thumbprint} is {word}");
    match hub.replacing_key().await {
        Ok(Some(next)) => return replaced(hub, &thumbprint, next.public().thumbprint(), checks).await,
        Ok(None) => {}
        Err(fault) => return checks.fail("key", fault, ""),
    }
    match status {
        Some(KeyStatus::Current) => checks.ok("key", found("listed as current")),
        Some(KeyStatus::Retired) => {
            checks.fail("key", found("listed as retired"), "Put the current key's file back, see [key] file")
        }
        Some(KeyStatus::Compromised) => {
            checks.fail("key", found("listed as compromised, for good"), "Make a new key: `nmirf-hub key compromised`");
        }
        None => checks.fail(
            "key",
            found("not listed for this instance"),
            "Put the listed key's file back, see [key] file; a new key has to be confirmed by the coordinator first",
        ),
    }
}

/// After a theft: the key that is to take the stolen one's place, and how its application stands.
async fn replaced(hub: &Hub, stolen: &str, next: &str, checks: &mut Checks) {
    let [stolen, new] = [stolen, next].map(in_groups_of_four);
    let found = format!("{stolen} is stolen; the new one, {new}, waits to be listed");
    match apply::own_case(hub.store()).await {
        Ok(case) => match case.filter(|case| case.key_id == next) {
            Some(case) => {
                let (how, advice) = crate::cli::member::in_short(&case);
                checks.warn("key", format!("{found}: {how}"), advice);
            }
            None => checks.fail("key", found, "Apply with the new one: `nmirf-hub key compromised` again"),
        },
        Err(fault) => checks.fail("key", fault, ""),
    }
}

/// Before it is a member: how its application stands.
async fn not_listed(hub: &Hub, coordinator: &str, checks: &mut Checks) {
    match apply::own_case(hub.store()).await {
        Ok(Some(case)) => {
            let (found, advice) = crate::cli::member::in_short(&case);
            checks.warn("membership", found, advice);
        }
        Ok(None) => {
            let found = format!("the register of {coordinator} does not list this instance");
            let advice = "Apply for membership: `nmirf-hub member apply`; until then its records reach nobody";
            checks.warn("key", found, advice);
        }
        Err(fault) => checks.fail("membership", fault, ""),
    }
}

/// Each peer: whether it answers as the one it should be, and how its copies stand.
pub(super) async fn peers(hub: &Hub, checks: &mut Checks) {
    if let Err(fault) = hub.catch_up().await {
        return checks.fail("database", format!("the catalogue cannot be made: {fault}. Run `nmirf-hub verify`"), "");
    }
    let (trust, snapshot) = (hub.trust(), hub.snapshot());
    let peers: Vec<String> = trust.peers().into_iter().map(str::to_owned).collect();
    if peers.is_empty() {
        checks.ok("peers", "none is known yet");
    }
    let mut answers = futures_util::stream::iter(peers)
        .map(|peer| async move {
            let answer = tokio::time::timeout(PATIENCE, hub.web().entity_configuration(&peer, None)).await;
            (peer, answer.map(|answer| answer.map(|carried| carried.value)))
        })
        .buffered(AT_ONCE);
    while let Some((peer, answer)) = answers.next().await {
        reachable(hub, &peer, answer.unwrap_or(Err(Fault::Timeout(crate::wire::Waited::Whole))), checks);
        copies(snapshot.network(), &peer, hub.now(), checks);
    }
}

fn reachable(hub: &Hub, peer: &str, answer: Result<Conditional<String>, Fault>, checks: &mut Checks) {
    let token = match answer {
        Ok(Conditional::New { value, .. }) => value,
        Ok(Conditional::NotModified) => return,
        Err(fault) => {
            return checks.warn("peer", format!("{peer}: {fault}"), "Its copies stay; write to its staff if it lasts");
        }
    };
    let trust = hub.trust();
    let listed = trust.keys(peer);
    let current = |key: &PublicKey| listed.status(key.thumbprint()) == Some(KeyStatus::Current);
    // Before the first round the coordinator's keys are those of the configuration.
    let source = hub.trust_source();
    let pin = source.pin.as_ref().filter(|pin| pin.entity_id == peer && trust.chain().is_empty());
    let pinned = |key: &PublicKey| pin.is_some_and(|pin| pin.key.thumbprint() == key.thumbprint());
    match EntityConfiguration::read(&token, peer) {
        Err(fault) => checks.warn("peer", format!("{peer}: its entity configuration: {fault}"), "Write to its staff"),
        Ok((_, keys)) if pin.is_some() && !keys.iter().any(pinned) => checks.warn(
            "peer",
            format!("{peer} answers with another key than the one that is pinned, and its anchor was not read yet"),
            "`nmirf-hub sync` reads it, and says whether the pinned key leads to that one",
        ),
        Ok((_, keys)) if pin.is_none() && !keys.iter().any(current) => checks.warn(
            "peer",
            format!("{peer} answers with a key that is not listed for it"),
            "Ask its staff, on a telephone number known before, whether its key changed",
        ),
        Ok(_) if !speaks_our_version(&token) => {
            checks.warn(
                "peer",
                format!("{peer} speaks no version of the protocol that this program does"),
                "One of both needs an upgrade",
            );
        }
        Ok(_) if pin.is_some() => {
            checks.ok("peer", format!("{peer} answers, with the key that is pinned; its register was not read yet"));
        }
        Ok(_) => checks.ok("peer", format!("{peer} answers, with a key that is listed for it")),
    }
}

fn copies(network: &Network, peer: &str, now: i64, checks: &mut Checks) {
    let mut journals: Vec<_> = network.journals.values().filter(|journal| *journal.origin == *peer).collect();
    journals.sort_by_key(|journal| journal.audience);
    for journal in journals {
        let state = journal.state.as_str();
        let confirmed = journal.confirmed_at.map_or_else(|| "never".to_owned(), |at| age(now, at));
        let fault = journal.last_error.as_ref().map(|fault| format!(": {}", fault.sentence)).unwrap_or_default();
        let found = format!("{peer}, {} journal: {state}, confirmed {confirmed}{fault}", journal.audience.as_str());
        match journal.state {
            SyncState::Current | SyncState::Paused | SyncState::Blocked | SyncState::Suspended => {
                checks.ok("copy", found)
            }
            SyncState::Conflict => {
                checks.fail("copy", found, "Two signed statements disagree: see `nmirf-hub peer show`")
            }
            SyncState::Never => {
                checks.warn("copy", found, "It comes with the first round; `nmirf-hub sync` makes one now")
            }
            _ => checks.warn("copy", found, "See `nmirf-hub peer show`; `nmirf-hub sync` tries now"),
        }
    }
}
