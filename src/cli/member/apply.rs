//! `member apply`: the application of this instance, and how it stands.

use std::sync::Arc;

use serde_json::json;

use super::arguments::Apply;
use super::word;
use crate::cli::arguments::Show;
use crate::cli::words::{rfc3339, utc};
use crate::cli::{Failure, output};
use crate::federation::apply::{self, ApplyError, OwnCase};
use crate::federation::look;
use crate::hub::Hub;
use crate::journal::key::in_groups_of_four;

impl From<ApplyError> for Failure {
    fn from(fault: ApplyError) -> Self {
        Failure::failed(fault)
    }
}

/// Applies, or asks.
pub(super) async fn run(hub: &Arc<Hub>, asked: &Apply) -> Result<(), Failure> {
    // Who the coordinator is now, after a handover.
    look::walk_anchor(hub).await;
    let key = hub.applying_key().await?;
    let case = match asked.status {
        true => match (apply::ask(hub, &key).await, apply::membership(hub)) {
            // The case of a member by an earlier key is none that this key may ask about.
            (Err(ApplyError::NoCase), Some(status)) => return member(hub, &status, asked.show),
            (answer, _) => answer?,
        },
        false => apply::apply(hub, asked.contact.as_deref(), &key).await?,
    };
    let signing = hub.author().key.public().thumbprint().clone();
    let replaces = Some(&*signing).filter(|signing| **signing != *case.key_id);
    if asked.show.json {
        return output::json(&json!({
            "number": case.number, "coordinator": case.coordinator, "status": word(&case.status),
            "message": case.message, "thumbprint": case.key_id, "replaces": replaces,
            "appliedAt": rfc3339(case.applied_at),
        }));
    }
    output::line(&format!("application  {} to {}, {}", case.number, case.coordinator, utc(case.applied_at)))?;
    output::line(&output::plain(&format!("status       {}", case.status)))?;
    if let Some(message) = &case.message {
        output::line(&output::plain(&format!("message      {}", message.replace('\n', " "))))?;
    }
    output::line(&format!("thumbprint   {}", in_groups_of_four(&case.key_id)))?;
    if let Some(replaces) = replaces {
        output::line(&format!("in place of  {} (it signs nothing more)", in_groups_of_four(replaces)))?;
    }
    output::line(&format!("\n{}", what_next(&case)))
}

/// Who is in the register with this key has nothing to wait for.
fn member(hub: &Hub, status: &str, show: Show) -> Result<(), Failure> {
    let (trust, author) = (hub.trust(), hub.author());
    let (coordinator, thumbprint) = (trust.coordinator().unwrap_or_default(), author.key.public().thumbprint());
    if show.json {
        return output::json(&json!({
            "number": null, "coordinator": coordinator, "status": null, "membership": word(status),
            "thumbprint": &**thumbprint,
        }));
    }
    output::line(&output::plain(&format!("membership   {status}, in the register of {coordinator}")))?;
    output::line(&format!("thumbprint   {}", in_groups_of_four(thumbprint)))?;
    output::line(match status {
        "active" => "\nThe register lists this instance with this key: there is nothing to apply for.",
        _ => "\nThe register lists this instance with this key, and not as active: write to the coordinator's staff.",
    })
}

fn what_next(case: &OwnCase) -> &'static str {
    match case.status.as_str() {
        "rejected" => {
            "The coordinator's staff have turned it down; the message says why. Write to them before applying again."
        }
        "admitted" => "This instance is admitted: the next pull of the register shows it (`nmirf-hub sync`).",
        _ => {
            "What to do next: wait for the call of the coordinator's staff, or call them on a number known before. Read them \
             the thumbprint above, group by group; they see all of it but the last seven characters, which they type as you read \
             them. This instance asks in each round how its application stands: `nmirf-hub member apply --status` asks now."
        }
    }
}

/// One line about the own case, and what to do, for `doctor`.
pub(in crate::cli) fn in_short(case: &OwnCase) -> (String, &'static str) {
    let message =
        case.message.as_deref().map(|message| format!(": {}", message.replace('\n', " "))).unwrap_or_default();
    let found = format!("application {} to {} is {}{message}", case.number, case.coordinator, case.status);
    let advice = match case.status.as_str() {
        "rejected" => "Write to the coordinator's staff",
        "admitted" => "`nmirf-hub sync` pulls the register",
        _ => {
            "Read the thumbprint to the coordinator's staff when they call: `nmirf-hub member apply --status` shows it"
        }
    };
    (found, advice)
}
