//! Queries on the journal's tables that more than one module needs.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement, sea_query::OnConflict,
};

use super::{
    checkpoint::Checkpoint,
    entry::{Digest, Entries, Name},
};
use crate::{
    record::Audience,
    store::{ROWS_AT_ONCE, Store, StoreError, Write, entries, journals, revisions, settings, tombstones},
};

/// The name of the setting that says since which change a catalogue must be made anew.
const REBUILD: &str = "rebuild";

/// The row of a journal.
pub async fn journal(
    connection: &impl ConnectionTrait,
    origin: &str,
    audience: Audience,
) -> Result<Option<journals::Model>, DbErr> {
    journals::Entity::find()
        .filter(journals::Column::Origin.eq(origin))
        .filter(journals::Column::Audience.eq(audience.as_str()))
        .one(connection)
        .await
}

/// The row of a journal; made if there is none.
pub async fn journal_or_new(store: &Store, origin: &str, audience: Audience) -> Result<journals::Model, StoreError> {
    if let Some(row) = journal(store.read(), origin, audience).await? {
        return Ok(row);
    }
    let mut write = store.write().await?;
    let number = write.number().await?.cast_signed();
    let row = journals::ActiveModel {
        origin: Set(origin.to_owned()),
        audience: Set(audience.as_str().to_owned()),
        failures: Set(0),
        change: Set(number),
        ..Default::default()
    };
    let conflict = OnConflict::columns([journals::Column::Origin, journals::Column::Audience]).do_nothing().to_owned();
    journals::Entity::insert(row).on_conflict(conflict).exec_without_returning(write.connection()).await?;
    let row = journal(write.connection(), origin, audience).await?;
    write.commit().await?;
    row.ok_or_else(|| DbErr::RecordNotFound(format!("journal of {origin}")).into())
}

/// An entry as the tables keep it.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Latest revision.
    pub digest: Digest,
    /// Highest `rev` seen.
    pub highest: Option<i32>,
    /// `seq` of the checkpoint under which it came.
    pub seq: u64,
    /// Whether an earlier revision was held before this one.
    pub revised: bool,
}

/// All entries of a journal.
pub async fn kept_entries(connection: &impl ConnectionTrait, journal: i32) -> Result<Vec<(Name, Kept)>, DbErr> {
    use entries::Column::{Digest, HighestRevision, Name, Revised, Seq};
    type Row = (Vec<u8>, Vec<u8>, Option<i32>, i64, bool);
    let rows: Vec<Row> = entries::Entity::find()
        .select_only()
        .columns([Name, Digest, HighestRevision, Seq, Revised])
        .filter(entries::Column::JournalId.eq(journal))
        .order_by_asc(entries::Column::Name)
        .into_tuple()
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|(name, digest, highest, seq, revised)| {
            Ok((hash(&name)?, Kept { digest: hash(&digest)?, highest, seq: seq.unsigned_abs(), revised }))
        })
        .collect()
}

/// All entries of a journal, as a checkpoint vouches for them.
pub async fn entries(connection: &impl ConnectionTrait, journal: i32) -> Result<Entries, DbErr> {
    Ok(kept_entries(connection, journal).await?.into_iter().map(|(name, kept)| (name, kept.digest)).collect())
}

/// A hash column.
pub fn hash(bytes: &[u8]) -> Result<[u8; 32], DbErr> {
    bytes
        .try_into()
        .map_err(|_| DbErr::Type("a hash in the database is not 32 bytes long: run `nmirf-hub verify`".to_owned()))
}

/// One entry to be put in place.
pub struct Placed {
    /// Which record.
    pub name: Name,
    /// Its latest revision.
    pub digest: Digest,
    /// Highest `rev` seen, this one included.
    pub highest: Option<i32>,
    /// Whether an earlier one was held.
    pub revised: bool,
}

/// Puts entries in place of the old ones.
pub async fn place(write: &mut Write, journal: i32, seq: u64, now: i64, placed: &[Placed]) -> Result<(), StoreError> {
    let change = write.number().await?.cast_signed();
    for chunk in placed.chunks(ROWS_AT_ONCE) {
        let rows = chunk.iter().map(|entry| entries::ActiveModel {
            journal_id: Set(journal),
            name: Set(entry.name.to_vec()),
            digest: Set(entry.digest.to_vec()),
            seq: Set(seq.cast_signed()),
            change: Set(change),
            changed_at: Set(now),
            highest_revision: Set(entry.highest),
            revised: Set(entry.revised),
        });
        use entries::Column::{Change, ChangedAt, Digest, HighestRevision, JournalId, Name, Revised, Seq};
        let replace = OnConflict::columns([JournalId, Name])
            .update_columns([Digest, Seq, Change, ChangedAt, HighestRevision, Revised])
            .to_owned();
        entries::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(write.connection()).await?;
    }
    Ok(())
}

/// Whether a record of the origin's other journal is shown can depend on these (a `sub` that the public journal has):
/// their entries take the number of this change too, so that they are judged anew. Names are no secret, so nobody does
/// this to another's records but the register, and that where the register is read.
pub async fn touch_same_names(write: &mut Write, journal: i32, now: i64) -> Result<(), StoreError> {
    let change = write.number().await?;
    run(
        write.connection(),
        format!(
            "UPDATE entries SET change = {change}, changed_at = {now} WHERE journal_id <> {journal} AND journal_id IN \
             (SELECT id FROM journals WHERE origin = (SELECT origin FROM journals WHERE id = {journal})) AND name IN \
             (SELECT name FROM entries WHERE journal_id = {journal} AND change = {change})"
        ),
    )
    .await?;
    Ok(())
}

/// Runs a statement made of our own numbers alone.
pub async fn run(connection: &impl ConnectionTrait, sql: String) -> Result<u64, DbErr> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

/// Keeps the tombstones and erases the bodies of their records, earlier revisions too (protocol §3).
pub async fn erase(
    write: &Write,
    journal: i32,
    checkpoint_key: &str,
    withdrawn: &[(Name, Digest)],
) -> Result<(), StoreError> {
    for chunk in withdrawn.chunks(ROWS_AT_ONCE) {
        let rows = chunk.iter().map(|(name, _)| tombstones::ActiveModel {
            journal_id: Set(journal),
            name: Set(name.to_vec()),
            key_id: Set(checkpoint_key.to_owned()),
        });
        use tombstones::Column::{JournalId, KeyId, Name};
        let keep = OnConflict::columns([JournalId, Name, KeyId]).do_nothing().to_owned();
        tombstones::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(write.connection()).await?;
        revisions::Entity::delete_many()
            .filter(revisions::Column::JournalId.eq(journal))
            .filter(revisions::Column::Name.is_in(chunk.iter().map(|(name, _)| name.to_vec())))
            .filter(revisions::Column::Digest.is_not_in(chunk.iter().map(|(_, digest)| digest.to_vec())))
            .exec(write.connection())
            .await?;
    }
    Ok(())
}

/// Puts a checkpoint in place of the one held.
pub fn with_checkpoint(row: &mut journals::ActiveModel, checkpoint: &Checkpoint, now: i64, change: u64) {
    row.checkpoint = Set(Some(checkpoint.jws.clone()));
    row.seq = Set(Some(checkpoint.seq.cast_signed()));
    row.signed_at = Set(Some(checkpoint.signed_at));
    row.key_id = Set(Some(checkpoint.key_id.clone()));
    row.first_seen_at = Set(Some(now));
    row.change = Set(change.cast_signed());
}

/// All records are judged anew by everybody who follows: rows have left the tables, or what decides about all of them
/// has changed.
pub async fn judge_all_anew(write: &mut Write) -> Result<(), StoreError> {
    let number = write.number().await?;
    write.set(REBUILD, &number.to_string()).await
}

/// Since which change a catalogue must be made anew.
pub async fn rebuild_since(connection: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let row = settings::Entity::find_by_id(REBUILD).one(connection).await?;
    Ok(row.and_then(|row| row.value.parse().ok()).unwrap_or(0))
}
