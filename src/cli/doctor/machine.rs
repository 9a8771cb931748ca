//! The machine: disk, certificates, clock.

use std::path::{Path, PathBuf};

use sea_orm::EntityTrait;

use super::Checks;
use crate::cli::words::{length, utc};
use crate::config::{Config, DatabaseUrl};
use crate::hub::{Hub, web_config};
use crate::journal::jws::{StatementType, Unverified};
use crate::register::peers;
use crate::store::journals;
use crate::wire::Web;

/// Less free space than this is a warning, in bytes.
const LITTLE: u64 = 1 << 30;
/// With less than this nothing can be adopted soon, in bytes.
const NEXT_TO_NOTHING: u64 = 64 << 20;
/// How far clocks may be apart: that of a client assertion (protocol §5), in milliseconds.
const TOLERATED: i64 = 5 * 60 * 1000;

/// Disk and certificates.
pub(super) fn look(config: &Config, checks: &mut Checks) {
    if let DatabaseUrl::Sqlite(file) = &config.database.url {
        disk(file, checks);
    }
    certificates(config, checks);
}

fn disk(database: &Path, checks: &mut Checks) {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let shown = folder.display();
    match writable(folder) {
        Err(cause) => {
            let advice = "Let the user of the service write there: SQLite keeps files beside the database";
            return checks.fail("disk", format!("{shown} cannot be written to: {cause}"), advice);
        }
        Ok(()) => checks.ok("disk", format!("{shown} can be written to")),
    }
    match free_space(folder) {
        Some(free) if free < NEXT_TO_NOTHING => {
            checks.fail("disk", format!("{} are free in {shown}", size(free)), "Make room, or nothing can be kept");
        }
        Some(free) if free < LITTLE => {
            checks.warn("disk", format!("{} are free in {shown}", size(free)), "Make room: copies may grow to 4 GiB");
        }
        Some(free) => checks.ok("disk", format!("{} are free in {shown}", size(free))),
        None => checks.warn("disk", format!("the free space in {shown} is not known"), "Look yourself, as with `df`"),
    }
}

pub(super) fn size(bytes: u64) -> String {
    bytesize::ByteSize(bytes).display().iec().to_string()
}

/// Tries it: permissions alone do not tell (read-only mounts, quotas).
fn writable(folder: &Path) -> std::io::Result<()> {
    let path: PathBuf = folder.join(format!(".nmirf-hub-doctor-{}", std::process::id()));
    std::fs::File::options().write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)
}

#[cfg(unix)]
fn free_space(folder: &Path) -> Option<u64> {
    let space = rustix::fs::statvfs(folder).ok()?;
    space.f_bavail.checked_mul(space.f_frsize)
}

#[cfg(not(unix))]
fn free_space(_folder: &Path) -> Option<u64> {
    None
}

fn certificates(config: &Config, checks: &mut Checks) {
    if let Err(fault) = Web::new(web_config(config)) {
        return checks.fail("certificates", fault, "");
    }
    if let Some(file) = &config.trust.ca_file {
        return checks.ok("certificates", format!("those of {} alone are believed", file.display()));
    }
    match rustls_native_certs::load_native_certs().certs.len() {
        0 => checks.fail(
            "certificates",
            "the system has no root certificates, so no peer can be reached by https",
            "Install them (Debian: apt-get install ca-certificates), or set trust.ca_file",
        ),
        number => checks.ok("certificates", format!("{number} root certificates of the system")),
    }
}

/// The clock against what was signed before: by this instance, and by its peers. No network is asked.
pub(super) async fn clock(hub: &Hub, checks: &mut Checks) {
    let now = hub.now();
    let rows = match journals::Entity::find().all(hub.store().read()).await {
        Ok(rows) => rows,
        Err(fault) => return checks.fail("clock", fault, ""),
    };
    let signed = |own: bool| {
        let of = rows.iter().filter(move |row| (row.origin == hub.entity_id()) == own);
        of.filter_map(|row| row.signed_at).max().map(|at| at.saturating_mul(1000))
    };
    let ahead = |at: &i64| at.saturating_sub(now) > TOLERATED;
    if let Some(at) = signed(true).filter(ahead) {
        let found = format!(
            "it says {}, and this instance signed its last checkpoint at {}, {} later",
            utc(now),
            utc(at),
            length((at - now) / 1000)
        );
        return checks.fail("clock", found, "Set it, and let it be kept by NTP");
    }
    let heard = newest_statement(hub).await.into_iter().chain(signed(false)).max();
    match heard.filter(ahead) {
        Some(at) => checks.warn(
            "clock",
            format!("it says {}, and a peer has signed at {}, {} later", utc(now), utc(at), length((at - now) / 1000)),
            "Compare it with another clock; let it be kept by NTP. Peers refuse requests over 5 min off",
        ),
        None => checks.ok("clock", format!("{}; nothing known was signed later", utc(now))),
    }
}

/// The newest `iat` of the entity configurations that peers have signed, in milliseconds.
async fn newest_statement(hub: &Hub) -> Option<i64> {
    let rows = peers::all(hub.store()).await.ok()?;
    let signed_at = |token: &str| {
        let claims = Unverified::read(token, StatementType::EntityStatement).ok()?.into_claims();
        claims.get("iat")?.as_i64()?.checked_mul(1000)
    };
    rows.iter().filter_map(|row| signed_at(row.configuration.as_deref()?)).max()
}
