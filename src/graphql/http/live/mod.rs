//! Subscriptions, over WebSockets and as streams of events.

mod feed;

pub use feed::{Beginning, Feed};
