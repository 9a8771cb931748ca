//! Somebody of the staff at the desk, in one request.

use async_graphql::{Context, Result};

use super::draft::Draft;
use super::payload::RecordPayload;
use crate::access::Role;
use crate::editorial::{self, DeskError, EditorialDesk, Mistake, OwnRecord, Target};
use crate::graphql::changing::{Changing, error, failed, forbidden, language};
use crate::graphql::code::Code;
use crate::graphql::interfaces::Record;
use crate::graphql::reading::Reading;
use crate::graphql::user_error::UserError;
use crate::record::{Kind, RecordKey};
use crate::texts;

/// The desk, who sits there, and in which language they are answered.
pub(super) struct AtDesk<'c> {
    pub(super) changing: Changing<'c>,
    pub(super) desk: EditorialDesk<'c>,
    pub(super) language: &'static str,
}

impl<'c> AtDesk<'c> {
    /// # Errors
    /// UNAUTHENTICATED for nobody, FORBIDDEN for somebody without the right.
    pub(super) fn by(ctx: &Context<'c>, role: Role) -> Result<Self> {
        let changing = Changing::by(ctx, role.max(Role::Contributor))?;
        let desk = changing.hub.editorial_desk(changing.person, changing.actor());
        let language = language(changing.reading);
        let desk = desk.ok_or_else(|| error(Code::Forbidden, texts::say(language, "not-found", None)))?;
        Ok(Self { changing, desk, language })
    }

    /// The own record of an id, of this kind if one is wanted; else what is said of the id.
    pub(super) async fn own(&self, id: &str, kind: Option<Kind>) -> Result<Result<OwnRecord, RecordPayload<'c>>> {
        let target = self.changing.hub.target(id).await.map_err(failed)?;
        Ok(match target {
            Some(Target::Own(record)) if kind.is_none_or(|kind| kind == record.kind()) => Ok(record),
            Some(Target::Foreign(origin)) => Err(self.foreign(id, &origin)),
            _ => Err(RecordPayload::refused(self.told(&DeskError::NotFound)?)),
        })
    }

    /// Another origin's record: it is shown, and says who can change it.
    fn foreign(&self, id: &str, origin: &str) -> RecordPayload<'c> {
        let mut payload = RecordPayload::refused(vec![Mistake::foreign(origin, self.language).into()]);
        payload.record = RecordKey::parse(id).and_then(|key| shown(self.changing.reading, key));
        payload
    }

    /// What became of a change to a record of this instance.
    pub(super) async fn outcome(
        &self,
        record: &OwnRecord,
        done: Result<Option<editorial::Draft>, DeskError>,
    ) -> Result<RecordPayload<'c>> {
        let mut payload = match done {
            Ok(draft) => RecordPayload { draft: draft.map(|draft| Draft::of(draft, self)), ..RecordPayload::default() },
            Err(fault) => {
                let mut payload = RecordPayload::refused(self.told(&fault)?);
                if let DeskError::Conflict(conflict) = fault {
                    payload.current_revision = Some(conflict.current_revision);
                    payload.differences = conflict.differences.into_iter().map(Into::into).collect();
                }
                let draft = self.desk.draft_of(record).await.map_err(failed)?;
                payload.draft = draft.map(|draft| Draft::of(draft, self));
                payload
            }
        };
        payload.record = shown(self.changing.seen().await, self.desk.key(record.sub()));
        Ok(payload)
    }

    /// What is said of a refusal.
    ///
    /// # Errors
    /// What the person cannot mend.
    pub(super) fn told(&self, fault: &DeskError) -> Result<Vec<UserError>> {
        match (fault.mistakes(self.language), fault) {
            (Some(mistakes), _) => Ok(mistakes.into_iter().map(Into::into).collect()),
            (None, DeskError::Forbidden(_)) => Err(forbidden(self.language, Role::Editor)),
            (None, fault) => Err(failed(fault)),
        }
    }
}

fn shown(reading: &Reading, key: RecordKey) -> Option<Record<'_>> {
    Record::of(reading.snapshot.record(key, reading.viewer())?, reading.moment())
}

impl From<Mistake> for UserError {
    fn from(mistake: Mistake) -> Self {
        Self { field: mistake.field, code: mistake.code.into(), message: mistake.message }
    }
}
