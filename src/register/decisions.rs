//! What an operator decides about a peer: pausing, blocking, closing a case of equivocation. Each decision takes a number
//! of the counter, so that a running server sees it, and stands in the audit log.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{
    entered::{self, Why},
    members::touch_origin,
    peers,
};
use crate::{
    audit::{self, Actor},
    store::{Store, StoreError, Write, journals},
};

/// A decision about a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is not pulled, its copies stay.
    Pause,
    /// The pause ends.
    Resume,
    /// Its records are not pulled, passed on or shown, and it gets none for the network.
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

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 2000;

/// Why something was decided: on one line of the audit log, which nobody can delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// # Errors
    /// Nothing, over [`LONGEST_REASON`], line breaks or control characters.
    pub fn parse(text: &str) -> Result<Self, Why> {
        entered::checked(text, LONGEST_REASON, false).map(Self)
    }
}

/// Takes decisions about one peer, all or none. Says whether they changed something. `now` in milliseconds.
pub async fn decide(
    store: &Store,
    actor: &Actor,
    now: i64,
    entity_id: &str,
    decisions: &[Decision],
    reason: Option<&Reason>,
) -> Result<bool, StoreError> {
    let mut write = store.write().await?;
    // As it is now that nobody else decides: what another has just changed is decided upon, not what was seen before.
    let before = peers::one_in(write.connection(), entity_id).await?;
    let new = |decision: &&Decision| match decision {
        Decision::Pause => !before.paused,
        Decision::Resume => before.paused,
        Decision::Block => !before.blocked,
        Decision::Unblock => before.blocked,
    };
    let new: Vec<Decision> = decisions.iter().filter(new).copied().collect();
    if new.is_empty() {
        return Ok(false);
    }
    for decision in new {
        peers::change(&mut write, entity_id, true, |row| match decision {
            Decision::Pause | Decision::Resume => row.paused = Set(decision == Decision::Pause),
            Decision::Block | Decision::Unblock => row.blocked = Set(decision == Decision::Block),
        })
        .await?;
        note(&write, actor, now, decision.action(), entity_id, reason).await?;
        if matches!(decision, Decision::Block | Decision::Unblock) {
            // Its records go from what is shown or come back: who harvests is told.
            touch_origin(&mut write, entity_id, now).await?;
        }
    }
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
    reason: Option<&Reason>,
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
    note(&write, actor, now, "peer.close-conflict", entity_id, reason).await?;
    write.commit().await?;
    Ok(closed)
}

async fn note(
    write: &Write,
    actor: &Actor,
    now: i64,
    action: &str,
    entity_id: &str,
    reason: Option<&Reason>,
) -> Result<(), StoreError> {
    let reason = reason.map(|reason| reason.0.as_str());
    audit::note_why(write, actor, now, action, Some(entity_id), reason).await
}
