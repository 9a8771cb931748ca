//! The code lists that ship with the hub, with labels in the six languages of the United Nations. A code of a record that
//! stands in none of them hides nothing: it shows as it is.

use super::country::CountryCode;
use super::language::LanguageTag;
use super::localized::LocalizedText;
use serde_json::Value;
use std::sync::LazyLock;

/// A code list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Vocabulary {
    /// What a practice is about.
    Themes,
    /// The four capacities of a mechanism.
    Capacities,
    /// How a mechanism is set up.
    MechanismTypes,
    /// Treaty bodies, Universal Periodic Review, special procedures.
    UnMechanisms,
    /// The Sustainable Development Goals, coded `1` to `17`.
    SdgGoals,
    /// Whom a practice is for.
    AffectedGroups,
    /// The regional groups of Member States, each with its countries.
    RegionalGroups,
    /// Types of documents.
    DocumentTypes,
    /// Types of events.
    EventTypes,
}

/// One code of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The code that stands in records.
    pub code: Box<str>,
    /// A group within the list: `treaty-body`.
    pub group: Option<Box<str>>,
    /// In the six languages.
    pub label: LocalizedText,
    /// Of a regional group: its countries.
    pub countries: Box<[CountryCode]>,
}

struct Shipped {
    source: Box<str>,
    terms: Box<[Term]>,
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../data/vocabularies/", $name, ".json"))
    };
}

impl Vocabulary {
    /// Every list.
    pub const ALL: [Vocabulary; 9] = [
        Vocabulary::Themes,
        Vocabulary::Capacities,
        Vocabulary::MechanismTypes,
        Vocabulary::UnMechanisms,
        Vocabulary::SdgGoals,
        Vocabulary::AffectedGroups,
        Vocabulary::RegionalGroups,
        Vocabulary::DocumentTypes,
        Vocabulary::EventTypes,
    ];

    fn file(self) -> &'static str {
        match self {
            Vocabulary::Themes => file!("themes"),
            Vocabulary::Capacities => file!("capacities"),
            Vocabulary::MechanismTypes => file!("mechanism_types"),
            Vocabulary::UnMechanisms => file!("un_mechanisms"),
            Vocabulary::SdgGoals => file!("sdg_goals"),
            Vocabulary::AffectedGroups => file!("affected_groups"),
            Vocabulary::RegionalGroups => file!("regional_groups"),
            Vocabulary::DocumentTypes => file!("document_types"),
            Vocabulary::EventTypes => file!("event_types"),
        }
    }
}

static SHIPPED: LazyLock<[Shipped; 9]> = LazyLock::new(|| {
    Vocabulary::ALL.map(|list| read(list.file()).expect("the shipped vocabularies are read by a test"))
});

/// The terms of a list, in its order.
pub fn terms(list: Vocabulary) -> &'static [Term] {
    &SHIPPED[list as usize].terms
}

/// The term of a code, written exactly so.
pub fn term(list: Vocabulary, code: &str) -> Option<&'static Term> {
    terms(list).iter().find(|term| &*term.code == code)
}

/// Where a list comes from, in one English sentence.
pub fn source(list: Vocabulary) -> &'static str {
    &SHIPPED[list as usize].source
}

fn read(file: &str) -> Option<Shipped> {
    let file: Value = serde_json::from_str(file).ok()?;
    let terms = file["terms"].as_array()?.iter().map(read_term).collect::<Option<_>>()?;
    Some(Shipped { source: file["source"].as_str()?.into(), terms })
}

fn read_term(term: &Value) -> Option<Term> {
    let countries = match term.get("countries") {
        Some(codes) => {
            codes.as_array()?.iter().map(|code| CountryCode::parse(code.as_str()?)).collect::<Option<_>>()?
        }
        None => Box::default(),
    };
    Some(Term {
        code: term["code"].as_str()?.into(),
        group: term.get("group").and_then(Value::as_str).map(Into::into),
        label: read_label(&term["label"])?,
        countries,
    })
}

/// A localized text of a shipped file.
pub(super) fn read_label(label: &Value) -> Option<LocalizedText> {
    let texts = label.as_object()?.iter().map(|(tag, text)| Some((LanguageTag::parse(tag)?, text.as_str()?.into())));
    LocalizedText::new(texts.collect::<Option<_>>()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_term_has_a_label_in_six_languages_and_its_own_code() {
        for list in Vocabulary::ALL {
            assert!(!terms(list).is_empty() && !source(list).is_empty(), "{list:?}");
            for entry in terms(list) {
                for language in ["ar", "zh", "en", "fr", "ru", "es"] {
                    assert!(
                        entry.label.get(&LanguageTag::parse(language).unwrap()).is_some(),
                        "{list:?} {} {language}",
                        entry.code
                    );
                }
                assert_eq!(term(list, &entry.code).unwrap(), entry, "{list:?}: a code twice");
            }
        }
    }

    #[test]
    fn a_list_is_found_under_its_own_name() {
        assert!(Vocabulary::ALL.iter().enumerate().all(|(place, list)| *list as usize == place));
        assert_eq!(terms(Vocabulary::SdgGoals).len(), 17);
        assert_eq!(terms(Vocabulary::Capacities).len(), 4);
        assert_eq!(term(Vocabulary::UnMechanisms, "CCPR").unwrap().group.as_deref(), Some("treaty-body"));
        assert_eq!(term(Vocabulary::UnMechanisms, "ccpr"), None);
    }
}
