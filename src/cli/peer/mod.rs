//! `peer …`: the instances that this one pulls from or serves, and what the operator says of them.

mod change;
mod list;
mod pin;
mod show;
mod view;

use super::arguments::{Global, Peer};
use super::{Failure, context};
use crate::catalog::Snapshot;
use crate::hub::Hub;

/// Does what `peer` is told.
pub(super) fn run(global: &Global, peer: &Peer) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    context::run(async {
        let (hub, snapshot) = context::open_with_catalogue(config).await?;
        match peer {
            Peer::List(show) => list::run(&hub, &snapshot, *show),
            Peer::Show(asked) => show::run(&hub, &snapshot, asked).await,
            Peer::Add(asked) => pin::add(&hub, asked).await,
            Peer::Remove(asked) => pin::remove(&hub, asked).await,
            Peer::Pause(name) => change::paused(&hub, &snapshot, &name.entity_id, true).await,
            Peer::Resume(name) => change::paused(&hub, &snapshot, &name.entity_id, false).await,
            Peer::Block(name) => change::blocked(&hub, &snapshot, &name.entity_id, true).await,
            Peer::Unblock(name) => change::blocked(&hub, &snapshot, &name.entity_id, false).await,
            Peer::CloseConflict(name) => change::close_conflict(&hub, &snapshot, &name.entity_id).await,
        }
    })
}

/// Refuses an instance that is not known here, and this one.
fn known<'a>(hub: &Hub, snapshot: &'a Snapshot, entity_id: &str) -> Result<&'a crate::catalog::Instance, Failure> {
    if entity_id == hub.entity_id() {
        return Err(Failure::wrong_use(format!(
            "{entity_id} is this instance itself. `nmirf-hub peer list` names its peers"
        )));
    }
    snapshot.network().instance(entity_id).ok_or_else(|| {
        Failure::failed(format!("{entity_id} is no peer of this instance. `nmirf-hub peer list` names them"))
    })
}
