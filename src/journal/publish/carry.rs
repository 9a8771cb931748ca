//! A handover: the successor of a coordinator publishes its records under its own name, with the same `sub`s and bodies
//! (protocol §2). They were judged by the old coordinator's readers, and are not judged here.

use std::{collections::HashMap, sync::Arc};

use super::{Author, Door, PublishError, next::Signing, off_thread, present, refuse_if_stopped};
use crate::{
    journal::{
        entry::Name,
        revision::Act,
        tables::{self, Kept},
    },
    record::{Audience, Sub},
    store::{ROWS_AT_ONCE, Store},
};

/// A record as it stands in the old coordinator's journal.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Which record.
    pub sub: Sub,
    /// What its latest revision does.
    pub act: Act,
    /// When its first revision was published, in seconds, where that is known.
    pub created_at: Option<i64>,
}

/// Publishes records in the own journal of this audience; those that stand there so already are left. Gives how many
/// revisions were signed. `now` in milliseconds.
pub async fn carry(
    store: &Store,
    author: &Author,
    audience: Audience,
    now: i64,
    records: Vec<Carried>,
) -> Result<usize, PublishError> {
    tables::journal_or_new(store, &author.entity_id, audience).await?;
    let mut write = store.write().await?;
    refuse_if_stopped(store).await?;
    let row = tables::journal(write.connection(), &author.entity_id, audience).await?;
    let row = row.ok_or_else(|| sea_orm::DbErr::RecordNotFound("the own journal".to_owned()))?;
    let kept: HashMap<Name, Kept> = tables::kept_entries(write.connection(), row.id).await?.into_iter().collect();
    let mut signing = Signing::new(author.clone(), audience, now, kept);
    for chunk in records.chunks(ROWS_AT_ONCE) {
        let names = chunk.iter().map(|record| record.sub.name());
        let before = present::present(&write, author, &row, audience, names, signing.entries()).await?;
        let chunk = chunk.to_vec();
        signing = off_thread(move || signing.carry(&chunk, &before).map(|()| signing)).await??;
    }
    let (root, kept, signed) = off_thread(move || signing.finish()).await?;
    let door = Door { author, audience, now, publications: &Arc::default() };
    let erased = door.put(&mut write, row, root, &kept, &signed).await?;
    write.commit().await?;
    if erased {
        store.scrub_after_commit().await;
    }
    Ok(signed.len())
}
