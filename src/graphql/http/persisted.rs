//! From what a request says to the text of its document: sent in full, named by its id, or both (automatic persisted
//! queries: the first client that knows the text sends it with the id, from then on the id is enough). Kept texts are
//! bounded by count and bytes in two generations, as in [`crate::graphql::documents`]: what is used stays. Under a
//! lock-down ([`super::trusted`]) nothing is learnt.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use super::{answer::Failure, document_id::DocumentId, trusted::Trusted};
use crate::graphql::{code::Code, guard::GuardError};

/// The documents that can be named by an id.
pub struct Persisted {
    trusted: Option<Trusted>,
    learnt: RwLock<Generations>,
    max_count: usize,
    max_bytes: usize,
}

#[derive(Default)]
struct Generations {
    young: HashMap<DocumentId, Arc<str>>,
    old: HashMap<DocumentId, Arc<str>>,
    young_bytes: usize,
}

/// The text of a request's document.
#[derive(Debug)]
pub struct Found {
    /// The text.
    pub text: String,
    /// The id to keep it by, once the guard has let it pass.
    pub learn: Option<DocumentId>,
}

impl Default for Persisted {
    fn default() -> Self {
        Self::new(1000, 4 << 20)
    }
}

impl Persisted {
    /// Keeps at most so many documents and about so many bytes.
    pub fn new(max_count: usize, max_bytes: usize) -> Self {
        Self { trusted: None, learnt: RwLock::default(), max_count, max_bytes }
    }

    /// From now on these documents and no others.
    pub fn trust(&mut self, trusted: Trusted) {
        self.trusted = Some(trusted);
    }

    /// The document that a request sends or names.
    ///
    /// # Errors
    /// `DOCUMENT_NOT_TRUSTED` under a lock-down; else `PERSISTED_QUERY_NOT_FOUND` for an id that is not known, and
    /// `BAD_USER_INPUT` for one that is not the text's.
    pub fn find(&self, query: Option<String>, id: Option<DocumentId>) -> Result<Found, Failure> {
        if let Some(trusted) = &self.trusted {
            let text = trusted.find(query.as_deref(), id).ok_or_else(not_trusted)?;
            return Ok(Found { text: query.unwrap_or_else(|| text.to_owned()), learn: None });
        }
        match (query, id) {
            (Some(text), None) => Ok(Found { text, learn: None }),
            (Some(text), Some(id)) if DocumentId::of(&text) == id => Ok(Found { text, learn: Some(id) }),
            (Some(_), Some(_)) => {
                let message = "The id is not the SHA-256 of the query; hash the text as it is sent.";
                Err(GuardError::bad_input(message).into())
            }
            (None, Some(id)) => match self.learnt(id) {
                Some(text) => Ok(Found { text: text.as_ref().to_owned(), learn: None }),
                None => Err(not_found()),
            },
            (None, None) => Err(GuardError::bad_input("The request names no document.").into()),
        }
    }

    /// Keeps a document that the guard has let pass.
    pub fn learn(&self, id: DocumentId, text: &str) {
        let known = {
            let generations = self.learnt.read().unwrap_or_else(PoisonError::into_inner);
            generations.young.contains_key(&id)
        };
        if !known {
            self.keep(id, text.into());
        }
    }

    fn learnt(&self, id: DocumentId) -> Option<Arc<str>> {
        let text = {
            let generations = self.learnt.read().unwrap_or_else(PoisonError::into_inner);
            match generations.young.get(&id) {
                Some(text) => return Some(text.clone()),
                None => generations.old.get(&id)?.clone(),
            }
        };
        self.keep(id, text.clone());
        Some(text)
    }

    fn keep(&self, id: DocumentId, text: Arc<str>) {
        let bytes = text.len();
        if bytes > self.max_bytes / 2 {
            return;
        }
        let mut generations = self.learnt.write().unwrap_or_else(PoisonError::into_inner);
        let full = generations.young.len() >= (self.max_count / 2).max(1)
            || generations.young_bytes + bytes > self.max_bytes / 2;
        if full {
            generations.old = std::mem::take(&mut generations.young);
            generations.young_bytes = 0;
        }
        generations.old.remove(&id);
        if generations.young.insert(id, text).is_none() {
            generations.young_bytes += bytes;
        }
    }
}

// The words are those of Apollo's servers: clients look for the message or for the code.
fn not_found() -> Failure {
    GuardError::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound").into()
}

fn not_trusted() -> Failure {
    let message = "This hub answers listed documents only, and this is none of them; ask its operator for the list.";
    GuardError::new(Code::DocumentNotTrusted, message).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found(persisted: &Persisted, query: Option<&str>, id: Option<DocumentId>) -> Option<String> {
        let found = persisted.find(query.map(str::to_owned), id).ok()?;
        found.learn.inspect(|id| persisted.learn(*id, &found.text));
        Some(found.text)
    }

    #[test]
    fn a_document_is_found_by_its_id_once_it_was_sent_with_it() {
        let persisted = Persisted::default();
        let id = Some(DocumentId::of("{ a }"));
        assert_eq!(found(&persisted, None, id), None);
        assert_eq!(found(&persisted, Some("{ a }"), None).as_deref(), Some("{ a }"));
        assert_eq!(found(&persisted, None, id), None, "it was sent without its id");
        assert_eq!(found(&persisted, Some("{ b }"), id), None, "another text");
        assert_eq!(found(&persisted, Some("{ a }"), id).as_deref(), Some("{ a }"));
        assert_eq!(found(&persisted, None, id).as_deref(), Some("{ a }"));
    }

    #[test]
    fn a_flood_leaves_what_is_used_and_stays_in_its_bounds() {
        let persisted = Persisted::new(10, 1000);
        let used = DocumentId::of("{ a }");
        persisted.learn(used, "{ a }");
        for number in 0..100 {
            let text = format!("{{ a{number} }}{}", " ".repeat(number));
            persisted.learn(DocumentId::of(&text), &text);
            assert_eq!(found(&persisted, None, Some(used)).as_deref(), Some("{ a }"));
            let generations = persisted.learnt.read().unwrap();
            let texts = || generations.young.values().chain(generations.old.values());
            assert!(texts().count() <= 10 && texts().map(|text| text.len()).sum::<usize>() <= 1000);
        }
        persisted.learn(DocumentId::of("x"), &"x".repeat(600));
        assert_eq!(found(&persisted, None, Some(used)).as_deref(), Some("{ a }"));
    }
}
