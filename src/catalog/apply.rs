//! The way from one snapshot to the next. Everything is shared until it is touched (`Arc::make_mut`), so one routine
//! does for one change and for twenty thousand: the first touch of a piece copies it, later ones write in place. What
//! a record was is taken out by what the snapshot before says of it, what it is put in by what the next one says.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::record::{Audience, Body, CountryCode, Kind, Record, RecordKey, Sub};

use super::dimension::{self, Dimension};
use super::network::Network;
use super::permutation::Moves;
use super::postings::Postings;
use super::published::{Change, Published, RecordState, RecordUpdate, Revision, Update, Withdrawn};
use super::relations::{Relations, resolve};
use super::snapshot::{Held, HeldState, Hidden, Snapshot};
use super::visibility::{self, Viewer};

/// What a record was and is; the same slot in both if it only changed.
#[derive(Default)]
struct Pair {
    old: Option<Arc<Published>>,
    new: Option<Arc<Published>>,
}

impl Pair {
    fn kind(&self) -> Option<Kind> {
        self.new.as_ref().or(self.old.as_ref()).map(|record| record.kind)
    }
}

struct Step<'a> {
    old: &'a Snapshot,
    next: Snapshot,
    pairs: HashMap<RecordKey, Pair>,
    freed: Vec<u32>,
    /// Whether the public reads other records or instances, and whether copies stand otherwise for it.
    public_content: bool,
    public_copies: bool,
}

/// The snapshot after an update.
pub(super) fn next(old: &Snapshot, update: Update) -> Snapshot {
    let (pairs, freed) = (HashMap::new(), Vec::new());
    let mut step = Step { old, next: old.clone(), pairs, freed, public_content: false, public_copies: false };
    step.next.number = update.number;
    step.next.at = update.at;
    step.next.forgotten = step.next.forgotten.max(update.forgotten);
    if let Some(network) = update.network {
        step.take_network(network, update.number, update.at);
    }
    for record in update.records {
        step.take(record);
    }
    step.settle();
    let Step { mut next, freed, public_content, public_copies, .. } = step;
    next.slots.release(freed);
    if public_content || public_copies {
        next.public = (update.number, update.at);
    }
    if public_content {
        next.public_content = (update.number, update.at);
    }
    next
}

impl Step<'_> {
    /// Takes the new network; records whose journal stands otherwise now are put in once more.
    fn take_network(&mut self, network: Arc<Network>, number: u64, at: i64) {
        let standings = visibility::standings(&network);
        let same_coordinators = network.coordinators == self.old.network.coordinators;
        self.public_content |= !network.has_same_instances_for(&self.old.network, Viewer::PUBLIC);
        self.public_copies |= !network.has_same_copies_for(&self.old.network, Viewer::PUBLIC);
        self.next.network = network;
        let mut again = RoaringBitmap::new();
        let mut moved = RoaringBitmap::new();
        for (journal, slots) in self.old.relations.journals.iter() {
            let (before, after) = (self.old.standings.get(journal), standings.get(journal));
            if before == after {
                continue;
            }
            again |= slots;
            // A member that became inactive or active again is a change of each of its records for who harvests.
            if let (Some(before), Some(after)) = (before, after)
                && (before.active, before.blocked) != (after.active, after.blocked)
            {
                moved |= slots;
            }
        }
        if *self.old.standings != standings {
            self.next.standings = Arc::new(standings);
        }
        if !same_coordinators {
            again |= self.old.kind(Kind::Practice).visible.all(Viewer::NETWORK);
        }
        for slot in again {
            let Some(record) = self.old.slots.get(slot).cloned() else { continue };
            let change = if moved.contains(slot) { Change { number, at, ..record.change } } else { record.change };
            self.show(record.key, record.sub.clone(), change, record.revision.clone(), record.record.clone());
        }
    }

    fn take(&mut self, update: RecordUpdate) {
        let RecordUpdate { key, sub, change, state } = update;
        match state {
            RecordState::Shown(revision, record) => self.show(key, sub, change, *revision, record),
            RecordState::Withdrawn(withdrawal) => {
                let kind = sub.kind();
                let standing = self.next.standing(withdrawal.journal);
                let audience = standing.map_or(Audience::Network, |standing| standing.audience);
                let origin = standing.map_or_else(|| Arc::from(""), |standing| standing.origin.clone());
                let withdrawn = kind.map(|kind| Withdrawn { key, sub, kind, audience, origin, withdrawal, change });
                self.unshow(key, change, withdrawn.map(|withdrawn| HeldState::Withdrawn(Arc::new(withdrawn))));
            }
            RecordState::Hidden(hiding) => {
                self.unshow(key, change, Some(HeldState::Hidden(Arc::new(Hidden { sub, hiding }))));
            }
            RecordState::Gone => {
                self.next.forgotten = change.number;
                self.unshow(key, change, None);
            }
        }
    }

    fn show(&mut self, key: RecordKey, sub: Sub, change: Change, revision: Revision, record: Arc<Record>) {
        let kind = record.kind();
        let before = self.shown(key);
        let slot = match &before {
            Some(before) if before.kind == kind => before.slot,
            _ => {
                // A key is made of the kind's word, so the kind never changes; if it did, it would be another record.
                self.unshow(key, change, None);
                self.next.slots.reserve()
            }
        };
        let standing = self.next.standing(revision.journal);
        let origin = standing.map_or_else(|| Arc::from(""), |standing| standing.origin.clone());
        let audience = standing.map_or(Audience::Network, |standing| standing.audience);
        let network = &self.next.network;
        let (named, follows) = match &record.body {
            Body::Practice(practice) => (
                practice.mechanism.as_ref().map(|reference| resolve(network, reference, &origin)),
                practice.adopted_from.iter().map(|reference| resolve(network, reference, &origin)).collect(),
            ),
            _ => (None, Box::default()),
        };
        let published =
            Arc::new(Published { slot, key, sub, kind, audience, origin, revision, change, record, named, follows });
        let pair = self.pairs.entry(key).or_insert_with(|| Pair { old: before, new: None });
        pair.new = Some(published.clone());
        self.next.slots.set(slot, Some(published));
        self.hold(key, Some(Held { change, state: HeldState::Shown(slot) }));
    }

    fn unshow(&mut self, key: RecordKey, change: Change, state: Option<HeldState>) {
        let before = self.shown(key);
        self.hold(key, state.map(|state| Held { change, state }));
        if let Some(before) = before {
            self.next.slots.set(before.slot, None);
            self.freed.push(before.slot);
            let pair = self.pairs.entry(key).or_insert_with(|| Pair { old: Some(before), new: None });
            pair.new = None;
        }
    }

    /// What is shown of a key in the snapshot that is being made.
    fn shown(&self, key: RecordKey) -> Option<Arc<Published>> {
        let HeldState::Shown(slot) = self.next.held.get(&key)?.state else { return None };
        self.next.slots.get(slot).cloned()
    }

    fn hold(&mut self, key: RecordKey, held: Option<Held>) {
        if let Some(before) = self.next.held.get(&key) {
            self.public_content |= self.next.is_public(before);
            self.next.changes.remove((before.change.number, key));
        }
        match held {
            Some(held) => {
                self.public_content |= self.next.is_public(&held);
                self.next.changes.insert((held.change.number, key));
                self.next.held.insert(key, held);
            }
            None => drop(self.next.held.remove(&key)),
        }
    }

    /// Moves sets, orders and relations on to what the records became.
    fn settle(&mut self) {
        let pairs: Vec<Pair> = std::mem::take(&mut self.pairs).into_values().collect();
        let pairs: Vec<Pair> = pairs.into_iter().filter(|pair| pair.kind().is_some()).collect();
        for kind in Kind::ALL {
            let of_kind: Vec<&Pair> = pairs.iter().filter(|pair| pair.kind() == Some(kind)).collect();
            if !of_kind.is_empty() {
                self.settle_kind(kind, &of_kind);
            }
        }
        if !pairs.is_empty() {
            self.settle_relations(&pairs);
        }
    }

    fn settle_kind(&mut self, kind: Kind, pairs: &[&Pair]) {
        let Snapshot { kinds, standings, .. } = &mut self.next;
        let index = Arc::make_mut(&mut kinds[visibility::place(kind)]);
        for (dimension, column) in &mut index.columns {
            let facts = |record: &Published, each: &mut dyn FnMut(&str)| {
                // Only members have dimensions that depend on a day, and those are not indexed.
                dimension::facts(record, *dimension, jiff::civil::Date::MAX, each);
            };
            let column = Arc::make_mut(column);
            for pair in pairs {
                repost(column, pair.old.as_deref(), pair.new.as_deref(), &facts, &|value| Arc::from(value));
            }
        }
        for pair in pairs {
            if let Some(old) = &pair.old {
                index.visible.place(old.slot, None);
            }
            if let Some(new) = &pair.new {
                index.visible.place(new.slot, standings.get(&new.revision.journal));
            }
        }
        let moves = Moves {
            removed: pairs.iter().filter_map(|pair| pair.old.as_deref()).collect(),
            added: pairs.iter().filter_map(|pair| pair.new.as_deref()).collect(),
        };
        index.permutations.move_on(&moves, &self.old.slots);
    }

    fn settle_relations(&mut self, pairs: &[Pair]) {
        let relations = Arc::make_mut(&mut self.next.relations);
        for pair in pairs {
            let (old, new) = (pair.old.as_deref(), pair.new.as_deref());
            let named = |record: &Published, each: &mut dyn FnMut(&RecordKey)| record.named.iter().for_each(each);
            let follows = |record: &Published, each: &mut dyn FnMut(&RecordKey)| record.follows.iter().for_each(each);
            let journal = |record: &Published, each: &mut dyn FnMut(&u32)| each(&record.revision.journal);
            let entity = |record: &Published, each: &mut dyn FnMut(&str)| {
                if let Body::Member(member) = &record.record.body {
                    member.entity_id.iter().for_each(|entity| each(entity));
                }
            };
            repost(&mut relations.named, old, new, &named, &|key| *key);
            repost(&mut relations.followed, old, new, &follows, &|key| *key);
            repost(&mut relations.journals, old, new, &journal, &|journal| *journal);
            repost(&mut relations.entities, old, new, &entity, &|entity| Arc::from(entity));
        }
        let practices = self.settle_mechanisms(pairs);
        self.settle_practices(pairs, &practices);
    }

    /// Chooses the mechanism of each country again where one changed; gives the practices that this may concern.
    fn settle_mechanisms(&mut self, pairs: &[Pair]) -> RoaringBitmap {
        let changed = pairs.iter().filter(|pair| pair.kind() == Some(Kind::Mechanism));
        let changed: Vec<&Arc<Published>> = changed.flat_map(|pair| pair.old.iter().chain(&pair.new)).collect();
        let countries: HashSet<CountryCode> = changed.iter().filter_map(|record| record.country()).collect();
        for viewer in Viewer::ALL {
            for country in &countries {
                let chosen = self.next.choose_mechanism(*country, viewer);
                let of_country = &mut Arc::make_mut(&mut self.next.relations).of_country[viewer.place()];
                if of_country.get(country).copied() != chosen {
                    let of_country = Arc::make_mut(of_country);
                    match chosen {
                        Some(slot) => drop(of_country.insert(*country, slot)),
                        None => drop(of_country.remove(country)),
                    }
                }
            }
        }
        let about = self.next.kind(Kind::Practice).column(Dimension::Country);
        let by_country = countries.iter().filter_map(|country| about?.get(country.as_str()));
        let by_name = changed.iter().filter_map(|record| self.next.relations.named.get(&record.key));
        by_country.chain(by_name).fold(RoaringBitmap::new(), |found, slots| found | slots)
    }

    fn settle_practices(&mut self, pairs: &[Pair], concerned: &RoaringBitmap) {
        let changed: Vec<&Pair> = pairs.iter().filter(|pair| pair.kind() == Some(Kind::Practice)).collect();
        let done: HashSet<u32> = changed.iter().filter_map(|pair| Some(pair.new.as_ref()?.slot)).collect();
        for viewer in Viewer::ALL {
            for pair in &changed {
                self.settle_practice(pair.old.as_deref(), pair.new.as_deref(), viewer);
            }
            for slot in concerned.iter().filter(|slot| !done.contains(slot)) {
                let practice = self.next.slots.get(slot).cloned();
                self.settle_practice(practice.as_deref(), practice.as_deref(), viewer);
            }
        }
    }

    /// Puts a practice under its mechanism and the type of it.
    fn settle_practice(&mut self, old: Option<&Published>, new: Option<&Published>, viewer: Viewer) {
        let before = old.and_then(|practice| Some((practice.slot, self.old.mechanism_of(practice, viewer)?.clone())));
        let after = new.and_then(|practice| Some((practice.slot, self.next.mechanism_of(practice, viewer)?.clone())));
        let is_same = match (&before, &after) {
            (None, None) => true,
            (Some((slot, before)), Some((next, after))) => slot == next && Arc::ptr_eq(before, after),
            _ => false,
        };
        if is_same {
            return;
        }
        let relations = Arc::make_mut(&mut self.next.relations);
        let Relations { mechanisms, types, .. } = relations;
        let (mechanisms, types) = (&mut mechanisms[viewer.place()], &mut types[viewer.place()]);
        if let Some((slot, mechanism)) = before {
            mechanisms.remove(&mechanism.key, slot);
            mechanisms.unstate(slot);
            mechanism_type(&mechanism).iter().for_each(|code| types.remove(*code, slot));
            types.unstate(slot);
        }
        if let Some((slot, mechanism)) = after {
            mechanisms.insert(&mechanism.key, slot, |key| *key);
            mechanism_type(&mechanism).iter().for_each(|code| types.insert(*code, slot, |code| Arc::from(code)));
        }
    }
}

fn mechanism_type(record: &Published) -> Option<&str> {
    match &record.record.body {
        Body::Mechanism(mechanism) => mechanism.mechanism_type.as_deref(),
        _ => None,
    }
}

/// Gives each value of a record.
type Facts<'f, Q> = dyn Fn(&Published, &mut dyn FnMut(&Q)) + 'f;

/// Moves a record from its old values to its new ones; values that stay are not touched.
fn repost<K, Q>(
    postings: &mut Postings<K>,
    old: Option<&Published>,
    new: Option<&Published>,
    facts: &Facts<'_, Q>,
    own: &dyn Fn(&Q) -> K,
) where
    K: std::hash::Hash + Eq + Clone + std::borrow::Borrow<Q>,
    Q: std::hash::Hash + Eq + ?Sized,
{
    let values = |record: Option<&Published>| {
        let mut values = Vec::new();
        record.iter().for_each(|record| facts(record, &mut |value| values.push(own(value))));
        values
    };
    match (old, new) {
        (None, Some(new)) => facts(new, &mut |value| postings.insert(value, new.slot, own)),
        (Some(old), new) => {
            let (before, after) = (values(Some(old)), values(new));
            let stays = new.is_some_and(|new| new.slot == old.slot);
            before
                .iter()
                .filter(|value| !(stays && after.contains(value)))
                .for_each(|value| postings.remove(value.borrow(), old.slot));
            if !stays || after.is_empty() {
                postings.unstate(old.slot);
            }
            if let Some(new) = new {
                after
                    .iter()
                    .filter(|value| !(stays && before.contains(value)))
                    .for_each(|value| postings.insert(value.borrow(), new.slot, own));
            }
        }
        (None, None) => {}
    }
}
