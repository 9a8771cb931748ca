//! One instance that serves: the tasks that run from its start to its stop. Commands, the demonstration and tests
//! start instances through this one place.

use std::{io, sync::Arc};

use thiserror::Error;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    federation::{look, schedule},
    graphql,
    http::{self, ListenError},
    hub::{Hub, HubError},
    journal::publish::{self, PublishError},
    store::{ServeLock, StoreError},
};

/// Why an instance cannot serve.
#[derive(Debug, Error)]
pub enum ServingError {
    /// The address.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key.
    #[error(transparent)]
    Hub(#[from] HubError),
    /// The first checkpoint.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The API.
    #[error("the API cannot be served: {0}")]
    Graphql(#[from] graphql::RouterError),
    /// The end.
    #[error("serving ended: {0}")]
    Io(#[from] io::Error),
}

impl ServingError {
    /// Whether the configuration is wrong, so that starting again does not help.
    pub fn is_configuration(&self) -> bool {
        matches!(self, ServingError::Graphql(graphql::RouterError::Trusted(_)))
    }
}

/// An instance that serves.
pub struct Serving {
    hub: Arc<Hub>,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
    http: JoinHandle<io::Result<()>>,
    _lock: ServeLock,
}

impl Serving {
    /// Builds the catalogue and serves; looks at the peers before the first signature, signs what is due, and pulls.
    pub async fn start(hub: Arc<Hub>, listener: TcpListener) -> Result<Self, ServingError> {
        let mut serving = Self::answer(hub, listener).await?;
        serving.sign_and_pull();
        Ok(serving)
    }

    /// Builds the catalogue and serves, but neither signs nor pulls until [`Serving::sign_and_pull`].
    pub async fn answer(hub: Arc<Hub>, listener: TcpListener) -> Result<Self, ServingError> {
        let lock = ServeLock::take(hub.store()).await?;
        let begun = std::time::Instant::now();
        hub.catch_up().await?;
        hub.refuse_other_key().await?;
        let records = hub.snapshot().everything().count();
        tracing::info!(records, milliseconds = begun.elapsed().as_millis() as u64, "the catalogue is built");
        let app = http::app(hub.clone(), graphql::router(hub.clone())?);
        let stop = hub.streams().stopping().clone();
        let admin = match hub.config().listen.admin_address {
            Some(address) => Some(http::listen(address).await?),
            None => None,
        };
        let http = tokio::spawn(http::serve(hub.clone(), listener, app, stop.clone()));
        let mut tasks =
            vec![tokio::spawn(hub.clone().follow(stop.clone())), tokio::spawn(hub.clone().keep_index(stop.clone()))];
        if let Some(admin) = admin {
            tasks.push(tokio::spawn(serve_admin(hub.clone(), admin, stop.clone())));
        }
        Ok(Self { hub, stop, tasks, http, _lock: lock })
    }

    /// Looks at the peers unless that is done, signs what is due, and pulls from then on.
    pub fn sign_and_pull(&mut self) {
        self.tasks.push(tokio::spawn(sign_and_pull(self.hub.clone(), self.stop.clone())));
    }

    /// The instance.
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Lets answers in flight finish, ends streams, breaks rounds off, and closes the database.
    pub async fn stop(self) -> Result<(), ServingError> {
        self.stop.cancel();
        // Sockets are no requests any more: nobody else waits for them.
        self.hub.streams().end().await;
        let ended = self.http.await;
        for task in self.tasks {
            // A task that panicked has been logged; the others still have to end.
            let _ = task.await;
        }
        self.hub.store().close().await;
        ended.unwrap_or_else(|fault| Err(io::Error::other(fault)))?;
        Ok(())
    }
}

/// An instance looks at its peers before its first signature after a start (protocol §8), while it already answers.
async fn sign_and_pull(hub: Arc<Hub>, stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => return,
        () = look::before_signing(&hub) => {}
    }
    match publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await {
        Ok(_) => {
            // The schedule begins with the state that was there at the start: what comes after it is news.
            if let Err(fault) = hub.catch_up().await {
                tracing::error!("the catalogue cannot follow the database: {fault}");
            }
        }
        Err(fault) => tracing::error!("no checkpoint was signed: {fault}"),
    }
    schedule::run(hub, stop).await;
}

async fn serve_admin(hub: Arc<Hub>, listener: TcpListener, stop: CancellationToken) {
    if let Err(fault) = http::serve(hub.clone(), listener, http::admin(hub), stop).await {
        tracing::error!("the admin address is served no more: {fault}");
    }
}
