//! Which records have which value: a set of slots for each value, and the set of those that state any.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::sharded::Sharded;

/// Sets of slots by value. A set that becomes empty is forgotten.
#[derive(Debug, Clone)]
pub(super) struct Postings<K> {
    values: Sharded<K, Arc<RoaringBitmap>>,
    stated: Arc<RoaringBitmap>,
}

impl<K: Hash + Eq + Clone> Default for Postings<K> {
    fn default() -> Self {
        Self { values: Sharded::default(), stated: Arc::default() }
    }
}

impl<K: Hash + Eq + Clone> Postings<K> {
    pub(super) fn get<Q>(&self, value: &Q) -> Option<&RoaringBitmap>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.values.get(value).map(AsRef::as_ref)
    }

    /// Number of distinct values.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &RoaringBitmap)> {
        self.values.iter().map(|(value, slots)| (value, &**slots))
    }

    /// Slots with any value.
    pub(super) fn stated(&self) -> &RoaringBitmap {
        &self.stated
    }

    /// Adds a slot to a value; `own` makes the key when the value is new.
    pub(super) fn insert<Q>(&mut self, value: &Q, slot: u32, own: impl FnOnce(&Q) -> K)
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        if !self.stated.contains(slot) {
            Arc::make_mut(&mut self.stated).insert(slot);
        }
        match self.values.get_mut(value) {
            Some(slots) => {
                Arc::make_mut(slots).insert(slot);
            }
            None => {
                self.values.insert(own(value), Arc::new(RoaringBitmap::from_iter([slot])));
            }
        }
    }

    /// Takes a slot out of one value; `unstate` takes it out of those that state any.
    pub(super) fn remove<Q>(&mut self, value: &Q, slot: u32)
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let Some(slots) = self.values.get_mut(value) else { return };
        let slots = Arc::make_mut(slots);
        slots.remove(slot);
        if slots.is_empty() {
            self.values.remove(value);
        }
    }

    pub(super) fn unstate(&mut self, slot: u32) {
        if self.stated.contains(slot) {
            Arc::make_mut(&mut self.stated).remove(slot);
        }
    }
}
