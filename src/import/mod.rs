//! Rows of a file become publications. Three steps, each a function: [`read`] reads a file (JSON, JSON Lines, CSV, XLSX)
//! strictly and says of each bad row where it stands; [`publications`] makes of each row what is to be signed, by the rules
//! of this instance; [`Present`] holds it against what was published before. [`preview`] does all three and tells of every
//! row what would become of it. Nothing of that writes; [`publish`] publishes what was made, with a line of the audit log.

mod file;
mod present;
mod preview;
mod publications;
mod publishing;
mod rows;
mod sheet;
mod table_text;
mod workbook;

use std::fmt;

use crate::table::Head;

pub use file::{Format, read};
pub use present::{Effect, Present};
pub use preview::{Outcome, Preview, RowPreview, preview};
pub use publications::{Facts, Prepared, kind_of_name, publications, publications_of};
pub use publishing::{Counts, publish};
pub use rows::{Row, Unreadable, rows};

/// Where a row stands, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// Line of a file with one row a line.
    Line(usize),
    /// Row of a list; `line` is where it begins.
    Row {
        /// Which row of the list.
        number: usize,
        /// Line on which it begins; 0 where there is no text.
        line: usize,
    },
    /// Row of a sheet of a workbook, as the program that made it counts.
    Sheet {
        /// Which sheet, from 1.
        sheet: usize,
        /// Which row, from 1; the head is one.
        row: usize,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(out, "line {line}"),
            Place::Row { number, line: 0 } => write!(out, "row {number}"),
            Place::Row { number, line } => write!(out, "row {number} (line {line})"),
            Place::Sheet { sheet: 1, row } => write!(out, "row {row}"),
            Place::Sheet { sheet, row } => write!(out, "sheet {sheet}, row {row}"),
        }
    }
}

/// A row that cannot be published.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct Fault {
    /// Where it stands.
    pub place: Place,
    /// The column that is wrong, of a row of a table.
    pub column: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

impl Fault {
    pub(crate) fn new(place: Place, reason: impl ToString) -> Self {
        Fault { place, column: None, reason: reason.to_string() }
    }

    /// A reason that begins with the name of the column does not name it twice.
    fn sentence(&self) -> String {
        let Fault { place, column, reason } = self;
        match column {
            None => format!("{place}: {reason}"),
            Some(column) => {
                let rest = reason.strip_prefix(column.as_str()).and_then(|rest| rest.strip_prefix(": "));
                format!("{place}, column {column}: {}", rest.unwrap_or(reason))
            }
        }
    }

    /// Of a row, with the column of its table that the reason speaks of.
    pub(crate) fn in_row(place: Place, head: Option<&Head>, reason: impl ToString) -> Self {
        let reason = reason.to_string();
        let column = head.and_then(|head| head.column_of(&reason)).map(str::to_owned);
        Fault { place, column, reason }
    }
}

/// Does a piece of work for each item on all cores, keeping the order. Blocks: not for an async thread.
pub(crate) fn on_all_cores<T: Send, U: Send>(items: Vec<T>, work: impl Fn(T) -> U + Sync) -> Vec<U> {
    const SMALLEST_SHARE: usize = 64;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(cores).max(SMALLEST_SHARE);
    let mut items = items.into_iter();
    let work = &work;
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        loop {
            let part: Vec<T> = items.by_ref().take(share).collect();
            if part.is_empty() {
                break;
            }
            threads.push(scope.spawn(move || part.into_iter().map(work).collect::<Vec<U>>()));
        }
        let join = |thread: std::thread::ScopedJoinHandle<'_, Vec<U>>| match thread.join() {
            Ok(done) => done,
            // What went wrong there goes on here: nothing is left out silently.
            Err(panic) => std::panic::resume_unwind(panic),
        };
        threads.into_iter().flat_map(join).collect()
    })
}
