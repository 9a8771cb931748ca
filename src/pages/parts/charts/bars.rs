//! Bars: a table with a bar in a cell.

use maud::{Markup, html};

use super::{Bar, most_of, share};
use crate::pages::{parts::text::shown, visit::Visit};

/// The table. `title` names it, `of` is the heading of the values, `counted` that of the counts.
pub(in crate::pages) fn table(visit: &Visit, title: &str, of: &str, counted: &str, bars: &[Bar]) -> Markup {
    let most = most_of(bars);
    html! {
        table.bars {
            caption.vh { (title) }
            thead.vh {
                tr {
                    th scope="col" { (of) }
                    th scope="col" { (visit.say("charts-bar")) }
                    th scope="col" { (counted) }
                }
            }
            tbody {
                @for bar in bars {
                    tr {
                        th scope="row" { (label(bar)) }
                        td.b {
                            svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
                                rect width=(share(bar.count, most, 100.0)) height="10" fill="currentColor" {}
                            }
                        }
                        td.num { (visit.number(bar.count)) }
                    }
                }
            }
        }
    }
}

/// The name of a value, leading to its records where there is a way.
pub(super) fn label(bar: &Bar) -> Markup {
    html! {
        @match &bar.href {
            Some(href) => a href=(href) { (shown(&bar.label)) },
            None => (shown(&bar.label)),
        }
    }
}
