//! `export`: every record that is shown here, with its origin and revision: as rows that `import` reads, as a table, as a
//! workbook. Bodies are those that were signed, so that members which this version does not know are among them. The same
//! code answers downloads.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use super::arguments::{Export, ExportFormat, Global};
use super::{Failure, context, output};
use crate::catalog::{Published, Snapshot, Viewer};
use crate::export::{ExportError, Pieces, Writer, example, template_csv, template_workbook, workbook};
use crate::hub::Hub;
use crate::record::{Kind, LanguageTag};
use crate::table::Plan;

/// Writes the records shown here.
pub(super) fn run(global: &Global, export: &Export) -> Result<(), Failure> {
    let kind = export.kind.as_deref().and_then(Kind::parse);
    let one_kind = || {
        kind.ok_or_else(|| {
            Failure::wrong_use("a table has records of one kind: name it with --kind, such as --kind practices")
        })
    };
    if export.template {
        return template(global, export, one_kind()?);
    }
    if export.format == ExportFormat::Csv {
        one_kind()?;
    }
    let config = context::configuration(global)?;
    context::run(async {
        let (hub, snapshot) = context::open_with_catalogue(config).await?;
        let wanted = wanted(&snapshot, kind, hub.entity_id());
        let count = wanted.len();
        let mut out = Out::open(export)?;
        match export.format {
            ExportFormat::Jsonl => write(&hub, Writer::Lines, wanted, &mut out).await?,
            ExportFormat::Csv => write(&hub, Writer::Csv(plan(one_kind()?, &wanted)), wanted, &mut out).await?,
            ExportFormat::Xlsx => {
                let of_kind = |kind: Kind| wanted.iter().filter(move |record| record.kind == kind).cloned().collect();
                let kinds = Kind::ALL.into_iter().filter(|each| kind.is_none_or(|kind| kind == *each));
                let sheets = kinds.map(|kind| (kind, of_kind(kind)));
                let sheets = sheets.map(|(kind, records): (_, Vec<_>)| (plan(kind, &records), records)).collect();
                out.write(&workbook(&hub, sheets).await?)?;
            }
        }
        out.end()?;
        if let Some(path) = &export.output {
            eprintln!("{}: {}", path.display(), super::words::count(count, "record", "records"));
        }
        Ok(())
    })
}

/// An empty table to be filled in, with an example in a row that `import` leaves out.
fn template(global: &Global, export: &Export, kind: Kind) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    let languages: Vec<LanguageTag> =
        config.instance.languages.iter().filter_map(|tag| LanguageTag::parse(tag)).collect();
    let plan = Plan::template(kind, &languages);
    let bytes = match export.format {
        ExportFormat::Csv => template_csv(&plan, &config.instance)?,
        ExportFormat::Xlsx => template_workbook(&plan, &example(&plan, &config.instance))?,
        ExportFormat::Jsonl => {
            return Err(Failure::wrong_use("a template is a table: take --format csv or --format xlsx"));
        }
    };
    let mut out = Out::open(export)?;
    out.write(&bytes)?;
    out.end()
}

fn plan(kind: Kind, records: &[Arc<Published>]) -> Plan {
    Plan::whole(kind, records.iter().map(|record| &*record.record))
}

/// What is shown, by kind, own records first, in an order that stays.
fn wanted(snapshot: &Snapshot, kind: Option<Kind>, own: &str) -> Vec<Arc<Published>> {
    let mut wanted: Vec<Arc<Published>> = snapshot
        .everything()
        .filter(|record| kind.is_none_or(|kind| record.kind == kind) && snapshot.is_listed(record, Viewer::NETWORK))
        .cloned()
        .collect();
    wanted.sort_by(|a, b| {
        let place = |record: &Published| (record.kind, *record.origin != *own);
        place(a).cmp(&place(b)).then_with(|| a.origin.cmp(&b.origin)).then_with(|| a.sub.cmp(&b.sub))
    });
    wanted
}

async fn write(hub: &Arc<Hub>, writer: Writer, wanted: Vec<Arc<Published>>, out: &mut Out) -> Result<(), Failure> {
    let mut progress = output::Progress::new("records written", wanted.len() as u64);
    let mut pieces = Pieces::new(hub.clone(), writer, wanted);
    let mut before = 0;
    while let Some(piece) = pieces.next().await? {
        out.write(&piece)?;
        if out.is_closed {
            return Ok(());
        }
        progress.advance((pieces.written() - before) as u64);
        before = pieces.written();
    }
    progress.finish();
    Ok(())
}

/// Where it goes.
struct Out {
    to: Box<dyn Write>,
    /// The reader has seen enough (`| head`), which is no failure.
    is_closed: bool,
}

impl Out {
    fn open(export: &Export) -> Result<Self, Failure> {
        let to: Box<dyn Write> = match &export.output {
            None => Box::new(io::stdout()),
            Some(path) => Box::new(File::options().write(true).create_new(true).open(path).map_err(|cause| {
                let what_to_do = match cause.kind() {
                    io::ErrorKind::AlreadyExists => "An existing file is never written over: name another one",
                    io::ErrorKind::NotFound => "Make the folder first, or name another one",
                    _ => "See who may write there",
                };
                Failure::failed(format!("{} cannot be written: {cause}. {what_to_do}", path.display()))
            })?),
        };
        Ok(Self { to: Box::new(BufWriter::new(to)), is_closed: false })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let done = self.to.write_all(bytes);
        self.heed(done)
    }

    fn end(mut self) -> Result<(), Failure> {
        let done = self.to.flush();
        self.heed(done)
    }

    fn heed(&mut self, done: io::Result<()>) -> Result<(), Failure> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.is_closed = true,
            other => other?,
        }
        Ok(())
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Failure::failed(error)
    }
}
