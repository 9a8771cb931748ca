//! `member decide`: a step of a case.

use std::sync::Arc;

use super::arguments::Decide;
use super::{applications, operator};
use crate::cli::{Failure, context, output};
use crate::hub::Hub;
use crate::register::cases::Decision;

/// Decides.
pub(super) async fn run(hub: &Arc<Hub>, asked: &Decide) -> Result<(), Failure> {
    context::before_signing(hub).await?;
    let actor = operator();
    let decided = hub.register_desk(&actor).decide(asked.number, &decision(asked)).await?;
    hub.catch_up().await?;
    if asked.show.json {
        return output::json(&applications::as_json(&decided.case));
    }
    applications::show(&decided.case, None)?;
    match decided.member {
        Some(_) => output::line("\nThe register lists it: every instance begins to pull it with its next round."),
        None => output::line("\nThe applicant learns it when it asks next."),
    }
}

fn decision(asked: &Decide) -> Decision {
    match (&asked.review, &asked.reject) {
        (Some(question), _) => Decision::Review { question: Some(question.clone()) },
        (None, Some(reason)) => Decision::Reject { reason: reason.clone() },
        (None, None) => Decision::Admit {
            thumbprint_tail: asked.thumbprint_tail.clone().unwrap_or_default(),
            role: asked.role.into(),
            message: asked.message.clone(),
        },
    }
}
