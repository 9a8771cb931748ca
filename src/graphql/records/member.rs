//! Members of the network, with the course of their membership and the keys of their instances.

use crate::catalog::{InstanceKey, Published};
use crate::journal::key::PublicKey;
use crate::record::{self, Body};

use super::{Mechanism, record_object, referred};
use crate::graphql::membership::{FocalPoint, of_member};
use crate::graphql::network::Instance;
use crate::graphql::reading::{Moment, Reading};
use crate::graphql::scalars::{self, CountryCode, LanguageTag};
use crate::graphql::text::LocalizedText;
use async_graphql::{Context, Enum, Object};
use jiff::civil::Date;
use std::borrow::Cow;
use std::sync::Arc;

/// A member, where it is read, and the day.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    reading: &'a Reading,
    shown: &'a Published,
    body: &'a record::Member,
    country: CountryCode,
    day: Date,
}

impl<'a> Member<'a> {
    /// The record as the schema shows it; none for another kind.
    pub(crate) fn of(shown: &'a Published, moment: Moment<'a>) -> Option<Self> {
        let Body::Member(body) = &shown.record.body else { return None };
        Some(Self { reading: moment.reading, shown, body, country: CountryCode(shown.country()?), day: moment.day })
    }

    fn stated_country(&self) -> CountryCode {
        self.country
    }
}

record_object! {
    /// A State's mechanism as a member of the network; role and status as of `asOf`, today by default.
    Member, country: CountryCode, {
    /// Name of the member.
    async fn name(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> Option<LocalizedText<'a>> {
        Some(self.localized(self.body.name.as_ref()?, language.as_ref()))
    }

    /// Its mechanism.
    async fn mechanism(&self) -> Option<Mechanism<'a>> {
        let named = self.body.mechanism.as_ref().and_then(|named| referred(named, self.shown, self.reading));
        let named = named.and_then(|record| Mechanism::of(record, self.reading.moment()));
        named.or_else(|| {
            let of_country = self.reading.snapshot.mechanism_of_country(self.country.0, self.reading.viewer())?;
            Mechanism::of(of_country, self.reading.moment())
        })
    }

    /// Role on the day asked for.
    async fn role(&self) -> MemberRole {
        self.term().map_or(self.body.role, |term| term.role).into()
    }

    /// Status on the day asked for.
    async fn status(&self) -> MemberStatus {
        self.term().map_or(self.body.status, |term| term.status).into()
    }

    /// First day of this role and status.
    async fn since(&self) -> Option<scalars::Date> {
        Some(scalars::Date(self.term()?.from.first_day()))
    }

    /// Day on which they end, exclusive.
    async fn until(&self) -> Option<scalars::Date> {
        Some(scalars::Date(self.term()?.until?.first_day()))
    }

    /// The whole course, oldest first.
    async fn course(&self) -> Vec<MemberTerm<'a>> {
        let mut course: Vec<_> = self.body.history.iter().map(MemberTerm).collect();
        course.sort_by_key(|term| term.0.from.first_day());
        course
    }

    /// Its instance; null when it runs none.
    async fn instance(&self) -> Option<Instance<'a>> {
        Some(Instance::of(self.reading, self.body.entity_id.as_deref()?))
    }

    /// Persons to call; null unless the viewer is administrator or coordinator of the coordinator's instance.
    async fn focal_points(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Vec<FocalPoint>>> {
        // In a box: every field of the object takes the room of its largest one.
        Box::pin(of_member(ctx, &self.shown.sub)).await
    }

    /// Its keys, as the register lists them.
    async fn keys(&self) -> Vec<MemberKey<'a>> {
        self.body.keys.iter().map(MemberKey::of_member).collect()
    }

    }
}

impl<'a> Member<'a> {
    /// The part of its course that holds on the day; a member that is not one yet or any more shows as its record says.
    fn term(&self) -> Option<&'a record::Term> {
        self.body.on(self.day)
    }
}

/// A stretch of a course.
#[derive(Clone, Copy)]
pub struct MemberTerm<'a>(&'a record::Term);

/// A part of a member's course.
#[Object(serial)]
impl<'a> MemberTerm<'a> {
    /// First day.
    async fn from(&self) -> scalars::Date {
        scalars::Date(self.0.from.first_day())
    }

    /// Last day, exclusive; null when open.
    async fn until(&self) -> Option<scalars::Date> {
        self.0.until.map(|until| scalars::Date(until.first_day()))
    }

    /// Role.
    async fn role(&self) -> MemberRole {
        self.0.role.into()
    }

    /// Status.
    async fn status(&self) -> MemberStatus {
        self.0.status.into()
    }

    /// Reason given, public.
    async fn reason(&self) -> Option<&'a str> {
        self.0.reason.as_deref()
    }
}

/// A key that a list names.
#[derive(Clone)]
pub struct MemberKey<'a> {
    x: Cow<'a, str>,
    thumbprint: Cow<'a, str>,
    status: KeyStatus,
}

impl<'a> MemberKey<'a> {
    fn of_member(key: &'a record::ListedKey) -> Self {
        let thumbprint: Arc<str> = PublicKey::from_x(key.x).thumbprint().clone();
        Self { x: key.x_base64url().into(), thumbprint: thumbprint.to_string().into(), status: key.status.into() }
    }

    pub(crate) fn of_instance(key: &'a InstanceKey) -> Self {
        // A word that is not known here is no permission to sign.
        let status = record::KeyStatus::parse(&key.status).map_or(KeyStatus::Retired, KeyStatus::from);
        Self { x: Cow::Borrowed(&key.x), thumbprint: Cow::Borrowed(&key.thumbprint), status }
    }
}

/// A key of an instance.
#[Object(serial)]
impl<'a> MemberKey<'a> {
    /// Public key: `x` of the JWK (OKP, Ed25519).
    async fn x(&self) -> &str {
        &self.x
    }

    /// RFC 7638 thumbprint.
    async fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// Whether it may still sign.
    async fn status(&self) -> KeyStatus {
        self.status
    }
}

/// Status of a key.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStatus {
    /// Signs.
    Current,
    /// Signed once.
    Retired,
    /// Stolen or lost.
    Compromised,
}

impl From<record::KeyStatus> for KeyStatus {
    fn from(status: record::KeyStatus) -> Self {
        match status {
            record::KeyStatus::Current => Self::Current,
            record::KeyStatus::Retired => Self::Retired,
            record::KeyStatus::Compromised => Self::Compromised,
        }
    }
}

/// Roles in the network.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberRole {
    /// Member.
    Member,
    /// Observer.
    Observer,
    /// Executive committee.
    ExecutiveCommittee,
    /// Coordinator of the network.
    Coordinator,
}

impl From<record::MemberRole> for MemberRole {
    fn from(role: record::MemberRole) -> Self {
        match role {
            record::MemberRole::Member => Self::Member,
            record::MemberRole::Observer => Self::Observer,
            record::MemberRole::ExecutiveCommittee => Self::ExecutiveCommittee,
            record::MemberRole::Coordinator => Self::Coordinator,
        }
    }
}

impl From<MemberRole> for record::MemberRole {
    fn from(role: MemberRole) -> Self {
        match role {
            MemberRole::Member => Self::Member,
            MemberRole::Observer => Self::Observer,
            MemberRole::ExecutiveCommittee => Self::ExecutiveCommittee,
            MemberRole::Coordinator => Self::Coordinator,
        }
    }
}

/// Status in the network.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberStatus {
    /// Member.
    Active,
    /// Suspended.
    Suspended,
    /// Has left.
    Withdrawn,
}

impl From<record::MemberStatus> for MemberStatus {
    fn from(status: record::MemberStatus) -> Self {
        match status {
            record::MemberStatus::Active => Self::Active,
            record::MemberStatus::Suspended => Self::Suspended,
            record::MemberStatus::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<MemberStatus> for record::MemberStatus {
    fn from(status: MemberStatus) -> Self {
        match status {
            MemberStatus::Active => Self::Active,
            MemberStatus::Suspended => Self::Suspended,
            MemberStatus::Withdrawn => Self::Withdrawn,
        }
    }
}
