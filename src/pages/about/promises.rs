//! `/{language}/about/accessibility` and `/{language}/about/privacy`: what is promised, and only what is so.

use maud::{Markup, html};

use super::told::{contact, page as whole, section};
use crate::pages::{answer::Answer, visit::Visit};

pub(super) fn accessibility(visit: &Visit) -> Answer {
    let sections = html! {
        (section(visit, "tested", "about-access-tested", &html! {
            p { (visit.say("about-access-tested-text")) }
            ul {
                li { (visit.say("about-access-axe")) }
                li { (visit.say("about-access-contrast")) }
                li { (visit.say("about-access-narrow")) }
                li { (visit.say("about-access-large")) }
                li { (visit.say("about-access-keyboard")) }
                li { (visit.say("about-access-forced")) }
                li { (visit.say("about-access-print")) }
                li { (visit.say("about-access-structure")) }
                li { (visit.say("about-access-script")) }
            }
        }))
        (section(visit, "not-tested", "about-access-not", &html! { p { (visit.say("about-access-not-text")) } }))
        (section(visit, "tell", "about-access-tell", &html! { p { (visit.say("about-access-tell-text")) " " (contact(visit)) } }))
    };
    whole(visit, "foot-accessibility", &html! { (visit.say("about-access-lead")) }, &sections)
}

pub(super) fn privacy(visit: &Visit) -> Answer {
    let sections = html! {
        (section(visit, "cookies", "about-privacy-cookies", &cookies(visit)))
        (section(visit, "log", "about-privacy-log", &html! {
            p { (visit.say("about-privacy-log-text")) }
            p { (visit.say("about-privacy-proxy")) }
        }))
        (section(visit, "staff", "about-privacy-staff", &html! { p { (visit.say("about-privacy-staff-text")) } }))
        (section(visit, "elsewhere", "about-privacy-elsewhere", &html! { p { (visit.say("about-privacy-elsewhere-text")) } p { (contact(visit)) } }))
    };
    whole(visit, "foot-privacy", &html! { (visit.say("about-privacy-lead")) }, &sections)
}

fn cookies(visit: &Visit) -> Markup {
    let hours = visit.hub.config().auth.session.as_secs().div_ceil(3600);
    html! {
        p { (visit.say("about-privacy-cookies-text")) }
        dl.facts {
            dt { code lang="en" { "nmirf-theme" } }
            dd { (visit.say("about-privacy-theme")) }
            dt { code lang="en" { "session-…" } }
            dd { (visit.tell("about-privacy-session", &[("hours", hours.into())])) }
            dt { code lang="en" { "sign-in-…" } }
            dd { (visit.say("about-privacy-departure")) }
        }
    }
}
