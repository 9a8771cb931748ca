//! A map that is cheap to move on: its entries lie in shards of some dozens, and changing one entry copies the shard
//! that it lies in, not the whole. The number of shards grows with the entries, so that a hostile origin with millions
//! of distinct codes makes no single change dear.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;

use hashbrown::HashTable;

/// Entries a shard holds on average before the map is spread over twice as many shards.
const SHARD_ENTRIES: usize = 64;

/// A persistent hash map: a clone shares all shards. A key is hashed once, for its shard and for its place there.
#[derive(Debug, Clone)]
pub(super) struct Sharded<K, V> {
    hasher: RandomState,
    shards: Vec<Arc<HashTable<(K, V)>>>,
    entries: usize,
}

impl<K, V> Default for Sharded<K, V> {
    fn default() -> Self {
        Self { hasher: RandomState::new(), shards: vec![Arc::default()], entries: 0 }
    }
}

/// The number of shards is a power of two; a table uses the lower bits of a hash and its top seven.
fn shard_of(hash: u64, shards: usize) -> usize {
    (hash >> 32) as usize & (shards - 1)
}

impl<K: Hash + Eq + Clone, V: Clone> Sharded<K, V> {
    fn place<Q: Hash + ?Sized>(&self, key: &Q) -> (u64, usize) {
        let hash = self.hasher.hash_one(key);
        (hash, shard_of(hash, self.shards.len()))
    }

    pub(super) fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let (hash, shard) = self.place(key);
        self.shards[shard].find(hash, |(known, _)| known.borrow() == key).map(|(_, value)| value)
    }

    /// Copies the shard of a key that is there.
    pub(super) fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let (hash, shard) = self.place(key);
        let shard = &mut self.shards[shard];
        shard.find(hash, |(known, _)| known.borrow() == key)?;
        Arc::make_mut(shard).find_mut(hash, |(known, _)| known.borrow() == key).map(|(_, value)| value)
    }

    pub(super) fn insert(&mut self, key: K, value: V) -> Option<V> {
        if let Some(known) = self.get_mut(&key) {
            return Some(std::mem::replace(known, value));
        }
        if self.entries >= self.shards.len() * SHARD_ENTRIES {
            self.spread();
        }
        let (hash, shard) = self.place(&key);
        let hasher = &self.hasher;
        Arc::make_mut(&mut self.shards[shard]).insert_unique(hash, (key, value), |(key, _)| hasher.hash_one(key));
        self.entries += 1;
        None
    }

    pub(super) fn remove<Q>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let (hash, shard) = self.place(key);
        let shard = &mut self.shards[shard];
        shard.find(hash, |(known, _)| known.borrow() == key)?;
        let entry = Arc::make_mut(shard).find_entry(hash, |(known, _)| known.borrow() == key).ok()?;
        self.entries -= 1;
        Some(entry.remove().0.1)
    }

    pub(super) fn len(&self) -> usize {
        self.entries
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.shards.iter().flat_map(|shard| shard.iter()).map(|(key, value)| (key, value))
    }

    fn spread(&mut self) {
        let old = std::mem::take(&mut self.shards);
        let mut shards = vec![HashTable::new(); old.len() * 2];
        let hasher = |(key, _): &(K, V)| self.hasher.hash_one(key);
        for entry in old.into_iter().flat_map(Arc::unwrap_or_clone) {
            let hash = hasher(&entry);
            let shard = shard_of(hash, shards.len());
            shards[shard].insert_unique(hash, entry, hasher);
        }
        self.shards = shards.into_iter().map(Arc::new).collect();
    }
}
