//! A course on its way into the next body of a member: terms by their first day, parted, changed and joined. What is not
//! changed of a term stays as it was written.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::membership::{CourseError, decode};
use crate::record::{Member, MemberRole, MemberStatus, PartialDate, Term};

/// A term on its way into the next body: what is not changed of it stays as it was written.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub(super) from: Date,
    until: Option<Date>,
    pub(super) role: MemberRole,
    pub(super) status: MemberStatus,
    written: Map<String, Value>,
}

impl Stretch {
    pub(super) fn new(from: Date, until: Option<Date>, role: MemberRole, status: MemberStatus) -> Self {
        let mut new = Self { from, until, role, status, written: Map::new() };
        new.set_from(from);
        new.set_until(until);
        new.set_role(role);
        new.set_status(status);
        new
    }

    pub(super) fn of(term: &Term, written: &Value) -> Self {
        Self {
            from: term.from.first_day(),
            until: term.until.map(PartialDate::first_day),
            role: term.role,
            status: term.status,
            written: written.as_object().cloned().unwrap_or_default(),
        }
    }

    pub(super) fn holds(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    pub(super) fn set_from(&mut self, from: Date) {
        self.from = from;
        self.written.insert("from".to_owned(), from.to_string().into());
    }

    pub(super) fn set_until(&mut self, until: Option<Date>) {
        self.until = until;
        self.written.insert("until".to_owned(), until.map(|until| until.to_string()).into());
    }

    pub(super) fn set_role(&mut self, role: MemberRole) {
        self.role = role;
        self.written.insert("role".to_owned(), role.as_str().into());
    }

    pub(super) fn set_status(&mut self, status: MemberStatus) {
        self.status = status;
        self.written.insert("status".to_owned(), status.as_str().into());
    }

    /// Says this and nothing else.
    pub(super) fn set_reason(&mut self, reason: Option<&str>) {
        match reason {
            Some(reason) => self.written.insert("reason".to_owned(), reason.into()),
            None => self.written.shift_remove("reason"),
        };
    }

    /// What was said of this day stays: a second step of one day says its reason after the first one's, and one that
    /// gives none takes none away.
    pub(super) fn add_reason(&mut self, reason: Option<&str>) {
        let Some(reason) = reason else { return };
        let both = match self.reason() {
            // A step without its reason is refused by the rules of the record, not hidden behind another's.
            Some(before) if !reason.is_empty() && before != reason => format!("{before}; {reason}"),
            _ => reason.to_owned(),
        };
        self.set_reason(Some(&both));
    }

    fn reason(&self) -> Option<&str> {
        self.written.get("reason").and_then(Value::as_str)
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.written)
    }
}

/// The terms by their first day.
pub(super) struct Course(pub(super) Vec<Stretch>);

impl Course {
    /// A member whose record tells no course has one that begins with the next step.
    pub(super) fn of(body: &Value, member: &Member) -> Self {
        let written = body.get("history").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut terms: Vec<Stretch> =
            member.history.iter().zip(written).map(|(term, written)| Stretch::of(term, written)).collect();
        terms.sort_by_key(|term| term.from);
        if terms.is_empty() {
            terms.push(Stretch::new(Date::ZERO, None, member.role, member.status));
        }
        Self(terms)
    }

    pub(super) fn first_day(&self) -> Option<Date> {
        self.0.first().map(|term| term.from)
    }

    /// Since when the state of now holds without a break.
    pub(super) fn in_state_since(&self, status: MemberStatus, today: Date) -> Option<Date> {
        let begun = self.0.iter().rev().skip_while(|term| term.from > today);
        begun.take_while(|term| term.status == status).last().map(|term| term.from)
    }

    /// A day that no term holds (a course with a hole, or one that ended) gets one like the last before it.
    pub(super) fn cover(&mut self, day: Date) {
        if self.0.iter().any(|term| term.holds(day)) {
            return;
        }
        let place = self.0.iter().take_while(|term| term.from <= day).count();
        let Some(before) = place.checked_sub(1).and_then(|place| self.0.get(place)) else { return };
        let until = self.0.get(place).map(|next| next.from);
        let new = Stretch::new(day, until, before.role, before.status);
        self.0.insert(place, new);
    }

    /// Parts the term that holds on a day at that day; says whether one was parted. The reason stays with the first part.
    pub(super) fn split(&mut self, day: Date) -> bool {
        let Some(place) = self.0.iter().rposition(|term| term.from < day && term.holds(day)) else { return false };
        let mut after = self.0[place].clone();
        after.set_from(day);
        after.set_reason(None);
        self.0[place].set_until(Some(day));
        self.0.insert(place + 1, after);
        true
    }

    /// Nothing comes after the term that begins on this day; an office ends with it.
    pub(super) fn end_with(&mut self, day: Date) {
        self.0.retain(|term| term.from <= day);
        if let Some(last) = self.0.last_mut() {
            last.set_until(None);
            if matches!(last.role, MemberRole::Coordinator | MemberRole::ExecutiveCommittee) {
                last.set_role(MemberRole::Member);
            }
        }
    }

    /// Terms that follow each other from this day on and say the same are one; one that has a reason of its own stays.
    pub(super) fn join_after(&mut self, day: Date) {
        let mut joined: Vec<Stretch> = Vec::with_capacity(self.0.len());
        for term in std::mem::take(&mut self.0) {
            match joined.last_mut() {
                Some(last)
                    if last.from >= day
                        && term.reason().is_none()
                        && last.until == Some(term.from)
                        && (last.role, last.status) == (term.role, term.status) =>
                {
                    last.set_until(term.until);
                }
                _ => joined.push(term),
            }
        }
        self.0 = joined;
    }

    /// The body with this course and with the role of today. The status counts by itself (protocol §2): only a step that
    /// changes it does so.
    pub(super) fn put_into(self, body: &Value, status: MemberStatus, today: Date) -> Result<Value, CourseError> {
        let mut next = body.clone();
        if let Some(now) = self.0.iter().rev().find(|term| term.holds(today)) {
            next["role"] = now.role.as_str().into();
        }
        next["status"] = status.as_str().into();
        let terms = self.0.into_iter().filter(|term| term.from != Date::ZERO);
        next["history"] = json!(terms.map(Stretch::into_value).collect::<Vec<_>>());
        decode(&next)?;
        Ok(next)
    }
}
