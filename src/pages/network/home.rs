//! The home page.

use maud::html;

use super::super::{
    answer::{Answer, Reply},
    content::Content,
    frame::NAME,
    visit::Visit,
};

/// `/fr`: the same with its slash.
pub(super) fn short(visit: &Visit) -> Answer {
    Ok(Reply::Moved(visit.path("/")))
}

/// `/fr/`.
pub(super) fn page(visit: &Visit) -> Answer {
    Ok(Content::new(NAME, html! { h1 { (NAME) } }).into())
}
