//! `/export/{kind}.{csv,xlsx,jsonl}`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::hub::{Answer, Served};

fn ids(rows: &[Value]) -> BTreeSet<String> {
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Keys of the records of a table, from its addresses.
fn keys(answer: &Answer) -> Vec<String> {
    let key = |row: &Value| row["address"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    answer.table().iter().map(key).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_format_has_the_same_records() {
    let served = Served::start().await;
    for (kind, count) in [("practices", 83), ("mechanisms", 51), ("documents", 49), ("events", 23), ("members", 2)] {
        let csv = served.get(&format!("/export/{kind}.csv")).await;
        assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8; header=present"));
        let name = csv.header("content-disposition");
        assert!(name.starts_with(&format!("attachment; filename=\"{kind}-20")) && name.ends_with(".csv\""), "{name}");
        let lines = served.get(&format!("/export/{kind}.jsonl")).await.lines();
        assert_eq!(lines.len(), count, "{kind}");
        assert_eq!(ids(&csv.table()), ids(&lines));
        let book = served.get(&format!("/export/{kind}.xlsx")).await;
        assert_eq!(book.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        let rows = nmirf_hub::import::read(nmirf_hub::import::Format::Xlsx, &book.body, None).unwrap();
        let rows: Vec<Value> = rows.into_iter().map(|row| Value::Object(row.unwrap().members)).collect();
        assert_eq!(ids(&rows), ids(&lines));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_find_what_the_api_finds_in_the_same_order() {
    let served = Served::start().await;
    for (kind, address, arguments) in [
        ("practices", "", ""),
        ("practices", "theme=consultation", "(filter: {themes: [\"consultation\"]})"),
        (
            "practices",
            "region=AFRICA&capacity=coordination",
            "(filter: {regions: [\"AFRICA\"], capacities: [\"coordination\"]})",
        ),
        (
            "practices",
            "country=MA,PT&sort=-year",
            "(filter: {countries: [\"MA\", \"PT\"]}, orderBy: {field: YEAR, direction: DESC})",
        ),
        ("practices", "type=interministerial", "(filter: {mechanismTypes: [\"interministerial\"]})"),
        ("practices", "goal=16&from=2010&to=2020", "(filter: {sdgGoals: [16], years: {from: 2010, to: 2020}})"),
        ("practices", "mechanism=UPR&language=fr", "(filter: {unMechanisms: [\"UPR\"], languages: [\"fr\"]})"),
        ("practices", "origin=https://member.example", "(filter: {origins: [\"https://member.example\"]})"),
        ("practices", "compiled=false", "(filter: {compiled: false})"),
        ("mechanisms", "sort=-established", "(orderBy: {field: ESTABLISHED, direction: DESC})"),
        ("documents", "from=2020&symbol=A/HRC", "(filter: {years: {from: 2020}, symbol: \"A/HRC\"})"),
        (
            "events",
            "mode=in-person&from=2024-01&to=2025-12",
            "(filter: {modes: [IN_PERSON], dates: {from: \"2024-01-01\", to: \"2025-12-31\"}})",
        ),
        ("members", "status=active", "(filter: {statuses: [ACTIVE]})"),
    ] {
        let joint =
            if arguments.is_empty() { "(first: 100)".to_owned() } else { arguments.replacen('(', "(first: 100, ", 1) };
        let data = served.graphql(&format!("{{ {kind}{joint} {{ nodes {{ id }} }} }}")).await;
        let wanted: Vec<&str> =
            data[kind]["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
        let answer = served.get(&format!("/export/{kind}.csv?{address}")).await;
        assert_eq!(keys(&answer), wanted, "{kind}?{address}");
        if address != "goal=16&from=2010&to=2020" {
            assert!(!wanted.is_empty(), "{kind}?{address} finds something");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_read_a_record_finds_it_in_no_file() {
    let served = Served::start().await;
    let bearer = format!("Bearer {}", served.token().await);
    for ending in ["csv", "jsonl"] {
        let path = format!("/export/practices.{ending}");
        let anonymous = served.get(&path).await;
        assert!(!anonymous.text().contains("\"network\"") && !anonymous.text().contains(",network,"), "{ending}");
        assert!(anonymous.text().contains("Practice 4"));
        assert!(!anonymous.text().contains("Practice 3") && !anonymous.text().contains("Practice 5"));
        assert_eq!(anonymous.header("cache-control"), "no-cache");
        let staff = served.ask("GET", &path, &[("authorization", &bearer)]).await;
        assert!(staff.text().contains("Practice 3") && staff.text().contains("Practice 5"));
        assert_eq!((staff.header("cache-control"), staff.header("etag")), ("private, no-store", ""));
        let wrong = served.ask("GET", &path, &[("authorization", "Bearer nobody's")]).await;
        wrong.refused(401, "");
    }
    let feed = served.get("/feeds/practices.atom?origin=https://member.example").await.text();
    assert!(feed.contains("Practice 4") && !feed.contains("Practice 5"));
    let asked = served.get("/export/practices.csv?audience=network").await;
    assert!(asked.table().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_suspended_member_said_is_left_out() {
    let served = Served::start().await;
    let there = |text: &str| text.contains("Practice 4");
    assert!(there(&served.get("/export/practices.csv").await.text()));
    served.coordinator.change_member(nmirf_hub::journal::key::KeyStatus::Current, "suspended").await;
    for path in ["/export/practices.csv", "/export/practices.jsonl", "/feeds/practices.atom"] {
        assert!(!there(&served.get(path).await.text()), "{path}");
    }
    assert!(there(&served.get("/export/practices.csv?includeSuspended=true").await.text()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_held_is_not_sent_again() {
    let served = Served::start().await;
    for path in [
        "/export/events.csv",
        "/export/events.xlsx",
        "/export/events.jsonl",
        "/feeds/events.atom",
        "/feeds/events.ics",
        "/catalog.jsonld",
    ] {
        let first = served.get(path).await;
        let etag = first.header("etag").to_owned();
        assert!(
            etag.starts_with("W/\"") && first.header("last-modified").ends_with(" GMT"),
            "{path}: {:?}",
            first.headers
        );
        let again = served.ask("GET", path, &[("if-none-match", &etag)]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        let head = served.ask("HEAD", path, &[]).await;
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, &*etag), "{path}");
        assert_eq!(head.header("content-type"), first.header("content-type"));
        assert_eq!(head.headers.get("content-length"), None, "{path}: no wrong length");
    }
    let etag = served.get("/export/events.csv").await.header("etag").to_owned();
    assert_ne!(served.get("/export/events.csv?type=panel").await.header("etag"), etag);
    assert_ne!(served.get("/export/events.csv?in=fr").await.header("etag"), etag);
    served.coordinator.publish(vec![crate::support::practice(77)]).await;
    assert_ne!(served.get("/export/events.csv").await.header("etag"), etag);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_is_refused_with_what_is_near() {
    let served = Served::start().await;
    served
        .get("/export/practices.csv?themes=x")
        .await
        .refused(400, "themes: is no name that a list of practices takes. The nearest is \"theme\"");
    served.get("/export/practices.csv?goal=99").await.refused(400, "goal: ");
    served.get("/export/practice.csv").await.refused(404, "The nearest is practices.csv");
    served.get("/export/practices.pdf").await.refused(404, "practices.xlsx");
    served.get("/feeds/practices.ics").await.refused(404, "practices.atom");
    served.get("/export/practices.csv?in=12").await.refused(400, "in: ");
    served.get("/feeds/practices.atom?after=x").await.refused(400, "after: ");
    served.get("/catalog.jsonld?x=1").await.refused(400, "x: ");
    served.ask("POST", "/export/practices.csv", &[]).await.refused(405, "");
    assert_eq!(served.get("/export/practices.csv?page=7&theme=").await.table().len(), 83, "a download has every page");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_looked_for_only_when_their_index_is_made() {
    let served = Served::start().await;
    let answer = served.get("/export/practices.csv?q=consultation").await;
    answer.refused(503, "index of words");
    assert!(answer.header("retry-after").parse::<u32>().is_ok());
    let hub = &served.coordinator.hub;
    hub.index().follow(&hub.snapshot());
    let data = served.graphql("{ practices(search: \"parliament\", first: 100) { nodes { id } } }").await;
    let wanted: Vec<_> = data["practices"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()).collect();
    let found = served.get("/export/practices.csv?q=parliament").await;
    assert_eq!(keys(&found), wanted, "the best first, as the API has them");
    assert!(wanted.len() > 1 && found.header("etag").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_in_one_language_has_each_text_once() {
    let served = Served::start().await;
    let rows = served.get("/export/practices.csv?in=fr&country=MA&compiled=true").await.table();
    assert!(!rows.is_empty());
    for row in &rows {
        assert_eq!(row["language"], "fr", "{row}");
        assert!(row.get("title_fr").is_none() && row["title"].as_str().is_some_and(|title| !title.is_empty()));
    }
    let other = served.get("/export/practices.csv?in=sw&country=MA&compiled=true").await.table();
    assert!(other.iter().all(|row| row["language"] != "sw" && row["title"] != ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_that_begins_like_a_formula_is_guarded_in_text_and_none_in_a_workbook() {
    let served = Served::start().await;
    let formula = "=HYPERLINK(\"https://evil.example\",\"x\")";
    let body = json!({"country": "MA", "title": {"en": formula, "ar": "+آلية", "zh": "@机制"}, "summary": {"en": "-1+1"}, "sources": [{"title": "s"}]});
    crate::hub::publish(&served.coordinator.hub, nmirf_hub::record::Kind::Practice, vec![body]).await;
    let text = served.get("/export/practices.csv?compiled=true&sort=-updated").await;
    let row = text.table().into_iter().find(|row| row["title_en"].as_str().unwrap().contains("evil")).unwrap();
    assert_eq!(row["title_en"], format!("'{formula}"));
    assert_eq!(
        (&row["title_ar"], &row["title_zh"], &row["summary_en"]),
        (&json!("'+آلية"), &json!("'@机制"), &json!("'-1+1"))
    );
    for cell in text.table().iter().flat_map(|row| row.as_object().unwrap().values().cloned().collect::<Vec<_>>()) {
        assert!(!cell.as_str().unwrap().starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let book = served.get("/export/practices.xlsx").await.body;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert!(sheet.contains("=HYPERLINK(") && !sheet.contains("<f>") && !sheet.contains("<f "));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_origins_may_read_what_anybody_may_read() {
    let served = Served::start().await;
    let answer = served.ask("GET", "/export/events.jsonl", &[("origin", "https://dashboard.example")]).await;
    assert_eq!(
        (answer.header("access-control-allow-origin"), answer.header("access-control-allow-credentials")),
        ("*", "")
    );
}
