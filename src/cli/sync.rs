//! `sync`: one round now, whatever the backoff.

use std::sync::Arc;

use serde_json::json;

use super::{
    Failure,
    arguments::Sync,
    context,
    output::{self, Progress, Table},
    words::utc,
};
use crate::{
    config::Config,
    federation::{
        look,
        rounds::{self, RoundEnd, Rounds},
        schedule,
    },
    hub::Hub,
    register::peers,
};

/// Pulls from one peer or from all, the register first.
pub async fn run(config: Config, arguments: &Sync) -> Result<(), Failure> {
    let (hub, _) = context::open_with_catalogue(config).await?;
    // What is wrong with it is logged, and said with the register's round.
    let _ = look::walk_anchor(&hub).await;
    hub.catch_up().await.map_err(Failure::failed)?;
    let ends = match &arguments.entity_id {
        Some(peer) => vec![one(&hub, peer).await?],
        None => all(&hub).await?,
    };
    hub.store().close().await;
    show(&ends, arguments)?;
    match ends.iter().all(Ended::is_ok) {
        true => Ok(()),
        false => Err(Failure::Reported),
    }
}

/// How the round of one peer ended.
struct Ended {
    peer: String,
    rounds: Rounds,
    rest: Option<Rest>,
    /// Whether this peer was asked for by its name.
    is_named: bool,
}

/// Why a peer is not called.
enum Rest {
    Paused,
    Blocked,
    /// It asked for that, until this moment in milliseconds.
    Asked(i64),
}

impl Ended {
    async fn pull(hub: &Arc<Hub>, peer: &str, is_named: bool) -> Result<Self, Failure> {
        let rounds = schedule::pull_peer(hub, peer, true).await?;
        let rest = match rounds.public {
            RoundEnd::NotNow => Rest::of(hub, peer).await?,
            _ => None,
        };
        Ok(Self { peer: peer.to_owned(), rounds, rest, is_named })
    }

    /// One that is paused or blocked is left out where all are pulled; who names it wants it pulled.
    fn is_ok(&self) -> bool {
        let refused = self.is_named && matches!(self.rest, Some(Rest::Paused | Rest::Blocked));
        !refused && self.rounds.fault().is_none()
    }

    /// Of the network journal only what is wrong with it is said.
    fn sentence(&self) -> String {
        if let Some(rest) = &self.rest {
            return rest.sentence(&self.peer);
        }
        let Rounds { public, network } = &self.rounds;
        let public = journal(public, self.rounds.pulled().is_some_and(|pulled| pulled.entries > 0));
        match network {
            Some(network @ (RoundEnd::Failed(_) | RoundEnd::BrokenOff(_) | RoundEnd::Closed | RoundEnd::Behind)) => {
                format!("{public}; network: {}", journal(network, false))
            }
            _ => public,
        }
    }
}

impl Rest {
    async fn of(hub: &Hub, peer: &str) -> Result<Option<Self>, Failure> {
        let known = peers::one(hub.store(), peer).await?;
        Ok(match (known.blocked, known.paused) {
            (true, _) => Some(Self::Blocked),
            (false, true) => Some(Self::Paused),
            _ => rounds::asked_to_wait_until(hub, peer).await?.map(Self::Asked),
        })
    }

    fn sentence(&self, peer: &str) -> String {
        match self {
            Self::Paused => format!("not pulled: it is paused here; `nmirf-hub peer resume {peer}` ends that"),
            Self::Blocked => format!("not pulled: it is blocked here; `nmirf-hub peer unblock {peer}` ends that"),
            Self::Asked(until) => format!("not now: it asked to be left in peace until {}", utc(*until)),
        }
    }
}

async fn one(hub: &Arc<Hub>, peer: &str) -> Result<Ended, Failure> {
    if !hub.trust().peers().contains(&peer) {
        return Err(Failure::wrong_use(format!(
            "{peer} is no active member and no peer pinned by hand, so it is never called. `nmirf-hub peer list` shows who is"
        )));
    }
    Ended::pull(hub, peer, true).await
}

/// The register can name new members, so the list is read again until nobody is left.
async fn all(hub: &Arc<Hub>) -> Result<Vec<Ended>, Failure> {
    let mut ends: Vec<Ended> = Vec::new();
    let mut progress = Progress::new("peers", hub.trust().peers().len() as u64);
    loop {
        let trust = hub.trust();
        let next = trust.peers().into_iter().find(|peer| !ends.iter().any(|end| end.peer == *peer));
        let Some(next) = next.map(str::to_owned) else { break };
        ends.push(Ended::pull(hub, &next, false).await?);
        progress.advance(1);
    }
    progress.finish();
    Ok(ends)
}

fn show(ends: &[Ended], arguments: &Sync) -> Result<(), Failure> {
    if arguments.show.json {
        let rows: Vec<_> = ends.iter().map(row_json).collect();
        return output::json(&rows);
    }
    if ends.is_empty() {
        return output::line("There is no peer: this instance is no member yet, and none is pinned by hand.");
    }
    let mut table = Table::new(["instance", "result", "entries", "revisions", "bytes"]).right(&[2, 3, 4]);
    for end in ends {
        let pulled = end.rounds.pulled().unwrap_or_default();
        let numbers = [pulled.entries as u64, pulled.revisions as u64, pulled.bytes];
        let [entries, revisions, bytes] = numbers.map(|number| number.to_string());
        table.row([end.peer.clone(), end.sentence(), entries, revisions, bytes]);
    }
    table.print()
}

fn row_json(end: &Ended) -> serde_json::Value {
    let mut row = json!({"entityId": end.peer, "result": end.sentence(), "ok": end.is_ok()});
    if let Some(pulled) = end.rounds.pulled() {
        row["entries"] = pulled.entries.into();
        row["revisions"] = pulled.revisions.into();
        row["gaps"] = pulled.gaps.into();
        row["bytes"] = pulled.bytes.into();
    }
    row
}

fn journal(end: &RoundEnd, new: bool) -> String {
    match end {
        RoundEnd::Good(_) if new => "proved: a new state".to_owned(),
        RoundEnd::Good(_) => "proved: nothing new".to_owned(),
        RoundEnd::Closed => "closed to this instance, which is no active member there".to_owned(),
        RoundEnd::Behind => "behind what is held here".to_owned(),
        RoundEnd::NotNow => "not now: another round of it runs".to_owned(),
        RoundEnd::Failed(fault) => fault.to_string(),
        RoundEnd::BrokenOff(fault) => format!("{fault} The next round goes on where this one stopped."),
    }
}
