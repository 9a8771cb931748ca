//! The proof: what a source offers becomes a [`Proved`] state, or it is not used (protocol §6, steps 2 and 3). Only
//! this module makes a [`Proved`], and only a [`Proved`] can be adopted.

use std::collections::HashSet;

use thiserror::Error;

use super::{
    checkpoint::Checkpoint,
    entry::{Digest, Entries, EntriesError},
    jws::JwsError,
    key::{KeySet, KeyStatus},
};
use crate::record::Audience;

/// What a reader holds of a journal. `checkpoint` is None while nothing is held, and for a checkpoint whose key is
/// compromised (protocol §2, theft).
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The checkpoint.
    pub checkpoint: Option<Checkpoint>,
    /// The entries that it vouches for.
    pub entries: Entries,
}

/// What a source says the state of a journal is.
pub struct Unproved<'a> {
    /// EntityId of the origin.
    pub origin: &'a str,
    /// Which of its journals.
    pub audience: Audience,
    /// The checkpoint, a JWS.
    pub checkpoint: &'a str,
    /// The entries that came since `since`, as bytes.
    pub entries: &'a [u8],
    /// What was asked for; 0 means that these are all entries.
    pub since: u64,
}

/// A state that its origin signed: every entry is vouched for by the checkpoint.
#[derive(Clone, Debug)]
pub struct Proved {
    checkpoint: Checkpoint,
    entries: Entries,
    replaces: Option<String>,
    base: [u8; 32],
    lacked: HashSet<Digest>,
}

impl Proved {
    /// With the revisions that the source said it lacks. They alone may be missing when the state is adopted: any other
    /// that is not here was taken away meanwhile.
    pub fn lacking(self, lacked: HashSet<Digest>) -> Self {
        Self { lacked, ..self }
    }

    /// Whether the source lacks this revision.
    pub(super) fn lacks(&self, digest: &Digest) -> bool {
        self.lacked.contains(digest)
    }

    /// The checkpoint that vouches for it.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// All entries.
    pub fn entries(&self) -> &Entries {
        &self.entries
    }

    /// The checkpoint that was held when it was proved: it is adopted in the place of that one only.
    pub(super) fn replaces(&self) -> Option<&str> {
        self.replaces.as_deref()
    }

    /// The root of the entries that were here when it was proved, vouched for or not: where no checkpoint was held,
    /// it tells a theft from a journal that another round has filled meanwhile.
    pub(super) fn base(&self) -> [u8; 32] {
        self.base
    }
}

/// Why what a source offers is not used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Finding {
    /// The checkpoint is not one.
    #[error("the checkpoint: {0}")]
    Checkpoint(#[from] JwsError),
    /// The source has an older state than we: no failure, another is asked.
    #[error("the source is behind: it offers seq {offered}, {held} is held")]
    Behind {
        /// Offered.
        offered: u64,
        /// Held.
        held: u64,
    },
    /// The origin signed two states under one number.
    #[error("the origin signed two different states under one seq")]
    Equivocation {
        /// The checkpoint held.
        first: String,
        /// The one offered.
        second: String,
    },
    /// The entries are not those of the checkpoint, so all of them are needed.
    #[error("the entries do not hash to the checkpoint's root")]
    Root,
    /// The list of entries is malformed.
    #[error(transparent)]
    Entries(#[from] EntriesError),
    /// Entries that are held are missing in the whole list.
    #[error("{0} records that are held have left the list of entries")]
    Left(usize),
}

/// Proves what a source offers against what is held and the keys of the origin.
pub fn prove(held: &Held, offered: &Unproved<'_>, keys: &KeySet) -> Result<Proved, Finding> {
    let current = |status| status == KeyStatus::Current;
    let checkpoint = Checkpoint::read(offered.checkpoint, offered.origin, offered.audience, keys, current)?;
    if let Some(held) = &held.checkpoint {
        compare(held, &checkpoint)?;
    }
    let changed = Entries::read(offered.entries)?;
    let entries = match (&held.checkpoint, offered.since) {
        (Some(_), 1..) => held.entries.clone().with(&changed),
        _ => changed,
    };
    if entries.root() != checkpoint.root {
        return Err(Finding::Root);
    }
    if held.checkpoint.is_some() {
        let left = held.entries.iter().filter(|(name, _)| entries.get(name).is_none()).count();
        if left > 0 {
            return Err(Finding::Left(left));
        }
    }
    let replaces = held.checkpoint.as_ref().map(|held| held.jws.clone());
    let base = held.entries.root();
    Ok(Proved { checkpoint, entries, replaces, base, lacked: HashSet::new() })
}

/// The order of checkpoints (protocol §4).
fn compare(held: &Checkpoint, offered: &Checkpoint) -> Result<(), Finding> {
    if offered.seq < held.seq {
        return Err(Finding::Behind { offered: offered.seq, held: held.seq });
    }
    if offered.seq == held.seq && offered.root != held.root {
        return Err(Finding::Equivocation { first: held.jws.clone(), second: offered.jws.clone() });
    }
    Ok(())
}
