//! What was previewed and not yet published: in memory, of each person the last one, for half an hour. A confirmation
//! publishes what was looked at and nothing else; what is forgotten meanwhile is sent again.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::import::{Counts, Effect, Preview};

/// How long a preview is kept, in milliseconds.
const KEPT: i64 = 30 * 60 * 1000;
/// Most previews at once.
const MOST: usize = 8;
/// Most bytes of all their files; one alone may have more, and then it is alone.
const MOST_BYTES: usize = 24 << 20;
/// How many files are read at once.
const READ_AT_ONCE: usize = 2;

/// A file that was looked at.
pub(in crate::pages::workbench) struct Looked {
    pub(super) id: Uuid,
    /// Whose it is: nobody else sees it.
    pub(super) by: Arc<str>,
    /// When it was sent, unix ms.
    pub(super) at: i64,
    /// Name of the file.
    pub(super) name: String,
    /// Bytes of the file.
    pub(super) size: usize,
    pub(super) preview: Preview,
    /// What each publication was said to do, in their order.
    pub(super) effects: Vec<Effect>,
    /// What became of it, once it was published.
    pub(super) outcome: Mutex<Option<Counts>>,
}

/// All of them.
pub(in crate::pages::workbench) struct Kept {
    looked: Mutex<Vec<Arc<Looked>>>,
    pub(super) turns: Semaphore,
}

impl Kept {
    pub(in crate::pages::workbench) fn new() -> Self {
        Self { looked: Mutex::new(Vec::new()), turns: Semaphore::new(READ_AT_ONCE) }
    }

    /// Keeps one in place of the same person's last one; the oldest make room.
    pub(super) fn keep(&self, looked: Arc<Looked>) {
        let mut all = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|known| known.by != looked.by && looked.at - known.at < KEPT);
        all.push(looked);
        while all.len() > MOST || all.len() > 1 && all.iter().map(|known| known.size).sum::<usize>() > MOST_BYTES {
            all.remove(0);
        }
    }

    /// The one with this id, of this person.
    pub(super) fn find(&self, id: Uuid, by: &str, now: i64) -> Option<Arc<Looked>> {
        let all = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|known| known.id == id && *known.by == *by && now - known.at < KEPT).cloned()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn looked(by: &str, at: i64, size: usize) -> Arc<Looked> {
        Arc::new(Looked {
            id: Uuid::now_v7(),
            by: by.into(),
            at,
            name: "practices.csv".to_owned(),
            size,
            preview: Preview::default(),
            effects: Vec::new(),
            outcome: Mutex::new(None),
        })
    }

    #[test]
    fn a_preview_is_its_owners_alone_and_for_half_an_hour() {
        let kept = Kept::new();
        let one = looked("amina", 0, 1);
        kept.keep(one.clone());
        assert!(kept.find(one.id, "amina", KEPT - 1).is_some());
        assert!(kept.find(one.id, "joao", 1).is_none());
        assert!(kept.find(one.id, "amina", KEPT).is_none());
        let next = looked("amina", 5, 1);
        kept.keep(next.clone());
        assert!(kept.find(one.id, "amina", 6).is_none() && kept.find(next.id, "amina", 6).is_some());
    }

    #[test]
    fn the_oldest_make_room_and_a_large_one_stands_alone() {
        let kept = Kept::new();
        let all: Vec<_> = (0..10).map(|place| looked(&place.to_string(), place, 1)).collect();
        all.iter().for_each(|one| kept.keep(one.clone()));
        assert!(kept.find(all[1].id, "1", 20).is_none() && kept.find(all[2].id, "2", 20).is_some());
        let large = looked("large", 11, MOST_BYTES + 1);
        kept.keep(large.clone());
        assert!(kept.find(all[9].id, "9", 20).is_none() && kept.find(large.id, "large", 20).is_some());
    }
}
