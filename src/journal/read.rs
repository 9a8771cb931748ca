//! What is read of the journals: every record that changed, judged; what is served to peers; a record's history.

use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Statement, StreamTrait,
};

use super::{
    checkpoint::Checkpoint,
    entry::{Digest, Entries, Name},
    judge::{Bench, Verdict},
    jws::JwsError,
    key::{KeySet, KeyStatus},
    prove::Held,
    revision::{Place, Revision},
    tables,
};
use crate::{
    record::Audience,
    store::{ROWS_AT_ONCE, Store, StoreError, entries, journals, revisions, signed_checkpoints},
};

pub use super::tables::{journal, journal_or_new};

/// How many entries are judged at once.
const CHUNK: usize = 512;

/// What the judgement asks of the register.
pub trait Trusted: Send + Sync {
    /// The keys listed for an origin; empty for one that nobody lists.
    fn keys(&self, origin: &str) -> &KeySet;
    /// Whether this is the register.
    fn is_register(&self, origin: &str, audience: Audience) -> bool;
    /// Id of the register's journal, if there is one here.
    fn register_journal(&self) -> Option<i32>;
}

/// A record that changed, judged.
pub struct Judged {
    /// Id of its journal.
    pub journal: i32,
    /// First half of its entry.
    pub name: Name,
    /// SHA-256 of its latest revision.
    pub digest: Digest,
    /// Number of the change.
    pub change: u64,
    /// When, in milliseconds.
    pub changed_at: i64,
    /// Whether an earlier revision was held.
    pub revised: bool,
    /// When its revision came here, in milliseconds.
    pub received_at: i64,
    /// The instance it was read through.
    pub via: Option<String>,
    /// What is to be done; None for a gap.
    pub verdict: Option<Verdict>,
}

#[derive(FromQueryResult)]
struct Row {
    journal_id: i32,
    origin: String,
    audience: String,
    key_id: Option<String>,
    name: Vec<u8>,
    digest: Vec<u8>,
    change: i64,
    changed_at: i64,
    revised: bool,
    jws: Option<String>,
    verified_key_id: Option<String>,
    received_at: Option<i64>,
    via: Option<String>,
    withdrawn_before: bool,
    in_register: bool,
    in_public: bool,
}

/// Every record that changed after the change `since` (0: every record), judged by the register as it is now, on all
/// cores; handed on in chunks.
pub async fn changed(
    store: &Store,
    trust: Arc<dyn Trusted>,
    since: u64,
    mut each: impl FnMut(Vec<Judged>),
) -> Result<(), StoreError> {
    let sql = changed_sql(since, trust.register_journal());
    let rows = store.read().stream_raw(Statement::from_string(store.backend(), sql)).await?;
    let rows = rows.map(|row| row.and_then(|row| Row::from_query_result(&row, "")));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut judged = rows
        .try_chunks(CHUNK)
        .map(|chunk| {
            let trust = trust.clone();
            async move {
                let chunk = chunk.map_err(|fault| StoreError::from(fault.1))?;
                let judge = move || chunk.into_iter().map(|row| judge(&*trust, row)).collect::<Result<Vec<_>, _>>();
                let judged = tokio::task::spawn_blocking(judge).await;
                judged.unwrap_or_else(|_| Ok(Vec::new())).map_err(StoreError::from)
            }
        })
        .buffered(cores);
    while let Some(chunk) = judged.try_next().await? {
        each(chunk);
    }
    Ok(())
}

fn changed_sql(since: u64, register: Option<i32>) -> String {
    let register = register.unwrap_or(-1);
    format!(
        "SELECT e.journal_id, j.origin, j.audience, j.key_id, e.name, e.digest, e.change, e.changed_at, e.revised, \
         r.jws, r.verified_key_id, r.received_at, r.via, \
         EXISTS (SELECT 1 FROM tombstones t WHERE t.journal_id = e.journal_id AND t.name = e.name AND NOT EXISTS \
           (SELECT 1 FROM compromised_keys c WHERE c.entity_id = j.origin AND c.key_id = t.key_id)) AS withdrawn_before, \
         EXISTS (SELECT 1 FROM entries g WHERE g.journal_id = {register} AND g.name = e.name) AS in_register, \
         (j.audience = 'network' AND EXISTS (SELECT 1 FROM entries p JOIN journals q ON q.id = p.journal_id \
           WHERE p.name = e.name AND q.origin = j.origin AND q.audience = 'public')) AS in_public \
         FROM entries e JOIN journals j ON j.id = e.journal_id \
         LEFT JOIN revisions r ON r.journal_id = e.journal_id AND r.digest = e.digest \
         WHERE e.change > {since}"
    )
}

fn judge(trust: &dyn Trusted, row: Row) -> Result<Judged, sea_orm::DbErr> {
    let name = tables::hash(&row.name)?;
    let audience = Audience::parse(&row.audience).unwrap_or(Audience::Public);
    let keys = trust.keys(&row.origin);
    let is_register = trust.is_register(&row.origin, audience);
    let bench = Bench {
        is_register,
        in_register: row.in_register,
        in_public: row.in_public,
        withdrawn_before: row.withdrawn_before,
        compromised: row.key_id.as_deref().and_then(|key| keys.status(key)) == Some(KeyStatus::Compromised),
    };
    let place = Place { origin: &row.origin, audience, name: &name };
    let verdict = row.jws.as_deref().map(|jws| bench.judge(read(jws, row.verified_key_id.as_deref(), place, keys)));
    Ok(Judged {
        journal: row.journal_id,
        name,
        digest: tables::hash(&row.digest)?,
        change: row.change.unsigned_abs(),
        changed_at: row.changed_at,
        revised: row.revised,
        received_at: row.received_at.unwrap_or_default(),
        via: row.via,
        verdict,
    })
}

fn read(jws: &str, verified: Option<&str>, place: Place<'_>, keys: &KeySet) -> Result<Revision, JwsError> {
    match verified {
        Some(verified) => Revision::read_again(jws, verified, place, keys),
        None => Revision::read(jws, place, keys),
    }
}

/// What is held of a journal, as far as a proof needs it. A checkpoint whose key is compromised is not held.
pub async fn held(store: &Store, row: &journals::Model, keys: &KeySet) -> Result<Held, StoreError> {
    let stolen = row.key_id.as_deref().and_then(|key| keys.status(key)) == Some(KeyStatus::Compromised);
    let audience = Audience::parse(&row.audience).unwrap_or(Audience::Public);
    let checkpoint = row.checkpoint.as_deref().filter(|_| !stolen);
    // A key that has only left the list is no reason to take an older state.
    let checkpoint = checkpoint.and_then(|jws| Checkpoint::read_again(jws, &row.origin, audience).ok());
    Ok(Held { checkpoint, entries: tables::entries(store.read(), row.id).await? })
}

/// The state of a journal since a `seq`, read in one query of one moment: the checkpoint and the entries (protocol §5).
pub async fn state(store: &Store, journal: i32, since: u64) -> Result<Option<(String, Entries)>, StoreError> {
    use sea_orm::{DbBackend, IsolationLevel, TransactionTrait};
    // On SQLite every transaction reads one moment.
    let isolation = (store.backend() != DbBackend::Sqlite).then_some(IsolationLevel::RepeatableRead);
    let moment = store.read().begin_with_config(isolation, None).await?;
    let row = journals::Entity::find_by_id(journal).one(&moment).await?;
    let rows: Vec<(Vec<u8>, Vec<u8>)> = entries::Entity::find()
        .select_only()
        .columns([entries::Column::Name, entries::Column::Digest])
        .filter(entries::Column::JournalId.eq(journal))
        .filter(entries::Column::Seq.gt(since.cast_signed()))
        .into_tuple()
        .all(&moment)
        .await?;
    moment.commit().await?;
    let entries = rows.into_iter().map(|(name, digest)| Ok((tables::hash(&name)?, tables::hash(&digest)?)));
    let entries = entries.collect::<Result<Entries, sea_orm::DbErr>>()?;
    Ok(row.and_then(|row| row.checkpoint).map(|checkpoint| (checkpoint, entries)))
}

/// The latest revisions of a journal among these digests, by digest.
pub async fn revisions(store: &Store, journal: i32, digests: &[Digest]) -> Result<Vec<(Digest, String)>, StoreError> {
    let mut found = Vec::new();
    for chunk in digests.chunks(ROWS_AT_ONCE) {
        use sea_orm::{
            ExprTrait,
            sea_query::{Expr, Query},
        };
        let latest = Query::select()
            .column(entries::Column::Digest)
            .from(entries::Entity)
            .and_where(Expr::col(entries::Column::JournalId).eq(journal))
            .and_where(Expr::col(entries::Column::Digest).is_in(chunk.iter().map(|digest| digest.to_vec())))
            .to_owned();
        let rows: Vec<(Vec<u8>, String)> = revisions::Entity::find()
            .select_only()
            .columns([revisions::Column::Digest, revisions::Column::Jws])
            .filter(revisions::Column::JournalId.eq(journal))
            .filter(revisions::Column::Digest.in_subquery(latest))
            .into_tuple()
            .all(store.read())
            .await?;
        for (digest, jws) in rows {
            found.push((tables::hash(&digest)?, jws));
        }
    }
    Ok(found)
}

/// The latest revision of one record of a journal.
pub async fn latest(store: &Store, journal: i32, name: &Name) -> Result<Option<String>, StoreError> {
    let entry = entries::Entity::find_by_id((journal, name.to_vec())).one(store.read()).await?;
    let Some(entry) = entry else { return Ok(None) };
    let found = revisions(store, journal, &[tables::hash(&entry.digest)?]).await?;
    Ok(found.into_iter().next().map(|(_, jws)| jws))
}

/// The revisions seen of a record, newest first.
pub async fn history(
    store: &Store,
    journal: i32,
    name: &Name,
    first: u64,
) -> Result<Vec<revisions::Model>, StoreError> {
    Ok(revisions::Entity::find()
        .filter(revisions::Column::JournalId.eq(journal))
        .filter(revisions::Column::Name.eq(name.to_vec()))
        .filter(revisions::Column::Revision.is_not_null())
        .order_by_desc(revisions::Column::Revision)
        .order_by_desc(revisions::Column::ReceivedAt)
        .limit(first)
        .all(store.read())
        .await?)
}

/// A revision that was seen of a record.
pub struct Seen {
    /// `rev`, from 1.
    pub number: u32,
    /// When it came here, in milliseconds.
    pub received_at: i64,
    /// Thumbprint of the key that signed it.
    pub key_id: String,
    /// As signed, where that was asked for.
    pub jws: Option<String>,
}

/// The revisions seen of a record, newest first, as rows; the signed texts, up to 256 KiB each, only if they are wanted.
pub async fn seen(store: &Store, journal: i32, name: &Name, first: u64, signed: bool) -> Result<Vec<Seen>, StoreError> {
    use revisions::Column;
    let columns = [Column::Revision, Column::ReceivedAt, Column::VerifiedKeyId];
    let rows = revisions::Entity::find()
        .select_only()
        .columns(columns)
        .filter(Column::JournalId.eq(journal))
        .filter(Column::Name.eq(name.to_vec()))
        .filter(Column::Revision.is_not_null())
        .filter(Column::VerifiedKeyId.is_not_null())
        .order_by_desc(Column::Revision)
        .order_by_desc(Column::ReceivedAt)
        .limit(first);
    let seen = |(number, received_at, key_id, jws): (i32, i64, String, Option<String>)| Seen {
        number: number.unsigned_abs(),
        received_at,
        key_id,
        jws,
    };
    if signed {
        let rows: Vec<(i32, i64, String, String)> = rows.column(Column::Jws).into_tuple().all(store.read()).await?;
        return Ok(rows.into_iter().map(|(number, at, key, jws)| seen((number, at, key, Some(jws)))).collect());
    }
    let rows: Vec<(i32, i64, String)> = rows.into_tuple().all(store.read()).await?;
    Ok(rows.into_iter().map(|(number, at, key)| seen((number, at, key, None))).collect())
}

/// The latest revision of each record of a journal, with the name of its entry; gaps are left out.
pub async fn all_latest(store: &Store, journal: i32) -> Result<Vec<(Name, String)>, StoreError> {
    let sql = format!(
        "SELECT e.name, r.jws FROM entries e JOIN revisions r ON r.journal_id = e.journal_id AND r.digest = e.digest \
         WHERE e.journal_id = {journal} ORDER BY e.name"
    );
    use sea_orm::ConnectionTrait;
    let rows = store.read().query_all_raw(Statement::from_string(store.backend(), sql)).await?;
    rows.iter().map(|row| Ok((tables::hash(&row.try_get::<Vec<u8>>("", "name")?)?, row.try_get("", "jws")?))).collect()
}

/// Whether the checkpoints here of both journals of an origin are by this key (protocol §2, rotation).
pub async fn rests_on(store: &Store, origin: &str, key_id: &str) -> Result<bool, StoreError> {
    for audience in Audience::ALL {
        let row = journal(store.read(), origin, audience).await?;
        if row.and_then(|row| row.key_id).as_deref() != Some(key_id) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Digests that the entries of a journal name and that are not here: its gaps (protocol §6, step 4).
pub async fn gaps(store: &Store, journal: i32) -> Result<Vec<(Name, Digest)>, StoreError> {
    let sql = format!(
        "SELECT e.name, e.digest FROM entries e WHERE e.journal_id = {journal} AND NOT EXISTS (SELECT 1 FROM revisions r \
         WHERE r.journal_id = e.journal_id AND r.digest = e.digest) ORDER BY e.name"
    );
    use sea_orm::ConnectionTrait;
    let rows = store.read().query_all_raw(Statement::from_string(store.backend(), sql)).await?;
    rows.iter()
        .map(|row| {
            let hash = |column: &str| tables::hash(&row.try_get::<Vec<u8>>("", column)?);
            Ok((hash("name")?, hash("digest")?))
        })
        .collect()
}

/// All journals known here.
pub async fn journals(store: &Store) -> Result<Vec<journals::Model>, StoreError> {
    Ok(journals::Entity::find().order_by_asc(journals::Column::Id).all(store.read()).await?)
}

/// Bytes of all revisions of each journal: latest, superseded and staged ones.
pub async fn bytes_held(store: &Store) -> Result<Vec<(i32, u64)>, StoreError> {
    let sql = "SELECT journal_id AS id, CAST(SUM(bytes) AS BIGINT) AS bytes FROM \
               (SELECT journal_id, OCTET_LENGTH(jws) AS bytes FROM revisions UNION ALL \
                SELECT journal_id, OCTET_LENGTH(jws) AS bytes FROM staged_revisions) kept GROUP BY journal_id ORDER BY journal_id";
    use sea_orm::ConnectionTrait;
    let rows = store.read().query_all_raw(Statement::from_string(store.backend(), sql)).await?;
    rows.iter().map(|row| Ok((row.try_get("", "id")?, row.try_get::<i64>("", "bytes")?.unsigned_abs()))).collect()
}

/// Whether this instance signed a checkpoint (protocol §8).
pub async fn has_signed(store: &Store, digest: Digest) -> Result<bool, StoreError> {
    Ok(signed_checkpoints::Entity::find_by_id(digest.to_vec()).one(store.read()).await?.is_some())
}

/// For rebuilding: since which change a catalogue must be made anew.
pub async fn rebuild_since(store: &Store) -> Result<u64, StoreError> {
    Ok(tables::rebuild_since(store.read()).await?)
}
