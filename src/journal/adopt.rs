//! The door for others' data: a proved state takes the place of the one that was held, in one transaction (protocol
//! §6, step 5). Knows no HTTP: who pulls stages revisions here and hands over a [`Proved`].

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};
use thiserror::Error;

use super::{
    encoding::sha256,
    entry::{Digest, Name},
    key::KeySet,
    prove::Proved,
    revision::{Place, Revision},
    tables::{self, Kept, Placed},
};
use crate::{
    record::Audience,
    store::{ROWS_AT_ONCE, Store, StoreError, Write, entries, journals, revisions, staged_revisions},
};

/// Why a proved state was not adopted. Nothing has changed then.
#[derive(Debug, Error)]
pub enum AdoptError {
    /// The origin was rolled back.
    #[error(
        "the record {name} goes back to revision {offered}, {held} was held: the origin was rolled back to an old state"
    )]
    GoesBack {
        /// First half of the entry, in base64url, or the `sub` where it is known.
        name: String,
        /// Revision offered.
        offered: i32,
        /// Highest revision seen.
        held: i32,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for AdoptError {
    fn from(fault: sea_orm::DbErr) -> Self {
        Self::Store(fault.into())
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adopted {
    /// It is in place; the change has this number. `erased`: bodies were erased, so the database is to be scrubbed.
    InPlace {
        /// Number of the change.
        number: u64,
        /// Entries that are new or changed.
        changed: usize,
        /// Whether bodies were erased.
        erased: bool,
    },
    /// Somebody else adopted another state since this one was proved: begin again.
    Overtaken,
}

/// From where and when a state is adopted.
pub struct Circumstances<'a> {
    /// The instance it was read through; None when straight from its origin.
    pub via: Option<&'a str>,
    /// Now, in milliseconds.
    pub now: i64,
    /// As of when the copy is proved equal to its origin, in milliseconds.
    pub confirmed_at: i64,
}

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
        here.extend(held_digests(store, journal, &chunk).await?);
        here.extend(staged_digests(store, journal, Some(&chunk)).await?);
    }
    Ok(digests.iter().filter(|digest| !here.contains(digest.as_slice())).copied().collect())
}

async fn held_digests(store: &Store, journal: i32, among: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, StoreError> {
    use revisions::Column::{Digest, JournalId};
    let query = revisions::Entity::find().select_only().column(Digest).filter(JournalId.eq(journal));
    Ok(query.filter(Digest.is_in(among.to_vec())).into_tuple().all(store.read()).await?)
}

async fn staged_digests(store: &Store, journal: i32, among: Option<&[Vec<u8>]>) -> Result<Vec<Vec<u8>>, StoreError> {
    use staged_revisions::Column::{Digest, JournalId};
    let mut query = staged_revisions::Entity::find().select_only().column(Digest).filter(JournalId.eq(journal));
    if let Some(among) = among {
        query = query.filter(Digest.is_in(among.to_vec()));
    }
    Ok(query.into_tuple().all(store.read()).await?)
}

/// Deletes what is staged and not named by the present list of entries.
pub async fn keep_staged(store: &Store, journal: i32, listed: &HashMap<Digest, Name>) -> Result<(), StoreError> {
    let staged = staged_digests(store, journal, None).await?;
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

/// Puts a proved state in the place of the one held. Adopting anything twice changes nothing.
pub async fn adopt(
    store: &Store,
    journal: i32,
    proved: &Proved,
    circumstances: &Circumstances<'_>,
) -> Result<Adopted, AdoptError> {
    let mut write = store.write().await?;
    let Some(row) = journals::Entity::find_by_id(journal).one(write.connection()).await? else {
        return Ok(Adopted::Overtaken);
    };
    let held = proved.replaces();
    if held.is_some() && row.checkpoint.as_deref() != held {
        return Ok(Adopted::Overtaken);
    }
    let kept: HashMap<Name, Kept> = tables::kept_entries(write.connection(), journal).await?.into_iter().collect();
    let forget = held.is_none() && row.checkpoint.is_some();
    if forget {
        forget_unlisted(&mut write, journal, &kept, proved).await?;
    }
    let wanted: Vec<(Name, Digest)> = proved
        .entries()
        .iter()
        .filter(|(name, digest)| forget || kept.get(*name).is_none_or(|kept| kept.digest != **digest))
        .map(|(name, digest)| (*name, *digest))
        .collect();
    let bar = |name: &Name| kept.get(name).filter(|_| !forget).and_then(|kept| kept.highest);
    let checkpoint = proved.checkpoint();
    let moved = Moved { journal, seq: checkpoint.seq, checkpoint_key: &checkpoint.key_id, circumstances };
    let erased = move_in(&mut write, &moved, &wanted, |name| kept.contains_key(name), bar).await?;
    let number = write.number().await?;
    let mut changed: journals::ActiveModel = row.into();
    tables::with_checkpoint(&mut changed, checkpoint, circumstances.now, number);
    changed.via = Set(circumstances.via.map(str::to_owned));
    changed.confirmed_at = Set(Some(circumstances.confirmed_at));
    changed.update(write.connection()).await?;
    write.commit().await?;
    Ok(Adopted::InPlace { number, changed: wanted.len(), erased })
}

/// Puts revisions that were gaps, and are staged now, in their places. Gives the number of the change, if any.
pub async fn fill_gaps(
    store: &Store,
    journal: &journals::Model,
    circumstances: &Circumstances<'_>,
) -> Result<Option<u64>, AdoptError> {
    let staged: HashSet<Vec<u8>> = staged_digests(store, journal.id, None).await?.into_iter().collect();
    if staged.is_empty() {
        return Ok(None);
    }
    let mut write = store.write().await?;
    let kept = tables::kept_entries(write.connection(), journal.id).await?;
    let came: Vec<_> = kept.into_iter().filter(|(_, kept)| staged.contains(kept.digest.as_slice())).collect();
    let seqs = seqs(&write, journal.id, &came).await?;
    let mut erased = false;
    for (name, kept) in &came {
        let moved = Moved {
            journal: journal.id,
            seq: seqs.get(name).copied().unwrap_or_default(),
            checkpoint_key: journal.key_id.as_deref().unwrap_or_default(),
            circumstances,
        };
        erased |= move_in(&mut write, &moved, &[(*name, kept.digest)], |_| false, |_| kept.highest).await?;
    }
    let number = write.number().await?;
    write.commit().await?;
    if erased {
        store.scrub().await?;
    }
    Ok(Some(number))
}

async fn seqs(write: &Write, journal: i32, came: &[(Name, Kept)]) -> Result<HashMap<Name, u64>, StoreError> {
    let mut seqs = HashMap::new();
    for chunk in came.chunks(ROWS_AT_ONCE) {
        let query = entries::Entity::find().filter(entries::Column::JournalId.eq(journal));
        let names = chunk.iter().map(|(name, _)| name.to_vec());
        for row in query.filter(entries::Column::Name.is_in(names)).all(write.connection()).await? {
            seqs.insert(tables::hash(&row.name)?, row.seq.unsigned_abs());
        }
    }
    Ok(seqs)
}

/// After a stolen key: what its checkpoint vouched for and the owner's does not name has to go (protocol §2, theft).
async fn forget_unlisted(
    write: &mut Write,
    journal: i32,
    kept: &HashMap<Name, Kept>,
    proved: &Proved,
) -> Result<(), StoreError> {
    let unlisted: Vec<Vec<u8>> =
        kept.keys().filter(|name| proved.entries().get(name).is_none()).map(|name| name.to_vec()).collect();
    for chunk in unlisted.chunks(ROWS_AT_ONCE) {
        let rows = entries::Entity::delete_many().filter(entries::Column::JournalId.eq(journal));
        rows.filter(entries::Column::Name.is_in(chunk.to_vec())).exec(write.connection()).await?;
        let rows = revisions::Entity::delete_many().filter(revisions::Column::JournalId.eq(journal));
        rows.filter(revisions::Column::Name.is_in(chunk.to_vec())).exec(write.connection()).await?;
    }
    let number = write.number().await?;
    write.set(tables::REBUILD, &number.to_string()).await
}

struct Moved<'a> {
    journal: i32,
    seq: u64,
    checkpoint_key: &'a str,
    circumstances: &'a Circumstances<'a>,
}

/// Moves staged revisions in and puts their entries in place: says whether bodies were erased.
async fn move_in(
    write: &mut Write,
    moved: &Moved<'_>,
    wanted: &[(Name, Digest)],
    revised: impl Fn(&Name) -> bool,
    bar: impl Fn(&Name) -> Option<i32>,
) -> Result<bool, AdoptError> {
    let facts = facts(write, moved.journal, wanted).await?;
    let mut placed = Vec::with_capacity(wanted.len());
    let mut withdrawn = Vec::new();
    for (name, digest) in wanted {
        let fact = facts.get(digest);
        let (offered, highest) = (fact.and_then(|fact| fact.0), bar(name));
        if let (Some(offered), Some(held)) = (offered, highest)
            && offered < held
        {
            return Err(AdoptError::GoesBack { name: super::encoding::base64url(name), offered, held });
        }
        if fact.is_some_and(|fact| fact.1) {
            withdrawn.push((*name, *digest));
        }
        placed.push(Placed { name: *name, digest: *digest, highest: offered.or(highest), revised: revised(name) });
    }
    take_staged(write, moved).await?;
    tables::place(write, moved.journal, moved.seq, moved.circumstances.now, &placed).await?;
    tables::erase(write, moved.journal, moved.checkpoint_key, &withdrawn).await?;
    tables::touch_same_names(write, moved.journal, moved.circumstances.now).await?;
    Ok(!withdrawn.is_empty())
}

/// `rev` and whether it withdraws, of each digest that is staged or was held before.
async fn facts(
    write: &Write,
    journal: i32,
    wanted: &[(Name, Digest)],
) -> Result<HashMap<Digest, (Option<i32>, bool)>, StoreError> {
    let mut facts = HashMap::new();
    for chunk in wanted.chunks(ROWS_AT_ONCE) {
        let among: Vec<Vec<u8>> = chunk.iter().map(|(_, digest)| digest.to_vec()).collect();
        use revisions::Column as Held;
        let held =
            revisions::Entity::find().select_only().columns([Held::Digest]).columns([Held::Revision, Held::Withdraws]);
        let held = held.filter(Held::JournalId.eq(journal)).filter(Held::Digest.is_in(among.clone()));
        use staged_revisions::Column as Staged;
        let staged = staged_revisions::Entity::find().select_only();
        let staged = staged.columns([Staged::Digest, Staged::Revision, Staged::Withdraws]);
        let staged = staged.filter(Staged::JournalId.eq(journal)).filter(Staged::Digest.is_in(among));
        let mut rows: Vec<(Vec<u8>, Option<i32>, bool)> = held.into_tuple().all(write.connection()).await?;
        rows.extend(staged.into_tuple::<(Vec<u8>, Option<i32>, bool)>().all(write.connection()).await?);
        for (digest, revision, withdraws) in rows {
            facts.insert(tables::hash(&digest)?, (revision, withdraws));
        }
    }
    Ok(facts)
}

async fn take_staged(write: &Write, moved: &Moved<'_>) -> Result<(), StoreError> {
    let (journal, now) = (moved.journal, moved.circumstances.now);
    let backend = write.connection().get_database_backend();
    let mark = if backend == sea_orm::DbBackend::Postgres { "$1" } else { "?" };
    let sql = format!(
        "INSERT INTO revisions (journal_id, digest, name, jws, verified_key_id, revision, withdraws, received_at, via) \
         SELECT journal_id, digest, name, jws, verified_key_id, revision, withdraws, {now}, {mark} \
         FROM staged_revisions WHERE journal_id = {journal} ON CONFLICT DO NOTHING"
    );
    use sea_orm::ConnectionTrait;
    let via = moved.circumstances.via.map(str::to_owned);
    write.connection().execute_raw(sea_orm::Statement::from_sql_and_values(backend, sql, [via.into()])).await?;
    tables::run(write.connection(), format!("DELETE FROM staged_revisions WHERE journal_id = {journal}")).await?;
    Ok(())
}

pub(super) struct Looked {
    pub digest: Digest,
    pub name: Name,
    pub jws: String,
    pub key_id: Option<String>,
    pub revision: Option<i32>,
    pub withdraws: bool,
}

/// Verifies signatures on all cores.
pub(super) async fn look(journal: &journals::Model, keys: &KeySet, tokens: Vec<(Digest, Name, String)>) -> Vec<Looked> {
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
        key_id: read.map(|revision| revision.key_id),
    }
}
