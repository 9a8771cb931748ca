//! What every kind has: whom the record is about, its sources, and how records name each other.

use super::country::CountryCode;
use super::identity::Sub;
use super::language::LanguageTag;
use super::members::Members;
use super::rules::{BodyError, Ruled, boolean, country, language, reference, source};

/// The members common to all kinds (records.md).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Common {
    /// The State that the record is about; of an event, where it takes place.
    pub country: Option<CountryCode>,
    /// Where the record's content comes from.
    pub sources: Box<[Source]>,
    /// Put together from public sources by somebody else than the State; there is a source then.
    pub compiled: bool,
    /// The language that its texts were written in first.
    pub original_language: Option<LanguageTag>,
    /// The coordinator's compiled record that this one takes the place of.
    pub replaces: Option<Reference>,
}

/// A source or a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// At most 1,000 characters.
    pub title: Box<str>,
    /// http or https, at most 2,048 bytes.
    pub url: Option<Box<str>>,
}

/// How one record names another (records.md, `ref`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reference {
    /// A record of the same origin.
    Own(Sub),
    /// A record of the origin `iss`. One that was the coordinator's means the coordinator of now.
    Of {
        /// The origin's entityId, as the body names it.
        iss: Box<str>,
        /// The record.
        sub: Sub,
    },
}

impl Reference {
    /// The origin that is meant; `own` is that of the record which holds the reference.
    pub fn issuer<'a>(&'a self, own: &'a str) -> &'a str {
        match self {
            Reference::Own(_) => own,
            Reference::Of { iss, .. } => iss,
        }
    }

    /// The record that is meant, at its origin.
    pub fn sub(&self) -> &Sub {
        match self {
            Reference::Own(sub) | Reference::Of { sub, .. } => sub,
        }
    }
}

pub(super) fn decode(members: Members<'_>) -> Ruled<Common> {
    let common = Common {
        country: members.optional("country", country)?,
        sources: members.list("sources", source)?,
        compiled: members.optional("compiled", boolean)?.unwrap_or(false),
        original_language: members.optional("originalLanguage", language)?,
        replaces: members.optional("replaces", reference)?,
    };
    if common.compiled && common.sources.is_empty() {
        return Err(BodyError::new("has no source, but the record is compiled").within("sources"));
    }
    Ok(common)
}
