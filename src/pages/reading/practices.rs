//! The list of practices.

use super::super::{answer::Answer, content::Section, parts::listing::List, visit::Visit};
use crate::record::Kind;

/// `/fr/practices`.
pub(super) fn page(visit: &Visit) -> Answer {
    let list = List::open(visit, Kind::Practice)?;
    let title = visit.say("practices");
    let lead = visit.say("practices-lead");
    let main = maud::html! {
        (list.head(&title, &lead))
        (list.html())
    };
    Ok(list.content(title, main).describe(lead).within(Section::Practices).into())
}
