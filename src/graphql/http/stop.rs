//! Ends the work for an answer that nobody waits for any more: its time is over, or the client has gone away. Nothing in
//! an execution waits, so dropping its future does not end it: from the first field to the last is one step. Resolvers
//! therefore look now and then ([`Stop::look`]), and what is to stop unwinds from there to the thread's start.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Notify;

/// Whether a piece of work goes on. Clones are the same one; the default one never stops.
#[derive(Clone, Debug, Default)]
pub struct Stop(Option<Arc<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    stopped: AtomicBool,
    news: Notify,
}

/// What unwinds out of work that is stopped.
#[derive(Debug)]
pub struct Stopped;

impl Stop {
    /// One that can be told to stop.
    pub fn new() -> Self {
        Self(Some(Arc::default()))
    }

    /// Goes on, or unwinds with [`Stopped`] out of work that nobody waits for. For places that hold no lock; about a
    /// nanosecond.
    pub fn look(&self) {
        if self.is_stopped() {
            // Not a panic: no hook is called and nothing is logged.
            std::panic::resume_unwind(Box::new(Stopped));
        }
    }

    /// Whether it is to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.as_ref().is_some_and(|inner| inner.stopped.load(Ordering::Relaxed))
    }

    /// Waits until it is to stop: for ever where it never does.
    pub async fn stopped(&self) {
        let Some(inner) = &self.0 else { return std::future::pending().await };
        let mut news = pin!(inner.news.notified());
        // From here on nothing is missed.
        news.as_mut().enable();
        if !self.is_stopped() {
            news.await;
        }
    }

    /// Stops the work when it is dropped.
    pub fn on_drop(&self) -> StopOnDrop {
        StopOnDrop(self.clone())
    }
}

/// See [`Stop::on_drop`]. Kept by whoever waits for the answer.
#[derive(Debug)]
pub struct StopOnDrop(Stop);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        if let Some(inner) = &self.0.0 {
            inner.stopped.store(true, Ordering::Relaxed);
            inner.news.notify_waiters();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn work_that_is_stopped_unwinds_where_it_looks() {
        let stop = Stop::new();
        stop.look();
        drop(stop.on_drop());
        let unwound = std::panic::catch_unwind(|| stop.look()).unwrap_err();
        assert!(unwound.is::<Stopped>());
        Stop::default().look();
    }

    #[tokio::test]
    async fn who_waits_is_told() {
        let stop = Stop::new();
        let guard = stop.on_drop();
        let waiting = tokio::spawn({
            let stop = stop.clone();
            async move { stop.stopped().await }
        });
        drop(guard);
        waiting.await.unwrap();
        stop.stopped().await;
    }
}
