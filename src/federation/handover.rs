//! The network elects another coordinator (protocol §2, handover): the successor publishes the old one's two journals
//! under its own name, and the old one signs the link of the anchor once its copy of them holds all of its own.

use std::{collections::HashMap, sync::Arc};

use thiserror::Error;

use super::{
    hints,
    keys::{self, KeyChangeError},
    look,
    pull::PullError,
    rounds::{self, RoundEnd},
    schedule,
};
use crate::{
    audit::{self, Actor},
    config::Role,
    hub::Hub,
    journal::{
        publish::{self, Carried, PublishError},
        read::{self, Trusted as _},
        revision::{Act, Place, Revision},
    },
    record::{Audience, Sub},
    register::{self, LinkError},
    store::StoreError,
};

/// Why nothing was handed over or taken over.
#[derive(Debug, Error)]
pub enum HandoverError {
    /// The wrong side.
    #[error(
        "this instance cannot succeed a coordinator: it is a national one, or is the coordinator already. \
         `nmirf-hub init --role coordinator --coordinator URL` makes a successor"
    )]
    NoSuccessor,
    /// Only the coordinator hands over.
    #[error("this instance is not the network's coordinator, so it has nothing to hand over")]
    NotTheCoordinator,
    /// The other side is not known.
    #[error(
        "{0} is not pinned here: `nmirf-hub peer add {0}` shows its key and pins it, so that the \
         successor may read what is for the network alone"
    )]
    NotPinned(String),
    /// A journal could not be had.
    #[error("the {audience} journal of {of} could not be read: {why}")]
    NotRead {
        /// Which journal.
        audience: &'static str,
        /// Whose.
        of: String,
        /// Why.
        why: String,
    },
    /// The copy here is not whole.
    #[error(
        "{count} records of this network are not in the successor's journals as they are here, the first is {first}. Run \
         `nmirf-hub member handover --take-over` there once more, then this command again"
    )]
    NotAll {
        /// How many.
        count: usize,
        /// One of them.
        first: Sub,
    },
    /// Revisions that the old coordinator could not give.
    #[error("{0} records of the coordinator could not be had: its operator runs `nmirf-hub verify`")]
    Gaps(usize),
    /// The anchor.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The anchor of the new coordinator.
    #[error(transparent)]
    Key(#[from] KeyChangeError),
    /// It was not published.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// At the successor: pulls both journals of the coordinator and publishes what they hold under this instance's name, same
/// `sub`s and bodies. Again it carries what has changed since. Gives how many records were carried.
pub async fn take_over(hub: &Arc<Hub>, actor: &Actor) -> Result<usize, HandoverError> {
    let trust = hub.trust();
    let old = trust.coordinator().filter(|old| *old != hub.entity_id()).map(str::to_owned);
    let old = old.filter(|_| hub.config().instance.role == Role::Coordinator).ok_or(HandoverError::NoSuccessor)?;
    pull(hub, &old).await?;
    let mut carried = 0;
    for audience in Audience::ALL {
        let records = latest(hub, &old, audience).await?;
        let gaps = match read::journal(hub.store().read(), &old, audience).await.map_err(StoreError::from)? {
            Some(row) => read::gaps(hub.store(), row.id).await?.len(),
            None => 0,
        };
        if gaps > 0 {
            return Err(HandoverError::Gaps(gaps));
        }
        let records = records.into_values().map(|revision| Carried {
            sub: revision.sub,
            act: revision.act,
            created_at: revision.created_at,
        });
        carried += publish::carry(hub.store(), &hub.author(), audience, hub.now(), records.collect()).await?;
    }
    audit::note_alone(hub.store(), actor, hub.now(), "network.take-over", Some(&old)).await?;
    hub.catch_up().await?;
    Ok(carried)
}

/// At the old coordinator: pulls the successor's journals, and signs the link of the anchor that names it once they hold
/// all that is in the own ones. From then on this instance can change nothing in the register.
pub async fn hand_over(hub: &Arc<Hub>, actor: &Actor, successor: &str) -> Result<(), HandoverError> {
    let (author, trust) = (hub.author(), hub.trust());
    if !author.is_coordinator {
        return Err(HandoverError::NotTheCoordinator);
    }
    if !trust.is_pinned(successor) {
        return Err(HandoverError::NotPinned(successor.to_owned()));
    }
    pull(hub, successor).await?;
    let mut missing = Vec::new();
    for audience in Audience::ALL {
        let theirs = latest(hub, successor, audience).await?;
        let ours = latest(hub, hub.entity_id(), audience).await?;
        let lacks = |(name, ours): (_, Revision)| {
            (!theirs.get(&name).is_some_and(|theirs| theirs.act == ours.act)).then_some(ours.sub)
        };
        missing.extend(ours.into_iter().filter_map(lacks));
    }
    missing.sort();
    if let Some(first) = missing.first() {
        return Err(HandoverError::NotAll { count: missing.len(), first: first.clone() });
    }
    let keys = trust.keys(successor).clone();
    let source = hub.trust_source();
    register::sign_next_link(hub.store(), &source, &author.key, successor, |_| keys, hub.now()).await?;
    audit::note_alone(hub.store(), actor, hub.now(), "network.hand-over", Some(successor)).await?;
    hints::tell_peers(hub).await;
    hub.catch_up().await?;
    Ok(())
}

/// At the successor, after the old coordinator has signed: follows the anchor and signs a link of its own, where others
/// may pin its key. A running server does it by itself.
pub async fn begin(hub: &Arc<Hub>) -> Result<bool, HandoverError> {
    look::walk_anchor(hub).await;
    hub.catch_up().await?;
    keys::settle_anchor(hub).await?;
    Ok(hub.author().is_coordinator)
}

/// Both journals, the network's too though neither is a member of the other's register.
async fn pull(hub: &Arc<Hub>, of: &str) -> Result<(), HandoverError> {
    let public = schedule::pull_peer(hub, of, true).await?.public;
    let network = rounds::round(hub, of, Audience::Network, true).await?;
    hub.catch_up().await?;
    for (audience, end) in [("public", public), ("network", network)] {
        let why = match &end {
            RoundEnd::Good(_) => continue,
            RoundEnd::Closed | RoundEnd::Failed(PullError::NotTaken) => {
                format!("it is closed to this instance; there `nmirf-hub peer add {}` opens it", hub.entity_id())
            }
            end => {
                end.fault().map_or("nothing better than an older copy was to be had".to_owned(), ToString::to_string)
            }
        };
        return Err(HandoverError::NotRead { audience, of: of.to_owned(), why });
    }
    Ok(())
}

/// The latest revision of each record of a journal, by the name of its entry.
async fn latest(hub: &Hub, origin: &str, audience: Audience) -> Result<HashMap<[u8; 32], Revision>, StoreError> {
    let Some(row) = read::journal(hub.store().read(), origin, audience).await? else { return Ok(HashMap::new()) };
    let stored = read::all_latest(hub.store(), row.id).await?;
    let read = |(name, jws): ([u8; 32], String)| {
        let place = Place { origin, audience, name: &name };
        // Verified when it was stored; what is no revision of right form is nobody's record.
        Some((name, Revision::unverified(&jws, place).ok()?))
    };
    Ok(stored.into_iter().filter_map(read).filter(|(_, revision)| is_carried(revision)).collect())
}

/// A tombstone is carried too: what was withdrawn stays withdrawn.
fn is_carried(revision: &Revision) -> bool {
    match &revision.act {
        Act::Put { .. } => revision.schema == 1,
        Act::Withdraw { .. } => true,
    }
}
