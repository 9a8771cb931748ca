//! `member handover`: another instance becomes the coordinator.

use std::sync::Arc;

use super::arguments::Handover;
use crate::audit::Actor;
use crate::cli::{Failure, context, output};
use crate::federation::handover::{self, HandoverError};
use crate::federation::look;
use crate::hub::Hub;
use crate::journal::key::in_groups_of_four;
use crate::journal::read::Trusted as _;

impl From<HandoverError> for Failure {
    fn from(fault: HandoverError) -> Self {
        Failure::failed(fault)
    }
}

/// The successor's side with `--take-over`, the old coordinator's else.
pub(in crate::cli) async fn run(hub: &Arc<Hub>, asked: &Handover) -> Result<(), Failure> {
    let _ = look::walk_anchor(hub).await;
    hub.catch_up().await?;
    context::before_signing(hub).await?;
    let actor = Actor::operator();
    let Some(successor) = &asked.successor else {
        let carried = handover::take_over(hub, &actor).await?;
        output::line(&format!("{carried} records of the coordinator are published here under this instance's name"))?;
        return output::line("Next, at the old coordinator: nmirf-hub member handover with this instance's URL");
    };
    for (key, status) in hub.trust().keys(successor).iter() {
        output::line(&format!("key          {} ({})", in_groups_of_four(key.thumbprint()), status.as_str()))?;
    }
    let question =
        format!("Hand the network's register over to {successor}? This instance can change nothing in it then.");
    if !output::confirm(&question, asked.yes, "give --yes")? {
        return Err(Failure::failed("nothing was handed over"));
    }
    handover::hand_over(hub, &actor, successor).await?;
    output::line(&format!("{successor} is the coordinator from now on. Every instance follows by itself"))
}
