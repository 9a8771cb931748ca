//! Who asks, as the schema tells it.

use async_graphql::{Enum, Object};

use super::{reading::Reading, scalars::LanguageTag};
use crate::access;

/// Roles of staff.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "access::Role")]
pub enum Role {
    /// Reads what is for the network.
    Reader,
    /// Writes drafts.
    Contributor,
    /// Publishes.
    Editor,
    /// Runs the instance.
    Administrator,
    /// Keeps the register; on the coordinator's instance.
    Coordinator,
}

/// Somebody who is signed in.
#[derive(Clone, Copy)]
pub struct Viewer<'a> {
    pub(super) reading: &'a Reading,
    pub(super) person: &'a access::Person,
}

impl<'a> Viewer<'a> {
    pub(super) fn of(reading: &'a Reading) -> Option<Self> {
        Some(Self { reading, person: reading.asker.person.as_ref()? })
    }
}

/// Who asks.
#[Object(serial)]
impl<'a> Viewer<'a> {
    /// Name or subject of the token.
    async fn name(&self) -> &'a str {
        &self.person.name
    }

    /// Roles here; each includes those before it, `COORDINATOR` includes `ADMINISTRATOR`.
    async fn role(&self) -> Role {
        self.person.role.into()
    }

    /// Language preferred.
    async fn language(&self) -> Option<LanguageTag> {
        self.person.language.clone().or_else(|| self.reading.languages().first().cloned()).map(LanguageTag)
    }
}
