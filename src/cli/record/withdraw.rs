//! `record withdraw`: a tombstone for an own record. It is final everywhere.

use std::sync::Arc;

use super::find::{Found, State, find};
use crate::audit::Actor;
use crate::catalog::Snapshot;
use crate::cli::arguments::RecordWithdraw;
use crate::cli::words::utc;
use crate::cli::{Failure, context, output};
use crate::hub::Hub;
use crate::journal::publish::Publication;
use crate::journal::revision::Act;
use crate::record::{Kind, Sub};

/// Withdraws an own record.
pub(super) async fn run(hub: &Arc<Hub>, snapshot: &Snapshot, asked: &RecordWithdraw) -> Result<(), Failure> {
    let found = find(hub, snapshot, &asked.id)?;
    refuse_anothers(hub, snapshot, &found)?;
    if let State::Withdrawn(withdrawn) = &found.state {
        let when = utc(withdrawn.withdrawal.withdrawn_at.saturating_mul(1000));
        return output::line(&format!("{} was withdrawn on {when}; nothing changed", found.sub));
    }
    if found.sub.kind() == Some(Kind::Member) {
        return Err(Failure::failed(format!(
            "{} is a member's record, which is never withdrawn: its status says that a member left",
            found.sub
        )));
    }
    let superseded_by = asked.superseded_by.as_deref().map(|id| successor(hub, snapshot, &found, id)).transpose()?;
    let question = format!("Withdraw {}{} for good, at every instance?", found.sub, title(&found));
    if !output::confirm(&question, asked.yes, "give --yes")? {
        return Err(Failure::failed("nothing was withdrawn"));
    }
    context::before_signing(hub).await?;
    let (sub, audience) = (found.sub.clone(), found.audience);
    let withdrawal = Publication { sub, audience, act: Act::Withdraw { superseded_by }, expected: None };
    let action = format!("{}.withdraw", found.sub.kind_word());
    let target = found.key.to_string();
    hub.publish_as(&Actor::operator(), &action, Some(&target), vec![withdrawal], &|_| ()).await?;
    output::line(&format!("{} is withdrawn. Its text is erased here, and at each peer when it pulls next", found.sub))
}

fn refuse_anothers(hub: &Hub, snapshot: &Snapshot, found: &Found) -> Result<(), Failure> {
    if *found.origin == *hub.entity_id() {
        return Ok(());
    }
    let name = snapshot.network().instance(&found.origin).map_or(&*found.origin, |instance| &*instance.name);
    Err(Failure::failed(format!(
        "{} is a record of {} ({}), and only its origin can withdraw it. Write to its staff",
        found.sub,
        output::plain(name),
        output::plain(&found.origin)
    )))
}

/// What takes its place must be there.
fn successor(hub: &Hub, snapshot: &Snapshot, found: &Found, id: &str) -> Result<(String, Sub), Failure> {
    let successor = find(hub, snapshot, id)?;
    match successor.state {
        _ if successor.key == found.key => {
            Err(Failure::wrong_use("--superseded-by names the record itself: name the one that takes its place"))
        }
        State::Shown(_) => Ok((successor.origin.into(), successor.sub)),
        _ => Err(Failure::failed(format!("--superseded-by: {id} is not shown here, so it can take no record's place"))),
    }
}

fn title(found: &Found) -> String {
    let State::Shown(record) = &found.state else { return String::new() };
    let title = record.title().and_then(|title| title.iter().next()).map(|(_, text)| text.to_owned());
    title.map(|title| format!(" ({title})")).unwrap_or_default()
}
