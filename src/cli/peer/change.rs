//! What the operator decides about a peer.

use super::known;
use crate::audit::Actor;
use crate::catalog::Snapshot;
use crate::cli::{Failure, output};
use crate::hub::Hub;
use crate::register::decisions::{self, Decision};

/// `peer pause`, `peer resume`.
pub(super) async fn paused(hub: &Hub, snapshot: &Snapshot, entity_id: &str, paused: bool) -> Result<(), Failure> {
    let decision = if paused { Decision::Pause } else { Decision::Resume };
    let changed = decide(hub, snapshot, entity_id, decision).await?;
    output::line(&match (paused, changed) {
        (true, true) => format!("{entity_id} is paused: it is not pulled, its copies stay"),
        (true, false) => format!("{entity_id} was paused already"),
        (false, true) => format!("{entity_id} is pulled again"),
        (false, false) => format!("{entity_id} was not paused"),
    })
}

/// `peer block`, `peer unblock`.
pub(super) async fn blocked(hub: &Hub, snapshot: &Snapshot, entity_id: &str, blocked: bool) -> Result<(), Failure> {
    let decision = if blocked { Decision::Block } else { Decision::Unblock };
    let changed = decide(hub, snapshot, entity_id, decision).await?;
    output::line(&match (blocked, changed) {
        (true, true) => format!(
            "{entity_id} is blocked: its records are not pulled, passed on or shown, and it gets none for the network from here"
        ),
        (true, false) => format!("{entity_id} was blocked already"),
        (false, true) => {
            format!("{entity_id} is not blocked any more: its records are pulled, passed on and shown again")
        }
        (false, false) => format!("{entity_id} was not blocked"),
    })
}

async fn decide(hub: &Hub, snapshot: &Snapshot, entity_id: &str, decision: Decision) -> Result<bool, Failure> {
    known(hub, snapshot, entity_id)?;
    Ok(decisions::decide(hub.store(), &Actor::operator(), hub.now(), entity_id, &[decision], None).await?)
}

/// `peer close-conflict`: the case ends; what was held stays, and a higher `seq` is adopted again (protocol §4).
pub(super) async fn close_conflict(hub: &Hub, snapshot: &Snapshot, entity_id: &str) -> Result<(), Failure> {
    if entity_id != hub.entity_id() {
        known(hub, snapshot, entity_id)?;
    }
    let closed = decisions::close_conflict(hub.store(), &Actor::operator(), hub.now(), entity_id, None).await?;
    if closed.is_empty() {
        return Err(Failure::failed(format!(
            "there is no open conflict of {entity_id}. `nmirf-hub peer show {entity_id}` says how it stands"
        )));
    }
    output::line(&format!("the conflict of {entity_id} is closed ({} journal)", closed.join(" and ")))
}
