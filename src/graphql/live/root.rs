//! The root of subscriptions.

use std::any::Any;

use async_graphql::{Context, Result, Subscription};
use futures_util::stream::{self, Iter};

use super::{
    listener::Listener,
    record_changed::{Changed, Changes},
    sync_progress::{Rounds, Told},
};
use crate::graphql::{
    changes::ChangeFilter,
    http::live::{Beginning, Feed},
};

/// What clients can listen to.
pub struct Subscription;

/// What happened, if this run of the operation is for an event; nothing in the run that begins a stream.
type Happened<T> = Iter<std::option::IntoIter<T>>;

/// What happens, as it happens.
#[Subscription]
impl Subscription {
    /// Each change of a record that the viewer may see; with `since`, first what came after that cursor.
    async fn record_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] filter: Option<ChangeFilter>,
        #[graphql(desc = "Cursor of the last change seen.")] since: Option<String>,
    ) -> Result<Happened<Changed>> {
        happened(ctx, |listener| Box::new(Changes::new(listener, filter.unwrap_or_default().into(), since)))
    }

    /// Progress of rounds: one event at the start, at most one a second while revisions come, one at the end.
    async fn sync_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this peer.")] entity_id: Option<String>,
    ) -> Result<Happened<Told>> {
        happened(ctx, |listener| Box::new(Rounds::new(listener, entity_id)))
    }
}

/// The event that this run is for; or, where a stream begins, its feed is left for the transport.
fn happened<T: Any + Clone + Send + Sync>(
    ctx: &Context<'_>,
    feed: impl FnOnce(Listener) -> Box<dyn Feed>,
) -> Result<Happened<T>> {
    let event = ctx.data_opt::<T>().cloned();
    if event.is_none() {
        let listener = ctx.data::<Listener>()?.clone();
        ctx.data::<std::sync::Arc<Beginning>>()?.put(feed(listener));
    }
    Ok(stream::iter(event))
}
