//! How our copies stand: one journal, or the worst of several.

use crate::access::Role;
use async_graphql::{Enum, Object, SimpleObject};

use crate::catalog::{self, Dimension, Filter, Request};
use crate::graphql::lists::int;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::DateTime;
use crate::record::{Audience, Kind};

use super::Instance;

/// The copies of an instance's journals, or of one of them.
pub struct Sync<'a> {
    pub(super) reading: &'a Reading,
    pub(super) entity_id: &'a str,
    pub(super) is_own: bool,
    pub(super) audience: Option<Audience>,
    pub(super) journals: Vec<&'a catalog::Journal>,
}

impl<'a> Sync<'a> {
    fn worst(&self) -> Option<&'a catalog::Journal> {
        self.journals.iter().copied().min_by_key(|journal| journal.state)
    }

    fn held_state(&self) -> SyncState {
        match self.worst() {
            _ if self.is_own => SyncState::Current,
            Some(worst) => worst.state.into(),
            None => SyncState::Never,
        }
    }

    fn confirmed(&self) -> Option<i64> {
        if self.is_own {
            return Some(self.reading.as_of());
        }
        self.journals.iter().filter_map(|journal| journal.confirmed_at).min()
    }

    fn each(&self, time: impl Fn(&catalog::Journal) -> Option<i64>) -> impl Iterator<Item = i64> {
        self.journals.iter().filter_map(move |journal| time(journal))
    }
}

/// How a copy stands.
#[Object(serial)]
impl<'a> Sync<'a> {
    /// State.
    async fn state(&self) -> SyncState {
        self.held_state()
    }

    /// Whether a round is running.
    async fn pulling(&self) -> bool {
        !self.is_own && self.journals.iter().any(|journal| self.reading.source.pulling(journal.id))
    }

    /// As of when the copy is proved equal to its origin; null when nothing is held.
    async fn confirmed_at(&self) -> Option<DateTime> {
        self.confirmed().map(DateTime)
    }

    /// Seconds from `confirmedAt` to now; 0 for the own instance, null when nothing is held.
    async fn lag_seconds(&self) -> Option<i32> {
        if self.is_own {
            return Some(0);
        }
        let lag = self.reading.now_ms.saturating_sub(self.confirmed()?).max(0) / 1000;
        Some(i32::try_from(lag).unwrap_or(i32::MAX))
    }

    /// End of the last round that succeeded.
    async fn last_success_at(&self) -> Option<DateTime> {
        self.each(|journal| journal.last_success_at).min().map(DateTime)
    }

    /// Start of the last round.
    async fn last_attempt_at(&self) -> Option<DateTime> {
        self.each(|journal| journal.last_attempt_at).max().map(DateTime)
    }

    /// Start of the next round; null when paused, blocked or own.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        if self.is_own || matches!(self.held_state(), SyncState::Paused | SyncState::Blocked) {
            return None;
        }
        self.each(|journal| journal.next_attempt_at).min().map(DateTime)
    }

    /// Why the last round failed: one sentence without addresses of this machine, for anonymous viewers one word (timeout, refused, tls, protocol); null after a success.
    async fn last_error(&self) -> Option<&'a str> {
        let worst = self.worst().and_then(|journal| journal.last_error.as_ref());
        let fault = worst.or_else(|| self.journals.iter().find_map(|journal| journal.last_error.as_ref()))?;
        Some(if self.reading.asker.may(Role::Reader) { &fault.sentence } else { fault.word.as_str() })
    }

    /// Records shown here of this origin.
    async fn records_held(&self) -> i32 {
        let count = |kind: Kind| {
            let filter = Filter::of(kind).any(Dimension::Origin, [self.entity_id]).include_suspended(true);
            let filter = match kind {
                // A list of members leaves those out that have left; they are held all the same.
                Kind::Member => filter.any(Dimension::Status, ["active", "suspended", "withdrawn"]),
                _ => filter,
            };
            let filter = match self.audience {
                Some(audience) => filter.audience(audience),
                None => filter,
            };
            let request = Request { filter: &filter, viewer: self.reading.viewer(), within: None };
            self.reading.snapshot.select(&request).count()
        };
        int(Kind::ALL.into_iter().map(count).sum())
    }

    /// Revisions that the origin itself lacks.
    async fn gaps(&self) -> i32 {
        int(self.journals.iter().map(|journal| u64::from(journal.gaps)).sum())
    }

    /// Revisions held and not shown; null unless the viewer is administrator.
    async fn not_shown(&self) -> Option<Vec<NotShown<'a>>> {
        let journals = self.reading.asker.may(Role::Administrator).then_some(&self.journals)?;
        let all = journals.iter().flat_map(|journal| &journal.not_shown);
        Some(all.map(|(sub, reason)| NotShown { sub, reason }).collect())
    }

    /// Two signed statements that contradict each other; null when there are none.
    async fn conflict(&self) -> Option<Conflict<'a>> {
        self.journals.iter().find_map(|journal| journal.conflict.as_ref()).map(Conflict)
    }

    /// The instance we read it through; null when straight.
    async fn via(&self) -> Option<Instance<'a>> {
        let via = self.journals.iter().find_map(|journal| journal.via.as_deref())?;
        Some(Instance::of(self.reading, via))
    }
}

/// States of protocol section 6; the first that holds.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "catalog::SyncState")]
pub enum SyncState {
    /// Its member is not active.
    Suspended,
    /// Not pulled for now, by our administrator.
    Paused,
    /// Neither pulled, nor served, nor shown, by our administrator.
    Blocked,
    /// Two signed statements disagree.
    Conflict,
    /// Over the bounds of section 4.
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

impl<'a> Instance<'a> {
    /// State of the copies of its journals.
    pub(super) fn state(&self) -> SyncState {
        self.copies().held_state()
    }
}

/// A revision that is held and not shown.
#[derive(SimpleObject)]
pub struct NotShown<'a> {
    /// `kind/uuid`.
    sub: &'a str,
    /// Why.
    reason: &'a str,
}

/// A conflict that was found.
#[derive(Clone, Copy)]
pub struct Conflict<'a>(&'a catalog::Conflict);

/// Evidence of equivocation.
#[Object(serial)]
impl<'a> Conflict<'a> {
    /// The two checkpoints.
    async fn checkpoints(&self) -> &'a [String] {
        &self.0.checkpoints
    }

    /// When it was seen.
    async fn seen_at(&self) -> DateTime {
        DateTime(self.0.seen_at)
    }
}
