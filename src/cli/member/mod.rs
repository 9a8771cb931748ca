//! `member …`: the network's members, and the coordinator's desk.

mod add;
mod applications;
mod apply;
pub mod arguments;
mod change;
mod decide;
mod find;
mod focal_points;
mod list;
mod role;

pub(super) use apply::in_short;
pub(super) use find::find;

use std::sync::Arc;

use serde_json::json;

use self::arguments::Member;
use super::arguments::{Global, Show};
use super::{Failure, context, output, trust};
use crate::audit::Actor;
use crate::hub::Hub;
use crate::record::RecordKey;
use crate::register::{Enrolled, MembershipError};

/// Does what `member` is told.
pub(super) fn run(global: &Global, member: &Member) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    context::run(async {
        let (hub, snapshot) = context::open_with_catalogue(config).await?;
        match member {
            Member::List(asked) => list::run(&hub, &snapshot, asked),
            Member::Add(asked) => add::run(&hub, asked).await,
            Member::Apply(asked) => apply::run(&hub, asked).await,
            Member::Applications(asked) => applications::run(&hub, asked).await,
            Member::Decide(asked) => decide::run(&hub, asked).await,
            Member::Suspend(asked) => change::run(&hub, change::Step::Suspend, asked).await,
            Member::Reinstate(asked) => change::run(&hub, change::Step::Reinstate, asked).await,
            Member::Withdraw(asked) => change::run(&hub, change::Step::Withdraw, asked).await,
            Member::Role(asked) => role::run(&hub, asked).await,
            Member::Key(key) => trust::member_key(&hub, key).await,
            Member::Handover(asked) => trust::handover(&hub, asked).await,
            Member::FocalPoints(asked) => focal_points::run(&hub, asked).await,
        }
    })
}

/// Who types commands.
fn operator() -> Actor {
    Actor::operator()
}

impl From<MembershipError> for Failure {
    fn from(fault: MembershipError) -> Self {
        match fault {
            MembershipError::Invalid { .. } | MembershipError::BadDay(_) => Failure::wrong_use(fault),
            MembershipError::NotTheCoordinator => {
                Failure::failed(format!("{fault}. Run this command with the coordinator's configuration"))
            }
            other => Failure::failed(other),
        }
    }
}

/// What a step made of a member.
async fn tell(hub: &Arc<Hub>, member: &Enrolled, show: Show, done: &str) -> Result<(), Failure> {
    hub.catch_up().await?;
    let id = RecordKey::of(RecordKey::COORDINATOR, &member.sub).to_string();
    if show.json {
        return output::json(&json!({
            "id": id, "sub": member.sub.as_str(), "revision": member.revision, "country": member.text("country"),
            "entityId": member.text("entityId"), "role": word(member.text("role").unwrap_or_default()),
            "status": word(member.text("status").unwrap_or_default()),
        }));
    }
    let name = member.text("entityId").or(member.text("country")).unwrap_or(&id);
    output::line(&output::plain(&format!("{name} {done} (revision {} of {id})", member.revision)))
}

/// A word of the records as the schema writes it.
fn word(word: &str) -> String {
    word.to_uppercase().replace('-', "_")
}
