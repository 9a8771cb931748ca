//! Workbooks (XLSX): made whole before their first byte goes out, so bounded, on a thread of their own, with their rows kept
//! on disk meanwhile. Texts are stored as texts: nothing in a workbook is ever a formula.

use std::borrow::Cow;
use std::sync::Arc;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use tokio::sync::mpsc;

use super::bodies::{CHUNK, ExportError, Row, bodies};
use super::pieces::about;
use crate::catalog::Published;
use crate::hub::Hub;
use crate::table::{CUT, Cell, Plan};

/// Most UTF-16 units of a cell, as the format has it.
const LONGEST_CELL: usize = 32_767;
/// Most rows of all sheets.
const MOST_ROWS: usize = 200_000;
/// Most bytes of texts of all cells.
const MOST_BYTES: usize = 192 << 20;
/// Width of a column, in characters; of one with texts.
const WIDTHS: [f64; 2] = [16.0, 40.0];

enum Part {
    Sheet(Box<Plan>),
    Rows(Vec<Row>),
    /// All is said. Without it whoever wanted the workbook has gone away.
    End,
}

/// A workbook with a sheet for each of these.
///
/// # Errors
/// Too much for a workbook; the database; the disk.
pub async fn workbook(hub: &Arc<Hub>, sheets: Vec<(Plan, Vec<Arc<Published>>)>) -> Result<Vec<u8>, ExportError> {
    let rows: usize = sheets.iter().map(|(_, records)| records.len()).sum();
    if rows > MOST_ROWS {
        return Err(ExportError::TooLarge(format!("{rows} records, and it has at most {MOST_ROWS}")));
    }
    let (send, parts) = mpsc::channel(2);
    let here = hub.clone();
    let making = tokio::task::spawn_blocking(move || make(parts, here.entity_id()));
    feed(hub, sheets, send).await?;
    making.await.map_err(|fault| ExportError::Failed(fault.to_string()))?
}

/// Hands the parts over. When the other side has ended, it tells why.
async fn feed(
    hub: &Hub,
    sheets: Vec<(Plan, Vec<Arc<Published>>)>,
    send: mpsc::Sender<Part>,
) -> Result<(), ExportError> {
    for (plan, records) in sheets {
        if send.send(Part::Sheet(Box::new(plan))).await.is_err() {
            return Ok(());
        }
        for chunk in records.chunks(CHUNK) {
            if send.send(Part::Rows(bodies(hub, chunk).await?)).await.is_err() {
                return Ok(());
            }
        }
    }
    let _ = send.send(Part::End).await;
    Ok(())
}

fn make(mut parts: mpsc::Receiver<Part>, here: &str) -> Result<Vec<u8>, ExportError> {
    let mut making = Making { book: Workbook::new(), plan: None, sheets: 0, row: 0, bytes: 0 };
    loop {
        match parts.blocking_recv() {
            None => return Err(ExportError::TooSlow),
            Some(Part::End) => return making.book.save_to_buffer().map_err(unwritten),
            Some(Part::Sheet(plan)) => making.begin(*plan)?,
            Some(Part::Rows(rows)) => rows.iter().try_for_each(|row| making.take(row, here))?,
        }
    }
}

struct Making {
    book: Workbook,
    plan: Option<Plan>,
    sheets: usize,
    row: u32,
    bytes: usize,
}

impl Making {
    fn begin(&mut self, plan: Plan) -> Result<(), ExportError> {
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(unwritten)?;
        head(sheet, &plan).map_err(unwritten)?;
        self.plan = Some(plan);
        self.sheets += 1;
        self.row = 0;
        Ok(())
    }

    fn take(&mut self, (record, body): &Row, here: &str) -> Result<(), ExportError> {
        let Some(plan) = &self.plan else { return Ok(()) };
        let sheet = self.book.worksheet_from_index(self.sheets - 1).map_err(unwritten)?;
        self.row += 1;
        let about = about(record, here);
        for (column, cell) in (0_u16..).zip(plan.row(&about, &record.record, body)) {
            self.bytes += cell.as_text().len();
            write(sheet, self.row, column, &cell).map_err(unwritten)?;
        }
        match self.bytes > MOST_BYTES {
            true => Err(ExportError::TooLarge(format!("its texts have more than {} MiB", MOST_BYTES >> 20))),
            false => Ok(()),
        }
    }
}

fn unwritten(fault: XlsxError) -> ExportError {
    ExportError::Workbook(fault.to_string())
}

/// The names of the columns, which stay in sight.
fn head(sheet: &mut Worksheet, plan: &Plan) -> Result<(), XlsxError> {
    sheet.set_name(plan.kind().plural())?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(plan.names()) {
        sheet.set_column_width(column, WIDTHS[usize::from(name.contains('_'))])?;
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, fitting(text)).map(|_| ()),
        // Years, goals and revisions: all of them are exact in the numbers of a spreadsheet.
        Cell::Number(number) => sheet.write_number(row, column, *number as f64).map(|_| ()),
        Cell::Truth(truth) => sheet.write_boolean(row, column, *truth).map(|_| ()),
    }
}

/// A text that a cell holds: a longer one is cut, and says so.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_CELL || text.encode_utf16().count() <= LONGEST_CELL {
        return Cow::Borrowed(text);
    }
    let (mut left, mut end) = (LONGEST_CELL - CUT.encode_utf16().count(), 0);
    for (place, character) in text.char_indices() {
        let Some(rest) = left.checked_sub(character.len_utf16()) else { break };
        (left, end) = (rest, place + character.len_utf8());
    }
    Cow::Owned(format!("{}{CUT}", &text[..end]))
}

/// An empty workbook to be filled in: its head, and an example in a row that an import leaves out.
///
/// # Errors
/// The disk.
pub fn template_workbook(plan: &Plan, example: &[String]) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    head(sheet, plan).map_err(unwritten)?;
    for (column, cell) in (0_u16..).zip(example) {
        sheet.write_string(1, column, cell).map_err(unwritten)?;
    }
    book.save_to_buffer().map_err(unwritten)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_says_so() {
        for text in ["x".repeat(32_767), "ع".repeat(32_767), "𐍈".repeat(16_383)] {
            assert_eq!(fitting(&text), text);
        }
        for text in ["x".repeat(32_768), "ع".repeat(40_000), "𐍈".repeat(16_384)] {
            let cut = fitting(&text);
            assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= LONGEST_CELL);
            assert!(cut.encode_utf16().count() >= LONGEST_CELL - 1, "nothing is cut that had room");
        }
    }
}
