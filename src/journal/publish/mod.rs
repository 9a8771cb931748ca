//! The door for own data: signs revisions and the checkpoint over the whole journal, in one transaction (protocol §4).
//! An origin signs only what may be shown.

mod bounds;
mod carry;
mod next;
mod present;
mod stop;

use std::{collections::HashMap, sync::Arc};

use futures_util::future::BoxFuture;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use thiserror::Error;

pub use self::carry::{Carried, carry};
pub use self::stop::{CALLED_STOLEN, STOLEN, STOPPED, Stop};
use self::{
    next::{Signed, Signing},
    stop::refuse_if_stopped,
};
use super::{
    checkpoint::Checkpoint,
    entry::{Digest, Name},
    revision::Act,
    signing::SigningKey,
    tables::{self, Kept, Placed},
};
use crate::{
    record::{self, Audience, BodyError, Kind, Sub},
    store::{ROWS_AT_ONCE, Store, StoreError, Write, journals, revisions, signed_checkpoints},
};

/// Milliseconds after which a checkpoint is signed anew though nothing changed (protocol §4).
pub const SIGN_EVERY: i64 = 3600 * 1000;

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
    /// Most bytes that the latest revisions of a journal may have.
    pub max_bytes: u64,
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
    /// The revision that it was made from, 0 where there was none; another one is found: nothing is published. None: it
    /// may be any.
    pub expected: Option<u32>,
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
    /// Somebody else published meanwhile.
    #[error("{sub} was changed meanwhile: its present revision is {present}. Look at it and try again")]
    Changed {
        /// Which record.
        sub: Sub,
        /// Its present revision; 0 for none.
        present: u32,
    },
    /// What was to be changed together with it was changed by somebody else.
    #[error("somebody else changed it meanwhile: look at it and try again")]
    Overtaken,
    /// Over 256 KiB.
    #[error("{0} is over 256 KiB when signed: shorten its texts")]
    TooLong(Sub),
    /// Over the bound of the journal.
    #[error("the journal would have {0} records, more than its bound of {1} ([sync] max_entries)")]
    Full(usize, usize),
    /// Over the bound of the journal.
    #[error("the journal would have {0} bytes, more than its bound of {1} ([sync] max_journal)")]
    FullOfBytes(u64, u64),
    /// Only the coordinator keeps the register.
    #[error("{0}: member records stand in the coordinator's register only")]
    NotTheRegister(Sub),
    /// A member that leaves has a status for it; a withdrawn record could never take it in again.
    #[error("{0}: member records are not withdrawn. Record that the member has left: `nmirf-hub member withdraw`")]
    MemberStays(Sub),
    /// Signing was stopped.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for PublishError {
    fn from(fault: sea_orm::DbErr) -> Self {
        Self::Store(fault.into())
    }
}

/// What is changed in the transaction of a publication, after it: both are so, or neither. It is told what became of each
/// record.
pub type Alongside<'a> =
    &'a (dyn for<'w> Fn(&'w Write, &[Outcome]) -> BoxFuture<'w, Result<(), PublishError>> + Send + Sync);

/// Publishes changes of own records. All of them or none; `progress` is told how many are done.
pub async fn publish(
    store: &Store,
    author: &Author,
    now: i64,
    publications: Vec<Publication>,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Receipt, PublishError> {
    publish_with(store, author, now, publications, progress, &nothing_more).await
}

/// Nothing more in the transaction of a publication.
pub fn nothing_more<'w>(_: &'w Write, _: &[Outcome]) -> BoxFuture<'w, Result<(), PublishError>> {
    Box::pin(std::future::ready(Ok(())))
}

/// The same with what belongs to it (a draft that ends, a line of the audit log), which is also done where the records
/// say so already.
pub async fn publish_with(
    store: &Store,
    author: &Author,
    now: i64,
    publications: Vec<Publication>,
    progress: &(dyn Fn(usize) + Sync),
    alongside: Alongside<'_>,
) -> Result<Receipt, PublishError> {
    let checking = author.clone();
    let publications = off_thread(move || {
        publications.iter().try_for_each(|publication| check(&checking, publication))?;
        Ok::<_, PublishError>(Arc::new(publications))
    })
    .await??;
    let wanted = |audience| {
        let all = publications.iter().enumerate();
        all.filter(|(_, publication)| publication.audience == audience).map(|(place, _)| place).collect::<Vec<_>>()
    };
    for audience in Audience::ALL.into_iter().filter(|audience| !wanted(*audience).is_empty()) {
        tables::journal_or_new(store, &author.entity_id, audience).await?;
    }
    // An instance that was never served has none yet.
    for audience in Audience::ALL {
        tables::journal_or_new(store, &author.entity_id, audience).await?;
    }
    let mut write = store.write().await?;
    refuse_if_stopped(store).await?;
    let mut outcomes = vec![Outcome::Unchanged; publications.len()];
    let mut erased = false;
    for audience in Audience::ALL {
        let wanted = wanted(audience);
        if !wanted.is_empty() {
            let door = Door { author, audience, now, publications: &publications };
            erased |= door.publish(&mut write, &wanted, &mut outcomes, progress).await?;
        }
    }
    alongside(&write, &outcomes).await?;
    let number = write.commit().await?;
    if erased {
        store.scrub_after_commit().await;
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
            let root = off_thread(move || entries.root()).await?;
            sign(&mut write, author, row, audience, root, &[], now).await?;
            number = write.commit().await?;
        }
    }
    Ok(number)
}

fn check(author: &Author, publication: &Publication) -> Result<(), PublishError> {
    let sub = || publication.sub.clone();
    let kind = publication.sub.kind().ok_or_else(|| PublishError::NotFound(sub()))?;
    if kind == Kind::Member && !(author.is_coordinator && publication.audience == Audience::Public) {
        return Err(PublishError::NotTheRegister(sub()));
    }
    if kind == Kind::Member && matches!(publication.act, Act::Withdraw { .. }) {
        return Err(PublishError::MemberStays(sub()));
    }
    if let Act::Put { body } = &publication.act {
        record::decode(kind, body).map_err(|fault| PublishError::Body { sub: sub(), fault })?;
    }
    Ok(())
}

/// Work that takes its time with many records; no async thread does it.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|fault| sea_orm::DbErr::Custom(format!("publishing: {fault}")).into())
}

/// What goes into one journal in one call.
struct Door<'a> {
    author: &'a Author,
    audience: Audience,
    now: i64,
    publications: &'a Arc<Vec<Publication>>,
}

impl Door<'_> {
    /// `wanted` are places among the publications. Says whether bodies were erased.
    async fn publish(
        &self,
        write: &mut Write,
        wanted: &[usize],
        outcomes: &mut [Outcome],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<bool, PublishError> {
        let row = tables::journal(write.connection(), &self.author.entity_id, self.audience).await?;
        let row = row.ok_or_else(|| sea_orm::DbErr::RecordNotFound("the own journal".to_owned()))?;
        let subs: Vec<&Sub> = wanted.iter().map(|place| &self.publications[*place].sub).collect();
        present::refuse_other_journal(write, self.author, row.id, &subs).await?;
        let kept: HashMap<Name, Kept> = tables::kept_entries(write.connection(), row.id).await?.into_iter().collect();
        let mut signing = Signing::new(self.author.clone(), self.audience, self.now, kept);
        for chunk in wanted.chunks(ROWS_AT_ONCE) {
            let names = chunk.iter().map(|place| self.publications[*place].sub.name());
            let before = present::present(write, self.author, &row, self.audience, names, signing.entries()).await?;
            let (publications, places) = (self.publications.clone(), chunk.to_vec());
            let told;
            (signing, told) = off_thread(move || {
                let told = signing.take(&publications, &places, before);
                (signing, told)
            })
            .await?;
            for (place, outcome) in told? {
                outcomes[place] = outcome;
            }
            progress(chunk.len());
        }
        let (root, kept, signed) = off_thread(move || signing.finish()).await?;
        self.put(write, row, root, &kept, &signed).await
    }

    async fn put(
        &self,
        write: &mut Write,
        row: journals::Model,
        root: [u8; 32],
        kept: &HashMap<Name, Kept>,
        signed: &[Signed],
    ) -> Result<bool, PublishError> {
        if signed.is_empty() {
            return Ok(false);
        }
        let journal = row.id;
        insert(write, journal, self.author.key.public().thumbprint(), self.now, signed).await?;
        let checkpoint = sign(write, self.author, row, self.audience, root, signed, self.now).await?;
        bounds::refuse_if_full(write, self.author, journal, kept, signed).await?;
        let withdrawn: Vec<(Name, Digest)> = signed
            .iter()
            .filter(|revision| revision.withdraws)
            .map(|revision| (revision.name, revision.digest))
            .collect();
        tables::erase(write, journal, &checkpoint.key_id, &withdrawn).await?;
        tables::touch_same_names(write, journal, self.now).await?;
        Ok(!withdrawn.is_empty())
    }
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

/// Signs a checkpoint with this root and puts it, and the entries that changed, in place.
async fn sign(
    write: &mut Write,
    author: &Author,
    row: journals::Model,
    audience: Audience,
    root: [u8; 32],
    signed: &[Signed],
    now: i64,
) -> Result<Checkpoint, StoreError> {
    // Greater than any before, whatever the clock says (protocol §4).
    let seq = now.unsigned_abs().max(row.seq.map_or(0, |seq| seq.unsigned_abs() + 1));
    let checkpoint = Checkpoint::sign(&author.key, &author.entity_id, audience, seq, root, now);
    let placed: Vec<Placed> = signed
        .iter()
        .filter(|revision| revision.latest)
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
