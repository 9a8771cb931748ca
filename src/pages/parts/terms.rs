//! Names of codes, countries and languages in the reader's language.

use super::super::visit::Visit;
use crate::{
    record::{
        CountryCode, LanguageTag, LocalizedText, country,
        vocabulary::{self, Vocabulary},
    },
    texts,
};

/// The label of a code; a code that no list has is its own.
pub(in crate::pages) fn label(visit: &Visit, list: Vocabulary, code: &str) -> String {
    vocabulary::term(list, code).map_or_else(|| code.to_owned(), |term| in_page(visit, &term.label))
}

/// The name of a country.
pub(in crate::pages) fn country(visit: &Visit, code: CountryCode) -> String {
    country::get(code).map_or_else(|| code.to_string(), |country| in_page(visit, &country.name))
}

/// A shipped text in the language of the page, which it always has.
pub(in crate::pages) fn in_page(visit: &Visit, text: &LocalizedText) -> String {
    text.choose(visit.languages.first(), &[], None).text.to_owned()
}

/// The name of a language; its tag where we know none.
pub(in crate::pages) fn language(visit: &Visit, tag: &LanguageTag) -> String {
    let id = format!("language-{}", tag.primary());
    let said = texts::say(visit.language, &id, None);
    if said == id { tag.as_str().to_owned() } else { said }
}
