//! A table of staff: as wide as it needs to be, in a part that scrolls.

use maud::{Markup, html};

/// Rows below their heads. The caption is its name, also where several tables of one page would have the same.
pub(super) fn table(caption: &str, heads: &[String], rows: &Markup) -> Markup {
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table.wide {
                caption.vh { (caption) }
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { (rows) }
            }
        }
    }
}
