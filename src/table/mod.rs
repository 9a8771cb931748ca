//! Records as tables for people: which columns each kind has, how a value stands in a cell, and how a cell is read again.
//! CSV and XLSX, export and import all go through here, so what one instance writes another reads: a body goes into a row
//! and comes back the same. Pure.
//!
//! **Names.** Columns have the schema's names. A text by languages has a column for each language: `title_en`, `title_fr`
//! (`title[fr]` is read too). A table in one language has `title` and, once, `language`: it is for reading only.
//!
//! **Cells.** Lists of codes and numbers: `a; b`. Lists of texts, sources and records: one a line, sources and editions as
//! `title <address>` and `fr <address>`, a record of another origin as `kind/uuid <origin>`. Whatever a cell cannot say
//! (members that this version does not know) stands as JSON in the last column, `other`.

mod cells;
mod columns;
mod escape;
mod head;
mod items;
mod plan;
#[cfg(test)]
mod tests;
mod text;

pub use cells::Cell;
pub use columns::{Column, Shape, columns, texts};
pub use escape::{guard, unguard};
pub use head::{CellFault, Head, HeadFault};
pub use plan::{About, Plan};
pub use text::CsvText;

/// Columns that a table has besides those of the body, before it.
pub(crate) const BEFORE: [&str; 2] = ["id", "audience"];
/// The same after it. What stands in the last but one says when the revision was signed; the address leads to the page.
pub(crate) const AFTER: [&str; 4] = ["origin", "revision", "updatedAt", "address"];
/// The column of what no other column can say.
pub(crate) const OTHER: &str = "other";
/// The column that says in which language the texts of a row are, in a table for reading.
pub(crate) const LANGUAGE: &str = "language";
/// Columns that a row may have for an import alone.
pub(crate) const FOR_IMPORT: [&str; 2] = ["kind", "withdraw"];

/// Ends a text that was cut because a cell of a workbook holds no more; an import refuses it.
pub const CUT: &str = "… [cut here: a cell of a workbook holds no more; CSV and JSON Lines have all of it]";

/// Most languages of a table: those that most records have; the others stand in `other`.
pub const MOST_LANGUAGES: usize = 40;
