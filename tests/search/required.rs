//! The searches that must always work.

use std::collections::BTreeSet;

use crate::records::{LIBRARY, english};

#[test]
fn civil_society_finds_the_open_plenary_meetings_in_six_languages() {
    let mut missed = Vec::new();
    for (language, question) in [
        ("ar", "مجتمع مدني"),
        ("zh", "民间社会"),
        ("ru", "гражданское общество"),
        ("fr", "société civile"),
        ("es", "sociedad civil"),
        ("en", "civil society"),
    ] {
        for said in [Some(language), None] {
            let hits = LIBRARY.find(said, question);
            let best = LIBRARY.best(&hits);
            let place =
                best.iter().position(|record| english(record).starts_with("Plenary meetings, one of them open"));
            if place.is_none_or(|place| place >= 3) {
                missed.push((
                    question,
                    said,
                    place,
                    best.iter().take(3).map(|record| english(record)).collect::<Vec<_>>(),
                ));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn arabic_forms_of_a_word_find_the_same_records() {
    for forms in [&["آلية", "الآليات", "آليات"][..], &["توصية", "التوصيات"], &["ممارسة", "ممارسات", "الممارسات"]]
    {
        let found: Vec<BTreeSet<u32>> =
            forms.iter().map(|form| LIBRARY.find(Some("ar"), form).slots().iter().collect()).collect();
        assert!(found[0].len() > 2, "{forms:?}: {}", found[0].len());
        assert!(
            found.iter().all(|slots| *slots == found[0]),
            "{forms:?}: {:?}",
            found.iter().map(BTreeSet::len).collect::<Vec<_>>()
        );
    }
}

#[test]
fn accents_may_be_left_out() {
    for (language, one, other) in [("fr", "réunions plénières", "reunions plenieres"), ("es", "Asunción", "asuncion")]
    {
        let found = [one, other].map(|text| LIBRARY.find(Some(language), text).slots().clone());
        assert!(!found[0].is_empty(), "{one}");
        assert_eq!(found[0], found[1], "{one}");
    }
}

#[test]
fn a_symbol_and_its_end_find_the_document() {
    for question in ["A/HRC/RES/51/33", "a/hrc/res/51/33", "HRC/RES/51/33", "RES/51/33"] {
        let hits = LIBRARY.find(None, question);
        let best = LIBRARY.best(&hits);
        assert!(
            best.first().is_some_and(|record| english(record).starts_with("Promoting international")),
            "{question}"
        );
    }
}
