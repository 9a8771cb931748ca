//! A map that is cheap to move on: its entries lie in shards of some dozens, and changing one entry copies the shard
//! that it lies in, not the whole. The number of shards grows with the entries, so that a hostile origin with millions
//! of distinct codes makes no single change dear.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;

/// Entries a shard holds on average before the map is spread over twice as many shards.
const SHARD_ENTRIES: usize = 64;

/// A persistent hash map: a clone shares all shards.
#[derive(Debug, Clone)]
pub(super) struct Sharded<K, V> {
    hasher: RandomState,
    shards: Vec<Arc<HashMap<K, V>>>,
    entries: usize,
}

impl<K: Hash + Eq + Clone, V: Clone> Default for Sharded<K, V> {
    fn default() -> Self {
        Self { hasher: RandomState::new(), shards: vec![Arc::new(HashMap::new())], entries: 0 }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Sharded<K, V> {
    fn place<Q: Hash + ?Sized>(&self, key: &Q) -> usize {
        // The number of shards is a power of two; the upper bits are independent of those the inner maps use.
        (self.hasher.hash_one(key) >> 32) as usize & (self.shards.len() - 1)
    }

    pub(super) fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.shards[self.place(key)].get(key)
    }

    pub(super) fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let place = self.place(key);
        if !self.shards[place].contains_key(key) {
            return None;
        }
        Arc::make_mut(&mut self.shards[place]).get_mut(key)
    }

    pub(super) fn insert(&mut self, key: K, value: V) -> Option<V> {
        if self.entries >= self.shards.len() * SHARD_ENTRIES {
            self.spread();
        }
        let place = self.place(&key);
        let before = Arc::make_mut(&mut self.shards[place]).insert(key, value);
        self.entries += usize::from(before.is_none());
        before
    }

    pub(super) fn remove<Q>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let place = self.place(key);
        if !self.shards[place].contains_key(key) {
            return None;
        }
        let before = Arc::make_mut(&mut self.shards[place]).remove(key);
        self.entries -= usize::from(before.is_some());
        before
    }

    pub(super) fn len(&self) -> usize {
        self.entries
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.shards.iter().flat_map(|shard| shard.iter())
    }

    fn spread(&mut self) {
        let old = std::mem::take(&mut self.shards);
        let mut shards = vec![HashMap::new(); old.len() * 2];
        for shard in old {
            let entries = Arc::try_unwrap(shard).unwrap_or_else(|shared| (*shared).clone());
            for (key, value) in entries {
                let place = (self.hasher.hash_one(&key) >> 32) as usize & (shards.len() - 1);
                shards[place].insert(key, value);
            }
        }
        self.shards = shards.into_iter().map(Arc::new).collect();
    }
}
