//! Answers that can be large: how many are under way at once, and for how long one may take.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::Extensions,
};
use futures_util::stream;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

use super::problem::Problem;
use crate::hub::customer;

/// How many answers that can be large are under way at once; a state has at most 8.5 MiB, a batch of revisions holds
/// at most 8 MiB in memory.
const AT_ONCE: usize = 32;

/// How many of them one caller has: who takes his answers slowly makes himself wait, not everybody.
const OF_ONE_CALLER: usize = 4;

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a large answer may take in all. Readers give a state 120 s (protocol §6).
const SLOWEST: Duration = Duration::from_secs(150);

/// Pieces in which a large answer goes out, in bytes.
const PIECE: usize = 64 * 1024;

/// Gives out the rights to give large answers.
pub(crate) struct Turns {
    all: Arc<Semaphore>,
    callers: Mutex<HashMap<IpAddr, Arc<Semaphore>>>,
    patience: Duration,
    slowest: Duration,
}

/// The right to give one large answer: kept as long as its bytes are in memory.
pub(crate) struct Turn {
    _permits: [OwnedSemaphorePermit; 2],
    until: Instant,
}

/// The caller takes the answer so slowly that others would have to wait.
#[derive(Debug, thiserror::Error)]
#[error("the caller did not take the answer in time")]
pub(crate) struct TooSlow;

impl Turn {
    /// Whether there is time left.
    pub(crate) fn check(&self) -> Result<(), TooSlow> {
        if Instant::now() > self.until { Err(TooSlow) } else { Ok(()) }
    }
}

impl Turns {
    pub(super) fn new() -> Self {
        Self::of_answers(AT_ONCE, SLOWEST)
    }

    /// For other large answers: how many at once, and for how long one may take.
    pub(crate) fn of_answers(at_once: usize, slowest: Duration) -> Self {
        Self { all: Arc::new(Semaphore::new(at_once)), callers: Mutex::default(), patience: PATIENCE, slowest }
    }

    /// Waits for the right to give a large answer to who sent the request with these extensions; 503 after 5 seconds.
    pub(crate) async fn turn(&self, request: &Extensions) -> Result<Turn, Problem> {
        let own = self.of(caller(request));
        let permits = async { Some([own.acquire_owned().await.ok()?, self.all.clone().acquire_owned().await.ok()?]) };
        match tokio::time::timeout(self.patience, permits).await {
            Ok(Some(permits)) => Ok(Turn { _permits: permits, until: Instant::now() + self.slowest }),
            _ => Err(Problem::overloaded("too many large answers are under way")),
        }
    }

    fn of(&self, caller: IpAddr) -> Arc<Semaphore> {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has a turn or waits for one holds on to his own.
        callers.retain(|_, own| Arc::strong_count(own) > 1);
        callers.entry(caller).or_insert_with(|| Arc::new(Semaphore::new(OF_ONE_CALLER))).clone()
    }
}

fn caller(request: &Extensions) -> IpAddr {
    let address = request.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| customer(address.ip()));
    address.unwrap_or(Ipv6Addr::UNSPECIFIED.into())
}

/// A body of these bytes. A large one goes out in pieces and keeps its turn until the last of them is taken.
pub(crate) fn body(bytes: Bytes, turn: Turn) -> Body {
    if bytes.len() <= PIECE {
        return Body::from(bytes);
    }
    Body::from_stream(stream::try_unfold((bytes, turn), |(mut left, turn)| async move {
        turn.check()?;
        if left.is_empty() {
            return Ok::<_, TooSlow>(None);
        }
        let piece = left.split_to(left.len().min(PIECE));
        Ok(Some((piece, (left, turn))))
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn from(address: &str) -> Extensions {
        let mut request = Extensions::new();
        request.insert(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 1234)));
        request
    }

    #[tokio::test]
    async fn a_slow_caller_keeps_nobody_else_waiting() {
        let turns = Turns { patience: Duration::ZERO, ..Turns::new() };
        let mut taken = Vec::new();
        for _ in 0..OF_ONE_CALLER {
            taken.push(turns.turn(&from("203.0.113.7")).await.unwrap());
        }
        assert!(turns.turn(&from("203.0.113.7")).await.is_err());
        assert!(turns.turn(&from("::ffff:203.0.113.7")).await.is_err(), "the same address in other clothes");
        assert!(turns.turn(&from("203.0.113.8")).await.is_ok());
        taken.pop();
        assert!(turns.turn(&from("203.0.113.7")).await.is_ok());
        drop(taken);
        turns.turn(&from("203.0.113.8")).await.unwrap();
        assert_eq!(turns.callers.lock().unwrap().len(), 1, "who has no turn is forgotten");
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller() {
        assert_eq!(caller(&from("2001:db8:1:2:3::4")), caller(&from("2001:db8:1:2::9")));
        assert_ne!(caller(&from("2001:db8:1:2::9")), caller(&from("2001:db8:1:3::9")));
    }
}
