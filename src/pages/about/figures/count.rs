//! Counting: from a choice to bars, a grid or years. Nothing walks over all records: each count is the size of a set that
//! the catalogue keeps, or of what two of them share.

use super::{Figure, Shape, choice::Choice};
use crate::{
    address::Name,
    catalog::{Dimension, Filter},
    graphql,
    pages::{
        parts::{
            charts::{Bar, Grid, years::Years},
            terms,
        },
        visit::Visit,
    },
    record::{Kind, vocabulary},
};

/// Most bars of a figure, and most rows and columns of a grid; all values stand in its CSV file.
const MOST_BARS: usize = 20;
const MOST_COLUMNS: usize = 8;

/// What was counted.
pub(super) enum Counted {
    /// Bars, and how many more values there are.
    Bars(Vec<Bar>, usize),
    Grid(Grid),
    Years(Years),
    /// There is nothing to count.
    Nothing,
}

pub(super) fn count(visit: &Visit, choice: &Choice, figure: Figure) -> Counted {
    let counting = Counting { visit, choice, figure, filter: choice.filter(visit, figure.kind()) };
    match (figure.shape(), figure.dimensions()) {
        (Shape::Years, [dimension, ..]) => counting.years(*dimension),
        (Shape::Bars, [dimension, ..]) => counting.bars(*dimension),
        (Shape::Heat | Shape::Multiples, [rows, columns, ..]) => counting.grid(*rows, *columns),
        _ => Counted::Nothing,
    }
}

/// Values with their counts, those that are not stated last.
type Values = Vec<(Option<Box<str>>, u64)>;

struct Counting<'a> {
    visit: &'a Visit,
    choice: &'a Choice,
    figure: Figure,
    filter: Filter,
}

impl Counting<'_> {
    fn by(&self, filter: &Filter, dimension: Dimension) -> Values {
        let rows = self.choice.select(self.visit, filter).statistics(&[dimension]);
        let mut values: Values =
            rows.into_iter().map(|row| (row.values.into_iter().next().flatten(), row.count)).collect();
        values.sort_by_key(|(value, _)| value.is_none());
        values
    }

    fn bar(&self, dimension: Dimension, value: Option<&str>, count: u64) -> Bar {
        let kind = self.figure.kind();
        let name = Name::ALL.into_iter().find(|name| name.dimension(kind) == Some(dimension));
        let href = name.zip(value).and_then(|(name, value)| self.choice.list(self.visit, kind, name, value));
        Bar { label: label(self.visit, kind, dimension, value), href, count }
    }

    fn bars(&self, dimension: Dimension) -> Counted {
        let values = self.by(&self.filter, dimension);
        let more = values.len().saturating_sub(MOST_BARS);
        let shown = values.iter().take(MOST_BARS);
        let bars: Vec<Bar> = shown.map(|(value, count)| self.bar(dimension, value.as_deref(), *count)).collect();
        if bars.is_empty() { Counted::Nothing } else { Counted::Bars(bars, more) }
    }

    fn years(&self, dimension: Dimension) -> Counted {
        let mut years = Years { counts: Vec::new(), not_stated: 0 };
        for (value, count) in self.by(&self.filter, dimension) {
            match value.as_deref().map(str::parse) {
                Some(Ok(year)) => years.counts.push((year, count)),
                Some(Err(_)) => {}
                None => years.not_stated = count,
            }
        }
        years.counts.sort_unstable();
        if years.counts.is_empty() { Counted::Nothing } else { Counted::Years(years) }
    }

    fn grid(&self, rows: Dimension, columns: Dimension) -> Counted {
        let in_rows = self.by(&self.filter, rows);
        let mut in_columns = self.by(&self.filter, columns);
        in_columns.sort_by_key(|(value, _)| place(self.figure.kind(), columns, value.as_deref()));
        in_columns.truncate(MOST_COLUMNS);
        let stated: Vec<Box<str>> = in_rows.iter().filter_map(|(value, _)| value.clone()).collect();
        let mut grid = Grid { rows: Vec::new(), columns: Vec::new(), cells: Vec::new() };
        for (value, count) in in_rows.iter().take(MOST_BARS) {
            let filter = match value {
                Some(value) => self.filter.clone().any(rows, [value.clone()]),
                None => self.filter.clone().not(Filter::of(self.figure.kind()).any(rows, stated.clone())),
            };
            let counts = self.by(&filter, columns);
            let of = |column: &Option<Box<str>>| {
                counts.iter().find(|(value, _)| value == column).map_or(0, |(_, count)| *count)
            };
            grid.cells.push(in_columns.iter().map(|(column, _)| of(column)).collect());
            grid.rows.push(self.bar(rows, value.as_deref(), *count));
        }
        grid.columns = in_columns.iter().map(|(value, count)| self.bar(columns, value.as_deref(), *count)).collect();
        if grid.rows.is_empty() { Counted::Nothing } else { Counted::Grid(grid) }
    }
}

/// The place of a value in its list: what is in none comes behind, what is not stated last.
fn place(kind: Kind, dimension: Dimension, value: Option<&str>) -> usize {
    let Some(value) = value else { return usize::MAX };
    let list = graphql::values_named(kind, dimension).map_or(&[][..], vocabulary::terms);
    list.iter().position(|term| &*term.code == value).unwrap_or(list.len())
}

/// The name of a value; goals have their number with it, by which they are known.
pub(super) fn label(visit: &Visit, kind: Kind, dimension: Dimension, value: Option<&str>) -> String {
    let named = terms::value(visit, kind, dimension, value);
    match (dimension, value) {
        (Dimension::SdgGoal, Some(number)) => format!("{number}. {named}"),
        _ => named,
    }
}
