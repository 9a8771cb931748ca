//! A table as text on its way out (RFC 4180): UTF-8 with a mark of byte order, commas, CR LF, and no cell that a
//! spreadsheet runs.

use super::escape::guard;

/// Excel takes a CSV file for one of its own code page unless it begins so.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Rows of a table, or of a piece of it.
#[derive(Debug)]
pub struct CsvText {
    out: csv::Writer<Vec<u8>>,
    telephones: Option<usize>,
}

impl CsvText {
    /// From the beginning of a table: its head comes first.
    ///
    /// # Errors
    /// None that can be met; those of the writer.
    pub fn begin<C: AsRef<str>>(names: impl IntoIterator<Item = C>) -> Result<Self, csv::Error> {
        let mut text = Self::into_bytes_after(BYTE_ORDER_MARK.to_vec());
        text.row(names)?;
        Ok(text)
    }

    /// A further piece of a table that has begun.
    pub fn go_on() -> Self {
        Self::into_bytes_after(Vec::new())
    }

    fn into_bytes_after(begin: Vec<u8>) -> Self {
        let out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(begin);
        Self { out, telephones: None }
    }

    /// One column holds telephone numbers: they begin with a plus sign, are no formulas, and are dialled as they stand.
    pub fn with_telephones(self, column: usize) -> Self {
        Self { telephones: Some(column), ..self }
    }

    /// Writes a row; cells that begin like a formula are guarded.
    ///
    /// # Errors
    /// Another number of cells than the row before.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<(), csv::Error> {
        for (column, cell) in cells.into_iter().enumerate() {
            let cell = cell.as_ref();
            let is_number = self.telephones == Some(column) && is_telephone(cell);
            self.out.write_field(if is_number { cell.into() } else { guard(cell) }.as_bytes())?;
        }
        self.out.write_record(None::<&[u8]>)
    }

    /// What has been written.
    ///
    /// # Errors
    /// None that can be met; those of the writer.
    pub fn end(self) -> Result<Vec<u8>, csv::Error> {
        self.out.into_inner().map_err(|fault| fault.into_error().into())
    }
}

fn is_telephone(cell: &str) -> bool {
    cell.strip_prefix('+').is_some_and(|rest| rest.chars().all(|sign| sign.is_ascii_digit() || sign == ' '))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_table_begins_with_a_mark_and_runs_nothing() {
        let mut text = CsvText::begin(["name", "=said"]).unwrap();
        text.row(["@home", "a \"b\", c"]).unwrap();
        let written = String::from_utf8(text.end().unwrap()).unwrap();
        assert_eq!(written, "\u{feff}name,'=said\r\n'@home,\"a \"\"b\"\", c\"\r\n");
    }

    #[test]
    fn a_telephone_number_is_no_formula_in_its_column() {
        let mut text = CsvText::begin(["name", "telephone"]).unwrap().with_telephones(1);
        text.row(["+41 22", "+41 22 917"]).unwrap();
        text.row(["A", "+1+1"]).unwrap();
        let written = String::from_utf8(text.end().unwrap()).unwrap();
        assert_eq!(written, "\u{feff}name,telephone\r\n'+41 22,+41 22 917\r\nA,'+1+1\r\n");
    }

    #[test]
    fn a_further_piece_is_rows_alone() {
        let mut text = CsvText::go_on();
        text.row(["1", ""]).unwrap();
        assert_eq!(text.end().unwrap(), b"1,\r\n");
        assert!(CsvText::go_on().end().unwrap().is_empty());
    }
}
