//! The language line of a record: in which language one reads it, whether that is the original, and in which others it
//! exists. `?in=fr` shows another one, while the page stays in its own.

use maud::{Markup, html};

use super::{
    super::{frame::TONGUES, visit::Visit},
    terms,
    text::direction,
};
use crate::{
    catalog::Published,
    record::{Chosen, LanguageTag, LocalizedText},
};

/// The name of the address for the language of the text.
const IN: &str = "in";

/// How a record is read in this visit.
pub(in crate::pages) struct Speak<'v> {
    visit: &'v Visit,
    record: &'v Published,
    wanted: Option<LanguageTag>,
}

impl<'v> Speak<'v> {
    pub(in crate::pages) fn of(visit: &'v Visit, record: &'v Published) -> Self {
        let wanted = visit.asked(IN).and_then(|tag| LanguageTag::parse(&tag));
        Self { visit, record, wanted }
    }

    fn original(&self) -> Option<&'v LanguageTag> {
        self.record.record.common.original_language.as_ref()
    }

    /// The text for this reader.
    pub(in crate::pages) fn text<'t>(&self, text: &'t LocalizedText) -> Chosen<'t> {
        let wanted = self.wanted.as_ref().or(self.visit.languages.first());
        text.choose(wanted, &self.visit.languages, self.original())
    }

    /// Says in which language the text below the title is shown, where that is another than the title's.
    pub(in crate::pages) fn below(&self, text: &LocalizedText) -> Markup {
        let title = self.record.title().map(|title| self.text(title).language.primary());
        let shown = self.text(text).language;
        html! {
            @if title.is_some_and(|title| title != shown.primary()) {
                p.quiet {
                    (self.visit.tell("entry-below-other-language", &[("shown", (&terms::language(self.visit, shown)).into())]))
                }
            }
        }
    }

    /// The line; nothing for a record without texts.
    pub(in crate::pages) fn html(&self) -> Markup {
        let Some(title) = self.record.title() else { return html! {} };
        let chosen = self.text(title).language;
        let original = self.original().filter(|original| title.get(original).is_some());
        html! {
            div.speak {
                span { (self.sentence(chosen, original)) }
                @if let Some(original) = original.filter(|original| *original != chosen) {
                    a href=(self.href(original)) hreflang=(original.as_str()) {
                        (self.visit.tell("speak-read-original", &[("language", (&terms::language(self.visit, original)).into())]))
                    }
                }
                @if title.languages().nth(1).is_some() {
                    span.row {
                        @for language in title.languages() { (self.tongue(language, language == chosen)) }
                    }
                }
            }
        }
    }

    fn sentence(&self, chosen: &LanguageTag, original: Option<&LanguageTag>) -> Markup {
        let visit = self.visit;
        let shown = terms::language(visit, chosen);
        let parts = [("language", shown.as_str().into())];
        let said = match original {
            Some(original) if original == chosen => visit.tell("speak-original", &parts),
            Some(_) => visit.tell("speak-translation", &parts),
            None => visit.tell("speak-plain", &parts),
        };
        let is_wanted = self.wanted.as_ref().map_or(visit.language, LanguageTag::primary) == chosen.primary();
        html! {
            @if !is_wanted {
                (visit.tell("speak-lacks", &[("wanted", (&self.wanted_name()).into())])) " "
            }
            (said)
        }
    }

    fn wanted_name(&self) -> String {
        match &self.wanted {
            Some(wanted) => terms::language(self.visit, wanted),
            None => self.visit.say(&format!("language-{}", self.visit.language)),
        }
    }

    /// A language by its own name, as its readers look for it.
    fn tongue(&self, language: &LanguageTag, is_chosen: bool) -> Markup {
        let own = TONGUES.into_iter().find(|(tag, _)| *tag == language.as_str()).map(|(_, name)| name.to_owned());
        let tag = own.as_ref().map(|_| language.as_str());
        let name = own.unwrap_or_else(|| terms::language(self.visit, language));
        html! {
            @if is_chosen { b lang=[tag] { (name) } } @else {
                a lang=[tag] hreflang=(language.as_str()) href=(self.href(language)) { (name) }
            }
        }
    }

    fn href(&self, language: &LanguageTag) -> String {
        format!("{}?{IN}={}", self.visit.path(&self.visit.path_here), language.as_str())
    }

    /// A text in a line of its own, plain, with its language and direction.
    pub(in crate::pages) fn paragraph(&self, class: &str, text: &LocalizedText) -> Markup {
        let chosen = self.text(text);
        html! {
            p class=(class) lang=(chosen.language.as_str()) dir=(direction(chosen.language)) {
                (super::text::shown(chosen.text))
            }
        }
    }

    /// A text with Markdown.
    pub(in crate::pages) fn markdown(&self, text: &LocalizedText) -> Markup {
        let chosen = self.text(text);
        html! {
            div lang=(chosen.language.as_str()) dir=(direction(chosen.language)) { (super::text::markdown(chosen.text)) }
        }
    }
}
