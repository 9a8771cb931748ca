//! One pull of one journal from one source (protocol §6): ask for the state, prove it, fetch and stage what is not
//! here, adopt. Knows no tables; adopting knows no HTTP.

mod fetch;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use thiserror::Error;

use super::assertion;
use crate::{
    hub::{Hub, Telling},
    journal::{
        adopt::{self, AdoptError, Adopted, Circumstances},
        checkpoint::{Checkpoint, etag},
        entry::{Digest, Name},
        jws::JwsError,
        key::{KeySet, KeyStatus},
        prove::{self, Finding, Held, Proved, Unproved},
        read::{self, Trusted as _},
    },
    record::Audience,
    register::Trust,
    store::{StoreError, journals},
    wire::{Fault, JournalAsk, StateAnswer},
};

/// How often a round begins again because the origin moved on meanwhile.
const AGAIN: usize = 3;
/// Younger than this, in milliseconds, a checkpoint that the origin itself offers is confirmed as of now.
const FRESH: i64 = 2 * 3600 * 1000;

/// Why a pull did not end with the origin's state.
#[derive(Debug, Error)]
pub enum PullError {
    /// The source's answer cannot be used.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// The checkpoint is not one.
    #[error("What was offered as a checkpoint is none: {0}.")]
    Checkpoint(JwsError),
    /// The coordinator's checkpoint is signed by a key that the anchor, as far as it can be followed, does not name.
    #[error(
        "The coordinator signs with a key that is not known here, and its anchor does not help: {0}. Compare the key \
         pinned in [trust.coordinator] with the coordinator's staff."
    )]
    Anchor(String),
    /// The source is older than we; no failure.
    #[error("The source is behind: it offers an older state than the one held.")]
    Behind,
    /// Two signed statements disagree.
    #[error(
        "The origin signed two different states under one seq; both are kept as evidence. See `nmirf-hub peer show`."
    )]
    Equivocation {
        /// The checkpoint held.
        first: String,
        /// The one offered.
        second: String,
    },
    /// What was offered does not prove itself.
    #[error("What the source offers does not prove itself: {0}.")]
    Diverged(String),
    /// Over the bounds of protocol §4.
    #[error("The journal is over a bound of this instance: {0}. See [sync] in the configuration.")]
    TooLarge(String),
    /// A relay has holes that the copy here does not have.
    #[error("The relay lacks {0} revisions.")]
    RelayLacks(usize),
    /// The origin publishes faster than it can be read.
    #[error("The journal changed with each look; the next round goes on.")]
    Moving,
    /// 401, though the register has not changed lately.
    #[error(
        "It does not take this instance's word for who it is (status 401): either the clocks are over 5 minutes apart, or it \
         does not know the key that this instance signs with. Compare this machine's clock with the time, and the key with \
         what the register lists."
    )]
    NotTaken,
    /// The database here.
    #[error("The database of this instance failed: {0}.")]
    Store(#[from] StoreError),
    /// A task here was ended before its end, as by a stop.
    #[error("This instance could not finish the proof: {0}.")]
    Unfinished(String),
}

impl PullError {
    /// The status with which the source says that this instance may not have the journal: 401 or 403.
    pub fn refusal(&self) -> Option<u16> {
        match self {
            Self::Fault(Fault::Status { code: code @ (401 | 403), .. }) => Some(*code),
            _ => None,
        }
    }

    /// Whether this instance failed, and not the source.
    pub fn is_our_own(&self) -> bool {
        matches!(self, Self::Store(_) | Self::Unfinished(_))
    }
}

/// What a pull brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Number of the change; None when nothing changed.
    pub number: Option<u64>,
    /// Revisions transferred.
    pub revisions: usize,
    /// Entries that were new or changed.
    pub entries: usize,
    /// Revisions that the origin lacks.
    pub gaps: usize,
    /// Bytes of answers, as transferred.
    pub bytes: u64,
    /// As of when the copy is proved, in milliseconds.
    pub confirmed_at: i64,
}

impl Pulled {
    /// What two journals brought; confirmed as of the older of the two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            number: self.number.max(other.number),
            revisions: self.revisions + other.revisions,
            entries: self.entries + other.entries,
            gaps: self.gaps + other.gaps,
            bytes: self.bytes + other.bytes,
            confirmed_at: self.confirmed_at.min(other.confirmed_at),
        }
    }
}

/// Which journal is pulled, and from where.
pub struct Source<'a> {
    /// EntityId of the origin.
    pub origin: &'a str,
    /// Which of its journals.
    pub audience: Audience,
    /// EntityId of the instance that is asked.
    pub base: &'a str,
    /// Where it is told how the round goes on.
    pub telling: &'a Telling,
}

impl Source<'_> {
    fn via(&self) -> Option<&str> {
        (self.base != self.origin).then_some(self.base)
    }
}

/// Pulls a journal from one source. What has come is in `pulled` also when the pull fails or is dropped: what was
/// staged of it is there for the next round.
pub async fn pull(
    hub: &Arc<Hub>,
    row: &journals::Model,
    source: &Source<'_>,
    pulled: &mut Pulled,
) -> Result<(), PullError> {
    source.telling.asks();
    let trust = hub.trust();
    let held = read::held(hub.store(), row, trust.keys(source.origin)).await?;
    let lacked: HashSet<Digest> = match held.checkpoint {
        Some(_) => read::gaps(hub.store(), row.id).await?.into_iter().map(|(_, digest)| digest).collect(),
        None => HashSet::new(),
    };
    let held = Arc::new(held);
    Pull { hub, row, source, trust, held, lacked, asked_at: hub.now(), pulled }.run().await
}

struct Pull<'a> {
    hub: &'a Arc<Hub>,
    row: &'a journals::Model,
    source: &'a Source<'a>,
    trust: Arc<Trust>,
    held: Arc<Held>,
    lacked: HashSet<Digest>,
    asked_at: i64,
    pulled: &'a mut Pulled,
}

impl Pull<'_> {
    async fn run(&mut self) -> Result<(), PullError> {
        let since = self.held.checkpoint.as_ref().map_or(0, |held| held.seq);
        let Some(offered) = self.state(since, self.held_etag()).await? else {
            return self.unchanged().await;
        };
        let mut proved = self.prove(since, offered).await?;
        let mut missing = self.fetch_what_is_new(&proved).await?;
        for again in 0.. {
            if missing.is_empty() {
                break;
            }
            let Some(offered) = self.state(since, Some(etag(&proved.checkpoint().jws))).await? else { break };
            let next = self.prove(since, offered).await?;
            let same =
                next.checkpoint().seq == proved.checkpoint().seq && next.checkpoint().root == proved.checkpoint().root;
            proved = next;
            if same {
                break;
            }
            if again == AGAIN {
                return Err(PullError::Moving);
            }
            missing = self.fetch_what_is_new(&proved).await?;
        }
        self.judge_gaps(&missing)?;
        self.adopt(&proved.lacking(missing.iter().copied().collect()), missing.len()).await
    }

    fn keys(&self) -> &KeySet {
        self.trust.keys(self.source.origin)
    }

    /// Only a checkpoint by a key that is still current may be confirmed by 304.
    fn held_etag(&self) -> Option<String> {
        let held = self.held.checkpoint.as_ref()?;
        (self.keys().status(&held.key_id) == Some(KeyStatus::Current)).then(|| etag(&held.jws))
    }

    fn ask(&self, since: u64, if_none_match: Option<String>) -> JournalAsk {
        let origin = self.source.origin.to_owned();
        // One for each request: it may be used for five minutes only, and a round can take longer.
        let bearer = match self.source.audience {
            Audience::Network => Some(assertion::for_one(self.hub, self.source.base)),
            Audience::Public => None,
        };
        JournalAsk { origin, audience: self.source.audience, since, if_none_match, bearer }
    }

    async fn state(&mut self, since: u64, etag: Option<String>) -> Result<Option<(String, Vec<u8>)>, PullError> {
        self.asked_at = self.hub.now();
        let answer = self.hub.web().state(self.source.base, &self.ask(since, etag)).await?;
        self.pulled.bytes += answer.bytes;
        Ok(match answer.value {
            StateAnswer::NotModified => None,
            StateAnswer::State { checkpoint, entries } => Some((checkpoint, entries)),
        })
    }

    /// Steps 2 and 3: if the changed entries alone do not prove themselves, all of them are asked for once.
    async fn prove(&mut self, since: u64, offered: (String, Vec<u8>)) -> Result<Proved, PullError> {
        match self.proved(since, offered).await? {
            Err(Finding::Root) => {
                let whole = self.state(0, None).await?;
                let whole = whole.ok_or(PullError::Fault(Fault::Malformed("304 that was not asked for")))?;
                self.proved(0, whole).await?.map_err(finding)
            }
            other => other.map_err(finding),
        }
    }

    /// Off the async threads: a large journal is hashed and compared as a whole.
    async fn proved(
        &self,
        since: u64,
        (checkpoint, entries): (String, Vec<u8>),
    ) -> Result<Result<Proved, Finding>, PullError> {
        let (origin, audience) = (self.source.origin.to_owned(), self.source.audience);
        let (held, trust) = (self.held.clone(), self.trust.clone());
        let work = move || {
            let offered = Unproved { origin: &origin, audience, checkpoint: &checkpoint, entries: &entries, since };
            prove::prove(&held, &offered, trust.keys(&origin))
        };
        tokio::task::spawn_blocking(work).await.map_err(|fault| PullError::Unfinished(fault.to_string()))
    }

    async fn adopt(&mut self, proved: &Proved, gaps: usize) -> Result<(), PullError> {
        self.source.telling.adopts();
        let confirmed_at = self.confirmed_at(proved.checkpoint());
        let now = self.hub.now();
        let circumstances = Circumstances { via: self.source.via(), now, confirmed_at };
        match adopt::adopt(self.hub.store(), self.row.id, proved, &circumstances).await {
            Ok(Adopted::InPlace { number, changed, erased }) => {
                self.pulled.number = Some(number);
                self.pulled.entries = changed;
                self.pulled.gaps = gaps;
                self.pulled.confirmed_at = confirmed_at;
                if erased {
                    self.hub.store().scrub_after_commit().await;
                }
                Ok(())
            }
            // A command beside this server adopted first: its state is as good as ours.
            Ok(Adopted::Overtaken) => {
                self.pulled.confirmed_at = self.row.confirmed_at.unwrap_or(confirmed_at);
                Ok(())
            }
            Err(AdoptError::Store(fault)) => Err(fault.into()),
            Err(fault) => Err(PullError::Diverged(fault.to_string())),
        }
    }

    /// 304: confirmed, but for gaps, which are asked of the origin again in each round.
    async fn unchanged(&mut self) -> Result<(), PullError> {
        let Some(held) = self.held.checkpoint.clone() else { return Ok(()) };
        self.pulled.confirmed_at = self.confirmed_at(&held);
        self.pulled.gaps = self.lacked.len();
        if self.lacked.is_empty() || self.source.via().is_some() {
            return Ok(());
        }
        let names: HashMap<Digest, Name> = self.held.entries.iter().map(|(name, digest)| (*digest, *name)).collect();
        let wanted: Vec<Digest> = self.lacked.iter().copied().collect();
        let missing = self.fetch(wanted, &names).await?;
        self.pulled.gaps = missing.len();
        let circumstances = Circumstances { via: None, now: self.hub.now(), confirmed_at: self.pulled.confirmed_at };
        match adopt::fill_gaps(self.hub.store(), self.row, &circumstances).await {
            Ok(number) => {
                self.pulled.number = number;
                Ok(())
            }
            Err(AdoptError::Store(fault)) => Err(fault.into()),
            Err(fault) => Err(PullError::Diverged(fault.to_string())),
        }
    }

    /// The request's time if the origin itself offers a young checkpoint, otherwise when it was signed.
    fn confirmed_at(&self, checkpoint: &Checkpoint) -> i64 {
        let signed_at = checkpoint.signed_at.saturating_mul(1000);
        if self.source.via().is_none() && self.asked_at.saturating_sub(signed_at) < FRESH {
            return self.asked_at;
        }
        // One signed ahead of our clock counts as of when it was seen first, however often a relay offers it (§4).
        let same = self.row.seq == Some(checkpoint.seq.cast_signed());
        signed_at.min(self.row.first_seen_at.filter(|_| same).unwrap_or(self.asked_at))
    }
}

fn finding(finding: Finding) -> PullError {
    match finding {
        Finding::Behind { .. } => PullError::Behind,
        Finding::Equivocation { first, second } => PullError::Equivocation { first, second },
        Finding::Checkpoint(fault) => PullError::Checkpoint(fault),
        other => PullError::Diverged(other.to_string()),
    }
}
