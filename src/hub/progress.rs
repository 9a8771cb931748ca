//! How rounds go on, told to whoever listens. Nothing is kept: who comes late, or listens too slowly, hears the next.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use crate::record::Audience;

/// Events that a listener may be behind; more are skipped for it.
const MOST_BEHIND: usize = 256;
/// At most one event in this while revisions come.
const PAUSE: Duration = Duration::from_secs(1);

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Asks for the state.
    Asking,
    /// Fetches revisions.
    Fetching,
    /// Puts them in place.
    Adopting,
    /// Done, something changed.
    Done,
    /// Done, nothing had changed.
    Confirmed,
    /// Failed; the journal's row says why.
    Failed,
}

/// How a round of one journal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// EntityId of the journal's origin.
    pub origin: Arc<str>,
    /// Which of its journals.
    pub audience: Audience,
    /// Where it stands.
    pub phase: Phase,
    /// Revisions fetched so far.
    pub fetched: u64,
    /// Revisions to fetch; None before the state is known.
    pub needed: Option<u64>,
}

/// Where rounds are told.
#[derive(Debug)]
pub struct Progresses(broadcast::Sender<Progress>);

impl Default for Progresses {
    fn default() -> Self {
        Self(broadcast::Sender::new(MOST_BEHIND))
    }
}

impl Progresses {
    /// All that is told from now on.
    pub fn listen(&self) -> broadcast::Receiver<Progress> {
        self.0.subscribe()
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        self.0.receiver_count()
    }

    /// Tells of one round; nothing before it first asks.
    pub fn of_round(&self, origin: &str, audience: Audience) -> Telling {
        let progress = Progress { origin: origin.into(), audience, phase: Phase::Asking, fetched: 0, needed: None };
        Telling { sender: self.0.clone(), state: Mutex::new(State { progress, begun: false, last: None }) }
    }
}

/// Tells of one round: one event at the start, at most one a second while revisions come, one at the end, also of a
/// round that is dropped.
pub struct Telling {
    sender: broadcast::Sender<Progress>,
    state: Mutex<State>,
}

struct State {
    progress: Progress,
    begun: bool,
    last: Option<Instant>,
}

impl Telling {
    /// Whether anybody listens.
    pub fn is_heard(&self) -> bool {
        self.sender.receiver_count() > 0
    }

    /// It asks for a state; told once, whomever it asks after that.
    pub fn asks(&self) {
        let mut state = self.state();
        if !state.begun {
            state.begun = true;
            self.tell(&state.progress);
        }
    }

    /// So many revisions are to be fetched.
    pub fn needs(&self, revisions: usize) {
        if revisions > 0 {
            self.fetching(|progress| progress.needed = Some(progress.fetched + revisions as u64));
        }
    }

    /// So many revisions have come.
    pub fn came(&self, revisions: usize) {
        self.fetching(|progress| progress.fetched += revisions as u64);
    }

    /// It puts a state in place.
    pub fn adopts(&self) {
        let mut state = self.state();
        state.progress.phase = Phase::Adopting;
        self.tell(&state.progress);
    }

    /// It has ended; nothing is told of a round that did not begin.
    pub fn ends(self, phase: Phase) {
        self.end(phase);
    }

    fn fetching(&self, change: impl FnOnce(&mut Progress)) {
        let mut state = self.state();
        change(&mut state.progress);
        state.progress.phase = Phase::Fetching;
        if state.last.is_none_or(|last| last.elapsed() >= PAUSE) {
            state.last = Some(Instant::now());
            self.tell(&state.progress);
        }
    }

    fn end(&self, phase: Phase) {
        let mut state = self.state();
        if std::mem::take(&mut state.begun) {
            state.progress.phase = phase;
            self.tell(&state.progress);
        }
    }

    fn tell(&self, progress: &Progress) {
        // Nobody listens most of the time.
        let _ = self.sender.send(progress.clone());
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.end(Phase::Failed);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(listener: &mut broadcast::Receiver<Progress>) -> Vec<(Phase, u64, Option<u64>)> {
        std::iter::from_fn(|| listener.try_recv().ok().map(|told| (told.phase, told.fetched, told.needed))).collect()
    }

    #[test]
    fn a_round_is_told_at_its_start_once_a_second_and_at_its_end() {
        let progresses = Progresses::default();
        let mut listener = progresses.listen();
        let telling = progresses.of_round("https://hub.example", Audience::Public);
        telling.asks();
        telling.asks();
        telling.needs(5000);
        telling.came(1000);
        telling.came(1000);
        // A second later.
        telling.state().last = None;
        telling.came(1000);
        telling.adopts();
        telling.ends(Phase::Done);
        let expected = [
            (Phase::Asking, 0, None),
            (Phase::Fetching, 0, Some(5000)),
            (Phase::Fetching, 3000, Some(5000)),
            (Phase::Adopting, 3000, Some(5000)),
            (Phase::Done, 3000, Some(5000)),
        ];
        assert_eq!(told(&mut listener), expected);
    }

    #[test]
    fn a_round_that_is_dropped_has_failed_and_one_that_did_not_begin_is_not_told() {
        let progresses = Progresses::default();
        let mut listener = progresses.listen();
        progresses.of_round("https://hub.example", Audience::Public).asks();
        progresses.of_round("https://hub.example", Audience::Public).ends(Phase::Confirmed);
        assert_eq!(told(&mut listener), [(Phase::Asking, 0, None), (Phase::Failed, 0, None)]);
    }
}
