//! What resolvers need of the hub beyond the snapshot. Everything that waits is here.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::catalog::Snapshot;
use crate::record::LanguageTag;

/// Id of a journal with a digest or a name of it.
pub type InJournal = (u32, [u8; 32]);

/// The store cannot be read just now; the reason stands in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The store cannot be read just now; try again later.")]
pub struct Unreadable;

/// Where resolvers read from.
pub trait Source: Send + Sync {
    /// The present moment of the catalogue.
    fn snapshot(&self) -> Arc<Snapshot>;

    /// The signed revisions with these digests; one that was erased is left out.
    fn revisions(&self, wanted: Vec<InJournal>) -> BoxFuture<'_, Result<HashMap<InJournal, String>, Unreadable>>;

    /// The revisions seen of the records with these names (`Sub::name`), newest first, at most `first` of each.
    fn history(
        &self,
        wanted: Vec<InJournal>,
        first: u64,
    ) -> BoxFuture<'_, Result<HashMap<InJournal, Vec<HistoryRow>>, Unreadable>>;

    /// Whether a round of this journal is running.
    fn pulling(&self, journal: u32) -> bool;

    /// Now, unix ms.
    fn now_ms(&self) -> i64;

    /// First language of this instance.
    fn default_language(&self) -> LanguageTag;
}

/// A revision that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// `rev`, from 1.
    pub number: u32,
    /// `iat`, unix seconds.
    pub signed_at: i64,
    /// When it came here, unix ms.
    pub received_at: i64,
    /// Thumbprint of the signing key.
    pub key_id: Box<str>,
    /// As signed.
    pub jws: Box<str>,
}
