//! Finding a record by what a person writes.

use std::sync::Arc;

use crate::catalog::{Network, Published, Snapshot, Viewer, Withdrawn};
use crate::cli::Failure;
use crate::hub::Hub;
use crate::record::{Audience, RecordKey, Sub};

/// A record and how it stands.
pub(super) struct Found {
    pub(super) key: RecordKey,
    pub(super) sub: Sub,
    pub(super) origin: Box<str>,
    pub(super) audience: Audience,
    pub(super) journal: u32,
    pub(super) state: State,
}

pub(super) enum State {
    Shown(Arc<Published>),
    Withdrawn(Arc<Withdrawn>),
    Hidden(String),
}

/// The record of a global id, or the own one of a `kind/uuid`.
pub(super) fn find(hub: &Hub, snapshot: &Snapshot, id: &str) -> Result<Found, Failure> {
    let own = Sub::parse(id);
    let key = match (&own, RecordKey::parse(id)) {
        (Some(sub), _) => hub.trust().record_key(hub.entity_id(), sub),
        (None, Some(key)) => key,
        (None, None) => {
            return Err(Failure::wrong_use(format!(
                "{id} names no record: a global id is wanted (22 letters, digits, - and _), or kind/uuid for a record of this \
                 instance, such as practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d"
            )));
        }
    };
    let found = shown(snapshot, key).or_else(|| hidden(hub, snapshot.network(), key));
    found.ok_or_else(|| {
        let whose =
            if own.is_some() { "of this instance; name a record of another one by its global id" } else { "here" };
        Failure::failed(format!("there is no record {id} {whose}"))
    })
}

fn shown(snapshot: &Snapshot, key: RecordKey) -> Option<Found> {
    if let Some(record) = snapshot.record(key, Viewer::NETWORK) {
        return Some(Found {
            key,
            sub: record.sub.clone(),
            origin: (&*record.origin).into(),
            audience: record.audience,
            journal: record.revision.journal,
            state: State::Shown(record.clone()),
        });
    }
    let withdrawn = snapshot.withdrawn(key, Viewer::NETWORK)?;
    Some(Found {
        key,
        sub: withdrawn.sub.clone(),
        origin: (&*withdrawn.origin).into(),
        audience: withdrawn.audience,
        journal: withdrawn.withdrawal.journal,
        state: State::Withdrawn(withdrawn.clone()),
    })
}

/// What is held and not shown is listed by journal.
fn hidden(hub: &Hub, network: &Network, key: RecordKey) -> Option<Found> {
    network.journals.values().find_map(|journal| {
        let (sub, reason) = journal.not_shown.iter().find_map(|(sub, reason)| {
            let sub = Sub::parse(sub)?;
            (hub.trust().record_key(&journal.origin, &sub) == key).then_some((sub, reason))
        })?;
        let (origin, audience) = (journal.origin.clone(), journal.audience);
        Some(Found { key, sub, origin, audience, journal: journal.id, state: State::Hidden(reason.clone()) })
    })
}
