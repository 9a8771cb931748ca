//! Tables as text: CSV with commas, semicolons or tabs, in UTF-8 (RFC 4180).

use super::sheet::{MOST_COLUMNS, Sheet};
use super::{Fault, Place, Row, Unreadable};
use crate::record::Kind;
use crate::table::{Cell, unguard};

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Reads a table. A mark of byte order at its beginning does not count.
pub(super) fn rows(text: &[u8], kind: Kind) -> Result<Vec<Result<Row, Fault>>, Unreadable> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let text = std::str::from_utf8(text).map_err(|fault| {
        let before = &text[..fault.valid_up_to()];
        Unreadable::NotUtf8 { line: before.iter().filter(|byte| **byte == b'\n').count() + 1 }
    })?;
    let (separator, text, skipped) = separator(text);
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(separator);
    let mut sheet: Option<Sheet> = None;
    for record in reader.from_reader(text.as_bytes()).into_records() {
        let record = record.map_err(|fault| Unreadable::Workbook(fault.to_string()))?;
        let place = Place::Line(record.position().map_or(0, |at| line(text, at)) + skipped);
        match &mut sheet {
            None => {
                let names: Vec<String> =
                    record.iter().take(MOST_COLUMNS).map(|name| unguard(name).to_owned()).collect();
                sheet = Some(Sheet::begin("the table", kind, &names)?);
            }
            Some(sheet) if record.len() > MOST_COLUMNS => {
                sheet.refuse(Fault::new(place, format!("has more than {MOST_COLUMNS} columns")));
            }
            Some(sheet) => {
                let cells: Vec<Cell<'_>> = record.iter().map(|cell| Cell::text(unguard(cell))).collect();
                sheet.take(place, &cells)?;
            }
        }
    }
    sheet.map(Sheet::end).ok_or_else(|| Unreadable::Empty("the table".to_owned()))
}

/// The line on which a record begins. Its position is where the last one ended: what is left of that line's end, and
/// empty lines, come before it.
fn line(text: &str, at: &csv::Position) -> usize {
    let rest = usize::try_from(at.byte()).ok().and_then(|at| text.as_bytes().get(at..)).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    usize::try_from(at.line()).unwrap_or(usize::MAX).saturating_add(ends)
}

/// What separates the cells, the text, and how many lines were taken off it: some programs say it in a line of its own,
/// `sep=;`. Otherwise it is what stands most often in the head, outside of quotation marks.
fn separator(text: &str) -> (u8, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(said) = first.trim_end().strip_prefix("sep=").map(str::as_bytes)
        && let [said] = said
        && SEPARATORS.contains(said)
    {
        return (*said, rest, 1);
    }
    let (mut quoted, mut counts) = (false, [0_usize; 3]);
    for byte in first.bytes() {
        quoted ^= byte == b'"';
        if let Some(place) = SEPARATORS.iter().position(|separator| *separator == byte && !quoted) {
            counts[place] += 1;
        }
    }
    // Of equal counts the first one listed.
    let most = (0..SEPARATORS.len()).rev().max_by_key(|place| counts[*place]).unwrap_or(0);
    (SEPARATORS[most], text, 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::{Value, json};

    fn read(text: &[u8]) -> Vec<Result<Value, String>> {
        let rows = rows(text, Kind::Practice).unwrap().into_iter();
        rows.map(|row| row.map(|row| Value::Object(row.members)).map_err(|fault| fault.to_string())).collect()
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart() {
        let wanted = [Ok(json!({"country": "MA", "title": {"fr": "Un, deux; trois"}, "kind": "practice"}))];
        for text in [
            "country,title_fr\r\nMA,\"Un, deux; trois\"\r\n",
            "\u{feff}country;title_fr\nMA;\"Un, deux; trois\"\n",
            "country\ttitle_fr\nMA\tUn, deux; trois",
            "sep=;\ncountry;title_fr\nMA;\"Un, deux; trois\"",
            "\"country\",\"title_fr\"\n\n# an example,x\n,\nMA,\"Un, deux; trois\"",
        ] {
            assert_eq!(read(text.as_bytes()), wanted, "{text}");
        }
    }

    #[test]
    fn a_bad_row_is_named_by_line_and_column_and_hides_no_other() {
        let said = read(b"title_fr,startYear\n\"a\nb\",soon\nc,2015\nd,2016,more\n");
        assert_eq!(said[0], Err("line 2, column startYear: \"soon\" is no whole number".to_owned()));
        assert_eq!(said[1], Ok(json!({"title": {"fr": "c"}, "startYear": 2015, "kind": "practice"})));
        assert!(said[2].as_ref().unwrap_err().starts_with("line 5, column C: "), "{said:?}");
    }

    #[test]
    fn a_row_of_a_file_of_windows_or_below_an_empty_line_is_named_by_its_own_line() {
        for text in ["title_fr,startYear\r\na,2015\r\nb,soon\r\n", "title_fr,startYear\n\nb,soon\n"] {
            let said = read(text.as_bytes());
            let fault = said.iter().find_map(|row| row.as_ref().err()).unwrap();
            assert!(fault.starts_with("line 3, column startYear: "), "{fault}");
        }
    }

    #[test]
    fn guarded_texts_lose_their_apostrophe() {
        assert_eq!(read("title_fr\n'=1+1\n".as_bytes()), [Ok(json!({"title": {"fr": "=1+1"}, "kind": "practice"}))]);
    }

    #[test]
    fn what_is_no_table_is_refused_as_a_whole() {
        let refused = |text: &[u8]| rows(text, Kind::Practice).unwrap_err().to_string();
        assert!(refused(b"title_fr\nR\xe9union\n").starts_with("line 2: this is no text in UTF-8"));
        assert!(refused(b"").contains("no head"));
        assert!(refused(b"titre\nx\n").contains("column A, \"titre\""));
        let many: String = std::iter::once("title_fr\n").chain(std::iter::repeat_n("x\n", 50_001)).collect();
        assert!(refused(many.as_bytes()).contains("at most 50000 rows"));
    }
}
