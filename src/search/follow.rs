//! The writing side: the index is brought from one snapshot to another by what differs between them.

use std::sync::Arc;

use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term,
    indexer::IndexWriterOptions,
    schema::Field,
    tokenizer::{TextAnalyzer, TokenizerManager},
};

use crate::catalog::{Published, Snapshot};

use super::{
    fields::{self, Fields},
    filing::{Cut, Filing, TOKENIZER},
};

/// Memory in which the lists of new documents grow before they become a segment, in bytes.
const HEAP: usize = 50 * 1024 * 1024;

/// More segments than that are made one after the first filling: each costs every question a look-up a word.
const MOST_SEGMENTS: usize = 4;

/// Who writes the index.
pub(super) struct Writer {
    fields: Fields,
    index: tantivy::Index,
    writer: IndexWriter,
    reader: IndexReader,
    filing: Filing,
    /// By slot: what is filed.
    filed: Vec<Option<Arc<Published>>>,
}

impl Writer {
    /// An index without documents, in memory.
    pub(super) fn new() -> tantivy::Result<Writer> {
        let (schema, fields) = fields::schema();
        let tokenizers = TokenizerManager::default();
        tokenizers.register(TOKENIZER, TextAnalyzer::from(Cut::default()));
        let index = tantivy::Index::builder().schema(schema).tokenizers(tokenizers).create_in_ram()?;
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(HEAP)
            .build();
        let writer = index.writer_with_options(options)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Writer { fields, index, writer, reader, filing: Filing::default(), filed: Vec::new() })
    }

    /// The fields of the index.
    pub(super) fn fields(&self) -> Fields {
        self.fields
    }

    /// Files what is new in a snapshot and takes out what is not in it any more.
    pub(super) fn follow(&mut self, snapshot: &Snapshot) -> tantivy::Result<tantivy::Searcher> {
        let is_first = self.filed.is_empty();
        let mut next: Vec<Option<Arc<Published>>> = Vec::with_capacity(self.filed.len());
        for record in snapshot.everything() {
            let slot = record.slot as usize;
            if slot >= next.len() {
                next.resize(slot + 1, None);
            }
            next[slot] = Some(record.clone());
        }
        let mut before = std::mem::take(&mut self.filed);
        before.resize(before.len().max(next.len()), None);
        let mut changed = false;
        for (slot, old) in before.iter().enumerate() {
            let new = next.get(slot).and_then(Option::as_ref);
            if !is_same(old.as_ref(), new) {
                changed = true;
                self.refile(slot, old.is_some(), new)?;
            }
        }
        self.filed = next;
        if changed {
            self.writer.commit()?;
            if is_first {
                self.join_segments()?;
            }
            self.reader.reload()?;
        }
        Ok(self.reader.searcher())
    }

    fn refile(&mut self, slot: usize, is_filed: bool, new: Option<&Arc<Published>>) -> tantivy::Result<()> {
        if is_filed {
            self.writer.delete_term(Term::from_field_u64(self.slot_field(), slot as u64));
        }
        if let Some(record) = new {
            let document: TantivyDocument = self.filing.document(record, &self.fields);
            self.writer.add_document(document)?;
        }
        Ok(())
    }

    fn join_segments(&mut self) -> tantivy::Result<()> {
        let segments = self.index.searchable_segment_ids()?;
        if segments.len() > MOST_SEGMENTS {
            self.writer.merge(&segments).wait()?;
        }
        Ok(())
    }

    fn slot_field(&self) -> Field {
        self.fields.slot
    }
}

/// Whether a slot has the same texts: the body of a record is shared by all snapshots in which it is the same.
fn is_same(old: Option<&Arc<Published>>, new: Option<&Arc<Published>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new) || old.key == new.key && Arc::ptr_eq(&old.record, &new.record),
        (old, new) => old.is_none() && new.is_none(),
    }
}
