//! Who may see what: the one place that decides it. A record is seen by those whom its journal is for; it stands in
//! lists while its origin's member is active; a blocked origin's records are nowhere. What is not known (a journal
//! without an instance, a record of a journal that is not known) is decided for the stricter side.

use std::collections::HashMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::record::{Audience, CountryCode, Kind};

use super::network::Network;

/// For whom a request reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// `Public`: anybody; `Network`: staff of members, role reader and up.
    pub audience: Audience,
}

impl Viewer {
    /// Anybody.
    pub const PUBLIC: Self = Self { audience: Audience::Public };
    /// Staff of members.
    pub const NETWORK: Self = Self { audience: Audience::Network };
    pub(super) const ALL: [Self; 2] = [Self::PUBLIC, Self::NETWORK];

    /// Whether something for this audience may be seen.
    pub fn may_see(self, audience: Audience) -> bool {
        self.audience == Audience::Network || audience == Audience::Public
    }

    pub(super) fn place(self) -> usize {
        usize::from(self.audience == Audience::Network)
    }
}

/// Place of a kind in arrays by kind.
pub(super) fn place(kind: Kind) -> usize {
    match kind {
        Kind::Mechanism => 0,
        Kind::Practice => 1,
        Kind::Document => 2,
        Kind::Event => 3,
        Kind::Member => 4,
    }
}

/// How the records of a journal stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) audience: Audience,
    pub(super) origin: Arc<str>,
    /// Whose the origin is.
    pub(super) country: Option<CountryCode>,
    pub(super) active: bool,
    pub(super) blocked: bool,
}

impl Standing {
    /// Whether the records may be read at all by this viewer.
    pub(super) fn is_visible_to(&self, viewer: Viewer) -> bool {
        !self.blocked && viewer.may_see(self.audience)
    }
}

pub(super) type Standings = HashMap<u32, Standing>;

/// The standing of every journal.
pub(super) fn standings(network: &Network) -> Standings {
    let by_journal: HashMap<u32, usize> = (network.instances.iter().enumerate())
        .flat_map(|(place, instance)| instance.journals.iter().map(move |journal| (*journal, place)))
        .collect();
    let by_origin: HashMap<&str, usize> =
        (network.instances.iter().enumerate().rev()).map(|(place, instance)| (&*instance.entity_id, place)).collect();
    let mut origins: HashMap<&str, Arc<str>> = HashMap::new();
    let standing = |(id, journal): (&u32, &'_ super::network::Journal), origin: Arc<str>| {
        let place = by_journal.get(id).or_else(|| by_origin.get(&*journal.origin));
        let instance = place.and_then(|place| network.instances.get(*place));
        Standing {
            audience: journal.audience,
            origin,
            country: instance.and_then(|instance| instance.country),
            active: instance.is_some_and(|instance| instance.active),
            blocked: instance.is_some_and(|instance| instance.blocked),
        }
    };
    (network.journals.iter())
        .map(|(id, journal)| {
            let origin = origins.entry(&journal.origin).or_insert_with(|| Arc::from(&*journal.origin)).clone();
            (*id, standing((id, journal), origin))
        })
        .collect()
}

/// The records of one kind that a viewer may see, ready to be borrowed.
#[derive(Debug, Clone, Default)]
pub(super) struct VisibleSets {
    listed: [Arc<RoaringBitmap>; 2],
    all: [Arc<RoaringBitmap>; 2],
}

impl VisibleSets {
    /// What stands in lists, counts and figures.
    pub(super) fn listed(&self, viewer: Viewer) -> &RoaringBitmap {
        &self.listed[viewer.place()]
    }

    /// The same with records of members that are not active.
    pub(super) fn all(&self, viewer: Viewer) -> &RoaringBitmap {
        &self.all[viewer.place()]
    }

    /// Puts a record where it belongs by the standing of its journal; `None` takes it out everywhere.
    pub(super) fn place(&mut self, slot: u32, standing: Option<&Standing>) {
        for viewer in Viewer::ALL {
            let visible = standing.is_some_and(|standing| standing.is_visible_to(viewer));
            let listed = visible && standing.is_some_and(|standing| standing.active);
            put(&mut self.all[viewer.place()], slot, visible);
            put(&mut self.listed[viewer.place()], slot, listed);
        }
    }
}

fn put(set: &mut Arc<RoaringBitmap>, slot: u32, member: bool) {
    if set.contains(slot) == member {
        return;
    }
    let set = Arc::make_mut(set);
    if member {
        set.insert(slot)
    } else {
        set.remove(slot)
    };
}
