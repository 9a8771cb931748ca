//! What drives a subscription. The transport knows no field of the schema: it runs the operation a first time, with a
//! [`Beginning`] in its data, into which the field's resolver puts a [`Feed`]; then it runs it once for each event, with
//! the data that the feed hands out. So each event is judged, timed and written as an answer of its own.

use std::sync::{Mutex, PoisonError};

use async_graphql::Data;
use futures_util::future::BoxFuture;

use super::super::Refusal;

/// The events of one subscription, taken one by one: what is not taken is not made.
pub trait Feed: Send {
    /// Waits for the next event and gives the data that the operation is executed with for it; or why the stream ends.
    /// None where nothing more can come. May be dropped while it waits, and called again, without losing an event.
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Data, Refusal>>>;
}

/// Where the resolver of a subscription's field leaves its feed in the first run.
#[derive(Default)]
pub struct Beginning(Mutex<Option<Box<dyn Feed>>>);

impl Beginning {
    /// Leaves a feed.
    pub fn put(&self, feed: Box<dyn Feed>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(feed);
    }

    /// Takes what was left.
    pub fn take(&self) -> Option<Box<dyn Feed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
