//! A measurement, for an optimised build: `cargo test --release --lib search::tests::speed -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use serde_json::json;

use super::library::*;
use crate::catalog::Viewer;
use crate::record::{Audience, first_data};

const PRACTICES: usize = 20_000;

/// Words of the shipped practices in another order, in six languages.
fn bodies() -> impl Iterator<Item = (u128, serde_json::Value)> {
    let shipped = first_data::practices();
    let texts = |language: &'static str| {
        let all = shipped.iter().flat_map(|body| [&body["title"][language], &body["summary"][language]]);
        all.filter_map(|text| text.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let languages = ["en", "fr", "es", "ar", "zh", "ru"].map(|language| (language, texts(language)));
    (0..PRACTICES).map(move |number| {
        let pick = |place: usize| {
            let texts = languages.iter().map(|(language, texts)| {
                let at = |step: usize| &texts[(number * 31 + place * 7 + step * 13) % texts.len()];
                ((*language).to_owned(), json!(format!("{} {}", at(0), at(1))))
            });
            serde_json::Value::Object(texts.collect())
        };
        let mut body = practice(&json!({"en": format!("Practice {number}")}), &pick(2));
        body["title"] = languages
            .iter()
            .map(|(language, texts)| ((*language).to_owned(), json!(texts[number * 17 % texts.len()])))
            .collect::<serde_json::Map<_, _>>()
            .into();
        body["description"] = pick(4);
        (number as u128 + 1, body)
    })
}

#[test]
#[ignore = "a measurement, of use in an optimised build only"]
fn common_questions_stay_within_their_time() {
    let mut library = Library::new();
    library.apply(bodies().map(|(id, body)| (id, shown(&body, Audience::Public, id as i64))).collect());
    let start = Instant::now();
    library.follow();
    let filled = start.elapsed();
    println!("{PRACTICES} practices in six languages {filled:?}");
    let start = Instant::now();
    for round in 0..20 {
        library.apply(vec![(round + 1, shown(&titled("A lighthouse"), Audience::Public, 1))]);
        library.follow();
    }
    println!("one change {:?}", start.elapsed() / 20);
    let snapshot = library.catalog.snapshot();
    let reader = library.reader();
    for question in [
        "civil society",
        "recommendations committee",
        "société civile",
        "مجتمع مدني",
        "民间社会",
        "гражданское общество",
        "human rights",
        "plenary meet",
        "re",
        "recomendations comittee",
        "\"civil society\"",
        "one action plan handed to agencies, the commission and civil society alike",
    ] {
        let mut slowest = Duration::ZERO;
        let start = Instant::now();
        let rounds = 50;
        let mut hits = 0;
        for round in 0..rounds {
            let one = Instant::now();
            // Blanks make it another question each time, so that nothing is remembered.
            hits = find(&reader, &snapshot, None, &format!("{}{question}", " ".repeat(round))).slots().len();
            slowest = slowest.max(one.elapsed());
        }
        println!("{question:40} {hits:6} hits {:>10.1?} slowest {slowest:.1?}", start.elapsed() / rounds as u32);
    }
    let hits = find(&reader, &snapshot, None, "civil society");
    let page: Vec<_> = hits.slots().iter().take(20).filter_map(|slot| snapshot.visible(slot, Viewer::PUBLIC)).collect();
    let start = Instant::now();
    let pieces: usize = page.iter().map(|record| hits.highlights(record).len()).sum();
    println!("{pieces} pieces of 20 records {:?}", start.elapsed());
    let among: roaring::RoaringBitmap = snapshot.everything().map(|record| record.slot).collect();
    let start = Instant::now();
    assert_eq!(reader.related(&snapshot, page[0], &among, 5).len(), 5);
    println!("related {:?}", start.elapsed());
}
