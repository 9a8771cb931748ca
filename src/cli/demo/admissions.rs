//! How an instance of the demonstration that no source names as a member joins: it applies, and the demonstration decides
//! in the place of the coordinator's staff, which nobody may take for a real membership.

use std::sync::Arc;

use crate::{
    audit::Actor,
    cli::Failure,
    federation::apply,
    hub::Hub,
    record::MemberRole,
    register::cases::{Decision, TAIL},
    serving::Serving,
};

/// Said to the applicant.
const MESSAGE: &str = "Admitted by the demonstration of nmirf-hub: no statement about a real membership";

/// Every national instance that the register does not list applies and is admitted. The coordinator stands first.
pub async fn admit(network: &[Serving]) -> Result<(), Failure> {
    let [coordinator, nationals @ ..] = network else { return Ok(()) };
    let coordinator = coordinator.hub();
    let mut admitted = false;
    for national in nationals {
        if coordinator.trust().member(national.hub().entity_id()).is_none() {
            join(coordinator, national.hub()).await?;
            admitted = true;
        }
    }
    if admitted {
        coordinator.catch_up().await?;
    }
    Ok(())
}

async fn join(coordinator: &Arc<Hub>, national: &Arc<Hub>) -> Result<(), Failure> {
    let key = national.author().key.clone();
    let case = apply::apply(national, None, &key).await?;
    let thumbprint = key.public().thumbprint();
    let tail = thumbprint.len().saturating_sub(TAIL);
    let decision = Decision::Admit {
        thumbprint_tail: thumbprint[tail..].to_owned(),
        role: MemberRole::Member,
        message: Some(MESSAGE.to_owned()),
    };
    let actor = Actor { name: "demonstration".into(), address: None };
    let number = i32::try_from(case.number).map_err(Failure::failed)?;
    coordinator.register_desk(&actor).decide(number, &decision).await?;
    Ok(())
}
