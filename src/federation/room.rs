//! How much of a journal may still come: its own bound and that of all copies together (protocol §4).

use std::collections::HashMap;

use crate::{
    hub::Hub,
    journal::{
        entry::{Digest, Name},
        read,
    },
    store::StoreError,
    wire::Fault,
};

/// How many bytes of revisions may still come.
pub(super) struct Room {
    journal: u64,
    total: u64,
    /// Whether a revision came that has no room.
    pub(super) full: bool,
}

impl Room {
    /// The room for `wanted` revisions of a journal whose new state has these `names`. What is here and stays counts,
    /// staged or adopted; what the new state replaces does not.
    pub(super) async fn of(
        hub: &Hub,
        journal: i32,
        wanted: &[Digest],
        names: &HashMap<Digest, Name>,
    ) -> Result<Self, StoreError> {
        if wanted.is_empty() {
            return Ok(Self { journal: 0, total: 0, full: false });
        }
        let sizes = read::sizes(hub.store(), journal).await?;
        let here: u64 = sizes.iter().filter(|(digest, _)| names.contains_key(digest)).map(|(_, bytes)| bytes).sum();
        let held = read::bytes_held(hub.store()).await?;
        let others: u64 = held.iter().filter(|(id, _)| *id != journal).map(|(_, bytes)| bytes).sum();
        let sync = &hub.config().sync;
        Ok(Self {
            journal: sync.max_journal.saturating_sub(here),
            total: sync.max_total.saturating_sub(others.saturating_add(here)),
            full: false,
        })
    }

    /// Takes the room of one revision.
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), Fault> {
        let bytes = bytes as u64;
        match (self.journal.checked_sub(bytes), self.total.checked_sub(bytes)) {
            (Some(journal), Some(total)) => {
                (self.journal, self.total) = (journal, total);
                Ok(())
            }
            _ => {
                self.full = true;
                Err(Fault::Stopped)
            }
        }
    }
}
