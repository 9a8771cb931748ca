//! What is chosen, each a link to the same list without it.

use maud::{Markup, html};

use super::{
    super::visit::Visit,
    listing::List,
    text::{attribute, cut},
    values,
};
use crate::{
    address::{Address, Name},
    record::Kind,
};

/// Longest name of a value, in characters.
const LONGEST: usize = 60;

/// The chips.
pub(super) fn html(list: &List<'_>) -> Markup {
    let visit = list.visit;
    let chosen = chosen(&list.address);
    html! {
        @if !chosen.is_empty() {
            ul.tags.chips aria-label=(visit.say("list-chosen")) {
                @for (name, value) in chosen {
                    li {
                        a href=(list.href(&list.address.clone().without(name, value))) {
                            span.vh { (visit.say("list-remove")) " " }
                            (words(visit, list.address.kind(), name, value))
                        }
                    }
                }
                li.clear {
                    a href=(list.href(&Address::of(list.address.kind()))) { (visit.say("list-clear")) }
                }
            }
        }
    }
}

/// `Region: African Group`.
pub(super) fn words(visit: &Visit, kind: Kind, name: Name, value: &str) -> Markup {
    let said = values::value(visit, kind, name, value);
    let said = cut(&attribute(&said), LONGEST).into_owned();
    let name = values::name(visit, kind, name);
    visit.tell("list-chip", &[("name", name.as_str().into()), ("value", said.as_str().into())])
}

/// Names and values of an address, but for words, order and page.
pub(super) fn chosen(address: &Address) -> Vec<(Name, &str)> {
    Name::ALL.into_iter().flat_map(|name| address.values(name).map(move |value| (name, value))).collect()
}
