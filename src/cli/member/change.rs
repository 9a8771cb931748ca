//! `member suspend`, `member reinstate` and `member withdraw`: each step counts from today on.

use std::sync::Arc;

use super::arguments::Change;
use super::{find::find, operator, tell};
use crate::cli::{Failure, context};
use crate::hub::Hub;

/// Which of the three.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Suspend,
    Reinstate,
    Withdraw,
}

/// Takes the step.
pub(super) async fn run(hub: &Arc<Hub>, step: Step, asked: &Change) -> Result<(), Failure> {
    context::before_signing(hub).await?;
    let actor = operator();
    let desk = hub.register_desk(&actor);
    let member = find(&desk, &asked.named.member).await?;
    let seen = Some(member.revision);
    let (member, done) = match step {
        Step::Suspend => (desk.suspend(&member.sub, seen, &asked.reason).await?, "is suspended"),
        Step::Reinstate => (desk.reinstate(&member.sub, seen, &asked.reason).await?, "is active again"),
        Step::Withdraw => (desk.withdraw(&member.sub, seen, &asked.reason).await?, "has left the network"),
    };
    tell(hub, &member, asked.show, done).await
}
