//! How records belong together. A practice belongs to the mechanism that it names, if the viewer may see it, else to
//! the one of its country; so it may be another for each viewer, and both are kept.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::record::{Body, CountryCode, Kind, MemberStatus, RecordKey, Reference};

use super::dimension::Dimension;
use super::network::Network;
use super::postings::Postings;
use super::published::Published;
use super::snapshot::Snapshot;
use super::visibility::Viewer;

/// Sets by relation.
#[derive(Debug, Clone, Default)]
pub(super) struct Relations {
    /// Practices by the key of the mechanism that they name.
    pub(super) named: Postings<RecordKey>,
    /// Practices by the keys of those that they follow.
    pub(super) followed: Postings<RecordKey>,
    /// Members by the entityId of their instance.
    pub(super) entities: Postings<Arc<str>>,
    /// Records by their journal.
    pub(super) journals: Postings<u32>,
    /// By viewer: practices by their mechanism.
    pub(super) mechanisms: [Postings<RecordKey>; 2],
    /// By viewer: practices by the type of their mechanism.
    pub(super) types: [Postings<Arc<str>>; 2],
    /// By viewer: slot of the mechanism of a country.
    pub(super) of_country: [Arc<HashMap<CountryCode, u32>>; 2],
}

impl Relations {
    pub(super) fn types(&self, viewer: Viewer) -> &Postings<Arc<str>> {
        &self.types[viewer.place()]
    }
}

/// The key of a reference that stands in a body of an origin; what is or was the coordinator's has the word instead.
pub(super) fn resolve(network: &Network, reference: &Reference, origin: &str) -> RecordKey {
    let issuer = reference.issuer(origin);
    RecordKey::of(if network.is_coordinator(issuer) { "coordinator" } else { issuer }, reference.sub())
}

impl Snapshot {
    /// The key of a reference in a body of this origin, shown here or not.
    pub fn resolve(&self, reference: &Reference, origin: &str) -> RecordKey {
        resolve(&self.network, reference, origin)
    }

    /// The mechanism of a practice: the one that it names if the viewer may see it, else the one of its country.
    pub fn mechanism_of(&self, practice: &Published, viewer: Viewer) -> Option<&Arc<Published>> {
        if practice.kind != Kind::Practice {
            return None;
        }
        let named = practice.named.and_then(|key| self.record(key, viewer));
        named
            .filter(|record| record.kind == Kind::Mechanism)
            .or_else(|| self.mechanism_of_country(practice.country()?, viewer))
    }

    /// The mechanism of a country that stands in lists: the State's own, else the compiled one; of several the one
    /// with the least key.
    pub fn mechanism_of_country(&self, country: CountryCode, viewer: Viewer) -> Option<&Arc<Published>> {
        self.slots.get(*self.relations.of_country[viewer.place()].get(&country)?)
    }

    /// Makes the choice of `mechanism_of_country`.
    pub(super) fn choose_mechanism(&self, country: CountryCode, viewer: Viewer) -> Option<u32> {
        let mechanisms = self.kind(Kind::Mechanism);
        let about = mechanisms.column(Dimension::Country)?.get(country.as_str())?;
        let listed = about & mechanisms.visible.listed(viewer);
        let candidates = listed.iter().filter_map(|slot| self.slots.get(slot));
        let rank = |record: &Published| {
            let origin = self.standing(record.revision.journal).and_then(|standing| standing.country);
            match (record.record.common.compiled, origin == Some(country)) {
                (false, true) => 0,
                (false, false) => 1,
                (true, _) => 2,
            }
        };
        candidates.min_by_key(|record| (rank(record), record.key)).map(|record| record.slot)
    }

    /// The practices whose mechanism this is; if the viewer's lists have none of them, those about its country.
    pub fn practices_of_mechanism(&self, mechanism: &Published, viewer: Viewer) -> Cow<'_, RoaringBitmap> {
        let practices = self.kind(Kind::Practice);
        let own = self.relations.mechanisms[viewer.place()].get(&mechanism.key);
        let own = own.filter(|own| !own.is_disjoint(practices.visible.listed(viewer)));
        let about = || practices.column(Dimension::Country)?.get(mechanism.country()?.as_str());
        own.or_else(about).map_or_else(Cow::default, Cow::Borrowed)
    }

    /// The practices that say they follow this one.
    pub fn adopters_of(&self, practice: RecordKey) -> Cow<'_, RoaringBitmap> {
        self.relations.followed.get(&practice).map_or_else(Cow::default, Cow::Borrowed)
    }

    /// The member of a country: the active one before a suspended one before one that has left.
    pub fn member_of_country(&self, country: CountryCode, viewer: Viewer) -> Option<&Arc<Published>> {
        self.best_member(self.kind(Kind::Member).column(Dimension::Country)?.get(country.as_str())?, viewer)
    }

    /// The member that runs an instance.
    pub fn member_of_instance(&self, entity_id: &str, viewer: Viewer) -> Option<&Arc<Published>> {
        self.best_member(self.relations.entities.get(entity_id)?, viewer)
    }

    fn best_member(&self, members: &RoaringBitmap, viewer: Viewer) -> Option<&Arc<Published>> {
        let status = |record: &Published| match &record.record.body {
            Body::Member(member) => match member.status {
                MemberStatus::Active => 0,
                MemberStatus::Suspended => 1,
                MemberStatus::Withdrawn => 2,
            },
            _ => 3,
        };
        // Of two with one entityId the one with the lesser `sub` counts (protocol §2).
        (members.iter())
            .filter_map(|slot| self.visible(slot, viewer))
            .min_by(|one, other| status(one).cmp(&status(other)).then_with(|| one.sub.cmp(&other.sub)))
    }
}
