//! `import`: publishes the rows of a file. Everything is checked before anything is signed.

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
use crate::import::{Facts, Fault, Place, Prepared, Present, kind_of_name, publications, rows};
use crate::journal::publish::{Outcome, Publication};
use crate::journal::revision::Act;
use crate::record::Kind;

/// Largest file, in bytes: as a journal is bounded (protocol §4).
const MAX_FILE: u64 = 256 << 20;

/// Publishes the rows of a file.
pub(super) fn run(global: &Global, import: &Import) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    let text = read_file(&import.file)?;
    context::run(work(config, import, text))
}

async fn work(config: Config, import: &Import, text: Vec<u8>) -> Result<(), Failure> {
    let hub = context::open(config).await?;
    let shown = shown_name(&import.file);
    let kind = import.kind.as_deref().and_then(Kind::parse).or_else(|| kind_of_name(&import.file));
    let mut prepared = prepare(&hub, &shown, kind, text).await?;
    let present = Present::read(&hub).await?;
    present.check(&mut prepared);
    let Prepared { publications, faults } = prepared;
    if !import.show.json {
        for fault in &faults {
            eprintln!("{}: {}", output::plain(&shown), output::plain(&fault.to_string()));
        }
    }
    let stop = !faults.is_empty() && !import.keep_going;
    let counts = match (stop, import.dry_run) {
        (true, _) => Counts::default(),
        (false, true) => {
            let changes = present.would_change(&hub, &publications).await?;
            Counts::of(publications.iter().map(|(_, publication)| publication).zip(changes))
        }
        (false, false) => publish(&hub, &shown, publications).await?,
    };
    hub.store().close().await;
    report(import, &counts, &faults)?;
    match stop {
        true if import.show.json => Err(Failure::Reported),
        true => Err(Failure::failed(nothing_written(&shown, faults.len()))),
        false => Ok(()),
    }
}

fn nothing_written(shown: &str, bad: usize) -> String {
    let (rows, them) =
        if bad == 1 { ("1 row is bad".to_owned(), "it") } else { (format!("{bad} rows are bad"), "them") };
    format!("{shown}: {rows} and nothing was written. Correct {them}, or leave {them} out with --keep-going")
}

async fn prepare(hub: &Hub, shown: &str, kind: Option<Kind>, text: Vec<u8>) -> Result<Prepared, Failure> {
    let facts = Facts::of(hub);
    let shown = shown.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let rows = rows(&text).map_err(|why| Failure::failed(format!("{shown}: {why}")))?;
        drop(text);
        let mut progress = output::Progress::new("rows read", rows.len() as u64);
        progress.advance(rows.len() as u64);
        progress.finish();
        Ok(publications(&facts, kind, rows))
    });
    read.await.map_err(|fault| Failure::failed(format!("the rows could not be read: {fault}")))?
}

/// Rows by what became of them.
#[derive(Clone, Copy, Default)]
struct Counts {
    published: usize,
    unchanged: usize,
    withdrawn: usize,
}

impl Counts {
    fn of<'a>(changes: impl Iterator<Item = (&'a Publication, bool)>) -> Counts {
        let mut counts = Counts::default();
        for (publication, changed) in changes {
            match &publication.act {
                _ if !changed => counts.unchanged += 1,
                Act::Put { .. } => counts.published += 1,
                Act::Withdraw { .. } => counts.withdrawn += 1,
            }
        }
        counts
    }
}

async fn publish(hub: &Arc<Hub>, shown: &str, publications: Vec<(Place, Publication)>) -> Result<Counts, Failure> {
    if publications.is_empty() {
        return Ok(Counts::default());
    }
    context::before_signing(hub).await?;
    let withdraw: Vec<bool> =
        publications.iter().map(|(_, publication)| matches!(publication.act, Act::Withdraw { .. })).collect();
    let progress = Mutex::new(output::Progress::new("rows signed", publications.len() as u64));
    let advance = |steps: usize| progress.lock().unwrap_or_else(PoisonError::into_inner).advance(steps as u64);
    let all = publications.into_iter().map(|(_, publication)| publication).collect();
    let action = format!("record.import ({})", words::count(withdraw.len(), "row", "rows"));
    let receipt = hub.publish_as(&Actor::operator(), &action, None, all, &advance).await;
    progress.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
    let receipt = receipt.map_err(|fault| Failure::failed(format!("{shown}: nothing was written: {fault}")))?;
    let mut counts = Counts::default();
    for (outcome, withdraws) in receipt.outcomes.iter().zip(withdraw) {
        match (outcome, withdraws) {
            (Outcome::Unchanged, _) => counts.unchanged += 1,
            (Outcome::Published(_), true) => counts.withdrawn += 1,
            (Outcome::Published(_), false) => counts.published += 1,
        }
    }
    Ok(counts)
}

fn report(import: &Import, counts: &Counts, faults: &[Fault]) -> Result<(), Failure> {
    let Counts { published, unchanged, withdrawn } = *counts;
    if import.show.json {
        return output::json(&json!({
            "published": published, "unchanged": unchanged, "withdrawn": withdrawn, "bad": faults.len(),
            "dryRun": import.dry_run, "faults": faults.iter().map(fault_json).collect::<Vec<_>>(),
        }));
    }
    let begin = if import.dry_run { "would be published" } else { "published" };
    output::line(&format!(
        "{begin}: {published}, unchanged: {unchanged}, withdrawn: {withdrawn}, bad: {}",
        words::count(faults.len(), "row", "rows")
    ))
}

fn fault_json(fault: &Fault) -> Value {
    match fault.place {
        Place::Line(line) => json!({"line": line, "reason": fault.reason}),
        Place::Row { number, line } => json!({"row": number, "line": line, "reason": fault.reason}),
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
