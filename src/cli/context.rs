//! What most commands begin with: the configuration, the log, the runtime, and the instance put together.

use std::future::Future;
use std::sync::Arc;

use super::arguments::Global;
use super::{Failure, load};
use crate::catalog::Snapshot;
use crate::config::{Config, DatabaseUrl, Telemetry};
use crate::federation::look;
use crate::hub::{ChangeError, Hub, HubError, system_clock};
use crate::store::{ServeLock, StoreError};
use crate::telemetry;

/// Runs a command that waits for things.
pub(super) fn run<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(command)
}

/// The configuration, with the log started. What a command does is said by the command: only warnings are logged, unless
/// the configuration asks for another level.
pub(super) fn configuration(global: &Global) -> Result<Config, Failure> {
    let config = load(global)?;
    start_log(&config.telemetry);
    Ok(config)
}

/// Starts the log of a command; a log that cannot be started must not keep a command from its work.
pub(super) fn start_log(configured: &Telemetry) {
    let quiet = configured.log == Telemetry::default().log;
    let log = if quiet { "warn".to_owned() } else { configured.log.clone() };
    let _ = telemetry::init(&Telemetry { log, ..configured.clone() });
}

/// The instance of a configuration. Its database must be there: only `init` and `demo` make one. An empty one in the
/// place of one that is misspelt or lost would sign a second history in the same name.
pub(super) async fn open(config: Config) -> Result<Arc<Hub>, Failure> {
    if let DatabaseUrl::Sqlite(file) = &config.database.url
        && !tokio::fs::try_exists(file).await.unwrap_or(true)
    {
        return Err(Failure::failed(format!(
            "there is no database at {}. [database] url in the configuration says where it lies: correct it, or put the \
             database back from a backup. `nmirf-hub init` makes a new instance, in a folder of its own",
            file.display()
        )));
    }
    Ok(Hub::open(config, system_clock()).await?)
}

/// Before a command signs: the peers are looked at, or it might sign on top of an old state after a rollback (protocol
/// §8). While a server runs on the same database, that one has looked.
pub(super) async fn before_signing(hub: &Arc<Hub>) -> Result<(), Failure> {
    hub.refuse_other_key().await?;
    match ServeLock::take(hub.store()).await {
        // Given back at once, so that a server may start meanwhile: it looks for itself.
        Ok(lock) => drop(lock),
        Err(StoreError::Served { .. }) => return Ok(()),
        Err(fault) => return Err(fault.into()),
    }
    look::before_signing(hub).await;
    Ok(())
}

/// The instance with its catalogue up to date.
pub(super) async fn open_with_catalogue(config: Config) -> Result<(Arc<Hub>, Arc<Snapshot>), Failure> {
    let hub = open(config).await?;
    hub.catch_up().await?;
    let snapshot = hub.snapshot();
    Ok((hub, snapshot))
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::failed(error)
    }
}

impl From<sea_orm::DbErr> for Failure {
    fn from(error: sea_orm::DbErr) -> Self {
        Failure::failed(StoreError::from(error))
    }
}

impl From<HubError> for Failure {
    fn from(error: HubError) -> Self {
        Failure::failed(error)
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Self {
        Failure::failed(error)
    }
}
