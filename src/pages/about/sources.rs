//! `/{language}/about/sources`: where the lists of codes, names, the map and the first records come from.

use maud::html;

use super::told::{english, page as whole, section};
use crate::{
    pages::{answer::Answer, visit::Visit},
    record::vocabulary::{Vocabulary, source, terms},
};

/// The lists with their names.
const LISTS: [(Vocabulary, &str); 9] = [
    (Vocabulary::Themes, "about-list-themes"),
    (Vocabulary::Capacities, "about-list-capacities"),
    (Vocabulary::MechanismTypes, "about-list-mechanism-types"),
    (Vocabulary::UnMechanisms, "about-list-un-mechanisms"),
    (Vocabulary::SdgGoals, "about-list-goals"),
    (Vocabulary::AffectedGroups, "about-list-groups"),
    (Vocabulary::RegionalGroups, "about-list-regions"),
    (Vocabulary::DocumentTypes, "about-list-document-types"),
    (Vocabulary::EventTypes, "about-list-event-types"),
];

pub(super) fn page(visit: &Visit) -> Answer {
    let sections = html! {
        (section(visit, "lists", "about-sources-lists", &html! {
            div.scroll role="region" aria-label=(visit.label("charts-scrolls", &[("title", (&visit.say("about-sources-lists")).into())])) tabindex="0" {
                table {
                    caption.vh { (visit.say("about-sources-lists")) }
                    thead { tr {
                        th scope="col" { (visit.say("about-sources-list")) }
                        th.num scope="col" { (visit.say("about-sources-codes")) }
                        th scope="col" { (visit.say("figures-source")) }
                    } }
                    tbody {
                        @for (list, name) in LISTS {
                            tr {
                                th scope="row" { (visit.say(name)) }
                                td.num { (visit.number(terms(list).len() as u64)) }
                                td { (english(source(list))) }
                            }
                        }
                    }
                }
            }
        }))
        (section(visit, "names", "about-sources-names", &html! { p { (visit.say("about-sources-names-text")) } }))
        (section(visit, "map", "about-sources-map", &html! { p { (visit.say("about-sources-map-text")) } }))
        (section(visit, "first", "about-sources-first", &html! { p { (visit.say("about-sources-first-text")) } }))
    };
    whole(visit, "about-sources", &html! { (visit.say("about-sources-lead")) }, &sections)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    #[test]
    fn every_list_is_named_in_six_languages() {
        assert_eq!(LISTS.map(|(list, _)| list), Vocabulary::ALL);
        for (_, name) in LISTS {
            assert!(texts::LANGUAGES.iter().all(|language| texts::say(language, name, None) != name), "{name}");
        }
    }
}
