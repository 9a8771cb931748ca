//! What is said where a step of the register was not taken.

use async_graphql::Result;

use crate::federation::apply::ApplyError;
use crate::graphql::{
    changing::{Changing, failed},
    user_error::{UserError, UserErrorCode},
};
use crate::register::{MembershipError, membership::DayFault};
use crate::texts::arguments;

/// The mistake in the user's language; a failing store is an error of the request.
pub(super) fn mistake(changing: &Changing<'_>, fault: MembershipError) -> Result<UserError> {
    use UserErrorCode::{Conflict, Invalid, NotFound, WrongState};
    let whole = |code, id: &str| UserError::whole(code, changing.say(id, None));
    Ok(match fault {
        MembershipError::NotTheCoordinator => whole(WrongState, "membership-not-the-coordinator"),
        MembershipError::NotFound => whole(NotFound, "membership-not-found"),
        MembershipError::WrongState { state, .. } => whole(WrongState, &format!("membership-state-{}", state.as_str())),
        MembershipError::Changed { present } => {
            UserError::whole(Conflict, changing.say("membership-changed", Some(&arguments!("present" => present))))
        }
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
        MembershipError::Publish(fault) => {
            let arguments = arguments!("why" => fault.to_string());
            UserError::whole(WrongState, changing.say("membership-not-published", Some(&arguments)))
        }
        MembershipError::Store(fault) => return Err(failed(fault)),
    })
}

fn bad_day(changing: &Changing<'_>, fault: &DayFault) -> UserError {
    let text = |day: &jiff::civil::Date| day.to_string();
    let (field, id, arguments) = match fault {
        DayFault::Ahead { day } => ("from", "membership-day-ahead", arguments!("day" => text(day))),
        DayFault::BeforeTheFirst { day, first } => {
            ("from", "membership-day-before-the-first", arguments!("day" => text(day), "first" => text(first)))
        }
        DayFault::BeforeTheLastStep { day, since } => {
            ("from", "membership-day-before-the-last-step", arguments!("day" => text(day), "since" => text(since)))
        }
        DayFault::EndsBefore { from, until } => {
            ("until", "membership-term-ends-before", arguments!("from" => text(from), "until" => text(until)))
        }
    };
    UserError::of(field, UserErrorCode::Invalid, changing.say(id, Some(&arguments)))
}

/// Why this instance could not apply.
pub(super) fn not_applied(changing: &Changing<'_>, fault: ApplyError) -> Result<UserError> {
    use UserErrorCode::WrongState;
    let whole = |id: &str| UserError::whole(WrongState, changing.say(id, None));
    Ok(match fault {
        ApplyError::NoCoordinator => whole("membership-apply-no-coordinator"),
        ApplyError::Coordinator => whole("membership-apply-coordinator"),
        ApplyError::NoCountry => whole("membership-apply-no-country"),
        ApplyError::AlreadyMember => whole("membership-apply-already-member"),
        ApplyError::NoCase => whole("membership-apply-no-case"),
        ApplyError::Refused { .. } => whole("membership-apply-refused"),
        ApplyError::Coordinators { fault, .. } => {
            let arguments = arguments!("why" => fault.to_string());
            UserError::whole(WrongState, changing.say("membership-apply-no-answer", Some(&arguments)))
        }
        ApplyError::Store(fault) => return Err(failed(fault)),
    })
}
