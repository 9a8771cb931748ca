//! Copies of a member that left the network are purged some time after (protocol §7); its records in the register, and
//! so its history, stay. The time is counted from when this instance learned of it, by its own clock: a date that the
//! register gives for the past must not take away the days in which a mistake can be put right.

use std::sync::Arc;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};

use crate::{
    hub::Hub,
    journal::{adopt, read},
    register::Trust,
    store::{StoreError, Write, entries, journals, revisions, settings, staged_revisions, tombstones},
};

/// Settings of this beginning say since when, in milliseconds, a member is known to have left.
const LEFT: &str = "left ";

/// Notes who has left and who is back, and purges the copies of those who left longer ago than `sync.purge_after`.
/// Gives the origins of what was purged.
pub async fn purge_who_left(hub: &Arc<Hub>) -> Result<Vec<String>, StoreError> {
    let trust = hub.trust();
    let now = hub.now();
    let known =
        settings::Entity::find().filter(settings::Column::Name.starts_with(LEFT)).all(hub.store().read()).await?;
    for row in &known {
        if !has_left(&trust, row.name.trim_start_matches(LEFT)) {
            let write = hub.store().write().await?;
            settings::Entity::delete_by_id(&row.name).exec(write.connection()).await?;
            write.commit().await?;
        }
    }
    let after = i64::try_from(hub.config().sync.purge_after.as_millis()).unwrap_or(i64::MAX);
    let mut purged = Vec::new();
    for (entity_id, _) in trust.members().filter(|(entity_id, _)| has_left(&trust, entity_id)) {
        let name = format!("{LEFT}{entity_id}");
        match known.iter().find(|row| row.name == name).and_then(|row| row.value.parse::<i64>().ok()) {
            None => {
                let write = hub.store().write().await?;
                write.set(&name, &now.to_string()).await?;
                write.commit().await?;
            }
            Some(since) if now.saturating_sub(since) >= after => {
                if purge(hub, entity_id).await? {
                    tracing::info!(origin = entity_id, "it left the network: the copies of its records are purged");
                    purged.push(entity_id.to_owned());
                }
            }
            Some(_) => {}
        }
    }
    Ok(purged)
}

/// Whether the register says that a member left and nothing else keeps its copies.
fn has_left(trust: &Trust, entity_id: &str) -> bool {
    trust.member(entity_id).is_some_and(|member| member.status == "withdrawn")
        && !trust.is_active(entity_id)
        && !trust.coordinators().contains(&entity_id)
        && entity_id != trust.own()
}

/// Empties the copies of an origin's journals. Says whether there was anything.
async fn purge(hub: &Hub, origin: &str) -> Result<bool, StoreError> {
    let rows = read::journals(hub.store()).await?;
    let mut write = hub.store().write().await?;
    let mut any = false;
    for row in rows.into_iter().filter(|row| row.origin == origin) {
        any |= empty(&mut write, row).await?;
    }
    if any {
        // Rows leave the tables, so the catalogue is made anew.
        adopt::judge_all_anew(&mut write).await?;
    }
    write.commit().await?;
    if any {
        hub.tell_news();
        if let Err(fault) = hub.store().scrub().await {
            tracing::warn!("purged bodies may still stand in the write-ahead log: {fault}");
        }
    }
    Ok(any)
}

/// The row stays, as of a journal of which nothing is held: evidence of equivocation is kept until a case is closed.
async fn empty(write: &mut Write, row: journals::Model) -> Result<bool, StoreError> {
    let connection = write.connection();
    let (journal, held) = (row.id, row.checkpoint.is_some());
    let entries_held = entries::Entity::find().filter(entries::Column::JournalId.eq(journal)).count(connection).await?;
    if !held && entries_held == 0 {
        return Ok(false);
    }
    entries::Entity::delete_many().filter(entries::Column::JournalId.eq(journal)).exec(connection).await?;
    revisions::Entity::delete_many().filter(revisions::Column::JournalId.eq(journal)).exec(connection).await?;
    tombstones::Entity::delete_many().filter(tombstones::Column::JournalId.eq(journal)).exec(connection).await?;
    let staged = staged_revisions::Entity::delete_many();
    staged.filter(staged_revisions::Column::JournalId.eq(journal)).exec(connection).await?;
    let number = write.number().await?.cast_signed();
    let mut row = row.into_active_model();
    for time in [
        &mut row.signed_at,
        &mut row.seq,
        &mut row.first_seen_at,
        &mut row.confirmed_at,
        &mut row.last_success_at,
        &mut row.next_attempt_at,
        &mut row.wait_until,
    ] {
        *time = Set(None);
    }
    for text in
        [&mut row.checkpoint, &mut row.key_id, &mut row.via, &mut row.fault, &mut row.fault_word, &mut row.trouble]
    {
        *text = Set(None);
    }
    row.failures = Set(0);
    row.change = Set(number);
    row.update(write.connection()).await?;
    Ok(true)
}
