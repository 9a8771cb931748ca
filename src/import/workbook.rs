//! Workbooks (XLSX). What comes in is a ZIP archive of XML that may unpack to a thousand times its size: it is unpacked once
//! into nothing, with a bound, before it is read. Cells are read one after another, never as a rectangle: two cells far
//! apart would span thousands of millions.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx};

use super::sheet::{MOST_COLUMNS, Sheet};
use super::{Fault, Place, Row, Unreadable};
use crate::record::Kind;
use crate::table::Cell;

/// What a workbook may unpack to.
struct Bounds {
    /// Most bytes of all parts together.
    bytes: u64,
    /// Most elements of all parts together: each takes many times its bytes in memory.
    elements: u64,
    /// Most parts: sheets, styles, pictures …
    parts: usize,
}

const BOUNDS: Bounds = Bounds { bytes: 128 << 20, elements: 8_000_000, parts: 1_000 };

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads the rows of a workbook: of the sheet that is named as the kind, else of the first one; where no kind is wanted, of
/// every sheet that is named as one.
pub(super) fn rows(bytes: &[u8], kind: Option<Kind>) -> Result<Vec<Result<Row, Fault>>, Unreadable> {
    BOUNDS.check(bytes)?;
    let unreadable = |fault: calamine::XlsxError| Unreadable::Workbook(fault.to_string());
    let mut book: Book<'_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let mut rows = Vec::new();
    for (place, name, kind) in chosen(&book.sheet_names(), kind)? {
        let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
        let mut reading = Reading { place, name: &name, kind, sheet: None, row: Vec::new(), at: 0, fault: None };
        while let Some(cell) = cells.next_cell().map_err(unreadable)? {
            reading.take(cell.get_position(), cell.get_value())?;
        }
        rows.extend(reading.end()?);
    }
    Ok(rows)
}

/// The sheets that are read: place from 1, name, kind.
fn chosen(names: &[String], kind: Option<Kind>) -> Result<Vec<(usize, String, Kind)>, Unreadable> {
    let named = |name: &str| {
        let name = name.trim().to_lowercase();
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name || kind.plural() == name)
    };
    let all = names.iter().enumerate().filter_map(|(place, name)| Some((place + 1, name.clone(), named(name)?)));
    let mut named_sheets: Vec<_> = all.filter(|(_, _, of)| kind.is_none_or(|kind| kind == *of)).collect();
    match (named_sheets.is_empty(), kind, names.first()) {
        (false, Some(_), _) => named_sheets.truncate(1),
        (false, None, _) => {}
        (true, Some(kind), Some(first)) => named_sheets.push((1, first.clone(), kind)),
        (true, None, _) => return Err(Unreadable::Kind),
        (true, _, None) => return Err(Unreadable::Workbook("there is no sheet".to_owned())),
    }
    Ok(named_sheets)
}

/// A sheet on its way in.
struct Reading<'n> {
    place: usize,
    name: &'n str,
    kind: Kind,
    sheet: Option<Sheet>,
    row: Vec<Cell<'static>>,
    /// Row of the cells in `row`, from 1; 0 before the first.
    at: usize,
    fault: Option<Fault>,
}

impl Reading<'_> {
    fn take(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> Result<(), Unreadable> {
        let row = row as usize + 1;
        if row < self.at {
            return Err(Unreadable::Workbook(format!("{}: row {row} comes after row {}", self.name, self.at)));
        }
        if row > self.at {
            self.row_ends()?;
            self.at = row;
        }
        let place = Place::Sheet { sheet: self.place, row };
        let column = column as usize;
        match read_cell(value) {
            Ok(Cell::Empty) => {}
            Ok(_) if column >= MOST_COLUMNS => {
                self.fault = Some(Fault::new(place, format!("has more than {MOST_COLUMNS} columns")));
            }
            Ok(cell) => {
                if self.row.len() <= column {
                    self.row.resize(column + 1, Cell::Empty);
                }
                self.row[column] = cell;
            }
            Err(reason) => self.fault = Some(Fault::new(place, reason)),
        }
        Ok(())
    }

    fn row_ends(&mut self) -> Result<(), Unreadable> {
        let row = std::mem::take(&mut self.row);
        let place = Place::Sheet { sheet: self.place, row: self.at };
        match (&mut self.sheet, self.fault.take()) {
            (Some(sheet), Some(fault)) => sheet.refuse(fault),
            (Some(sheet), None) => sheet.take(place, &row)?,
            (None, Some(fault)) => return Err(Unreadable::Workbook(format!("{}: {fault}", self.name))),
            (None, None) if row.is_empty() => {}
            (None, None) => {
                let names: Vec<String> = row.iter().map(|cell| cell.as_text().into_owned()).collect();
                self.sheet = Some(Sheet::begin(&format!("the sheet {:?}", self.name), self.kind, &names)?);
            }
        }
        Ok(())
    }

    fn end(mut self) -> Result<Vec<Result<Row, Fault>>, Unreadable> {
        self.row_ends()?;
        match self.sheet {
            Some(sheet) => Ok(sheet.end()),
            None => Err(Unreadable::Empty(format!("the sheet {:?}", self.name))),
        }
    }
}

fn read_cell(value: &DataRef<'_>) -> Result<Cell<'static>, String> {
    let text = |text: &str| Cell::text(Cow::Owned(text.to_owned()));
    Ok(match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number),
        // Spreadsheets have no whole numbers: a year is stored as 2015.0.
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Cell::Number(*number as i64),
        DataRef::Float(number) => text(&number.to_string()),
        DataRef::String(string) => text(string),
        DataRef::SharedString(string) => text(string),
        DataRef::Bool(truth) => Cell::Truth(*truth),
        DataRef::DateTime(time) => text(&read_time(time)?),
        DataRef::DateTimeIso(time) => text(time.strip_suffix("T00:00:00").unwrap_or(time)),
        DataRef::DurationIso(length) => text(length),
        DataRef::Error(error) => return Err(format!("a cell holds the error {error}")),
    })
}

fn read_time(time: &ExcelDateTime) -> Result<String, String> {
    if !time.is_datetime() {
        return Err("a cell holds a length of time".to_owned());
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) => Ok(format!("{year:04}-{month:02}-{day:02}")),
        _ => Ok(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")),
    }
}

impl Bounds {
    /// Unpacks everything into nothing.
    fn check(&self, bytes: &[u8]) -> Result<(), Unreadable> {
        // Each part is listed once; a list of millions would be read before anything could be refused.
        if bytes.windows(4).filter(|window| *window == b"PK\x01\x02").count() > self.parts {
            return Err(Unreadable::Workbook(format!("it has more than {} parts", self.parts)));
        }
        let unreadable = |fault: zip::result::ZipError| Unreadable::Workbook(fault.to_string());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
        let (mut total, mut elements) = (0_u64, 0_u64);
        let mut piece = vec![0; 64 << 10];
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).map_err(unreadable)?;
            loop {
                let length = part.read(&mut piece).map_err(|fault| Unreadable::Workbook(fault.to_string()))?;
                if length == 0 {
                    break;
                }
                total += length as u64;
                elements += piece[..length].iter().filter(|byte| **byte == b'<').count() as u64;
                if total > self.bytes || elements > self.elements {
                    let Self { bytes, elements, .. } = self;
                    return Err(Unreadable::TooLarge(format!(
                        "the workbook unpacks to more than {bytes} bytes, or to more than {elements} elements"
                    )));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write as _;

    use serde_json::{Value, json};
    use zip::write::SimpleFileOptions;

    use super::*;

    fn written(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in sheets {
            let sheet = book.add_worksheet().set_name(*name).unwrap();
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    match cell.parse::<f64>() {
                        Ok(number) => sheet.write_number(row as u32, column as u16, number).unwrap(),
                        Err(_) => sheet.write_string(row as u32, column as u16, *cell).unwrap(),
                    };
                }
            }
        }
        book.save_to_buffer().unwrap()
    }

    fn read(bytes: &[u8], kind: Option<Kind>) -> Vec<Result<Value, String>> {
        let rows = rows(bytes, kind).unwrap().into_iter();
        rows.map(|row| row.map(|row| Value::Object(row.members)).map_err(|fault| fault.to_string())).collect()
    }

    #[test]
    fn the_sheet_named_as_the_kind_is_read_else_the_first() {
        let notes: (&str, &[&[&str]]) = ("Notes", &[&["title_fr", "startYear"], &["Un", "2015"]]);
        let practices: (&str, &[&[&str]]) = ("Practices", &[&["title_fr"], &[""], &["Deux"], &["# x"]]);
        let one = json!({"title": {"fr": "Un"}, "startYear": 2015, "kind": "practice"});
        let two = json!({"title": {"fr": "Deux"}, "kind": "practice"});
        assert_eq!(read(&written(&[notes]), Some(Kind::Practice)), [Ok(one)]);
        let both = written(&[notes, practices]);
        assert_eq!(read(&both, Some(Kind::Practice)), [Ok(two.clone())]);
        assert_eq!(read(&both, None), [Ok(two)]);
        assert_eq!(rows(&written(&[notes]), None).unwrap_err(), Unreadable::Kind);
    }

    #[test]
    fn a_bad_row_has_the_number_that_the_spreadsheet_shows() {
        let book = written(&[(
            "practices",
            &[&["title_fr", "startYear"], &["a", "2015"], &[""], &["b", "2015.5"], &["c", "soon", "more"]],
        )]);
        let said = read(&book, None);
        assert!(said[0].is_ok());
        assert_eq!(said[1], Err("row 4, column startYear: \"2015.5\" is no whole number".to_owned()));
        assert!(said[2].as_ref().unwrap_err().starts_with("row 5, column startYear: "), "{said:?}");
    }

    #[test]
    fn dates_are_read_as_dates() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        let sheet = book.add_worksheet().set_name("events").unwrap();
        sheet.write_string(0, 0, "startsOn").unwrap();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 24).unwrap();
        sheet.write_datetime_with_format(1, 0, &day, &format).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        assert_eq!(read(&bytes, None), [Ok(json!({"startsOn": "2026-11-24", "kind": "event"}))]);
    }

    #[test]
    fn two_cells_far_apart_cost_nothing() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("practices").unwrap();
        sheet.write_string(0, 0, "title_fr").unwrap();
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
        let said = read(&book.save_to_buffer().unwrap(), None);
        assert_eq!(said, [Err("row 1048576: has more than 1000 columns".to_owned())]);
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_before_it_is_read() {
        let archive = |piece: &[u8], times: usize| {
            let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
            archive.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
            (0..times).for_each(|_| archive.write_all(piece).unwrap());
            archive.finish().unwrap().into_inner()
        };
        let bounds = Bounds { bytes: 1 << 20, elements: 1_000, parts: 1_000 };
        let refused = |archive: &[u8]| bounds.check(archive).map_err(|fault| fault.to_string());
        let spaces = archive(&[b' '; 1 << 18], 5);
        assert!(spaces.len() < 1 << 14);
        assert!(refused(&spaces).unwrap_err().contains("unpacks to more than 1048576 bytes"));
        assert_eq!(refused(&archive(&[b' '; 1 << 18], 4)), Ok(()));
        assert!(refused(&archive(&b"<a/>".repeat(1_001), 1)).unwrap_err().contains("1000 elements"));
        assert_eq!(refused(&archive(&b"<a/>".repeat(1_000), 1)), Ok(()));
        assert!(rows(b"PK\x03\x04", None).unwrap_err().to_string().contains("no workbook"));
        let parts = b"PK\x01\x02".repeat(1_001);
        assert!(rows(&parts, None).unwrap_err().to_string().contains("parts"));
    }
}
