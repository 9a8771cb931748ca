//! `POST /fr/desk/members/{id}`: one step with a member. It is taken only if the member is still as it was seen.

use std::sync::Arc;

use jiff::civil::Date;

use super::{
    super::{
        answer::{Answer, Reply},
        visit::{Refusal, Visit},
    },
    focal_points::Opened,
    form::Wrong,
    listed::{self, Listed},
    member,
    mistakes::told,
};
use crate::{
    access::Role,
    record::MemberRole,
    register::{Enrolled, MembershipError, RegisterDesk},
};

type Taken = Result<Result<Enrolled, MembershipError>, Wrong>;

pub(super) async fn take(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let member = listed::one(&visit, &desk).await?;
    let (form, done) = match visit.field("step").as_str() {
        "suspend" => ("suspend", "suspended"),
        "reinstate" => ("reinstate", "reinstated"),
        "withdraw" => ("withdraw", "withdrawn"),
        "role" => ("role", "role"),
        "confirm-key" => ("confirm-key", "key-confirmed"),
        "compromised-key" => ("compromised-key", "key-compromised"),
        _ => return Err(Refusal::NotFound),
    };
    let wrong = match step(&visit, &desk, &member, form).await {
        Ok(Ok(_)) => {
            visit.after_change().await;
            return Ok(Reply::Go(format!("{}?done={done}", visit.path(&member.path())), Vec::new()));
        }
        Ok(Err(fault)) => told(&visit, form, fault)?,
        Err(wrong) => wrong,
    };
    Ok(member::content(&visit, &desk, &member, Opened::No, Some(&wrong)).await?.into())
}

async fn step(visit: &Visit, desk: &RegisterDesk<'_>, member: &Listed, form: &'static str) -> Taken {
    let (sub, reason) = (&member.enrolled.sub, visit.field("reason"));
    // What nobody has seen is no revision.
    let seen = Some(visit.field("revision").parse().unwrap_or(0));
    Ok(match form {
        "suspend" => desk.suspend(sub, seen, &reason).await,
        "reinstate" => desk.reinstate(sub, seen, &reason).await,
        "withdraw" => desk.withdraw(sub, seen, &reason).await,
        "role" => {
            let from = day(visit, form, "from")?.ok_or_else(|| Wrong::new(form, "from", visit.say("required")))?;
            let until = day(visit, form, "until")?;
            let role = MemberRole::parse(&visit.field("role"));
            let role = role.ok_or_else(|| Wrong::new(form, "role", visit.say("required")))?;
            desk.assign_role(sub, role, from, until, Some(&reason), seen).await
        }
        "confirm-key" => {
            let together = format!("{}{}", visit.field("key"), visit.field("tail"));
            let thumbprint: String = together.split_whitespace().collect();
            desk.confirm_key(sub, &thumbprint, seen).await
        }
        _ => {
            let key = visit.field("key");
            if key.is_empty() {
                return Err(Wrong::new(form, "key", visit.say("desk-stolen-which-needed")));
            }
            desk.mark_key_compromised(sub, &key, &reason, seen).await
        }
    })
}

/// A day that was typed; none where the field is empty.
pub(super) fn day(visit: &Visit, form: &'static str, field: &'static str) -> Result<Option<Date>, Wrong> {
    match visit.field(field).trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| Wrong::new(form, field, visit.say("desk-not-a-day"))),
    }
}
