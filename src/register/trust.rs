//! The trust of one moment: read from the tables, immutable, handed to all who decide.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::EntityTrait;

use super::{anchor, pins};
use crate::{
    journal::{
        anchor::{Chain, Pin},
        key::{KeySet, KeyStatus, PublicKey},
        read::{self, Trusted},
    },
    record::{Audience, RecordKey, Sub},
    store::{Store, StoreError, compromised_keys, register_members},
};

/// What trust begins with: this instance itself and what its configuration pins.
#[derive(Clone, Debug)]
pub struct TrustSource {
    /// EntityId of this instance.
    pub own: String,
    /// Its key.
    pub own_key: PublicKey,
    /// The pinned coordinator; for the one that founded the network itself and the key with which it did.
    pub pin: Option<Pin>,
    /// Peers that the configuration pins; others are pinned in the tables ([`pins`]).
    pub peers: BTreeMap<String, KeySet>,
}

/// A member as the register proved last tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Its record.
    pub sub: Sub,
    /// Any word; only `active` counts as active.
    pub status: String,
    /// Its State.
    pub country: Option<String>,
}

/// Whom this instance trusts at one moment.
#[derive(Clone, Debug)]
pub struct Trust {
    own: String,
    chain: Chain,
    coordinator: Option<String>,
    keys: HashMap<String, KeySet>,
    members: BTreeMap<String, Membership>,
    pinned: BTreeSet<String>,
    register_journal: Option<i32>,
    own_keys_listed: KeySet,
    own_key_listed: bool,
    none: KeySet,
}

impl Trust {
    /// Reads the trust of now.
    pub async fn load(store: &Store, source: &TrustSource) -> Result<Self, StoreError> {
        let chain = anchor::stored_chain(store, source).await?;
        let coordinator = match (chain.last(), &source.pin) {
            (Some(link), _) => Some(link.issuer.clone()),
            (None, Some(pin)) => Some(pin.entity_id.clone()),
            (None, None) => None,
        };
        let register_journal = match &coordinator {
            Some(coordinator) => read::journal(store.read(), coordinator, Audience::Public).await?.map(|row| row.id),
            None => None,
        };
        let mut peers = pins::all(store).await?;
        for (entity_id, keys) in &source.peers {
            let pinned = peers.entry(entity_id.clone()).or_default();
            keys.iter().for_each(|(key, status)| pinned.add(key.clone(), status));
        }
        let mut trust = Self {
            own: source.own.clone(),
            chain,
            coordinator,
            keys: HashMap::new(),
            members: BTreeMap::new(),
            pinned: peers.keys().cloned().collect(),
            register_journal,
            own_keys_listed: KeySet::default(),
            own_key_listed: false,
            none: KeySet::default(),
        };
        trust.list_keys(source, peers, register_members::Entity::find().all(store.read()).await?);
        for row in compromised_keys::Entity::find().all(store.read()).await? {
            trust.keys.entry(row.entity_id).or_default().compromise(&row.key_id);
        }
        Ok(trust)
    }

    fn list_keys(&mut self, source: &TrustSource, peers: BTreeMap<String, KeySet>, rows: Vec<register_members::Model>) {
        self.keys.extend(peers);
        for (issuer, keys) in self.chain.keys() {
            self.keys.insert(issuer.to_owned(), keys.clone());
        }
        for row in rows {
            let Some(sub) = Sub::parse(&row.sub) else { continue };
            if self.coordinator.as_ref() != Some(&row.entity_id) {
                let listed = serde_json::from_str(&row.keys).unwrap_or_default();
                self.keys.insert(row.entity_id.clone(), KeySet::from_json(&listed));
            }
            self.members.insert(row.entity_id, Membership { sub, status: row.status, country: row.country });
        }
        // Our own words are ours before the register lists us, and where there is none.
        let own = self.keys.entry(source.own.clone()).or_default();
        self.own_keys_listed = own.clone();
        self.own_key_listed = own.status(source.own_key.thumbprint()) == Some(KeyStatus::Current);
        own.add(source.own_key.clone(), KeyStatus::Current);
    }

    /// EntityId of this instance.
    pub fn own(&self) -> &str {
        &self.own
    }

    /// Whether the register, the anchor or the configuration lists this instance's key as current.
    pub fn own_key_is_listed(&self) -> bool {
        self.own_key_listed
    }

    /// This instance's keys as the register, the anchor or a pin lists them, without the one that it has.
    pub fn own_keys_listed(&self) -> &KeySet {
        &self.own_keys_listed
    }

    /// Whether this instance itself is an active member (or the coordinator) whose key of now is listed.
    pub fn is_active_itself(&self) -> bool {
        self.own_key_listed && self.is_active(&self.own)
    }

    /// Whether another instance is asked in this one's name for what active members alone may have: where neither the
    /// register nor a pin makes the two known to each other, it would only refuse (protocol §5).
    pub fn is_asked_as_member(&self, other: &str) -> bool {
        self.is_active_itself() || self.is_pinned(other)
    }

    /// EntityId of the coordinator, if one is pinned.
    pub fn coordinator(&self) -> Option<&str> {
        self.coordinator.as_deref()
    }

    /// Every coordinator of the anchor chain, the present one last.
    pub fn coordinators(&self) -> Vec<&str> {
        let mut all = self.chain.coordinators();
        if all.is_empty() {
            all.extend(self.coordinator());
        }
        all
    }

    /// The anchor chain as far as it was followed.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// A member as the register tells it.
    pub fn member(&self, entity_id: &str) -> Option<&Membership> {
        self.members.get(entity_id)
    }

    /// Members by entityId.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Membership)> {
        self.members.iter().map(|(entity_id, member)| (entity_id.as_str(), member))
    }

    /// Whether an instance counts as an active member: the register says so, it is the coordinator, or it is pinned by
    /// hand (protocol §2).
    pub fn is_active(&self, entity_id: &str) -> bool {
        self.members.get(entity_id).is_some_and(|member| member.status == "active")
            || self.coordinator() == Some(entity_id)
            || self.pinned.contains(entity_id)
    }

    /// Whether an instance is known at all: as a member of whatever status, as the coordinator, or pinned.
    pub fn is_known(&self, entity_id: &str) -> bool {
        self.members.contains_key(entity_id) || self.is_active(entity_id)
    }

    /// Whether a peer is pinned by hand.
    pub fn is_pinned(&self, entity_id: &str) -> bool {
        self.pinned.contains(entity_id)
    }

    /// Every active instance but this one: who is pulled. The coordinator first.
    pub fn peers(&self) -> Vec<&str> {
        let coordinator = self.coordinator().into_iter();
        let members = self.members.iter().filter(|(_, member)| member.status == "active").map(|(id, _)| id.as_str());
        let mut seen = HashSet::new();
        coordinator
            .chain(members)
            .chain(self.pinned.iter().map(String::as_str))
            .filter(|entity_id| *entity_id != self.own && seen.insert(*entity_id))
            .collect()
    }

    /// Whether a key was ever seen compromised, listed still or not: final.
    pub fn is_compromised(&self, entity_id: &str, key_id: &str) -> bool {
        self.keys(entity_id).status(key_id) == Some(KeyStatus::Compromised)
    }

    /// The key of a record: in the coordinator's journals the word `coordinator` stands in place of the origin, so that
    /// a handover leaves it as it is (protocol §3). An origin that was the coordinator means the coordinator of now.
    pub fn record_key(&self, origin: &str, sub: &Sub) -> RecordKey {
        match self.coordinators().contains(&origin) {
            true => RecordKey::of(RecordKey::COORDINATOR, sub),
            false => RecordKey::of(origin, sub),
        }
    }
}

impl Trusted for Trust {
    fn keys(&self, origin: &str) -> &KeySet {
        self.keys.get(origin).unwrap_or(&self.none)
    }

    fn is_register(&self, origin: &str, audience: Audience) -> bool {
        audience == Audience::Public && self.coordinator() == Some(origin)
    }

    fn register_journal(&self) -> Option<i32> {
        self.register_journal
    }
}
