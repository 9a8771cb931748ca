//! The desk at which the coordinator's staff keep the register: one method a step. Each is one transaction that holds
//! the new signed revision of the `member` record, the case or focal point that belongs to it, and a line of the audit
//! log. Whether a person may do it is asked before; that this instance is the coordinator is asked here.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;
use thiserror::Error;
use uuid::Uuid;

use super::{
    entered::{self, Why},
    membership::{self, CourseError, DayFault, NewMember, State, Step},
    newcomers::Newcomers,
    roll::{self, Enrolled},
    trust::Trust,
};
use crate::{
    audit::{self, Actor},
    journal::{
        publish::{self, Alongside, Author, Publication, PublishError, nothing_more},
        revision::Act,
    },
    record::{self, Audience, CountryCode, Kind, MemberRole, RecordKey, Sub},
    store::{Store, StoreError},
};

/// The longest public reason of one step, in characters.
const LONGEST_REASON: usize = 2000;

/// Why a step of membership was not taken.
#[derive(Debug, Error)]
pub enum MembershipError {
    /// Only the coordinator keeps the register.
    #[error("this instance is not the network's coordinator, which alone keeps the register")]
    NotTheCoordinator,
    /// Nothing has this name.
    #[error("there is no such {0}")]
    NotFound(Sought),
    /// Not from this state.
    #[error("this cannot be done now: it is {}", state.as_str())]
    WrongState {
        /// Which step.
        step: Step,
        /// From where.
        state: State,
    },
    /// Somebody else changed the member meanwhile.
    #[error("somebody else changed this member meanwhile: its present revision is {present}. Look at it and try again")]
    Changed {
        /// The present revision.
        present: u32,
    },
    /// Somebody else took a step of the same case, or made the same member, meanwhile.
    #[error("somebody else decided here meanwhile: look at it and try again")]
    Overtaken,
    /// The characters that the ministry read are not the last of this application's key.
    #[error(
        "these are not the last seven characters of the key's thumbprint. Compare the whole of it once more; if it \
         differs, the application is not from the ministry"
    )]
    ThumbprintDiffers,
    /// Not on this day.
    #[error(transparent)]
    BadDay(DayFault),
    /// The key of an application is another instance's, or was retired or compromised.
    #[error("this key cannot be admitted: it is listed for another instance, or was retired or compromised here")]
    KeyInUse,
    /// An entry breaks a rule.
    #[error("{field}: {why}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// Which rule.
        why: Why,
    },
    /// There is one of this State already.
    #[error("{0} is a member already")]
    MemberAlready(CountryCode),
    /// It was not published.
    #[error(transparent)]
    Publish(PublishError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was looked for; its words say what lists the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Sought {
    /// A member.
    #[error("member in the register: `nmirf-hub member list --all` names them")]
    Member,
    /// An application.
    #[error("application here: `nmirf-hub member applications` lists them")]
    Case,
    /// A person to call.
    #[error("focal point here: `nmirf-hub member focal-points` lists them")]
    FocalPoint,
}

impl From<CourseError> for MembershipError {
    fn from(fault: CourseError) -> Self {
        match fault {
            CourseError::WrongState { step, state } => Self::WrongState { step, state },
            CourseError::BadDay(fault) => Self::BadDay(fault),
            CourseError::Body(fault) => {
                Self::Invalid { field: field_of(fault.at()), why: Why::Rule(fault.what().to_owned()) }
            }
        }
    }
}

impl From<PublishError> for MembershipError {
    fn from(fault: PublishError) -> Self {
        match fault {
            PublishError::Changed { present, .. } => Self::Changed { present },
            PublishError::Overtaken => Self::Overtaken,
            PublishError::Store(fault) => Self::Store(fault),
            PublishError::NotTheRegister(_) => Self::NotTheCoordinator,
            other => Self::Publish(other),
        }
    }
}

impl From<sea_orm::DbErr> for MembershipError {
    fn from(fault: sea_orm::DbErr) -> Self {
        Self::Store(fault.into())
    }
}

/// What a person wrote, by where it went into the body.
fn field_of(at: &str) -> &'static str {
    let last = at.rsplit(['.', ' ']).next().unwrap_or_default();
    ["reason", "name", "country", "role", "from", "until"]
        .into_iter()
        .find(|field| last == *field)
        .unwrap_or(if at.starts_with("name") { "name" } else { "record" })
}

/// Where the register is kept, by whom, and when.
#[derive(Clone)]
pub struct RegisterDesk<'a> {
    pub(super) store: &'a Store,
    pub(super) author: Arc<Author>,
    pub(super) trust: Arc<Trust>,
    pub(super) actor: &'a Actor,
    pub(super) now: i64,
}

impl<'a> RegisterDesk<'a> {
    /// For one step or one reading. `now` in milliseconds. After a step the catalogue is behind until
    /// `Hub::catch_up` was called.
    pub fn new(store: &'a Store, author: Arc<Author>, trust: Arc<Trust>, actor: &'a Actor, now: i64) -> Self {
        Self { store, author, trust, actor, now }
    }

    /// Today by the coordinator's clock, UTC: the day from which a step counts.
    pub fn today(&self) -> Date {
        day_of(self.now)
    }

    /// Every member of the register, by `sub`.
    pub async fn members(&self) -> Result<Vec<Enrolled>, MembershipError> {
        self.must_be_the_coordinator()?;
        Ok(roll::roll(self.store, &self.author).await?)
    }

    /// One member.
    pub async fn member(&self, sub: &Sub) -> Result<Enrolled, MembershipError> {
        let found = self.members().await?.into_iter().find(|member| member.sub == *sub);
        found.ok_or(MembershipError::NotFound(Sought::Member))
    }

    /// Lists a member that runs no instance; when it applies later, its record gets the entityId. `names`: texts by
    /// language, an object of the form of records.md. One State has one membership.
    pub async fn add_member(
        &self,
        country: CountryCode,
        names: Option<Value>,
        role: MemberRole,
        from: Date,
        reason: Option<&str>,
    ) -> Result<Enrolled, MembershipError> {
        let there = self.members().await?;
        let is_in = move |one: &Enrolled| one.text("country") == Some(country.as_str()) && !one.has_left();
        if there.iter().any(is_in) {
            return Err(MembershipError::MemberAlready(country));
        }
        let reason = entered::optional("reason", reason, LONGEST_REASON, true)?;
        let new = NewMember {
            country: country.as_str(),
            entity_id: None,
            name: names.map(normalized),
            keys: Vec::new(),
            role,
            from,
            reason: reason.as_deref(),
        };
        let body = membership::begin(new, self.today())?;
        let new = Enrolled { sub: new_sub(), revision: 0, body: Value::Null };
        // One that had left and is in again counts as well as one that is new.
        let newcomers = Newcomers { author: self.author.clone(), known: BTreeSet::new(), own: new.sub.clone() };
        self.publish(&new, body, Step::Add.action(), &|write, _| {
            let newcomers = newcomers.clone();
            Box::pin(async move { newcomers.refuse(write, is_in).await })
        })
        .await
    }

    /// Suspends an active member from today on. `expected`: the revision that was seen.
    pub async fn suspend(&self, sub: &Sub, expected: Option<u32>, reason: &str) -> Result<Enrolled, MembershipError> {
        let reason = public_reason(reason)?;
        let next = |body: &Value| membership::suspend(body, self.today(), self.today(), &reason);
        self.change(sub, expected, Step::Suspend.action(), next).await
    }

    /// Ends a suspension today.
    pub async fn reinstate(&self, sub: &Sub, expected: Option<u32>, reason: &str) -> Result<Enrolled, MembershipError> {
        let reason = public_reason(reason)?;
        let next = |body: &Value| membership::reinstate(body, self.today(), self.today(), &reason);
        self.change(sub, expected, Step::Reinstate.action(), next).await
    }

    /// Records that a member has left, today.
    pub async fn withdraw(&self, sub: &Sub, expected: Option<u32>, reason: &str) -> Result<Enrolled, MembershipError> {
        let reason = public_reason(reason)?;
        let next = |body: &Value| membership::withdraw(body, self.today(), self.today(), &reason);
        self.change(sub, expected, Step::Withdraw.action(), next).await
    }

    /// Gives a role from a day until another (exclusive), past or to come; without one for good.
    pub async fn assign_role(
        &self,
        sub: &Sub,
        role: MemberRole,
        from: Date,
        until: Option<Date>,
        reason: Option<&str>,
        expected: Option<u32>,
    ) -> Result<Enrolled, MembershipError> {
        let reason = entered::optional("reason", reason, LONGEST_REASON, true)?;
        let next = |body: &Value| membership::assign_role(body, role, from, until, self.today(), reason.as_deref());
        self.change(sub, expected, Step::AssignRole.action(), next).await
    }

    /// Members whose record still tells the role of a term that has ended get their next revision: what a
    /// reader takes from the record without its course is then right too. Gives how many.
    pub async fn move_terms_on(&self) -> Result<usize, MembershipError> {
        let mut moved = 0;
        for member in self.members().await? {
            let Ok(next) = membership::as_on(&member.body, self.today()) else { continue };
            if next != member.body {
                self.publish(&member, next, "member.term", &nothing_more).await?;
                moved += 1;
            }
        }
        Ok(moved)
    }

    /// One change of a member: the next body is made from the present one, and published if that is still so.
    pub(super) async fn change(
        &self,
        sub: &Sub,
        expected: Option<u32>,
        action: &str,
        next: impl Fn(&Value) -> Result<Value, CourseError>,
    ) -> Result<Enrolled, MembershipError> {
        let member = self.unchanged(sub, expected).await?;
        let body = next(&member.body)?;
        self.publish(&member, body, action, &nothing_more).await
    }

    /// A member, if it is as it was seen.
    pub(super) async fn unchanged(&self, sub: &Sub, expected: Option<u32>) -> Result<Enrolled, MembershipError> {
        let member = self.member(sub).await?;
        match expected {
            Some(expected) if expected != member.revision => Err(MembershipError::Changed { present: member.revision }),
            _ => Ok(member),
        }
    }

    /// Publishes the next body of a member (the first, where its revision is 0) with a line of the audit log.
    pub(super) async fn publish(
        &self,
        member: &Enrolled,
        body: Value,
        action: &str,
        more: Alongside<'_>,
    ) -> Result<Enrolled, MembershipError> {
        let publication = Publication {
            sub: member.sub.clone(),
            audience: Audience::Public,
            act: Act::Put { body: body.clone() },
            expected: Some(member.revision),
        };
        let target = target(&member.sub);
        let (actor, now, action) = (self.actor.clone(), self.now, action.to_owned());
        let receipt = publish::publish_with(
            self.store,
            &self.author,
            self.now,
            vec![publication],
            &|_| {},
            &|write, outcomes| {
                let (actor, action, target) = (actor.clone(), action.clone(), target.clone());
                let first = more(write, outcomes);
                Box::pin(async move {
                    first.await?;
                    audit::note(write, &actor, now, &action, Some(&target)).await?;
                    Ok(())
                })
            },
        )
        .await?;
        let revision = match receipt.outcomes.first() {
            Some(publish::Outcome::Published(number)) => *number,
            _ => member.revision,
        };
        Ok(Enrolled { sub: member.sub.clone(), revision, body })
    }

    pub(super) fn must_be_the_coordinator(&self) -> Result<(), MembershipError> {
        match self.author.is_coordinator {
            true => Ok(()),
            false => Err(MembershipError::NotTheCoordinator),
        }
    }
}

/// A reason that will stand in the public course.
pub(super) fn public_reason(reason: &str) -> Result<String, MembershipError> {
    entered::text("reason", reason, LONGEST_REASON, true)
}

/// A member's global id, the same on every instance: what the audit log names.
pub(super) fn target(sub: &Sub) -> String {
    RecordKey::of(RecordKey::COORDINATOR, sub).to_string()
}

/// A `sub` made once, when a membership begins.
pub(super) fn new_sub() -> Sub {
    Sub::new(Kind::Member, Uuid::now_v7())
}

/// The day of a time in milliseconds, UTC.
pub(super) fn day_of(now: i64) -> Date {
    Timestamp::from_millisecond(now).unwrap_or_default().to_zoned_datetime(TimeZone::UTC).date()
}

fn normalized(mut value: Value) -> Value {
    record::normalize(&mut value);
    value
}
