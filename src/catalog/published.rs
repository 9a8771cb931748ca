//! What goes into the catalogue (`Update`) and what stands in it (`Published`, `Withdrawn`).

use std::sync::Arc;

use crate::record::{Audience, CountryCode, Kind, LocalizedText, Record, RecordKey, Sub};

use super::network::Network;

/// One step of the catalogue, as one transaction of the journal made it.
#[derive(Debug, Default)]
pub struct Update {
    /// The counter (layout.md, "One counter"); never less than that of the snapshot it is applied to.
    pub number: u64,
    /// When, unix ms.
    pub at: i64,
    /// Number of the last update in which records may have gone without a word; 0 where none is known of. A catalogue
    /// notices by itself what goes while it stands.
    pub forgotten: u64,
    /// The network, if anything of it changed.
    pub network: Option<Arc<Network>>,
    /// What records became; of several for one key the last counts.
    pub records: Vec<RecordUpdate>,
}

/// What one record became.
#[derive(Debug)]
pub struct RecordUpdate {
    /// Its key.
    pub key: RecordKey,
    /// Its name at its origin.
    pub sub: Sub,
    /// The change that brought this.
    pub change: Change,
    /// What it is now.
    pub state: RecordState,
}

/// The last change of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Number of the counter.
    pub number: u64,
    /// When this instance took it, unix ms.
    pub at: i64,
    /// An earlier revision was held.
    pub revised: bool,
}

/// What a record is now.
#[derive(Debug)]
pub enum RecordState {
    /// Shown, with its decoded body.
    Shown(Box<Revision>, Arc<Record>),
    /// Its origin withdrew it.
    Withdrawn(Withdrawal),
    /// Held and not shown.
    Hidden(Hiding),
    /// Nothing is held any more; it is forgotten, also among the changes.
    Gone,
}

/// Where the present revision comes from.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Id of its journal in `Network::journals`.
    pub journal: u32,
    /// `rev`, from 1.
    pub number: u32,
    /// `iat`, unix seconds.
    pub signed_at: i64,
    /// `iat` of the first revision, unix seconds, where it is known.
    pub created_at: Option<i64>,
    /// When it came to this instance, unix ms.
    pub received_at: i64,
    /// entityId of the instance that it was read through.
    pub via: Option<Arc<str>>,
    /// Thumbprint of the signing key.
    pub key_id: Arc<str>,
    /// SHA-256 of the compact JWS.
    pub digest: [u8; 32],
}

/// What a tombstone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    /// Id of its journal.
    pub journal: u32,
    /// `iat` of the tombstone, unix seconds.
    pub withdrawn_at: i64,
    /// What takes its place.
    pub superseded_by: Option<RecordKey>,
}

/// Why a record that is held is not shown. The journal says who may learn that there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hiding {
    /// Id of its journal.
    pub journal: u32,
    /// One sentence for the operator.
    pub reason: Box<str>,
}

/// A record that is shown.
#[derive(Debug)]
pub struct Published {
    /// Place in the catalogue's sets; valid in the snapshot that gave it, and reused after the record has gone.
    pub slot: u32,
    /// Record key, protocol §3.
    pub key: RecordKey,
    /// Name at its origin.
    pub sub: Sub,
    /// Kind of the body.
    pub kind: Kind,
    /// Who may read it.
    pub audience: Audience,
    /// entityId of its origin.
    pub origin: Arc<str>,
    /// The present revision.
    pub revision: Revision,
    /// The change that brought it.
    pub change: Change,
    /// The body.
    pub record: Arc<Record>,
    /// Practices: key of the mechanism that it names.
    pub(super) named: Option<RecordKey>,
    /// Practices: keys of those that it follows.
    pub(super) follows: Box<[RecordKey]>,
}

impl Published {
    /// Whom the record is about; for an event, where it takes place.
    pub fn country(&self) -> Option<CountryCode> {
        self.record.common.country
    }

    /// Title or name; a member may have none.
    pub fn title(&self) -> Option<&LocalizedText> {
        self.record.title()
    }

    /// Keys of the practices that this one says it follows, in the order of the body, shown here or not.
    pub fn follows(&self) -> &[RecordKey] {
        &self.follows
    }
}

/// What is left of a withdrawn record.
#[derive(Debug)]
pub struct Withdrawn {
    /// Record key.
    pub key: RecordKey,
    /// Name at its origin.
    pub sub: Sub,
    /// Kind; kinds that are not known here are not shown.
    pub kind: Kind,
    /// Who could read it.
    pub audience: Audience,
    /// entityId of its origin.
    pub origin: Arc<str>,
    /// What the tombstone says.
    pub withdrawal: Withdrawal,
    /// The change that brought it.
    pub change: Change,
}
