//! Beginning and saving.

use sea_orm::ActiveModelTrait;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    Check, Conflict, DeskError, Draft, DraftState, EditorialDesk, Obstacle, OwnRecord, Patch, Sort,
    desk::{draft_of, first_number},
    differences,
    present::{Present, present},
};
use crate::{record::Audience, store::Write};

impl EditorialDesk<'_> {
    /// Begins a record. The same record again changes nothing: it gives its draft, or none where it is published.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for a draft that this person may not see, [`DeskError::WrongState`] for a withdrawn record,
    /// [`DeskError::Refused`].
    pub async fn begin(&self, record: &OwnRecord, patch: &Patch) -> Result<Option<Draft>, DeskError> {
        let write = self.store.write().await?;
        if let Some(draft) = draft_of(&write, record).await? {
            return if self.may_touch(&draft) { Ok(Some(draft)) } else { Err(DeskError::NotFound) };
        }
        match present(self.store, &self.author.entity_id, record.sub()).await? {
            Some(Present { body: None, .. }) => return Err(DeskError::WrongState(Obstacle::Withdrawn)),
            Some(_) => return Ok(None),
            None => {}
        }
        let audience = patch.audience.unwrap_or(Audience::Public);
        let body = self.complete(record, applied(patch, Map::new()))?;
        let draft = self.put_new(&write, record, (audience, None), body, "draft.begin").await?;
        write.commit().await?;
        Ok(Some(draft))
    }

    /// Saves changes: of the draft, or of one that is begun now from the published record. `expected` is the number of what
    /// was changed: of the draft, else of the published revision.
    ///
    /// # Errors
    /// [`DeskError::Conflict`] when that is not what is stored; what is stored stays.
    pub async fn save(&self, record: &OwnRecord, patch: &Patch, expected: u32) -> Result<Draft, DeskError> {
        let write = self.store.write().await?;
        let published = present(self.store, &self.author.entity_id, record.sub()).await?;
        let draft = match draft_of(&write, record).await? {
            Some(draft) if !self.may_touch(&draft) => {
                // Who may not see the draft learns no more than that the published record is taken.
                return Err(match published {
                    Some(_) => DeskError::WrongState(Obstacle::BeingWritten),
                    None => DeskError::NotFound,
                });
            }
            Some(_) => self.save_draft(&write, record, patch, expected, published.is_some()).await?,
            None => self.save_anew(&write, record, patch, expected, published.ok_or(DeskError::NotFound)?).await?,
        };
        write.commit().await?;
        Ok(draft)
    }

    async fn save_draft(
        &self,
        write: &Write,
        record: &OwnRecord,
        patch: &Patch,
        expected: u32,
        is_published: bool,
    ) -> Result<Draft, DeskError> {
        let sent = |draft: &Draft| {
            let changed = applied(patch, draft.body.clone());
            self.complete(record, changed.clone()).unwrap_or(changed)
        };
        let mut draft = self.seen(write, record, expected, sent).await?;
        draft.body = self.complete(record, applied(patch, draft.body))?;
        let wanted = patch.audience.unwrap_or(draft.audience);
        draft.audience = same_journal(wanted, draft.audience, is_published)?;
        draft.revision += 1;
        draft.overtaken = false;
        if !self.is_editor() {
            draft.state = DraftState::Draft;
        }
        draft.saved_by = self.writer.name.to_string();
        draft.saved_at = self.now;
        self.put(write, &draft, "draft.save").await?;
        Ok(draft)
    }

    /// The first save of a draft from the published record.
    async fn save_anew(
        &self,
        write: &Write,
        record: &OwnRecord,
        patch: &Patch,
        expected: u32,
        published: Present,
    ) -> Result<Draft, DeskError> {
        let Present { audience, number, body: Some(stored) } = published else {
            return Err(DeskError::WrongState(Obstacle::Withdrawn));
        };
        let changed = applied(patch, stored.clone());
        if number != expected {
            let differences = differences(&stored, &self.complete(record, changed.clone()).unwrap_or(changed));
            return Err(DeskError::Conflict(Conflict { current_revision: number, differences }));
        }
        let audience = same_journal(patch.audience.unwrap_or(audience), audience, true)?;
        let body = self.complete(record, changed)?;
        self.put_new(write, record, (audience, Some(number)), body, "draft.begin").await
    }

    /// Puts a new draft of this person in place.
    pub(super) async fn put_new(
        &self,
        write: &Write,
        record: &OwnRecord,
        (audience, base_revision): (Audience, Option<u32>),
        body: Map<String, Value>,
        action: &str,
    ) -> Result<Draft, DeskError> {
        let name = self.writer.name.to_string();
        let draft = Draft {
            id: Uuid::now_v7(),
            record: record.clone(),
            audience,
            body,
            state: DraftState::Draft,
            revision: first_number(write, record, base_revision).await?,
            base_revision,
            overtaken: false,
            author: name.clone(),
            saved_by: name,
            saved_at: self.now,
            comment: None,
        };
        draft.row().insert(write.connection()).await?;
        self.note(write, action, record.sub()).await?;
        Ok(draft)
    }

    /// Puts a changed draft in place of what was there.
    pub(super) async fn put(&self, write: &Write, draft: &Draft, action: &str) -> Result<(), DeskError> {
        draft.row().update(write.connection()).await?;
        self.note(write, action, draft.record.sub()).await?;
        Ok(())
    }
}

fn applied(patch: &Patch, mut body: Map<String, Value>) -> Map<String, Value> {
    patch.apply(&mut body);
    body
}

/// A published record never changes its journal.
fn same_journal(wanted: Audience, standing: Audience, is_published: bool) -> Result<Audience, DeskError> {
    match is_published && wanted != standing {
        true => {
            let check = Check::needed("audience", Sort::Invalid, "draft-check-audience-fixed", "");
            Err(DeskError::Refused(vec![check]))
        }
        false => Ok(wanted),
    }
}
