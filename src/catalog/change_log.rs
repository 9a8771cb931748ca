//! Where the last change of each record stands, in order.

use std::sync::Arc;

use crate::record::RecordKey;

/// Entries of a chunk before it is cut in two.
const CHUNK: usize = 512;

/// The last change of a record: its number and the record.
pub(super) type Place = (u64, RecordKey);

/// Number and key of the last change of each record, sorted, in chunks: a change copies two of them.
#[derive(Debug, Clone, Default)]
pub(super) struct ChangeLog {
    chunks: Vec<Arc<Vec<Place>>>,
}

impl ChangeLog {
    pub(super) fn insert(&mut self, place: Place) {
        let at = self.chunk_of(place);
        let Some(chunk) = self.chunks.get_mut(at) else {
            self.chunks.push(Arc::new(vec![place]));
            return;
        };
        let chunk = Arc::make_mut(chunk);
        let Err(within) = chunk.binary_search(&place) else { return };
        chunk.insert(within, place);
        if chunk.len() > CHUNK {
            // New changes come at the end: the chunk that they leave behind stays full.
            let middle = if within + 1 == chunk.len() { chunk.len() - 1 } else { CHUNK / 2 };
            let upper = chunk.split_off(middle);
            self.chunks.insert(at + 1, Arc::new(upper));
        }
    }

    pub(super) fn remove(&mut self, place: Place) {
        let at = self.chunk_of(place);
        let Some(chunk) = self.chunks.get_mut(at) else { return };
        let Ok(within) = chunk.binary_search(&place) else { return };
        let chunk = Arc::make_mut(chunk);
        chunk.remove(within);
        let small = chunk.len() < CHUNK / 4;
        let next = self.chunks.get(at + 1).map_or(usize::MAX, |next| next.len());
        if self.chunks[at].is_empty() {
            self.chunks.remove(at);
        } else if small && next < CHUNK / 4 {
            let next = self.chunks.remove(at + 1);
            Arc::make_mut(&mut self.chunks[at]).extend(next.iter());
        }
    }

    /// The chunk that holds a place or would: the last one that begins with it or before it, else the first.
    fn chunk_of(&self, place: Place) -> usize {
        let after = self.chunks.partition_point(|chunk| chunk.first().is_some_and(|first| *first <= place));
        after.saturating_sub(1)
    }

    /// Places from the first that is behind `after` up to the last that is ahead of `before`.
    pub(super) fn between(
        &self,
        after: Option<Place>,
        before: Option<Place>,
    ) -> impl DoubleEndedIterator<Item = Place> {
        let start = after.map_or(0, |after| self.chunks.partition_point(|chunk| chunk.last() <= Some(&after)));
        let end = before
            .map_or(self.chunks.len(), |before| self.chunks.partition_point(|chunk| chunk.first() < Some(&before)));
        let chunks = self.chunks.get(start..end).unwrap_or_default().iter().flat_map(|chunk| chunk.iter().copied());
        chunks.filter(move |place| {
            after.is_none_or(|after| *place > after) && before.is_none_or(|before| *place < before)
        })
    }
}
