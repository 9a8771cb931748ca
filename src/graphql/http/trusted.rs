//! Trusted documents: an operator's list of the documents that are answered, and no others (`[graphql]
//! trusted_documents`). All `*.graphql` files of one folder, each one document, perhaps with several operations. Read
//! once, at the start; a file that could not be answered stops it (docs/decisions/0005).

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use thiserror::Error;

use super::document_id::DocumentId;

const MAX_FILES: usize = 10_000;
const MAX_BYTES: u64 = 1 << 20;

/// What is wrong with a folder of trusted documents.
#[derive(Debug, Error)]
pub enum TrustedError {
    /// The folder or a file in it.
    #[error("graphql.trusted_documents: {} cannot be read: {cause}; give a folder with *.graphql files", path.display())]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// No file at all: everything would be refused.
    #[error("graphql.trusted_documents: {} has no file *.graphql; put the documents there, or take the key out", .0.display())]
    Empty(PathBuf),
    /// Too many, or too large.
    #[error("graphql.trusted_documents: {}: {what}", path.display())]
    TooMuch {
        /// Which one.
        path: PathBuf,
        /// How much would do.
        what: &'static str,
    },
    /// A document that would be refused when it is asked for.
    #[error("graphql.trusted_documents: {}: {reason} Mend the file or take it out", path.display())]
    Refused {
        /// Which one.
        path: PathBuf,
        /// As a client would read it.
        reason: String,
    },
}

/// The documents that are answered.
#[derive(Debug, Default)]
pub struct Trusted {
    files: Vec<(PathBuf, Arc<str>)>,
    /// By the text as it stands in the file, and without the space around it: editors end a file with a new line,
    /// clients do not.
    by_id: HashMap<DocumentId, Arc<str>>,
}

impl Trusted {
    /// Reads a folder. Whether the documents would be answered is for [`super::Endpoint::with_trusted`] to say.
    ///
    /// # Errors
    /// When the folder or a file cannot be read, there is none, or there is too much.
    pub fn read(folder: &Path) -> Result<Self, TrustedError> {
        let unreadable = |path: &Path, cause| TrustedError::Unreadable { path: path.to_owned(), cause };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))? {
            let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
            if path.extension().is_some_and(|extension| extension == "graphql") {
                paths.push(path);
            }
            if paths.len() > MAX_FILES {
                return Err(TrustedError::TooMuch { path: folder.to_owned(), what: "at most 10,000 files are read" });
            }
        }
        paths.sort();
        let mut trusted = Self::default();
        for path in paths {
            let mut text = String::new();
            let file = File::open(&path).map_err(|cause| unreadable(&path, cause))?;
            file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|cause| unreadable(&path, cause))?;
            if text.len() as u64 > MAX_BYTES {
                return Err(TrustedError::TooMuch { path, what: "at most 1 MiB is read" });
            }
            trusted.add(path, text.into());
        }
        if trusted.files.is_empty() { Err(TrustedError::Empty(folder.to_owned())) } else { Ok(trusted) }
    }

    fn add(&mut self, path: PathBuf, text: Arc<str>) {
        let trimmed: Arc<str> = text.trim().into();
        self.by_id.insert(DocumentId::of(&trimmed), trimmed);
        self.by_id.insert(DocumentId::of(&text), text.clone());
        self.files.push((path, text));
    }

    /// Every file with its text, by path.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files.iter().map(|(path, text)| (path.as_path(), &**text))
    }

    /// The text of a listed document: by its id, by its text (space around it aside), or by both where they agree.
    pub fn find(&self, query: Option<&str>, id: Option<DocumentId>) -> Option<&str> {
        let by_text = query.map(|text| self.by_id.get(&DocumentId::of(text.trim())));
        let by_id = id.map(|id| self.by_id.get(&id));
        match (by_text, by_id) {
            (Some(text), None) | (None, Some(text)) => text.map(|text| &**text),
            (Some(Some(text)), Some(Some(named))) if text.trim() == named.trim() => Some(named),
            _ => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
        folder
    }

    #[test]
    fn a_listed_document_is_found_by_text_and_by_id() {
        let folder = folder(&[("a.graphql", "{ a }\n"), ("b.graphql", "{ b }"), ("notes.txt", "{ c }")]);
        let trusted = Trusted::read(folder.path()).unwrap();
        let id = |text| Some(DocumentId::of(text));
        for (query, id, found) in [
            (Some("{ a }"), None, true),
            (Some("{ a }\n"), None, true),
            (Some("\n{ b }  "), None, true),
            (Some("{a}"), None, false),
            (Some("{ c }"), None, false),
            (None, id("{ a }"), true),
            (None, id("{ a }\n"), true),
            (None, id("{ c }"), false),
            (Some("{ a }"), id("{ a }\n"), true),
            (Some("{ a }"), id("{ b }"), false),
            (Some("{ c }"), id("{ a }"), false),
            (None, None, false),
        ] {
            assert_eq!(trusted.find(query, id).is_some(), found, "{query:?} {id:?}");
        }
    }

    #[test]
    fn a_folder_without_documents_is_refused() {
        let said = |folder: &Path| Trusted::read(folder).unwrap_err().to_string();
        let empty = folder(&[("a.gql", "{ a }")]);
        assert!(said(empty.path()).contains("has no file *.graphql"), "{}", said(empty.path()));
        let missing = empty.path().join("missing");
        assert!(said(&missing).contains("missing cannot be read"), "{}", said(&missing));
        let large = folder(&[("a.graphql", &"#".repeat((1 << 20) + 1))]);
        assert!(said(large.path()).contains("at most 1 MiB"), "{}", said(large.path()));
    }
}
