//! Between author and editor: handing in, sending back, throwing away.

use serde_json::Map;

use super::{Check, DeskError, Draft, DraftState, EditorialDesk, Obstacle, OwnRecord, Sort, checks::needed, desk::end};
use crate::record;

/// Characters of a comment.
const LONGEST_COMMENT: usize = 5_000;

impl EditorialDesk<'_> {
    /// Hands a draft to the editors. One that is in review already stays so.
    ///
    /// # Errors
    /// [`DeskError::Refused`] with what is needed, [`DeskError::Conflict`].
    pub async fn submit(&self, record: &OwnRecord, expected: u32) -> Result<Draft, DeskError> {
        let write = self.store.write().await?;
        let mut draft = self.seen(&write, record, expected, |draft| draft.body.clone()).await?;
        if draft.state == DraftState::InReview {
            return Ok(draft);
        }
        refuse_unfinished(&draft)?;
        draft.state = DraftState::InReview;
        draft.comment = None;
        self.put(&write, &draft, "draft.submit").await?;
        write.commit().await?;
        Ok(draft)
    }

    /// Sends a draft in review back to its author with what to change; editors.
    ///
    /// # Errors
    /// [`DeskError::WrongState`] for one that is not in review, [`DeskError::Refused`] without a comment.
    pub async fn return_to_author(&self, record: &OwnRecord, comment: &str, expected: u32) -> Result<Draft, DeskError> {
        self.must_edit()?;
        let comment = readable(comment)?;
        let write = self.store.write().await?;
        let mut draft = self.seen(&write, record, expected, |draft| draft.body.clone()).await?;
        if draft.state != DraftState::InReview {
            return Err(DeskError::WrongState(Obstacle::NotInReview));
        }
        draft.state = DraftState::Draft;
        draft.comment = Some(comment);
        self.put(&write, &draft, "draft.return").await?;
        write.commit().await?;
        Ok(draft)
    }

    /// Throws a draft away; the published record stays.
    pub async fn discard(&self, record: &OwnRecord, expected: u32) -> Result<(), DeskError> {
        let write = self.store.write().await?;
        let draft = self.seen(&write, record, expected, |_| Map::new()).await?;
        end(&write, record.sub().as_str(), draft.revision).await?;
        self.note(&write, "draft.discard", record.sub()).await?;
        write.commit().await?;
        Ok(())
    }
}

/// What is needed must be there.
pub(super) fn refuse_unfinished(draft: &Draft) -> Result<(), DeskError> {
    let missing = needed(draft.record.kind(), &draft.body);
    if missing.is_empty() { Ok(()) } else { Err(DeskError::Refused(missing)) }
}

/// A comment as it may be shown, by the rules of texts in records.
fn readable(comment: &str) -> Result<String, DeskError> {
    let mut text = serde_json::Value::from(comment.trim());
    record::normalize(&mut text);
    let text = text.as_str().unwrap_or_default().to_owned();
    let refuse =
        |sort, message, detail: String| Err(DeskError::Refused(vec![Check::needed("comment", sort, message, detail)]));
    if text.is_empty() {
        return refuse(Sort::Required, "draft-check-missing", String::new());
    }
    if text.chars().count() > LONGEST_COMMENT {
        return refuse(Sort::TooLong, "draft-check-too-long", LONGEST_COMMENT.to_string());
    }
    if !record::is_showable(&text) {
        return refuse(Sort::Invalid, "draft-check-unshowable", String::new());
    }
    Ok(text)
}
