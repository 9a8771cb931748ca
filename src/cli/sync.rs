//! `sync`: one round now, whatever the backoff.

use std::sync::Arc;

use serde_json::json;

use super::{
    Failure,
    arguments::Sync,
    context,
    output::{self, Progress, Table},
};
use crate::{
    config::Config,
    federation::{
        look,
        rounds::{RoundEnd, Rounds},
        schedule,
    },
    hub::Hub,
};

/// Pulls from one peer or from all, the register first.
pub async fn run(config: Config, arguments: &Sync) -> Result<(), Failure> {
    let (hub, _) = context::open_with_catalogue(config).await?;
    // What is wrong with it is logged, and said with the register's round.
    let _ = look::walk_anchor(&hub).await;
    hub.catch_up().await.map_err(Failure::failed)?;
    let ends = match &arguments.entity_id {
        Some(peer) => vec![(peer.clone(), one(&hub, peer).await?)],
        None => all(&hub).await?,
    };
    hub.store().close().await;
    show(&ends, arguments)?;
    match ends.iter().any(|(_, end)| end.fault().is_some()) {
        true => Err(Failure::Reported),
        false => Ok(()),
    }
}

async fn one(hub: &Arc<Hub>, peer: &str) -> Result<Rounds, Failure> {
    if !hub.trust().peers().contains(&peer) {
        return Err(Failure::wrong_use(format!(
            "{peer} is no active member and no peer pinned by hand, so it is never called. `nmirf-hub peer list` shows who is"
        )));
    }
    schedule::pull_peer(hub, peer, true).await.map_err(Failure::failed)
}

/// The register can name new members, so the list is read again until nobody is left.
async fn all(hub: &Arc<Hub>) -> Result<Vec<(String, Rounds)>, Failure> {
    let mut ends: Vec<(String, Rounds)> = Vec::new();
    let mut progress = Progress::new("peers", hub.trust().peers().len() as u64);
    loop {
        let trust = hub.trust();
        let next = trust.peers().into_iter().find(|peer| !ends.iter().any(|(done, _)| done == peer));
        let Some(next) = next.map(str::to_owned) else { break };
        let end = schedule::pull_peer(hub, &next, true).await.map_err(Failure::failed)?;
        ends.push((next, end));
        progress.advance(1);
    }
    progress.finish();
    Ok(ends)
}

fn show(ends: &[(String, Rounds)], arguments: &Sync) -> Result<(), Failure> {
    if arguments.show.json {
        let rows: Vec<_> = ends.iter().map(|(peer, end)| row_json(peer, end)).collect();
        return output::json(&rows);
    }
    if ends.is_empty() {
        return output::line("There is no peer: this instance is no member yet, and none is pinned by hand.");
    }
    let mut table = Table::new(["instance", "result", "entries", "revisions", "bytes"]).right(&[2, 3, 4]);
    for (peer, end) in ends {
        let pulled = end.pulled().unwrap_or_default();
        let numbers = [pulled.entries as u64, pulled.revisions as u64, pulled.bytes];
        let [entries, revisions, bytes] = numbers.map(|number| number.to_string());
        table.row([peer.clone(), sentence(end), entries, revisions, bytes]);
    }
    table.print()
}

fn row_json(peer: &str, end: &Rounds) -> serde_json::Value {
    let mut row = json!({"entityId": peer, "result": sentence(end), "ok": end.fault().is_none()});
    if let Some(pulled) = end.pulled() {
        row["entries"] = pulled.entries.into();
        row["revisions"] = pulled.revisions.into();
        row["gaps"] = pulled.gaps.into();
        row["bytes"] = pulled.bytes.into();
    }
    row
}

/// Of the network journal only what is wrong with it is said.
fn sentence(end: &Rounds) -> String {
    let public = journal(&end.public, end.pulled().is_some_and(|pulled| pulled.entries > 0));
    match &end.network {
        Some(network @ (RoundEnd::Failed(_) | RoundEnd::BrokenOff(_) | RoundEnd::Closed | RoundEnd::Behind)) => {
            format!("{public}; network: {}", journal(network, false))
        }
        _ => public,
    }
}

fn journal(end: &RoundEnd, new: bool) -> String {
    match end {
        RoundEnd::Good(_) if new => "proved: a new state".to_owned(),
        RoundEnd::Good(_) => "proved: nothing new".to_owned(),
        RoundEnd::Closed => "closed to this instance, which is no active member there".to_owned(),
        RoundEnd::Behind => "behind what is held here".to_owned(),
        RoundEnd::NotNow => "not now: another round runs, or it is paused or asked us to wait".to_owned(),
        RoundEnd::Failed(fault) => fault.to_string(),
        RoundEnd::BrokenOff(fault) => format!("{fault} The next round goes on where this one stopped."),
    }
}
