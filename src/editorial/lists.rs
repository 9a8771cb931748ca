//! Which drafts there are: a contributor sees the own ones, an editor all, newest save first.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{Draft, DraftState, EditorialDesk, OwnRecord};
use crate::{
    record::RecordKey,
    store::{Store, StoreError, drafts, left_records},
};

/// Place of a draft in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftPlace {
    /// When it was saved last, in milliseconds.
    pub saved_at: i64,
    /// Its id.
    pub id: Uuid,
}

impl DraftPlace {
    /// The place of a draft.
    pub fn of(draft: &Draft) -> Self {
        Self { saved_at: draft.saved_at, id: draft.id }
    }
}

/// Which part of the list: from its end where `backwards`.
#[derive(Clone, Copy, Debug, Default)]
pub struct DraftWindow {
    /// Most drafts.
    pub most: u64,
    /// Whether the last ones are wanted.
    pub backwards: bool,
    /// Only what comes after this place.
    pub after: Option<DraftPlace>,
    /// Only what comes before this place.
    pub before: Option<DraftPlace>,
}

/// A part of the list.
#[derive(Clone, Debug, Default)]
pub struct DraftPage {
    /// In the order of the list.
    pub drafts: Vec<Draft>,
    /// Whether some come before.
    pub has_previous: bool,
    /// Whether more follow.
    pub has_next: bool,
}

impl EditorialDesk<'_> {
    /// The drafts that this person may see; only of these states if there are any.
    pub async fn drafts(&self, states: &[DraftState], window: DraftWindow) -> Result<DraftPage, StoreError> {
        use drafts::Column::{Id, SavedAt};
        let mut query = self.visible(states);
        if let Some(place) = window.after {
            query = query.filter(beyond(place, false));
        }
        if let Some(place) = window.before {
            query = query.filter(beyond(place, true));
        }
        query = match window.backwards {
            true => query.order_by_asc(SavedAt).order_by_asc(Id),
            false => query.order_by_desc(SavedAt).order_by_desc(Id),
        };
        let rows = query.limit(window.most + 1).all(self.store.read()).await?;
        let more = rows.len() as u64 > window.most;
        let most = usize::try_from(window.most).unwrap_or(usize::MAX);
        let mut drafts = rows.into_iter().take(most).map(Draft::of).collect::<Result<Vec<_>, _>>()?;
        if window.backwards {
            drafts.reverse();
        }
        let (has_previous, has_next) = match window.backwards {
            true => (more, window.before.is_some()),
            false => (window.after.is_some(), more),
        };
        Ok(DraftPage { drafts, has_previous, has_next })
    }

    /// How many there are, wherever a page stands.
    pub async fn count(&self, states: &[DraftState]) -> Result<u64, StoreError> {
        Ok(self.visible(states).count(self.store.read()).await?)
    }

    /// A draft by its own id, if this person may see it.
    pub async fn draft(&self, id: Uuid) -> Result<Option<Draft>, StoreError> {
        let row = drafts::Entity::find_by_id(id.to_string()).one(self.store.read()).await?;
        let draft = row.map(Draft::of).transpose()?;
        Ok(draft.filter(|draft| self.may_touch(draft)))
    }

    /// The draft of a record, if this person may see it.
    pub async fn draft_of(&self, record: &OwnRecord) -> Result<Option<Draft>, StoreError> {
        let query = drafts::Entity::find().filter(drafts::Column::Sub.eq(record.sub().as_str()));
        let draft = query.one(self.store.read()).await?.map(Draft::of).transpose()?;
        Ok(draft.filter(|draft| self.may_touch(draft)))
    }

    fn visible(&self, states: &[DraftState]) -> Select<drafts::Entity> {
        let mut query = drafts::Entity::find();
        if !self.is_editor() {
            query = query.filter(drafts::Column::Author.eq(&*self.writer.name));
        }
        if !states.is_empty() {
            query = query.filter(drafts::Column::State.is_in(states.iter().map(|state| state.as_str())));
        }
        query
    }
}

/// What the newest-first list has after a place, or before it.
fn beyond(place: DraftPlace, before: bool) -> Condition {
    use drafts::Column::{Id, SavedAt};
    let id = place.id.to_string();
    let (elsewhen, same) = match before {
        true => (SavedAt.gt(place.saved_at), Id.gt(id)),
        false => (SavedAt.lt(place.saved_at), Id.lt(id)),
    };
    Condition::any().add(elsewhen).add(Condition::all().add(SavedAt.eq(place.saved_at)).add(same))
}

/// The record of a draft by the key that it has or will have; `issuer` as at [`EditorialDesk::new`].
pub async fn being_written(store: &Store, issuer: &str, key: RecordKey) -> Result<Option<OwnRecord>, StoreError> {
    let subs: Vec<String> =
        drafts::Entity::find().select_only().column(drafts::Column::Sub).into_tuple().all(store.read()).await?;
    // Keys are not kept: a handover gives records others, and drafts are few.
    let mut records = subs.iter().filter_map(|sub| OwnRecord::of_draft(sub));
    Ok(records.find(|record| RecordKey::of(issuer, record.sub()) == key))
}

/// Names of the coordinator's records that this State leaves as they are, or writes its own drafts of.
pub async fn settled(store: &Store) -> Result<HashSet<String>, StoreError> {
    let left: Vec<String> = left_records::Entity::find()
        .select_only()
        .column(left_records::Column::Sub)
        .into_tuple()
        .all(store.read())
        .await?;
    let written: Vec<Option<String>> = drafts::Entity::find()
        .select_only()
        .column(drafts::Column::Replaces)
        .filter(drafts::Column::Replaces.is_not_null())
        .into_tuple()
        .all(store.read())
        .await?;
    Ok(left.into_iter().chain(written.into_iter().flatten()).collect())
}
