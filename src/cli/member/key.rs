//! `member key confirm` and `member key compromised`: what the coordinator's register lists of a member's keys.

use std::sync::Arc;

use serde_json::json;

use super::{find::find, operator};
use crate::cli::arguments::Show;
use crate::cli::trust::arguments::{KeyOfMember, MemberKey};
use crate::cli::{Failure, context, output};
use crate::hub::Hub;
use crate::register::Enrolled;

/// Changes the status of a key.
pub(super) async fn run(hub: &Arc<Hub>, asked: &MemberKey) -> Result<(), Failure> {
    context::before_signing(hub).await?;
    let actor = operator();
    let desk = hub.register_desk(&actor);
    let (KeyOfMember { member, thumbprint }, show) = match asked {
        MemberKey::Confirm(asked) => (&asked.key, asked.show),
        MemberKey::Compromised(asked) => (&asked.key, asked.show),
    };
    let member = find(&desk, member).await?;
    let (seen, thumbprint) = (Some(member.revision), in_one_piece(thumbprint));
    let (member, done) = match asked {
        MemberKey::Confirm(_) => {
            let member = desk.confirm_key(&member.sub, &thumbprint, seen).await?;
            (member, "is listed; the one before is retired by itself once the copies here rest on this one")
        }
        MemberKey::Compromised(asked) => {
            let marked = desk.mark_key_compromised(&member.sub, &thumbprint, &asked.reason, seen).await;
            (marked?, "is marked as compromised, for good")
        }
    };
    hub.catch_up().await?;
    tell(&member, &thumbprint, show, done)
}

fn tell(member: &Enrolled, thumbprint: &str, show: Show, done: &str) -> Result<(), Failure> {
    if show.json {
        return output::json(&json!({
            "sub": member.sub.as_str(), "revision": member.revision, "entityId": member.text("entityId"),
            "thumbprint": thumbprint, "keys": member.body.get("keys"),
        }));
    }
    let name = member.text("entityId").or(member.text("country")).unwrap_or(member.sub.as_str());
    output::line(&output::plain(&format!("the key {thumbprint} of {name} {done}")))
}

/// Thumbprints are read aloud and written down in groups.
fn in_one_piece(thumbprint: &str) -> String {
    thumbprint.chars().filter(|character| !character.is_whitespace()).collect()
}
