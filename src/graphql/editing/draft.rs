//! A draft as the schema shows it.

use async_graphql::{Context, Enum, ID, Object};
use uuid::Uuid;

use super::at_desk::AtDesk;
use crate::access::Role;
use crate::editorial::{self, Check};
use crate::graphql::records::{Audience, RecordKind};
use crate::graphql::scalars::{DateTime, RecordId};
use crate::record::RecordKey;

/// What ids of drafts begin with.
const PREFIX: &str = "draft:";

/// A draft, and in which language its checks are said.
pub struct Draft {
    draft: editorial::Draft,
    key: RecordKey,
    language: &'static str,
}

impl Draft {
    pub(super) fn of(draft: editorial::Draft, desk: &AtDesk<'_>) -> Self {
        Self { key: desk.desk.key(draft.record.sub()), draft, language: desk.language }
    }
}

/// A draft by its own id; none for who may not see it.
pub(in crate::graphql) async fn one(ctx: &Context<'_>, id: &str) -> Option<Draft> {
    let id = id.strip_prefix(PREFIX).filter(|id| id.len() == 36).and_then(|id| Uuid::try_parse(id).ok())?;
    let desk = AtDesk::by(ctx, Role::Contributor).ok()?;
    let draft = desk.desk.draft(id).await.ok()??;
    Some(Draft::of(draft, &desk))
}

/// A record being written; local, never in a journal.
#[Object(serial)]
impl Draft {
    /// Global id of the draft itself.
    async fn id(&self) -> ID {
        ID(format!("{PREFIX}{}", self.draft.id))
    }

    /// The id that the record has or will have.
    async fn record_id(&self) -> RecordId {
        RecordId(self.key)
    }

    /// Kind of record.
    async fn kind(&self) -> RecordKind {
        self.draft.record.kind().into()
    }

    /// State.
    async fn state(&self) -> DraftState {
        self.draft.state.into()
    }

    /// Counts saves, from 1: the `expectedRevision` of the next change.
    async fn revision(&self) -> u32 {
        self.draft.revision
    }

    /// The record as it would be published, JSON of records.md.
    async fn body(&self) -> String {
        serde_json::Value::Object(self.draft.body.clone()).to_string()
    }

    /// Audience it will have.
    async fn audience(&self) -> Audience {
        self.draft.audience.into()
    }

    /// Revision of the record that it started from; null for a new one.
    async fn base_revision(&self) -> Option<u32> {
        self.draft.base_revision
    }

    /// Who began it: whose own it is.
    async fn author(&self) -> &str {
        &self.draft.author
    }

    /// Who saved last.
    async fn saved_by(&self) -> &str {
        &self.draft.saved_by
    }

    /// When.
    async fn saved_at(&self) -> DateTime {
        DateTime(self.draft.saved_at)
    }

    /// What an editor asked for when sending it back.
    async fn comment(&self) -> Option<&str> {
        self.draft.comment.as_deref()
    }

    /// What is missing: needed stops a submit, helpful does not.
    async fn checks(&self) -> Vec<DraftCheck> {
        let language = self.language;
        self.draft.checks().into_iter().map(|check| DraftCheck { check, language }).collect()
    }
}

/// States of a draft.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "editorial::DraftState")]
pub enum DraftState {
    /// Being written.
    Draft,
    /// Waits for an editor.
    InReview,
}

/// A check and the language that it is said in.
pub struct DraftCheck {
    check: Check,
    language: &'static str,
}

/// Something to mend in a draft.
#[Object(serial)]
impl DraftCheck {
    /// Path in the body, for example `summary.fr`.
    async fn field(&self) -> &str {
        &self.check.field
    }

    /// Whether it stops a submit.
    async fn needed(&self) -> bool {
        self.check.needed
    }

    /// What to do, in the viewer's language.
    async fn message(&self) -> String {
        self.check.message(self.language)
    }
}
