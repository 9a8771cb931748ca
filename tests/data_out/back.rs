//! What goes out comes back: into a fresh instance by the import, with the same bodies.

use std::{collections::BTreeMap, path::Path};

use nmirf_hub::{
    import::{self, Effect, Format, Outcome},
    record::Kind,
};
use serde_json::{Value, json};

use crate::{
    hub::{Answer, Served, publish},
    support::Coordinator,
};

/// Bodies by id, without what another instance says anew.
fn bodies(answer: &Answer) -> BTreeMap<String, Value> {
    let body = |mut row: Value| {
        let members = row.as_object_mut().unwrap();
        members.shift_remove("origin");
        (members.shift_remove("id").unwrap().as_str().unwrap().to_owned(), row)
    };
    answer.lines().into_iter().map(body).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_and_a_workbook_make_the_same_records_in_a_fresh_instance() {
    let first = Served::start().await;
    let hard = json!({"country": "PT", "title": {"pt": "=1+1", "ar": "آلية \"x\", y; z", "zh-Hant": "一\n二"}, "summary": {"pt": "'=quoted"},
        "description": {"pt": "_x0041_ and <b>&amp;</b>"}, "originalLanguage": "pt", "sources": [{"title": "A; B | <C>", "url": "https://a.example/?a=1;2"}],
        "unknownHere": {"a": [1, 2.5, {"b": "c"}]}, "adoptedFrom": [{"iss": "https://member.example", "sub": "practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d"}]});
    publish(&first.coordinator.hub, Kind::Practice, vec![hard]).await;
    for ending in ["csv", "xlsx"] {
        let second = Served::of(Coordinator::start().await).await;
        let hub = &second.coordinator.hub;
        for kind in [Kind::Mechanism, Kind::Practice, Kind::Document, Kind::Event] {
            let file = format!("{}.{ending}", kind.plural());
            let table = first.get(&format!("/export/{file}?origin={}", first.coordinator.base)).await;
            let format = Format::of(Path::new(&file), &table.body);
            let rows = import::read(format, &table.body, Some(kind)).unwrap();
            let preview = import::preview(hub, Some(kind), rows).await.unwrap();
            assert_eq!(preview.faults, [], "{file}");
            assert!(preview.rows.iter().all(|row| row.outcome == Outcome::Taken(Effect::New)), "{file}");
            let publications = preview.publications.into_iter().map(|(_, publication)| publication).collect();
            hub.publish(publications, &|_| {}).await.unwrap();
            hub.catch_up().await.unwrap();
            let lines = format!("/export/{}.jsonl?origin=", kind.plural());
            let wanted = bodies(&first.get(&format!("{lines}{}", first.coordinator.base)).await);
            assert_eq!(bodies(&second.get(&format!("{lines}{}", second.coordinator.base)).await), wanted, "{file}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_tells_of_every_row_and_writes_nothing() {
    let served = Served::start().await;
    let hub = &served.coordinator.hub;
    let before = hub.snapshot().number();
    let table = served.get("/export/events.csv").await.text();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    let column = |name: &str| rows[0].iter().position(|other| other == name).unwrap();
    let (city, title, width) = (column("city"), column("title_en"), rows[0].len());
    let place = (1..rows.len()).find(|row| !rows[*row][city].is_empty()).unwrap();
    rows[place][city] = "Elsewhere".to_owned();
    rows.push(vec![String::new(); width]);
    rows.push(vec![String::new(); width]);
    rows.last_mut().unwrap()[title] = "New".to_owned();
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let rows = import::read(Format::Csv, text.as_bytes(), Some(Kind::Event)).unwrap();
    let preview = import::preview(hub, Some(Kind::Event), rows).await.unwrap();
    assert_eq!(preview.rows.len(), 24);
    let count = |wanted: fn(&Outcome) -> bool| preview.rows.iter().filter(|row| wanted(&row.outcome)).count();
    assert_eq!(count(|outcome| *outcome == Outcome::Taken(Effect::Unchanged)), 22);
    let changed = preview.rows.iter().find(|row| matches!(row.outcome, Outcome::Taken(Effect::Changed(_)))).unwrap();
    assert_eq!(changed.outcome, Outcome::Taken(Effect::Changed(vec!["city".to_owned()])));
    assert!(matches!(changed.place, import::Place::Line(line) if line > place), "{:?}", changed.place);
    assert!(changed.title.is_some() && changed.record.is_some());
    let refused = preview.rows.last().unwrap();
    let Outcome::Refused { column, reason } = &refused.outcome else { panic!("{refused:?}") };
    assert_eq!((column.as_deref(), reason.as_str()), (Some("type"), "type: is missing"));
    assert_eq!(hub.snapshot().number(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_in_one_language_is_not_taken_for_the_whole() {
    let served = Served::start().await;
    let table = served.get("/export/practices.csv?in=fr").await;
    let refused = import::read(Format::Csv, &table.body, Some(Kind::Practice)).unwrap_err().to_string();
    assert!(refused.contains("for reading"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_publishes_is_refused_row_by_row() {
    let served = Served::start().await;
    let table = served.get("/export/practices.csv?origin=https://member.example").await;
    let rows = import::read(Format::Csv, &table.body, Some(Kind::Practice)).unwrap();
    let preview = import::preview(&served.coordinator.hub, Some(Kind::Practice), rows).await.unwrap();
    assert_eq!(preview.faults.len(), 1);
    assert!(preview.faults[0].reason.starts_with("origin: "), "{:?}", preview.faults);
    assert_eq!(preview.faults[0].column.as_deref(), Some("origin"));
}
