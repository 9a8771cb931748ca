use jiff::civil::date;
use serde_json::json;

use super::builder::*;
use crate::catalog::{Dimension, Filter};
use crate::record::{Audience, Kind};

fn practices() -> Filter {
    Filter::of(Kind::Practice)
}

/// Which of these drafts a filter finds, by their place.
fn places(drafts: &[Draft], filter: &Filter) -> Vec<usize> {
    let snapshot = snapshot_of(drafts);
    let keys = found(&snapshot, filter);
    (0..drafts.len()).filter(|place| keys.contains(&drafts[*place].key())).collect()
}

#[test]
fn lists_mean_any_of_and_fields_combine_with_and() {
    let drafts = [
        a_practice().id(1).with("themes", json!(["consultation", "budget"])),
        a_practice().id(2).with("themes", json!(["budget"])).by("PT"),
        a_practice().id(3).by("PT"),
    ];
    let theme = |values: &[&str]| practices().any(Dimension::Theme, values.iter().copied());
    assert_eq!(places(&drafts, &theme(&["consultation", "budget"])), [0, 1]);
    assert_eq!(places(&drafts, &theme(&["budget"]).any(Dimension::Country, ["PT"])), [1]);
    assert_eq!(places(&drafts, &theme(&[])), [0, 1, 2]);
    assert_eq!(places(&drafts, &theme(&["unheard-of"])), [] as [usize; 0]);
    assert_eq!(places(&drafts, &practices().any(Dimension::Standing, ["true"])), [] as [usize; 0]);
    assert_eq!(places(&drafts, &practices().any(Dimension::Origin, ["https://pt.example"])), [1, 2]);
}

#[test]
fn not_takes_away_what_it_matches_once() {
    let drafts = [
        a_practice().id(1).with("themes", json!(["budget"])),
        a_practice().id(2).with("themes", json!(["budget"])).by("PT"),
        a_practice().id(3),
    ];
    let in_portugal = practices().any(Dimension::Country, ["PT"]);
    assert_eq!(places(&drafts, &practices().any(Dimension::Theme, ["budget"]).not(in_portugal)), [0]);
    let themes = practices().any(Dimension::Theme, [] as [&str; 0]);
    assert_eq!(places(&drafts, &practices().not(themes)), [0, 1, 2], "what restricts nothing takes nothing away");
}

#[test]
fn practices_are_found_by_the_years_in_which_they_are_under_way() {
    let drafts = [
        a_practice().id(1).with("startYear", 2010).with("endYear", 2015),
        a_practice().id(2).with("startYear", 2014),
        a_practice().id(3).with("endYear", 2020),
        a_practice().id(4),
    ];
    for (from, to, expected) in [
        (Some(2015), Some(2016), vec![0, 1]),
        (Some(2016), None, vec![1]),
        (None, Some(2013), vec![0]),
        (Some(2005), Some(2009), vec![]),
        (None, None, vec![0, 1, 2, 3]),
    ] {
        assert_eq!(places(&drafts, &practices().years(from, to)), expected, "{from:?} to {to:?}");
    }
}

#[test]
fn documents_are_found_by_the_year_of_their_date() {
    let drafts =
        [a_document().id(1).with("date", "2020-05"), a_document().id(2).with("date", "2021"), a_document().id(3)];
    assert_eq!(places(&drafts, &Filter::of(Kind::Document).years(Some(2021), Some(2022))), [1]);
}

#[test]
fn a_language_finds_its_regions_but_not_the_other_way() {
    let title = |tag: &str| json!({tag: "A title"});
    let drafts = [
        a_practice().id(1).with("title", title("pt")),
        a_practice().id(2).with("title", title("PT-br")),
        a_practice().id(3).with("title", title("en")),
    ];
    let in_language = |tag: &str| practices().any(Dimension::Language, [tag]);
    assert_eq!(places(&drafts, &in_language("pt")), [0, 1]);
    assert_eq!(places(&drafts, &in_language("pt-BR")), [1]);
    assert_eq!(places(&drafts, &in_language("p")), [] as [usize; 0]);
    assert_eq!(places(&drafts, &in_language("*")), [0, 1, 2]);
}

#[test]
fn a_document_exists_in_its_languages_and_those_of_its_editions() {
    let edition = json!([{"language": "fr", "url": "https://example.org/fr"}]);
    let drafts = [a_document().id(1).with("languages", json!(["en"])).with("editions", edition), a_document().id(2)];
    for (tag, expected) in [("fr", vec![0]), ("en", vec![0]), ("es", vec![])] {
        assert_eq!(places(&drafts, &Filter::of(Kind::Document).any(Dimension::Language, [tag])), expected, "{tag}");
    }
}

#[test]
fn a_symbol_is_found_whole_or_by_its_beginning_without_case() {
    let drafts = [
        a_document().id(1).with("symbol", "A/HRC/RES/51/33"),
        a_document().id(2).with("symbol", "A/HRC/50/64"),
        a_document().id(3),
    ];
    for (symbol, expected) in
        [("a/hrc/res", vec![0]), ("A/HRC/50/64", vec![1]), ("A/HRC/50/641", vec![]), ("HRC", vec![])]
    {
        assert_eq!(places(&drafts, &Filter::of(Kind::Document).symbol(symbol)), expected, "{symbol}");
    }
}

#[test]
fn an_event_touches_the_days_of_its_month_or_year() {
    let drafts = [
        an_event().id(1).with("startsOn", "2024-05"),
        an_event().id(2).with("startsOn", "2024-02-28").with("endsOn", "2024-03-02"),
        an_event().id(3).with("startsOn", "2023"),
        an_event().id(4),
    ];
    for (from, to, expected) in [
        (Some(date(2024, 5, 31)), None, vec![0]),
        (Some(date(2024, 3, 1)), Some(date(2024, 3, 1)), vec![1]),
        (Some(date(2024, 3, 3)), Some(date(2024, 4, 30)), vec![]),
        (None, Some(date(2023, 1, 1)), vec![2]),
    ] {
        assert_eq!(places(&drafts, &Filter::of(Kind::Event).days(from, to)), expected, "{from:?} to {to:?}");
    }
}

#[test]
fn updated_since_counts_the_second_itself() {
    let drafts =
        [a_practice().id(1).signed_at(99), a_practice().id(2).signed_at(100), a_practice().id(3).signed_at(101)];
    assert_eq!(places(&drafts, &practices().updated_since(100)), [1, 2]);
    let members = [a_member().signed_at(99), a_member().id(2).signed_at(100)];
    assert_eq!(places(&members, &Filter::of(Kind::Member).updated_since(100)), [1]);
}

#[test]
fn practices_are_found_by_the_type_of_the_mechanism_that_they_resolve_to() {
    let mechanism = a_mechanism().by("PT").id(7).with("type", "ministerial");
    let drafts = [
        mechanism.clone(),
        a_practice().id(1).by("PT"),
        a_practice().id(2).by("MA").with("mechanism", mechanism.reference()),
        a_practice().id(3).by("MA"),
    ];
    assert_eq!(places(&drafts, &practices().any(Dimension::MechanismType, ["ministerial"])), [1, 2]);
}

#[test]
fn members_are_found_by_role_and_status_on_a_day() {
    let course = json!([
        {"from": "2020", "until": "2022-01-01", "role": "member", "status": "active"},
        {"from": "2022-01-01", "until": "2023-01-01", "role": "executive-committee", "status": "suspended"},
        {"from": "2023-01-01", "role": "member", "status": "withdrawn"},
    ]);
    let drafts =
        [a_member().with("history", course).with("status", "withdrawn").with("entityId", "https://ma.example")];
    let on = |year| Filter::of(Kind::Member).as_of(date(year, 6, 1));
    let none = [] as [usize; 0];
    assert_eq!(places(&drafts, &on(2019)), none, "not yet a member");
    assert_eq!(places(&drafts, &on(2021)), [0]);
    assert_eq!(places(&drafts, &on(2022)), [0], "suspended members are found without asking");
    assert_eq!(places(&drafts, &on(2023)), none, "those that left are not");
    assert_eq!(places(&drafts, &on(2023).any(Dimension::Status, ["withdrawn"])), [0]);
    assert_eq!(places(&drafts, &on(2022).any(Dimension::Role, ["member"])), none);
    assert_eq!(places(&drafts, &on(2022).any(Dimension::Role, ["executive-committee"])), [0]);
    assert_eq!(places(&drafts, &on(2021).has_instance(true)), [0]);
    assert_eq!(places(&drafts, &on(2021).has_instance(false)), none);
}

#[test]
fn compiled_standing_and_audience_are_filters_too() {
    let drafts = [a_mechanism().with("standing", true), a_mechanism().id(2).compiled_about("PT")];
    let mechanisms = || Filter::of(Kind::Mechanism);
    assert_eq!(places(&drafts, &mechanisms().compiled(true)), [1]);
    assert_eq!(places(&drafts, &mechanisms().compiled(false)), [0]);
    assert_eq!(places(&drafts, &mechanisms().standing(true)), [0]);
    assert_eq!(places(&drafts, &mechanisms().audience(Audience::Public)), [0, 1]);
    assert_eq!(places(&drafts, &mechanisms().audience(Audience::Network)), [] as [usize; 0]);
}
