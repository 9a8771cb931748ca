//! The audit log: who did what, when, from where. A line is written in the transaction of what it tells, so that neither
//! is there without the other. Nothing here changes or deletes one.

use std::{net::IpAddr, sync::Arc};

use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::store::{Store, StoreError, Write, audit_entries};

pub use crate::store::audit_entries::Model as AuditEntry;

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// An account's name or the subject of a token.
    pub name: Arc<str>,
    /// From which address; none for a command.
    pub address: Option<IpAddr>,
}

impl Actor {
    /// Who types commands on the machine itself.
    pub fn operator() -> Self {
        Self { name: "operator".into(), address: None }
    }

    /// The hub itself, where it does what somebody decided before (a key retired, a compiled record replaced).
    pub fn hub() -> Self {
        Self { name: "hub".into(), address: None }
    }
}

/// Writes a line. `action` is an English word or two joined by a dot, for example `practice.publish`; `target` a record's
/// id, an entityId or a user's name, never personal data nor a secret. `now` in milliseconds.
pub async fn note(
    write: &Write,
    actor: &Actor,
    now: i64,
    action: &str,
    target: Option<&str>,
) -> Result<(), StoreError> {
    note_why(write, actor, now, action, target, None).await
}

/// The same with the reason that was given, bounded and checked by who took it.
pub async fn note_why(
    write: &Write,
    actor: &Actor,
    now: i64,
    action: &str,
    target: Option<&str>,
    detail: Option<&str>,
) -> Result<(), StoreError> {
    let line = audit_entries::ActiveModel {
        id: NotSet,
        at: Set(now),
        actor: Set(actor.name.to_string()),
        address: Set(actor.address.map(|address| address.to_string())),
        action: Set(action.to_owned()),
        target: Set(target.map(str::to_owned)),
        detail: Set(detail.map(str::to_owned)),
    };
    line.insert(write.connection()).await?;
    Ok(())
}

/// A line in a transaction of its own: for what changes nothing else, such as a reading that is logged.
pub async fn note_alone(
    store: &Store,
    actor: &Actor,
    now: i64,
    action: &str,
    target: Option<&str>,
) -> Result<(), StoreError> {
    let write = store.write().await?;
    note(&write, actor, now, action, target).await?;
    write.commit().await?;
    Ok(())
}

/// Which lines.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// Only of this actor.
    pub actor: Option<&'a str>,
    /// Only on this target.
    pub target: Option<&'a str>,
    /// Only of actions that begin so: `peer` has all of peers.
    pub action: Option<&'a str>,
    /// Only from then on, in milliseconds.
    pub since: Option<i64>,
    /// Only before then, in milliseconds.
    pub until: Option<i64>,
    /// Only older lines than the one with this id.
    pub before: Option<i32>,
    /// Only newer lines than the one with this id.
    pub after: Option<i32>,
    /// From the oldest on; else from the newest back.
    pub oldest_first: bool,
}

/// At most `most` lines.
pub async fn lines(store: &Store, wanted: &Wanted<'_>, most: u64) -> Result<Vec<AuditEntry>, StoreError> {
    use audit_entries::Column;
    let mut query = narrowed(wanted);
    query = match wanted.oldest_first {
        true => query.order_by_asc(Column::Id),
        false => query.order_by_desc(Column::Id),
    };
    Ok(query.limit(most).all(store.read()).await?)
}

/// How many lines there are, wherever a page stands.
pub async fn count(store: &Store, wanted: &Wanted<'_>) -> Result<u64, StoreError> {
    use sea_orm::PaginatorTrait;
    Ok(narrowed(&Wanted { before: None, after: None, ..wanted.clone() }).count(store.read()).await?)
}

fn narrowed(wanted: &Wanted<'_>) -> sea_orm::Select<audit_entries::Entity> {
    use audit_entries::Column;
    let mut query = audit_entries::Entity::find();
    if let Some(actor) = wanted.actor {
        query = query.filter(Column::Actor.eq(actor));
    }
    if let Some(target) = wanted.target {
        query = query.filter(Column::Target.eq(target));
    }
    if let Some(action) = wanted.action {
        query = query.filter(Column::Action.starts_with(action));
    }
    if let Some(until) = wanted.until {
        query = query.filter(Column::At.lt(until));
    }
    if let Some(since) = wanted.since {
        query = query.filter(Column::At.gte(since));
    }
    if let Some(before) = wanted.before {
        query = query.filter(Column::Id.lt(before));
    }
    if let Some(after) = wanted.after {
        query = query.filter(Column::Id.gt(after));
    }
    query
}
