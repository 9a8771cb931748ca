//! What pages about the hub share.

use maud::{Markup, html};

use crate::pages::{
    answer::Answer,
    content::{Content, Section},
    parts::{links, text::shown},
    visit::Visit,
};

/// The pages about the hub, in the order in which they are listed: path, title, what one finds there.
pub(super) const PAGES: [(&str, &str, &str); 7] = [
    ("/about/method", "foot-method", "about-find-method"),
    ("/about/sources", "about-sources", "about-find-sources"),
    ("/about/api", "foot-api", "about-find-api"),
    ("/about/feeds", "foot-feeds", "about-find-feeds"),
    ("/about/licence", "foot-licence", "about-find-licence"),
    ("/about/accessibility", "foot-accessibility", "about-find-accessibility"),
    ("/about/privacy", "foot-privacy", "about-find-privacy"),
];

/// A page below `/about`.
pub(super) fn page(visit: &Visit, title: &str, lead: &Markup, sections: &Markup) -> Answer {
    let title = visit.say(title);
    let main = html! {
        div.head { h1 { (title) } }
        p.lead { (lead) }
        (sections)
    };
    Ok(Content::new(title, main).within(Section::About).under("/about", visit.say("about")).into())
}

/// A section with its title in the margin.
pub(super) fn section(visit: &Visit, id: &str, title: &str, inside: &Markup) -> Markup {
    html! {
        section.sec aria-labelledby=(id) {
            h2 id=(id) { (visit.say(title)) }
            div.text { (inside) }
        }
    }
}

/// How the people who run the hub can be reached, as they state it; says so where they state nothing.
pub(super) fn contact(visit: &Visit) -> Markup {
    let stated = visit.hub.config().instance.contact.as_deref().map(str::trim).filter(|contact| !contact.is_empty());
    html! {
        @match stated {
            Some(contact) => (visit.tell("about-contact", &[("contact", links::contact(contact).into())])),
            None => (visit.say("about-contact-none")),
        }
    }
}

/// A text that exists in English alone: names of programs, sources as they were written.
pub(super) fn english(text: &str) -> Markup {
    html! { bdi lang="en" dir="ltr" { (shown(text)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    #[test]
    fn every_page_is_named_in_six_languages() {
        for (_, title, found) in PAGES {
            for language in texts::LANGUAGES {
                assert!(texts::say(language, title, None) != title && texts::say(language, found, None) != found);
            }
        }
    }
}
