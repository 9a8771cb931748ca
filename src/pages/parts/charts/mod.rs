//! Charts as small functions, from counted values to markup. Where it can be, the chart is the table: bars and the heat
//! table are tables, so they reflow, print and are read aloud. The others are drawings with their table behind them.
//! [`drawing`] makes the pictures that are taken away, with their colours as attributes.

pub(in crate::pages) mod bars;
pub(in crate::pages) mod drawing;
pub(in crate::pages) mod heat;
pub(in crate::pages) mod multiples;
pub(in crate::pages) mod years;

/// A value with its count.
pub(in crate::pages) struct Bar {
    /// Plain text.
    pub(in crate::pages) label: String,
    /// Where the records stand that were counted.
    pub(in crate::pages) href: Option<String>,
    pub(in crate::pages) count: u64,
}

/// Counts by two dimensions: rows by columns.
pub(in crate::pages) struct Grid {
    /// With the records of the whole row.
    pub(in crate::pages) rows: Vec<Bar>,
    /// With the records of the whole column.
    pub(in crate::pages) columns: Vec<Bar>,
    /// A count for each column, row by row.
    pub(in crate::pages) cells: Vec<Vec<u64>>,
}

impl Grid {
    /// The largest count; at least 1, so that it can be divided by.
    fn most(&self) -> u64 {
        self.cells.iter().flatten().copied().max().unwrap_or_default().max(1)
    }
}

/// So much of the whole, as a number of at most one digit behind the point; bars begin at zero.
fn share(count: u64, most: u64, whole: f64) -> f64 {
    let share = count as f64 / most.max(1) as f64 * whole;
    (share * 10.0).round() / 10.0
}

/// The largest count of bars, at least 1.
fn most_of(bars: &[Bar]) -> u64 {
    bars.iter().map(|bar| bar.count).max().unwrap_or_default().max(1)
}
