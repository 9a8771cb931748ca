//! Answers that can be large: how many are under way at once, and for how long one may take.

use std::{sync::Arc, time::Duration};

use axum::body::{Body, Bytes};
use futures_util::stream;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

use super::{Serving, problem::Problem};

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a large answer may take in all. Readers give a state 120 s (protocol §6).
const SLOWEST: Duration = Duration::from_secs(150);

/// Pieces in which a large answer goes out, in bytes.
const PIECE: usize = 64 * 1024;

/// The right to give one large answer: kept as long as its bytes are in memory.
pub(super) struct Turn {
    _permit: OwnedSemaphorePermit,
    until: Instant,
}

/// The caller takes the answer so slowly that others would have to wait.
#[derive(Debug, thiserror::Error)]
#[error("the caller did not take the answer within 150 seconds")]
pub(super) struct TooSlow;

impl Turn {
    /// Whether there is time left.
    pub(super) fn check(&self) -> Result<(), TooSlow> {
        if Instant::now() > self.until { Err(TooSlow) } else { Ok(()) }
    }
}

impl Serving {
    /// Waits for the right to give a large answer; 503 after 5 seconds.
    pub(super) async fn turn(&self) -> Result<Turn, Problem> {
        turn(&self.large_answers).await
    }
}

async fn turn(all: &Arc<Semaphore>) -> Result<Turn, Problem> {
    match tokio::time::timeout(PATIENCE, all.clone().acquire_owned()).await {
        Ok(Ok(permit)) => Ok(Turn { _permit: permit, until: Instant::now() + SLOWEST }),
        _ => Err(Problem::overloaded("too many large answers are under way")),
    }
}

/// A body of these bytes. A large one goes out in pieces and keeps its turn until the last of them is taken.
pub(super) fn body(bytes: Bytes, turn: Turn) -> Body {
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
