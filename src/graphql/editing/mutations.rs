//! The changes of records. Each kind has the same five; what a draft's kind does not matter for stands once.

use async_graphql::{Context, ID, MergedObject, Object, Result};
use uuid::Uuid;

use super::at_desk::AtDesk;
use super::inputs::{BodyInput, DocumentInput, EventInput, MechanismInput, PracticeInput};
use super::payload::RecordPayload;
use crate::access::Role;
use crate::catalog::Viewer;
use crate::editorial::{Check, Compiled, DeskError, OwnRecord};
use crate::graphql::changing::failed;
use crate::record::{Audience, Kind, RecordKey};

/// Changes of records; merged into `Mutation`.
#[derive(MergedObject, Default)]
pub struct RecordMutations(PracticeMutations, DocumentMutations, EventMutations, MechanismMutations, DraftMutations);

macro_rules! mutations {
    ($mutations:ident, $kind:expr, $input:ty,
     $create:ident $created:literal, $update:ident $updated:literal, $submit:ident $submitted:literal,
     $publish:ident $published:literal, $withdraw:ident $withdrawn:literal) => {
        /// Changes of one kind.
        #[derive(Default)]
        pub struct $mutations;

        #[Object]
        impl $mutations {
            #[doc = $created]
            async fn $create<'c>(
                &self,
                ctx: &Context<'c>,
                #[graphql(
                    desc = "UUID of the record, chosen by the client for safe retries; v7 made here when absent."
                )]
                id: Option<ID>,
                #[graphql(desc = "Body.")] input: $input,
            ) -> Result<RecordPayload<'c>> {
                create(ctx, $kind, id, input).await
            }

            #[doc = $updated]
            async fn $update<'c>(
                &self,
                ctx: &Context<'c>,
                #[graphql(desc = "Id of the record.")] id: ID,
                #[graphql(desc = "Changes.")] input: $input,
                #[graphql(desc = "`Draft.revision`, or `provenance.revision` when there is no draft yet.")]
                expected_revision: i32,
            ) -> Result<RecordPayload<'c>> {
                update(ctx, $kind, &id, input, expected_revision).await
            }

            #[doc = $submitted]
            async fn $submit<'c>(
                &self,
                ctx: &Context<'c>,
                #[graphql(desc = "Id of the record.")] id: ID,
                #[graphql(desc = "`Draft.revision` that was seen.")] expected_revision: i32,
            ) -> Result<RecordPayload<'c>> {
                submit(ctx, $kind, &id, expected_revision).await
            }

            #[doc = $published]
            async fn $publish<'c>(
                &self,
                ctx: &Context<'c>,
                #[graphql(desc = "Id of the record.")] id: ID,
                #[graphql(desc = "`Draft.revision` that was seen.")] expected_revision: i32,
            ) -> Result<RecordPayload<'c>> {
                publish(ctx, $kind, &id, expected_revision).await
            }

            #[doc = $withdrawn]
            async fn $withdraw<'c>(
                &self,
                ctx: &Context<'c>,
                #[graphql(desc = "Id.")] id: ID,
                #[graphql(desc = "`provenance.revision` that was seen.")] expected_revision: i32,
                #[graphql(desc = "Id of the record that takes its place.")] superseded_by: Option<ID>,
            ) -> Result<RecordPayload<'c>> {
                withdraw(ctx, $kind, &id, expected_revision, superseded_by).await
            }
        }
    };
}

mutations!(
    PracticeMutations, Kind::Practice, PracticeInput,
    create_practice "Begins a practice; contributors. The same `id` again changes nothing and gives what is there.",
    update_practice "Saves a draft of a practice, begun from the published record when there is none; contributors.",
    submit_practice "Hands a draft to the editors; contributors.",
    publish_practice "Publishes a draft; editors.",
    withdraw_practice "Withdraws a practice from every instance, for good; editors."
);

mutations!(
    DocumentMutations, Kind::Document, DocumentInput,
    create_document "Begins a document; contributors. The same `id` again changes nothing and gives what is there.",
    update_document "Saves a draft of a document, begun from the published record when there is none; contributors.",
    submit_document "Hands a draft to the editors; contributors.",
    publish_document "Publishes a draft; editors.",
    withdraw_document "Withdraws a document from every instance, for good; editors."
);

mutations!(
    EventMutations, Kind::Event, EventInput,
    create_event "Begins an event; contributors. The same `id` again changes nothing and gives what is there.",
    update_event "Saves a draft of an event, begun from the published record when there is none; contributors.",
    submit_event "Hands a draft to the editors; contributors.",
    publish_event "Publishes a draft; editors.",
    withdraw_event "Withdraws an event from every instance, for good; editors."
);

mutations!(
    MechanismMutations, Kind::Mechanism, MechanismInput,
    create_mechanism "Begins a mechanism; contributors. The same `id` again changes nothing and gives what is there.",
    update_mechanism "Saves a draft of a mechanism, begun from the published record when there is none; contributors.",
    submit_mechanism "Hands a draft to the editors; contributors.",
    publish_mechanism "Publishes a draft; editors.",
    withdraw_mechanism "Withdraws a mechanism from every instance, for good; editors."
);

/// Changes of drafts of any kind, and what is taken over.
#[derive(Default)]
pub struct DraftMutations;

#[Object]
impl DraftMutations {
    /// Sends a draft back to its author with a comment; editors.
    async fn return_draft<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the record.")] id: ID,
        #[graphql(desc = "What to change.")] comment: String,
        #[graphql(desc = "`Draft.revision` that was seen.")] expected_revision: i32,
    ) -> Result<RecordPayload<'c>> {
        let at = AtDesk::by(ctx, Role::Editor)?;
        let record = match at.own(&id, None).await? {
            Ok(record) => record,
            Err(payload) => return Ok(payload),
        };
        let done = at.desk.return_to_author(&record, &comment, number(expected_revision)).await;
        at.outcome(&record, done.map(Some)).await
    }

    /// Throws a draft away; its author and editors. The published record stays.
    async fn discard_draft<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the record.")] id: ID,
        #[graphql(desc = "`Draft.revision` that was seen.")] expected_revision: i32,
    ) -> Result<RecordPayload<'c>> {
        let at = AtDesk::by(ctx, Role::Contributor)?;
        let record = match at.own(&id, None).await? {
            Ok(record) => record,
            Err(payload) => return Ok(payload),
        };
        let done = at.desk.discard(&record, number(expected_revision)).await;
        at.outcome(&record, done.map(|()| None)).await
    }

    /// Makes a draft of this State out of a compiled record about it; contributors.
    async fn take_over_record<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the compiled record.")] id: ID,
    ) -> Result<RecordPayload<'c>> {
        let at = AtDesk::by(ctx, Role::Contributor)?;
        let done = match compiled(&at, &id).await? {
            Some(compiled) => at.desk.take_over(&compiled).await,
            None => Err(DeskError::NotFound),
        };
        match done {
            Ok(draft) => at.outcome(&draft.record.clone(), Ok(Some(draft))).await,
            Err(fault) => Ok(RecordPayload::refused(at.told(&fault)?)),
        }
    }

    /// Says that a compiled record is left as it is, and takes it off the list; editors.
    async fn leave_record<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Id of the compiled record.")] id: ID,
    ) -> Result<RecordPayload<'c>> {
        let at = AtDesk::by(ctx, Role::Editor)?;
        let done = match compiled(&at, &id).await? {
            Some(compiled) => at.desk.leave(&compiled).await,
            None => Err(DeskError::NotFound),
        };
        match done {
            Ok(()) => Ok(RecordPayload::default()),
            Err(fault) => Ok(RecordPayload::refused(at.told(&fault)?)),
        }
    }
}

async fn create<'c>(ctx: &Context<'c>, kind: Kind, id: Option<ID>, input: impl BodyInput) -> Result<RecordPayload<'c>> {
    let at = AtDesk::by(ctx, Role::Contributor)?;
    let uuid = match &id {
        Some(id) => Uuid::try_parse(id).ok().filter(|_| id.len() == 36),
        None => Some(Uuid::now_v7()),
    };
    let Some(uuid) = uuid else {
        let refused = DeskError::Refused(vec![Check::not_a_uuid("id")]);
        return Ok(RecordPayload::refused(at.told(&refused)?));
    };
    let record = OwnRecord::new(kind, uuid);
    let done = match input.patch(at.changing.hub).await {
        Ok(patch) => at.desk.begin(&record, &patch).await,
        Err(fault) => Err(fault),
    };
    at.outcome(&record, done).await
}

async fn update<'c>(
    ctx: &Context<'c>,
    kind: Kind,
    id: &str,
    input: impl BodyInput,
    expected: i32,
) -> Result<RecordPayload<'c>> {
    let at = AtDesk::by(ctx, Role::Contributor)?;
    let record = match at.own(id, Some(kind)).await? {
        Ok(record) => record,
        Err(payload) => return Ok(payload),
    };
    let done = match input.patch(at.changing.hub).await {
        Ok(patch) => at.desk.save(&record, &patch, number(expected)).await,
        Err(fault) => Err(fault),
    };
    at.outcome(&record, done.map(Some)).await
}

async fn submit<'c>(ctx: &Context<'c>, kind: Kind, id: &str, expected: i32) -> Result<RecordPayload<'c>> {
    let at = AtDesk::by(ctx, Role::Contributor)?;
    let record = match at.own(id, Some(kind)).await? {
        Ok(record) => record,
        Err(payload) => return Ok(payload),
    };
    let done = at.desk.submit(&record, number(expected)).await;
    at.outcome(&record, done.map(Some)).await
}

async fn publish<'c>(ctx: &Context<'c>, kind: Kind, id: &str, expected: i32) -> Result<RecordPayload<'c>> {
    let at = AtDesk::by(ctx, Role::Editor)?;
    let record = match at.own(id, Some(kind)).await? {
        Ok(record) => record,
        Err(payload) => return Ok(payload),
    };
    let done = at.desk.publish(&record, number(expected)).await;
    at.outcome(&record, done.map(|()| None)).await
}

async fn withdraw<'c>(
    ctx: &Context<'c>,
    kind: Kind,
    id: &str,
    expected: i32,
    superseded_by: Option<ID>,
) -> Result<RecordPayload<'c>> {
    let at = AtDesk::by(ctx, Role::Editor)?;
    let record = match at.own(id, Some(kind)).await? {
        Ok(record) => record,
        Err(payload) => return Ok(payload),
    };
    let shown = RecordKey::parse(id).and_then(|key| at.changing.reading.snapshot.record(key, Viewer::NETWORK));
    let audience = shown.map_or(Audience::Public, |record| record.audience);
    let successor = superseded_by.as_ref().map(|successor| at.changing.hub.successor(successor, audience));
    let is_itself = superseded_by.as_deref().is_some_and(|successor| successor == id);
    let done = match successor {
        Some(None) => Err(DeskError::Refused(vec![Check::no_successor("supersededBy")])),
        Some(Some(_)) if is_itself => Err(DeskError::Refused(vec![Check::no_successor("supersededBy")])),
        successor => at.desk.withdraw(&record, number(expected), successor.flatten()).await,
    };
    at.outcome(&record, done.map(|()| None)).await
}

async fn compiled(at: &AtDesk<'_>, id: &str) -> Result<Option<Compiled>> {
    at.changing.hub.compiled(id).await.map_err(failed)
}

/// A number that no draft and no revision has where it is none.
fn number(expected: i32) -> u32 {
    u32::try_from(expected).unwrap_or(0)
}
