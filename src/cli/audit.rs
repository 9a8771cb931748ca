//! `audit`: the lines of the audit log, oldest first, page by page.

use std::io::{self, BufWriter, Write};

use jiff::tz::TimeZone;
use serde_json::json;

use super::{
    Failure,
    arguments::{Audit, AuditFormat, Global},
    context, words,
};
use crate::{
    audit::{self, AuditEntry, Wanted},
    store::Store,
};

/// Lines read at once.
const PAGE: u64 = 1_000;

/// Writes the lines.
pub(super) fn run(global: &Global, arguments: &Audit) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    let since = arguments.since.map(|day| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)));
    let since = since.transpose().map_err(|_| Failure::wrong_use("--since: this day is out of range"))?;
    let since = since.map(jiff::Timestamp::as_millisecond);
    context::run(async {
        let hub = context::open(config).await?;
        let out = BufWriter::new(io::stdout().lock());
        let written = match arguments.format {
            AuditFormat::Jsonl => write(hub.store(), since, &mut Jsonl(out)).await,
            AuditFormat::Csv => write(hub.store(), since, &mut Csv::new(out)).await,
        };
        hub.store().close().await;
        match written {
            // A reader who has seen enough (`| head`) is no failure.
            Err(Stopped::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(Stopped::Output(error)) => Err(error.into()),
            Err(Stopped::Store(fault)) => Err(fault.into()),
            Ok(()) => Ok(()),
        }
    })
}

/// Why not all was written.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error(transparent)]
    Output(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}

async fn write(store: &Store, since: Option<i64>, out: &mut impl Lines) -> Result<(), Stopped> {
    out.head()?;
    let mut after = None;
    loop {
        let wanted = Wanted { since, after, oldest_first: true, ..Wanted::default() };
        let page = audit::lines(store, &wanted, PAGE).await?;
        for line in &page {
            out.line(line)?;
        }
        match page.last() {
            Some(last) => after = Some(last.id),
            None => break,
        }
    }
    Ok(out.end()?)
}

/// A format.
trait Lines {
    fn head(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn line(&mut self, line: &AuditEntry) -> io::Result<()>;
    fn end(&mut self) -> io::Result<()>;
}

struct Jsonl<W: Write>(W);

impl<W: Write> Lines for Jsonl<W> {
    fn line(&mut self, line: &AuditEntry) -> io::Result<()> {
        let AuditEntry { id, at, actor, address, action, target, detail } = line;
        let row = json!({
            "id": id, "at": words::rfc3339(*at), "actor": actor, "address": address, "action": action, "target": target,
            "detail": detail,
        });
        writeln!(self.0, "{row}")
    }

    fn end(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    fn new(out: W) -> Self {
        Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out))
    }

    fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        self.0.write_record(cells.into_iter().map(harmless)).map_err(io_error)
    }
}

/// So that a broken pipe is still known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

impl<W: Write> Lines for Csv<W> {
    fn head(&mut self) -> io::Result<()> {
        self.row(["id", "at", "actor", "address", "action", "target", "detail"])
    }

    fn line(&mut self, line: &AuditEntry) -> io::Result<()> {
        let (id, at) = (line.id.to_string(), words::rfc3339(line.at).unwrap_or_default());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (address, target, detail) = (text(&line.address), text(&line.target), text(&line.detail));
        self.row([id.as_str(), &at, &line.actor, &address, &line.action, &target, &detail])
    }

    fn end(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_text_and_quotes_are_kept() {
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out);
        csv.head().unwrap();
        let line = AuditEntry {
            id: 1,
            at: 0,
            actor: "=1+1".to_owned(),
            address: None,
            action: "sign-in".to_owned(),
            target: Some("a \"b\", c".to_owned()),
            detail: None,
        };
        csv.line(&line).unwrap();
        csv.end().unwrap();
        drop(csv);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "id,at,actor,address,action,target,detail\r\n1,1970-01-01T00:00:00.000Z,'=1+1,,sign-in,\"a \"\"b\"\", c\",\r\n"
        );
    }
}
