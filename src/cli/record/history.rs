//! `record history`: the revisions that this instance has seen, newest first; complete at the origin.

use serde_json::json;

use super::find::find;
use crate::catalog::Snapshot;
use crate::cli::arguments::RecordShow;
use crate::cli::words::{age, rfc3339, utc};
use crate::cli::{Failure, output};
use crate::hub::Hub;
use crate::journal::key::in_groups_of_four;
use crate::journal::read;
use crate::journal::revision::{Place, Revision};

/// Most revisions listed.
const MOST: u64 = 10_000;

/// Lists the revisions of a record.
pub(super) async fn run(hub: &Hub, snapshot: &Snapshot, asked: &RecordShow) -> Result<(), Failure> {
    let found = find(hub, snapshot, &asked.id)?;
    let name = found.sub.name();
    let rows = read::history(hub.store(), found.journal.cast_signed(), &name, MOST).await?;
    let place = Place { origin: &found.origin, audience: found.audience, name: &name };
    let revisions: Vec<_> = rows
        .into_iter()
        .filter_map(|row| Revision::unverified(&row.jws, place).ok().map(|revision| (row, revision)))
        .collect();
    if asked.show.json {
        let list = revisions.iter().map(|(row, revision)| {
            json!({
                "number": revision.number, "signedAt": rfc3339(revision.signed_at.saturating_mul(1000)),
                "receivedAt": rfc3339(row.received_at), "keyId": revision.key_id, "via": row.via,
                "isWithdrawal": revision.withdraws(), "jws": row.jws,
            })
        });
        return output::json(&list.collect::<Vec<_>>());
    }
    let now = hub.now();
    let mut table = output::Table::new(["revision", "what", "signed", "", "received", "via", "key"]).right(&[0]);
    for (row, revision) in &revisions {
        let signed_at = revision.signed_at.saturating_mul(1000);
        table.row([
            revision.number.to_string(),
            if revision.withdraws() { "withdrawn" } else { "published" }.to_owned(),
            utc(signed_at),
            age(now, signed_at),
            utc(row.received_at),
            row.via.clone().unwrap_or_default(),
            in_groups_of_four(&revision.key_id.chars().take(8).collect::<String>()) + " …",
        ]);
    }
    output::line(&format!("{} of {}", found.sub, output::plain(&found.origin)))?;
    table.print()
}
