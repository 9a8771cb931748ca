//! `import`: publishes the rows of a file. Everything is checked before anything is signed; a dry run tells of every row what
//! would become of it.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::arguments::{Global, Import};
use super::{Failure, context, output, words};
use crate::audit::Actor;
use crate::config::Config;
use crate::hub::Hub;
use crate::import::{
    self, Counts, Effect, Fault, Format, Outcome as RowOutcome, Place, Present, Preview, Row, RowPreview, kind_of_name,
    preview, publications_of,
};
use crate::journal::publish::Publication;
use crate::record::Kind;

/// Largest file, in bytes: as a journal is bounded (protocol §4).
const MAX_FILE: u64 = 256 << 20;

/// Publishes the rows of a file.
pub(super) fn run(global: &Global, import: &Import) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    let content = read_file(&import.file)?;
    context::run(work(config, import, content))
}

async fn work(config: Config, import: &Import, content: Vec<u8>) -> Result<(), Failure> {
    let hub = context::open(config).await?;
    let shown = shown_name(&import.file);
    let kind = import.kind.as_deref().and_then(Kind::parse).or_else(|| kind_of_name(&import.file));
    let rows = read_rows(&shown, Format::of(&import.file, &content), kind, content).await?;
    let Prepared { publications, faults, rows } = prepare(&hub, kind, rows, import.dry_run).await?;
    if !import.show.json {
        for fault in &faults {
            eprintln!("{}: {}", output::plain(&shown), output::plain(&fault.to_string()));
        }
    }
    let stop = !faults.is_empty() && !import.keep_going;
    let nothing = !faults.is_empty() && publications.is_empty();
    let counts = match (stop, import.dry_run) {
        (true, _) => Counts::default(),
        (false, true) => counts_of(&rows),
        (false, false) => publish(&hub, &shown, publications).await?,
    };
    hub.store().close().await;
    report(import, &counts, &faults, &rows)?;
    match stop {
        true if import.show.json => Err(Failure::Reported),
        true => Err(Failure::failed(nothing_written(&shown, faults.len()))),
        false if nothing && import.show.json => Err(Failure::Reported),
        false if nothing => Err(Failure::failed(format!("{shown}: no row can be taken: each of them is bad"))),
        false => Ok(()),
    }
}

/// What can be published and what not; row by row if nothing is to be written.
struct Prepared {
    publications: Vec<(Place, Publication)>,
    faults: Vec<Fault>,
    rows: Vec<RowPreview>,
}

async fn prepare(
    hub: &Hub,
    kind: Option<Kind>,
    rows: Vec<Result<Row, Fault>>,
    dry_run: bool,
) -> Result<Prepared, Failure> {
    if dry_run {
        let Preview { rows, publications, faults } = preview(hub, kind, rows).await?;
        return Ok(Prepared { publications, faults, rows });
    }
    let mut made = publications_of(hub, kind, rows).await;
    Present::read(hub).await?.check(&mut made);
    Ok(Prepared { publications: made.publications, faults: made.faults, rows: Vec::new() })
}

fn nothing_written(shown: &str, bad: usize) -> String {
    let (rows, them) =
        if bad == 1 { ("1 row is bad".to_owned(), "it") } else { (format!("{bad} rows are bad"), "them") };
    format!("{shown}: {rows} and nothing was written. Correct {them}, or leave {them} out with --keep-going")
}

async fn read_rows(
    shown: &str,
    format: Format,
    kind: Option<Kind>,
    content: Vec<u8>,
) -> Result<Vec<Result<Row, Fault>>, Failure> {
    let shown = shown.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let rows = import::read(format, &content, kind).map_err(|why| Failure::failed(format!("{shown}: {why}")))?;
        let mut progress = output::Progress::new("rows read", rows.len() as u64);
        progress.advance(rows.len() as u64);
        progress.finish();
        Ok(rows)
    });
    read.await.map_err(|fault| Failure::failed(format!("the rows could not be read: {fault}")))?
}

fn counts_of(rows: &[RowPreview]) -> Counts {
    let mut counts = Counts::default();
    for row in rows {
        match &row.outcome {
            RowOutcome::Taken(Effect::New | Effect::Changed(_)) => counts.published += 1,
            RowOutcome::Taken(Effect::Unchanged) => counts.unchanged += 1,
            RowOutcome::Taken(Effect::Withdrawn) => counts.withdrawn += 1,
            RowOutcome::Refused { .. } => {}
        }
    }
    counts
}

async fn publish(hub: &Arc<Hub>, shown: &str, publications: Vec<(Place, Publication)>) -> Result<Counts, Failure> {
    if publications.is_empty() {
        return Ok(Counts::default());
    }
    context::before_signing(hub).await?;
    let progress = Mutex::new(output::Progress::new("rows signed", publications.len() as u64));
    let advance = |steps: usize| progress.lock().unwrap_or_else(PoisonError::into_inner).advance(steps as u64);
    let all = publications.into_iter().map(|(_, publication)| publication).collect();
    let counts = import::publish(hub, &Actor::operator(), all, &advance).await;
    progress.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
    counts.map_err(|fault| Failure::failed(format!("{shown}: nothing was written: {fault}")))
}

fn report(import: &Import, counts: &Counts, faults: &[Fault], rows: &[RowPreview]) -> Result<(), Failure> {
    let Counts { published, unchanged, withdrawn } = *counts;
    if import.show.json {
        let mut report = json!({
            "published": published, "unchanged": unchanged, "withdrawn": withdrawn, "bad": faults.len(),
            "dryRun": import.dry_run, "faults": faults.iter().map(fault_json).collect::<Vec<_>>(),
        });
        if import.dry_run {
            report["rows"] = rows.iter().map(row_json).collect();
        }
        return output::json(&report);
    }
    if import.dry_run && !rows.is_empty() {
        table(rows).print()?;
    }
    let begin = if import.dry_run { "would be published" } else { "published" };
    output::line(&format!(
        "{begin}: {published}, unchanged: {unchanged}, withdrawn: {withdrawn}, bad: {}",
        words::count(faults.len(), "row", "rows")
    ))
}

/// Every row and what would become of it, for people.
fn table(rows: &[RowPreview]) -> output::Table {
    let mut table = output::Table::new(["row", "what would happen", "title", "record"]);
    for row in rows {
        let what = match &row.outcome {
            RowOutcome::Taken(Effect::New) => "new".to_owned(),
            RowOutcome::Taken(Effect::Changed(fields)) => format!("changed: {}", fields.join(", ")),
            RowOutcome::Taken(Effect::Unchanged) => "unchanged".to_owned(),
            RowOutcome::Taken(Effect::Withdrawn) => "withdrawn".to_owned(),
            RowOutcome::Refused { reason, .. } => format!("refused: {reason}"),
        };
        let title: Vec<&str> = row.title.as_deref().unwrap_or_default().split_whitespace().collect();
        let title: String = title.join(" ").chars().take(50).collect();
        let record = row.record.as_ref().map(ToString::to_string).unwrap_or_default();
        table.row([row.place.to_string(), what, title, record]);
    }
    table
}

fn row_json(row: &RowPreview) -> Value {
    let mut told = place_json(row.place);
    let (outcome, more) = match &row.outcome {
        RowOutcome::Taken(Effect::New) => ("new", None),
        RowOutcome::Taken(Effect::Changed(fields)) => ("changed", Some(("fields", json!(fields)))),
        RowOutcome::Taken(Effect::Unchanged) => ("unchanged", None),
        RowOutcome::Taken(Effect::Withdrawn) => ("withdrawn", None),
        RowOutcome::Refused { column, reason } => {
            told["column"] = json!(column);
            ("refused", Some(("reason", json!(reason))))
        }
    };
    told["outcome"] = outcome.into();
    told["record"] = json!(row.record.as_ref().map(ToString::to_string));
    told["title"] = json!(row.title);
    if let Some((name, value)) = more {
        told[name] = value;
    }
    told
}

fn fault_json(fault: &Fault) -> Value {
    let mut told = place_json(fault.place);
    if let Some(column) = &fault.column {
        told["column"] = column.as_str().into();
    }
    told["reason"] = fault.reason.as_str().into();
    told
}

fn place_json(place: Place) -> Value {
    match place {
        Place::Line(line) => json!({"line": line}),
        Place::Row { number, line } => json!({"row": number, "line": line}),
        Place::Sheet { sheet, row } => json!({"sheet": sheet, "row": row}),
    }
}

fn shown_name(file: &Path) -> String {
    if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() }
}

fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = shown_name(path);
    let unreadable = |cause: std::io::Error| match cause.kind() {
        std::io::ErrorKind::NotFound => Failure::failed(format!("{shown}: there is no such file")),
        _ => Failure::failed(format!("{shown}: this cannot be read: {cause}")),
    };
    let mut text = Vec::new();
    match path == Path::new("-") {
        true => std::io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut text).map_err(unreadable)?,
        false => File::open(path).map_err(unreadable)?.take(MAX_FILE + 1).read_to_end(&mut text).map_err(unreadable)?,
    };
    if text.len() as u64 > MAX_FILE {
        return Err(Failure::failed(format!("{shown}: this is over 256 MiB. Cut it into several files")));
    }
    Ok(text)
}
