//! The door for others' data: a proved state takes the place of the one that was held, in one transaction (protocol
//! §6, step 5). Knows no HTTP: who pulls stages revisions here and hands over a [`Proved`].

use std::collections::{HashMap, HashSet};

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use thiserror::Error;

use super::{
    entry::{Digest, Entries, Name},
    history,
    key::KeySet,
    prove::Proved,
    stage::{self, held_digests, staged_digests},
    tables::{self, Kept, Placed},
};
use crate::store::{ROWS_AT_ONCE, Store, StoreError, Write, entries, journals, revisions, staged_revisions};

pub use super::{
    stage::{keep_staged, not_here, stage},
    tables::judge_all_anew,
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

impl From<DbErr> for AdoptError {
    fn from(fault: DbErr) -> Self {
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
    /// Somebody else adopted another state since this one was proved, or took away what was staged for it: begin again.
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
    let kept: HashMap<Name, Kept> = tables::kept_entries(write.connection(), journal).await?.into_iter().collect();
    let stand = match stand(&row, &kept, proved) {
        Stand::Overtaken => return Ok(Adopted::Overtaken),
        stand => stand,
    };
    let forget = stand == Stand::Forget;
    let staged: HashSet<Vec<u8>> = staged_digests(write.connection(), journal, None).await?.into_iter().collect();
    let (mut wanted, mut came) = (Vec::new(), Vec::new());
    for (name, digest) in proved.entries().iter() {
        match kept.get(name) {
            Some(kept) if !forget && kept.digest == *digest => {
                came.extend(staged.contains(digest.as_slice()).then_some((*name, *kept)));
            }
            _ => wanted.push((*name, *digest)),
        }
    }
    if stand == Stand::InPlace && came.is_empty() {
        confirm(row.into(), circumstances).update(write.connection()).await?;
        write.commit().await?;
        return Ok(Adopted::InPlace { number: store.number().await?, changed: 0, erased: false });
    }
    let facts = facts(&write, journal, &wanted).await?;
    // Another process on this database cleans up by its own list of entries: what it took away is no gap.
    if wanted.iter().any(|(_, digest)| !facts.contains_key(digest) && !proved.lacks(digest)) {
        return Ok(Adopted::Overtaken);
    }
    if forget {
        forget_unlisted(&mut write, journal, &kept, proved).await?;
    }
    let before = |name: &Name| kept.get(name).and_then(|kept| kept.highest);
    let bar = |name: &Name| before(name).filter(|_| !forget);
    let checkpoint = proved.checkpoint();
    let moved = Moved { journal, seq: checkpoint.seq, checkpoint_key: &checkpoint.key_id, circumstances };
    let mut erased = move_in(&mut write, &moved, &wanted, &facts, |name| before(name).is_some(), bar).await?;
    erased |= fill(&mut write, &moved, &came).await?;
    history::prune(&write, journal, &history::BOUNDS).await?;
    let number = write.number().await?;
    // One seq with one root is one state, whatever the JWS: it was seen before.
    let seen = row.first_seen_at.filter(|_| !forget && row.seq == Some(checkpoint.seq.cast_signed()));
    let mut changed = confirm(row.into(), circumstances);
    tables::with_checkpoint(&mut changed, checkpoint, seen.unwrap_or(circumstances.now), number);
    changed.update(write.connection()).await?;
    write.commit().await?;
    Ok(Adopted::InPlace { number, changed: wanted.len(), erased })
}

/// How a proved state stands to what is in the tables now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// It is what they have already.
    InPlace,
    /// It follows what they have.
    Follows,
    /// What they have rests on a stolen key: what the new state does not name is forgotten.
    Forget,
    /// They have something else than when it was proved.
    Overtaken,
}

fn stand(row: &journals::Model, kept: &HashMap<Name, Kept>, proved: &Proved) -> Stand {
    let Some(checkpoint) = row.checkpoint.as_deref() else {
        return if proved.replaces().is_none() { Stand::Follows } else { Stand::Overtaken };
    };
    if checkpoint == proved.checkpoint().jws {
        return Stand::InPlace;
    }
    let root = || kept.iter().map(|(name, kept)| (*name, kept.digest)).collect::<Entries>().root();
    match proved.replaces() {
        Some(held) if held == checkpoint => Stand::Follows,
        None if proved.base() == root() => Stand::Forget,
        _ => Stand::Overtaken,
    }
}

fn confirm(mut row: journals::ActiveModel, circumstances: &Circumstances<'_>) -> journals::ActiveModel {
    row.via = Set(circumstances.via.map(str::to_owned));
    row.confirmed_at = Set(Some(circumstances.confirmed_at));
    row
}

/// Puts revisions that were gaps, and are staged now, in their places. Gives the number of the change, if any.
pub async fn fill_gaps(
    store: &Store,
    journal: &journals::Model,
    circumstances: &Circumstances<'_>,
) -> Result<Option<u64>, AdoptError> {
    let mut write = store.write().await?;
    let staged = staged_digests(write.connection(), journal.id, None).await?;
    let staged: HashSet<Vec<u8>> = staged.into_iter().collect();
    let mut came = tables::kept_entries(write.connection(), journal.id).await?;
    came.retain(|(_, kept)| staged.contains(kept.digest.as_slice()));
    if came.is_empty() {
        return Ok(None);
    }
    let checkpoint_key = journal.key_id.as_deref().unwrap_or_default();
    let moved = Moved { journal: journal.id, seq: 0, checkpoint_key, circumstances };
    let erased = fill(&mut write, &moved, &came).await?;
    let number = write.number().await?;
    write.commit().await?;
    if erased {
        store.scrub_after_commit().await;
    }
    Ok(Some(number))
}

/// After the register lists another key of the origin: revisions that no listed key had signed count from now on, and
/// tombstones among them erase. Gives the number of the change, if any.
pub async fn look_again(
    store: &Store,
    journal: &journals::Model,
    keys: &KeySet,
    now: i64,
) -> Result<Option<u64>, StoreError> {
    let looked = stage::look_again(store, journal, keys).await?;
    if looked.is_empty() {
        return Ok(None);
    }
    let mut write = store.write().await?;
    let kept: HashMap<Name, Kept> = tables::kept_entries(write.connection(), journal.id).await?.into_iter().collect();
    let mut withdrawn = Vec::new();
    let mut number = None;
    for row in looked {
        let Some(kept) = kept.get(&row.name).filter(|kept| kept.digest == row.digest) else { continue };
        if row.withdraws {
            withdrawn.push((row.name, row.digest));
        }
        let verified = revisions::ActiveModel {
            journal_id: Set(journal.id),
            digest: Set(row.digest.to_vec()),
            verified_key_id: Set(row.key_id),
            kind: Set(row.kind),
            revision: Set(row.revision),
            withdraws: Set(row.withdraws),
            ..Default::default()
        };
        verified.update(write.connection()).await?;
        let highest = kept.highest.max(row.revision);
        let placed = Placed { name: row.name, digest: row.digest, highest, revised: kept.revised };
        tables::place(&mut write, journal.id, kept.seq, now, &[placed]).await?;
        number = Some(write.number().await?);
    }
    tables::erase(&write, journal.id, journal.key_id.as_deref().unwrap_or_default(), &withdrawn).await?;
    write.commit().await?;
    if !withdrawn.is_empty() {
        store.scrub_after_commit().await;
    }
    Ok(number)
}

/// Puts revisions that have come in the place of gaps: their entries keep the `seq` under which they came.
async fn fill(write: &mut Write, moved: &Moved<'_>, came: &[(Name, Kept)]) -> Result<bool, AdoptError> {
    let mut erased = false;
    for (name, kept) in came {
        let moved = Moved { seq: kept.seq, ..*moved };
        let wanted = [(*name, kept.digest)];
        let facts = facts(write, moved.journal, &wanted).await?;
        erased |= move_in(write, &moved, &wanted, &facts, |_| kept.revised, |_| kept.highest).await?;
    }
    Ok(erased)
}

/// After a stolen key: what its checkpoint vouched for and the owner's does not name has to go, earlier revisions too:
/// nothing tells the owner's from the thief's (protocol §2, theft).
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
    }
    let listed: HashSet<&[u8]> = proved.entries().iter().map(|(_, digest)| digest.as_slice()).collect();
    let mut gone = held_digests(write.connection(), journal, None).await?;
    gone.retain(|digest| !listed.contains(digest.as_slice()));
    for chunk in gone.chunks(ROWS_AT_ONCE) {
        let rows = revisions::Entity::delete_many().filter(revisions::Column::JournalId.eq(journal));
        rows.filter(revisions::Column::Digest.is_in(chunk.to_vec())).exec(write.connection()).await?;
    }
    tables::judge_all_anew(write).await
}

#[derive(Clone, Copy)]
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
    facts: &HashMap<Digest, Fact>,
    revised: impl Fn(&Name) -> bool,
    bar: impl Fn(&Name) -> Option<i32>,
) -> Result<bool, AdoptError> {
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
    tables::place(write, moved.journal, moved.seq, moved.circumstances.now, &placed).await?;
    take_staged(write, moved).await?;
    tables::erase(write, moved.journal, moved.checkpoint_key, &withdrawn).await?;
    tables::touch_same_names(write, moved.journal, moved.circumstances.now).await?;
    Ok(!withdrawn.is_empty())
}

/// `rev`, where it is right, and whether it withdraws.
type Fact = (Option<i32>, bool);

/// The facts of each digest that is staged or was held before.
async fn facts(write: &Write, journal: i32, wanted: &[(Name, Digest)]) -> Result<HashMap<Digest, Fact>, StoreError> {
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

/// Those that the entries name, now that these are in place; nothing else may come in by way of the staging table.
async fn take_staged(write: &Write, moved: &Moved<'_>) -> Result<(), StoreError> {
    let (journal, now) = (moved.journal, moved.circumstances.now);
    let take = |mark: &str| {
        format!(
            "INSERT INTO revisions (journal_id, digest, name, jws, verified_key_id, kind, revision, withdraws, received_at, via) \
         SELECT journal_id, digest, name, jws, verified_key_id, kind, revision, withdraws, {now}, {mark} \
         FROM staged_revisions s WHERE journal_id = {journal} AND EXISTS \
         (SELECT 1 FROM entries e WHERE e.journal_id = s.journal_id AND e.digest = s.digest) ON CONFLICT DO NOTHING"
        )
    };
    write.run_with(take, moved.circumstances.via.map(str::to_owned)).await?;
    tables::run(write.connection(), format!("DELETE FROM staged_revisions WHERE journal_id = {journal}")).await?;
    Ok(())
}
