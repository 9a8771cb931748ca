//! The heat table: the number stands in every cell, and its ground is darker where there are more.

use maud::{Markup, html};

use super::{Grid, bars::label};
use crate::pages::{parts::text::shown, visit::Visit};

/// Steps above nothing.
const STEPS: u64 = 5;

/// Which of the five steps; 0 for nothing.
pub(super) fn step(count: u64, most: u64) -> u64 {
    count.saturating_mul(STEPS).div_ceil(most.max(1))
}

/// The class of a step: colours stand in the style sheet.
fn class(count: u64, most: u64) -> &'static str {
    match step(count, most) {
        0 => "h0",
        1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        _ => "h5",
    }
}

/// The table, in a region that scrolls where it is wider than the screen.
pub(in crate::pages) fn table(visit: &Visit, title: &str, of: &str, grid: &Grid) -> Markup {
    let most = grid.most();
    html! {
        div.scroll role="region" aria-label=(visit.label("charts-scrolls", &[("title", title.into())])) tabindex="0" {
            table.heat {
                caption.vh { (visit.tell("charts-darker", &[("title", title.into())])) }
                thead {
                    tr {
                        th scope="col" { (of) }
                        @for column in &grid.columns { th scope="col" { (shown(&column.label)) } }
                        th scope="col" { (visit.say("charts-all")) }
                    }
                }
                tbody {
                    @for (row, cells) in grid.rows.iter().zip(&grid.cells) {
                        tr {
                            th scope="row" { (label(row)) }
                            @for count in cells { td class=(class(*count, most)) { (number(visit, *count)) } }
                            td { b { (visit.number(row.count)) } }
                        }
                    }
                }
            }
        }
    }
}

/// A dash for nothing, which is read as 0.
fn number(visit: &Visit, count: u64) -> Markup {
    html! {
        @if count == 0 { span aria-hidden="true" { "–" } span.vh { "0" } } @else { (visit.number(count)) }
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn the_ground_is_darker_where_there_are_more() {
        let steps: Vec<u64> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(|count| step(count, 10)).to_vec();
        assert_eq!(steps, [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!((step(1, 1), step(0, 0)), (5, 0));
    }
}
