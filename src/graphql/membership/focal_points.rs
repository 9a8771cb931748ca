//! Focal points: persons to call, kept at the coordinator only.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::{Registering, mistakes::mistake};
use crate::access::Role;
use crate::graphql::changing::{Changing, failed};
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::record::Sub;
use crate::register::{
    MembershipError,
    focal_points::{FocalPoint as Row, Person},
};

/// What ids of focal points begin with.
const PREFIX: &str = "focalPoint:";

/// A focal point.
#[derive(Clone)]
pub struct FocalPoint(Row);

/// A person; kept at the coordinator only, never in a journal.
#[Object(serial)]
impl FocalPoint {
    /// Id at the coordinator.
    async fn id(&self) -> ID {
        ID(format!("{PREFIX}{}", self.0.id))
    }

    /// Name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Function.
    async fn function(&self) -> Option<&str> {
        self.0.function.as_deref()
    }

    /// E-mail.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// Telephone.
    async fn telephone(&self) -> Option<&str> {
        self.0.telephone.as_deref()
    }
}

/// A focal point.
#[derive(InputObject)]
pub struct FocalPointInput {
    /// Id of the member.
    member_id: ID,
    /// Name.
    name: String,
    /// Function.
    function: Option<String>,
    /// E-mail.
    email: Option<String>,
    /// Telephone.
    telephone: Option<String>,
}

impl FocalPointInput {
    fn person(&self) -> Person {
        Person {
            name: self.name.clone(),
            function: self.function.clone(),
            email: self.email.clone(),
            telephone: self.telephone.clone(),
        }
    }
}

/// Outcome of a change to a focal point.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct FocalPointPayload {
    /// The focal point; null when deleted.
    focal_point: Option<FocalPoint>,
    /// Empty when done.
    user_errors: Vec<UserError>,
}

/// The persons of a member; none for who may not know them, and at an instance that keeps none.
pub(in crate::graphql) async fn of_member(ctx: &Context<'_>, member: &Sub) -> Result<Option<Vec<FocalPoint>>> {
    // At the coordinator's instance, administrators may see them too.
    let Ok(registering) = Registering::by(ctx, Role::Administrator) else { return Ok(None) };
    match registering.desk().focal_points_of(member).await {
        Ok(rows) => Ok(Some(rows.into_iter().map(FocalPoint).collect())),
        Err(MembershipError::NotTheCoordinator) => Ok(None),
        Err(fault) => Err(failed(fault)),
    }
}

/// One person by id; none for who may not know.
pub(in crate::graphql) async fn one(ctx: &Context<'_>, id: &str) -> Option<FocalPoint> {
    let id = id.strip_prefix(PREFIX)?;
    let registering = Registering::by(ctx, Role::Administrator).ok()?;
    registering.desk().focal_point(id).await.ok().map(FocalPoint)
}

/// Changes of focal points; merged into `Mutation`.
#[derive(Default)]
pub struct FocalPointMutations;

#[Object]
impl FocalPointMutations {
    /// Adds a focal point; coordinators.
    async fn create_focal_point(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: FocalPointInput,
    ) -> Result<FocalPointPayload> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(member) = registering.member(&input.member_id) else {
            return Ok(unknown(&registering.changing, Some("memberId")));
        };
        let created = registering.desk().create_focal_point(&member, &input.person()).await;
        outcome(&registering.changing, created.map(Some))
    }

    /// Changes a focal point; coordinators.
    async fn update_focal_point(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id.")] id: ID,
        #[graphql(desc = "Who.")] input: FocalPointInput,
    ) -> Result<FocalPointPayload> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(member) = registering.member(&input.member_id) else {
            return Ok(unknown(&registering.changing, Some("memberId")));
        };
        let Some(row) = id.strip_prefix(PREFIX) else { return Ok(unknown(&registering.changing, Some("id"))) };
        let changed = registering.desk().change_focal_point(row, &member, &input.person()).await;
        outcome(&registering.changing, changed.map(Some))
    }

    /// Deletes a focal point; coordinators.
    async fn delete_focal_point(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id.")] id: ID,
    ) -> Result<FocalPointPayload> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let Some(row) = id.strip_prefix(PREFIX) else { return Ok(unknown(&registering.changing, Some("id"))) };
        let deleted = registering.desk().delete_focal_point(row).await;
        outcome(&registering.changing, deleted.map(|()| None))
    }
}

fn outcome(changing: &Changing<'_>, done: Result<Option<Row>, MembershipError>) -> Result<FocalPointPayload> {
    Ok(match done {
        Ok(row) => FocalPointPayload { focal_point: row.map(FocalPoint), user_errors: Vec::new() },
        Err(fault) => FocalPointPayload { focal_point: None, user_errors: vec![mistake(changing, fault)?] },
    })
}

fn unknown(changing: &Changing<'_>, field: Option<&str>) -> FocalPointPayload {
    let message = changing.say("not-found", None);
    let field = field.map(str::to_owned);
    let user_errors = vec![UserError { field, code: UserErrorCode::NotFound, message }];
    FocalPointPayload { focal_point: None, user_errors }
}
