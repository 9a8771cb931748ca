//! The database: opens, is of this version, is whole, belongs to this instance.

use std::path::Path;
use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::Checks;
use super::machine::size;
use crate::cli::context;
use crate::config::{Config, DatabaseUrl};
use crate::hub::Hub;
use crate::journal::publish::Stop;

/// A write-ahead log over this hints at a reader that never ends, in bytes.
const LARGE_LOG: u64 = 256 << 20;

/// Opens the instance; None if that cannot be done.
pub(super) async fn look(config: Config, checks: &mut Checks) -> Option<Arc<Hub>> {
    let url = config.database.url.clone();
    let hub = match context::open(config).await {
        Ok(hub) => hub,
        Err(fault) => {
            checks.fail("database", fault, "");
            return None;
        }
    };
    checks.ok("database", format!("{url}: opens, its tables are those of this version"));
    if let DatabaseUrl::Sqlite(file) = &url {
        log(file, checks);
    }
    whole(&hub, checks).await;
    match Stop::of(hub.store()).await {
        Ok(Some(stop)) => checks.fail("signing", stop, ""),
        Ok(None) => checks.ok("signing", "is not stopped"),
        Err(fault) => checks.fail("database", fault, ""),
    }
    Some(hub)
}

fn log(file: &Path, checks: &mut Checks) {
    let log = format!("{}-wal", file.display());
    let length = std::fs::metadata(&log).map_or(0, |data| data.len());
    let found = format!("the write-ahead log has {}", size(length));
    match length > LARGE_LOG {
        true => checks.warn(
            "database",
            found,
            "Stop the server once: it is written back then. Look for a program that reads on and on",
        ),
        false => checks.ok("database", found),
    }
}

async fn whole(hub: &Hub, checks: &mut Checks) {
    if hub.store().backend() != DbBackend::Sqlite {
        return;
    }
    let ask = Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(1)");
    let answer = hub.store().read().query_one_raw(ask).await;
    match answer.map(|row| row.and_then(|row| row.try_get_by_index::<String>(0).ok()).unwrap_or_default()) {
        Ok(word) if word == "ok" => checks.ok("database", "the file is whole (quick_check)"),
        Ok(finding) => {
            let advice = "Stop the server, keep a copy of the file, and take a backup back";
            checks.fail("database", format!("the file is damaged: {finding}"), advice);
        }
        Err(fault) => checks.fail("database", format!("the file cannot be checked: {fault}"), ""),
    }
}
