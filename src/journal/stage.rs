//! The staging table: revisions that a round has fetched wait here until their state is adopted (protocol §6, step 4).

use std::collections::{HashMap, HashSet};

use futures_util::TryStreamExt;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Statement,
    StreamTrait, sea_query::OnConflict,
};

use super::{
    encoding::sha256,
    entry::{Digest, Name},
    key::KeySet,
    revision::{Place, Revision},
    tables,
};
use crate::{
    record::Audience,
    store::{ROWS_AT_ONCE, Store, StoreError, journals, revisions, staged_revisions},
};

/// Stages revisions of a round: they outlive a crash. `names` gives the name of each digest in the list of entries;
/// what it does not name is dropped. Signatures are verified here, on all cores, off the async threads.
pub async fn stage(
    store: &Store,
    journal: &journals::Model,
    keys: &KeySet,
    names: &HashMap<Digest, Name>,
    tokens: Vec<String>,
) -> Result<(), StoreError> {
    let looked: Vec<_> = tokens
        .into_iter()
        .filter_map(|jws| {
            let digest = sha256(jws.as_bytes());
            names.get(&digest).map(|name| (digest, *name, jws))
        })
        .collect();
    let looked = look(journal, keys, looked).await;
    let write = store.write().await?;
    for chunk in looked.chunks(ROWS_AT_ONCE) {
        let rows = chunk.iter().map(|row| staged_revisions::ActiveModel {
            journal_id: Set(journal.id),
            digest: Set(row.digest.to_vec()),
            name: Set(row.name.to_vec()),
            jws: Set(row.jws.clone()),
            verified_key_id: Set(row.key_id.clone()),
            kind: Set(row.kind.clone()),
            revision: Set(row.revision),
            withdraws: Set(row.withdraws),
        });
        use staged_revisions::Column::{Digest, JournalId};
        let keep = OnConflict::columns([JournalId, Digest]).do_nothing().to_owned();
        staged_revisions::Entity::insert_many(rows)
            .on_conflict(keep)
            .exec_without_returning(write.connection())
            .await?;
    }
    write.commit().await?;
    Ok(())
}

/// Which of these digests are not here, neither staged nor held before.
pub async fn not_here(store: &Store, journal: i32, digests: &[Digest]) -> Result<Vec<Digest>, StoreError> {
    let mut here = HashSet::new();
    for chunk in digests.chunks(ROWS_AT_ONCE) {
        let chunk: Vec<Vec<u8>> = chunk.iter().map(|digest| digest.to_vec()).collect();
        here.extend(held_digests(store.read(), journal, Some(&chunk)).await?);
        here.extend(staged_digests(store.read(), journal, Some(&chunk)).await?);
    }
    Ok(digests.iter().filter(|digest| !here.contains(digest.as_slice())).copied().collect())
}

pub(super) async fn held_digests(
    connection: &impl ConnectionTrait,
    journal: i32,
    among: Option<&[Vec<u8>]>,
) -> Result<Vec<Vec<u8>>, DbErr> {
    use revisions::Column::{Digest, JournalId};
    let mut query = revisions::Entity::find().select_only().column(Digest).filter(JournalId.eq(journal));
    if let Some(among) = among {
        query = query.filter(Digest.is_in(among.to_vec()));
    }
    query.into_tuple().all(connection).await
}

pub(super) async fn staged_digests(
    connection: &impl ConnectionTrait,
    journal: i32,
    among: Option<&[Vec<u8>]>,
) -> Result<Vec<Vec<u8>>, DbErr> {
    use staged_revisions::Column::{Digest, JournalId};
    let mut query = staged_revisions::Entity::find().select_only().column(Digest).filter(JournalId.eq(journal));
    if let Some(among) = among {
        query = query.filter(Digest.is_in(among.to_vec()));
    }
    query.into_tuple().all(connection).await
}

/// Bytes of the revisions that these entries name and that are here, staged or held before: what is fetched comes to
/// them.
pub async fn bytes_here(store: &Store, journal: i32, listed: &HashMap<Digest, Name>) -> Result<u64, StoreError> {
    let sql = format!(
        "SELECT digest, OCTET_LENGTH(jws) AS bytes FROM revisions WHERE journal_id = {journal} \
         UNION SELECT digest, OCTET_LENGTH(jws) AS bytes FROM staged_revisions WHERE journal_id = {journal}"
    );
    let mut rows = store.read().stream_raw(Statement::from_string(store.backend(), sql)).await?;
    let mut bytes = 0;
    while let Some(row) = rows.try_next().await? {
        if listed.contains_key(&tables::hash(&row.try_get::<Vec<u8>>("", "digest")?)?) {
            bytes += u64::from(row.try_get::<i32>("", "bytes")?.unsigned_abs());
        }
    }
    Ok(bytes)
}

/// Deletes what is staged and not named by the present list of entries.
pub async fn keep_staged(store: &Store, journal: i32, listed: &HashMap<Digest, Name>) -> Result<(), StoreError> {
    let staged = staged_digests(store.read(), journal, None).await?;
    let unlisted = |digest: &Vec<u8>| tables::hash(digest).is_ok_and(|digest| !listed.contains_key(&digest));
    let gone: Vec<Vec<u8>> = staged.into_iter().filter(unlisted).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let write = store.write().await?;
    for chunk in gone.chunks(ROWS_AT_ONCE) {
        use staged_revisions::Column::{Digest, JournalId};
        let rows = staged_revisions::Entity::delete_many().filter(JournalId.eq(journal));
        rows.filter(Digest.is_in(chunk.to_vec())).exec(write.connection()).await?;
    }
    write.commit().await?;
    Ok(())
}

pub(super) struct Looked {
    pub(super) digest: Digest,
    pub(super) name: Name,
    jws: String,
    pub(super) key_id: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) revision: Option<i32>,
    pub(super) withdraws: bool,
}

/// Verifies signatures on all cores.
async fn look(journal: &journals::Model, keys: &KeySet, tokens: Vec<(Digest, Name, String)>) -> Vec<Looked> {
    let audience = Audience::parse(&journal.audience).unwrap_or(Audience::Public);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = tokens.len().div_ceil(cores).max(32);
    let mut tokens = tokens;
    let mut shares = Vec::new();
    while !tokens.is_empty() {
        let rest = tokens.split_off(tokens.len().min(share));
        let (origin, keys) = (journal.origin.clone(), keys.clone());
        shares.push(tokio::task::spawn_blocking(move || {
            tokens.into_iter().map(|token| look_at(&origin, audience, &keys, token)).collect::<Vec<_>>()
        }));
        tokens = rest;
    }
    let mut looked = Vec::new();
    for share in shares {
        // A share that was cancelled by a shutdown is fetched again in the next round.
        looked.extend(share.await.unwrap_or_default());
    }
    looked
}

fn look_at(origin: &str, audience: Audience, keys: &KeySet, (digest, name, jws): (Digest, Name, String)) -> Looked {
    let read = Revision::read(&jws, Place { origin, audience, name: &name }, keys).ok();
    Looked {
        digest,
        name,
        jws,
        revision: read.as_ref().map(|revision| revision.number.cast_signed()),
        withdraws: read.as_ref().is_some_and(Revision::withdraws),
        kind: read.as_ref().map(|revision| revision.sub.kind_word().to_owned()),
        key_id: read.map(|revision| revision.key_id),
    }
}

/// What an entry names and no listed key had signed when it came, looked at once more: those that are right now.
pub(super) async fn look_again(
    store: &Store,
    journal: &journals::Model,
    keys: &KeySet,
) -> Result<Vec<Looked>, StoreError> {
    let kept = tables::kept_entries(store.read(), journal.id).await?;
    let names: HashMap<Digest, Name> = kept.into_iter().map(|(name, kept)| (kept.digest, name)).collect();
    use revisions::Column::{Digest as DigestColumn, JournalId, VerifiedKeyId};
    let of_journal = || revisions::Entity::find().filter(JournalId.eq(journal.id));
    let unverified = of_journal().select_only().column(DigestColumn).filter(VerifiedKeyId.is_null());
    let mut unverified: Vec<Vec<u8>> = unverified.into_tuple().all(store.read()).await?;
    unverified.retain(|digest| tables::hash(digest).is_ok_and(|digest| names.contains_key(&digest)));
    let mut right = Vec::new();
    // A journal may be as large as memory: a few at a time, and of those that are right the facts alone.
    for chunk in unverified.chunks(ROWS_AT_ONCE) {
        let mut again = Vec::new();
        for row in of_journal().filter(DigestColumn.is_in(chunk.to_vec())).all(store.read()).await? {
            let digest = tables::hash(&row.digest)?;
            again.extend(names.get(&digest).map(|name| (digest, *name, row.jws)));
        }
        let looked = look(journal, keys, again).await.into_iter().filter(|looked| looked.key_id.is_some());
        right.extend(looked.map(|looked| Looked { jws: String::new(), ..looked }));
    }
    Ok(right)
}
