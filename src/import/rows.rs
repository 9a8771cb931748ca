//! Reading rows: a JSON array, or one JSON object a line. Each row is read strictly and by itself, so that one bad row hides
//! no other.

use std::sync::Arc;

use serde_json::{Map, Value};
use thiserror::Error;

use super::{Fault, Place, on_all_cores};
use crate::record::{MAX_DEPTH, json};
use crate::table::{Head, HeadFault};

/// A row as it stands in the file.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// Its members.
    pub members: Map<String, Value>,
    /// The head of the table that it stands in, if it stands in one: what is wrong is said of a column then.
    pub head: Option<Arc<Head>>,
}

impl Row {
    /// A row of a list that was read elsewhere; `number` from 1.
    pub fn of(number: usize, value: Value) -> Result<Row, Fault> {
        row(Place::Row { number, line: 0 }, value)
    }
}

/// Why a file has no rows at all.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Unreadable {
    /// Another format.
    #[error("this is {0}, and JSON is read: a JSON array, or one JSON object a line")]
    Format(&'static str),
    /// The array does not end where the file ends.
    #[error("line {line}: {reason}")]
    Array {
        /// Where.
        line: usize,
        /// What is wrong.
        reason: &'static str,
    },
    /// A table that is no text in UTF-8.
    #[error("line {line}: this is no text in UTF-8. Save it as CSV UTF-8, or as a workbook (.xlsx)")]
    NotUtf8 {
        /// Where.
        line: usize,
    },
    /// A table of a kind that nobody named.
    #[error("kind is missing: name it with --kind, or by the name of the file or the sheet, such as practices")]
    Kind,
    /// A table without a row.
    #[error("{0}: there is no head: the first row names the columns")]
    Empty(String),
    /// Columns that are not known.
    #[error("{sheet}: {}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Head {
        /// Which table.
        sheet: String,
        /// Every one of them.
        faults: Vec<HeadFault>,
    },
    /// More than is taken.
    #[error("{0}. Cut it into several files")]
    TooLarge(String),
    /// A workbook that is none.
    #[error("this is no workbook that can be read: {0}")]
    Workbook(String),
}

/// Reads the rows of a text, in order. Blocks, on all cores. A mark of byte order at its beginning does not count.
///
/// # Errors
/// A text that is neither a JSON array nor lines; of bad rows each is an error of its own.
pub fn rows(text: &[u8]) -> Result<Vec<Result<Row, Fault>>, Unreadable> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    if let Some(format) = other_format(text) {
        return Err(Unreadable::Format(format));
    }
    let pieces = match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => elements(text)?,
        Some(_) if is_one_object(text) => vec![(Place::Row { number: 1, line: 1 }, text)],
        _ => lines(text),
    };
    Ok(on_all_cores(pieces, |(place, piece)| {
        let value = json::parse(piece, MAX_DEPTH).map_err(|error| Fault::new(place, error))?;
        row(place, value)
    }))
}

fn row(place: Place, value: Value) -> Result<Row, Fault> {
    match value {
        Value::Object(members) => Ok(Row { place, members, head: None }),
        _ => Err(Fault::new(place, "a row is a JSON object, and this is none")),
    }
}

pub(super) fn other_format(text: &[u8]) -> Option<&'static str> {
    match text {
        [b'P', b'K', 3, 4, ..] => Some("a workbook or another ZIP archive"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("an old or encrypted workbook (save it as .xlsx, without a password)"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("a text in UTF-16 (save it as UTF-8)"),
        _ => None,
    }
}

fn lines(text: &[u8]) -> Vec<(Place, &[u8])> {
    let lines = text.split(|byte| *byte == b'\n').enumerate();
    lines
        .map(|(number, line)| (Place::Line(number + 1), line.trim_ascii()))
        .filter(|(_, line)| !line.is_empty())
        .collect()
}

/// One object over several lines: its first line alone is no JSON, and the whole is.
fn is_one_object(text: &[u8]) -> bool {
    let first = text.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap_or_default();
    json::parse(first, MAX_DEPTH).is_err() && json::parse(text, MAX_DEPTH).is_ok()
}

/// Cuts an array into its elements without reading them: brackets outside of texts are counted, nothing else.
fn elements(text: &[u8]) -> Result<Vec<(Place, &[u8])>, Unreadable> {
    let mut found = Vec::new();
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let (mut line, mut begin, mut begin_line) = (1, 0, 0);
    let mut end = None;
    for (at, byte) in text.iter().enumerate() {
        if *byte == b'\n' {
            line += 1;
        }
        if end.is_some() {
            if !byte.is_ascii_whitespace() {
                return Err(Unreadable::Array { line, reason: "something follows after the end of the array" });
            }
            continue;
        }
        if depth == 1 && begin_line == 0 && !byte.is_ascii_whitespace() {
            begin_line = line;
        }
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => {
                depth += 1;
                if depth == 1 {
                    begin = at + 1;
                }
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    end = Some(at);
                    found.push((begin_line, &text[begin..at]));
                }
            }
            b',' if depth == 1 => {
                found.push((begin_line, &text[begin..at]));
                (begin, begin_line) = (at + 1, 0);
            }
            _ => {}
        }
    }
    if end.is_none() {
        return Err(Unreadable::Array {
            line,
            reason: "the array has no end: a bracket or a quotation mark is missing",
        });
    }
    if found.len() == 1 && found[0].1.trim_ascii().is_empty() {
        found.clear();
    }
    let numbered = found.into_iter().enumerate();
    Ok(numbered.map(|(at, (line, piece))| (Place::Row { number: at + 1, line }, piece)).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Vec<Result<Value, String>> {
        let rows = rows(text.as_bytes()).unwrap().into_iter();
        rows.map(|row| row.map(|row| Value::Object(row.members)).map_err(|fault| fault.to_string())).collect()
    }

    #[test]
    fn lines_and_arrays_give_the_same_rows() {
        let wanted = [Ok(json!({"a": "],[\"\\"})), Ok(json!({"b": [1, {"c": 2}]}))];
        assert_eq!(read("{\"a\":\"],[\\\"\\\\\"}\n\n  {\"b\":[1,{\"c\":2}]}\r\n"), wanted);
        assert_eq!(read("\u{feff} [ {\"a\":\"],[\\\"\\\\\"} ,\n{\"b\":[1,{\"c\":2}]} ]\n"), wanted);
        assert_eq!(read("{\n \"a\": 1\n}"), [Ok(json!({"a": 1}))]);
        assert!(read("[ ]").is_empty() && read("").is_empty());
    }

    #[test]
    fn bad_rows_are_named_by_their_place_and_hide_no_other() {
        let said = read("{\"a\":1}\n\n{\"a\":1,\"a\":2}\n7\n{\"b\":2}");
        assert_eq!((said[0].is_ok(), said[3].is_ok()), (true, true));
        assert!(said[1].as_ref().unwrap_err().starts_with("line 3: "), "{said:?}");
        assert!(said[2].as_ref().unwrap_err().starts_with("line 4: a row is"), "{said:?}");
        let said = read("[{\"a\":1},\n{\"a\":},\n{\"b\":2},]");
        assert!(said[1].as_ref().unwrap_err().starts_with("row 2 (line 2): "), "{said:?}");
        assert!(said[2].is_ok() && said[3].is_err());
    }

    #[test]
    fn what_is_no_file_of_rows_is_refused_as_a_whole() {
        for text in [&b"PK\x03\x04..."[..], b"\xff\xfe[", b"[{\"a\":1}", b"[{\"a\":\"1}]", b"[1] 2"] {
            assert!(rows(text).is_err(), "{}", text.escape_ascii());
        }
    }
}
