//! `export`: every record that is shown here as a row that `import` reads, with its origin and revision. Bodies are those that
//! were signed, so that members which this version does not know are among them.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::arguments::{Export, ExportFormat, Global};
use super::{Failure, context, output};
use crate::catalog::{Published, Snapshot, Viewer};
use crate::hub::Hub;
use crate::journal::read;
use crate::journal::revision::{Act, Place, Revision};
use crate::record::Kind;

/// Records read at once.
const CHUNK: usize = 300;

/// Writes the records shown here.
pub(super) fn run(global: &Global, export: &Export) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    context::run(async {
        let (hub, snapshot) = context::open_with_catalogue(config).await?;
        let ExportFormat::Jsonl = export.format;
        let wanted = wanted(&snapshot, export.kind.as_deref().and_then(Kind::parse), hub.entity_id());
        match &export.output {
            None => write(&hub, &wanted, &mut BufWriter::new(io::stdout().lock())).await,
            Some(path) => {
                let file = File::options().write(true).create_new(true).open(path).map_err(|cause| {
                    Failure::failed(format!(
                        "{} cannot be written: {cause}. An existing file is never written over",
                        path.display()
                    ))
                })?;
                write(&hub, &wanted, &mut BufWriter::new(file)).await?;
                eprintln!("{}: {}", path.display(), super::words::count(wanted.len(), "record", "records"));
                Ok(())
            }
        }
    })
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

async fn write(hub: &Hub, wanted: &[Arc<Published>], out: &mut impl Write) -> Result<(), Failure> {
    let mut progress = output::Progress::new("records written", wanted.len() as u64);
    for chunk in wanted.chunks(CHUNK) {
        let jws = signed(hub, chunk).await?;
        for record in chunk {
            // Withdrawn a moment ago: it is no more.
            let Some(jws) = jws.get(&(record.revision.journal, record.revision.digest)) else { continue };
            let Some(row) = row(record, jws) else { continue };
            match writeln!(out, "{row}") {
                // A reader who has seen enough (`| head`) is no failure.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
                other => other?,
            }
        }
        if wanted.len() > CHUNK {
            progress.advance(chunk.len() as u64);
        }
    }
    progress.finish();
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

type Signed = std::collections::HashMap<(u32, [u8; 32]), String>;

async fn signed(hub: &Hub, chunk: &[Arc<Published>]) -> Result<Signed, Failure> {
    let mut by_journal = std::collections::BTreeMap::<u32, Vec<[u8; 32]>>::new();
    for record in chunk {
        by_journal.entry(record.revision.journal).or_default().push(record.revision.digest);
    }
    let mut signed = Signed::new();
    for (journal, digests) in by_journal {
        let found = read::revisions(hub.store(), journal.cast_signed(), &digests).await?;
        signed.extend(found.into_iter().map(|(digest, jws)| ((journal, digest), jws)));
    }
    Ok(signed)
}

fn row(record: &Published, jws: &str) -> Option<String> {
    let name = record.sub.name();
    let place = Place { origin: &record.origin, audience: record.audience, name: &name };
    let Act::Put { body: Value::Object(body) } = Revision::unverified(jws, place).ok()?.act else { return None };
    let mut row = Map::new();
    row.insert("id".to_owned(), record.sub.uuid().to_string().into());
    row.insert("kind".to_owned(), record.kind.as_str().into());
    row.insert("audience".to_owned(), record.audience.as_str().into());
    row.insert("origin".to_owned(), (&*record.origin).into());
    row.insert("revision".to_owned(), record.revision.number.into());
    for (name, value) in body {
        // A member that this version does not know must not stand in for what the row says.
        row.entry(name).or_insert(value);
    }
    Some(Value::Object(row).to_string())
}
