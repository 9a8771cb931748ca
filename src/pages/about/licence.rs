//! `/{language}/about/licence`: under which terms records may be used, hub by hub, as each states it.

use maud::{Markup, html};

use super::told::{contact, page as whole, section};
use crate::{
    catalog::Instance,
    pages::{
        answer::Answer,
        parts::{links, terms, text::shown},
        visit::Visit,
    },
};

/// Most hubs in the table: there are fewer States.
const MOST: usize = 300;

pub(super) fn page(visit: &Visit) -> Answer {
    let own = visit.hub.config().instance.licence.as_deref().map(str::trim).filter(|licence| !licence.is_empty());
    let lead = match own {
        Some(licence) => visit.tell("about-licence-own", &[("licence", link(licence).into())]),
        None => html! { (visit.say("about-licence-none")) },
    };
    let others: Vec<&Instance> = visit
        .snapshot
        .network()
        .instances
        .iter()
        .filter(|instance| !instance.is_self && instance.active)
        .take(MOST)
        .collect();
    let sections = html! {
        @if own.is_none() { p { (contact(visit)) } }
        @if !others.is_empty() {
            (section(visit, "others", "about-licence-others", &html! {
                p { (visit.say("about-licence-others-text")) }
                table {
                    caption.vh { (visit.say("about-licence-others")) }
                    thead { tr { th scope="col" { (visit.say("figures-origin")) } th scope="col" { (visit.say("foot-licence")) } } }
                    tbody {
                        @for instance in others {
                            tr {
                                th scope="row" { (named(visit, instance)) }
                                td { @match instance.licence.as_deref().filter(|licence| !licence.is_empty()) {
                                    Some(licence) => (link(licence)),
                                    None => (visit.say("not-stated")),
                                } }
                            }
                        }
                    }
                }
            }))
        }
        (section(visit, "figures", "figures", &html! { p { (visit.say("about-licence-figures")) } }))
        (section(visit, "program", "about-licence-program", &html! { p { (visit.say("about-licence-program-text")) } }))
    };
    whole(visit, "foot-licence", &lead, &sections)
}

fn named(visit: &Visit, instance: &Instance) -> Markup {
    match instance.country {
        Some(country) => html! { (terms::country(visit, country)) },
        None => html! { bdi { (shown(&instance.name)) } },
    }
}

/// A licence is named by its address on the web; another hub may state anything.
fn link(licence: &str) -> Markup {
    html! {
        @if links::is_web(licence) { a href=(licence) rel="license noopener" { bdi dir="ltr" { (shown(licence)) } } }
        @else { bdi { (shown(licence)) } }
    }
}
