//! Applications for membership: cases at the coordinator, in no journal until one is admitted.

use async_graphql::{Context, Enum, ID, Object, Result};

use super::{
    Registering,
    mistakes::{mistake, not_applied},
};
use crate::access::Role;
use crate::audit;
use crate::federation::apply::{self, OwnCase};
use crate::graphql::changing::{Changing, failed, number_of};
use crate::graphql::lists::{PageInfo, Paging, int};
use crate::graphql::operation::{List, Numbered, NumberedPage, write_cursor};
use crate::graphql::records::MemberRole;
use crate::graphql::scalars::{CountryCode, DateTime, Url};
use crate::graphql::user_error::UserError;
use crate::hub::Hub;
use crate::record;
use crate::register::{
    cases::{Case, CasePage, Decision, shown_thumbprint},
    membership::CaseStatus,
};

/// What ids of cases begin with.
const PREFIX: &str = "application";

/// States of an application.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "CaseStatus")]
pub enum ApplicationStatus {
    /// Has applied.
    Applied,
    /// Is looked at.
    UnderReview,
    /// Was admitted.
    Admitted,
    /// Was not admitted.
    Rejected,
}

/// What a coordinator decides.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipDecision {
    /// Takes it up, or asks something first: `reason` is the question.
    Review,
    /// Admits: a member record is published; the key of one who is a member already is added to its record.
    Admit,
    /// Does not admit; stays at the coordinator, only the applicant sees the reason.
    Reject,
}

/// A page of the cases; coordinators only.
pub(in crate::graphql) async fn list<'c>(
    ctx: &Context<'c>,
    statuses: Option<Vec<ApplicationStatus>>,
    paging: Paging,
) -> Result<ApplicationConnection<'c>> {
    let registering = Registering::by(ctx, Role::Coordinator)?;
    let asked = Numbered::of(List::Applications, &paging);
    let statuses: Vec<CaseStatus> = statuses.unwrap_or_default().into_iter().map(Into::into).collect();
    let page = CasePage {
        after: asked.below,
        before: asked.above,
        limit: asked.wanted(),
        from_the_end: asked.from_the_end,
        counted: ctx.look_ahead().field("totalCount").exists(),
    };
    let cases = registering.desk().applications(&statuses, page).await.map_err(failed)?;
    let page = asked.page(cases.cases, |case| case.number);
    Ok(ApplicationConnection { changing: registering.changing, page, total: cases.total })
}

/// One case by its id; none for who may not read it.
pub(in crate::graphql) async fn one<'c>(ctx: &Context<'c>, id: &str) -> Option<Application<'c>> {
    let number = number_of(id, PREFIX)?;
    let registering = Registering::by(ctx, Role::Coordinator).ok()?;
    let case = registering.desk().application(number).await.ok()?;
    Some(Application { changing: registering.changing, case })
}

/// A case, and who reads it.
pub struct Application<'a> {
    changing: Changing<'a>,
    case: Case,
}

/// An application for membership; a case at the coordinator, in no journal until it is admitted.
#[Object(serial)]
impl Application<'_> {
    /// Global id.
    async fn id(&self) -> ID {
        ID(format!("{PREFIX}:{}", self.case.number))
    }

    /// Number of the case.
    async fn number(&self) -> i32 {
        self.case.number
    }

    /// State of the case.
    async fn status(&self) -> ApplicationStatus {
        self.case.status.into()
    }

    /// Applicant.
    async fn entity_id(&self) -> Url<'_> {
        Url(&self.case.entity_id)
    }

    /// Country it names.
    async fn country(&self) -> CountryCode {
        CountryCode(self.case.country)
    }

    /// Name it gives.
    async fn name(&self) -> &str {
        &self.case.name
    }

    /// Contact it gives; each reading is logged.
    async fn contact(&self) -> Result<Option<String>> {
        if !self.case.has_contact {
            return Ok(None);
        }
        let actor = self.changing.actor();
        self.changing.hub.register_desk(&actor).contact(self.case.number).await.map_err(failed)
    }

    /// Thumbprint of its key without the last seven characters, in groups of four.
    async fn thumbprint(&self) -> &str {
        &self.case.thumbprint
    }

    /// When it came.
    async fn received_at(&self) -> DateTime {
        DateTime(self.case.received_at)
    }

    /// What was decided and why.
    async fn decision(&self) -> Option<&str> {
        self.case.message.as_deref()
    }
}

/// A page of cases.
pub struct ApplicationConnection<'a> {
    changing: Changing<'a>,
    page: NumberedPage<Case>,
    total: u64,
}

/// A page of a list of Application.
#[Object(serial)]
impl<'a> ApplicationConnection<'a> {
    /// The items with their cursors.
    async fn edges(&self) -> Vec<ApplicationEdge<'a>> {
        let edge = |case: &Case| ApplicationEdge { changing: self.changing, case: case.clone() };
        self.page.rows.iter().map(edge).collect()
    }

    /// The items alone.
    async fn nodes(&self) -> Vec<Application<'a>> {
        let node = |case: &Case| Application { changing: self.changing, case: case.clone() };
        self.page.rows.iter().map(node).collect()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> &PageInfo {
        &self.page.info
    }

    /// Items in the whole filtered list; counted only when asked for.
    async fn total_count(&self) -> i32 {
        int(self.total)
    }
}

/// A case in a list.
pub struct ApplicationEdge<'a> {
    changing: Changing<'a>,
    case: Case,
}

/// An item of a list of Application.
#[Object(serial)]
impl<'a> ApplicationEdge<'a> {
    /// Place in the list: opaque, valid for this list with this order, on this instance, also after later changes.
    async fn cursor(&self) -> String {
        write_cursor(List::Applications, self.case.number)
    }

    /// The item.
    async fn node(&self) -> Application<'a> {
        Application { changing: self.changing, case: self.case.clone() }
    }
}

/// Outcome of an application.
#[derive(async_graphql::SimpleObject)]
#[graphql(serial)]
pub struct ApplicationPayload<'a> {
    /// The case.
    application: Option<Application<'a>>,
    /// Empty when done.
    user_errors: Vec<UserError>,
}

/// Changes of cases; merged into `Mutation`.
#[derive(Default)]
pub struct ApplicationMutations;

#[Object]
impl ApplicationMutations {
    /// Records a step of a case; coordinators.
    async fn decide_membership<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Number of the case.")] number: i32,
        #[graphql(desc = "Decision.")] decision: MembershipDecision,
        #[graphql(desc = "With ADMIT: the last seven characters of the thumbprint, as read by the ministry.")]
        thumbprint_tail: Option<String>,
        #[graphql(desc = "With ADMIT.", default_with = "Some(MemberRole::Member)")] role: Option<MemberRole>,
        #[graphql(desc = "Reason or question, seen by the applicant alone (`message` of protocol section 5).")]
        reason: Option<String>,
    ) -> Result<ApplicationPayload<'c>> {
        let registering = Registering::by(ctx, Role::Coordinator)?;
        let decision = match decision {
            MembershipDecision::Review => Decision::Review { question: reason },
            MembershipDecision::Admit => Decision::Admit {
                thumbprint_tail: thumbprint_tail.unwrap_or_default(),
                role: role.unwrap_or(MemberRole::Member).into(),
                message: reason,
            },
            MembershipDecision::Reject => Decision::Reject { reason: reason.unwrap_or_default() },
        };
        let decided = registering.desk().decide(number, &decision).await;
        let changing = registering.changing;
        match decided {
            Ok(decided) => {
                changing.seen().await;
                let application = Some(Application { changing, case: decided.case });
                Ok(ApplicationPayload { application, user_errors: Vec::new() })
            }
            Err(fault) => Ok(ApplicationPayload { application: None, user_errors: vec![mistake(&changing, fault)?] }),
        }
    }

    /// Applies to the pinned coordinator for this instance; administrators of a national instance.
    async fn apply_for_membership<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "How the coordinator can reach the office.")] contact: Option<String>,
    ) -> Result<ApplicationPayload<'c>> {
        let changing = Changing::by(ctx, Role::Administrator)?;
        let hub = changing.hub;
        let key = hub.applying_key().await.map_err(failed)?;
        audit::note_alone(hub.store(), &changing.actor(), hub.now(), "membership.apply", None).await.map_err(failed)?;
        Ok(match apply::apply(hub, contact.as_deref(), &key).await {
            Ok(own) => {
                let application = own_case(hub, &own).map(|case| Application { changing, case });
                ApplicationPayload { application, user_errors: Vec::new() }
            }
            Err(fault) => ApplicationPayload { application: None, user_errors: vec![not_applied(&changing, fault)?] },
        })
    }
}

/// The case as the applicant knows it.
fn own_case(hub: &Hub, own: &OwnCase) -> Option<Case> {
    let instance = &hub.config().instance;
    Some(Case {
        number: i32::try_from(own.number).ok()?,
        status: CaseStatus::parse(&own.status)?,
        entity_id: hub.entity_id().to_owned(),
        country: record::CountryCode::parse(instance.country.as_deref()?)?,
        name: instance.name.clone(),
        has_contact: false,
        thumbprint: shown_thumbprint(&own.key_id),
        message: own.message.clone(),
        received_at: own.applied_at,
        decided_at: None,
    })
}
