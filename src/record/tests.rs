//! Cases that are only data, from the files of tests/record: one line each, `+` for what is taken and `-` for what is
//! refused. The verdicts of bodies.jsonl come from an independent reading of records.md.
#![allow(clippy::unwrap_used)]

use super::*;
use serde_json::json;

fn judge(cases: &str, taken: impl Fn(&str) -> bool) {
    for line in cases.lines() {
        let (verdict, text) = line.split_at(2);
        let text: String = serde_json::from_str(text).unwrap();
        assert_eq!(taken(&text), verdict == "+ ", "{line}");
    }
}

#[test]
fn subs_are_of_exactly_one_form() {
    judge(include_str!("../../tests/record/subs.txt"), |text| {
        Sub::parse(text)
            .inspect(|sub| assert_eq!(Sub::parse(&format!("{}/{}", sub.kind_word(), sub.uuid())).as_ref(), Some(sub)))
            .is_some()
    });
}

#[test]
fn language_tags_are_well_formed_by_rfc_5646() {
    judge(include_str!("../../tests/record/tags.txt"), |text| {
        LanguageTag::parse(text).inspect(|tag| assert_eq!(tag.as_str(), text)).is_some()
    });
}

#[test]
fn dates_are_of_the_calendar() {
    judge(include_str!("../../tests/record/dates.txt"), |text| {
        PartialDate::parse(text).inspect(|date| assert_eq!(date.to_string(), text)).is_some()
    });
}

#[test]
fn urls_are_of_the_web_and_name_a_host() {
    judge(include_str!("../../tests/record/urls.txt"), |text| rules::url(&json!(text)).is_ok());
}

/// Writes `{"$repeat": ["x", 50001]}` out, which keeps the lines of the case file short.
fn expand(value: &mut Value) {
    if let Some([text, times]) = value.get("$repeat").and_then(Value::as_array).map(Vec::as_slice) {
        *value = json!(text.as_str().unwrap().repeat(times.as_u64().unwrap() as usize));
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(expand),
        Value::Object(members) => members.values_mut().for_each(expand),
        _ => (),
    }
}

#[test]
fn verdicts_on_bodies_are_those_of_an_independent_reading() {
    let mut disagreements = Vec::new();
    for line in include_str!("../../tests/record/bodies.jsonl").lines() {
        let mut case: Value = serde_json::from_str(line).unwrap();
        expand(&mut case["body"]);
        let kind = Kind::parse(case["kind"].as_str().unwrap()).unwrap();
        let verdict = decode(kind, &case["body"]);
        if verdict.is_ok() != (case["why"] == "") {
            disagreements.push(format!("{:?}: {line}", verdict.err()));
        }
    }
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

fn practice() -> Value {
    json!({"country": "MA", "title": {"en": "x"}, "summary": {"en": "y"}})
}

fn refusal(kind: Kind, body: &Value) -> String {
    decode(kind, body).unwrap_err().to_string()
}

#[test]
fn a_refusal_is_one_sentence_that_names_the_place() {
    let with = |name: &str, value: Value| {
        let mut body = practice();
        body[name] = value;
        refusal(Kind::Practice, &body)
    };
    assert_eq!(with("summary", Value::Null), "summary: is missing");
    assert_eq!(with("title", json!({"en": "x".repeat(1001)})), "title.en: is longer than 1000 characters");
    assert_eq!(
        with("sources", json!([{"title": "a"}, {"title": "b", "url": "c"}])),
        "sources[1].url: is not an http or https address of at most 2,048 bytes"
    );
    assert_eq!(
        with("extra", json!([[{"a": "\u{202e}"}]])),
        "extra[0][0].a: holds a control character or a direction override"
    );
    assert_eq!(with("replaces", json!({"iss": "a"})), "replaces.sub: is missing");
    assert_eq!(refusal(Kind::Practice, &json!([])), "the body: is not an object");
}

#[test]
fn a_refusal_never_repeats_a_name_that_cannot_be_shown() {
    let mut body = practice();
    body["a\u{202e}\u{1b}[31m"] = json!(1);
    body["z".repeat(50_001)] = json!(1);
    let sentence = refusal(Kind::Practice, &body);
    assert!(sentence.starts_with("a\\u{202e}\\u{1b}[31m: "), "{sentence}");
    body.as_object_mut().unwrap().shift_remove("a\u{202e}\u{1b}[31m");
    assert!(refusal(Kind::Practice, &body).len() < 120);
}

#[test]
fn a_decoded_practice_holds_what_its_body_states() {
    let sub = "practice/0193a1b0-0000-7000-8000-000000000001";
    let body = json!({
        "country": "MA", "title": {"fr": "Comité", "ar": "لجنة"}, "summary": {"fr": "x"}, "originalLanguage": "fr",
        "compiled": true, "sources": [{"title": "s", "url": null}], "sdgGoals": [16, 5], "themes": ["engagement"],
        "startYear": 2011, "adoptedFrom": [sub, {"iss": "https://hub.example.py", "sub": sub}], "unknown": {"kept": "elsewhere"},
    });
    let record = decode(Kind::Practice, &body).unwrap();
    assert_eq!((record.kind(), record.common.country), (Kind::Practice, CountryCode::parse("MA")));
    assert!(record.common.compiled && record.common.sources[0].url.is_none());
    let Body::Practice(practice) = record.body else { unreachable!() };
    let languages: Vec<_> = practice.title.languages().map(LanguageTag::as_str).collect();
    assert_eq!(languages, ["fr", "ar"], "in the order of the body");
    assert_eq!((&*practice.sdg_goals, practice.start_year, practice.end_year), ([16, 5].as_slice(), Some(2011), None));
    let issuers: Vec<_> = practice.adopted_from.iter().map(|one| one.issuer("https://hub.example.ma")).collect();
    assert_eq!(issuers, ["https://hub.example.ma", "https://hub.example.py"]);
}

#[test]
fn words_of_kinds_and_audiences_are_read_as_they_are_written() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        assert_eq!(kind.plural(), format!("{}s", kind.as_str()));
    }
    for audience in Audience::ALL {
        assert_eq!(Audience::parse(audience.as_str()), Some(audience));
    }
    assert_eq!((Kind::parse("Practice"), Kind::parse("song"), Audience::parse("PUBLIC")), (None, None, None));
}
