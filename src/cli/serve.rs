//! `serve`: runs one instance until it is told to stop.

use super::{Failure, context};
use crate::{config::Config, http::listen, serving::Serving, telemetry};

/// Serves until Ctrl-C or SIGTERM.
pub async fn run(config: Config) -> Result<(), Failure> {
    telemetry::init(&config.telemetry).map_err(Failure::failed)?;
    let address = config.listen.address;
    let hub = context::open(config).await?;
    let listener = listen(address).await.map_err(Failure::failed)?;
    let serving = Serving::start(hub, listener).await.map_err(|fault| match fault.is_configuration() {
        true => Failure::wrong_use(fault),
        false => Failure::failed(fault),
    })?;
    told_to_stop().await;
    tracing::info!("stopping: answers in flight are finished");
    serving.stop().await.map_err(Failure::failed)
}

/// Waits for Ctrl-C, or for the signal that a service manager sends.
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupted = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            // Without a handler for it SIGTERM ends the process anyway; Ctrl-C still stops in order.
            let _ = interrupted.await;
        }
    }
}
