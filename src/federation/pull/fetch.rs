//! Step 4 of a pull: the revisions that are not here are fetched in batches, within the bounds of this instance, and
//! staged as they come (protocol §6).

use std::collections::{HashMap, HashSet};

use super::{Pull, PullError};
use crate::{
    journal::{
        entry::{Digest, Name},
        prove::Proved,
        read, stage,
    },
    wire::{BatchEnd, Fault},
};

/// Revisions in one batch (protocol §5).
const BATCH: usize = 1000;
/// More new gaps than this in one round are no accident.
const MOST_NEW_GAPS: usize = 10;

impl Pull<'_> {
    /// Step 4: stages what is not here. Gives what the source does not have.
    pub(super) async fn fetch_what_is_new(&mut self, proved: &Proved) -> Result<Vec<Digest>, PullError> {
        let most = usize::try_from(self.hub.config().sync.max_entries).unwrap_or(usize::MAX);
        if proved.entries().len() > most {
            return Err(PullError::TooLarge(format!("{} records, at most {most}", proved.entries().len())));
        }
        let names: HashMap<Digest, Name> = proved.entries().iter().map(|(name, digest)| (*digest, *name)).collect();
        stage::keep_staged(self.hub.store(), self.row.id, &names).await?;
        let held = |name: &Name, digest: &Digest| {
            self.held.checkpoint.is_some()
                && self.held.entries.get(name) == Some(digest)
                && !self.lacked.contains(digest)
        };
        let wanted: Vec<Digest> =
            proved.entries().iter().filter(|(name, digest)| !held(name, digest)).map(|(_, digest)| *digest).collect();
        let wanted = stage::not_here(self.hub.store(), self.row.id, &wanted).await?;
        self.fetch(wanted, &names).await
    }

    pub(super) async fn fetch(
        &mut self,
        wanted: Vec<Digest>,
        names: &HashMap<Digest, Name>,
    ) -> Result<Vec<Digest>, PullError> {
        let mut room = self.room(!wanted.is_empty(), names).await?;
        self.source.telling.needs(wanted.len());
        let (mut left, mut missing, mut size) = (wanted, Vec::new(), BATCH);
        while !left.is_empty() {
            let batch: Vec<Digest> = left.iter().take(size).copied().collect();
            let (came, end) = self.batch(&batch, names, &mut room).await?;
            left.retain(|digest| !came.contains(digest));
            match end {
                Ok(BatchEnd { more: true, .. }) => {}
                Ok(BatchEnd { missing: lacks, .. }) => {
                    let lacks: HashSet<Digest> = lacks.into_iter().collect();
                    left.retain(|digest| !lacks.contains(digest));
                    missing.extend(lacks);
                    size = (size * 2).min(BATCH);
                }
                // What alone breaks a bound is not to be had.
                Err(fault) if fault.breaks_a_bound() && batch.len() == 1 => {
                    left.retain(|digest| *digest != batch[0]);
                    missing.push(batch[0]);
                    self.judge_gaps(&missing)?;
                }
                Err(fault) if fault.breaks_a_bound() => size = (batch.len() / 2).max(1),
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(missing)
    }

    /// Asks for one batch; what came is staged, also when it breaks off.
    async fn batch(
        &mut self,
        batch: &[Digest],
        names: &HashMap<Digest, Name>,
        room: &mut Room,
    ) -> Result<(HashSet<Digest>, Result<BatchEnd, Fault>), PullError> {
        let mut tokens = Vec::new();
        let mut came = HashSet::new();
        let ask = self.ask(0, None);
        let mut sink = |digest: Digest, jws: String| {
            room.take(jws.len())?;
            came.insert(digest);
            tokens.push(jws);
            Ok(())
        };
        let answer = self.hub.web().revisions(self.source.base, &ask, batch, &mut sink).await;
        if room.full {
            stage::keep_staged(self.hub.store(), self.row.id, &HashMap::new()).await?;
            return Err(PullError::TooLarge(
                "its revisions take more bytes than a journal or all copies may".to_owned(),
            ));
        }
        let staged = tokens.len();
        stage::stage(self.hub.store(), self.row, self.keys(), names, tokens).await?;
        self.pulled.revisions += staged;
        self.source.telling.came(staged);
        let end = answer.map(|answer| {
            self.pulled.bytes += answer.bytes;
            answer.value
        });
        Ok((came, end))
    }

    /// The journal's bound is for the state that is coming; that of all copies is for everything that is kept.
    async fn room(&self, needed: bool, names: &HashMap<Digest, Name>) -> Result<Room, PullError> {
        let sync = &self.hub.config().sync;
        if !needed {
            return Ok(Room { journal: 0, total: 0, full: false });
        }
        let held = read::bytes_held(self.hub.store()).await?;
        let total: u64 = held.iter().map(|(_, bytes)| bytes).sum();
        let here = stage::bytes_here(self.hub.store(), self.row.id, names).await?;
        Ok(Room {
            journal: sync.max_journal.saturating_sub(here),
            total: sync.max_total.saturating_sub(total),
            full: false,
        })
    }

    /// Too many new gaps are no accident, and a relay's say nothing of the origin.
    pub(super) fn judge_gaps(&self, missing: &[Digest]) -> Result<(), PullError> {
        let new = missing.iter().filter(|digest| !self.lacked.contains(*digest)).count();
        if new > MOST_NEW_GAPS {
            return Err(PullError::Diverged(format!(
                "{new} revisions that its checkpoint vouches for are not to be had"
            )));
        }
        // A relay's state is adopted only if its gaps were gaps before or nothing is held yet.
        if new > 0 && self.source.via().is_some() && self.held.checkpoint.is_some() {
            return Err(PullError::RelayLacks(new));
        }
        Ok(())
    }
}

/// How many bytes of revisions may still come.
struct Room {
    journal: u64,
    total: u64,
    full: bool,
}

impl Room {
    fn take(&mut self, bytes: usize) -> Result<(), Fault> {
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
