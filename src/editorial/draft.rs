//! A record being written.

use sea_orm::{ActiveValue::Set, DbErr};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Check, OwnRecord, checks};
use crate::{
    record::Audience,
    store::{StoreError, drafts},
};

/// How a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftState {
    /// Being written.
    Draft,
    /// Waits for an editor.
    InReview,
}

impl DraftState {
    /// Both states.
    pub const ALL: [Self; 2] = [Self::Draft, Self::InReview];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
        }
    }
}

/// A record being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Of the draft itself.
    pub id: Uuid,
    /// What it becomes.
    pub record: OwnRecord,
    /// Who will read it.
    pub audience: Audience,
    /// As it would be published (records.md), complete or not.
    pub body: Map<String, Value>,
    /// How it stands.
    pub state: DraftState,
    /// Goes up with each save: what the next change is made from.
    pub revision: u32,
    /// Revision of the record that it stands on; none for a new one.
    pub base_revision: Option<u32>,
    /// Whether the record was published anew, beside this draft, since somebody saved it last.
    pub overtaken: bool,
    /// Who began it.
    pub author: String,
    /// Who saved last.
    pub saved_by: String,
    /// When, in milliseconds.
    pub saved_at: i64,
    /// What an editor asked for when sending it back.
    pub comment: Option<String>,
}

impl Draft {
    /// What is to be mended in it: what is needed first, then what would help.
    pub fn checks(&self) -> Vec<Check> {
        checks(self.record.kind(), &self.body, self.overtaken)
    }

    pub(super) fn of(row: drafts::Model) -> Result<Self, StoreError> {
        let broken = || StoreError::Query(DbErr::Custom(format!("the draft {} cannot be read", row.id)));
        Ok(Self {
            id: Uuid::try_parse(&row.id).map_err(|_| broken())?,
            record: OwnRecord::of_draft(&row.sub).ok_or_else(broken)?,
            audience: Audience::parse(&row.audience).ok_or_else(broken)?,
            body: serde_json::from_str(&row.body).map_err(|_| broken())?,
            state: DraftState::ALL.into_iter().find(|state| state.as_str() == row.state).ok_or_else(broken)?,
            revision: row.revision.unsigned_abs(),
            base_revision: row.base_revision.map(i32::unsigned_abs),
            overtaken: row.overtaken,
            author: row.author,
            saved_by: row.saved_by,
            saved_at: row.saved_at,
            comment: row.comment,
        })
    }

    pub(super) fn row(&self) -> drafts::ActiveModel {
        drafts::ActiveModel {
            id: Set(self.id.to_string()),
            sub: Set(self.record.sub().to_string()),
            audience: Set(self.audience.as_str().to_owned()),
            body: Set(Value::Object(self.body.clone()).to_string()),
            state: Set(self.state.as_str().to_owned()),
            revision: Set(self.revision.cast_signed()),
            base_revision: Set(self.base_revision.map(u32::cast_signed)),
            overtaken: Set(self.overtaken),
            author: Set(self.author.clone()),
            saved_by: Set(self.saved_by.clone()),
            saved_at: Set(self.saved_at),
            comment: Set(self.comment.clone()),
            replaces: Set(self.replaced().map(str::to_owned)),
        }
    }

    /// `sub` of the coordinator's record that it takes the place of.
    fn replaced(&self) -> Option<&str> {
        self.body.get("replaces")?.get("sub")?.as_str()
    }
}
