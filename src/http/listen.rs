//! Listening and serving. `axum::serve` bounds neither how many clients there are nor how slow they may be, so
//! connections are accepted here and driven by `hyper-util`, which axum itself stands on.

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use thiserror::Error;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::MissedTickBehavior,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::connection::{Activity, Counted, Patient};
use crate::hub::Hub;

/// How patient the server is with its clients.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Connections at one time; further ones wait to be accepted.
    pub connections: usize,
    /// How long a new connection may take to send the head of its first request.
    pub first_request: Duration,
    /// How long a connection may be without a whole request afterwards; longer than the 60 s of usual reverse proxies.
    pub idle: Duration,
    /// How long a client may take nothing of an answer.
    pub stalled: Duration,
    /// How long requests under way may go on after the stop.
    pub drain: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connections: 1024,
            first_request: Duration::from_secs(30),
            idle: Duration::from_secs(75),
            stalled: Duration::from_secs(30),
            drain: Duration::from_secs(10),
        }
    }
}

/// Why an address cannot be listened on.
#[derive(Debug, Error)]
pub enum ListenError {
    /// Somebody else listens there.
    #[error(
        "the address {0} is in use: another program, perhaps another nmirf-hub, listens there. \
         Stop it, or set another [listen] address"
    )]
    InUse(SocketAddr),
    /// Ports below 1024 are the system's.
    #[error("the address {0} may not be used by this user: choose a port above 1023 in [listen] address")]
    NotAllowed(SocketAddr),
    /// This machine does not have it.
    #[error("the address {0} is not one of this machine: set [listen] address to one that is, or to 0.0.0.0 for all")]
    NotHere(SocketAddr),
    /// Anything else.
    #[error("the address {0} cannot be listened on: {1}")]
    Other(SocketAddr, io::Error),
}

/// Listens on an address of the configuration.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ListenError> {
    TcpListener::bind(address).await.map_err(|fault| match fault.kind() {
        io::ErrorKind::AddrInUse => ListenError::InUse(address),
        io::ErrorKind::PermissionDenied => ListenError::NotAllowed(address),
        io::ErrorKind::AddrNotAvailable => ListenError::NotHere(address),
        _ => ListenError::Other(address, fault),
    })
}

/// Serves until `stop`; then accepts nothing more and lets requests under way end, 10 seconds at most.
pub async fn serve(hub: Arc<Hub>, listener: TcpListener, app: Router, stop: CancellationToken) -> io::Result<()> {
    tracing::info!("{} is served at http://{}", hub.entity_id(), listener.local_addr()?);
    serve_with(Patience::default(), listener, app, stop).await
}

/// As [`serve`], with other bounds.
pub async fn serve_with(
    patience: Patience,
    listener: TcpListener,
    app: Router,
    stop: CancellationToken,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(patience.connections));
    let (connections, cut) = (TaskTracker::new(), CancellationToken::new());
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, address, place)) => {
                let client = Client { patience, address, app: app.clone(), stop: stop.clone(), cut: cut.clone() };
                connections.spawn(client.serve(stream, place));
            }
            Err(fault) => {
                // Of one connection (reset before it was accepted), or of the machine (no file handles left): it passes.
                tracing::warn!("a connection could not be accepted: {fault}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(patience.drain, connections.wait()).await.is_err() {
        tracing::warn!("{} connections are cut: their requests did not end in time", connections.len());
        cut.cancel();
        connections.wait().await;
    }
    Ok(())
}

/// A place first, then a connection: what finds no place waits in the system's queue.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    // Answers are written whole: waiting for more only delays them.
    stream.set_nodelay(true)?;
    Ok((stream, address, place))
}

/// One connection and all that it needs.
struct Client {
    patience: Patience,
    address: SocketAddr,
    app: Router,
    stop: CancellationToken,
    cut: CancellationToken,
}

impl Client {
    async fn serve(self, stream: TcpStream, place: OwnedSemaphorePermit) {
        let activity = Arc::new(Activity::new());
        let service = TowerToHyperService::new(Counted::new(self.app.clone(), self.address, activity.clone()));
        let stream = TokioIo::new(Patient::new(stream, self.patience.stalled, place));
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().timer(TokioTimer::new()).header_read_timeout(self.patience.idle);
        builder.http2().timer(TokioTimer::new()).max_concurrent_streams(64);
        let mut connection = pin!(builder.serve_connection_with_upgrades(stream, service));
        let mut ticks = tokio::time::interval(self.patience.first_request.min(self.patience.idle) / 8);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut ending = false;
        loop {
            tokio::select! {
                // A client that breaks off or speaks no HTTP is no news.
                _ = connection.as_mut() => return,
                () = self.cut.cancelled() => return,
                () = self.stop.cancelled(), if !ending => {
                    ending = true;
                    connection.as_mut().graceful_shutdown();
                }
                _ = ticks.tick() => {
                    let Some((idle, first)) = activity.idle() else { continue };
                    let patience = if first { self.patience.first_request } else { self.patience.idle };
                    if idle < patience {
                        continue;
                    }
                    // One that has begun a request, or never sent one, does not end by being asked.
                    if first || ending {
                        return;
                    }
                    ending = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    }
}
