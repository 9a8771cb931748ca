//! `member role`: a role for a term.

use std::sync::Arc;

use super::arguments::AssignRole;
use super::{find::find, operator, tell};
use crate::cli::{Failure, context};
use crate::hub::Hub;
use crate::record::MemberRole;

/// Gives it.
pub(super) async fn run(hub: &Arc<Hub>, asked: &AssignRole) -> Result<(), Failure> {
    context::before_signing(hub).await?;
    let actor = operator();
    let desk = hub.register_desk(&actor);
    let member = find(&desk, &asked.named.member).await?;
    let from = asked.from.unwrap_or_else(|| desk.today());
    let role = MemberRole::from(asked.role);
    let (until, reason) = (asked.until, asked.reason.as_deref());
    let member = desk.assign_role(&member.sub, role, from, until, reason, Some(member.revision)).await?;
    let term = match until {
        Some(until) => format!("has the role {} from {from} until {until}", role.as_str()),
        None => format!("has the role {} from {from} on", role.as_str()),
    };
    tell(hub, &member, asked.show, &term).await
}
