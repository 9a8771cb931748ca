//! What resolvers need of the hub beyond the snapshot. Everything that waits is here.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::catalog::Snapshot;
use crate::record::LanguageTag;
use crate::search;

/// Id of a journal with a digest or a name of it.
pub type InJournal = (u32, [u8; 32]);

/// Why something is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The store fails; the reason stands in the log.
    #[error("The store cannot be read just now; try again later.")]
    Failing,
    /// More signed revisions than one answer may hold.
    #[error("These histories are too long for one answer; ask for fewer records or revisions, or without jws.")]
    TooMuch,
}

/// How much is read of each revision; more includes less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Its number, when it came and by which key.
    Row,
    /// When it was signed, too: that stands in the signed text alone.
    SignedAt,
    /// The signed text, too.
    Signed,
}

/// What is asked of histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryAsk {
    /// Most revisions of each record.
    pub first: u64,
    /// How much of each.
    pub detail: Detail,
    /// Most bytes of signed texts, of all records together.
    pub most_bytes: usize,
}

/// Where resolvers read from.
pub trait Source: Send + Sync {
    /// The present moment of the catalogue.
    fn snapshot(&self) -> Arc<Snapshot>;

    /// The index of words; none while it is being made.
    fn index(&self) -> Option<Arc<search::Reader>>;

    /// The signed revisions with these digests; one that was erased is left out.
    fn revisions(&self, wanted: Vec<InJournal>) -> BoxFuture<'_, Result<HashMap<InJournal, String>, Unreadable>>;

    /// The revisions seen of the records with these names (`Sub::name`), newest first.
    fn history(
        &self,
        wanted: Vec<InJournal>,
        ask: HistoryAsk,
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
    /// `iat`, unix seconds, where it was asked for.
    pub signed_at: Option<i64>,
    /// When it came here, unix ms.
    pub received_at: i64,
    /// Thumbprint of the signing key.
    pub key_id: Box<str>,
    /// As signed, where it was asked for.
    pub jws: Option<Box<str>>,
}
