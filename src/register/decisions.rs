//! What an operator decides about a peer: pausing, blocking, closing a case of equivocation. Each decision takes a number
//! of the counter, so that a running server sees it, and stands in the audit log.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::peers;
use crate::{
    audit::{self, Actor},
    store::{Store, StoreError, journals},
};

/// A decision about a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is not pulled, its copies stay.
    Pause,
    /// The pause ends.
    Resume,
    /// It is not pulled, not served, not shown.
    Block,
    /// The block ends.
    Unblock,
}

impl Decision {
    fn action(self) -> &'static str {
        match self {
            Self::Pause => "peer.pause",
            Self::Resume => "peer.resume",
            Self::Block => "peer.block",
            Self::Unblock => "peer.unblock",
        }
    }
}

/// Takes a decision. Says whether it changed something. `now` in milliseconds.
pub async fn decide(
    store: &Store,
    actor: &Actor,
    now: i64,
    entity_id: &str,
    decision: Decision,
    reason: Option<&str>,
) -> Result<bool, StoreError> {
    let before = peers::one(store, entity_id).await?;
    let is_so = match decision {
        Decision::Pause => before.paused,
        Decision::Resume => !before.paused,
        Decision::Block => before.blocked,
        Decision::Unblock => !before.blocked,
    };
    if is_so {
        return Ok(false);
    }
    let mut write = store.write().await?;
    peers::change(&mut write, entity_id, true, |row| match decision {
        Decision::Pause | Decision::Resume => row.paused = Set(decision == Decision::Pause),
        Decision::Block | Decision::Unblock => row.blocked = Set(decision == Decision::Block),
    })
    .await?;
    audit::note(&write, actor, now, &with_reason(decision.action(), reason), Some(entity_id)).await?;
    write.commit().await?;
    Ok(true)
}

/// Closes the case of equivocation of an origin: what was held stays, and a higher `seq` is adopted again (protocol §4).
/// Gives the audiences of the journals concerned; none where no case was open.
pub async fn close_conflict(
    store: &Store,
    actor: &Actor,
    now: i64,
    entity_id: &str,
    reason: Option<&str>,
) -> Result<Vec<String>, StoreError> {
    let mut write = store.write().await?;
    let open = journals::Entity::find()
        .filter(journals::Column::Origin.eq(entity_id))
        .filter(journals::Column::ConflictFirst.is_not_null())
        .all(write.connection())
        .await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let number = write.number().await?.cast_signed();
    let closed: Vec<String> = open.iter().map(|row| row.audience.clone()).collect();
    for row in open {
        let mut row: journals::ActiveModel = row.into();
        row.conflict_first = Set(None);
        row.conflict_second = Set(None);
        row.conflict_seen_at = Set(None);
        row.change = Set(number);
        row.update(write.connection()).await?;
    }
    audit::note(&write, actor, now, &with_reason("peer.close-conflict", reason), Some(entity_id)).await?;
    write.commit().await?;
    Ok(closed)
}

/// The reason goes with what was done: `peer.block (two servers signed)`.
fn with_reason(action: &str, reason: Option<&str>) -> String {
    match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{action} ({reason})"),
        None => action.to_owned(),
    }
}
