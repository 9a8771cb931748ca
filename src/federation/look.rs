//! Looking at a peer, at start and once an hour of one in turn: its entity configuration (for display alone), the
//! journals that it lists (so that two roots of one seq are found, and a checkpoint of ours that we never signed),
//! and the anchor (protocol §2, §6, §8).

use std::{sync::Arc, time::Duration};

use sea_orm::ActiveValue::Set;

use super::{assertion, remember};
use crate::{
    hub::{Hub, Received},
    journal::{
        checkpoint::Checkpoint,
        key::KeyStatus,
        read::{self, Trusted as _},
    },
    register::{self, peers, peers::EntityConfiguration},
    store::StoreError,
    wire::{Carried, Conditional, Fault, Listed},
};

/// How long the first look may take, all peers together (protocol §8).
const FIRST_LOOK: Duration = Duration::from_secs(10);

/// Looks at every peer before the first signature after a start, 10 s at most in all; once a process, whoever signs.
pub async fn before_signing(hub: &Arc<Hub>) {
    hub.first_look().get_or_init(|| look_at_all(hub)).await;
}

async fn look_at_all(hub: &Arc<Hub>) {
    let trust = hub.trust();
    let looks = trust.peers().into_iter().map(str::to_owned).map(|peer| {
        let hub = hub.clone();
        async move { look_at(&hub, &peer).await }
    });
    let looks: Vec<_> = looks.collect();
    if !looks.is_empty() && tokio::time::timeout(FIRST_LOOK, futures_util::future::join_all(looks)).await.is_err() {
        tracing::info!("not every peer answered within 10 s; going on without them");
    }
}

/// Whether a peer is called at all now: not one that is paused or blocked, nor one that asked to wait.
pub(super) async fn may_be_asked(hub: &Hub, entity_id: &str) -> Result<bool, StoreError> {
    let peer = peers::one(hub.store(), entity_id).await?;
    let row = remember::public_row(hub, entity_id).await?;
    Ok(!peer.paused && !peer.blocked && !row.is_some_and(|row| remember::asked_to_wait(&row, hub.now())))
}

/// Looks at one peer: its configuration and its list of journals.
pub async fn look_at(hub: &Arc<Hub>, entity_id: &str) {
    match may_be_asked(hub, entity_id).await {
        Ok(true) => {}
        Ok(false) => return,
        Err(fault) => return tracing::error!("{fault}"),
    }
    let looks = [
        ("entity configuration", configuration(hub, entity_id).await),
        ("list of journals", journals_of(hub, entity_id).await),
    ];
    for (what, outcome) in looks {
        match outcome {
            Ok(bytes) => tracing::info!(peer = entity_id, bytes, "looked at its {what}"),
            Err(fault) => tracing::info!(peer = entity_id, "its {what} could not be read: {fault}"),
        }
    }
    let now = hub.now();
    let noted = peers::keep(hub.store(), entity_id, false, |row| row.looked_at = Set(Some(now))).await;
    if let Err(fault) = noted {
        tracing::error!("{fault}");
    }
}

/// Reads a peer's list of journals anew, outside of its turn.
pub(super) async fn refresh_list(hub: &Arc<Hub>, entity_id: &str) {
    if let Err(fault) = journals_of(hub, entity_id).await {
        tracing::debug!(peer = entity_id, "its list of journals could not be read: {fault}");
    }
}

/// Reads a peer's entity configuration anew, outside of its turn.
pub(super) async fn refresh_configuration(hub: &Arc<Hub>, entity_id: &str) {
    if let Err(fault) = configuration(hub, entity_id).await {
        tracing::debug!(peer = entity_id, "its entity configuration could not be read: {fault}");
    }
}

fn received(hub: &Hub, bytes: u64) {
    hub.note_received(Received { bytes, ..Received::default() });
}

async fn configuration(hub: &Arc<Hub>, entity_id: &str) -> Result<u64, LookError> {
    let known = peers::one(hub.store(), entity_id).await?;
    let answer = hub.web().entity_configuration(entity_id, known.configuration_etag.as_deref()).await?;
    received(hub, answer.bytes);
    if let Conditional::New { value, etag } = answer.value {
        EntityConfiguration::read(&value, entity_id).map_err(|fault| LookError::Configuration(fault.to_string()))?;
        if !peers::speaks_our_version(&value) {
            tracing::warn!(peer = entity_id, "it does not speak version 1 of the protocol: ask who runs it to upgrade");
        }
        let visible = peers::configuration(&known).as_ref()
            != EntityConfiguration::read(&value, entity_id).ok().as_ref().map(|(read, _)| read);
        peers::keep(hub.store(), entity_id, visible, |row| {
            row.configuration = Set(Some(value));
            row.configuration_etag = Set(etag);
        })
        .await?;
        hub.tell_news();
    }
    Ok(answer.bytes)
}

async fn journals_of(hub: &Arc<Hub>, entity_id: &str) -> Result<u64, LookError> {
    let known = peers::one(hub.store(), entity_id).await?;
    let answer = list_of(hub, entity_id, known.journals_etag.as_deref()).await?;
    received(hub, answer.bytes);
    if let Conditional::New { value, etag } = answer.value {
        for listed in &value {
            compare(hub, entity_id, listed).await?;
        }
        let names: Vec<(&str, &str)> =
            value.iter().map(|listed| (listed.origin.as_str(), listed.audience.as_str())).collect();
        let names = serde_json::to_string(&names).unwrap_or_default();
        peers::keep(hub.store(), entity_id, false, |row| {
            row.journals = Set(Some(names));
            row.journals_etag = Set(etag);
        })
        .await?;
    }
    Ok(answer.bytes)
}

/// The list as a member gets it; as anybody gets it where the peer does not count this instance as one.
async fn list_of(hub: &Hub, peer: &str, etag: Option<&str>) -> Result<Carried<Conditional<Vec<Listed>>>, Fault> {
    let bearer = assertion::bearer(hub, peer);
    match hub.web().journals(peer, bearer.as_deref(), etag).await {
        Err(Fault::Status { code: 401 | 403, .. }) if bearer.is_some() => hub.web().journals(peer, None, etag).await,
        answer => answer,
    }
}

/// Compares a checkpoint that a peer lists with what is held here.
async fn compare(hub: &Arc<Hub>, peer: &str, listed: &Listed) -> Result<(), StoreError> {
    let trust = hub.trust();
    let keys = trust.keys(&listed.origin);
    let current = |status| status == KeyStatus::Current;
    let Ok(theirs) = Checkpoint::read(&listed.checkpoint, &listed.origin, listed.audience, keys, current) else {
        return Ok(());
    };
    if listed.origin == hub.entity_id() {
        if !read::has_signed(hub.store(), theirs.digest()).await? {
            stop_signing(hub, peer).await?;
        }
        return Ok(());
    }
    let Some(row) = read::journal(hub.store().read(), &listed.origin, listed.audience).await? else { return Ok(()) };
    let ours = row.checkpoint.as_deref();
    let ours = ours.and_then(|jws| Checkpoint::read(jws, &listed.origin, listed.audience, keys, current).ok());
    match ours {
        Some(ours) if ours.seq == theirs.seq && ours.root != theirs.root => {
            remember::keep_conflict(hub, &row, &ours.jws, &theirs.jws).await
        }
        _ => Ok(()),
    }
}

async fn stop_signing(hub: &Arc<Hub>, peer: &str) -> Result<(), StoreError> {
    tracing::error!(
        peer,
        "it holds a checkpoint of this instance, by its current key, that this instance never signed. Nothing more is \
         signed: either an older copy of the database was put back (then put the newest one back), or the key is stolen. \
         A new key leads out of both: `nmirf-hub key compromised`"
    );
    hub.stop_signing(peer).await
}

/// Walks the anchor chain from where it was reached, at the coordinator and at who else is configured. Gives what
/// went wrong last, for the operator.
pub async fn walk_anchor(hub: &Arc<Hub>) -> Option<String> {
    let mut wrong = None;
    let trust = hub.trust();
    let coordinator = trust.coordinator().map(str::to_owned).into_iter();
    let also = hub.config().trust.coordinator.also.iter().map(|base| base.trim_end_matches('/').to_owned());
    for base in coordinator.chain(also).filter(|base| base != hub.entity_id()).collect::<Vec<_>>() {
        match walk_at(hub, &base).await {
            Ok(bytes) => tracing::info!(peer = base, bytes, "walked the anchor"),
            Err(fault) => {
                tracing::warn!(peer = base, "the anchor could not be walked: {fault}");
                wrong = Some(fault.to_string());
            }
        }
    }
    wrong
}

async fn walk_at(hub: &Arc<Hub>, base: &str) -> Result<u64, LookError> {
    let known = peers::one(hub.store(), base).await?;
    // Without a chain here there is nothing that a 304 could confirm.
    let etag = known.anchor_etag.as_deref().filter(|_| !hub.trust().chain().is_empty());
    let answer = hub.web().anchor(base, etag).await?;
    received(hub, answer.bytes);
    if let Conditional::New { value, etag } = answer.value {
        let trust = hub.trust();
        let compromised = |entity_id: &str, key: &str| trust.is_compromised(entity_id, key);
        match register::follow_anchor(hub.store(), &hub.trust_source(), &value, &compromised, hub.now()).await? {
            Ok(_) => peers::keep(hub.store(), base, false, |row| row.anchor_etag = Set(etag)).await?,
            Err(fault) => return Err(LookError::Anchor(fault.to_string())),
        }
        hub.catch_up().await?;
    }
    Ok(answer.bytes)
}

#[derive(Debug, thiserror::Error)]
enum LookError {
    #[error("{0}")]
    Fault(#[from] Fault),
    #[error("its entity configuration: {0}")]
    Configuration(String),
    #[error("{0}")]
    Anchor(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}
