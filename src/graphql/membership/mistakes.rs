//! What is said where a step of the register was not taken.

use async_graphql::Result;

use crate::graphql::{
    changing::{Changing, failed},
    user_error::{UserError, UserErrorCode},
};
use crate::journal::publish::PublishError;
use crate::register::{MembershipError, membership::DayFault};
use crate::texts::arguments;

/// The mistake in the user's language; a failing store is an error of the request.
pub(super) fn mistake(changing: &Changing<'_>, fault: MembershipError) -> Result<UserError> {
    use UserErrorCode::{Conflict, Invalid, NotFound, WrongState};
    let whole = |code, id: &str| UserError::whole(code, changing.say(id, None));
    Ok(match fault {
        MembershipError::NotTheCoordinator => whole(WrongState, "membership-not-the-coordinator"),
        MembershipError::NotFound => whole(NotFound, "not-found"),
        MembershipError::WrongState { state, .. } => {
            let state = changing.say(&format!("membership-state-{}", state.as_str().replace(' ', "-")), None);
            UserError::whole(WrongState, changing.say("wrong-state", Some(&arguments!("state" => state))))
        }
        MembershipError::Changed { .. } => whole(Conflict, "membership-changed"),
        MembershipError::ThumbprintDiffers => {
            UserError::of("thumbprintTail", Invalid, changing.say("membership-thumbprint-differs", None))
        }
        MembershipError::BadDay(fault) => bad_day(changing, &fault),
        MembershipError::KeyInUse => whole(WrongState, "membership-key-in-use"),
        MembershipError::Invalid { field, why } => {
            UserError::of(field, Invalid, changing.say("invalid", Some(&arguments!("why" => why))))
        }
        MembershipError::MemberAlready(country) => {
            let arguments = arguments!("country" => country.to_string());
            UserError::of("country", WrongState, changing.say("membership-member-already", Some(&arguments)))
        }
        MembershipError::Publish(PublishError::Stopped) => whole(WrongState, "draft-obstacle-signing-stopped"),
        MembershipError::Publish(fault) => return Err(failed(fault)),
        MembershipError::Store(fault) => return Err(failed(fault)),
    })
}

fn bad_day(changing: &Changing<'_>, fault: &DayFault) -> UserError {
    let (field, id, day) = match fault {
        DayFault::Ahead { day } => ("from", "membership-day-ahead", day),
        DayFault::BeforeTheFirst { first, .. } => ("from", "membership-day-before-first", first),
        DayFault::BeforeTheLastStep { since, .. } => ("from", "membership-day-before-last-step", since),
        DayFault::EndsBefore { from, .. } => ("until", "membership-day-ends-before", from),
    };
    let message = changing.say(id, Some(&arguments!("day" => day.to_string())));
    UserError::of(field, UserErrorCode::Invalid, message)
}
