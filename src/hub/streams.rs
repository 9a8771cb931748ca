//! The streams of events that are open: how many, whose, and their end when the instance stops.

use std::{
    collections::HashMap,
    future::Future,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::access::customer;

/// How many there may be at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamBounds {
    /// Connections that stay open (WebSockets, event streams), of all clients. Below what the server accepts at all, so
    /// that there is always room for requests.
    pub lines: usize,
    /// The same of one address.
    pub lines_of_one: usize,
    /// Operations on them, of all clients.
    pub operations: usize,
    /// The same of one address.
    pub operations_of_one: usize,
}

impl Default for StreamBounds {
    fn default() -> Self {
        Self { lines: 500, lines_of_one: 50, operations: 1000, operations_of_one: 250 }
    }
}

/// What a place is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// A connection that stays open.
    Line,
    /// An operation on one.
    Operation,
}

/// How many are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Connections that stay open.
    pub lines: usize,
    /// Operations on them.
    pub operations: usize,
}

impl Open {
    fn of(&mut self, what: Taking) -> &mut usize {
        match what {
            Taking::Line => &mut self.lines,
            Taking::Operation => &mut self.operations,
        }
    }
}

/// The streams of one instance.
#[derive(Debug, Default)]
pub struct Streams {
    bounds: StreamBounds,
    stopping: CancellationToken,
    tasks: TaskTracker,
    counted: Mutex<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    all: Open,
    by_client: HashMap<IpAddr, Open>,
}

impl Streams {
    /// Streams with other bounds than the usual.
    pub fn new(bounds: StreamBounds) -> Self {
        Self { bounds, ..Self::default() }
    }

    /// Cancelled when the instance stops; every stream ends then.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// How many are open now.
    pub fn open(&self) -> Open {
        self.counted().all
    }

    /// A place for one more; None where there are too many already. A client whose address is not known counts for the
    /// whole alone.
    pub fn place(self: &Arc<Self>, what: Taking, client: Option<IpAddr>) -> Option<Place> {
        let (most, most_of_one) = match what {
            Taking::Line => (self.bounds.lines, self.bounds.lines_of_one),
            Taking::Operation => (self.bounds.operations, self.bounds.operations_of_one),
        };
        let client = client.map(customer);
        let mut counted = self.counted();
        let of_one = client.and_then(|client| counted.by_client.get_mut(&client)).map_or(0, |open| *open.of(what));
        if *counted.all.of(what) >= most || of_one >= most_of_one {
            return None;
        }
        *counted.all.of(what) += 1;
        if let Some(client) = client {
            *counted.by_client.entry(client).or_default().of(what) += 1;
        }
        drop(counted);
        Some(Place { streams: self.clone(), what, client })
    }

    /// Runs a stream; the stop waits for its end.
    pub fn spawn<F>(&self, stream: F) -> tokio::task::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tasks.spawn(stream)
    }

    /// Makes a stream that something else runs one that the stop waits for.
    pub fn track<F: Future>(&self, stream: F) -> impl Future<Output = F::Output> + use<F> {
        self.tasks.track_future(stream)
    }

    /// Ends all streams and waits until none is left.
    pub async fn end(&self) {
        self.stopping.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place that is taken until it is dropped.
#[derive(Debug)]
pub struct Place {
    streams: Arc<Streams>,
    what: Taking,
    client: Option<IpAddr>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counted = self.streams.counted();
        *counted.all.of(self.what) -= 1;
        let Some(client) = self.client else { return };
        let Some(open) = counted.by_client.get_mut(&client) else { return };
        *open.of(self.what) -= 1;
        if *open == Open::default() {
            counted.by_client.remove(&client);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn places_are_bounded_for_all_and_for_one_and_given_back() {
        let bounds = StreamBounds { lines: 3, lines_of_one: 2, operations: 9, operations_of_one: 9 };
        let streams = Arc::new(Streams::new(bounds));
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|address| Some(address.parse().unwrap()));
        let line = |client| streams.place(Taking::Line, client);
        let held = [line(one).unwrap(), line(one).unwrap()];
        assert!(line(one).is_none());
        let third = line(other).unwrap();
        assert!(line(other).is_none() && line(None).is_none());
        assert!(streams.place(Taking::Operation, one).is_some());
        assert_eq!(streams.open(), Open { lines: 3, operations: 0 });
        drop((held, third));
        assert_eq!(streams.open(), Open::default());
        assert!(streams.counted().by_client.is_empty());
    }

    #[test]
    fn addresses_of_one_customer_count_as_one() {
        let bounds = StreamBounds { lines: 9, lines_of_one: 1, operations: 9, operations_of_one: 9 };
        let streams = Arc::new(Streams::new(bounds));
        let line = |address: &str| streams.place(Taking::Line, Some(address.parse().unwrap()));
        let held = [line("2001:db8:0:1::1").unwrap(), line("192.0.2.1").unwrap()];
        assert!(line("2001:db8:0:1:ffff::9").is_none(), "the same /64");
        assert!(line("::ffff:192.0.2.1").is_none(), "the same address");
        assert!(line("2001:db8:0:2::1").is_some());
        drop(held);
    }

    #[tokio::test]
    async fn the_end_waits_for_every_stream() {
        let streams = Arc::new(Streams::default());
        let stopping = streams.stopping().clone();
        let ended = streams.spawn(async move { stopping.cancelled().await });
        streams.end().await;
        assert!(ended.is_finished());
    }
}
