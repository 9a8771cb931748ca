//! Entries and the root over them (protocol §4): what a checkpoint vouches for.

use std::collections::BTreeMap;

use thiserror::Error;

use super::encoding::sha256;

/// First half of an entry: SHA-256 of the `sub`.
pub type Name = [u8; 32];
/// Second half of an entry: SHA-256 of the revision.
pub type Digest = [u8; 32];

/// Length of an entry in bytes.
pub const ENTRY: usize = 64;

/// Why bytes are no list of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EntriesError {
    /// The length is wrong.
    #[error("the list of entries is no multiple of 64 bytes")]
    Length,
    /// The order is wrong, or a name stands twice.
    #[error("the list of entries is not ascending, or names a record twice")]
    Order,
}

/// The entries of a journal: one a record, tombstones too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries(BTreeMap<Name, Digest>);

impl Entries {
    /// Reads a list: 64 bytes each, ascending, no name twice.
    pub fn read(bytes: &[u8]) -> Result<Self, EntriesError> {
        if !bytes.len().is_multiple_of(ENTRY) {
            return Err(EntriesError::Length);
        }
        let mut entries = BTreeMap::new();
        let mut last: Option<Name> = None;
        for entry in bytes.chunks_exact(ENTRY) {
            let (name, digest) = entry.split_at(32);
            let name: Name = name.try_into().map_err(|_| EntriesError::Length)?;
            if last.is_some_and(|last| last >= name) {
                return Err(EntriesError::Order);
            }
            entries.insert(name, digest.try_into().map_err(|_| EntriesError::Length)?);
            last = Some(name);
        }
        Ok(Self(entries))
    }

    /// SHA-256 of all entries, sorted as bytes and concatenated.
    pub fn root(&self) -> [u8; 32] {
        sha256(&self.to_bytes())
    }

    /// The list as it goes over the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * ENTRY);
        for (name, digest) in &self.0 {
            bytes.extend_from_slice(name);
            bytes.extend_from_slice(digest);
        }
        bytes
    }

    /// Puts an entry in the place of the one of this name; gives the one that was there.
    pub fn put(&mut self, name: Name, digest: Digest) -> Option<Digest> {
        self.0.insert(name, digest)
    }

    /// With the changed ones in their place.
    pub fn with(mut self, changed: &Self) -> Self {
        self.0.extend(&changed.0);
        self
    }

    /// The digest of a name.
    pub fn get(&self, name: &Name) -> Option<&Digest> {
        self.0.get(name)
    }

    /// All, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Digest)> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Name, Digest)> for Entries {
    fn from_iter<I: IntoIterator<Item = (Name, Digest)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}
