//! Where a draft ends: published, or gone with its record. What is signed, the draft that ends and the line of the audit
//! log are one transaction.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    Conflict, DeskError, Draft, EditorialDesk, Obstacle, OwnRecord,
    desk::{draft_of, end},
    differences,
    present::present,
    review::refuse_unfinished,
};
use crate::{
    audit,
    journal::{
        publish::{self, Alongside, Publication, PublishError},
        revision::Act,
    },
    record::Sub,
    store::{Write, drafts},
};

impl EditorialDesk<'_> {
    /// Publishes a draft, in review or not; editors.
    ///
    /// # Errors
    /// [`DeskError::Conflict`] when somebody saved it meanwhile, or the record was published anew under it. Of the latter
    /// the draft is told: it stands on that revision from then on, under a new number, so that who has seen what differs
    /// can publish it, and nobody else.
    pub async fn publish(&self, record: &OwnRecord, expected: u32) -> Result<(), DeskError> {
        self.must_edit()?;
        let write = self.store.write().await?;
        let draft = self.seen(&write, record, expected, |draft| draft.body.clone()).await?;
        // Publishing takes a transaction of its own, which looks at the draft's number again.
        drop(write);
        refuse_unfinished(&draft)?;
        let publication = Publication {
            sub: record.sub().clone(),
            audience: draft.audience,
            act: Act::Put { body: draft.body.clone().into() },
            expected: Some(draft.base_revision.unwrap_or(0)),
        };
        let published = self.sign(publication, Ending::Published { revision: draft.revision }).await;
        match published {
            Err(PublishError::Changed { present, .. }) => self.overtake(record, present).await,
            Err(PublishError::Overtaken) => {
                let write = self.store.write().await?;
                let now = draft_of(&write, record).await?.ok_or(DeskError::NotFound)?;
                let differences = differences(&now.body, &draft.body);
                Err(DeskError::Conflict(Conflict { current_revision: now.revision, differences }))
            }
            other => other.map_err(refused),
        }
    }

    /// Withdraws a published record from every instance, for good, and its draft with it; editors. `superseded_by`: origin
    /// and `sub` of what takes its place. A withdrawn record stays as it is.
    ///
    /// # Errors
    /// [`DeskError::Conflict`] when `expected` is not its present revision.
    pub async fn withdraw(
        &self,
        record: &OwnRecord,
        expected: u32,
        superseded_by: Option<(String, Sub)>,
    ) -> Result<(), DeskError> {
        self.must_edit()?;
        let published = present(self.store, &self.author.entity_id, record.sub()).await?.ok_or(DeskError::NotFound)?;
        if published.body.is_none() {
            return Ok(());
        }
        let publication = Publication {
            sub: record.sub().clone(),
            audience: published.audience,
            act: Act::Withdraw { superseded_by },
            expected: Some(expected),
        };
        match self.sign(publication, Ending::Withdrawn).await {
            Err(PublishError::Changed { present, .. }) => {
                Err(DeskError::Conflict(Conflict { current_revision: present, ..Conflict::default() }))
            }
            other => other.map_err(refused),
        }
    }

    async fn sign(&self, publication: Publication, ending: Ending) -> Result<(), PublishError> {
        let sub = publication.sub.clone();
        let action = match ending {
            Ending::Published { .. } => format!("{}.publish", sub.kind_word()),
            Ending::Withdrawn => format!("{}.withdraw", sub.kind_word()),
        };
        let (actor, now, key) = (&self.actor, self.now, self.key(&sub).to_string());
        let alongside: Alongside<'_> = &|write, _| {
            let (sub, actor, key, action) = (sub.clone(), actor.clone(), key.clone(), action.clone());
            Box::pin(async move {
                end_with(write, sub.as_str(), ending).await?;
                audit::note(write, &actor, now, &action, Some(&key)).await?;
                Ok(())
            })
        };
        publish::publish_with(self.store, &self.author, self.now, vec![publication], &|_| {}, alongside).await?;
        Ok(())
    }

    /// The record was published anew under its draft.
    async fn overtake(&self, record: &OwnRecord, number: u32) -> Result<(), DeskError> {
        let write = self.store.write().await?;
        let Some(mut draft) = draft_of(&write, record).await? else { return Err(DeskError::NotFound) };
        let published = present(self.store, &self.author.entity_id, record.sub()).await?;
        let Some(stored) = published.and_then(|published| published.body) else {
            return Err(DeskError::WrongState(Obstacle::Withdrawn));
        };
        let differences = differences(&stored, &draft.body);
        rebase(&mut draft, number);
        self.put(&write, &draft, "draft.overtaken").await?;
        write.commit().await?;
        Err(DeskError::Conflict(Conflict { current_revision: draft.revision, differences }))
    }
}

/// What ends in the transaction of a publication.
#[derive(Clone, Copy)]
enum Ending {
    /// The draft with this number.
    Published { revision: u32 },
    /// Whatever draft there is.
    Withdrawn,
}

async fn end_with(write: &Write, sub: &str, ending: Ending) -> Result<(), PublishError> {
    match ending {
        Ending::Published { revision } => match end(write, sub, revision).await? {
            true => Ok(()),
            false => Err(PublishError::Overtaken),
        },
        Ending::Withdrawn => {
            let of_record = drafts::Entity::delete_many().filter(drafts::Column::Sub.eq(sub));
            of_record.exec(write.connection()).await?;
            Ok(())
        }
    }
}

fn rebase(draft: &mut Draft, number: u32) {
    draft.base_revision = Some(number);
    draft.revision = draft.revision.max(number + 1) + 1;
    draft.overtaken = true;
}

fn refused(fault: PublishError) -> DeskError {
    match fault {
        PublishError::Withdrawn(_) => DeskError::WrongState(Obstacle::Withdrawn),
        PublishError::NotFound(_) => DeskError::NotFound,
        PublishError::Stopped(_) => DeskError::WrongState(Obstacle::SigningStopped),
        PublishError::Full(..) | PublishError::FullOfBytes(..) => DeskError::WrongState(Obstacle::Full),
        PublishError::Store(fault) => DeskError::Store(fault),
        other => DeskError::Publish(other),
    }
}
