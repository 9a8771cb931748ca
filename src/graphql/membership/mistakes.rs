//! What is said where a step of the register was not taken.

use async_graphql::Result;

use crate::federation::apply::ApplyError;
use crate::graphql::{
    changing::{Changing, failed},
    user_error::{UserError, UserErrorCode},
};
use crate::journal::publish::PublishError;
use crate::register::{MembershipError, Why, membership::DayFault};
use crate::texts::arguments;

/// The mistake in the user's language; a failing store is an error of the request.
pub(super) fn mistake(changing: &Changing<'_>, fault: MembershipError) -> Result<UserError> {
    use UserErrorCode::{Conflict, Invalid, NotFound, TooLong, WrongState};
    let whole = |code, id: &str| UserError::whole(code, changing.say(id, None));
    Ok(match fault {
        MembershipError::NotTheCoordinator => whole(WrongState, "membership-not-the-coordinator"),
        MembershipError::NotFound(_) => whole(NotFound, "membership-not-found"),
        MembershipError::WrongState { state, .. } => whole(WrongState, &format!("membership-state-{}", state.as_str())),
        MembershipError::Changed { present } => {
            UserError::whole(Conflict, changing.say("membership-changed", Some(&arguments!("present" => present))))
        }
        MembershipError::Overtaken => whole(Conflict, "membership-overtaken"),
        MembershipError::ThumbprintDiffers => {
            UserError::of("thumbprintTail", Invalid, changing.say("membership-thumbprint-differs", None))
        }
        MembershipError::BadDay(fault) => bad_day(changing, &fault),
        MembershipError::KeyInUse => whole(WrongState, "membership-key-in-use"),
        MembershipError::Invalid { field, why } => not_taken(changing, field, &why),
        MembershipError::MemberAlready(country) => {
            let arguments = arguments!("country" => country.to_string());
            UserError::of("country", WrongState, changing.say("membership-member-already", Some(&arguments)))
        }
        MembershipError::Publish(PublishError::Stopped(_)) => whole(WrongState, "draft-obstacle-signing-stopped"),
        MembershipError::Publish(PublishError::Full(..) | PublishError::FullOfBytes(..)) => {
            whole(WrongState, "draft-obstacle-full")
        }
        MembershipError::Publish(PublishError::TooLong(_)) => whole(TooLong, "membership-record-too-long"),
        MembershipError::Publish(fault) => {
            let arguments = arguments!("why" => fault.to_string());
            UserError::whole(WrongState, changing.say("membership-not-published", Some(&arguments)))
        }
        MembershipError::Store(fault) => return Err(failed(fault)),
    })
}

/// What is said of an entry that breaks a rule.
pub(in crate::graphql) fn not_taken(changing: &Changing<'_>, field: &str, why: &Why) -> UserError {
    use UserErrorCode::{Invalid, NotFound, Required, TooLong, WrongState};
    let (code, id, arguments) = match why {
        Why::Missing => (Required, "required", None),
        Why::TooLong(most) => (TooLong, "membership-too-long", Some(arguments!("most" => *most))),
        Why::Control => (Invalid, "membership-control-character", None),
        Why::NoEmail => (Invalid, "membership-no-email", None),
        Why::NoTelephone => (Invalid, "membership-no-telephone", None),
        Why::NotAnnounced => (NotFound, "membership-key-not-announced", None),
        Why::ListedAlready => (WrongState, "membership-key-listed-already", None),
        Why::NotListed => (NotFound, "membership-key-not-listed", None),
        Why::Rule(rule) => (Invalid, "membership-rule", Some(arguments!("rule" => rule.as_str()))),
    };
    UserError::of(field, code, changing.say(id, arguments.as_ref()))
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
