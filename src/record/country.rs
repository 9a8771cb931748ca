//! Countries: codes of two letters, names in the six languages by the usage of the United Nations, regional groups, and the
//! Group of Friends. Names and their collated order come from `data/countries.json` (docs/decisions/0006-country-names.md).

use super::common::Source;
use super::language::LanguageTag;
use super::localized::LocalizedText;
use super::vocabulary::{self, Vocabulary, read_label};
use serde_json::Value;
use std::fmt;
use std::sync::LazyLock;

/// Two capital letters; ISO 3166-1 alpha-2 is meant, another code hides nothing (records.md).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Reads exactly two capital letters.
    pub fn parse(text: &str) -> Option<CountryCode> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(CountryCode(letters))
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two capital letters are ASCII")
    }

    /// Its place among all pairs of letters.
    fn place(self) -> usize {
        usize::from(self.0[0] - b'A') * 26 + usize::from(self.0[1] - b'A')
    }
}

const PAIRS: usize = 26 * 26;

impl fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A country or territory of ISO 3166-1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// In the six languages, as the United Nations names it.
    pub name: LocalizedText,
    /// The code of its regional group; a few States and all territories are in none.
    pub region: Option<&'static str>,
    /// Whether the latest list of the Group of Friends names it.
    pub in_group_of_friends: bool,
}

/// The Group of Friends on national implementation, reporting and follow-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupOfFriends {
    /// What the list rests on and how sure it is, in English; belongs beside every use of the list.
    pub note: Box<str>,
    /// The States of the latest list found.
    pub countries: Box<[CountryCode]>,
    /// Where it was found.
    pub sources: Box<[Source]>,
}

/// The languages of which collated orders ship; the first one serves for all others.
const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ar", "zh", "ru"];

struct Table {
    countries: Box<[Country]>,
    /// By pair of letters: the place in `countries`.
    places: [Option<u16>; PAIRS],
    /// By language, then by pair of letters.
    ranks: [[u16; PAIRS]; LANGUAGES.len()],
}

static FRIENDS: LazyLock<GroupOfFriends> = LazyLock::new(|| {
    let file = include_str!("../../data/records/group_of_friends.json");
    read_friends(file).expect("the shipped Group of Friends is read by a test")
});

static TABLE: LazyLock<Box<Table>> = LazyLock::new(|| {
    read_table(include_str!("../../data/countries.json")).expect("the shipped countries are read by a test")
});

/// Every country and territory, by code.
pub fn all() -> &'static [Country] {
    &TABLE.countries
}

/// The country of a code, if ISO 3166-1 has it.
pub fn get(code: CountryCode) -> Option<&'static Country> {
    TABLE.places[code.place()].map(|place| &TABLE.countries[usize::from(place)])
}

/// The place of a country in the collated order of names in one of the six languages (region subtags aside; any other
/// language: that of English). Codes that no country has share the last place.
pub fn rank(code: CountryCode, language: &str) -> u16 {
    let primary = language.split('-').next().unwrap_or_default();
    let order = LANGUAGES.iter().position(|known| known.eq_ignore_ascii_case(primary)).unwrap_or(0);
    TABLE.ranks[order][code.place()]
}

/// The language of names for who reads these, most wanted first: the first of the six, else English.
pub fn collation(wanted: &[LanguageTag]) -> &str {
    let known = |tag: &&LanguageTag| LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(tag.primary()));
    wanted.iter().find(known).map_or("en", LanguageTag::as_str)
}

/// The Group of Friends, with its note and sources.
pub fn group_of_friends() -> &'static GroupOfFriends {
    &FRIENDS
}

fn read_codes(codes: &Value) -> Option<Box<[CountryCode]>> {
    codes.as_array()?.iter().map(|code| CountryCode::parse(code.as_str()?)).collect()
}

fn read_friends(file: &str) -> Option<GroupOfFriends> {
    let file: Value = serde_json::from_str(file).ok()?;
    let sources =
        file["sources"].as_array()?.iter().map(|source| super::rules::source(source).ok()).collect::<Option<_>>()?;
    Some(GroupOfFriends { note: file["note"].as_str()?.into(), countries: read_codes(&file["countries"])?, sources })
}

fn read_table(file: &str) -> Option<Box<Table>> {
    let file: Value = serde_json::from_str(file).ok()?;
    let countries: Box<[Country]> = file["countries"].as_array()?.iter().map(read_country).collect::<Option<_>>()?;
    let mut places = [None; PAIRS];
    for (place, country) in countries.iter().enumerate() {
        places[country.code.place()] = Some(u16::try_from(place).ok()?);
    }
    let mut ranks = [[u16::MAX; PAIRS]; LANGUAGES.len()];
    for (language, ranks) in LANGUAGES.iter().zip(&mut ranks) {
        for (rank, code) in read_codes(&file["order"][language])?.iter().enumerate() {
            ranks[code.place()] = u16::try_from(rank).ok()?;
        }
    }
    Some(Box::new(Table { countries, places, ranks }))
}

fn read_country(country: &Value) -> Option<Country> {
    let code = CountryCode::parse(country["code"].as_str()?)?;
    let groups = vocabulary::terms(Vocabulary::RegionalGroups);
    Some(Country {
        code,
        name: read_label(&country["name"])?,
        region: groups.iter().find(|group| group.countries.contains(&code)).map(|group| &*group.code),
        in_group_of_friends: FRIENDS.countries.contains(&code),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn code(text: &str) -> CountryCode {
        CountryCode::parse(text).unwrap()
    }

    fn name(country: &str, language: &str) -> &'static str {
        get(code(country)).unwrap().name.get(&LanguageTag::parse(language).unwrap()).unwrap()
    }

    #[test]
    fn every_country_has_a_name_and_a_place_of_its_own_in_each_language() {
        assert_eq!(all().len(), 249);
        for language in LANGUAGES {
            let names: HashSet<_> = all().iter().map(|country| name(country.code.as_str(), language)).collect();
            let ranks: HashSet<_> = all().iter().map(|country| rank(country.code, language)).collect();
            assert_eq!((names.len(), ranks.len()), (249, 249), "{language}");
            assert!(ranks.iter().all(|rank| *rank < 249), "{language}");
        }
    }

    #[test]
    fn regions_and_the_group_of_friends_name_countries_that_exist() {
        let regions = vocabulary::terms(Vocabulary::RegionalGroups).iter().flat_map(|group| &group.countries);
        for country in regions.chain(&group_of_friends().countries) {
            assert!(get(*country).is_some(), "{country}");
        }
        assert_eq!(group_of_friends().countries.len(), 28);
        assert!(!group_of_friends().note.is_empty() && !group_of_friends().sources.is_empty());
        assert!(get(code("PT")).unwrap().in_group_of_friends && !get(code("FR")).unwrap().in_group_of_friends);
    }

    #[test]
    fn names_follow_the_usage_of_the_united_nations() {
        assert_eq!(name("CV", "en"), "Cabo Verde");
        assert_eq!(name("TR", "en"), "Türkiye");
        assert_eq!(name("CI", "en"), "Côte d'Ivoire");
        assert_eq!(name("KR", "fr"), "République de Corée");
        assert_eq!(name("IR", "es"), "Irán (República Islámica del)");
        assert_eq!(name("RU", "ru"), "Российская Федерация");
        assert_eq!(name("PS", "ar"), "دولة فلسطين");
        assert_eq!(name("CD", "zh"), "刚果民主共和国");
    }

    #[test]
    fn countries_are_ordered_as_their_language_does() {
        assert!(rank(code("AT"), "en") < rank(code("ZW"), "en"));
        assert!(
            rank(code("AT"), "de") == rank(code("AT"), "en") && rank(code("AT"), "FR-ca") == rank(code("AT"), "fr")
        );
        let egypt_and_spain = (rank(code("EG"), "fr"), rank(code("ES"), "fr"));
        assert!(egypt_and_spain.0 < egypt_and_spain.1 && egypt_and_spain.1 < rank(code("FI"), "fr"), "É sorts as E");
        assert_eq!(rank(code("XX"), "en"), u16::MAX);
    }

    #[test]
    fn a_state_outside_all_groups_has_no_region() {
        assert_eq!(get(code("VA")).unwrap().region, None);
        assert_eq!(get(code("MA")).unwrap().region, Some("AFRICA"));
    }
}
