//! Membership as one state machine (protocol §2). A case at the coordinator: applied → under review → admitted or
//! rejected. Then the member: active ⇄ suspended → withdrawn, and from there in again by another application; beside it
//! the roles with their terms. Pure: each step makes the next body of the `member` record from the present one, whose
//! `history` holds the whole course, so that the latest revision answers for every day. What a body has that is not
//! known here is kept.

use jiff::{ToSpan, civil::Date};
use serde_json::{Map, Value};
use thiserror::Error;

use super::course::{Course, Stretch};
use crate::record::{self, Body, BodyError, Kind, Member, MemberRole, MemberStatus, Term};

/// Terms that end within so many days are listed.
pub const ENDING_WITHIN: i32 = 90;

/// Where a case stands. It is in no journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseStatus {
    /// It came.
    Applied,
    /// It is looked at, or something was asked.
    UnderReview,
    /// There is a member record.
    Admitted,
    /// It was turned down; only the applicant reads why.
    Rejected,
}

impl CaseStatus {
    /// Every one, in the order of a course.
    pub const ALL: [CaseStatus; 4] =
        [CaseStatus::Applied, CaseStatus::UnderReview, CaseStatus::Admitted, CaseStatus::Rejected];

    /// The word of protocol §5.
    pub fn as_str(self) -> &'static str {
        match self {
            CaseStatus::Applied => "applied",
            CaseStatus::UnderReview => "under-review",
            CaseStatus::Admitted => "admitted",
            CaseStatus::Rejected => "rejected",
        }
    }

    /// The status of a word.
    pub fn parse(word: &str) -> Option<CaseStatus> {
        CaseStatus::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether it waits for a decision.
    pub fn is_open(self) -> bool {
        matches!(self, CaseStatus::Applied | CaseStatus::UnderReview)
    }

    /// Where a step leads from here.
    pub fn after(self, step: Step) -> Result<CaseStatus, CourseError> {
        match step {
            _ if !self.is_open() => Err(CourseError::WrongState { step, state: State::Case(self) }),
            Step::Review => Ok(CaseStatus::UnderReview),
            Step::Admit => Ok(CaseStatus::Admitted),
            Step::Reject => Ok(CaseStatus::Rejected),
            _ => Err(CourseError::WrongState { step, state: State::Case(self) }),
        }
    }
}

/// A step of a case or of a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A case is taken up, or something is asked.
    Review,
    /// A case ends in a membership.
    Admit,
    /// A case is turned down.
    Reject,
    /// A member that runs no instance is listed.
    Add,
    /// For the time being it takes no part.
    Suspend,
    /// It takes part again.
    Reinstate,
    /// It leaves.
    Withdraw,
    /// It gets a role.
    AssignRole,
}

impl Step {
    /// The action in the audit log.
    pub fn action(self) -> &'static str {
        match self {
            Step::Review => "application.review",
            Step::Admit => "application.admit",
            Step::Reject => "application.reject",
            Step::Add => "member.add",
            Step::Suspend => "member.suspend",
            Step::Reinstate => "member.reinstate",
            Step::Withdraw => "member.withdraw",
            Step::AssignRole => "member.role",
        }
    }
}

/// Where a case or a membership stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A case.
    Case(CaseStatus),
    /// A membership.
    Member(MemberStatus),
}

impl State {
    /// The word of the protocol.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Case(status) => status.as_str(),
            State::Member(status) => status.as_str(),
        }
    }
}

/// What is wrong with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DayFault {
    /// A step that counts at once cannot lie ahead.
    #[error("{day} lies ahead: enter it on that day")]
    Ahead {
        /// The day given.
        day: Date,
    },
    /// Before the membership began.
    #[error("{day} is before the membership began, on {first}")]
    BeforeTheFirst {
        /// The day given.
        day: Date,
        /// First day of the course.
        first: Date,
    },
    /// Before the last step.
    #[error("{day} is before the present state began, on {since}")]
    BeforeTheLastStep {
        /// The day given.
        day: Date,
        /// First day of the present state.
        since: Date,
    },
    /// A term that ends before it begins.
    #[error("the end, {until}, is not after the beginning, {from}")]
    EndsBefore {
        /// First day.
        from: Date,
        /// First day after it.
        until: Date,
    },
}

/// Why a step cannot be taken.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum CourseError {
    /// Not from this state.
    #[error("this cannot be done: it is {}", state.as_str())]
    WrongState {
        /// Which step.
        step: Step,
        /// From where.
        state: State,
    },
    /// Not on this day.
    #[error(transparent)]
    BadDay(#[from] DayFault),
    /// The record breaks a rule, or would.
    #[error("{0}")]
    Body(#[from] BodyError),
}

/// What makes a new member record.
#[derive(Clone, Debug)]
pub struct NewMember<'a> {
    /// Two capital letters.
    pub country: &'a str,
    /// EntityId of its instance, if it runs one.
    pub entity_id: Option<&'a str>,
    /// Names by language.
    pub name: Option<Value>,
    /// Its keys: JWKs with status.
    pub keys: Vec<Value>,
    /// Its role from the first day on.
    pub role: MemberRole,
    /// First day.
    pub from: Date,
    /// Public reason.
    pub reason: Option<&'a str>,
}

/// The first body of a member. `today` by the coordinator's clock, UTC.
pub fn begin(new: NewMember<'_>, today: Date) -> Result<Value, CourseError> {
    if new.from > today {
        return Err(DayFault::Ahead { day: new.from }.into());
    }
    let mut body = Map::new();
    body.insert("country".to_owned(), new.country.into());
    if let Some(entity_id) = new.entity_id {
        body.insert("entityId".to_owned(), entity_id.into());
    }
    if let Some(name) = new.name {
        body.insert("name".to_owned(), name);
    }
    body.insert("role".to_owned(), new.role.as_str().into());
    body.insert("status".to_owned(), MemberStatus::Active.as_str().into());
    let mut first = Stretch::new(new.from, None, new.role, MemberStatus::Active);
    first.set_reason(new.reason);
    body.insert("history".to_owned(), Value::Array(vec![first.into_value()]));
    if !new.keys.is_empty() {
        body.insert("keys".to_owned(), new.keys.into());
    }
    let body = Value::Object(body);
    decode(&body)?;
    Ok(body)
}

/// Active → suspended, from `day` on.
pub fn suspend(body: &Value, day: Date, today: Date, reason: &str) -> Result<Value, CourseError> {
    change_status(body, Step::Suspend, MemberStatus::Suspended, day, today, Some(reason))
}

/// Suspended → active.
pub fn reinstate(body: &Value, day: Date, today: Date, reason: &str) -> Result<Value, CourseError> {
    change_status(body, Step::Reinstate, MemberStatus::Active, day, today, Some(reason))
}

/// Active or suspended → withdrawn. Who leaves holds no office any more.
pub fn withdraw(body: &Value, day: Date, today: Date, reason: &str) -> Result<Value, CourseError> {
    change_status(body, Step::Withdraw, MemberStatus::Withdrawn, day, today, Some(reason))
}

/// A member that had left is in again, with this role.
pub fn admit_again(body: &Value, role: MemberRole, day: Date, today: Date) -> Result<Value, CourseError> {
    let body = change_status(body, Step::Admit, MemberStatus::Active, day, today, None)?;
    assign_role(&body, role, day, None, today, None)
}

/// Gives a role from `from` until `until` (exclusive); after that it has the role that it had before, or is a plain member
/// where that was the same one. Both may lie ahead: what the record says of now is that of `today`.
pub fn assign_role(
    body: &Value,
    role: MemberRole,
    from: Date,
    until: Option<Date>,
    today: Date,
    reason: Option<&str>,
) -> Result<Value, CourseError> {
    let member = decode(body)?;
    if member.status == MemberStatus::Withdrawn {
        return Err(CourseError::WrongState { step: Step::AssignRole, state: State::Member(member.status) });
    }
    if let Some(until) = until.filter(|until| *until <= from) {
        return Err(DayFault::EndsBefore { from, until }.into());
    }
    let mut course = Course::of(body, &member);
    if let Some(first) = course.first_day().filter(|first| from < *first) {
        return Err(DayFault::BeforeTheFirst { day: from, first }.into());
    }
    course.cover(from);
    course.split(from);
    let after = until.is_some_and(|until| course.split(until));
    for stretch in &mut course.0 {
        // The role before the term comes back; that same role for a term ends with it.
        let returns = if stretch.role == role { MemberRole::Member } else { stretch.role };
        let holds = stretch.from >= from && until.is_none_or(|until| stretch.from < until);
        if holds && stretch.status != MemberStatus::Withdrawn {
            stretch.set_role(role);
        }
        if stretch.from == from {
            stretch.add_reason(reason);
        }
        if after && until == Some(stretch.from) && stretch.status != MemberStatus::Withdrawn {
            stretch.set_role(returns);
        }
    }
    course.join_after(from);
    course.put_into(body, member.status, today)
}

/// The same body as it is on a day, with the role of the term that holds then: what the end of a term changes.
pub fn as_on(body: &Value, today: Date) -> Result<Value, CourseError> {
    let member = decode(body)?;
    Course::of(body, &member).put_into(body, member.status, today)
}

/// The term that holds today and ends within [`ENDING_WITHIN`] days, of a member that has not left.
pub fn ends_soon(member: &Member, today: Date) -> Option<&Term> {
    let last = today.saturating_add(ENDING_WITHIN.days());
    let term = member.on(today).filter(|term| term.status != MemberStatus::Withdrawn)?;
    term.until.is_some_and(|until| until.first_day() <= last).then_some(term)
}

fn change_status(
    body: &Value,
    step: Step,
    to: MemberStatus,
    day: Date,
    today: Date,
    reason: Option<&str>,
) -> Result<Value, CourseError> {
    let member = decode(body)?;
    if !leads(step, member.status) {
        return Err(CourseError::WrongState { step, state: State::Member(member.status) });
    }
    if day > today {
        return Err(DayFault::Ahead { day }.into());
    }
    let mut course = Course::of(body, &member);
    if let Some(since) = course.in_state_since(member.status, today).filter(|since| day < *since) {
        return Err(DayFault::BeforeTheLastStep { day, since }.into());
    }
    course.cover(day);
    course.split(day);
    if to == MemberStatus::Withdrawn {
        course.end_with(day);
    }
    for stretch in course.0.iter_mut().filter(|stretch| stretch.from >= day) {
        stretch.set_status(to);
        if stretch.from == day {
            stretch.add_reason(reason);
        }
    }
    course.put_into(body, to, today)
}

fn leads(step: Step, from: MemberStatus) -> bool {
    match step {
        Step::Suspend => from == MemberStatus::Active,
        Step::Reinstate => from == MemberStatus::Suspended,
        Step::Withdraw => from != MemberStatus::Withdrawn,
        Step::Admit => from == MemberStatus::Withdrawn,
        _ => false,
    }
}

/// The member that a body says.
pub(super) fn decode(body: &Value) -> Result<Member, CourseError> {
    match record::decode(Kind::Member, body)?.body {
        Body::Member(member) => Ok(member),
        // `decode` gives the kind that it is asked for.
        _ => unreachable!("a member was decoded"),
    }
}

#[cfg(test)]
#[path = "membership_tests.rs"]
mod tests;
