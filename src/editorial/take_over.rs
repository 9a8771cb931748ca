//! Taking over what the coordinator compiled about this State (product.md, States without an instance).

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{DeskError, Draft, EditorialDesk, Obstacle, OwnRecord};
use crate::{
    audit,
    record::{Audience, Kind, RecordKey, Sub},
    store::{Write, drafts, left_records},
};

/// A record of the coordinator, as it is shown here. It is read; nothing of it is changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// EntityId of the coordinator.
    pub iss: String,
    /// Its name there.
    pub sub: Sub,
    /// Its global id.
    pub key: RecordKey,
    /// Who may read it.
    pub audience: Audience,
    /// As the coordinator signed it.
    pub body: Map<String, Value>,
    /// Whether a published record of this State takes its place already.
    pub taken_over: bool,
}

/// Members that name records.
const REFERENCES: [&str; 3] = ["mechanism", "adoptedFrom", "documents"];

impl EditorialDesk<'_> {
    /// Makes a draft of this State out of a compiled record about it; the same again gives the same draft.
    ///
    /// # Errors
    /// [`DeskError::WrongState`] for a record that is not about this State, or was taken over already.
    pub async fn take_over(&self, compiled: &Compiled) -> Result<Draft, DeskError> {
        let kind = self.may_be_taken_over(compiled)?;
        let write = self.store.write().await?;
        let written = drafts::Entity::find().filter(drafts::Column::Replaces.eq(compiled.sub.as_str()));
        if let Some(draft) = written.one(write.connection()).await?.map(Draft::of).transpose()? {
            return match self.may_touch(&draft) {
                true => Ok(draft),
                false => Err(DeskError::WrongState(Obstacle::BeingWritten)),
            };
        }
        let record = OwnRecord::new(kind, Uuid::now_v7());
        let body = self.complete(&record, own_body(compiled))?;
        let draft = self.put_new(&write, &record, (compiled.audience, None), body, "draft.take-over").await?;
        self.leave_no_more(&write, compiled).await?;
        write.commit().await?;
        Ok(draft)
    }

    /// Says that a compiled record is left as it is; editors.
    ///
    /// # Errors
    /// As of [`Self::take_over`].
    pub async fn leave(&self, compiled: &Compiled) -> Result<(), DeskError> {
        self.must_edit()?;
        self.may_be_taken_over(compiled)?;
        let write = self.store.write().await?;
        let row = left_records::ActiveModel {
            sub: Set(compiled.sub.to_string()),
            left_by: Set(self.writer.name.to_string()),
            left_at: Set(self.now),
        };
        let keep = OnConflict::column(left_records::Column::Sub).do_nothing().to_owned();
        left_records::Entity::insert(row).on_conflict(keep).exec_without_returning(write.connection()).await?;
        audit::note(&write, &self.actor, self.now, "record.leave", Some(&compiled.key.to_string())).await?;
        write.commit().await?;
        Ok(())
    }

    /// Who takes over what was left has changed their mind.
    async fn leave_no_more(&self, write: &Write, compiled: &Compiled) -> Result<(), DeskError> {
        left_records::Entity::delete_by_id(compiled.sub.as_str()).exec(write.connection()).await?;
        Ok(())
    }

    fn may_be_taken_over(&self, compiled: &Compiled) -> Result<Kind, DeskError> {
        let about = compiled.body.get("country").and_then(Value::as_str);
        let own = self.speaker.country.as_ref().map(|country| country.as_str());
        let is_compiled = compiled.body.get("compiled") == Some(&Value::Bool(true));
        let kind = compiled.sub.kind().filter(|kind| *kind != Kind::Member);
        match kind {
            _ if compiled.taken_over => Err(DeskError::WrongState(Obstacle::TakenOver)),
            Some(kind) if is_compiled && own.is_some() && about == own => Ok(kind),
            _ => Err(DeskError::WrongState(Obstacle::NotToTakeOver)),
        }
    }
}

/// The body as this State would say it: not compiled any more, and with whose place it takes. What named a record of the
/// coordinator's own names it by its origin from now on.
fn own_body(compiled: &Compiled) -> Map<String, Value> {
    let named = |reference: &mut Value| {
        if let Value::String(sub) = reference {
            *reference = json!({"iss": compiled.iss, "sub": sub});
        }
    };
    let mut body = compiled.body.clone();
    body.shift_remove("compiled");
    for member in REFERENCES {
        match body.get_mut(member) {
            Some(Value::Array(references)) => references.iter_mut().for_each(named),
            Some(reference) => named(reference),
            None => {}
        }
    }
    body.insert("replaces".to_owned(), json!({"iss": compiled.iss, "sub": compiled.sub.as_str()}));
    body
}
