//! What a question reads of the index: the segments with their lists open, and who each document is.

use std::{io, sync::Arc};

use tantivy::{
    SegmentReader,
    fieldnorm::FieldNormReader,
    index::InvertedIndexReader,
    postings::TermInfo,
    schema::{Field, IndexRecordOption},
};

use crate::catalog::{Published, Snapshot, Viewer};
use crate::record::{Audience, Kind};

use super::{analysis::Tongue, fields::Fields};

/// Marks a document whose record is shown no more.
const GONE: u32 = u32::MAX;

/// Latest time that a rank can hold: 40 bits of seconds.
const LATEST: i64 = (1 << 40) - 1;

/// The record of a document, as far as ranks and sets hang on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact {
    pub(super) slot: u32,
    pub(super) kind: Kind,
    /// Whether everybody may read it.
    pub(super) is_public: bool,
    /// When it was signed, unix seconds, within 40 bits.
    pub(super) signed_at: i64,
}

impl Fact {
    fn of(record: &Published) -> Fact {
        Fact {
            slot: record.slot,
            kind: record.kind,
            is_public: record.audience == Audience::Public,
            signed_at: record.revision.signed_at.clamp(0, LATEST),
        }
    }

    /// Whether its record is shown.
    pub(super) fn is_there(&self) -> bool {
        self.slot != GONE
    }
}

/// One segment.
struct Part {
    /// Number of its first document among those of all segments.
    base: usize,
    lists: Vec<Option<Arc<InvertedIndexReader>>>,
    lengths: Vec<Option<FieldNormReader>>,
}

/// All segments; documents are numbered through them.
pub(super) struct Parts {
    parts: Vec<Part>,
    /// By document.
    pub(super) facts: Vec<Fact>,
    /// By field: the average length of a document.
    average: Vec<f32>,
    tongues: [Field; Tongue::ALL.len()],
}

/// A list of documents in one segment.
pub(super) struct List {
    part: usize,
    info: TermInfo,
}

impl Parts {
    pub(super) fn open(segments: &[SegmentReader], fields: &Fields, snapshot: &Snapshot) -> tantivy::Result<Parts> {
        let places = fields.of_words().map(|field| field.field_id() as usize + 1).max().unwrap_or(0);
        let mut parts =
            Parts { parts: Vec::new(), facts: Vec::new(), average: vec![1.0; places], tongues: fields.tongues };
        let mut lengths = vec![0; places];
        for segment in segments {
            let mut part = Part { base: parts.facts.len(), lists: vec![None; places], lengths: vec![None; places] };
            for field in fields.of_words() {
                let place = field.field_id() as usize;
                let list = segment.inverted_index(field)?;
                lengths[place] += list.total_num_tokens();
                part.lists[place] = Some(list);
                part.lengths[place] = segment.fieldnorms_readers().get_field(field)?;
            }
            let slots = segment.fast_fields().u64("slot")?;
            parts.facts.extend((0..segment.max_doc()).map(|document| {
                let slot = slots.first(document).and_then(|slot| u32::try_from(slot).ok());
                let alive = slot.filter(|_| !segment.is_deleted(document));
                let record = alive.and_then(|slot| snapshot.visible(slot, Viewer::NETWORK));
                record.map_or(GONE_FACT, |record| Fact::of(record))
            }));
            parts.parts.push(part);
        }
        let documents = parts.facts.len().max(1) as f32;
        parts.average = lengths.iter().map(|length| (*length as f32 / documents).max(1.0)).collect();
        Ok(parts)
    }

    /// Documents, shown or not.
    pub(super) fn documents(&self) -> usize {
        self.facts.len()
    }

    /// Whether a longer text of a field is held back: where texts of all languages stand together it only says in how many
    /// languages a record is.
    pub(super) fn length_matters(&self, field: Field) -> bool {
        self.tongues.contains(&field)
    }

    pub(super) fn average_length(&self, field: Field) -> f32 {
        self.average[field.field_id() as usize]
    }

    /// The lists of a word, and how many documents they have.
    pub(super) fn lists(&self, field: Field, word: &str) -> io::Result<(u32, Vec<List>)> {
        let (mut found, mut documents) = (Vec::new(), 0);
        for part in 0..self.parts.len() {
            let Some(list) = self.list(part, field) else { continue };
            if let Some(info) = list.terms().get(word.as_bytes())? {
                documents += info.doc_freq;
                found.push(List { part, info });
            }
        }
        Ok((documents, found))
    }

    /// Words of a field from one on, each with its documents, as long as `goes_on`; of every segment for itself.
    pub(super) fn words_from(
        &self,
        field: Field,
        first: &str,
        mut goes_on: impl FnMut(&str, u32) -> bool,
    ) -> io::Result<()> {
        for part in 0..self.parts.len() {
            let Some(list) = self.list(part, field) else { continue };
            let mut words = list.terms().range().ge(first.as_bytes()).into_stream()?;
            while let Some((word, info)) = words.next() {
                let Ok(word) = std::str::from_utf8(word) else { continue };
                if !goes_on(word, info.doc_freq) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Gives each document of a list: its number, how often it has the word, and its length by the code of the index.
    pub(super) fn walk(&self, field: Field, list: &List, mut each: impl FnMut(usize, u32, u8)) -> io::Result<()> {
        let part = &self.parts[list.part];
        let Some(lists) = self.list(list.part, field) else { return Ok(()) };
        let lengths = part.lengths[field.field_id() as usize].as_ref();
        let mut block = lists.read_block_postings_from_terminfo(&list.info, IndexRecordOption::WithFreqs)?;
        loop {
            let (documents, times) = (block.docs(), block.freqs());
            if documents.is_empty() {
                return Ok(());
            }
            for (place, document) in documents.iter().enumerate() {
                let length = lengths.map_or(1, |lengths| lengths.fieldnorm_id(*document));
                each(part.base + *document as usize, times.get(place).copied().unwrap_or(1), length);
            }
            block.advance();
        }
    }

    /// Whether everybody may read a record that has a word.
    pub(super) fn is_public(&self, field: Field, word: &str) -> io::Result<bool> {
        let mut found = false;
        for list in &self.lists(field, word)?.1 {
            self.walk(field, list, |document, _, _| found |= self.facts[document].is_public)?;
            if found {
                break;
            }
        }
        Ok(found)
    }

    /// Number of a segment's first document.
    pub(super) fn base(&self, part: usize) -> usize {
        self.parts[part].base
    }

    fn list(&self, part: usize, field: Field) -> Option<&Arc<InvertedIndexReader>> {
        self.parts[part].lists.get(field.field_id() as usize)?.as_ref()
    }
}

const GONE_FACT: Fact = Fact { slot: GONE, kind: Kind::Practice, is_public: false, signed_at: 0 };
