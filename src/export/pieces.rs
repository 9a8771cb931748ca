//! CSV and JSON Lines, a piece at a time: the next one is read and written when the reader has taken the last.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::bodies::{CHUNK, ExportError, Row, bodies};
use crate::catalog::Published;
use crate::hub::Hub;
use crate::table::{About, CsvText, Plan};

/// How rows are written.
#[derive(Debug, Clone)]
pub enum Writer {
    /// One JSON object a line, as `import` reads it.
    Lines,
    /// A table as text (RFC 4180): UTF-8 with a mark of byte order, commas, CR LF; cells that begin like a formula are
    /// guarded.
    Csv(Plan),
}

/// Records on their way out.
pub struct Pieces {
    hub: Arc<Hub>,
    writer: Arc<Writer>,
    records: Vec<Arc<Published>>,
    at: usize,
    begun: bool,
}

impl Pieces {
    /// Of these records, in their order.
    pub fn new(hub: Arc<Hub>, writer: Writer, records: Vec<Arc<Published>>) -> Self {
        Self { hub, writer: Arc::new(writer), records, at: 0, begun: false }
    }

    /// How many records have been written.
    pub fn written(&self) -> usize {
        self.at
    }

    /// The next piece; none after the last.
    ///
    /// # Errors
    /// The database.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ExportError> {
        let is_first = !std::mem::replace(&mut self.begun, true);
        let end = self.records.len().min(self.at + CHUNK);
        if self.at == end {
            let empty = if is_first { write(&self.writer, self.hub.entity_id(), &[], true)? } else { Vec::new() };
            return Ok((!empty.is_empty()).then_some(empty));
        }
        let rows = bodies(&self.hub, &self.records[self.at..end]).await?;
        self.at = end;
        let (writer, hub) = (self.writer.clone(), self.hub.clone());
        let write = move || write(&writer, hub.entity_id(), &rows, is_first).map(Some);
        tokio::task::spawn_blocking(write).await.map_err(|fault| ExportError::Failed(fault.to_string()))?
    }
}

pub(super) fn failed(fault: csv::Error) -> ExportError {
    ExportError::Failed(fault.to_string())
}

fn write(writer: &Writer, here: &str, rows: &[Row], is_first: bool) -> Result<Vec<u8>, ExportError> {
    match writer {
        Writer::Lines => {
            Ok(rows.iter().map(|(record, body)| format!("{}\n", line(record, body))).collect::<String>().into_bytes())
        }
        Writer::Csv(plan) => table(plan, here, rows, is_first).map_err(failed),
    }
}

fn table(plan: &Plan, here: &str, rows: &[Row], is_first: bool) -> Result<Vec<u8>, csv::Error> {
    let mut text = if is_first { CsvText::begin(plan.names())? } else { CsvText::go_on() };
    for (record, body) in rows {
        text.row(plan.row(&about(record, here), &record.record, body).iter().map(|cell| cell.as_text()))?;
    }
    text.end()
}

/// What a table says of a record beside its body; `here` is this hub.
pub(super) fn about<'r>(record: &'r Published, here: &str) -> About<'r> {
    About {
        id: record.sub.uuid(),
        audience: record.audience.as_str(),
        origin: &record.origin,
        revision: record.revision.number,
        updated_at: time(record.revision.signed_at),
        address: format!("{here}/id/{}", record.key),
    }
}

/// Seconds since 1970 as RFC 3339 in UTC; empty where the calendar ends.
pub(super) fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default()
}

/// A row that `import` reads, with its origin and revision.
fn line(record: &Published, body: &Map<String, Value>) -> Value {
    let mut row = Map::new();
    row.insert("id".to_owned(), record.sub.uuid().to_string().into());
    row.insert("kind".to_owned(), record.kind.as_str().into());
    row.insert("audience".to_owned(), record.audience.as_str().into());
    row.insert("origin".to_owned(), (&*record.origin).into());
    row.insert("revision".to_owned(), record.revision.number.into());
    for (name, value) in body {
        // A member that this version does not know must not stand in for what the row says.
        row.entry(name.clone()).or_insert_with(|| value.clone());
    }
    Value::Object(row)
}
