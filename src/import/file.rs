//! Which format a file has, and its rows.

use std::path::Path;

use super::{Fault, Row, Unreadable, rows, table_text, workbook};
use crate::record::Kind;

/// Formats that are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A JSON array, or one object a line.
    Json,
    /// A table as text: CSV with commas, semicolons or tabs.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// By the content, and where that leaves it open by the name: a table may begin with any word.
    pub fn of(name: &Path, content: &[u8]) -> Self {
        let extension = name.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let is = |words: &[&str]| words.iter().any(|word| extension.eq_ignore_ascii_case(word));
        let text = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            _ if text.starts_with(b"PK\x03\x04") || is(&["xlsx"]) => Self::Xlsx,
            _ if is(&["csv", "tsv"]) => Self::Csv,
            _ if is(&["json", "jsonl", "ndjson"]) => Self::Json,
            Some(b'{' | b'[') | None => Self::Json,
            Some(_) => Self::Csv,
        }
    }
}

/// Reads the rows of a file, in order. Blocks, on all cores: not for an async thread. `kind` is that of tables and rows
/// that name none.
///
/// # Errors
/// A file that is none of a known format, too large, or a table whose head is not understood; of bad rows each is an error
/// of its own.
pub fn read(format: Format, content: &[u8], kind: Option<Kind>) -> Result<Vec<Result<Row, Fault>>, Unreadable> {
    match format {
        Format::Json if is_no_json(content) => Err(Unreadable::Format("no JSON (a table as text is named .csv)")),
        Format::Json => rows(content),
        Format::Csv => match rows::other_format(content) {
            Some(other) => Err(Unreadable::Format(other)),
            None => table_text::rows(content, kind.ok_or(Unreadable::Kind)?),
        },
        Format::Xlsx => match rows::other_format(content) {
            Some(other) if !content.starts_with(b"PK") => Err(Unreadable::Format(other)),
            None => {
                let reason = "it is a text. A table as text is named .csv, JSON .json or .jsonl";
                Err(Unreadable::Workbook(reason.to_owned()))
            }
            _ => workbook::rows(content, kind),
        },
    }
}

/// A text of which no line begins as a value of JSON with members does.
fn is_no_json(content: &[u8]) -> bool {
    let text = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut lines =
        text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_some() && rows::other_format(text).is_none() && !lines.any(|line| matches!(line[0], b'{' | b'['))
}
