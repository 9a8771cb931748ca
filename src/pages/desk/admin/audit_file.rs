//! The audit log as a file, oldest first: made page by page while it goes out.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use futures_util::stream;
use serde_json::json;

use super::{
    super::super::{
        answer::{Answer, Reply},
        visit::{Refusal, Visit},
    },
    audit::Sought,
};
use crate::{
    access::Role,
    audit::{self, AuditEntry, Wanted},
    hub::Hub,
    table::guard,
};

/// Lines read at once.
const PAGE: u64 = 1_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Jsonl,
}

/// How far a file has got.
struct Place {
    hub: Arc<Hub>,
    sought: Sought,
    format: Format,
    /// The last line that went out; none before the first page.
    after: Option<i32>,
    is_first: bool,
}

/// `GET /fr/admin/audit/file?format=csv`.
pub(super) async fn file(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Administrator)?;
    let (format, kind, name) = match visit.asked("format").as_deref() {
        Some("csv") => (Format::Csv, "text/csv; charset=utf-8", "attachment; filename=\"audit.csv\""),
        Some("jsonl") => (Format::Jsonl, "application/jsonl; charset=utf-8", "attachment; filename=\"audit.jsonl\""),
        _ => return Err(Refusal::NotFound),
    };
    let place = Place { hub: visit.hub.clone(), sought: Sought::of(&visit), format, after: None, is_first: true };
    let pieces = stream::try_unfold(Some(place), |place| async move {
        match place {
            Some(place) => next(place).await,
            None => Ok(None),
        }
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok(Reply::Raw((headers, Body::from_stream(pieces)).into_response()))
}

/// The next piece, and where the one after it begins.
async fn next(mut place: Place) -> Result<Option<(Vec<u8>, Option<Place>)>, Box<dyn std::error::Error + Send + Sync>> {
    let wanted = Wanted { after: place.after, oldest_first: true, ..place.sought.wanted() };
    let lines = audit::lines(place.hub.store(), &wanted, PAGE).await?;
    let piece = match place.format {
        Format::Csv => csv(&lines, place.is_first)?,
        Format::Jsonl => jsonl(&lines),
    };
    let is_last = (lines.len() as u64) < PAGE;
    place.after = lines.last().map(|line| line.id).or(place.after);
    place.is_first = false;
    Ok(Some((piece, (!is_last).then_some(place))))
}

fn csv(lines: &[AuditEntry], is_first: bool) -> Result<Vec<u8>, csv::Error> {
    let begin = if is_first { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(begin);
    if is_first {
        writer.write_record(["id", "at", "actor", "address", "action", "target", "detail"])?;
    }
    for line in lines {
        let [address, target, detail] =
            [&line.address, &line.target, &line.detail].map(|text| text.as_deref().unwrap_or_default());
        let (id, at) = (line.id.to_string(), moment(line.at));
        let cells = [&id, &at, &*line.actor, address, &line.action, target, detail];
        writer.write_record(cells.map(|cell| guard(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|fault| fault.into_error().into())
}

fn jsonl(lines: &[AuditEntry]) -> Vec<u8> {
    let row = |line: &AuditEntry| {
        let AuditEntry { id, at, actor, address, action, target, detail } = line;
        let row = json!({
            "id": id, "at": moment(*at), "actor": actor, "address": address, "action": action, "target": target, "detail": detail,
        });
        format!("{row}\n")
    };
    lines.iter().map(row).collect::<String>().into_bytes()
}

/// RFC 3339 with milliseconds.
fn moment(at: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
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
        let written = String::from_utf8(csv(std::slice::from_ref(&line), true).unwrap()).unwrap();
        let rows = "id,at,actor,address,action,target,detail\r\n1,1970-01-01T00:00:00.000Z,'=1+1,,sign-in,\"a \"\"b\"\", c\",\r\n";
        assert_eq!(written.strip_prefix('\u{feff}'), Some(rows));
        let row: serde_json::Value = serde_json::from_slice(&jsonl(&[line])).unwrap();
        assert_eq!((&row["actor"], &row["detail"]), (&"=1+1".into(), &serde_json::Value::Null));
    }
}
