//! What is known of the instances of the network and how each copy stands, as the catalogue is handed it.

use std::collections::{BTreeMap, HashMap};

use super::{Hub, follow::Follower};
use crate::{
    catalog::{
        Conflict, FaultWord, HeldCheckpoint, Instance, InstanceKey, InstanceRole, Journal, Network, SyncFault,
        SyncState,
    },
    config::Role,
    journal::{
        checkpoint::{Checkpoint, STALE_AFTER},
        encoding::base64url,
        key::KeyStatus,
        read::{self, Trusted as _},
    },
    record::{Audience, CountryCode, LanguageTag, RecordKey},
    register::{
        Trust,
        peers::{self, EntityConfiguration},
    },
    store::{StoreError, journals, peers as peer_rows},
};

/// The network as it is now.
pub(super) async fn view(
    hub: &Hub,
    trust: &Trust,
    rows: &[journals::Model],
    follower: &Follower,
) -> Result<Network, StoreError> {
    let peers: BTreeMap<String, peer_rows::Model> =
        peers::all(hub.store()).await?.into_iter().map(|row| (row.entity_id.clone(), row)).collect();
    let known = known_instances(hub, trust, rows);
    let mut instances: Vec<Instance> =
        known.iter().map(|entity_id| instance(hub, trust, rows, peers.get(*entity_id), entity_id)).collect();
    instances.sort_by(|a, b| {
        let place = |instance: &Instance| (!instance.is_self, instance.country.is_none(), instance.country);
        place(a).cmp(&place(b)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.entity_id.cmp(&b.entity_id))
    });
    let journals = rows
        .iter()
        .map(|row| (row.id.unsigned_abs(), journal(hub, trust, row, peers.get(&row.origin), follower)))
        .collect();
    let coordinators = trust.coordinators().into_iter().map(Into::into).collect();
    Ok(Network { instances, journals, coordinators })
}

fn known_instances<'a>(hub: &'a Hub, trust: &'a Trust, rows: &'a [journals::Model]) -> Vec<&'a str> {
    let mut known: Vec<&str> = vec![hub.entity_id()];
    known.extend(trust.coordinators());
    known.extend(trust.peers());
    known.extend(trust.members().map(|(entity_id, _)| entity_id));
    known.extend(rows.iter().map(|row| row.origin.as_str()));
    known.sort_unstable();
    known.dedup();
    known
}

fn instance(
    hub: &Hub,
    trust: &Trust,
    rows: &[journals::Model],
    peer: Option<&peer_rows::Model>,
    entity_id: &str,
) -> Instance {
    let is_self = entity_id == hub.entity_id();
    let said = match is_self {
        true => own_configuration(hub),
        false => peer.and_then(peers::configuration).unwrap_or_default(),
    };
    let member = trust.member(entity_id);
    let is_coordinator = trust.coordinators().contains(&entity_id);
    let country = member.and_then(|member| member.country.as_deref()).or(said.country.as_deref());
    let text = |text: &Option<String>| text.as_deref().map(Into::into);
    Instance {
        entity_id: entity_id.into(),
        name: said.name.as_deref().unwrap_or_else(|| host(entity_id)).into(),
        role: if is_coordinator { InstanceRole::Coordinator } else { InstanceRole::National },
        country: country.filter(|_| !is_coordinator).and_then(CountryCode::parse),
        languages: said.languages.iter().filter_map(|tag| LanguageTag::parse(tag)).collect(),
        software_version: text(&said.software_version),
        contact: text(&said.contact),
        licence: text(&said.licence),
        demonstration: said.demonstration,
        keys: keys(trust, entity_id),
        is_self,
        // Before the register names it, this instance stands for itself.
        active: (is_self && member.is_none()) || trust.is_active(entity_id),
        member: member.map(|member| RecordKey::of(RecordKey::COORDINATOR, &member.sub)),
        journals: rows.iter().filter(|row| row.origin == entity_id).map(|row| row.id.unsigned_abs()).collect(),
        paused: peer.is_some_and(|peer| peer.paused),
        blocked: peer.is_some_and(|peer| peer.blocked),
    }
}

/// What this instance says of itself.
pub(super) fn own_configuration(hub: &Hub) -> EntityConfiguration {
    let instance = &hub.config().instance;
    let stated = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    EntityConfiguration {
        name: stated(&instance.name),
        country: instance.country.clone().filter(|_| instance.role == Role::National),
        languages: instance.languages.clone(),
        software_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        contact: instance.contact.clone(),
        licence: instance.licence.clone(),
        demonstration: instance.demonstration,
    }
}

fn keys(trust: &Trust, entity_id: &str) -> Vec<InstanceKey> {
    let key = |(key, status): (&crate::journal::key::PublicKey, KeyStatus)| InstanceKey {
        x: key.x().into(),
        thumbprint: (&**key.thumbprint()).into(),
        status: status.as_str().into(),
    };
    trust.keys(entity_id).iter().map(key).collect()
}

fn journal(
    hub: &Hub,
    trust: &Trust,
    row: &journals::Model,
    peer: Option<&peer_rows::Model>,
    follower: &Follower,
) -> Journal {
    let own = row.origin == hub.entity_id();
    let stale = !own && is_stale(row, hub.now());
    let compromised = is_compromised(trust, row);
    let hidden = follower.hidden.get(&row.id);
    Journal {
        id: row.id.unsigned_abs(),
        origin: row.origin.as_str().into(),
        audience: Audience::parse(&row.audience).unwrap_or(Audience::Public),
        checkpoint: held_checkpoint(trust, row),
        state: if own { SyncState::Current } else { state(trust, row, peer, stale) },
        confirmed_at: row.confirmed_at.filter(|_| !own && !compromised),
        last_success_at: row.last_success_at,
        last_attempt_at: row.last_attempt_at,
        next_attempt_at: row.next_attempt_at,
        last_error: fault(row),
        gaps: follower.gaps.get(&row.id).map_or(0, |gaps| u32::try_from(gaps.len()).unwrap_or(u32::MAX)),
        not_shown: hidden.map(|hidden| hidden.values().cloned().collect()).unwrap_or_default(),
        conflict: conflict(row),
        via: row.via.as_deref().map(Into::into),
        stale,
        compromised,
    }
}

/// A copy is stale when its checkpoint is over 24 hours old; one signed ahead of our clock counts from when it was
/// seen first (protocol §4).
pub fn is_stale(row: &journals::Model, now: i64) -> bool {
    let Some(signed_at) = row.signed_at.map(|signed_at| signed_at.saturating_mul(1000)) else { return false };
    let since = row.first_seen_at.map_or(signed_at, |seen| if signed_at > seen { seen } else { signed_at });
    now.saturating_sub(since) > STALE_AFTER * 1000
}

/// Whether the checkpoint is signed by a stolen key.
fn is_compromised(trust: &Trust, row: &journals::Model) -> bool {
    row.key_id.as_deref().is_some_and(|key| trust.is_compromised(&row.origin, key))
}

/// How a copy stands.
fn state(trust: &Trust, row: &journals::Model, peer: Option<&peer_rows::Model>, stale: bool) -> SyncState {
    let trouble = row.trouble.as_deref();
    match () {
        () if !trust.is_active(&row.origin) => SyncState::Suspended,
        () if peer.is_some_and(|peer| peer.paused) => SyncState::Paused,
        () if peer.is_some_and(|peer| peer.blocked) => SyncState::Blocked,
        () if row.conflict_first.is_some() => SyncState::Conflict,
        () if trouble == Some("too-large") => SyncState::TooLarge,
        () if trouble == Some("diverged") => SyncState::Diverged,
        () if row.fault.is_some() => SyncState::Failing,
        // A checkpoint by a stolen key is not held (protocol §2).
        () if is_compromised(trust, row) => SyncState::Never,
        () if stale => SyncState::Stale,
        () if row.checkpoint.is_none() => SyncState::Never,
        () => SyncState::Current,
    }
}

fn held_checkpoint(trust: &Trust, row: &journals::Model) -> Option<HeldCheckpoint> {
    let jws = row.checkpoint.as_deref()?;
    let audience = Audience::parse(&row.audience)?;
    let keys = trust.keys(&row.origin);
    let read = Checkpoint::read(jws, &row.origin, audience, keys, |status| status != KeyStatus::Compromised).ok()?;
    Some(HeldCheckpoint {
        root: base64url(&read.root),
        signed_at: read.signed_at,
        jws: read.jws,
        first_seen_at: row.first_seen_at.unwrap_or_default(),
    })
}

fn fault(row: &journals::Model) -> Option<SyncFault> {
    let word = match row.fault_word.as_deref()? {
        "timeout" => FaultWord::Timeout,
        "refused" => FaultWord::Refused,
        "tls" => FaultWord::Tls,
        _ => FaultWord::Protocol,
    };
    Some(SyncFault { word, sentence: row.fault.as_deref()?.into() })
}

fn conflict(row: &journals::Model) -> Option<Conflict> {
    let checkpoints = [row.conflict_first.clone()?, row.conflict_second.clone()?];
    Some(Conflict { checkpoints, seen_at: row.conflict_seen_at? })
}

fn host(entity_id: &str) -> &str {
    entity_id.split_once("://").map_or(entity_id, |(_, host)| host)
}

impl Hub {
    /// Copies that have turned stale since the snapshot was made take a number, so that a new snapshot says so.
    pub(super) async fn note_stale(&self, now: i64) -> Result<(), StoreError> {
        let snapshot = self.snapshot();
        let rows = read::journals(self.store()).await?;
        let shown: HashMap<u32, bool> =
            snapshot.network().journals.values().map(|journal| (journal.id, journal.stale)).collect();
        let turned = rows.iter().any(|row| {
            row.origin != self.entity_id() && shown.get(&row.id.unsigned_abs()) == Some(&false) && is_stale(row, now)
        });
        if turned {
            let mut write = self.store().write().await?;
            write.number().await?;
            write.commit().await?;
        }
        Ok(())
    }

    /// What this instance says of itself in its entity configuration.
    pub fn own_configuration(&self) -> EntityConfiguration {
        own_configuration(self)
    }
}
