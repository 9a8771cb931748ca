//! One person at the desk, and what every change there has in common.

use std::sync::Arc;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::{Map, Value};

use super::{Check, Conflict, DeskError, Draft, OwnRecord, Sort, differences};
use crate::{
    audit::{self, Actor},
    journal::{publish::Author, revision},
    record::{self, RecordKey, Speaker, Sub},
    store::{Store, StoreError, Write, draft_numbers, drafts},
};

/// What somebody may do at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rights {
    /// Writes drafts.
    Contributor,
    /// Publishes, and changes every draft.
    Editor,
}

/// Who sits at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    /// Whose the own drafts are.
    pub name: Arc<str>,
    /// What they may do.
    pub rights: Rights,
}

/// The desk with one person at it, at one time.
pub struct EditorialDesk<'a> {
    pub(super) store: &'a Store,
    pub(super) author: Arc<Author>,
    pub(super) speaker: Speaker,
    pub(super) issuer: Box<str>,
    pub(super) writer: Writer,
    pub(super) actor: Actor,
    pub(super) now: i64,
}

impl<'a> EditorialDesk<'a> {
    /// `issuer`: what stands in the keys of this instance's records, its entityId or [`RecordKey::COORDINATOR`]; `now` in
    /// milliseconds.
    pub fn new(
        store: &'a Store,
        (author, speaker, issuer): (Arc<Author>, Speaker, &str),
        (writer, actor): (Writer, Actor),
        now: i64,
    ) -> Self {
        Self { store, author, speaker, issuer: issuer.into(), writer, actor, now }
    }

    /// The global id that a record of this instance has or will have.
    pub fn key(&self, sub: &Sub) -> RecordKey {
        RecordKey::of(&self.issuer, sub)
    }

    pub(super) fn is_editor(&self) -> bool {
        self.writer.rights == Rights::Editor
    }

    pub(super) fn must_edit(&self) -> Result<(), DeskError> {
        if self.is_editor() { Ok(()) } else { Err(DeskError::Forbidden(Rights::Editor)) }
    }

    /// Whether this person sees and changes a draft: its author and every editor.
    pub(super) fn may_touch(&self, draft: &Draft) -> bool {
        self.is_editor() || self.is_author(draft)
    }

    pub(super) fn is_author(&self, draft: &Draft) -> bool {
        *draft.author == *self.writer.name
    }

    /// A draft that this person may change and has seen as it is; what was `sent` tells what would differ.
    pub(super) async fn seen(
        &self,
        write: &Write,
        record: &OwnRecord,
        expected: u32,
        sent: impl FnOnce(&Draft) -> Map<String, Value>,
    ) -> Result<Draft, DeskError> {
        let draft = draft_of(write, record).await?.filter(|draft| self.may_touch(draft)).ok_or(DeskError::NotFound)?;
        match draft.revision == expected {
            true => Ok(draft),
            false => {
                let differences = differences(&draft.body, &sent(&draft));
                Err(DeskError::Conflict(Conflict { current_revision: draft.revision, differences }))
            }
        }
    }

    /// Brings a body into the form in which it would be published, as far as it goes (records.md, writers).
    pub(super) fn complete(
        &self,
        record: &OwnRecord,
        body: Map<String, Value>,
    ) -> Result<Map<String, Value>, DeskError> {
        let mut body = Value::Object(body);
        record::normalize(&mut body);
        if !revision::fits(&body) {
            let check = Check::needed("", Sort::TooLong, "draft-check-body-too-long", "");
            return Err(DeskError::Refused(vec![check]));
        }
        let Value::Object(mut members) = body else { return Ok(Map::new()) };
        match self.speaker.complete(record.kind(), &mut members) {
            Ok(()) => Ok(members),
            Err(record::SpeakerError::ForeignCountry { own }) => {
                let check = Check::needed("country", Sort::Invalid, "draft-check-foreign-country", own);
                Err(DeskError::Refused(vec![check]))
            }
            Err(record::SpeakerError::NotTheRegister) => Err(DeskError::NotFound),
        }
    }

    /// The line of the audit log.
    pub(super) async fn note(&self, write: &Write, action: &str, sub: &Sub) -> Result<(), StoreError> {
        audit::note(write, &self.actor, self.now, action, Some(&self.key(sub).to_string())).await
    }
}

/// The draft of a record, if there is one.
pub(super) async fn draft_of(write: &Write, record: &OwnRecord) -> Result<Option<Draft>, StoreError> {
    let query = drafts::Entity::find().filter(drafts::Column::Sub.eq(record.sub().as_str()));
    query.one(write.connection()).await?.map(Draft::of).transpose()
}

/// Ends a draft; the next one of its record counts on from there. False where it is not as it was seen.
pub(super) async fn end(write: &Write, sub: &str, revision: u32) -> Result<bool, StoreError> {
    let gone = drafts::Entity::delete_many()
        .filter(drafts::Column::Sub.eq(sub))
        .filter(drafts::Column::Revision.eq(revision.cast_signed()))
        .exec(write.connection())
        .await?;
    if gone.rows_affected == 0 {
        return Ok(false);
    }
    let last = draft_numbers::ActiveModel { sub: Set(sub.to_owned()), last: Set(revision.cast_signed()) };
    let replace = OnConflict::column(draft_numbers::Column::Sub).update_column(draft_numbers::Column::Last).to_owned();
    draft_numbers::Entity::insert(last).on_conflict(replace).exec_without_returning(write.connection()).await?;
    Ok(true)
}

/// The number of a new draft: 1 for a new record; else greater than those of earlier drafts, and than the revision that
/// is published and the one that this draft would become.
pub(super) async fn first_number(write: &Write, record: &OwnRecord, base: Option<u32>) -> Result<u32, StoreError> {
    let last = draft_numbers::Entity::find_by_id(record.sub().as_str()).one(write.connection()).await?;
    let last = last.map(|row| row.last.unsigned_abs());
    Ok(last.max(base.map(|base| base + 1)).map_or(1, |taken| taken + 1))
}
