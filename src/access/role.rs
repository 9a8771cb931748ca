//! Roles of staff: each has the rights of those before it.

use std::sync::Arc;

use crate::record::LanguageTag;

/// What a person may do here; the greater includes the lesser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads what is for the network.
    Reader,
    /// Writes drafts.
    Contributor,
    /// Publishes.
    Editor,
    /// Runs the instance.
    Administrator,
    /// Keeps the register; on the coordinator's instance alone.
    Coordinator,
}

impl Role {
    /// Every role, from the least to the greatest.
    pub const ALL: [Self; 5] = [Self::Reader, Self::Contributor, Self::Editor, Self::Administrator, Self::Coordinator];

    /// The word of configuration, commands and tokens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Contributor => "contributor",
            Self::Editor => "editor",
            Self::Administrator => "administrator",
            Self::Coordinator => "coordinator",
        }
    }

    /// The role of a word, written exactly so.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Name of the account, or subject of the token; of a provider's token with the issuer's host, port and path behind
    /// an `@`.
    pub name: Arc<str>,
    /// What they may do.
    pub role: Role,
    /// The language that they prefer, where it is known.
    pub language: Option<LanguageTag>,
}
