//! A round: one journal, from its origin or through a relay (protocol §6, "Source"). What is remembered of it is in
//! `remember`.

use std::{collections::HashSet, sync::Arc, time::Duration};

use tokio::time::{Instant, timeout_at};

use super::{
    look,
    pull::{self, PullError, Pulled, Source},
    remember,
};
use crate::{
    hub::{Hub, Phase, Received, Telling},
    journal::{jws::JwsError, read},
    record::Audience,
    register::peers,
    store::{StoreError, journals},
    wire::{Fault, Waited},
};

/// A round is given up after this, with all that it asks.
const LONGEST: Duration = Duration::from_secs(600);
/// After so many failures in a row a relay is asked.
pub(super) const PATIENCE: i32 = 3;
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
    /// The origin gives its network journal to active members alone, and does not count this instance among them: no
    /// failure, its register may be older or newer than ours.
    Closed,
    /// Another round of this journal runs, or the source asked us to wait.
    NotNow,
}

/// How the rounds of both journals of one peer ended.
#[derive(Debug)]
pub struct Rounds {
    /// Of the public journal.
    pub public: RoundEnd,
    /// Of the network journal; None where it is not asked for.
    pub network: Option<RoundEnd>,
}

impl Rounds {
    /// None ran.
    pub const NONE: Self = Self { public: RoundEnd::NotNow, network: None };

    /// What went wrong first.
    pub fn fault(&self) -> Option<&PullError> {
        self.public.fault().or_else(|| self.network.as_ref()?.fault())
    }

    /// What both brought together; None where the public journal's state is not proved.
    pub fn pulled(&self) -> Option<Pulled> {
        let RoundEnd::Good(public) = self.public else { return None };
        Some(match self.network {
            Some(RoundEnd::Good(network)) => public.and(network),
            _ => public,
        })
    }
}

impl RoundEnd {
    /// What went wrong, whether it counts as a failure or not.
    pub fn fault(&self) -> Option<&PullError> {
        match self {
            Self::Failed(fault) | Self::BrokenOff(fault) => Some(fault),
            _ => None,
        }
    }

    /// How its end is told.
    fn phase(&self) -> Phase {
        match self {
            Self::Good(pulled) if pulled.number.is_some() => Phase::Done,
            Self::Good(_) | Self::Behind | Self::Closed => Phase::Confirmed,
            Self::Failed(_) | Self::BrokenOff(_) | Self::NotNow => Phase::Failed,
        }
    }
}

/// Pulls one journal: the origin first, a relay where that is better. `forced`: whatever the backoff; a source that
/// asked us to wait is not asked.
pub async fn round(hub: &Arc<Hub>, origin: &str, audience: Audience, forced: bool) -> Result<RoundEnd, StoreError> {
    let row = read::journal_or_new(hub.store(), origin, audience).await?;
    let Some(_round) = hub.begin_round(row.id) else { return Ok(RoundEnd::NotNow) };
    let begun = hub.now();
    let due = row.next_attempt_at.is_none_or(|next| next <= begun);
    let in_peace = if forced { remember::asked_to_wait(&row, begun) } else { remember::waits(&row, begun) };
    let telling = hub.progresses().of_round(origin, audience);
    let asking = Asking { hub, origin, audience, until: Instant::now() + LONGEST, telling };
    let end = if in_peace { RoundEnd::NotNow } else { asking.origin(&row).await };
    let relayed = if wants_relays(&row, &end, due, forced) { asking.relays(&row).await? } else { None };
    if matches!(end, RoundEnd::NotNow) && relayed.is_none() && !due {
        return Ok(end);
    }
    remember::keep(hub, &row, begun, &end, relayed.as_ref()).await?;
    let end = match relayed {
        // The relay's state is in place; that the origin fails stays remembered.
        Some(pulled) => {
            if let Some(fault) = end.fault() {
                tracing::warn!(origin, "the origin could not be read, a relay helped: {fault}");
            }
            RoundEnd::Good(pulled)
        }
        None => end,
    };
    hub.tell_news();
    if asking.telling.is_heard() {
        // Who hears of the end asks at once what it brought.
        hub.catch_up().await?;
    }
    asking.telling.ends(end.phase());
    log(origin, audience, &end);
    Ok(end)
}

/// Whether relays are asked: where the origin does not help for long or nothing is held, and where what it offers is
/// older or does not prove itself; the latter at the normal interval only, not with each hint.
fn wants_relays(row: &journals::Model, end: &RoundEnd, due: bool, forced: bool) -> bool {
    let failures = row.failures.saturating_add(i32::from(matches!(end, RoundEnd::Failed(_))));
    let stuck = failures >= PATIENCE || row.checkpoint.is_none();
    match end {
        RoundEnd::Good(_) | RoundEnd::BrokenOff(_) => false,
        RoundEnd::Failed(fault) if fault.is_our_own() => false,
        RoundEnd::Behind | RoundEnd::Failed(PullError::Diverged(_)) => due || (stuck && forced),
        _ => stuck && (due || forced),
    }
}

/// One round under way.
struct Asking<'a> {
    hub: &'a Arc<Hub>,
    origin: &'a str,
    audience: Audience,
    until: Instant,
    telling: Telling,
}

impl Asking<'_> {
    async fn origin(&self, row: &journals::Model) -> RoundEnd {
        match self.pull(row, self.origin).await {
            RoundEnd::Failed(PullError::Checkpoint(JwsError::UnknownKey(_))) => self.again_with_fresh_trust(row).await,
            end => end,
        }
    }

    /// An unknown key: the register (for the coordinator the anchor) is asked first, at most once a minute; then
    /// decided.
    async fn again_with_fresh_trust(&self, row: &journals::Model) -> RoundEnd {
        let hub = self.hub;
        let trust = hub.trust();
        let mut anchor = None;
        match trust.coordinator() {
            Some(coordinator) if coordinator == self.origin => anchor = look::walk_anchor(hub).await,
            Some(coordinator) if hub.may_ask_for_key(ASK_AGAIN) => self.fresh_register(coordinator).await,
            _ => {}
        }
        if let Err(fault) = hub.catch_up().await {
            return RoundEnd::Failed(fault.into());
        }
        match (self.pull(row, self.origin).await, anchor) {
            (RoundEnd::Failed(PullError::Checkpoint(JwsError::UnknownKey(_))), Some(wrong)) => {
                RoundEnd::Failed(PullError::Anchor(wrong))
            }
            (end, _) => end,
        }
    }

    /// Pulls the register, after the end of a round of it that runs already: that one may have read an older state. What
    /// is wrong with it is said by its own round.
    async fn fresh_register(&self, coordinator: &str) {
        for _ in 0..50 {
            match Box::pin(round(self.hub, coordinator, Audience::Public, false)).await {
                Ok(RoundEnd::NotNow) => tokio::time::sleep(Duration::from_millis(100)).await,
                _ => return,
            }
        }
    }

    /// Peers that list this journal, the coordinator first.
    async fn relays(&self, row: &journals::Model) -> Result<Option<Pulled>, StoreError> {
        let (hub, origin) = (self.hub, self.origin);
        let trust = hub.trust();
        let mut tried = HashSet::new();
        for relay in trust.peers() {
            if relay == origin || !tried.insert(relay.to_owned()) {
                continue;
            }
            if Instant::now() >= self.until {
                break;
            }
            if !self.may_help(relay).await? {
                continue;
            }
            let current = read::journal(hub.store().read(), origin, self.audience).await?;
            let row = current.as_ref().unwrap_or(row);
            match self.pull(row, relay).await {
                RoundEnd::Good(pulled) => return Ok(Some(pulled)),
                RoundEnd::Failed(PullError::Equivocation { first, second }) => {
                    remember::keep_conflict(hub, row, &first, &second).await?;
                }
                end => match end.fault() {
                    Some(fault) => tracing::debug!(origin, relay, "the relay does not help: {fault}"),
                    None => tracing::debug!(origin, relay, "the relay has nothing better"),
                },
            }
        }
        Ok(None)
    }

    /// Whether a peer may be asked and lists this journal.
    async fn may_help(&self, relay: &str) -> Result<bool, StoreError> {
        let hub = self.hub;
        if !look::may_be_asked(hub, relay).await? {
            return Ok(false);
        }
        if lists(&peers::one(hub.store(), relay).await?, self.origin, self.audience) {
            return Ok(true);
        }
        // Its list was read when it perhaps did not have this journal yet.
        if timeout_at(self.until, look::refresh_list(hub, relay)).await.is_err() {
            return Ok(false);
        }
        Ok(lists(&peers::one(hub.store(), relay).await?, self.origin, self.audience))
    }

    /// 403 is the origin's word on membership. 401 is too while it may not have read of us, and something wrong at one of
    /// the two after that.
    async fn refused(&self, fault: &PullError) -> RoundEnd {
        match remember::register_is_new(self.hub).await {
            _ if fault.refusal() == Some(403) => RoundEnd::Closed,
            Ok(true) => RoundEnd::Closed,
            Ok(false) => RoundEnd::Failed(PullError::NotTaken),
            Err(fault) => RoundEnd::Failed(fault.into()),
        }
    }

    async fn pull(&self, row: &journals::Model, base: &str) -> RoundEnd {
        let source = Source { origin: self.origin, audience: self.audience, base, telling: &self.telling };
        let mut pulled = Pulled::default();
        let end = timeout_at(self.until, pull::pull(self.hub, row, &source, &mut pulled)).await;
        self.hub.note_received(Received {
            entries: pulled.entries as u64,
            revisions: pulled.revisions as u64,
            bytes: pulled.bytes,
        });
        match end.unwrap_or_else(|_| Err(Fault::Timeout(Waited::Whole).into())) {
            Ok(()) => RoundEnd::Good(pulled),
            Err(PullError::Behind) => RoundEnd::Behind,
            Err(fault) if self.audience == Audience::Network && fault.refusal().is_some() => self.refused(&fault).await,
            // `DIVERGED` and equivocation are failures whatever was staged (protocol §6).
            Err(fault @ (PullError::Fault(_) | PullError::Moving)) if pulled.revisions > 0 => {
                RoundEnd::BrokenOff(fault)
            }
            Err(fault) => RoundEnd::Failed(fault),
        }
    }
}

/// Whether a peer's list of journals names this one; one that was never looked at may have it.
fn lists(peer: &crate::store::peers::Model, origin: &str, audience: Audience) -> bool {
    let Some(listed) = peer.journals.as_deref() else { return true };
    let listed: Vec<(String, String)> = serde_json::from_str(listed).unwrap_or_default();
    listed.iter().any(|(of, to)| of == origin && to == audience.as_str())
}

/// Until when a peer asked not to be called, if it did: nothing overrides that. In milliseconds.
pub async fn asked_to_wait_until(hub: &Hub, peer: &str) -> Result<Option<i64>, StoreError> {
    let row = remember::public_row(hub, peer).await?;
    Ok(row.filter(|row| remember::asked_to_wait(row, hub.now())).and_then(|row| row.wait_until))
}

/// Whether the register must be pulled before a round (protocol §2).
pub async fn register_is_old(hub: &Arc<Hub>) -> Result<bool, StoreError> {
    let trust = hub.trust();
    let Some(coordinator) = trust.coordinator().filter(|coordinator| *coordinator != hub.entity_id()) else {
        return Ok(false);
    };
    let confirmed = remember::public_row(hub, coordinator).await?.and_then(|row| row.confirmed_at).unwrap_or(0);
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
        RoundEnd::Closed => tracing::info!(origin, audience, "it is closed to this instance: no active member there"),
        RoundEnd::Failed(fault) if fault.is_our_own() => tracing::error!(origin, audience, "{fault}"),
        RoundEnd::Failed(fault) => tracing::warn!(origin, audience, "the round failed: {fault}"),
        RoundEnd::BrokenOff(fault) => {
            tracing::info!(origin, audience, "the round broke off, the next one goes on: {fault}");
        }
        RoundEnd::NotNow => tracing::debug!(origin, audience, "no round now"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(failures: i32, held: bool) -> journals::Model {
        journals::Model {
            id: 1,
            origin: "https://hub.example.ma".to_owned(),
            audience: "public".to_owned(),
            checkpoint: held.then(|| "a checkpoint".to_owned()),
            seq: None,
            signed_at: None,
            key_id: None,
            first_seen_at: None,
            via: None,
            confirmed_at: None,
            last_success_at: None,
            last_attempt_at: None,
            next_attempt_at: None,
            failures,
            fault_word: None,
            fault: None,
            trouble: None,
            wait_until: None,
            conflict_first: None,
            conflict_second: None,
            conflict_seen_at: None,
            change: 0,
        }
    }

    #[test]
    fn relays_are_asked_when_the_origin_does_not_help_and_not_for_our_own_faults() {
        let slow = || RoundEnd::Failed(Fault::Timeout(Waited::Byte).into());
        let diverged = || RoundEnd::Failed(PullError::Diverged("x".to_owned()));
        let progress = || RoundEnd::BrokenOff(Fault::Truncated.into());
        let ours = || RoundEnd::Failed(PullError::Unfinished("x".to_owned()));
        // failures before, held, end, due, forced, wanted
        for (number, (failures, held, end, due, forced, wanted)) in [
            (0, true, slow(), true, true, false),
            (2, true, slow(), true, false, true),
            (2, true, slow(), false, false, false),
            (2, true, slow(), false, true, true),
            (0, false, slow(), true, false, true),
            (3, true, RoundEnd::NotNow, true, false, true),
            (3, true, RoundEnd::NotNow, false, false, false),
            (0, true, RoundEnd::Behind, true, false, true),
            (0, true, RoundEnd::Behind, false, true, false),
            (0, true, diverged(), true, false, true),
            (0, true, RoundEnd::Closed, true, true, false),
            (0, false, RoundEnd::Closed, true, false, true),
            (9, true, ours(), true, true, false),
            (9, false, progress(), true, true, false),
            (9, false, RoundEnd::Good(Pulled::default()), true, true, false),
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(wants_relays(&row(failures, held), &end, due, forced), wanted, "case {number}: {end:?}");
        }
    }
}
