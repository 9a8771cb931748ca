//! Small multiples: the same few bars for each row of a grid, on one scale.

use maud::{Markup, html};

use super::{Grid, share};
use crate::pages::{parts::text::shown, visit::Visit};

/// Width of a drawing, and of its longest bar: the number stands behind it.
const WIDTH: f64 = 162.0;
const LONGEST: f64 = 128.0;
/// Height of a bar with its name.
const LINE: usize = 36;

/// A drawing a row, each with a sentence that says the same; then the table.
pub(in crate::pages) fn figures(visit: &Visit, title: &str, of: &str, grid: &Grid) -> Markup {
    html! {
        div.many {
            @for (row, cells) in grid.rows.iter().zip(&grid.cells) {
                figure {
                    figcaption { (shown(&row.label)) " " span.quiet { (visit.number(row.count)) } }
                    (drawing(visit, grid, &row.label, cells))
                }
            }
        }
        details { summary { (visit.say("charts-table")) } (table(visit, title, of, grid)) }
    }
}

fn drawing(visit: &Visit, grid: &Grid, name: &str, cells: &[u64]) -> Markup {
    let height = LINE * cells.len();
    let said: Vec<String> = grid
        .columns
        .iter()
        .zip(cells)
        .map(|(column, count)| format!("{} {}", column.label, visit.number(*count)))
        .collect();
    let said = format!("{name}{}{}", visit.say("colon"), visit.list(&said));
    let most = grid.most();
    let is_mirrored = visit.language == "ar";
    let at = |x: f64| if is_mirrored { WIDTH - x } else { x };
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label=(said) {
            @for (place, (column, count)) in grid.columns.iter().zip(cells).enumerate() {
                @let (top, length) = (LINE * place, share(*count, most, LONGEST));
                text x=(at(0.0)) y=(top + 12) { (shown(&column.label)) }
                path.axis d={ "M" (at(0.5)) " " (top + 19) "v11" } {}
                rect x=(if is_mirrored { WIDTH - length } else { 0.0 }) y=(top + 20) width=(length) height="9" fill="currentColor" {}
                text x=(at(length + 5.0)) y=(top + 29) { (visit.number(*count)) }
            }
        }
    }
}

fn table(visit: &Visit, title: &str, of: &str, grid: &Grid) -> Markup {
    html! {
        div.scroll role="region" aria-label=(visit.label("charts-scrolls", &[("title", title.into())])) tabindex="0" {
            table {
                caption.vh { (title) }
                thead {
                    tr {
                        th scope="col" { (of) }
                        @for column in &grid.columns { th.num scope="col" { (shown(&column.label)) } }
                    }
                }
                tbody {
                    @for (row, cells) in grid.rows.iter().zip(&grid.cells) {
                        tr {
                            th scope="row" { (shown(&row.label)) }
                            @for count in cells { td.num { (visit.number(*count)) } }
                        }
                    }
                }
            }
        }
    }
}
