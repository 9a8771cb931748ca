//! `peer show`: one peer in full, with what an operator has to look into.

use super::{known, view};
use crate::catalog::{Instance, Journal, Snapshot};
use crate::cli::arguments::PeerShow;
use crate::cli::words::{age, utc};
use crate::cli::{Failure, output};
use crate::hub::Hub;
use crate::journal::encoding::base64url;
use crate::journal::key::in_groups_of_four;
use crate::journal::read;

/// Shows one peer.
pub(super) async fn run(hub: &Hub, snapshot: &Snapshot, asked: &PeerShow) -> Result<(), Failure> {
    let peer = known(hub, snapshot, &asked.peer.entity_id)?;
    let (now, held) = (hub.now(), view::records_held(snapshot));
    let journals = snapshot.network().journals_of(peer);
    if asked.show.json {
        let mut value = view::as_json(snapshot, peer, &held, now);
        for (at, journal) in journals.iter().enumerate() {
            value["journals"][at]["sync"]["missing"] = missing(hub, journal).await?.into();
        }
        return output::json(&value);
    }
    head(peer, &journals)?;
    for journal in journals {
        one(hub, journal, held.get(&journal.id).copied().unwrap_or(0), now).await?;
    }
    Ok(())
}

fn head(peer: &Instance, journals: &[&Journal]) -> Result<(), Failure> {
    let stated = |text: Option<&str>| text.unwrap_or("not stated").to_owned();
    field("instance", &peer.entity_id)?;
    field("name", &peer.name)?;
    field("country", &stated(peer.country.as_ref().map(|country| country.as_str())))?;
    field("contact", &stated(peer.contact.as_deref()))?;
    field("software", &stated(peer.software_version.as_deref()))?;
    field("state", peer.state(journals).as_str())?;
    for key in &peer.keys {
        field("key", &format!("{}  {}", in_groups_of_four(&key.thumbprint), key.status))?;
    }
    Ok(())
}

async fn one(hub: &Hub, journal: &Journal, records: usize, now: i64) -> Result<(), Failure> {
    let time = |at: Option<i64>| at.map_or_else(|| "never".to_owned(), |at| format!("{} ({})", utc(at), age(now, at)));
    output::line(&format!("\n{} journal", journal.audience.as_str()))?;
    field("state", journal.state.as_str())?;
    field("records shown", &records.to_string())?;
    if let Some(checkpoint) = &journal.checkpoint {
        field("root", &checkpoint.root)?;
        field("signed", &time(Some(checkpoint.signed_at.saturating_mul(1000))))?;
    }
    field("confirmed", &time(journal.confirmed_at))?;
    field("last success", &time(journal.last_success_at))?;
    field("last attempt", &time(journal.last_attempt_at))?;
    field("next attempt", &time(journal.next_attempt_at))?;
    if let Some(via) = &journal.via {
        field("read through", via)?;
    }
    if let Some(fault) = &journal.last_error {
        field("last error", &fault.sentence)?;
    }
    for name in missing(hub, journal).await? {
        field("gap", &name)?;
    }
    for (sub, reason) in &journal.not_shown {
        field("not shown", &format!("{sub}: {reason}"))?;
    }
    if let Some(conflict) = &journal.conflict {
        field("conflict", &format!("found {}; two checkpoints of one seq:", time(Some(conflict.seen_at))))?;
        for checkpoint in &conflict.checkpoints {
            field("", checkpoint)?;
        }
        field("", "When its cause is known: `nmirf-hub peer close-conflict`")?;
    }
    Ok(())
}

/// Records whose revision the origin lacks: their entries' first halves, all that is known of them.
async fn missing(hub: &Hub, journal: &Journal) -> Result<Vec<String>, Failure> {
    let gaps = read::gaps(hub.store(), journal.id.cast_signed()).await?;
    Ok(gaps.iter().map(|(name, _)| base64url(name)).collect())
}

fn field(name: &str, text: &str) -> Result<(), Failure> {
    output::line(&format!("{name:<16}{}", output::plain(text)))
}
