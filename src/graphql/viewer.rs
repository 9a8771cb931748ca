//! Who asks, as the schema tells it.

use async_graphql::{Context, Enum, Object, Result};

use super::{
    editing::{self, DraftConnection, DraftState},
    lists::Paging,
    reading::Reading,
    scalars::LanguageTag,
    search::SearchConnection,
};
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

    /// Drafts the viewer may see: a contributor the own ones, an editor all.
    async fn drafts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these states.")] states: Option<Vec<DraftState>>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<DraftConnection>> {
        editing::list(ctx, states, Paging { first, after, last, before }).await
    }

    /// Compiled records about this State that it has neither taken over nor left.
    async fn records_to_take_over<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<SearchConnection<'c>>> {
        editing::to_take_over(ctx, Paging { first, after, last, before }).await
    }
}
