//! What the operator decides about a peer. Each decision takes a number of the counter, so that a running server sees it.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::known;
use crate::catalog::Snapshot;
use crate::cli::{Failure, output};
use crate::hub::Hub;
use crate::register::peers;
use crate::store::journals;

/// `peer pause`, `peer resume`.
pub(super) async fn paused(hub: &Hub, snapshot: &Snapshot, entity_id: &str, paused: bool) -> Result<(), Failure> {
    let before = known(hub, snapshot, entity_id)?.paused;
    if before != paused {
        peers::keep(hub.store(), entity_id, true, |row| row.paused = Set(paused)).await?;
    }
    output::line(&match (paused, before == paused) {
        (true, false) => format!("{entity_id} is paused: it is not pulled, its copies stay"),
        (true, true) => format!("{entity_id} was paused already"),
        (false, false) => format!("{entity_id} is pulled again"),
        (false, true) => format!("{entity_id} was not paused"),
    })
}

/// `peer block`, `peer unblock`.
pub(super) async fn blocked(hub: &Hub, snapshot: &Snapshot, entity_id: &str, blocked: bool) -> Result<(), Failure> {
    let before = known(hub, snapshot, entity_id)?.blocked;
    if before != blocked {
        peers::keep(hub.store(), entity_id, true, |row| row.blocked = Set(blocked)).await?;
    }
    output::line(&match (blocked, before == blocked) {
        (true, false) => format!("{entity_id} is blocked: not pulled, not served, its records are not shown"),
        (true, true) => format!("{entity_id} was blocked already"),
        (false, false) => format!("{entity_id} is not blocked any more: it is pulled, served and shown again"),
        (false, true) => format!("{entity_id} was not blocked"),
    })
}

/// `peer close-conflict`: the case ends; what was held stays, and a higher `seq` is adopted again (protocol §4).
pub(super) async fn close_conflict(hub: &Hub, snapshot: &Snapshot, entity_id: &str) -> Result<(), Failure> {
    if entity_id != hub.entity_id() {
        known(hub, snapshot, entity_id)?;
    }
    let mut write = hub.store().write().await?;
    let open = journals::Entity::find()
        .filter(journals::Column::Origin.eq(entity_id))
        .filter(journals::Column::ConflictFirst.is_not_null())
        .all(write.connection())
        .await?;
    if open.is_empty() {
        return Err(Failure::failed(format!(
            "there is no open conflict of {entity_id}. `nmirf-hub peer show {entity_id}` says how it stands"
        )));
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
    write.commit().await?;
    output::line(&format!("the conflict of {entity_id} is closed ({} journal)", closed.join(" and ")))
}
