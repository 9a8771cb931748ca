//! `/{language}/about`: what this hub is, and who runs it.

use maud::html;

use super::told::{PAGES, contact, english, section};
use crate::{
    hub::PROGRAM,
    pages::{
        answer::Answer,
        content::{Content, Section},
        visit::Visit,
    },
};

pub(super) fn page(visit: &Visit) -> Answer {
    let title = visit.say("foot-about");
    let main = html! {
        div.head { h1 { (title) } }
        p.lead { (visit.say("about-lead")) }
        (section(visit, "how", "about-how", &html! { p { (visit.say("about-how-text")) } p { (visit.say("foot-about-text")) } }))
        (section(visit, "more", "about-more", &html! {
            dl.facts {
                @for (path, title, found) in PAGES {
                    dt { a href=(visit.path(path)) { (visit.say(title)) } }
                    dd { (visit.say(found)) }
                }
            }
        }))
        (section(visit, "who", "about-who", &html! {
            p { (visit.tell("about-who-runs", &[("name", visit.hub.config().instance.name.as_str().into())])) " " (contact(visit)) }
            p.quiet { (visit.tell("about-version", &[("version", english(PROGRAM).into())])) }
        }))
    };
    Ok(Content::new(title, main).within(Section::About).describe(visit.say("about-lead")).into())
}
