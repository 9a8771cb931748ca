//! Where the records lie: chunks of 256 slots, so that a change copies one chunk of pointers.

use std::sync::Arc;

use super::published::Published;

const CHUNK: usize = 256;

type Chunk = [Option<Arc<Published>>; CHUNK];

/// Records by slot; slots of removed records are given out again.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    chunks: Vec<Arc<Chunk>>,
    free: Arc<Vec<u32>>,
    end: u32,
}

impl Slots {
    pub(super) fn get(&self, slot: u32) -> Option<&Arc<Published>> {
        self.chunks.get(slot as usize / CHUNK)?[slot as usize % CHUNK].as_ref()
    }

    /// A slot that holds nothing now.
    pub(super) fn reserve(&mut self) -> u32 {
        if !self.free.is_empty()
            && let Some(slot) = Arc::make_mut(&mut self.free).pop()
        {
            return slot;
        }
        let slot = self.end;
        self.end += 1;
        if slot as usize / CHUNK >= self.chunks.len() {
            self.chunks.push(Arc::new([const { None }; CHUNK]));
        }
        slot
    }

    pub(super) fn set(&mut self, slot: u32, record: Option<Arc<Published>>) {
        Arc::make_mut(&mut self.chunks[slot as usize / CHUNK])[slot as usize % CHUNK] = record;
    }

    /// Gives slots back. Only at the end of an update: within one, a slot never means two records.
    pub(super) fn release(&mut self, slots: Vec<u32>) {
        if !slots.is_empty() {
            Arc::make_mut(&mut self.free).extend(slots);
        }
    }
}
