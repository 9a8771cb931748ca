//! A table that comes in, whatever file it stands in: its head, then row by row.

use std::sync::Arc;

use super::{Fault, Place, Row, Unreadable};
use crate::record::Kind;
use crate::table::{CUT, Cell, Head};

/// Most rows of a table.
pub(super) const MOST_ROWS: usize = 50_000;
/// Most columns.
pub(super) const MOST_COLUMNS: usize = 1_000;

/// A table whose head was read.
pub(super) struct Sheet {
    head: Arc<Head>,
    kind: Kind,
    rows: Vec<Result<Row, Fault>>,
}

impl Sheet {
    /// `name`: what a sentence about the whole table begins with.
    pub(super) fn begin(name: &str, kind: Kind, names: &[String]) -> Result<Self, Unreadable> {
        if names.iter().all(|name| name.trim().is_empty()) {
            return Err(Unreadable::Empty(name.to_owned()));
        }
        let head = Head::read(kind, names).map_err(|faults| Unreadable::Head { sheet: name.to_owned(), faults })?;
        Ok(Self { head: Arc::new(head), kind, rows: Vec::new() })
    }

    /// One more row; one without anything in it, or that begins with `#`, is left out.
    pub(super) fn take(&mut self, place: Place, cells: &[Cell<'_>]) -> Result<(), Unreadable> {
        let first = cells.iter().find(|cell| !cell.as_text().trim().is_empty());
        if first.is_none_or(|cell| cell.as_text().starts_with('#')) {
            return Ok(());
        }
        if self.rows.len() == MOST_ROWS {
            return Err(Unreadable::TooLarge(format!("a table has at most {MOST_ROWS} rows")));
        }
        self.rows.push(self.row(place, cells));
        Ok(())
    }

    /// A row that could not even be cut into cells.
    pub(super) fn refuse(&mut self, fault: Fault) {
        self.rows.push(Err(fault));
    }

    pub(super) fn end(self) -> Vec<Result<Row, Fault>> {
        self.rows
    }

    fn row(&self, place: Place, cells: &[Cell<'_>]) -> Result<Row, Fault> {
        let refuse = |column: String, reason: String| Fault { place, column: Some(column), reason };
        let mut members = self.head.row(cells).map_err(|fault| refuse(fault.column, fault.reason))?;
        if let Some(cut) = cells.iter().position(|cell| cell.as_text().ends_with(CUT)) {
            let column = self.head.name(cut).unwrap_or_default().to_owned();
            let reason = format!("{column}: the text was cut when it was written: take the CSV or JSON Lines instead");
            return Err(refuse(column, reason));
        }
        if !members.contains_key("kind") {
            members.insert("kind".to_owned(), self.kind.as_str().into());
        }
        Ok(Row { place, members, head: Some(self.head.clone()) })
    }
}
