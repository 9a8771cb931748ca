//! Documents are kept parsed and measured, by their text: clients send few different ones, and parsing is half of a small
//! query's work. Bounded by count and by memory, in two generations: when the young one is full it becomes the old one,
//! and what is asked for again moves back. So nothing is written on a hit, and what nobody asks for falls out.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use crate::graphql::guard::{Document, Guard, GuardError};

// A token becomes a node of some hundred bytes when parsed.
const BYTES_OF_TOKEN: usize = 250;

/// Parsed documents by their text.
pub struct Documents {
    generations: RwLock<Generations>,
    max_count: usize,
    max_bytes: usize,
}

#[derive(Default)]
struct Generations {
    young: HashMap<Box<str>, Arc<Document>>,
    old: HashMap<Box<str>, Arc<Document>>,
    young_bytes: usize,
}

impl Default for Documents {
    fn default() -> Self {
        Self::new(1000, 16 << 20)
    }
}

impl Documents {
    /// Keeps at most so many documents and about so many bytes.
    pub fn new(max_count: usize, max_bytes: usize) -> Self {
        Self { generations: RwLock::default(), max_count, max_bytes }
    }

    /// The document of this text: as kept, or judged, parsed and kept now. Refused ones are not kept.
    pub fn get(&self, text: &str, guard: &Guard) -> Result<Arc<Document>, GuardError> {
        let kept = {
            let generations = self.generations.read().unwrap_or_else(PoisonError::into_inner);
            match generations.young.get(text) {
                Some(document) => return Ok(document.clone()),
                None => generations.old.get(text).cloned(),
            }
        };
        let document = match kept {
            Some(document) => document,
            None => Arc::new(guard.analyze(text)?),
        };
        self.keep(text, document.clone());
        Ok(document)
    }

    /// How many documents are kept.
    pub fn count(&self) -> usize {
        let generations = self.generations.read().unwrap_or_else(PoisonError::into_inner);
        generations.young.len() + generations.old.len()
    }

    fn keep(&self, text: &str, document: Arc<Document>) {
        let bytes = text.len() + document.tokens * BYTES_OF_TOKEN;
        if bytes > self.max_bytes / 2 {
            return;
        }
        let mut generations = self.generations.write().unwrap_or_else(PoisonError::into_inner);
        let full = generations.young.len() >= (self.max_count / 2).max(1)
            || generations.young_bytes + bytes > self.max_bytes / 2;
        if full {
            generations.old = std::mem::take(&mut generations.young);
            generations.young_bytes = 0;
        }
        generations.old.remove(text);
        if generations.young.insert(text.into(), document).is_none() {
            generations.young_bytes += bytes;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::graphql::guard::{Limits, rules::CostRules};

    fn guard() -> Guard {
        Guard::new("type Query { a: Int }", &CostRules::new(), Limits::default()).unwrap()
    }

    #[test]
    fn a_document_is_parsed_once() {
        let documents = Documents::default();
        let first = documents.get("{ a }", &guard()).unwrap();
        assert!(Arc::ptr_eq(&first, &documents.get("{ a }", &guard()).unwrap()));
    }

    #[test]
    fn the_count_is_bounded_and_what_is_used_stays() {
        let documents = Documents::new(10, 1 << 20);
        let used = documents.get("{ a }", &guard()).unwrap();
        for number in 0..100 {
            documents.get(&format!("{{ a{number}: a }}"), &guard()).unwrap();
            assert!(Arc::ptr_eq(&used, &documents.get("{ a }", &guard()).unwrap()));
            assert!(documents.count() <= 10);
        }
    }

    #[test]
    fn the_memory_is_bounded() {
        let documents = Documents::new(1000, 10_000);
        for number in 0..100 {
            documents.get(&format!("{{ a{number}: a }}"), &guard()).unwrap();
        }
        assert!(documents.count() <= 10, "{}", documents.count());
    }

    #[test]
    fn a_refused_document_is_not_kept() {
        let documents = Documents::default();
        assert!(documents.get("{ a", &guard()).is_err());
        assert_eq!(documents.count(), 0);
    }
}
