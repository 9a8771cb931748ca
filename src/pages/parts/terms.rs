//! Names of codes, countries and languages in the reader's language.

use super::super::visit::Visit;
use crate::{
    catalog::{Dimension, Instance},
    graphql,
    record::{
        CountryCode, Kind, LanguageTag, LocalizedText, MemberRole, MemberStatus, country,
        vocabulary::{self, Vocabulary},
    },
    texts,
};

/// The name of a value of a dimension, as the API names it, with languages by their names; of none, that it is not stated.
pub(in crate::pages) fn value(visit: &Visit, kind: Kind, dimension: Dimension, value: Option<&str>) -> String {
    let Some(value) = value else { return visit.say("not-stated") };
    let named = match dimension {
        Dimension::Country => {
            return CountryCode::parse(value).map_or_else(|| value.to_owned(), |code| country(visit, code));
        }
        Dimension::Language => {
            return LanguageTag::parse(value).map_or_else(|| value.to_owned(), |tag| language(visit, &tag));
        }
        Dimension::Origin => {
            let instance = visit.snapshot.network().instance(value);
            return instance.map_or(value, |instance| &instance.name).to_owned();
        }
        Dimension::Compiled | Dimension::Mode | Dimension::Role | Dimension::Status => graphql::named(value),
        _ => graphql::values_named(kind, dimension)
            .and_then(|list| vocabulary::term(list, value))
            .map(|term| &term.label),
    };
    named.map_or_else(|| value.to_owned(), |text| in_page(visit, text))
}

/// The label of a code; a code that no list has is its own.
pub(in crate::pages) fn label(visit: &Visit, list: Vocabulary, code: &str) -> String {
    vocabulary::term(list, code).map_or_else(|| code.to_owned(), |term| in_page(visit, &term.label))
}

/// The name of a country.
pub(in crate::pages) fn country(visit: &Visit, code: CountryCode) -> String {
    country::get(code).map_or_else(|| code.to_string(), |country| in_page(visit, &country.name))
}

/// Whose hub it is: its State, or what it calls itself.
pub(in crate::pages) fn hub(visit: &Visit, instance: &Instance) -> String {
    match instance.country {
        Some(code) => country(visit, code),
        None => instance.name.to_string(),
    }
}

/// The name of a member's role.
pub(in crate::pages) fn role(visit: &Visit, role: MemberRole) -> String {
    word(visit, role.as_str())
}

/// The name of a member's status.
pub(in crate::pages) fn status(visit: &Visit, status: MemberStatus) -> String {
    word(visit, status.as_str())
}

/// The name that the API gives a word of a closed list.
fn word(visit: &Visit, word: &str) -> String {
    graphql::named(word).map_or_else(|| word.to_owned(), |text| in_page(visit, text))
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
