//! Who says a record, how fresh this copy is, and what it was before.

use async_graphql::{Context, Object, Result};

use crate::catalog::Published;
use crate::graphql::fetched::{detail, unreadable};
use crate::graphql::network::Instance;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::DateTime;
use crate::graphql::source::HistoryRow;
use std::sync::Arc;

/// A record as a copy of what its origin says.
#[derive(Clone, Copy)]
pub struct Provenance<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) shown: &'a Published,
}

impl Provenance<'_> {
    fn is_own(&self) -> bool {
        self.reading.snapshot.network().own().is_some_and(|own| *own.entity_id == *self.shown.origin)
    }
}

/// Who says a record, and how fresh this copy is.
#[Object(serial)]
impl<'a> Provenance<'a> {
    /// The instance that authored it.
    async fn origin(&self) -> Instance<'a> {
        Instance::of(self.reading, &self.shown.origin)
    }

    /// Number of the present revision, from 1.
    async fn revision(&self) -> u32 {
        self.shown.revision.number
    }

    /// When the origin signed this revision.
    async fn signed_at(&self) -> DateTime {
        DateTime::of_seconds(self.shown.revision.signed_at)
    }

    /// When it came to this instance.
    async fn received_at(&self) -> DateTime {
        DateTime(self.shown.revision.received_at)
    }

    /// As of when the copy is proved equal to its origin.
    async fn confirmed_at(&self) -> DateTime {
        if self.is_own() {
            return DateTime(self.reading.as_of());
        }
        let journal = self.reading.snapshot.network().journals.get(&self.shown.revision.journal);
        // What is shown was proved when it came.
        DateTime(journal.and_then(|journal| journal.confirmed_at).unwrap_or(self.shown.revision.received_at))
    }

    /// The instance it was read through; null when straight from its origin, and for own records.
    async fn via(&self) -> Option<Instance<'a>> {
        Some(Instance::of(self.reading, self.shown.revision.via.as_deref()?))
    }

    /// Whether the origin's checkpoint is more than 24 hours old.
    async fn is_stale(&self) -> bool {
        let journal = self.reading.snapshot.network().journals.get(&self.shown.revision.journal);
        !self.is_own() && journal.is_some_and(|journal| journal.stale)
    }

    /// RFC 7638 thumbprint of the signing key.
    async fn key_id(&self) -> &'a str {
        &self.shown.revision.key_id
    }

    /// The signed revision, to be verified without trusting this instance; null when it was erased a moment ago.
    async fn jws(&self) -> Result<Option<Arc<str>>> {
        self.reading.jws(self.shown).await.map_err(unreadable)
    }
}

/// A revision that was seen here.
pub struct Revision {
    rows: Arc<[HistoryRow]>,
    place: usize,
}

impl Revision {
    pub(crate) async fn of(
        reading: &Reading,
        shown: &Published,
        first: Option<i32>,
        ctx: &Context<'_>,
    ) -> Result<Option<Vec<Self>>> {
        let first = first.and_then(|first| u64::try_from(first).ok()).unwrap_or(20);
        let rows = reading.history(shown, first, detail(&ctx.look_ahead())).await.map_err(unreadable)?;
        let places = (0..rows.len()).take(usize::try_from(first).unwrap_or(usize::MAX));
        Ok(Some(places.map(|place| Self { rows: rows.clone(), place }).collect()))
    }

    fn row(&self) -> &HistoryRow {
        &self.rows[self.place]
    }
}

/// One version of a record.
#[Object(serial)]
impl Revision {
    /// From 1.
    async fn number(&self) -> u32 {
        self.row().number
    }

    /// When the origin signed it.
    async fn signed_at(&self) -> DateTime {
        // It is there: `history` looked at what is selected before it read.
        DateTime::of_seconds(self.row().signed_at.unwrap_or_default())
    }

    /// When it came to this instance.
    async fn received_at(&self) -> DateTime {
        DateTime(self.row().received_at)
    }

    /// RFC 7638 thumbprint of the signing key.
    async fn key_id(&self) -> &str {
        &self.row().key_id
    }

    /// The signed revision.
    async fn jws(&self) -> &str {
        self.row().jws.as_deref().unwrap_or_default()
    }
}
