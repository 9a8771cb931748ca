//! `syncProgress`: how rounds of this process go on. Nothing is kept of it: a listener that is too slow misses some.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, Data, Enum, Object, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};
use futures_util::future::BoxFuture;
use tokio::sync::broadcast::{self, error::RecvError};

use super::listener::Listener;
use crate::{
    graphql::{
        Reading,
        http::{Refusal, StopOnDrop, live::Feed},
        lists::int,
        network::Instance,
        records::Audience,
    },
    hub,
};

/// The rounds that one stream tells of.
pub(super) struct Rounds {
    listener: Listener,
    entity_id: Option<String>,
    told: broadcast::Receiver<hub::Progress>,
    _until_here: StopOnDrop,
}

impl Rounds {
    /// Of all peers, or of one.
    pub(super) fn new(listener: Listener, entity_id: Option<String>) -> Self {
        let told = listener.hub.progresses().listen();
        let (listener, until_here) = listener.until_dropped();
        Self { listener, entity_id, told, _until_here: until_here }
    }

    async fn next_progress(&mut self) -> Result<Option<Data>, Refusal> {
        loop {
            let progress = tokio::select! {
                told = self.told.recv() => match told {
                    Ok(progress) => progress,
                    Err(RecvError::Lagged(_)) => continue,
                    Err(RecvError::Closed) => return Ok(None),
                },
                () = self.listener.pause() => {
                    self.listener.ask_again().await?;
                    continue;
                }
            };
            if self.entity_id.as_deref().is_some_and(|wanted| *wanted != *progress.origin) {
                continue;
            }
            self.listener.ask_again().await?;
            if self.listener.viewer().may_see(progress.audience) {
                let mut data = self.listener.data(self.listener.reading());
                data.insert(Told(progress));
                return Ok(Some(data));
            }
        }
    }
}

impl Feed for Rounds {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Data, Refusal>>> {
        Box::pin(async { self.next_progress().await.transpose() })
    }
}

/// What an event tells.
#[derive(Clone)]
pub(super) struct Told(hub::Progress);

impl OutputType for Told {
    fn type_name() -> Cow<'static, str> {
        SyncProgress::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        SyncProgress::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        SyncProgress { reading: ctx.data_unchecked(), told: &self.0 }.resolve(ctx, field).await
    }
}

/// How a round stands, with what it is about.
pub struct SyncProgress<'a> {
    reading: &'a Reading,
    told: &'a hub::Progress,
}

/// How a round stands.
#[Object(serial)]
impl<'a> SyncProgress<'a> {
    /// The peer.
    async fn instance(&self) -> Instance<'a> {
        Instance::of(self.reading, &self.told.origin)
    }

    /// Which journal.
    async fn audience(&self) -> Audience {
        self.told.audience.into()
    }

    /// Where it stands.
    async fn phase(&self) -> SyncPhase {
        self.told.phase.into()
    }

    /// Revisions fetched so far.
    async fn revisions_fetched(&self) -> i32 {
        int(self.told.fetched)
    }

    /// Revisions to fetch; null before the state is known.
    async fn revisions_needed(&self) -> Option<i32> {
        self.told.needed.map(int)
    }
}

/// Phases of a round.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "hub::Phase")]
pub enum SyncPhase {
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
    /// Failed; see `instance.sync.lastError`.
    Failed,
}
