//! Steps of membership.

use async_graphql::{Context, ID, Object, Result};
use serde_json::Value;

use super::{Registering, mistakes::mistake};
use crate::access::Role;
use crate::graphql::editing::LocalizedTextInput;
use crate::graphql::reading::Reading;
use crate::graphql::records::{Member, MemberRole};
use crate::graphql::scalars::{CountryCode, Date};
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::record::{RecordKey, Sub};
use crate::register::{Enrolled, MembershipError};

/// Outcome of a change to the register.
pub struct MemberPayload<'a> {
    member: Option<Member<'a>>,
    user_errors: Vec<UserError>,
}

/// Outcome of a change to the register.
#[Object(serial)]
impl<'a> MemberPayload<'a> {
    /// The member as it is now.
    async fn member(&self) -> Option<Member<'a>> {
        self.member
    }

    /// Empty when done.
    async fn user_errors(&self) -> &[UserError] {
        &self.user_errors
    }
}

/// Changes of members; merged into `Mutation`.
#[derive(Default)]
pub struct MemberMutations;

#[Object]
impl MemberMutations {
    /// Lists a member that runs no instance; coordinators. When it applies later, its record gets the `entityId`.
    // The arguments are those of the schema.
    #[allow(clippy::too_many_arguments)]
    async fn add_member<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Country.")] country: CountryCode,
        #[graphql(desc = "Name.")] name: Option<Vec<LocalizedTextInput>>,
        #[graphql(desc = "Role.", default_with = "Some(MemberRole::Member)")] role: Option<MemberRole>,
        #[graphql(desc = "First day.")] from: Date,
        #[graphql(desc = "Reason, public.")] reason: Option<String>,
    ) -> Result<MemberPayload<'c>> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let role = role.unwrap_or(MemberRole::Member).into();
        let names = name.filter(|names| !names.is_empty()).map(|names| {
            let texts = names.into_iter().map(|name| (name.language.0.as_str().to_owned(), name.text.into()));
            Value::Object(texts.collect())
        });
        let done = registering.desk().add_member(country.0, names, role, from.0, reason.as_deref()).await;
        registering.outcome(done).await
    }

    /// Suspends an active member; coordinators.
    async fn suspend_member<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the member.")] id: ID,
        #[graphql(desc = "Reason, public.")] reason: String,
        #[graphql(desc = "`provenance.revision` that was seen.")] expected_revision: i32,
    ) -> Result<MemberPayload<'c>> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(sub) = registering.member(&id) else { return Ok(registering.unknown()) };
        let done = registering.desk().suspend(&sub, seen(expected_revision), &reason).await;
        registering.outcome(done).await
    }

    /// Ends a suspension; coordinators.
    async fn reinstate_member<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the member.")] id: ID,
        #[graphql(desc = "Reason, public.")] reason: String,
        #[graphql(desc = "Revision that was seen.")] expected_revision: i32,
    ) -> Result<MemberPayload<'c>> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(sub) = registering.member(&id) else { return Ok(registering.unknown()) };
        let done = registering.desk().reinstate(&sub, seen(expected_revision), &reason).await;
        registering.outcome(done).await
    }

    /// Records that a member has left; coordinators.
    async fn withdraw_member<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the member.")] id: ID,
        #[graphql(desc = "Reason, public.")] reason: String,
        #[graphql(desc = "Revision that was seen.")] expected_revision: i32,
    ) -> Result<MemberPayload<'c>> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(sub) = registering.member(&id) else { return Ok(registering.unknown()) };
        let done = registering.desk().withdraw(&sub, seen(expected_revision), &reason).await;
        registering.outcome(done).await
    }

    /// Gives a role for a term; coordinators.
    // The arguments are those of the schema.
    #[allow(clippy::too_many_arguments)]
    async fn assign_role<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the member.")] id: ID,
        #[graphql(desc = "Role.")] role: MemberRole,
        #[graphql(desc = "First day.")] from: Date,
        #[graphql(desc = "Last day, exclusive.")] until: Option<Date>,
        #[graphql(desc = "Reason, public.")] reason: Option<String>,
        #[graphql(desc = "Revision that was seen.")] expected_revision: i32,
    ) -> Result<MemberPayload<'c>> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(sub) = registering.member(&id) else { return Ok(registering.unknown()) };
        let (until, expected) = (until.map(|day| day.0), seen(expected_revision));
        let done = registering.desk().assign_role(&sub, role.into(), from.0, until, reason.as_deref(), expected).await;
        registering.outcome(done).await
    }

    /// Lists a member's announced new key as current, once the thumbprint was compared; coordinators.
    async fn confirm_member_key<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the member.")] id: ID,
        #[graphql(desc = "Whole thumbprint.")] thumbprint: String,
        #[graphql(desc = "Revision that was seen.")] expected_revision: i32,
    ) -> Result<MemberPayload<'c>> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(sub) = registering.member(&id) else { return Ok(registering.unknown()) };
        let done = registering.desk().confirm_key(&sub, &thumbprint, seen(expected_revision)).await;
        registering.outcome(done).await
    }

    /// Marks a member's key as stolen, for good; coordinators.
    async fn mark_member_key_compromised<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the member.")] id: ID,
        #[graphql(desc = "Whole thumbprint.")] thumbprint: String,
        #[graphql(desc = "Reason, public.")] reason: String,
        #[graphql(desc = "Revision that was seen.")] expected_revision: i32,
    ) -> Result<MemberPayload<'c>> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(sub) = registering.member(&id) else { return Ok(registering.unknown()) };
        let expected = seen(expected_revision);
        let done = registering.desk().mark_key_compromised(&sub, &thumbprint, &reason, expected).await;
        registering.outcome(done).await
    }
}

/// No record has a revision below 1: such a number is what nobody has seen.
fn seen(revision: i32) -> Option<u32> {
    Some(u32::try_from(revision).unwrap_or(0))
}

impl<'c> Registering<'c> {
    async fn outcome(&self, done: Result<Enrolled, MembershipError>) -> Result<MemberPayload<'c>> {
        match done {
            Ok(enrolled) => {
                let reading = self.changing.seen().await;
                Ok(MemberPayload { member: self.shown(reading, &enrolled.sub), user_errors: Vec::new() })
            }
            Err(fault) => Ok(MemberPayload { member: None, user_errors: vec![mistake(&self.changing, fault)?] }),
        }
    }

    fn shown(&self, reading: &'c Reading, sub: &Sub) -> Option<Member<'c>> {
        let key = RecordKey::of(RecordKey::COORDINATOR, sub);
        Member::of(reading.snapshot.record(key, reading.viewer())?, reading.moment())
    }

    fn unknown(&self) -> MemberPayload<'c> {
        let message = self.changing.say("not-found", None);
        let user_errors = vec![UserError::of("id", UserErrorCode::NotFound, message)];
        MemberPayload { member: None, user_errors }
    }
}
