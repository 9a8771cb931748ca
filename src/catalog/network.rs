//! What is known of the instances of the network and of their journals. The catalogue is handed the whole whenever
//! any of it changes; it decides with it what is shown (`visibility`) and gives it on to those who show provenance.

use std::collections::HashMap;

use crate::record::{Audience, CountryCode, LanguageTag, RecordKey};

use super::visibility::Viewer;

/// Every instance and journal known here; replaced as a whole.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// This instance first, then by country and name.
    pub instances: Vec<Instance>,
    /// Journals by the id they have in the store.
    pub journals: HashMap<u32, Journal>,
    /// Every `iss` of the anchor chain, the coordinator of now last. Empty without a coordinator.
    pub coordinators: Vec<Box<str>>,
}

impl Network {
    /// The instance with this entityId, compared byte by byte (protocol §2).
    pub fn instance(&self, entity_id: &str) -> Option<&Instance> {
        self.instances.iter().find(|instance| &*instance.entity_id == entity_id)
    }

    /// The journals of an instance, the public one first.
    pub fn journals_of(&self, instance: &Instance) -> Vec<&Journal> {
        let mut journals: Vec<&Journal> = instance.journals.iter().filter_map(|id| self.journals.get(id)).collect();
        journals.sort_by_key(|journal| journal.audience);
        journals
    }

    /// The instance that answers.
    pub fn own(&self) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.is_self)
    }

    /// Whether a viewer reads in both that copies stand alike.
    pub(super) fn has_same_copies_for(&self, other: &Self, viewer: Viewer) -> bool {
        self.journals_for(viewer) == other.journals_for(viewer)
    }

    /// Whether a viewer reads the same in both but for how copies stand.
    pub(super) fn has_same_instances_for(&self, other: &Self, viewer: Viewer) -> bool {
        self.coordinators == other.coordinators && self.instances_for(viewer).eq(other.instances_for(viewer))
    }

    fn journals_for(&self, viewer: Viewer) -> HashMap<u32, &Journal> {
        let seen = self.journals.iter().filter(|(_, journal)| viewer.may_see(journal.audience));
        seen.map(|(id, journal)| (*id, journal)).collect()
    }

    fn instances_for(&self, viewer: Viewer) -> impl Iterator<Item = Instance> {
        let seen = move |id: &u32| self.journals.get(id).is_some_and(|journal| viewer.may_see(journal.audience));
        self.instances.iter().map(move |instance| {
            let journals = instance.journals.iter().copied().filter(seen).collect();
            Instance { journals, ..instance.clone() }
        })
    }

    /// Whether this `iss` is or was the coordinator's; its records have keys made with the word `coordinator`.
    pub fn is_coordinator(&self, iss: &str) -> bool {
        self.coordinators.iter().any(|coordinator| &**coordinator == iss)
    }
}

/// Kind of instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceRole {
    /// Of a State.
    National,
    /// Of the network's coordinator.
    Coordinator,
}

/// An instance of the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Public base URL.
    pub entity_id: Box<str>,
    /// Name for people.
    pub name: Box<str>,
    /// National or the coordinator's.
    pub role: InstanceRole,
    /// Whose it is; none for the coordinator's.
    pub country: Option<CountryCode>,
    /// Languages of its staff.
    pub languages: Vec<LanguageTag>,
    /// Version that it reported last.
    pub software_version: Option<Box<str>>,
    /// Public contact of who runs it.
    pub contact: Option<Box<str>>,
    /// Licence of its records.
    pub licence: Option<Box<str>>,
    /// Whether its data is for demonstration.
    pub demonstration: bool,
    /// Its keys as listed for it.
    pub keys: Vec<InstanceKey>,
    /// Whether it is the one that answers.
    pub is_self: bool,
    /// Whether its member is active; the coordinator and pinned peers count as active (protocol §2).
    pub active: bool,
    /// Its record in the register.
    pub member: Option<RecordKey>,
    /// Ids of its journals.
    pub journals: Vec<u32>,
    /// Not pulled for now.
    pub paused: bool,
    /// Neither pulled, nor served, nor shown.
    pub blocked: bool,
}

impl Instance {
    /// State of the copies of its journals: what holds for the whole, else the worst of these (protocol §6).
    pub fn state(&self, journals: &[&Journal]) -> SyncState {
        match () {
            () if !self.active => SyncState::Suspended,
            () if self.paused => SyncState::Paused,
            () if self.blocked => SyncState::Blocked,
            () => journals.iter().map(|journal| journal.state).min().unwrap_or(SyncState::Never),
        }
    }
}

/// A key listed for an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceKey {
    /// The public key, base64url as in a JWK.
    pub x: Box<str>,
    /// RFC 7638 thumbprint.
    pub thumbprint: Box<str>,
    /// `current`, `retired` or `compromised`.
    pub status: Box<str>,
}

/// State of a copy of a journal, the worst first (protocol §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SyncState {
    /// Its member is not active.
    Suspended,
    /// Not pulled for now.
    Paused,
    /// Neither pulled, nor served, nor shown.
    Blocked,
    /// Two signed statements disagree.
    Conflict,
    /// Over the bounds.
    TooLarge,
    /// What was offered does not prove itself.
    Diverged,
    /// The last round failed.
    Failing,
    /// The checkpoint is over 24 hours old.
    Stale,
    /// Nothing held yet.
    Never,
    /// Proved and fresh.
    Current,
}

impl SyncState {
    /// The schema's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suspended => "SUSPENDED",
            Self::Paused => "PAUSED",
            Self::Blocked => "BLOCKED",
            Self::Conflict => "CONFLICT",
            Self::TooLarge => "TOO_LARGE",
            Self::Diverged => "DIVERGED",
            Self::Failing => "FAILING",
            Self::Stale => "STALE",
            Self::Never => "NEVER",
            Self::Current => "CURRENT",
        }
    }
}

/// An origin's records for one audience, and how our copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// Id in the store.
    pub id: u32,
    /// entityId of its origin.
    pub origin: Box<str>,
    /// Its readers.
    pub audience: Audience,
    /// What is held.
    pub checkpoint: Option<HeldCheckpoint>,
    /// State of the copy.
    pub state: SyncState,
    /// As of when the copy is proved equal to its origin, unix ms.
    pub confirmed_at: Option<i64>,
    /// Last round without a failure, unix ms.
    pub last_success_at: Option<i64>,
    /// Last round, unix ms.
    pub last_attempt_at: Option<i64>,
    /// Next round, unix ms.
    pub next_attempt_at: Option<i64>,
    /// What the last round failed of.
    pub last_error: Option<SyncFault>,
    /// Revisions that the origin lacks.
    pub gaps: u32,
    /// Revisions that are held and not shown: `sub` and reason.
    pub not_shown: Vec<(String, String)>,
    /// Evidence of equivocation.
    pub conflict: Option<Conflict>,
    /// entityId of the instance that it is read through.
    pub via: Option<Box<str>>,
    /// Whether its checkpoint is more than 24 hours old.
    pub stale: bool,
    /// Whether a key that is compromised signed its checkpoint: nothing of it is shown until another one signs.
    pub compromised: bool,
}

/// The checkpoint held of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCheckpoint {
    /// Root, base64url.
    pub root: String,
    /// `iat`, unix seconds.
    pub signed_at: i64,
    /// As signed.
    pub jws: String,
    /// When this root came here first, unix ms.
    pub first_seen_at: i64,
}

/// What a round failed of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncFault {
    /// For everybody.
    pub word: FaultWord,
    /// For the operator.
    pub sentence: Box<str>,
}

/// A failure in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultWord {
    /// No answer in time.
    Timeout,
    /// Answered with a refusal.
    Refused,
    /// No secure connection.
    Tls,
    /// An answer outside of the protocol.
    Protocol,
}

impl FaultWord {
    /// The word as it is shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Refused => "refused",
            Self::Tls => "tls",
            Self::Protocol => "protocol",
        }
    }
}

/// Two signed statements that disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Both, as signed.
    pub checkpoints: [String; 2],
    /// When it was found, unix ms.
    pub seen_at: i64,
}
