//! What questions find.

use serde_json::json;

use super::library::*;
use crate::catalog::Viewer;
use crate::record::{Audience, Kind, LanguageTag};
use crate::search::Question;

#[test]
fn a_title_counts_for_more_than_a_summary_and_that_for_more_than_a_body() {
    let plain = |text: &str| json!({"en": text});
    let mut body = practice(&plain("One thing"), &plain("Some words"));
    body["description"] = plain("the lighthouse of words");
    let summary = practice(&plain("One thing"), &plain("the lighthouse of words"));
    let title = practice(&plain("One lighthouse"), &plain("Some words"));
    let library = Library::with([(3, body), (2, summary), (1, title)]);
    assert_eq!(library.found("lighthouse"), [1, 2, 3]);
}

#[test]
fn words_in_quotes_stand_one_after_another() {
    let library = Library::with([(1, titled("Open plenary meetings")), (2, titled("Meetings, open; plenary"))]);
    assert_eq!(library.found("\"plenary meetings\""), [1]);
    assert_eq!(library.found("«plenary meetings»"), [1]);
    assert_eq!(library.found("plenary meetings").len(), 2);
    assert_eq!(library.found("\"plenary meetings").len(), 2, "a quote that is not closed is none");
}

#[test]
fn the_last_word_may_be_unfinished() {
    let library = Library::with([(1, titled("A lighthouse")), (2, titled("Light"))]);
    assert_eq!(library.found("lightho"), [1]);
    assert!(library.found("lightho ").is_empty(), "a space says that the word is finished");
    assert!(library.found("lightho a wide sea ").is_empty());
}

#[test]
fn one_slip_in_a_longer_word_is_forgiven() {
    let library = Library::with([(1, titled("Recommendations of the committee")), (2, titled("A cat"))]);
    for question in ["recomendations ", "recommendatoins ", "comittee ", "ocmmittee ", "committeee "] {
        assert_eq!(library.found(question), [1], "{question}");
    }
    assert!(library.found("bat ").is_empty(), "short words have too many neighbours");
    assert!(library.found("rcomendatoins ").is_empty(), "two slips");
}

#[test]
fn a_word_of_one_language_is_found_in_it_and_exactly_in_all() {
    let library = Library::with([
        (1, practice(&json!({"fr": "Des mécanismes"}), &json!({"fr": "x"}))),
        (2, practice(&json!({"en": "Mecanismes"}), &json!({"en": "x"}))),
        (3, practice(&json!({"pt": "Mecanismos"}), &json!({"pt": "x"}))),
    ]);
    let snapshot = library.catalog.snapshot();
    let found = |language, text| ids(&snapshot, &find(&library.reader(), &snapshot, language, text), Viewer::PUBLIC);
    assert_eq!(found(Some("fr"), "mécanisme "), [1]);
    assert_eq!(found(Some("fr"), "mécanismes "), [1, 2]);
    assert_eq!(found(Some("pt"), "mecanismos "), [3]);
}

#[test]
fn only_the_kinds_that_are_asked_for_are_found() {
    let library = Library::with([(1, titled("A lighthouse"))]);
    let snapshot = library.catalog.snapshot();
    let found = |kinds| library.reader().find(&snapshot, Question { text: "lighthouse", language: None, kinds });
    assert_eq!(found(&[Kind::Practice, Kind::Event]).slots().len(), 1);
    assert_eq!(found(&[Kind::Document]).slots().len(), 0);
}

/// Whether a record for the network has a word must not be seen from what is found without it.
#[test]
fn what_the_public_finds_does_not_hang_on_records_for_the_network() {
    let public =
        [(1, titled("Lighthouses of the north")), (2, titled("Lighthouses of the south")), (3, titled("A harbour"))];
    let secret = titled("Lighthouse harbour lighthause");
    let without = Library::with(public.clone());
    let mut with = Library::with(public);
    with.apply(vec![(9, shown(&secret, Audience::Network, 1))]);
    with.follow();
    for question in ["lighthouse harbour ", "lighthause ", "lighthause", "\"lighthouse harbour\"", "harbour"] {
        let [one, other] = [&without, &with].map(|library| library.found(question).into_iter().collect::<Vec<_>>());
        assert_eq!(one, other, "{question}");
    }
    let snapshot = with.catalog.snapshot();
    let hits = find(&with.reader(), &snapshot, None, "lighthouse harbour ");
    assert!(ids(&snapshot, &hits, Viewer::NETWORK).contains(&9));
}

#[test]
fn highlights_cover_the_word_as_it_is_written() {
    let title = json!({
        "en": "😀 Reporting on recommendations",
        "ar": "متابعة التوصيات والآليات",
        "zh": "全体会议,其中一次向民间社会开放",
        "ru": "Рекомендации для обществ",
        "fr": "La mise en œuvre de l’examen périodique universel",
    });
    let library = Library::with([(1, practice(&title, &json!({"en": "Words that nobody asks for."})))]);
    let snapshot = library.catalog.snapshot();
    let record = snapshot.record(key(1), Viewer::PUBLIC).unwrap();
    for (language, question, found) in [
        ("en", "recommendation", vec!["recommendations"]),
        ("en", "reports", vec!["Reporting"]),
        ("ar", "توصية", vec!["التوصيات"]),
        ("ar", "آلية", vec!["والآليات"]),
        ("zh", "民间社会", vec!["民间社会"]),
        ("ru", "общество", vec!["обществ"]),
        ("fr", "EPU", vec!["examen périodique universel"]),
        ("fr", "application", vec!["mise en œuvre"]),
    ] {
        let hits = find(&library.reader(), &snapshot, Some(language), question);
        let highlights = hits.highlights(record);
        let first = highlights.first().unwrap_or_else(|| panic!("{question}"));
        assert_eq!((first.field, &first.language), ("title", &LanguageTag::parse(language).unwrap()), "{question}");
        let units: Vec<u16> = first.text.encode_utf16().collect();
        let marked: Vec<_> = first.ranges.iter().map(|range| String::from_utf16_lossy(&units[range.clone()])).collect();
        assert_eq!(marked, found, "{question}");
    }
}

#[test]
fn a_record_has_at_most_three_pieces_in_the_order_of_its_texts() {
    let text = |words: &str| json!({"en": words});
    let mut body = practice(&text("A lighthouse"), &text("The lighthouse"));
    body["description"] = text("**Lighthouse** of [the sea](https://example.org)");
    body["lessonsLearnt"] = text("A lighthouse more");
    let library = Library::with([(1, body)]);
    let snapshot = library.catalog.snapshot();
    let hits = find(&library.reader(), &snapshot, None, "lighthouse");
    let highlights = hits.highlights(snapshot.record(key(1), Viewer::PUBLIC).unwrap());
    assert_eq!(highlights.iter().map(|piece| piece.field).collect::<Vec<_>>(), ["title", "summary", "description"]);
    assert_eq!(highlights[2].text, "Lighthouse of the sea");
}

#[test]
fn related_records_share_words_or_codes_across_languages() {
    let about = |title: serde_json::Value, themes: &[&str]| {
        let mut body = practice(&title, &json!({"en": "Words that nobody asks for."}));
        body["themes"] = json!(themes);
        body
    };
    let library = Library::with([
        (1, about(json!({"en": "Lighthouse keepers"}), &["parliament"])),
        (2, about(json!({"en": "Keepers of the lighthouse"}), &["sdgs"])),
        (3, practice(&json!({"fr": "Tout autre chose"}), &json!({"fr": "x"}))),
        (4, {
            let mut body = practice(&json!({"fr": "Encore"}), &json!({"fr": "y"}));
            body["themes"] = json!(["parliament"]);
            body
        }),
    ]);
    let snapshot = library.catalog.snapshot();
    let record = snapshot.record(key(1), Viewer::PUBLIC).unwrap();
    let among: roaring::RoaringBitmap = snapshot.everything().map(|record| record.slot).collect();
    let related = |among: &roaring::RoaringBitmap, most| {
        let slots = library.reader().related(&snapshot, record, among, most);
        let ids = slots.iter().map(|slot| snapshot.visible(*slot, Viewer::PUBLIC).unwrap().sub.uuid().as_u128());
        ids.collect::<Vec<_>>()
    };
    let found = related(&among, 10);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.contains(&2) && found.contains(&4));
    assert_eq!(related(&among, 1).len(), 1);
    assert!(related(&roaring::RoaringBitmap::new(), 10).is_empty());
}
