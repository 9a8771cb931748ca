//! `/{language}/about/method`: how copies are checked, and what their marks mean.

use maud::html;

use super::told::{page as whole, section};
use crate::pages::{answer::Answer, parts::marks::Level, visit::Visit};

/// The marks with their meanings.
const LEVELS: [(Level, &str); 6] = [
    (Level::Own, "about-level-own"),
    (Level::Hour, "about-level-hour"),
    (Level::Day, "about-level-day"),
    (Level::Week, "about-level-week"),
    (Level::Older, "about-level-older"),
    (Level::Conflict, "about-level-conflict"),
];

pub(super) fn page(visit: &Visit) -> Answer {
    let minutes = visit.hub.config().sync.interval.as_secs().div_ceil(60);
    let command = html! { code lang="en" dir="ltr" { "nmirf-hub verify" } };
    let sections = html! {
        (section(visit, "way", "about-method-way", &html! {
            ol {
                li { (visit.say("about-method-signed")) }
                li { (visit.say("about-method-register")) }
                li { (visit.tell("about-method-asked", &[("minutes", minutes.into())])) }
                li { (visit.say("about-method-whole")) }
                li { (visit.say("about-method-shown")) }
            }
        }))
        (section(visit, "age", "about-method-age", &html! {
            p { (visit.say("about-method-age-text")) }
            ul.plain.legend { @for (level, words) in LEVELS { li { span.fresh { (level.bar()) span { (visit.say(words)) } } } } }
        }))
        (section(visit, "words", "about-method-words", &html! { p { (visit.say("about-method-words-text")) } }))
        (section(visit, "self", "about-method-self", &html! {
            p { (visit.tell("about-method-self-text", &[("command", command.into())])) }
            p { a href=(visit.path("/network")) { (visit.say("strip-network")) } }
        }))
        (section(visit, "limits", "about-method-limits", &html! { p { (visit.say("about-method-limits-text")) } }))
    };
    whole(visit, "foot-method", &html! { (visit.say("about-method-lead")) }, &sections)
}

#[cfg(test)]
mod tests {
    use super::LEVELS;
    use crate::texts;

    #[test]
    fn every_mark_is_explained_in_six_languages() {
        for (_, words) in LEVELS {
            assert!(texts::LANGUAGES.iter().all(|language| texts::say(language, words, None) != words), "{words}");
        }
    }
}
