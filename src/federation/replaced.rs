//! At the coordinator: a State that publishes its own record says whose place it takes (`replaces`, records.md). The
//! coordinator then withdraws what it compiled, with a pointer to the new one. Looked at after each round; what could
//! not be withdrawn is found again by the next one.

use std::sync::Arc;

use super::look;
use crate::{
    audit::Actor,
    catalog::{Published, Snapshot, Viewer},
    hub::{ChangeError, Hub},
    journal::{
        publish::{Publication, PublishError},
        revision::Act,
    },
    record::{Audience, Sub},
    register::Trust,
};

/// Withdraws the own compiled records whose place a record of this peer takes; says how many. A failure is logged.
pub(super) async fn withdraw_replaced(hub: &Arc<Hub>, peer: &str) -> usize {
    if !hub.author().is_coordinator {
        return 0;
    }
    let replaced = replaced(&hub.snapshot(), &hub.trust(), hub.entity_id(), peer);
    if replaced.is_empty() {
        return 0;
    }
    look::before_signing(hub).await;
    let mut withdrawn = 0;
    for replaced in replaced {
        match withdraw(hub, &replaced).await {
            Ok(()) => withdrawn += 1,
            // Somebody changed it meanwhile: the next round looks at it as it is then.
            Err(ChangeError::Publish(PublishError::Changed { .. })) => {}
            Err(fault) => tracing::warn!(
                peer,
                record = replaced.sub.as_str(),
                "it takes the place of this compiled record, which could not be withdrawn: {fault}"
            ),
        }
    }
    withdrawn
}

/// An own record and what takes its place.
struct Replaced {
    key: String,
    sub: Sub,
    audience: Audience,
    revision: u32,
    by: Sub,
    origin: String,
}

fn replaced(snapshot: &Snapshot, trust: &Trust, own: &str, peer: &str) -> Vec<Replaced> {
    // The State's own member, by the register alone: a peer pinned by hand takes nothing over.
    let Some(member) = trust.member(peer).filter(|member| member.status == "active") else { return Vec::new() };
    let new = snapshot.everything().filter(|record| *record.origin == *peer);
    new.filter_map(|new| {
        let old = snapshot.resolve(new.record.common.replaces.as_ref()?, &new.origin);
        let old = snapshot.record(old, Viewer::NETWORK)?;
        let country = new.country()?;
        let is_of_the_member = member.country.as_deref() == Some(country.as_str());
        (is_of_the_member && takes_its_place(old, new, own)).then(|| Replaced {
            key: old.key.to_string(),
            sub: old.sub.clone(),
            audience: old.audience,
            revision: old.revision.number,
            by: new.sub.clone(),
            origin: peer.to_owned(),
        })
    })
    .collect()
}

/// Whoever reads the old record must be able to read the new one: a tombstone for everybody names none for members.
fn takes_its_place(old: &Published, new: &Published, own: &str) -> bool {
    *old.origin == *own
        && old.record.common.compiled
        && old.kind == new.kind
        && old.country() == new.country()
        && (new.audience == Audience::Public || old.audience == Audience::Network)
}

async fn withdraw(hub: &Arc<Hub>, replaced: &Replaced) -> Result<(), ChangeError> {
    let superseded_by = Some((replaced.origin.clone(), replaced.by.clone()));
    let publication = Publication {
        sub: replaced.sub.clone(),
        audience: replaced.audience,
        act: Act::Withdraw { superseded_by },
        expected: Some(replaced.revision),
    };
    hub.publish_as(&Actor::hub(), "record.replace", Some(&replaced.key), vec![publication], &|_| {}).await?;
    Ok(())
}
