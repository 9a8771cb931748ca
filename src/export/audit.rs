//! The audit log as a file, oldest first, a piece at a time: the next one is read when the reader has taken the last.

use jiff::Timestamp;
use serde_json::json;

use super::bodies::ExportError;
use crate::{
    audit::{self, AuditEntry, Wanted},
    store::Store,
    table::CsvText,
};

/// Lines read at once.
const PAGE: u64 = 1_000;

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditFormat {
    /// A table as text.
    Csv,
    /// One JSON object a line.
    Lines,
}

/// The log on its way out.
#[derive(Debug)]
pub struct AuditLog {
    format: AuditFormat,
    stands: Stands,
}

/// How far it has got.
#[derive(Debug)]
enum Stands {
    Begins,
    After(Option<i32>),
    Ended,
}

impl AuditLog {
    /// In this format.
    pub fn new(format: AuditFormat) -> Self {
        Self { format, stands: Stands::Begins }
    }

    /// The next piece of the lines that are wanted; none after the last. A table has its head where it has no line.
    ///
    /// # Errors
    /// The database.
    pub async fn next(&mut self, store: &Store, wanted: &Wanted<'_>) -> Result<Option<Vec<u8>>, ExportError> {
        let (after, is_first) = match self.stands {
            Stands::Begins => (None, true),
            Stands::After(line) => (line, false),
            Stands::Ended => return Ok(None),
        };
        let lines = audit::lines(store, &Wanted { after, oldest_first: true, ..wanted.clone() }, PAGE).await?;
        self.stands = match lines.last() {
            Some(last) if lines.len() as u64 == PAGE => Stands::After(Some(last.id)),
            _ => Stands::Ended,
        };
        match self.format {
            AuditFormat::Csv => {
                table(&lines, is_first).map(Some).map_err(|fault| ExportError::Failed(fault.to_string()))
            }
            AuditFormat::Lines => Ok(Some(lines.iter().map(row).collect::<String>().into_bytes())),
        }
    }
}

fn table(lines: &[AuditEntry], is_first: bool) -> Result<Vec<u8>, csv::Error> {
    let mut text = match is_first {
        true => CsvText::begin(["id", "at", "actor", "address", "action", "target", "detail"])?,
        false => CsvText::go_on(),
    };
    for line in lines {
        let [address, target, detail] =
            [&line.address, &line.target, &line.detail].map(|text| text.as_deref().unwrap_or_default());
        text.row([&line.id.to_string(), &moment(line.at), &*line.actor, address, &line.action, target, detail])?;
    }
    text.end()
}

fn row(line: &AuditEntry) -> String {
    let AuditEntry { id, at, actor, address, action, target, detail } = line;
    let row = json!({
        "id": id, "at": moment(*at), "actor": actor, "address": address, "action": action, "target": target,
        "detail": detail,
    });
    format!("{row}\n")
}

/// RFC 3339 with milliseconds.
fn moment(at: i64) -> String {
    Timestamp::from_millisecond(at).map(|at| format!("{at:.3}")).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_is_a_row_that_runs_nothing() {
        let line = AuditEntry {
            id: 1,
            at: 0,
            actor: "=1+1".to_owned(),
            address: None,
            action: "sign-in".to_owned(),
            target: Some("a \"b\", c".to_owned()),
            detail: None,
        };
        let written = String::from_utf8(table(std::slice::from_ref(&line), true).unwrap()).unwrap();
        let rows = "id,at,actor,address,action,target,detail\r\n1,1970-01-01T00:00:00.000Z,'=1+1,,sign-in,\"a \"\"b\"\", c\",\r\n";
        assert_eq!(written.strip_prefix('\u{feff}'), Some(rows));
        let row: serde_json::Value = serde_json::from_str(&row(&line)).unwrap();
        assert_eq!(
            (&row["actor"], &row["at"], &row["detail"]),
            (&"=1+1".into(), &"1970-01-01T00:00:00.000Z".into(), &serde_json::Value::Null)
        );
    }
}
