//! What is remembered of a round in the journal's row: how it ended, when the origin may be asked again and when the
//! next round is due (protocol §6, "Source").

use std::sync::Arc;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    pull::{PullError, Pulled},
    rounds::{PATIENCE, RoundEnd},
};
use crate::{
    hub::Hub,
    journal::read,
    record::Audience,
    store::{StoreError, journals},
    wire::Fault,
};

/// Backing off ends here, in milliseconds.
const LONGEST_BACKOFF: i64 = 6 * 3600 * 1000;
/// The first pause where nothing is held yet, in milliseconds: who is new, or begins together with its peers, must not
/// wait a whole interval because one of them was not ready yet.
const FIRST_BACKOFF: i64 = 2 * 1000;
/// After its register changed, an instance counts this long as one that others may not know yet, in milliseconds.
const REGISTER_NEW: i64 = 10 * 60 * 1000;
/// After a fault of this instance itself, and where it is not known as a member yet, the round is tried again so soon, in
/// milliseconds.
const SOON: i64 = 60 * 1000;
/// In `trouble`: the source said when to ask again.
const ASKED_TO_WAIT: &str = "wait";

/// Whether the origin itself asked not to be called yet (`Retry-After`), which nothing overrides.
pub(super) fn asked_to_wait(row: &journals::Model, now: i64) -> bool {
    row.trouble.as_deref() == Some(ASKED_TO_WAIT) && waits(row, now)
}

/// Whether the origin is left in peace: it asked for that, or it failed.
pub(super) fn waits(row: &journals::Model, now: i64) -> bool {
    row.wait_until.is_some_and(|until| until > now)
}

/// The row of a peer's public journal, if there is one.
pub(super) async fn public_row(hub: &Hub, peer: &str) -> Result<Option<journals::Model>, StoreError> {
    Ok(read::journal(hub.store().read(), peer, Audience::Public).await?)
}

/// Whether a peer is left in peace, by its public journal.
pub(super) async fn peer_waits(hub: &Hub, peer: &str) -> Result<bool, StoreError> {
    Ok(public_row(hub, peer).await?.is_some_and(|row| waits(&row, hub.now())))
}

/// Keeps how a round ended at the origin, and what a relay gave. `asked` is the row as it was when the round began.
pub(super) async fn keep(
    hub: &Hub,
    asked: &journals::Model,
    begun: i64,
    end: &RoundEnd,
    relayed: Option<&Pulled>,
) -> Result<(), StoreError> {
    let mut write = hub.store().write().await?;
    let Some(row) = journals::Entity::find_by_id(asked.id).one(write.connection()).await? else { return Ok(()) };
    let mut change = row.clone().into_active_model();
    let at_the_interval = hub.now() + later(hub, interval(hub));
    // While relays are asked at the interval, the origin is probed by its backoff.
    let mut next =
        row.wait_until.filter(|until| *until > begun).map_or(at_the_interval, |until| until.min(at_the_interval));
    if relayed.is_some() || !matches!(end, RoundEnd::NotNow) {
        change.last_attempt_at = Set(Some(begun));
    }
    if let Some(fault) = end.fault() {
        if fault.is_our_own() {
            next = hub.now() + SOON;
        } else {
            let (failures, wait_until) = note_fault(hub, &row, &mut change, end, fault);
            // Relays are asked at the normal interval, while the origin is probed by its backoff.
            let stuck = failures >= PATIENCE || row.checkpoint.is_none();
            next = if stuck { wait_until.min(at_the_interval) } else { wait_until };
        }
    }
    if let RoundEnd::Good(pulled) = end {
        next = at_the_interval;
        good(&row, &mut change, pulled);
        // Who adopted something beside us has said itself through whom.
        if row.checkpoint == asked.checkpoint {
            change.via = Set(None);
        }
    }
    if let Some(pulled) = relayed {
        succeeded(&row, &mut change, pulled);
        next = at_the_interval;
    }
    if matches!(end, RoundEnd::Closed) && relayed.is_none() {
        closed(&row, &mut change);
        next = at_the_interval;
        if register_is_new(hub).await? {
            // It was told of a member that it does not know, and asks the register: soon it may know.
            next = next.min(hub.now() + SOON);
        }
    }
    change.next_attempt_at = Set(Some(next));
    change.change = Set(write.number().await?.cast_signed());
    change.update(write.connection()).await?;
    write.commit().await?;
    Ok(())
}

/// The origin answered: what failed before that is over.
fn closed(row: &journals::Model, change: &mut journals::ActiveModel) {
    change.failures = Set(0);
    change.wait_until = Set(None);
    if matches!(row.trouble.as_deref(), None | Some(ASKED_TO_WAIT)) {
        change.fault = Set(None);
        change.fault_word = Set(None);
        change.trouble = Set(None);
    }
}

/// Whether the register changed so lately that others may not have read it yet.
pub(super) async fn register_is_new(hub: &Hub) -> Result<bool, StoreError> {
    let Some(coordinator) = hub.trust().coordinator().map(str::to_owned) else { return Ok(false) };
    let changed = public_row(hub, &coordinator).await?.and_then(|row| row.first_seen_at);
    Ok(changed.is_some_and(|changed| hub.now() - changed < REGISTER_NEW))
}

/// The next round of a journal is due no sooner than then, in milliseconds: its peer asked to be left in peace.
pub(super) async fn postpone(hub: &Hub, peer: &str, audience: Audience, until: Option<i64>) -> Result<(), StoreError> {
    let row = read::journal_or_new(hub.store(), peer, audience).await?;
    if row.next_attempt_at >= until {
        return Ok(());
    }
    let mut write = hub.store().write().await?;
    let mut change = row.into_active_model();
    change.next_attempt_at = Set(until);
    change.change = Set(write.number().await?.cast_signed());
    change.update(write.connection()).await?;
    write.commit().await?;
    hub.tell_news();
    Ok(())
}

fn good(row: &journals::Model, change: &mut journals::ActiveModel, pulled: &Pulled) {
    succeeded(row, change, pulled);
    change.failures = Set(0);
    change.fault = Set(None);
    change.fault_word = Set(None);
    change.trouble = Set(None);
    change.wait_until = Set(None);
}

/// Of two processes that pull one journal the slower one must not take back what the other has confirmed.
fn succeeded(row: &journals::Model, change: &mut journals::ActiveModel, pulled: &Pulled) {
    change.last_success_at = Set(row.last_success_at.max(change.last_attempt_at.try_as_ref().copied().flatten()));
    change.confirmed_at = Set(row.confirmed_at.max(Some(pulled.confirmed_at)));
}

/// Gives the failures in a row, and until when the origin is left in peace.
fn note_fault(
    hub: &Hub,
    row: &journals::Model,
    change: &mut journals::ActiveModel,
    end: &RoundEnd,
    fault: &PullError,
) -> (i32, i64) {
    // A round that staged something is no failure (protocol §6).
    let (failures, mut wait) = match end {
        RoundEnd::BrokenOff(_) => (row.failures, later(hub, interval(hub))),
        // It answers, and a clock that was put right helps at once: asked at the interval.
        RoundEnd::Failed(PullError::NotTaken) => (row.failures.saturating_add(1), later(hub, interval(hub))),
        _ => (row.failures.saturating_add(1), later(hub, backoff(hub, row))),
    };
    let (word, mut trouble) = match fault {
        PullError::Fault(fault) => (fault.word(), None),
        PullError::NotTaken => ("refused", None),
        PullError::Diverged(_) => ("protocol", Some("diverged")),
        PullError::TooLarge(_) => ("protocol", Some("too-large")),
        _ => ("protocol", None),
    };
    if let PullError::Fault(Fault::RetryLater { seconds, .. }) = fault {
        wait = i64::try_from(*seconds).unwrap_or(LONGEST_BACKOFF / 1000).saturating_mul(1000).min(LONGEST_BACKOFF);
        trouble = Some(ASKED_TO_WAIT);
    }
    if let PullError::Equivocation { first, second } = fault {
        note_conflict(hub, row, change, first, second);
    }
    let wait_until = hub.now() + wait;
    change.failures = Set(failures);
    change.fault_word = Set(Some(word.to_owned()));
    change.fault = Set(Some(fault.to_string()));
    change.trouble = Set(trouble.map(str::to_owned));
    change.wait_until = Set(Some(wait_until));
    (failures, wait_until)
}

/// Keeps two checkpoints of one `seq` as evidence, whoever showed the second; of an open case the first ones stay.
pub(super) async fn keep_conflict(
    hub: &Arc<Hub>,
    row: &journals::Model,
    first: &str,
    second: &str,
) -> Result<(), StoreError> {
    if row.conflict_first.is_some() {
        return Ok(());
    }
    let mut write = hub.store().write().await?;
    let Some(row) = journals::Entity::find_by_id(row.id).one(write.connection()).await? else { return Ok(()) };
    let mut change = row.clone().into_active_model();
    note_conflict(hub, &row, &mut change, first, second);
    change.change = Set(write.number().await?.cast_signed());
    change.update(write.connection()).await?;
    write.commit().await?;
    hub.tell_news();
    Ok(())
}

fn note_conflict(hub: &Hub, row: &journals::Model, change: &mut journals::ActiveModel, first: &str, second: &str) {
    if row.conflict_first.is_some() {
        return;
    }
    tracing::warn!(origin = row.origin, "two signed states under one seq: kept as evidence");
    change.conflict_first = Set(Some(first.to_owned()));
    change.conflict_second = Set(Some(second.to_owned()));
    change.conflict_seen_at = Set(Some(hub.now()));
}

fn interval(hub: &Hub) -> i64 {
    i64::try_from(hub.config().sync.interval.as_millis()).unwrap_or(LONGEST_BACKOFF)
}

/// Doubles with each failure: from one interval on, and from a short time where nothing is held yet.
fn backoff(hub: &Hub, row: &journals::Model) -> i64 {
    let first = match row.checkpoint {
        Some(_) => interval(hub),
        None => interval(hub).min(FIRST_BACKOFF),
    };
    first.saturating_mul(1 << row.failures.clamp(0, 20)).min(LONGEST_BACKOFF)
}

/// Moved at random, so that a network does not pull all at once.
fn later(hub: &Hub, time: i64) -> i64 {
    let jitter = hub.config().sync.jitter.clamp(0.0, 1.0);
    let factor = 1.0 + jitter * (fastrand::f64() * 2.0 - 1.0);
    ((time as f64 * factor) as i64).clamp(0, LONGEST_BACKOFF)
}
