//! The index: words of all records that are shown, in memory, made from the catalogue and following it
//! (docs/decisions/0008-search.md).
//!
//! **Writing.** [`Index::follow`] brings it to a snapshot; one thread at a time, beside the async threads.
//!
//! **Reading.** [`Index::reader`] gives one immutable moment of it. Its hits are slots of the snapshot that is asked for,
//! for [`crate::catalog::Request::within`]: audience, filter, count and facets are the catalogue's.

mod analysis;
mod fields;
mod filing;
mod find;
mod follow;
mod highlight;
mod hits;
mod ledger;
mod near;
mod parts;
mod question;
mod related;
mod sought;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::sync::{Arc, Mutex};

use arc_swap::ArcSwapOption;
use moka::sync::Cache;
use roaring::RoaringBitmap;

use crate::catalog::{Published, Ranks, Snapshot, Viewer};
use crate::record::{Kind, LanguageTag};

use analysis::Analyser;
use fields::Fields;
use follow::Writer;
use parts::Parts;
use question::Plan;

pub use highlight::Highlight;
pub use hits::Hits;

/// Most characters of a question.
pub const LONGEST_QUESTION: usize = 400;

/// Memory for hits that may be asked for again: the next page, the facets of the same list.
const REMEMBERED: u64 = 16 * 1024 * 1024;

/// The index of one instance.
#[derive(Default)]
pub struct Index {
    reader: ArcSwapOption<Reader>,
    writer: Mutex<Option<Writer>>,
}

impl Index {
    /// Brings the index to this snapshot: the first time all of it, then what is different. A failure is logged; the
    /// index stands as it was, and the next call makes it anew. CPU work: some seconds for 20,000 practices in six
    /// languages, some milliseconds for a change.
    pub fn follow(&self, snapshot: &Arc<Snapshot>) {
        // Whoever panicked here left a writer that may stand between two snapshots: it is made anew.
        let mut writer = self.writer.lock().unwrap_or_else(|poisoned| {
            let mut writer = poisoned.into_inner();
            *writer = None;
            writer
        });
        self.writer.clear_poison();
        match brought_to(&mut writer, snapshot) {
            Ok(reader) => self.reader.store(Some(Arc::new(reader))),
            Err(fault) => {
                *writer = None;
                tracing::error!("the index of words could not be brought up to date: {fault}");
            }
        }
    }

    /// The index as it stands; none until it has been made for the first time.
    pub fn reader(&self) -> Option<Arc<Reader>> {
        self.reader.load_full()
    }
}

fn brought_to(writer: &mut Option<Writer>, snapshot: &Arc<Snapshot>) -> tantivy::Result<Reader> {
    let writer = match writer {
        Some(writer) => writer,
        None => {
            analysis::chinese::prepare();
            writer.insert(Writer::new()?)
        }
    };
    let searcher = writer.follow(snapshot)?;
    let fields = writer.fields();
    let parts = Parts::open(searcher.segment_readers(), &fields, snapshot)?;
    let remembered = Cache::builder().max_capacity(REMEMBERED).weigher(|_, hits: &Arc<Hits>| hits.weight()).build();
    Ok(Reader { snapshot: snapshot.clone(), searcher, fields, parts, remembered })
}

/// One moment of the index.
pub struct Reader {
    snapshot: Arc<Snapshot>,
    searcher: tantivy::Searcher,
    fields: Fields,
    parts: Parts,
    /// Hits in the own snapshot.
    remembered: Cache<Asked, Arc<Hits>>,
}

/// A question as it is remembered: text, language, kinds.
type Asked = (Box<str>, Option<LanguageTag>, u8);

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Words, phrases in quotes; at most [`LONGEST_QUESTION`] characters, what comes after them is not looked at.
    pub text: &'a str,
    /// Language of the words; guessed when absent.
    pub language: Option<&'a LanguageTag>,
    /// Only records of these kinds; all when empty.
    pub kinds: &'a [Kind],
}

impl Question<'_> {
    fn asked(&self) -> Asked {
        let kinds = self.kinds.iter().fold(0, |kinds, kind| kinds | 1 << *kind as u8);
        let end = self.text.char_indices().nth(LONGEST_QUESTION).map_or(self.text.len(), |(end, _)| end);
        (self.text[..end].into(), self.language.cloned(), kinds)
    }
}

impl Reader {
    /// The moment of the catalogue that this index was made from.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Every record of `snapshot` in which the words are, whoever may read it. Without words nothing is found.
    pub fn find(&self, snapshot: &Snapshot, question: Question<'_>) -> Arc<Hits> {
        let asked = question.asked();
        let is_own = self.is_own(snapshot);
        if is_own && let Some(hits) = self.remembered.get(&asked) {
            return hits;
        }
        let plan = with_analyser(|analyser| Plan::of(&question, analyser));
        if plan.units.is_empty() {
            return Arc::default();
        }
        let (mut ranked, sought) = match find::find(self, plan, question.kinds) {
            Ok(found) => found,
            Err(fault) => {
                tracing::error!("the index of words could not be read: {fault}");
                return Arc::default();
            }
        };
        if !is_own {
            ranked.retain_mut(|(slot, _)| self.slot_in(snapshot, *slot).map(|there| *slot = there).is_some());
        }
        let hits = Arc::new(Hits::new(Ranks::new(ranked), sought));
        if is_own {
            self.remembered.insert(asked, hits.clone());
        }
        hits
    }

    /// Records of the same kind with like content, best first, at most `most`, out of `among`, never the record itself.
    /// Records in other languages are found by what they share in themes, capacities, goals and other codes.
    pub fn related(&self, snapshot: &Snapshot, record: &Published, among: &RoaringBitmap, most: usize) -> Vec<u32> {
        let is_own = self.is_own(snapshot);
        let slot_there = |slot| if is_own { Some(slot) } else { self.slot_in(snapshot, slot) };
        let fits = |slot| slot_there(slot).is_some_and(|slot| slot != record.slot && among.contains(slot));
        let found = with_analyser(|analyser| related::related(self, record, fits, most, analyser));
        match found {
            Ok(slots) => slots.into_iter().filter_map(slot_there).collect(),
            Err(fault) => {
                tracing::error!("the index of words could not be read: {fault}");
                Vec::new()
            }
        }
    }

    /// Whether slots mean the same here and there: only in the very snapshot that the index was made from.
    fn is_own(&self, snapshot: &Snapshot) -> bool {
        std::ptr::eq(&*self.snapshot, snapshot)
    }

    /// Where a record of the own snapshot lies in another one; none if it is not shown there.
    fn slot_in(&self, snapshot: &Snapshot, slot: u32) -> Option<u32> {
        let record = self.snapshot.visible(slot, Viewer::NETWORK)?;
        match snapshot.visible(slot, Viewer::NETWORK) {
            Some(there) if there.key == record.key => Some(slot),
            _ => snapshot.record(record.key, Viewer::NETWORK).map(|there| there.slot),
        }
    }
}

thread_local! {
    /// Each thread that answers questions remembers the words it met.
    static ANALYSER: RefCell<Analyser> = RefCell::new(Analyser::remembering(2000));
}

/// Works with the analyser of this thread; not from within such work.
fn with_analyser<T>(work: impl FnOnce(&mut Analyser) -> T) -> T {
    ANALYSER.with_borrow_mut(work)
}
