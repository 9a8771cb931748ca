#![allow(clippy::unwrap_used)]
use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::*;
use crate::record::{Kind, LanguageTag, decode, first_data, normalize};

fn about() -> About<'static> {
    About {
        id: "0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d".parse().unwrap(),
        audience: "public",
        origin: "https://hub.example.ma",
        revision: 3,
        updated_at: "2026-11-24T10:00:00Z".to_owned(),
        address: "https://hub.example.ma/id/x".to_owned(),
    }
}

/// Through a table and back: the body, and the names of the columns.
fn there_and_back(kind: Kind, body: &Value) -> (Value, Vec<String>) {
    let record = decode(kind, body).unwrap();
    let plan = Plan::whole(kind, std::iter::once(&record));
    let about = about();
    let cells = plan.row(&about, &record, body.as_object().unwrap());
    let names = plan.names();
    assert_eq!(names.len(), cells.len());
    let head = Head::read(kind, &names).unwrap();
    let mut row = head.row(&cells).unwrap();
    assert_eq!(row.shift_remove("id").unwrap(), about.id.to_string());
    assert_eq!(row.shift_remove("audience").unwrap(), "public");
    assert_eq!(row.shift_remove("origin").unwrap(), about.origin);
    assert_eq!(row.shift_remove("revision").unwrap(), 3);
    (Value::Object(row), names)
}

#[test]
fn every_shipped_record_comes_back_as_it_went() {
    let shipped = [
        (Kind::Mechanism, first_data::mechanisms()),
        (Kind::Practice, first_data::practices()),
        (Kind::Document, first_data::documents()),
        (Kind::Event, first_data::events()),
        (Kind::Member, first_data::members()),
    ];
    for (kind, bodies) in shipped {
        for mut body in bodies {
            normalize(&mut body);
            let (back, _) = there_and_back(kind, &body);
            assert_eq!(back, body, "{kind:?}");
        }
    }
}

#[test]
fn what_is_hard_to_say_in_a_cell_comes_back_as_it_went() {
    let body = json!({
        "country": "MA", "title": {"fr": "Un", "zh-Hant": "一", "pt-BR": "Um"}, "summary": {"fr": "a\nb"},
        "sources": [{"title": "A; B | C, D"}, {"title": "see <https://a.example>"}, {"title": "\"q\" \n x", "url": "https://a.example/?a;b|c"},
            {"title": "a < b", "url": "https://b.example"}, {"title": "\"open"}],
        "links": [{"title": "x", "url": "https://c.example", "accessed": "2026"}],
        "themes": [], "adoptedFrom": ["practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d",
            {"iss": "https://hub.example.pt", "sub": "practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5e"}],
        "mechanism": "mechanism/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d", "sdgGoals": [10, 16], "startYear": 2015,
        "unknown": {"deep": [1, null, {"a": "b"}]}, "originalLanguage": "fr", "compiled": false,
    });
    let (back, names) = there_and_back(Kind::Practice, &body);
    assert_eq!(back, body);
    for name in ["title_fr", "title_zh-Hant", "title_pt-BR", "summary_fr", "other"] {
        assert!(names.iter().any(|other| other == name), "{name}: {names:?}");
    }
    let event =
        json!({"title": {"en": "E"}, "type": "panel", "organizers": ["A | B", "C; D", "\"E\"", "F\nG", "http://h"]});
    assert_eq!(there_and_back(Kind::Event, &event).0, event);
    let document = json!({"title": {"en": "D"}, "type": "guide", "issuedBy": {"fr": "ONU"}, "languages": ["fr", "zh-Hans"],
        "editions": [{"language": "fr", "url": "https://a.example/f"}]});
    assert_eq!(there_and_back(Kind::Document, &document).0, document);
    let member = json!({"country": "MA", "role": "member", "status": "active", "keys": [{"kty": "x"}], "history": [
        {"from": "2024", "until": "2025-05", "role": "observer", "status": "suspended", "reason": "as asked, \"for\" now"},
        {"from": "2025-05-01", "role": "member", "status": "active"}]});
    assert_eq!(there_and_back(Kind::Member, &member).0, member);
}

#[test]
fn a_term_whose_end_is_null_is_open() {
    let body = json!({"country": "MA", "role": "member", "status": "active",
        "history": [{"from": "2025-05-01", "until": null, "role": "member", "status": "active"}]});
    let record = decode(Kind::Member, &body).unwrap();
    let plan = Plan::whole(Kind::Member, std::iter::once(&record));
    let about = about();
    let cells = plan.row(&about, &record, body.as_object().unwrap());
    let cell = |name: &str| cells[plan.names().iter().position(|each| each == name).unwrap()].as_text().into_owned();
    assert_eq!(cell("history"), "2025-05-01/.. member active");
    assert_eq!(cell("other"), "");
}

#[test]
fn what_begins_like_a_formula_is_guarded_and_comes_back() {
    for text in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''+x", "＝x"] {
        let guarded = guard(text);
        assert!(guarded.starts_with('\''), "{text}");
        assert_eq!(unguard(&guarded), text);
    }
    for text in ["", "'", "'twas", "a=1", "l'été", "1-2"] {
        assert_eq!(guard(text), text);
        assert_eq!(unguard(text), text);
    }
}

fn head(names: &[&str]) -> Result<Head, Vec<HeadFault>> {
    Head::read(Kind::Practice, &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
}

fn row(names: &[&str], cells: &[&str]) -> Result<Map<String, Value>, CellFault> {
    let cells: Vec<Cell<'_>> = cells.iter().map(|cell| Cell::text(Cow::Borrowed(*cell))).collect();
    head(names).unwrap().row(&cells)
}

#[test]
fn heads_are_read_as_people_write_them_and_unknown_ones_are_named() {
    let read = row(
        &["TITLE_fr", "summary[fr]", "Themes", "sdggoals", "", "startYear"],
        &["Un", "x", "a;b | c", "1, 2", "", "2015"],
    )
    .unwrap();
    assert_eq!(
        Value::Object(read),
        json!({"title": {"fr": "Un"}, "summary": {"fr": "x"}, "themes": ["a", "b", "c"],
        "sdgGoals": [1, 2], "startYear": 2015})
    );
    let alone = row(&["title", "originalLanguage"], &["Un", "fr"]).unwrap();
    assert_eq!(Value::Object(alone), json!({"title": {"fr": "Un"}, "originalLanguage": "fr"}));
    assert!(row(&["title"], &["Un"]).unwrap_err().reason.contains("title_en"));
    for (names, words) in [
        (&["titel_fr"][..], "title_en"),
        (
            &["country", "theme"],
            "column B, \"theme\": no table of practices has this column. The nearest is \"themes\"",
        ),
        (&["country", "Country"], "stands there twice"),
        (&["title_12"], "no language tag"),
        (&["language"], "for reading"),
        (&["symbol"], "no table of practices"),
    ] {
        let said = head(names).unwrap_err()[0].to_string();
        assert!(said.contains(words), "{names:?}: {said}");
    }
}

#[test]
fn a_bad_cell_is_named_by_its_column() {
    for (name, cell) in [
        ("startYear", "soon"),
        ("compiled", "maybe"),
        ("sdgGoals", "1; x"),
        ("sources", "https://a.example"),
        ("other", "{"),
    ] {
        let fault = row(&[name], &[cell]).unwrap_err();
        assert_eq!(fault.column, name);
        assert!(fault.reason.starts_with(&format!("{name}: ")), "{fault}");
    }
    assert_eq!(row(&["country"], &["MA", "x"]).unwrap_err().column, "B");
    let head = head(&["title_fr", "title_en", "sources", "startYear"]).unwrap();
    for (fault, column) in [
        ("title.en: is empty", Some("title_en")),
        ("title.es: is empty", Some("title_fr")),
        ("sources[2].url: is no address", Some("sources")),
        ("startYear: is after endYear", Some("startYear")),
        ("summary: is missing", None),
        ("is over 256 KiB when signed: shorten", None),
    ] {
        assert_eq!(head.column_of(fault), column, "{fault}");
    }
}

#[test]
fn a_table_in_one_language_falls_back_and_says_so() {
    let body = json!({"country": "MA", "title": {"en": "One", "fr": "Un"}, "summary": {"en": "x"}});
    let record = decode(Kind::Practice, &body).unwrap();
    let plan = Plan::in_language(Kind::Practice, LanguageTag::parse("fr").unwrap(), &[]);
    let about = about();
    let cells = plan.row(&about, &record, body.as_object().unwrap());
    let cell = |name: &str| cells[plan.names().iter().position(|other| other == name).unwrap()].as_text().into_owned();
    assert_eq!([cell("title"), cell("language"), cell("summary")], ["Un", "fr", "x"]);
}

#[test]
fn columns_have_letters_as_in_spreadsheets() {
    for (place, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
        assert_eq!(head::letters(place), letters);
    }
}
