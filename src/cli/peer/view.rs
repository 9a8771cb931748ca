//! Peers as tables and JSON say them, with the schema's names.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::catalog::{Instance, InstanceRole, Journal, Snapshot};
use crate::cli::words::rfc3339;

/// As of when all copies of an instance are proved: the oldest.
pub(super) fn confirmed_at(journals: &[&Journal]) -> Option<i64> {
    journals.iter().filter_map(|journal| journal.confirmed_at).min()
}

/// Records shown, by journal.
pub(super) fn records_held(snapshot: &Snapshot) -> HashMap<u32, usize> {
    let mut held = HashMap::new();
    for record in snapshot.everything() {
        *held.entry(record.revision.journal).or_default() += 1;
    }
    held
}

/// An instance as JSON.
pub(super) fn as_json(snapshot: &Snapshot, instance: &Instance, held: &HashMap<u32, usize>, now: i64) -> Value {
    let journals = snapshot.network().journals_of(instance);
    let confirmed_at = confirmed_at(&journals);
    let records: usize = journals.iter().filter_map(|journal| held.get(&journal.id)).sum();
    let keys = instance.keys.iter().map(|key| json!({"x": key.x, "thumbprint": key.thumbprint, "status": key.status}));
    let each = journals.iter().map(|journal| journal_json(journal, held, now));
    json!({
        "entityId": instance.entity_id, "name": instance.name,
        "role": match instance.role { InstanceRole::National => "NATIONAL", InstanceRole::Coordinator => "COORDINATOR" },
        "country": instance.country.as_ref().map(|country| country.as_str()),
        "softwareVersion": instance.software_version, "contact": instance.contact, "licence": instance.licence,
        "isDemonstration": instance.demonstration, "active": instance.active, "paused": instance.paused,
        "blocked": instance.blocked, "keys": keys.collect::<Vec<_>>(),
        "sync": {
            "state": instance.state(&journals).as_str(),
            "confirmedAt": confirmed_at.and_then(rfc3339),
            "lagSeconds": confirmed_at.map(|at| lag(now, at)),
            "recordsHeld": records,
            "gaps": journals.iter().map(|journal| journal.gaps).sum::<u32>(),
            "nextAttemptAt": journals.iter().filter_map(|journal| journal.next_attempt_at).min().and_then(rfc3339),
            "lastError": journals.iter().find_map(|journal| journal.last_error.as_ref()).map(|fault| &fault.sentence),
        },
        "journals": each.collect::<Vec<_>>(),
    })
}

fn lag(now: i64, at: i64) -> i64 {
    (now.saturating_sub(at) / 1000).max(0)
}

fn journal_json(journal: &Journal, held: &HashMap<u32, usize>, now: i64) -> Value {
    let time = |at: Option<i64>| at.and_then(rfc3339);
    let checkpoint = journal.checkpoint.as_ref().map(|checkpoint| {
        json!({"root": checkpoint.root, "signedAt": rfc3339(checkpoint.signed_at.saturating_mul(1000)), "jws": checkpoint.jws})
    });
    let not_shown = journal.not_shown.iter().map(|(sub, reason)| json!({"sub": sub, "reason": reason}));
    let conflict = journal
        .conflict
        .as_ref()
        .map(|conflict| json!({"checkpoints": conflict.checkpoints, "seenAt": rfc3339(conflict.seen_at)}));
    json!({
        "audience": journal.audience.as_str().to_uppercase(),
        "checkpoint": checkpoint,
        "sync": {
            "state": journal.state.as_str(), "confirmedAt": time(journal.confirmed_at),
            "lagSeconds": journal.confirmed_at.map(|at| lag(now, at)),
            "lastSuccessAt": time(journal.last_success_at), "lastAttemptAt": time(journal.last_attempt_at),
            "nextAttemptAt": time(journal.next_attempt_at),
            "lastError": journal.last_error.as_ref().map(|fault| &fault.sentence),
            "recordsHeld": held.get(&journal.id).copied().unwrap_or(0), "gaps": journal.gaps,
            "notShown": not_shown.collect::<Vec<_>>(), "conflict": conflict, "via": journal.via,
        },
    })
}
