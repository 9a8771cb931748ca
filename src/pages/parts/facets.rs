//! What a list can be narrowed by: one fieldset a facet, with counts that leave the facet's own choice out.

use maud::{Markup, html};

use super::{
    listing::List,
    text::{attribute, cut, shown},
    values,
};
use crate::{address::Name, catalog::Bucket, record::Kind};

/// Values of a facet that stand there at once; the others are one step away.
const SHOWN: usize = 5;
/// Longest name of a value, in characters.
const LONGEST: usize = 90;

/// Facets of a kind, in the order of the page.
pub(super) fn of(kind: Kind) -> impl Iterator<Item = Name> {
    let names: &[Name] = match kind {
        Kind::Practice => &[
            Name::Region,
            Name::Capacity,
            Name::Theme,
            Name::Country,
            Name::Language,
            Name::Type,
            Name::Mechanism,
            Name::Goal,
            Name::Group,
            Name::Compiled,
        ],
        Kind::Mechanism => {
            &[Name::Region, Name::Type, Name::Capacity, Name::Country, Name::Standing, Name::Language, Name::Compiled]
        }
        Kind::Document => &[Name::Type, Name::Theme, Name::Language, Name::Country],
        Kind::Event => &[Name::Type, Name::Mode, Name::Region, Name::Country],
        Kind::Member => &[Name::Region, Name::Role, Name::Status],
    };
    names.iter().copied()
}

/// The facets; open from 62rem on, behind a summary below.
pub(super) fn html(list: &List<'_>) -> Markup {
    let visit = list.visit;
    let chosen: usize = Name::ALL.into_iter().map(|name| list.address.values(name).count()).sum();
    html! {
        details.facets {
            summary {
                (visit.say("list-filter"))
                @if chosen > 0 { " " (visit.tell("list-filter-chosen", &[("count", chosen.into())])) }
            }
            @for (name, buckets) in &list.facets {
                @if name.is_list() { (boxes(list, *name, buckets)) } @else { (either(list, *name, buckets)) }
            }
            (between(list))
            (others(list))
            button.btn { (visit.say("list-show")) }
        }
    }
}

/// Any of several.
fn boxes(list: &List<'_>, name: Name, buckets: &[Bucket]) -> Markup {
    let stated: Vec<(&str, u64)> =
        buckets.iter().filter_map(|bucket| Some((bucket.value.as_deref()?, bucket.count))).collect();
    let is_chosen = |value: &str| list.address.values(name).any(|chosen| chosen.eq_ignore_ascii_case(value));
    let mut rest = Vec::new();
    let mut first = Vec::new();
    for (place, value) in stated.into_iter().enumerate() {
        if place < SHOWN || is_chosen(value.0) { first.push(value) } else { rest.push(value) }
    }
    html! {
        @if !first.is_empty() {
            fieldset {
                legend { (values::name(list.visit, list.address.kind(), name)) }
                @for (value, count) in first { (tick(list, name, value, count, is_chosen(value))) }
                @if !rest.is_empty() {
                    details {
                        summary { (list.visit.tell("list-more", &[("count", rest.len().into())])) }
                        @for (value, count) in rest { (tick(list, name, value, count, false)) }
                    }
                }
            }
        }
    }
}

fn tick(list: &List<'_>, name: Name, value: &str, count: u64, is_chosen: bool) -> Markup {
    let words = values::value(list.visit, list.address.kind(), name, value);
    html! {
        label.tick {
            input type="checkbox" name=(name.as_str()) value=(attribute(value)) checked[is_chosen];
            span { (shown(&cut(&words, LONGEST))) }
            span.n { (list.visit.number(count)) }
        }
    }
}

/// One of two, or both.
fn either(list: &List<'_>, name: Name, buckets: &[Bucket]) -> Markup {
    let chosen = list.address.values(name).next().unwrap_or_default();
    let stated = buckets.iter().filter_map(|bucket| Some((bucket.value.as_deref()?, bucket.count)));
    let stated: Vec<(&str, u64)> = stated.collect();
    html! {
        @if stated.len() > 1 || !chosen.is_empty() {
            fieldset {
                legend { (values::name(list.visit, list.address.kind(), name)) }
                label.tick {
                    input type="radio" name=(name.as_str()) value="" checked[chosen.is_empty()];
                    span { (list.visit.say("list-any")) }
                }
                @for (value, count) in stated {
                    label.tick {
                        input type="radio" name=(name.as_str()) value=(attribute(value)) checked[chosen == value];
                        span { (values::value(list.visit, list.address.kind(), name, value)) }
                        span.n { (list.visit.number(count)) }
                    }
                }
            }
        }
    }
}

/// From and to: years, or days of events.
fn between(list: &List<'_>) -> Markup {
    let (visit, kind) = (list.visit, list.address.kind());
    let (pattern, hint) = match kind {
        Kind::Event => ("[0-9]{4}(-[0-9]{2}){0,2}", "list-days-hint"),
        _ => ("[0-9]{4}", "list-years-hint"),
    };
    html! {
        @if Name::From.is_of(kind) {
            fieldset {
                legend { (visit.say(if kind == Kind::Event { "list-days" } else { "list-years" })) }
                p.quiet #between { (visit.say(hint)) }
                div.span {
                    @for (name, id) in [(Name::From, "from"), (Name::To, "to")] {
                        div {
                            label for=(id) { (values::name(visit, kind, name)) }
                            input id=(id) name=(name.as_str()) type="text" inputmode="numeric" pattern=(pattern)
                                maxlength="10" size="10" dir="ltr" aria-describedby="between"
                                value=[list.address.values(name).next()];
                        }
                    }
                }
            }
        }
    }
}

/// What the address asks for and no facet shows is kept.
fn others(list: &List<'_>) -> Markup {
    let shown =
        |name: &Name| of(list.address.kind()).any(|facet| facet == *name) || matches!(name, Name::From | Name::To);
    html! {
        @for name in Name::ALL.into_iter().filter(|name| !shown(name)) {
            @for value in list.address.values(name) {
                input type="hidden" name=(name.as_str()) value=(attribute(value));
            }
        }
    }
}
