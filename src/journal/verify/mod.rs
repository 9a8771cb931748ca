//! Holding the tables against what was signed (`nmirf-hub verify`): entries against the checkpoint's root, the checkpoint
//! and each revision against its signature, each revision against its digest and its name. What the tables say beside the
//! signed bytes (a number, a verdict) is held against them too, since queries believe it. Everything of a journal is read
//! in one moment, so that a running server may go on.

mod entries;
mod revisions;
mod set_aside;

use sea_orm::{DatabaseTransaction, DbBackend, EntityTrait, IsolationLevel, TransactionTrait};

pub use set_aside::set_aside;

use super::{
    anchor::{self, AnchorError, Chain, Pin},
    checkpoint::Checkpoint,
    encoding::hash_from_base64url,
    jws::{StatementType, Unverified},
    key::KeySet,
    read,
};
use crate::{
    record::Audience,
    store::{Store, StoreError, journals},
};

/// Which part of a journal differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The checkpoint.
    Checkpoint,
    /// The list of entries as a whole.
    Entries,
    /// One entry.
    Entry,
    /// One revision.
    Revision,
}

impl Part {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Checkpoint => "checkpoint",
            Part::Entries => "entries",
            Part::Entry => "entry",
            Part::Revision => "revision",
        }
    }
}

/// One thing that is not as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which part of the journal.
    pub part: Part,
    /// The record: its `sub`, where that cannot be read the first half of its entry in base64url.
    pub record: Option<String>,
    /// What is wrong, one sentence without a stop.
    pub reason: String,
}

/// What was found in one journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Id of the journal.
    pub journal: i32,
    /// EntityId of its origin.
    pub origin: String,
    /// Which of its journals.
    pub audience: Audience,
    /// Whether it is this instance's own.
    pub own: bool,
    /// Whether a checkpoint is held.
    pub held: bool,
    /// Entries, one a record.
    pub records: usize,
    /// Revisions, earlier ones too.
    pub revisions: usize,
    /// Entries whose revision is not here.
    pub gaps: usize,
    /// Revisions that came so from their origin: the digest is right, the form or the signature is not. They are not shown.
    pub unproved: usize,
    /// No key is listed for the origin any more, so that signatures cannot be verified.
    pub unlisted: bool,
    /// What is not as it was signed.
    pub differences: Vec<Difference>,
    pub(super) checkpoint: Option<String>,
    pub(super) bad_revisions: Vec<BadRevision>,
    pub(super) bad_state: bool,
}

/// A row to be set aside, as it stands in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BadRevision {
    pub(super) digest: Vec<u8>,
    pub(super) name: Vec<u8>,
}

impl Report {
    fn of(row: &journals::Model, own: bool, keys: &KeySet) -> Self {
        Self {
            journal: row.id,
            origin: row.origin.clone(),
            audience: Audience::parse(&row.audience).unwrap_or(Audience::Public),
            own,
            held: row.checkpoint.is_some(),
            records: 0,
            revisions: 0,
            gaps: 0,
            unproved: 0,
            unlisted: keys.iter().next().is_none(),
            differences: Vec::new(),
            checkpoint: row.checkpoint.clone(),
            bad_revisions: Vec::new(),
            bad_state: false,
        }
    }

    fn differs(&mut self, part: Part, record: Option<String>, reason: impl ToString) {
        self.bad_state |= part != Part::Revision;
        self.differences.push(Difference { part, record, reason: reason.to_string() });
    }
}

/// Verifies one journal. `progress` is told how many revisions are done. None if the journal has gone.
pub async fn journal(
    store: &Store,
    journal: i32,
    own: &str,
    keys: &KeySet,
    progress: &mut (dyn FnMut(usize) + Send),
) -> Result<Option<Report>, StoreError> {
    let moment = moment(store).await?;
    let Some(row) = journals::Entity::find_by_id(journal).one(&moment).await? else { return Ok(None) };
    let mut report = Report::of(&row, row.origin == own, keys);
    let root = checkpoint(store, &row, keys, &mut report).await?;
    let entries = entries::read(&moment, journal, &mut report).await?;
    let held = revisions::look(&moment, keys, &mut report, &entries, progress).await?;
    moment.commit().await?;
    // Up to 100,000 entries are sorted and hashed, some of them several times.
    let judged = tokio::task::spawn_blocking(move || {
        entries::judge(&mut report, &entries, &held, root);
        report
    });
    judged.await.map(Some).map_err(|fault| sea_orm::DbErr::Custom(format!("verifying: {fault}")).into())
}

/// One moment of the database.
async fn moment(store: &Store) -> Result<DatabaseTransaction, StoreError> {
    // On SQLite every transaction reads one moment.
    let isolation = (store.backend() != DbBackend::Sqlite).then_some(IsolationLevel::RepeatableRead);
    Ok(store.read().begin_with_config(isolation, None).await?)
}

/// The checkpoint; gives the root that it signs, where that can be read.
async fn checkpoint(
    store: &Store,
    row: &journals::Model,
    keys: &KeySet,
    report: &mut Report,
) -> Result<Option<[u8; 32]>, StoreError> {
    let Some(jws) = row.checkpoint.as_deref() else { return Ok(None) };
    if report.unlisted {
        let claims = Unverified::read(jws, StatementType::Checkpoint).map(Unverified::into_claims);
        return Ok(claims.ok().and_then(|claims| hash_from_base64url(claims.get("root")?.as_str()?)));
    }
    // A retired or stolen key signed it all the same: whether it still counts is not a matter of the tables.
    let read = match Checkpoint::read(jws, &row.origin, report.audience, keys, |_| true) {
        Ok(read) => read,
        Err(fault) => {
            report.differs(Part::Checkpoint, None, fault);
            return Ok(None);
        }
    };
    let said = (row.seq, row.signed_at, row.key_id.as_deref());
    if said != (Some(read.seq.cast_signed()), Some(read.signed_at), Some(&*read.key_id)) {
        report.differs(Part::Checkpoint, None, "the table says another seq, time or key than the checkpoint");
    }
    if report.own && !read::has_signed(store, read.digest()).await? {
        report.differs(Part::Checkpoint, None, "it is none of those that this instance has signed as far as it knows");
    }
    Ok(Some(read.root))
}

/// Verifies the stored links of the anchor: each by the one before, and from the pin on.
pub fn anchor(pin: Option<&Pin>, links: &[String]) -> Result<(), AnchorError> {
    let follow = |pin: &Pin| Chain::default().follow(pin, links, &|_, _| false);
    let Some(first) = links.first() else { return Ok(()) };
    // Links before the pin vouch for nothing here, but they are served on: they must hold together too.
    follow(&anchor::beginning(first).ok_or(AnchorError::NotPinned)?)?;
    pin.map_or(Ok(()), follow)
}
