//! What administrators decide about peers.

use async_graphql::{Context, Object, Result};

use crate::access::Role;
use crate::audit;
use crate::graphql::changing::{Changing, failed};
use crate::graphql::membership::not_taken;
use crate::graphql::network::Instance;
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::register::decisions::{self, Decision, Reason};

/// Changes of peers; merged into `Mutation`.
#[derive(Default)]
pub struct PeerMutations;

/// Outcome of a change to a peer.
pub struct PeerPayload<'a> {
    instance: Option<Instance<'a>>,
    user_errors: Vec<UserError>,
}

/// Outcome of a change to a peer.
#[Object(serial)]
impl<'a> PeerPayload<'a> {
    /// The peer as it is now.
    async fn instance(&self) -> Option<Instance<'a>> {
        self.instance
    }

    /// Empty when done.
    async fn user_errors(&self) -> &[UserError] {
        &self.user_errors
    }
}

#[Object]
impl PeerMutations {
    /// Stops pulling a peer for now; administrators.
    async fn pause_peer<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Peer.")] entity_id: String,
    ) -> Result<PeerPayload<'c>> {
        decide(ctx, &entity_id, &[Decision::Pause], None).await
    }

    /// Ends a pause or a block; administrators.
    async fn resume_peer<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Peer.")] entity_id: String,
    ) -> Result<PeerPayload<'c>> {
        decide(ctx, &entity_id, &[Decision::Resume, Decision::Unblock], None).await
    }

    /// Neither pulls, serves nor shows a peer; administrators.
    async fn block_peer<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Peer.")] entity_id: String,
        #[graphql(desc = "Reason, for the audit log.")] reason: String,
    ) -> Result<PeerPayload<'c>> {
        let changing = Changing::by(ctx, Role::Administrator)?;
        match Reason::parse(&reason) {
            Ok(reason) => decide(ctx, &entity_id, &[Decision::Block], Some(&reason)).await,
            Err(why) => Ok(refused(not_taken(&changing, "reason", &why))),
        }
    }

    /// Pulls a peer now, all when absent; administrators.
    async fn sync_peer<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Peer.")] entity_id: Option<String>,
    ) -> Result<PeerPayload<'c>> {
        let changing = Changing::by(ctx, Role::Administrator)?;
        let peers: Vec<String> = changing.hub.trust().peers().into_iter().map(str::to_owned).collect();
        let wanted: Vec<&String> =
            peers.iter().filter(|peer| entity_id.as_ref().is_none_or(|wanted| wanted == *peer)).collect();
        if wanted.is_empty() && entity_id.is_some() {
            return Ok(not_known(&changing));
        }
        let (hub, target) = (changing.hub, entity_id.as_deref());
        audit::note_alone(hub.store(), &changing.actor(), hub.now(), "peer.sync", target).await.map_err(failed)?;
        wanted.into_iter().for_each(|peer| hub.want(peer));
        let instance = entity_id.as_deref().and_then(|entity_id| Instance::with_entity_id(changing.reading, entity_id));
        Ok(PeerPayload { instance, user_errors: Vec::new() })
    }

    /// Closes a case of equivocation once it is understood; administrators.
    async fn close_conflict<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Peer.")] entity_id: String,
        #[graphql(desc = "What was found, for the audit log.")] reason: String,
    ) -> Result<PeerPayload<'c>> {
        let changing = Changing::by(ctx, Role::Administrator)?;
        let reason = match Reason::parse(&reason) {
            Ok(reason) => reason,
            Err(why) => return Ok(refused(not_taken(&changing, "reason", &why))),
        };
        let (hub, actor) = (changing.hub, changing.actor());
        let closed = decisions::close_conflict(hub.store(), &actor, hub.now(), &entity_id, Some(&reason));
        if closed.await.map_err(failed)?.is_empty() {
            let message = changing.say("no-conflict-open", None);
            let user_errors = vec![UserError::of("entityId", UserErrorCode::WrongState, message)];
            return Ok(PeerPayload { instance: None, user_errors });
        }
        done(&changing, &entity_id).await
    }
}

async fn decide<'c>(
    ctx: &Context<'c>,
    entity_id: &str,
    decisions: &[Decision],
    reason: Option<&Reason>,
) -> Result<PeerPayload<'c>> {
    let changing = Changing::by(ctx, Role::Administrator)?;
    let known = Instance::with_entity_id(changing.reading, entity_id);
    if known.is_none() || entity_id == changing.hub.entity_id() {
        return Ok(not_known(&changing));
    }
    let (hub, actor) = (changing.hub, changing.actor());
    decisions::decide(hub.store(), &actor, hub.now(), entity_id, decisions, reason).await.map_err(failed)?;
    done(&changing, entity_id).await
}

async fn done<'c>(changing: &Changing<'c>, entity_id: &str) -> Result<PeerPayload<'c>> {
    let instance = Instance::with_entity_id(changing.seen().await, entity_id);
    Ok(PeerPayload { instance, user_errors: Vec::new() })
}

fn not_known<'c>(changing: &Changing<'_>) -> PeerPayload<'c> {
    let message = changing.say("not-found", None);
    refused(UserError::of("entityId", UserErrorCode::NotFound, message))
}

fn refused<'c>(mistake: UserError) -> PeerPayload<'c> {
    PeerPayload { instance: None, user_errors: vec![mistake] }
}
