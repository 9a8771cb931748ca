//! The door for own data: signs revisions and the checkpoint over the whole journal, in one transaction (protocol §4).
//! An origin signs only what may be shown.

use std::{collections::HashMap, sync::Arc};

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use thiserror::Error;

use super::{
    checkpoint::Checkpoint,
    encoding::sha256,
    entry::{Digest, Entries, Name},
    jws::{MAX_JWS, StatementType, Unverified},
    revision::{Act, Place, Revision},
    signing::SigningKey,
    tables::{self, Kept, Placed},
};
use crate::{
    record::{self, Audience, BodyError, Kind, Sub},
    store::{ROWS_AT_ONCE, Store, StoreError, Write, entries, journals, revisions, signed_checkpoints},
};

/// Milliseconds after which a checkpoint is signed anew though nothing changed (protocol §4).
pub const SIGN_EVERY: i64 = 3600 * 1000;

/// The setting that stops all signing: this machine was rolled back, or the key is stolen (protocol §8).
pub const STOPPED: &str = "signing_stopped";

/// This instance as an origin.
#[derive(Clone)]
pub struct Author {
    /// Its entityId.
    pub entity_id: Arc<str>,
    /// Its key.
    pub key: Arc<SigningKey>,
    /// Whether it is the network's coordinator, whose public journal is the register.
    pub is_coordinator: bool,
    /// Most entries a journal may have.
    pub max_entries: usize,
}

/// One change of an own record.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Which record.
    pub sub: Sub,
    /// In which journal; a record never changes its journal.
    pub audience: Audience,
    /// What to do.
    pub act: Act,
}

/// What became of one publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new revision of this number.
    Published(u32),
    /// The record says so already.
    Unchanged,
}

/// What a publication did.
#[derive(Debug)]
pub struct Receipt {
    /// One for each publication, in order.
    pub outcomes: Vec<Outcome>,
    /// Number of the change; None when nothing changed.
    pub number: Option<u64>,
}

/// Why nothing was published.
#[derive(Debug, Error)]
pub enum PublishError {
    /// The body breaks a rule.
    #[error("{sub}: {fault}")]
    Body {
        /// Which record.
        sub: Sub,
        /// Which rule.
        fault: BodyError,
    },
    /// Withdrawn for ever.
    #[error("{0} was withdrawn, which is final: publish it under a new id")]
    Withdrawn(Sub),
    /// No such record.
    #[error("{0} is not a record of this instance's journal")]
    NotFound(Sub),
    /// It is in the other journal.
    #[error("{sub} is in the {audience} journal, and a record never changes its journal: withdraw it and publish another", audience = .audience.as_str())]
    OtherJournal {
        /// Which record.
        sub: Sub,
        /// Where it is.
        audience: Audience,
    },
    /// Over 256 KiB.
    #[error("{0} is over 256 KiB when signed: shorten its texts")]
    TooLong(Sub),
    /// Over the bound of the journal.
    #[error("the journal would have {0} records, more than its bound of {1} ([sync] max_entries)")]
    Full(usize, usize),
    /// Only the coordinator keeps the register.
    #[error("{0}: member records stand in the coordinator's register only")]
    NotTheRegister(Sub),
    /// Signing was stopped.
    #[error(
        "this instance signs nothing more: a peer holds a checkpoint of it that it never signed. Either this machine \
         was rolled back to an old state (`nmirf-hub restore`), or the key is stolen (`nmirf-hub key compromised`)"
    )]
    Stopped,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for PublishError {
    fn from(fault: sea_orm::DbErr) -> Self {
        Self::Store(fault.into())
    }
}

/// Publishes changes of own records. All of them or none; `progress` is told how many are done.
pub async fn publish(
    store: &Store,
    author: &Author,
    now: i64,
    publications: Vec<Publication>,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Receipt, PublishError> {
    for publication in &publications {
        check(author, publication)?;
    }
    let mut write = store.write().await?;
    refuse_if_stopped(store).await?;
    let mut outcomes = vec![Outcome::Unchanged; publications.len()];
    let mut erased = false;
    for audience in Audience::ALL {
        let wanted: Vec<(usize, &Publication)> =
            publications.iter().enumerate().filter(|(_, publication)| publication.audience == audience).collect();
        if !wanted.is_empty() {
            erased |= publish_in(&mut write, author, now, audience, &wanted, &mut outcomes, progress).await?;
        }
    }
    let number = write.commit().await?;
    if erased {
        store.scrub().await?;
    }
    Ok(Receipt { outcomes, number })
}

/// Makes both journals of this instance if they are missing, and signs a checkpoint of each that is older than an
/// hour. Gives the number of the change, if any.
pub async fn sign_if_due(store: &Store, author: &Author, now: i64) -> Result<Option<u64>, PublishError> {
    let mut number = None;
    for audience in Audience::ALL {
        let row = tables::journal_or_new(store, &author.entity_id, audience).await?;
        let own = row.key_id.as_deref() == Some(&**author.key.public().thumbprint());
        // One from the future, signed while the clock ran ahead, is no younger one.
        if own && row.signed_at.is_some_and(|signed_at| (now - signed_at * 1000).abs() < SIGN_EVERY) {
            continue;
        }
        let mut write = store.write().await?;
        refuse_if_stopped(store).await?;
        let row = tables::journal(write.connection(), &author.entity_id, audience).await?;
        if let Some(row) = row {
            let entries = tables::entries(write.connection(), row.id).await?;
            sign(&mut write, author, row, audience, &entries, None, now).await?;
            number = write.commit().await?;
        }
    }
    Ok(number)
}

async fn refuse_if_stopped(store: &Store) -> Result<(), PublishError> {
    match store.setting(STOPPED).await? {
        Some(reason) if !reason.is_empty() => Err(PublishError::Stopped),
        _ => Ok(()),
    }
}

fn check(author: &Author, publication: &Publication) -> Result<(), PublishError> {
    let sub = || publication.sub.clone();
    let kind = publication.sub.kind().ok_or_else(|| PublishError::NotFound(sub()))?;
    if kind == Kind::Member && !(author.is_coordinator && publication.audience == Audience::Public) {
        return Err(PublishError::NotTheRegister(sub()));
    }
    if let Act::Put { body } = &publication.act {
        record::decode(kind, body).map_err(|fault| PublishError::Body { sub: sub(), fault })?;
    }
    Ok(())
}

async fn publish_in(
    write: &mut Write,
    author: &Author,
    now: i64,
    audience: Audience,
    wanted: &[(usize, &Publication)],
    outcomes: &mut [Outcome],
    progress: &(dyn Fn(usize) + Sync),
) -> Result<bool, PublishError> {
    let row = tables::journal(write.connection(), &author.entity_id, audience).await?;
    let row = row.ok_or_else(|| PublishError::NotFound(wanted[0].1.sub.clone()))?;
    refuse_other_journal(write, author, row.id, wanted).await?;
    let kept: HashMap<Name, Kept> = tables::kept_entries(write.connection(), row.id).await?.into_iter().collect();
    let mut entries: Entries = kept.iter().map(|(name, kept)| (*name, kept.digest)).collect();
    let mut signed: Vec<Signed> = Vec::new();
    let mut latest: HashMap<Name, usize> = HashMap::new();
    for chunk in wanted.chunks(ROWS_AT_ONCE) {
        let before = present(write, author, &row, audience, chunk, &entries).await?;
        for (place, publication) in chunk {
            let name = publication.sub.name();
            // A record may come more than once in one call.
            let again = latest
                .get(&name)
                .and_then(|place| own(&signed[*place].jws, Place { origin: &author.entity_id, audience, name: &name }));
            let before = again.as_ref().or(before.get(&name));
            let lost = kept.get(&name).filter(|_| before.is_none());
            if let Some(revision) = next(author, now, audience, publication, before, lost)? {
                outcomes[*place] = Outcome::Published(revision.number);
                entries.put(name, revision.digest);
                latest.insert(name, signed.len());
                signed.push(revision);
            }
        }
        progress(chunk.len());
    }
    if signed.is_empty() {
        return Ok(false);
    }
    if entries.len() > author.max_entries {
        return Err(PublishError::Full(entries.len(), author.max_entries));
    }
    insert(write, row.id, author.key.public().thumbprint(), now, &signed).await?;
    let journal = row.id;
    let checkpoint = sign(write, author, row, audience, &entries, Some(&signed), now).await?;
    let withdrawn: Vec<(Name, Digest)> =
        signed.iter().filter(|revision| revision.withdraws).map(|revision| (revision.name, revision.digest)).collect();
    tables::erase(write, journal, &checkpoint.key_id, &withdrawn).await?;
    tables::touch_same_names(write, journal, now).await?;
    Ok(!withdrawn.is_empty())
}

struct Signed {
    sub: Sub,
    name: Name,
    digest: Digest,
    jws: String,
    number: u32,
    withdraws: bool,
}

/// The next revision of a record; None if it would say nothing new. `lost`: the entry of a record whose revision is not
/// here (after a `restore` from peers that lacked it too): it goes on counting, or readers would call us rolled back.
fn next(
    author: &Author,
    now: i64,
    audience: Audience,
    publication: &Publication,
    before: Option<&Revision>,
    lost: Option<&Kept>,
) -> Result<Option<Signed>, PublishError> {
    let sub = &publication.sub;
    let number = match (before.map(|before| (before, &before.act)), &publication.act) {
        (Some((_, Act::Withdraw { .. })), Act::Withdraw { .. }) => return Ok(None),
        (Some((_, Act::Withdraw { .. })), Act::Put { .. }) => return Err(PublishError::Withdrawn(sub.clone())),
        (None, Act::Withdraw { .. }) if lost.is_none() => return Err(PublishError::NotFound(sub.clone())),
        (Some((_, Act::Put { body: old })), Act::Put { body: new }) if old == new => return Ok(None),
        (Some((before, _)), _) => before.number + 1,
        (None, _) => lost.and_then(|lost| lost.highest).map_or(1, |highest| highest.unsigned_abs() + 1),
    };
    let created = before.and_then(|before| before.created_at);
    let jws =
        Revision::sign(&author.key, &author.entity_id, audience, sub, number, now / 1000, created, &publication.act);
    if jws.len() > MAX_JWS {
        return Err(PublishError::TooLong(sub.clone()));
    }
    let withdraws = matches!(publication.act, Act::Withdraw { .. });
    Ok(Some(Signed { sub: sub.clone(), name: sub.name(), digest: sha256(jws.as_bytes()), jws, number, withdraws }))
}

/// The present revisions of these records.
async fn present(
    write: &Write,
    author: &Author,
    journal: &journals::Model,
    audience: Audience,
    chunk: &[(usize, &Publication)],
    entries: &Entries,
) -> Result<HashMap<Name, Revision>, PublishError> {
    let digests: HashMap<Digest, Name> = chunk
        .iter()
        .map(|(_, publication)| publication.sub.name())
        .filter_map(|name| entries.get(&name).map(|digest| (*digest, name)))
        .collect();
    let rows = revisions::Entity::find()
        .filter(revisions::Column::JournalId.eq(journal.id))
        .filter(revisions::Column::Digest.is_in(digests.keys().map(|digest| digest.to_vec())))
        .all(write.connection())
        .await?;
    let mut present = HashMap::new();
    for row in rows {
        let Some(name) = digests.get(&tables::hash(&row.digest)?) else { continue };
        let place = Place { origin: &author.entity_id, audience, name };
        // Whatever key it was signed with: these are our own words, verified when they were stored.
        if let Some(revision) = own(&row.jws, place) {
            present.insert(*name, revision);
        }
    }
    Ok(present)
}

fn own(jws: &str, place: Place<'_>) -> Option<Revision> {
    let unverified = Unverified::read(jws, StatementType::Revision).ok()?;
    let key_id = unverified.key_id.clone();
    Revision::from_claims(key_id, unverified.into_claims(), place).ok()
}

/// A record is in one journal only.
async fn refuse_other_journal(
    write: &Write,
    author: &Author,
    journal: i32,
    wanted: &[(usize, &Publication)],
) -> Result<(), PublishError> {
    let others = journals::Entity::find()
        .filter(journals::Column::Origin.eq(&*author.entity_id))
        .filter(journals::Column::Id.ne(journal))
        .all(write.connection())
        .await?;
    for other in others {
        for chunk in wanted.chunks(ROWS_AT_ONCE) {
            let names = chunk.iter().map(|(_, publication)| publication.sub.name().to_vec());
            let query = entries::Entity::find().filter(entries::Column::JournalId.eq(other.id));
            let found = query.filter(entries::Column::Name.is_in(names)).one(write.connection()).await?;
            if let Some(found) = found {
                let same = |(_, publication): &&(usize, &Publication)| publication.sub.name().as_slice() == found.name;
                let sub = chunk.iter().find(same).map_or(&chunk[0].1.sub, |(_, publication)| &publication.sub);
                let audience = Audience::parse(&other.audience).unwrap_or(Audience::Public);
                return Err(PublishError::OtherJournal { sub: sub.clone(), audience });
            }
        }
    }
    Ok(())
}

async fn insert(write: &Write, journal: i32, key_id: &str, now: i64, signed: &[Signed]) -> Result<(), StoreError> {
    for chunk in signed.chunks(ROWS_AT_ONCE) {
        let rows = chunk.iter().map(|revision| revisions::ActiveModel {
            journal_id: Set(journal),
            digest: Set(revision.digest.to_vec()),
            name: Set(revision.name.to_vec()),
            jws: Set(revision.jws.clone()),
            verified_key_id: Set(Some(key_id.to_owned())),
            kind: Set(Some(revision.sub.kind_word().to_owned())),
            revision: Set(Some(revision.number.cast_signed())),
            withdraws: Set(revision.withdraws),
            received_at: Set(now),
            via: Set(None),
        });
        use revisions::Column::{Digest, JournalId};
        let keep = OnConflict::columns([JournalId, Digest]).do_nothing().to_owned();
        revisions::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(write.connection()).await?;
    }
    Ok(())
}

/// Signs a checkpoint over these entries and puts it, and the entries that changed, in place.
async fn sign(
    write: &mut Write,
    author: &Author,
    row: journals::Model,
    audience: Audience,
    entries: &Entries,
    signed: Option<&[Signed]>,
    now: i64,
) -> Result<Checkpoint, StoreError> {
    // Greater than any before, whatever the clock says (protocol §4).
    let seq = now.unsigned_abs().max(row.seq.map_or(0, |seq| seq.unsigned_abs() + 1));
    let checkpoint = Checkpoint::sign(&author.key, &author.entity_id, audience, seq, entries.root(), now);
    let placed: Vec<Placed> = signed
        .unwrap_or_default()
        .iter()
        .filter(|revision| entries.get(&revision.name) == Some(&revision.digest))
        .map(|revision| Placed {
            name: revision.name,
            digest: revision.digest,
            highest: Some(revision.number.cast_signed()),
            revised: revision.number > 1,
        })
        .collect();
    tables::place(write, row.id, seq, now, &placed).await?;
    let number = write.number().await?;
    let kept =
        signed_checkpoints::ActiveModel { digest: Set(checkpoint.digest().to_vec()), seq: Set(seq.cast_signed()) };
    signed_checkpoints::Entity::insert(kept).exec_without_returning(write.connection()).await?;
    let mut row: journals::ActiveModel = row.into();
    tables::with_checkpoint(&mut row, &checkpoint, now, number);
    row.update(write.connection()).await?;
    Ok(checkpoint)
}
