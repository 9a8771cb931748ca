//! What is said where a step of the register was not taken: the same sentences as in the API, beside the field.

use super::{
    super::{
        say::Part,
        visit::{Refusal, Visit},
    },
    form::Wrong,
};
use crate::{
    journal::publish::PublishError,
    register::{MembershipError, Why, membership::DayFault},
};

/// Why there is no page of the register.
pub(super) fn refused(fault: MembershipError) -> Refusal {
    match fault {
        MembershipError::Store(fault) => fault.into(),
        // Where no register is kept there is no desk.
        MembershipError::NotFound(_) | MembershipError::NotTheCoordinator => Refusal::NotFound,
        fault => {
            tracing::error!("a page of the register could not be made: {fault}");
            Refusal::Fault
        }
    }
}

/// What was wrong with the form of this name; a failing database is a fault of the page.
pub(super) fn told(visit: &Visit, form: &'static str, fault: MembershipError) -> Result<Wrong, Refusal> {
    let whole = |text: String| Wrong::new(form, "", text);
    Ok(match fault {
        MembershipError::NotTheCoordinator => whole(visit.say("membership-not-the-coordinator")),
        MembershipError::NotFound(_) => whole(visit.say("membership-not-found")),
        MembershipError::WrongState { state, .. } => whole(visit.say(&format!("membership-state-{}", state.as_str()))),
        MembershipError::Changed { present } => {
            whole(visit.label("membership-changed", &[("present", u64::from(present).into())]))
        }
        MembershipError::Overtaken => whole(visit.say("membership-overtaken")),
        MembershipError::ThumbprintDiffers => Wrong::new(form, "tail", visit.say("membership-thumbprint-differs")),
        MembershipError::BadDay(fault) => bad_day(visit, form, &fault),
        MembershipError::KeyInUse => whole(visit.say("membership-key-in-use")),
        MembershipError::Invalid { field, why } => Wrong::new(form, field_of(field), not_taken(visit, &why)),
        MembershipError::MemberAlready(country) => {
            let country = super::super::parts::terms::country(visit, country);
            let said = visit.label("membership-member-already", &[("country", (&country).into())]);
            Wrong::new(form, "country", said)
        }
        MembershipError::Publish(PublishError::Stopped(_)) => whole(visit.say("draft-obstacle-signing-stopped")),
        MembershipError::Publish(PublishError::Full(..) | PublishError::FullOfBytes(..)) => {
            whole(visit.say("draft-obstacle-full"))
        }
        MembershipError::Publish(PublishError::TooLong(_)) => whole(visit.say("membership-record-too-long")),
        MembershipError::Publish(fault) => {
            whole(visit.label("membership-not-published", &[("why", (&fault.to_string()).into())]))
        }
        MembershipError::Store(fault) => return Err(fault.into()),
    })
}

/// A key is typed by its end alone; a rule of the whole record is no field's.
fn field_of(field: &'static str) -> &'static str {
    match field {
        "thumbprint" => "tail",
        "record" => "",
        other => other,
    }
}

/// What is said of an entry that breaks a rule.
pub(super) fn not_taken(visit: &Visit, why: &Why) -> String {
    match why {
        Why::Missing => visit.say("required"),
        Why::TooLong(most) => visit.label("membership-too-long", &[("most", (*most).into())]),
        Why::Control => visit.say("membership-control-character"),
        Why::NoEmail => visit.say("membership-no-email"),
        Why::NoTelephone => visit.say("membership-no-telephone"),
        Why::NotAnnounced => visit.say("membership-key-not-announced"),
        Why::ListedAlready => visit.say("membership-key-listed-already"),
        Why::NotListed => visit.say("membership-key-not-listed"),
        Why::Rule(rule) => visit.label("membership-rule", &[("rule", rule.as_str().into())]),
    }
}

fn bad_day(visit: &Visit, form: &'static str, fault: &DayFault) -> Wrong {
    let day = |day: &jiff::civil::Date| visit.day(*day);
    let told = |id: &str, parts: &[(&'static str, &String)]| {
        let parts: Vec<(&'static str, Part<'_>)> = parts.iter().map(|(name, text)| (*name, (*text).into())).collect();
        visit.label(id, &parts)
    };
    match fault {
        DayFault::Ahead { day: ahead } => {
            Wrong::new(form, "from", told("membership-day-ahead", &[("day", &day(ahead))]))
        }
        DayFault::BeforeTheFirst { day: early, first } => {
            let said = told("membership-day-before-the-first", &[("day", &day(early)), ("first", &day(first))]);
            Wrong::new(form, "from", said)
        }
        DayFault::BeforeTheLastStep { day: early, since } => {
            let said = told("membership-day-before-the-last-step", &[("day", &day(early)), ("since", &day(since))]);
            Wrong::new(form, "from", said)
        }
        DayFault::EndsBefore { from, until } => {
            let said = told("membership-term-ends-before", &[("from", &day(from)), ("until", &day(until))]);
            Wrong::new(form, "until", said)
        }
    }
}
