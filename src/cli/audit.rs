//! `audit`: the lines of the audit log, oldest first, page by page.

use std::io::{self, Write};

use jiff::tz::TimeZone;

use super::{
    Failure,
    arguments::{self, Audit, Global},
    context,
};
use crate::{
    audit::Wanted,
    export::{AuditFormat, AuditLog},
};

/// Writes the lines.
pub(super) fn run(global: &Global, arguments: &Audit) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    let since = arguments.since.map(|day| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)));
    let since = since.transpose().map_err(|_| Failure::wrong_use("--since: this day is out of range"))?;
    let wanted = Wanted { since: since.map(jiff::Timestamp::as_millisecond), ..Wanted::default() };
    let mut log = AuditLog::new(match arguments.format {
        arguments::AuditFormat::Jsonl => AuditFormat::Lines,
        arguments::AuditFormat::Csv => AuditFormat::Csv,
    });
    context::run(async {
        let hub = context::open(config).await?;
        let mut out = io::stdout().lock();
        while let Some(piece) = log.next(hub.store(), &wanted).await? {
            match out.write_all(&piece).and_then(|()| out.flush()) {
                // A reader who has seen enough (`| head`) is no failure, and needs no more.
                Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => break,
                written => written?,
            }
        }
        hub.store().close().await;
        Ok(())
    })
}
