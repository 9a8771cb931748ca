#![allow(clippy::unwrap_used)]
use super::*;

fn parsed(kind: Kind, query: &str) -> Result<String, String> {
    Address::parse(kind, query).map(|address| address.to_string()).map_err(|fault| fault.to_string())
}

#[test]
fn an_address_is_printed_in_one_form_and_read_back() {
    for (query, printed) in [
        ("", ""),
        ("theme=&q=", ""),
        ("country=pt,MA&theme=consultation&country=PT", "theme=consultation&country=PT&country=MA"),
        ("sort=-year&q=soci%C3%A9t%C3%A9+civile&page=3", "q=soci%C3%A9t%C3%A9+civile&sort=-year&page=3"),
        ("page=1&compiled=true&goal=05", "goal=5&compiled=true"),
        ("from=2015-03&to=2020", "from=2015-03&to=2020"),
        ("q=%E6%B0%91%E9%97%B4", "q=%E6%B0%91%E9%97%B4"),
    ] {
        assert_eq!(parsed(Kind::Practice, query).as_deref(), Ok(printed), "{query}");
        assert_eq!(parsed(Kind::Practice, printed).as_deref(), Ok(printed));
    }
    assert_eq!(parsed(Kind::Mechanism, "sort=established").as_deref(), Ok("sort=established"));
}

#[test]
fn what_cannot_be_meant_is_named_with_what_is_near() {
    for (kind, query, words) in [
        (Kind::Practice, "themes=x", "themes: is no name"),
        (Kind::Practice, "themes=x", "\"theme\""),
        (Kind::Practice, "mode=online", "mode: narrows lists of events, not of practices"),
        (Kind::Event, "mode=onlin", "the nearest is \"online\""),
        (Kind::Practice, "goal=18", "goal: "),
        (Kind::Practice, "country=MAR", "country: "),
        (Kind::Practice, "sort=yaer", "the nearest is \"year\""),
        (Kind::Document, "sort=year", "sort: "),
        (Kind::Practice, "page=0", "page: "),
        (Kind::Practice, "from=soon", "from: "),
        (Kind::Practice, "theme=a%20b", "theme: "),
        (Kind::Practice, "updatedSince=yesterday", "updatedSince: "),
    ] {
        let said = parsed(kind, query).unwrap_err();
        assert!(said.contains(words), "{query}: {said}");
    }
    assert!(parsed(Kind::Practice, &format!("q={}", "x".repeat(401))).unwrap_err().starts_with("q: "));
    assert!(parsed(Kind::Practice, &"theme=a&".repeat(200)).is_err());
    assert!(
        parsed(Kind::Practice, &format!("theme={}", (0..200).map(|n| format!("t{n},")).collect::<String>())).is_err()
    );
}

#[test]
fn a_value_is_added_and_taken_away() {
    let address = Address::parse(Kind::Practice, "country=MA&page=4").unwrap();
    let more = address.clone().with(Name::Country, "PT").unwrap();
    assert_eq!(more.to_string(), "country=MA&country=PT");
    assert_eq!(more.without(Name::Country, "MA").to_string(), "country=PT");
    assert!(address.without(Name::Country, "MA").is_everything());
}

#[test]
fn a_path_may_take_names_of_its_own() {
    let (address, own) = Address::parse_with(Kind::Practice, "in=fr&theme=x", &["in"]).unwrap();
    assert_eq!((address.to_string().as_str(), own), ("theme=x", vec![("in", "fr".to_owned())]));
    assert!(Address::parse(Kind::Practice, "in=fr").is_err());
}

#[test]
fn days_of_a_month_are_its_first_and_its_last() {
    assert_eq!(value::last_day("2024-02").unwrap().to_string(), "2024-02-29");
    assert_eq!(value::last_day("2024").unwrap().to_string(), "2024-12-31");
    assert_eq!(value::first_day("2024").unwrap().to_string(), "2024-01-01");
    assert_eq!(value::seconds("1970-01-02"), Some(86_400));
}

#[test]
fn every_code_that_ships_can_be_asked_for() {
    use crate::record::vocabulary::{Vocabulary, terms};
    for (name, list) in [
        (Name::Region, Vocabulary::RegionalGroups),
        (Name::Theme, Vocabulary::Themes),
        (Name::Capacity, Vocabulary::Capacities),
        (Name::Type, Vocabulary::MechanismTypes),
        (Name::Mechanism, Vocabulary::UnMechanisms),
        (Name::Goal, Vocabulary::SdgGoals),
        (Name::Group, Vocabulary::AffectedGroups),
    ] {
        for term in terms(list) {
            assert!(Address::of(Kind::Practice).with(name, &term.code).is_ok(), "{} {}", name.as_str(), term.code);
        }
    }
}
