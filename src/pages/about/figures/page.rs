//! `/{language}/figures`.

use maud::{Markup, html};

use super::{Figure, choice::Choice, count::label, name_of, shown};
use crate::{
    address::Name,
    catalog::Dimension,
    graphql,
    pages::{
        answer::Answer,
        content::{Content, Section},
        parts::text::shown as safe,
        visit::Visit,
    },
    record::{Kind, vocabulary},
};

/// What can be chosen on the page itself; what else the address asks is kept.
const SELECTS: [(Name, Dimension, &str); 4] = [
    (Name::Region, Dimension::Region, "figures-all-regions"),
    (Name::Capacity, Dimension::Capacity, "figures-all-capacities"),
    (Name::Theme, Dimension::Theme, "figures-all-themes"),
    (Name::Compiled, Dimension::Compiled, "figures-all-sources"),
];

pub(in crate::pages::about) fn page(visit: &Visit) -> Answer {
    let choice = Choice::read(visit, &visit.query)?;
    let filter = choice.filter(visit, Kind::Practice);
    let practices = choice.select(visit, &filter);
    let stated = practices.statistics(&[Dimension::Country]);
    let states = stated.iter().filter(|row| row.values.iter().all(Option::is_some)).count();
    let main = html! {
        div.head {
            h1 { (visit.say("figures")) }
            p { (lead(visit, practices.count(), states)) }
        }
        (form(visit, &choice))
        (chips(visit, &choice))
        div.note {
            p { (visit.say("figures-what")) }
            @if choice.is_of_practices_alone() { p { (visit.say("figures-shared")) } }
        }
        @for figure in Figure::ALL { (shown::section(visit, &choice, figure)) }
    };
    let described = visit.say("figures-what");
    Ok(Content::new(visit.say("figures"), main).within(Section::Figures).describe(described).into())
}

/// How many, of how many States, and when they were counted.
pub(super) fn lead(visit: &Visit, practices: u64, states: usize) -> Markup {
    let practices = html! { (visit.label("figures-practices", &[("count", practices.into())])) };
    let states = html! { (visit.label("figures-states", &[("count", states.into())])) };
    let moment = html! { (visit.moment(visit.now)) };
    visit.tell("figures-lead", &[("practices", practices.into()), ("states", states.into()), ("moment", moment.into())])
}

fn form(visit: &Visit, choice: &Choice) -> Markup {
    let address = &choice.address;
    let kept = Name::ALL.into_iter().filter(|name| SELECTS.iter().all(|(select, ..)| select != name));
    html! {
        form.tools action=(visit.path("/figures")) {
            @if let Some(question) = address.question() { input type="hidden" name="q" value=(question); }
            @for name in kept {
                @for value in address.values(name) { input type="hidden" name=(name.as_str()) value=(value); }
            }
            div.row {
                @for (name, dimension, all) in SELECTS { (select(visit, choice, name, dimension, all)) }
                button.btn.line { (visit.say("figures-show")) }
            }
            p.quiet { (visit.say("figures-kept")) }
        }
    }
}

fn select(visit: &Visit, choice: &Choice, name: Name, dimension: Dimension, all: &str) -> Markup {
    let chosen: Vec<&str> = choice.address.values(name).collect();
    let id = format!("figures-{}", name.as_str());
    html! {
        span.pick {
            label for=(id) { (name_of(visit, dimension).unwrap_or_default()) }
            select id=(id) name=(name.as_str()) {
                option value="" { (visit.say(all)) }
                @for value in values(dimension) {
                    // Of several that the address names, chips show all; a list to choose one from shows the first.
                    option value=(value) selected[chosen.first() == Some(&value)] {
                        (label(visit, Kind::Practice, dimension, Some(value)))
                    }
                }
            }
        }
    }
}

fn values(dimension: Dimension) -> Vec<&'static str> {
    match graphql::values_named(Kind::Practice, dimension) {
        Some(list) => vocabulary::terms(list).iter().map(|term| &*term.code).collect(),
        None => vec!["false", "true"],
    }
}

fn chips(visit: &Visit, choice: &Choice) -> Markup {
    let chosen = choice.chosen(visit);
    html! {
        @if !chosen.is_empty() {
            ul.tags.chips aria-label=(visit.say("figures-chips")) {
                @for (words, without) in &chosen {
                    li {
                        a href=(shown::with_query(visit.path("/figures"), &without.to_string())) {
                            span.vh { (visit.say("figures-remove")) " " } (safe(words))
                        }
                    }
                }
                li.clear { a href=(visit.path("/figures")) { (visit.say("figures-clear")) } }
            }
        }
    }
}
