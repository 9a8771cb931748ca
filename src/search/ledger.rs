//! How well documents fit: one pass over the list of each word, into a table by document. No scorer is asked document by
//! document, so a common word costs some nanoseconds a document it is in.
//!
//! The measure is BM25. Its statistics are over all records of the index, those for the network among them: how common a
//! word is may move a score by a little, but no record is found or missed by what a reader cannot see.

use std::io;

use tantivy::{fieldnorm::FieldNormReader, schema::Field};

use super::parts::{List, Parts};

/// How soon more of the same word says nothing new.
const SATURATION: f32 = 2.0;
/// How much long texts of a language are held back: just enough to choose between equal ones. A record that has only its
/// title in a language is short, and no better for that.
const LENGTH: f32 = 0.05;

/// How a form of a word counts beside others of the same word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The best of them counts: stems of several languages mean one word.
    Best,
    /// Counts on top.
    More,
}

/// Scores of all documents.
pub(super) struct Ledger<'p> {
    parts: &'p Parts,
    unit: Vec<f32>,
    touched: Vec<u32>,
    /// Sum over the words.
    pub(super) total: Vec<f32>,
    /// Words found.
    pub(super) count: Vec<u8>,
    /// Documents with any.
    pub(super) found: Vec<u32>,
}

impl<'p> Ledger<'p> {
    pub(super) fn new(parts: &'p Parts) -> Self {
        let documents = parts.documents();
        Self {
            parts,
            unit: vec![0.0; documents],
            touched: Vec::new(),
            total: vec![0.0; documents],
            count: vec![0; documents],
            found: Vec::new(),
        }
    }

    /// Counts a word in a field.
    pub(super) fn word(&mut self, field: Field, word: &str, weight: f32, how: How) -> io::Result<()> {
        let (documents, lists) = self.parts.lists(field, word)?;
        self.lists(field, documents, &lists, weight, how)
    }

    /// Counts several words as one.
    pub(super) fn any(&mut self, field: Field, words: &[String], weight: f32, how: How) -> io::Result<()> {
        let mut all = (0, Vec::new());
        for word in words {
            let (documents, lists) = self.parts.lists(field, word)?;
            all.0 += documents;
            all.1.extend(lists);
        }
        self.lists(field, all.0, &all.1, weight, how)
    }

    fn lists(&mut self, field: Field, documents: u32, lists: &[List], weight: f32, how: How) -> io::Result<()> {
        if lists.is_empty() {
            return Ok(());
        }
        let rareness = weight * self.rareness(documents) * (SATURATION + 1.0);
        let lengths = lengths(self.parts.length_matters(field).then(|| self.parts.average_length(field)));
        let parts = self.parts;
        for list in lists {
            parts.walk(field, list, |document, times, length| {
                let times = times as f32;
                self.count_in(document, rareness * times / (times + lengths[usize::from(length)]), how);
            })?;
        }
        Ok(())
    }

    /// Counts a document for the present word.
    pub(super) fn count_in(&mut self, document: usize, score: f32, how: How) {
        let unit = &mut self.unit[document];
        if *unit == 0.0 {
            self.touched.push(document as u32);
        }
        *unit = if how == How::Best { unit.max(score) } else { *unit + score };
    }

    /// How telling a word is that so many documents have; never nothing.
    pub(super) fn rareness(&self, documents: u32) -> f32 {
        let (all, with) = (self.parts.documents() as f32, documents as f32);
        (1.0 + ((all - with).max(0.0) + 0.5) / (with + 0.5)).ln()
    }

    /// Whether a document was found for the present word that passes.
    pub(super) fn has(&self, passes: impl Fn(usize) -> bool) -> bool {
        self.touched.iter().any(|document| passes(*document as usize))
    }

    /// Closes the present word.
    pub(super) fn close_word(&mut self) {
        for document in self.touched.drain(..) {
            let place = document as usize;
            self.total[place] += std::mem::take(&mut self.unit[place]);
            if self.count[place] == 0 {
                self.found.push(document);
            }
            self.count[place] += 1;
        }
    }
}

/// By code of a length: what stands under the line of BM25 beside the number of times; `average` if lengths matter.
fn lengths(average: Option<f32>) -> [f32; 256] {
    let mut lengths = [SATURATION; 256];
    let Some(average) = average else { return lengths };
    for (code, length) in (0..=u8::MAX).zip(&mut lengths) {
        let words = FieldNormReader::id_to_fieldnorm(code) as f32;
        *length = SATURATION * (1.0 - LENGTH + LENGTH * words / average);
    }
    lengths
}
