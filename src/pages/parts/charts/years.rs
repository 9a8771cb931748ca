//! A time axis with a column a year. It runs from left to right in every language, as maps do.

use maud::{Markup, html};

use super::share;
use crate::pages::visit::Visit;

/// The drawing: its size, where the axis lies, and how far it runs.
const WIDTH: f64 = 870.0;
const HEIGHT: u32 = 166;
const AXIS: f64 = 138.5;
const FIRST: f64 = 10.0;
const RUN: f64 = 850.0;
/// Height of the highest column.
const HIGHEST: f64 = 104.0;
/// Up to so many records in a year each is a square of its own.
const SQUARES: u64 = 8;
/// Side of a square, and of it with its gap.
const SIDE: f64 = 11.0;
const PITCH: f64 = 13.0;
/// Most ticks of the axis.
const MOST_TICKS: i32 = 10;

/// Records a year, by year.
pub(in crate::pages) struct Years {
    /// Not empty, by rising year.
    pub(in crate::pages) counts: Vec<(i32, u64)>,
    /// How many state none.
    pub(in crate::pages) not_stated: u64,
}

impl Years {
    /// From the first year to the last.
    fn span(&self) -> (i32, i32) {
        let year = |found: Option<&(i32, u64)>| found.map_or(0, |(year, _)| *year);
        (year(self.counts.first()), year(self.counts.last()))
    }

    /// The year with most records, the latest of several.
    fn most(&self) -> (i32, u64) {
        self.counts.iter().copied().max_by_key(|(year, count)| (*count, *year)).unwrap_or_default()
    }
}

/// What the drawing says, in a sentence.
pub(in crate::pages) fn sentence(visit: &Visit, years: &Years) -> String {
    let ((first, _), (year, count)) = (years.span(), years.most());
    visit.label(
        "charts-years",
        &[
            ("first", (&first.to_string()).into()),
            ("year", (&year.to_string()).into()),
            ("count", count.into()),
            ("missing", years.not_stated.into()),
        ],
    )
}

/// The drawing, in a region that scrolls, then its table.
pub(in crate::pages) fn figure(visit: &Visit, title: &str, of: &str, counted: &str, years: &Years) -> Markup {
    html! {
        div.scroll role="region" aria-label=(visit.label("charts-scrolls", &[("title", title.into())])) tabindex="0" {
            svg.chart.wide viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(sentence(visit, years)) {
                (inside(visit, years))
            }
        }
        details { summary { (visit.say("charts-table")) } (table(visit, title, of, counted, years)) }
    }
}

/// Width and height of what [`inside`] draws.
pub(super) const SIZE: (f64, f64) = (WIDTH, HEIGHT as f64);

/// What stands in the drawing.
pub(super) fn inside(visit: &Visit, years: &Years) -> Markup {
    let (first, last) = years.span();
    let pitch = RUN / f64::from(last.saturating_sub(first).saturating_add(1).max(1));
    let middle = |year: i32| FIRST + (f64::from(year.saturating_sub(first)) + 0.5) * pitch;
    let ((year, count), every) = (years.most(), ticks(first, last));
    html! {
        path.axis d={ "M" (FIRST) " " (AXIS) "h" (RUN) } {}
        @for tick in (first..=last).filter(|year| year % every == 0).take(MOST_TICKS as usize + 1) {
            path.axis d={ "M" (one(middle(tick))) " " (AXIS) "v6" } {}
            text x=(one(middle(tick))) y="159" text-anchor="middle" { (tick) }
        }
        @for (of, records) in &years.counts { (column(middle(*of), pitch, *records, count)) }
        @let words = visit.label("charts-in-year", &[("count", count.into()), ("year", (&year.to_string()).into())]);
        text x=(one(middle(year).clamp(60.0, WIDTH - 60.0))) y=(one(AXIS - 8.5 - height(count, count))) text-anchor="middle" { (words) }
        @if first != year {
            text x=(one(middle(first).clamp(30.0, WIDTH - 30.0))) y=(one(AXIS - 8.5 - height(years.counts.first().map_or(0, |(_, count)| *count), count)))
                text-anchor="middle" { (first) }
        }
    }
}

/// Height of a column.
fn height(records: u64, most: u64) -> f64 {
    match most <= SQUARES {
        true => records as f64 * PITCH,
        false => share(records, most, HIGHEST),
    }
}

fn column(middle: f64, pitch: f64, records: u64, most: u64) -> Markup {
    let wide = (pitch - 2.0).clamp(1.0, SIDE);
    let left = one(middle - wide / 2.0);
    html! {
        @if most <= SQUARES {
            @for place in 0..records {
                rect x=(left) y=(one(AXIS - 0.5 - PITCH * (place + 1) as f64)) width=(one(wide)) height=(SIDE) fill="currentColor" {}
            }
        } @else {
            @let high = height(records, most).max(1.0);
            rect x=(left) y=(one(AXIS - 0.5 - high)) width=(one(wide)) height=(one(high)) fill="currentColor" {}
        }
    }
}

/// Years between two ticks.
fn ticks(first: i32, last: i32) -> i32 {
    let span = last.saturating_sub(first);
    [1, 2, 5, 10, 20, 50, 100, 200].into_iter().find(|every| span / every < MOST_TICKS).unwrap_or(500)
}

/// One digit behind the point is enough.
fn one(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn table(visit: &Visit, title: &str, of: &str, counted: &str, years: &Years) -> Markup {
    html! {
        table {
            caption.vh { (title) }
            thead { tr { th scope="col" { (of) } th.num scope="col" { (counted) } } }
            tbody {
                @for (year, count) in years.counts.iter().rev() {
                    tr { th scope="row" { (year) } td.num { (visit.number(*count)) } }
                }
                @if years.not_stated > 0 {
                    tr { th scope="row" { (visit.say("not-stated")) } td.num { (visit.number(years.not_stated)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_few_ticks_however_long_it_is() {
        assert_eq!((ticks(2019, 2026), ticks(1978, 2026), ticks(1, 2100)), (1, 5, 500));
        assert_eq!((ticks(2020, 2020), ticks(0, i32::MAX)), (1, 500));
    }

    #[test]
    fn the_first_and_the_fullest_year_are_known() {
        let years = Years { counts: vec![(1978, 1), (2010, 3), (2019, 3)], not_stated: 2 };
        assert_eq!((years.span(), years.most()), ((1978, 2019), (2019, 3)));
    }
}
