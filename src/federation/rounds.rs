//! A round: one journal, from its origin or through a relay, with what is remembered of it (protocol §6, "Source").

use std::{collections::HashSet, sync::Arc, time::Duration};

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    look,
    pull::{self, Broken, PullError, Pulled, Source},
};
use crate::{
    hub::Hub,
    journal::{jws::JwsError, read},
    record::Audience,
    register::peers,
    store::{StoreError, journals},
    wire::{Fault, Waited},
};

/// A round is given up after this.
const LONGEST: Duration = Duration::from_secs(600);
/// Backing off ends here, in milliseconds.
const LONGEST_BACKOFF: i64 = 6 * 3600 * 1000;
/// After so many failures in a row a relay is asked.
const PATIENCE: i32 = 3;
/// A register confirmed within this is fresh enough to begin a round with, in milliseconds.
const REGISTER_FRESH: i64 = 5 * 60 * 1000;
/// An unknown key makes the register be pulled at most once in this, in milliseconds.
const ASK_AGAIN: i64 = 60 * 1000;

/// How a round ended.
#[derive(Debug)]
pub enum RoundEnd {
    /// The copy is the origin's state.
    Good(Pulled),
    /// Nothing better than what is held was to be had.
    Behind,
    /// Why it failed.
    Failed(PullError),
    /// It broke off after it had staged revisions: no failure, the next round goes on after them.
    BrokenOff(PullError),
    /// Another round of this journal runs, or the source asked us to wait.
    NotNow,
}

impl RoundEnd {
    /// What went wrong, whether it counts as a failure or not.
    pub fn fault(&self) -> Option<&PullError> {
        match self {
            Self::Failed(fault) | Self::BrokenOff(fault) => Some(fault),
            _ => None,
        }
    }
}

/// Pulls one journal: the origin first, a relay where that is better. `forced`: whatever the backoff; a source that
/// asked us to wait is not asked.
pub async fn round(hub: &Arc<Hub>, origin: &str, audience: Audience, forced: bool) -> Result<RoundEnd, StoreError> {
    let row = read::journal_or_new(hub.store(), origin, audience).await?;
    let Some(_round) = hub.begin_round(row.id) else { return Ok(RoundEnd::NotNow) };
    let begun = hub.now();
    let waiting = row.wait_until.is_some_and(|until| until > begun);
    let mut end = match (waiting, forced && !asked_to_wait(&row)) {
        (true, false) => RoundEnd::NotNow,
        _ => ask(hub, &row, origin, audience).await,
    };
    let origin_failed = matches!(end, RoundEnd::Failed(_));
    let failures = if origin_failed { row.failures.saturating_add(1) } else { row.failures };
    let stuck = failures >= PATIENCE || row.checkpoint.is_none();
    let relayed = match stuck && !matches!(end, RoundEnd::Good(_)) {
        true => ask_relays(hub, &row, origin, audience).await?,
        false => None,
    };
    match relayed {
        // The relay's state is in place; that the origin fails stays remembered.
        Some(pulled) => {
            if let Some(fault) = end.fault() {
                tracing::warn!(origin, "the origin could not be read, a relay helped: {fault}");
            }
            keep_relayed(hub, row.id, begun, &pulled, &end).await?;
            end = RoundEnd::Good(pulled);
        }
        None => keep(hub, row.id, begun, &end).await?,
    }
    hub.tell_news();
    log(origin, audience, &end);
    Ok(end)
}

fn asked_to_wait(row: &journals::Model) -> bool {
    row.fault.is_some() && row.trouble.as_deref() == Some("wait")
}

async fn ask(hub: &Arc<Hub>, row: &journals::Model, origin: &str, audience: Audience) -> RoundEnd {
    match pull_from(hub, row, &Source { origin, audience, base: origin }).await {
        Err(Broken { fault: PullError::Checkpoint(JwsError::UnknownKey(_)), .. }) => {
            again_with_fresh_trust(hub, row, origin, audience).await
        }
        end => ended(end),
    }
}

/// An unknown key: the register (for the coordinator the anchor) is asked first, at most once a minute; then decided.
async fn again_with_fresh_trust(hub: &Arc<Hub>, row: &journals::Model, origin: &str, audience: Audience) -> RoundEnd {
    let trust = hub.trust();
    let coordinator = trust.coordinator().map(str::to_owned);
    let mut anchor = None;
    match coordinator {
        Some(coordinator) if coordinator == origin => anchor = look::walk_anchor(hub).await,
        Some(coordinator) => {
            let register = read::journal(hub.store().read(), &coordinator, Audience::Public).await.ok().flatten();
            let asked = register.and_then(|register| register.last_attempt_at).unwrap_or(0);
            if hub.now() - asked >= ASK_AGAIN {
                // The register's own round says what is wrong with it.
                let _ = Box::pin(round(hub, &coordinator, Audience::Public, false)).await;
            }
        }
        None => {}
    }
    if let Err(fault) = hub.catch_up().await {
        return RoundEnd::Failed(fault.into());
    }
    match (pull_from(hub, row, &Source { origin, audience, base: origin }).await, anchor) {
        (Err(Broken { fault: PullError::Checkpoint(JwsError::UnknownKey(_)), .. }), Some(wrong)) => {
            RoundEnd::Failed(PullError::Anchor(wrong))
        }
        (end, _) => ended(end),
    }
}

async fn pull_from(hub: &Arc<Hub>, row: &journals::Model, source: &Source<'_>) -> Result<Pulled, Broken> {
    match tokio::time::timeout(LONGEST, pull::pull(hub, row, source)).await {
        Ok(end) => end,
        Err(_) => Err(PullError::from(Fault::Timeout(Waited::Whole)).into()),
    }
}

fn ended(end: Result<Pulled, Broken>) -> RoundEnd {
    match end {
        Ok(pulled) => RoundEnd::Good(pulled),
        Err(Broken { fault: PullError::Behind, .. }) => RoundEnd::Behind,
        // `DIVERGED` and equivocation are failures whatever was staged (protocol §6).
        Err(Broken { fault: fault @ (PullError::Fault(_) | PullError::Moving), staged: 1.. }) => {
            RoundEnd::BrokenOff(fault)
        }
        Err(Broken { fault, .. }) => RoundEnd::Failed(fault),
    }
}

/// Peers that list this journal, the coordinator first.
async fn ask_relays(
    hub: &Arc<Hub>,
    row: &journals::Model,
    origin: &str,
    audience: Audience,
) -> Result<Option<Pulled>, StoreError> {
    let trust = hub.trust();
    let mut tried = HashSet::new();
    for relay in trust.peers() {
        if relay == origin || !tried.insert(relay.to_owned()) {
            continue;
        }
        let peer = peers::one(hub.store(), relay).await?;
        if peer.paused || peer.blocked {
            continue;
        }
        if !lists(&peer, origin, audience) {
            // Its list was read when it perhaps did not have this journal yet.
            look::refresh_list(hub, relay).await;
            if !lists(&peers::one(hub.store(), relay).await?, origin, audience) {
                continue;
            }
        }
        let current = read::journal(hub.store().read(), origin, audience).await?;
        let row = current.as_ref().unwrap_or(row);
        match pull_from(hub, row, &Source { origin, audience, base: relay }).await {
            Ok(pulled) => return Ok(Some(pulled)),
            Err(Broken { fault, .. }) => {
                tracing::debug!(origin, relay, "the relay does not help: {fault}");
                if let PullError::Equivocation { first, second } = fault {
                    look::keep_conflict(hub, row.clone(), first, second).await?;
                }
            }
        }
    }
    Ok(None)
}

/// Whether a peer's list of journals names this one; one that was never looked at may have it.
fn lists(peer: &crate::store::peers::Model, origin: &str, audience: Audience) -> bool {
    let Some(listed) = peer.journals.as_deref() else { return true };
    let listed: Vec<(String, String)> = serde_json::from_str(listed).unwrap_or_default();
    listed.iter().any(|(of, to)| of == origin && to == audience.as_str())
}

async fn keep(hub: &Arc<Hub>, journal: i32, begun: i64, end: &RoundEnd) -> Result<(), StoreError> {
    change(hub, journal, |row, change| {
        change.last_attempt_at = Set(Some(begun));
        match end {
            RoundEnd::Good(pulled) => {
                good(change, begun, pulled);
                change.next_attempt_at = Set(Some(hub.now() + later(hub, interval(hub))));
            }
            RoundEnd::Behind => change.next_attempt_at = Set(Some(hub.now() + later(hub, interval(hub)))),
            RoundEnd::Failed(_) | RoundEnd::BrokenOff(_) => {
                let failures = failed(hub, row, change, end);
                let stuck = failures >= PATIENCE || row.checkpoint.is_none();
                let origin = change.wait_until.clone().try_as_ref().copied().flatten();
                // Relays are asked at the normal interval, while the origin is probed by its backoff.
                let relays = hub.now() + later(hub, interval(hub));
                change.next_attempt_at = Set(origin.map(|origin| if stuck { origin.min(relays) } else { origin }));
            }
            RoundEnd::NotNow => {
                change.last_attempt_at = Set(row.last_attempt_at);
                change.next_attempt_at = Set(Some(hub.now() + later(hub, interval(hub))));
            }
        }
    })
    .await
}

/// A relay gave the state: rounds go on at the normal interval, the origin is probed by its backoff.
async fn keep_relayed(
    hub: &Arc<Hub>,
    journal: i32,
    begun: i64,
    pulled: &Pulled,
    origin: &RoundEnd,
) -> Result<(), StoreError> {
    change(hub, journal, |row, change| {
        change.last_attempt_at = Set(Some(begun));
        change.last_success_at = Set(Some(hub.now()));
        confirm(row, change, pulled.confirmed_at);
        failed(hub, row, change, origin);
        change.next_attempt_at = Set(Some(hub.now() + later(hub, interval(hub))));
    })
    .await
}

fn good(change: &mut journals::ActiveModel, begun: i64, pulled: &Pulled) {
    change.last_success_at = Set(Some(begun));
    change.confirmed_at = Set(Some(pulled.confirmed_at));
    change.failures = Set(0);
    change.fault = Set(None);
    change.fault_word = Set(None);
    change.trouble = Set(None);
    change.wait_until = Set(None);
    change.via = Set(None);
}

/// A copy is never said to be proved as of an earlier moment than before.
fn confirm(row: &journals::Model, change: &mut journals::ActiveModel, confirmed_at: i64) {
    if row.confirmed_at.is_none_or(|before| before < confirmed_at) {
        change.confirmed_at = Set(Some(confirmed_at));
    }
}

/// Notes what went wrong, if anything did. Gives the number of failures in a row.
fn failed(hub: &Hub, row: &journals::Model, change: &mut journals::ActiveModel, end: &RoundEnd) -> i32 {
    let Some(fault) = end.fault() else { return row.failures };
    let (failures, mut wait) = match end {
        RoundEnd::BrokenOff(_) => (row.failures, later(hub, interval(hub))),
        _ => (row.failures.saturating_add(1), later(hub, backoff(hub, row.failures.saturating_add(1)))),
    };
    let (word, mut trouble) = match fault {
        PullError::Fault(fault) => (fault.word(), None),
        PullError::Diverged(_) => ("protocol", Some("diverged")),
        PullError::TooLarge(_) => ("protocol", Some("too-large")),
        _ => ("protocol", None),
    };
    if let PullError::Fault(Fault::RetryLater { seconds, .. }) = fault {
        wait = i64::try_from(*seconds).unwrap_or(LONGEST_BACKOFF / 1000).saturating_mul(1000).min(LONGEST_BACKOFF);
        trouble = Some("wait");
    }
    if let PullError::Equivocation { first, second } = fault
        && row.conflict_first.is_none()
    {
        change.conflict_first = Set(Some(first.clone()));
        change.conflict_second = Set(Some(second.clone()));
        change.conflict_seen_at = Set(Some(hub.now()));
    }
    change.failures = Set(failures);
    change.fault_word = Set(Some(word.to_owned()));
    change.fault = Set(Some(fault.to_string()));
    change.trouble = Set(trouble.map(str::to_owned));
    change.wait_until = Set(Some(hub.now() + wait));
    failures
}

async fn change(
    hub: &Arc<Hub>,
    journal: i32,
    apply: impl FnOnce(&journals::Model, &mut journals::ActiveModel),
) -> Result<(), StoreError> {
    let mut write = hub.store().write().await?;
    let Some(row) = journals::Entity::find_by_id(journal).one(write.connection()).await? else { return Ok(()) };
    let mut changed = row.clone().into_active_model();
    apply(&row, &mut changed);
    changed.change = Set(write.number().await?.cast_signed());
    changed.update(write.connection()).await?;
    write.commit().await?;
    Ok(())
}

fn interval(hub: &Hub) -> i64 {
    i64::try_from(hub.config().sync.interval.as_millis()).unwrap_or(LONGEST_BACKOFF)
}

/// Doubles with each failure, from one interval on.
fn backoff(hub: &Hub, failures: i32) -> i64 {
    let doubled = interval(hub).saturating_mul(1 << failures.clamp(1, 20).saturating_sub(1));
    doubled.min(LONGEST_BACKOFF)
}

/// Moved at random, so that a network does not pull all at once.
fn later(hub: &Hub, time: i64) -> i64 {
    let jitter = hub.config().sync.jitter.clamp(0.0, 1.0);
    let factor = 1.0 + jitter * (fastrand::f64() * 2.0 - 1.0);
    ((time as f64 * factor) as i64).clamp(0, LONGEST_BACKOFF)
}

/// Whether the register must be pulled before a round (protocol §2).
pub async fn register_is_old(hub: &Arc<Hub>) -> Result<bool, StoreError> {
    let trust = hub.trust();
    let Some(coordinator) = trust.coordinator().filter(|coordinator| *coordinator != hub.entity_id()) else {
        return Ok(false);
    };
    let row = read::journal(hub.store().read(), coordinator, Audience::Public).await?;
    let confirmed = row.and_then(|row| row.confirmed_at).unwrap_or(0);
    Ok(hub.now() - confirmed > REGISTER_FRESH)
}

fn log(origin: &str, audience: Audience, end: &RoundEnd) {
    let audience = audience.as_str();
    match end {
        RoundEnd::Good(Pulled { entries: 0, revisions: 0, bytes, .. }) => {
            tracing::info!(origin, audience, bytes, "nothing new: no entry and no revision transferred");
        }
        RoundEnd::Good(pulled) => tracing::info!(
            origin,
            audience,
            entries = pulled.entries,
            revisions = pulled.revisions,
            gaps = pulled.gaps,
            bytes = pulled.bytes,
            "a new state was proved and adopted"
        ),
        RoundEnd::Behind => tracing::info!(origin, audience, "the source is behind what is held"),
        RoundEnd::Failed(fault) => tracing::warn!(origin, audience, "the round failed: {fault}"),
        RoundEnd::BrokenOff(fault) => {
            tracing::info!(origin, audience, "the round broke off, the next one goes on: {fault}");
        }
        RoundEnd::NotNow => tracing::debug!(origin, audience, "no round now"),
    }
}
