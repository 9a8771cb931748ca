//! `/{language}/about/api` and `/{language}/about/feeds`: how programs read what is public here.

use maud::{Markup, html};

use super::told::{page as whole, section};
use crate::{
    pages::{answer::Answer, visit::Visit},
    record::Kind,
};

/// Asks for the newest practice, in words that a shell takes.
const QUERY: &str = "{ practices(first: 1) { totalCount nodes { country title { text language } } } }";

pub(super) fn api(visit: &Visit) -> Answer {
    let hub = visit.hub.entity_id();
    let curl =
        format!("curl -s {hub}/graphql -H 'Content-Type: application/json' \\\n  --data '{{\"query\": \"{QUERY}\"}}'");
    let sections = html! {
        (section(visit, "ask", "about-api-ask", &html! {
            p { (visit.tell("about-api-ask-text", &[("address", code(&format!("{hub}/graphql")).into())])) }
            p { a href=(visit.file("/graphiql")) { (visit.say("about-api-try")) } }
            p { (visit.say("about-api-example")) }
            pre.copy tabindex="0" lang="en" { (curl) }
        }))
        (section(visit, "files", "about-api-files", &html! {
            p { (visit.say("about-api-files-text")) }
            (files(visit))
            p { (visit.say("about-api-narrow")) }
            pre.copy tabindex="0" lang="en" { (hub) "/export/practices.csv?region=AFRICA&in=fr" }
        }))
        (section(visit, "portals", "about-api-portals", &html! {
            p { (visit.tell("about-api-portals-text", &[("address", html! { a href=(visit.file("/catalog.jsonld")) { (code(&format!("{hub}/catalog.jsonld"))) } }.into())])) }
        }))
        (section(visit, "limits", "about-api-limits", &html! { p { (limits(visit)) } p { (visit.say("about-api-documents")) } }))
    };
    whole(visit, "foot-api", &html! { (visit.say("about-api-lead")) }, &sections)
}

fn code(text: &str) -> Markup {
    html! { code lang="en" dir="ltr" { (text) } }
}

fn files(visit: &Visit) -> Markup {
    html! {
        dl.facts {
            @for kind in Kind::ALL {
                @let (plural, name) = (kind.plural(), named(visit, kind));
                dt { (name) }
                dd.row {
                    @for (ending, word) in [("csv", "CSV"), ("xlsx", "XLSX"), ("jsonl", "JSON Lines")] {
                        a href=(visit.file(&format!("/export/{plural}.{ending}"))) { (word) span.vh { " (" (name) ")" } }
                    }
                }
            }
        }
    }
}

fn named(visit: &Visit, kind: Kind) -> String {
    visit.say(&format!("all-{}", kind.plural()))
}

fn limits(visit: &Visit) -> Markup {
    match visit.hub.config().graphql.rate {
        Some(rate) => visit
            .tell("about-api-rate", &[("count", u64::from(rate.count).into()), ("seconds", rate.per.as_secs().into())]),
        None => html! { (visit.say("about-api-rate-none")) },
    }
}

pub(super) fn feeds(visit: &Visit) -> Answer {
    let hub = visit.hub.entity_id();
    let sections = html! {
        (section(visit, "feeds", "about-feeds-list", &html! {
            ul.plain {
                @for kind in Kind::ALL {
                    li { a href=(visit.file(&format!("/feeds/{}.atom?in={}", kind.plural(), visit.language))) { (named(visit, kind)) " (Atom)" } }
                }
            }
        }))
        (section(visit, "calendar", "about-feeds-calendar", &html! {
            p { (visit.say("about-feeds-calendar-text")) }
            p { a href=(visit.file(&format!("/feeds/events.ics?in={}", visit.language))) { (visit.say("all-events")) " (iCalendar)" } }
        }))
        (section(visit, "narrow", "about-feeds-narrow", &html! {
            p { (visit.say("about-feeds-narrow-text")) }
            pre.copy tabindex="0" lang="en" { (hub) "/feeds/practices.atom?theme=consultation&in=" (visit.language) }
        }))
    };
    whole(visit, "foot-feeds", &html! { (visit.say("about-feeds-lead")) }, &sections)
}
