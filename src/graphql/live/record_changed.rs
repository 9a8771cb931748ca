//! `recordChanged`: the changes after a cursor, one by one. Nothing is queued: a slow listener's cursor stays behind, and
//! what changed twice meanwhile is told once, as `changes` tells it.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, Data, OutputType, Positioned, ServerError, ServerResult, Value, parser::types::Field,
    registry::Registry,
};
use futures_util::future::BoxFuture;
use http::StatusCode;
use tokio::sync::watch;

use super::listener::Listener;
use crate::{
    catalog::{ChangeFilter, CursorError, NextChange},
    graphql::{
        Reading,
        changes::RecordChange,
        code::Code,
        http::{Refusal, StopOnDrop, live::Feed},
    },
    record::RecordKey,
};

/// The changes that one stream tells.
pub(super) struct Changes {
    listener: Listener,
    filter: Arc<ChangeFilter>,
    after: String,
    moments: watch::Receiver<u64>,
    _until_here: StopOnDrop,
}

/// What a look at the changes found.
enum Sight {
    One,
    NoneYet,
    /// None so far, but there are more to look at.
    NotAsFar,
}

impl Changes {
    /// What comes after `since`; without it, what comes from now on.
    pub(super) fn new(listener: Listener, filter: ChangeFilter, since: Option<String>) -> Self {
        // Moments first: one that comes between the two lines is looked at once too often rather than never.
        let moments = listener.hub.moments();
        let (listener, until_here) = listener.until_dropped();
        let after = since.unwrap_or_else(|| listener.hub.snapshot().change_cursor());
        Self { listener, filter: Arc::new(filter), after, moments, _until_here: until_here }
    }

    async fn next_change(&mut self) -> Result<Option<Data>, Refusal> {
        loop {
            self.moments.mark_unchanged();
            match self.look()? {
                Sight::One => {
                    self.listener.ask_again().await?;
                    if let Some(event) = self.event()? {
                        return Ok(Some(event));
                    }
                }
                Sight::NoneYet => tokio::select! {
                    next = self.moments.changed() => if next.is_err() { return Ok(None) },
                    () = self.listener.pause() => self.listener.ask_again().await?,
                },
                // Others get their turn during a long walk.
                Sight::NotAsFar => tokio::task::yield_now().await,
            }
        }
    }

    /// Looks for a change for the listener as known until now; what is passed over is not looked at again.
    fn look(&mut self) -> Result<Sight, Refusal> {
        let snapshot = self.listener.hub.snapshot();
        let next = snapshot.next_change(&self.filter, &self.after, self.listener.viewer());
        let (sight, after) = match next.map_err(ended)? {
            NextChange::Found(_) => return Ok(Sight::One),
            NextChange::NotYet(cursor) => (Sight::NoneYet, cursor),
            NextChange::Passed(cursor) => (Sight::NotAsFar, cursor),
        };
        self.after = after;
        Ok(sight)
    }

    /// The next change in the present moment, for the listener as just asked.
    fn event(&mut self) -> Result<Option<Data>, Refusal> {
        let reading = self.listener.reading();
        let next = reading.snapshot.next_change(&self.filter, &self.after, reading.viewer()).map_err(ended)?;
        match next {
            NextChange::Found(change) => {
                let changed = Changed { key: change.key, filter: self.filter.clone() };
                self.after = change.cursor;
                let mut data = self.listener.data(reading);
                data.insert(changed);
                Ok(Some(data))
            }
            NextChange::NotYet(cursor) | NextChange::Passed(cursor) => {
                self.after = cursor;
                Ok(None)
            }
        }
    }
}

impl Feed for Changes {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Data, Refusal>>> {
        Box::pin(async { self.next_change().await.transpose() })
    }
}

/// The guard has judged the cursor that a stream begins with: it is not known any more where the database was replaced,
/// or records have gone without a change that tells of it.
fn ended(fault: CursorError) -> Refusal {
    let message = format!("The stream cannot go on: {fault}");
    Refusal { status: StatusCode::BAD_REQUEST, code: Code::BadUserInput, message, retry_after: None }
}

/// The record that an event tells of; the event's reading has its change.
#[derive(Clone)]
pub(super) struct Changed {
    key: RecordKey,
    filter: Arc<ChangeFilter>,
}

impl OutputType for Changed {
    fn type_name() -> Cow<'static, str> {
        RecordChange::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        RecordChange::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let reading: &Reading = ctx.data_unchecked();
        match reading.snapshot.last_change(self.key, &self.filter, reading.viewer()) {
            Some(change) => RecordChange { reading, change: &change }.resolve(ctx, field).await,
            None => Err(ServerError::new("the change of an event is not in its moment", Some(field.pos))),
        }
    }
}
