//! Subscriptions: graphql-transport-ws at `/graphql/ws` ([`socket`], whose rules stand in [`protocol`]), and streams of
//! events at `/graphql` ([`events`], the distinct connections mode of graphql-sse). Both run an operation the same way
//! ([`operation`]): guard and door as for a POST, then one execution for each event that its [`Feed`] hands out.
//!
//! async-graphql's own WebSocket is not used: it runs whatever comes before guard and door could stand in the way, keeps
//! one execution over all events (so one snapshot and one viewer), closes with other codes than the protocol says, and
//! bounds neither operations nor slow readers.

mod events;
mod feed;
mod operation;
mod protocol;
mod single;
mod socket;

use std::{sync::Arc, time::Duration};

use http::{StatusCode, request::Parts};

pub use feed::{Beginning, Feed};
pub(super) use {
    events::{answer, may_stream},
    socket::upgrade,
};

use super::{Failure, endpoint::address};
use crate::{
    graphql::code::Code,
    hub::{Place, Streams, Taking},
};

/// How patient streams are, and what they allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long a WebSocket may take to begin with `connection_init`.
    pub init: Duration,
    /// Time between two pings to a WebSocket; one that says nothing until the next is closed.
    pub ping: Duration,
    /// How long a WebSocket may be without an operation.
    pub idle: Duration,
    /// Time between two comments in a stream of events, so that nobody on the way takes it for dead.
    pub keep_alive: Duration,
    /// How long a reader may take nothing while something is to be sent. Below the patience of the server with stalled
    /// connections, so that there is still a way to say why.
    pub stalled: Duration,
    /// On a stream where nothing happens it is asked so often whether the listener may still hear.
    pub ask_again: Duration,
    /// Most bytes of a message.
    pub max_message: usize,
    /// Operations of one WebSocket at one time.
    pub operations: usize,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            init: Duration::from_secs(3),
            ping: Duration::from_secs(20),
            idle: Duration::from_secs(600),
            keep_alive: Duration::from_secs(12),
            stalled: Duration::from_secs(10),
            ask_again: Duration::from_secs(15),
            max_message: 64 << 10,
            operations: 50,
        }
    }
}

/// What an endpoint has for its streams.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    pub(super) terms: Terms,
    pub(super) streams: Arc<Streams>,
}

impl Live {
    /// A place for a connection or an operation of whoever sends this request.
    fn place(&self, what: Taking, parts: &Parts) -> Result<Place, Failure> {
        self.streams.place(what, address(parts)).ok_or_else(|| {
            let message = "There are too many open streams, of this client or of all; end some, or try again later.";
            Failure::both(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, message)
        })
    }
}
