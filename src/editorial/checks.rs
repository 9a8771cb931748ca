//! What is to be mended in a body: what is needed, by the rules that hide a record which breaks them (records.md), and
//! what would help its readers.

use serde_json::{Map, Value, json};

use super::mistakes::MistakeCode;
use crate::{
    journal::revision,
    record::{self, BodyError, Kind, LanguageTag},
    texts::{self, arguments},
};

/// Characters of a summary that a list still shows well.
const LONG_SUMMARY: usize = 600;

/// Most mistakes that are told at once.
const MOST: usize = 100;

/// What sort of mistake it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Something is missing.
    Required,
    /// Not of the right form.
    Invalid,
    /// Too long or too many.
    TooLong,
    /// It names what is not there.
    NotFound,
}

impl From<Sort> for MistakeCode {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Required => Self::Required,
            Sort::Invalid => Self::Invalid,
            Sort::TooLong => Self::TooLong,
            Sort::NotFound => Self::NotFound,
        }
    }
}

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Path in the body, such as `summary.fr`; empty for the whole.
    pub field: String,
    /// Whether it stops a submit.
    pub needed: bool,
    /// What sort it is.
    pub sort: Sort,
    message: &'static str,
    detail: Detail,
}

/// What the sentence of a check names.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Detail {
    /// Nothing, or what is the same in every language: a number, a code, a tag.
    Text(String),
    /// Another field, by the message that is its name.
    Field(&'static str),
}

impl Check {
    /// Something that stops a submit.
    pub(super) fn needed(field: impl Into<String>, sort: Sort, message: &'static str, detail: impl ToString) -> Self {
        Self { field: field.into(), needed: true, sort, message, detail: Detail::Text(detail.to_string()) }
    }

    fn helpful(field: impl Into<String>, message: &'static str, detail: impl ToString) -> Self {
        let detail = Detail::Text(detail.to_string());
        Self { field: field.into(), needed: false, sort: Sort::Required, message, detail }
    }

    /// An id in the input that names nothing which may stand there.
    pub fn unknown_reference(field: &str) -> Self {
        Self::needed(field, Sort::NotFound, "draft-check-unknown-reference", "")
    }

    /// An id chosen by the client that is none.
    pub fn not_a_uuid(field: &str) -> Self {
        Self::needed(field, Sort::Invalid, "draft-check-not-uuid", "")
    }

    /// An id of what cannot take a record's place.
    pub fn no_successor(field: &str) -> Self {
        Self::needed(field, Sort::NotFound, "draft-check-successor", "")
    }

    /// What to do, in a language of [`texts::LANGUAGES`].
    pub fn message(&self, language: &str) -> String {
        let detail = match &self.detail {
            Detail::Text(text) => text.clone(),
            Detail::Field(name) => texts::say(language, name, None),
        };
        texts::say(language, self.message, Some(&arguments! { "detail" => detail }))
    }

    fn of(fault: &BodyError) -> Self {
        let (sort, message, detail) = sorted(fault.what());
        Self { field: fault.at().to_owned(), needed: true, sort, message, detail }
    }
}

/// All that is to be mended in the body of a draft: what is needed first, in the order of the rules.
pub fn checks(kind: Kind, body: &Map<String, Value>, overtaken: bool) -> Vec<Check> {
    let mut found = needed(kind, body);
    helpful(kind, body, &mut found);
    if overtaken {
        found.push(Check::helpful("", "draft-check-overtaken", ""));
    }
    found
}

/// The rules stop at the first mistake; so what it is about is mended in a copy, and they are asked again.
pub(super) fn needed(kind: Kind, body: &Map<String, Value>) -> Vec<Check> {
    let mut rest = Value::Object(body.clone());
    let mut found = Vec::new();
    while let Err(fault) = record::decode(kind, &rest) {
        found.push(Check::of(&fault));
        let mended = rest.as_object_mut().is_some_and(|rest| mend(kind, rest, &fault));
        if !mended || found.len() >= MOST {
            break;
        }
    }
    if !revision::fits(&Value::Object(body.clone())) {
        found.push(Check::needed("", Sort::TooLong, "draft-check-body-too-long", ""));
    }
    found
}

/// Puts something right in place of what is wrong; false where that cannot be found.
fn mend(kind: Kind, body: &mut Map<String, Value>, fault: &BodyError) -> bool {
    let at = fault.at();
    let member = at.split(['.', '[']).next().unwrap_or_default();
    if member == "sources" && fault.what().starts_with("has no source") {
        return body.shift_remove("compiled").is_some();
    }
    let inner = at.strip_prefix(member).and_then(|rest| rest.strip_prefix('.'));
    let inner = inner.map(|inner| inner.split(['.', '[']).next().unwrap_or_default());
    if let (Some(Value::Object(texts)), Some(language)) = (body.get_mut(member), inner)
        && texts.shift_remove(language).is_some()
        && !texts.is_empty()
    {
        return true;
    }
    match stand_in(kind, member) {
        Some(value) => {
            let before = body.insert(member.to_owned(), value.clone());
            before != Some(value)
        }
        None => body.shift_remove(member).is_some(),
    }
}

/// A value that keeps the rules, for a member that must be there.
fn stand_in(kind: Kind, member: &str) -> Option<Value> {
    match (kind, member) {
        (Kind::Mechanism, "name") | (Kind::Practice, "summary") => Some(json!({"en": "x"})),
        (Kind::Practice | Kind::Document | Kind::Event, "title") => Some(json!({"en": "x"})),
        (Kind::Mechanism | Kind::Practice, "country") => Some(json!("ZZ")),
        (Kind::Document | Kind::Event, "type") => Some(json!("x")),
        _ => None,
    }
}

/// The sentence of a rule as sort, message and detail.
fn sorted(what: &str) -> (Sort, &'static str, Detail) {
    use Sort::{Invalid, Required, TooLong};
    let simple = |sort, message| (sort, message, Detail::Text(String::new()));
    if let Some(limit) = what.strip_prefix("is longer than ").and_then(|rest| rest.strip_suffix(" characters")) {
        return (TooLong, "draft-check-too-long", Detail::Text(limit.replace(',', "")));
    }
    if let Some(words) = what.strip_prefix("is not one of ") {
        return (Invalid, "draft-check-not-one-of", Detail::Text(words.to_owned()));
    }
    match what {
        "is missing" | "is empty" => simple(Required, "draft-check-missing"),
        "has no source, but the record is compiled" => simple(Required, "draft-check-needs-source"),
        "has no language, or more than 40" => simple(Required, "draft-check-languages"),
        "has more than 200 items" => simple(TooLong, "draft-check-too-many"),
        "holds a control character or a direction override" => simple(Invalid, "draft-check-unshowable"),
        "begins or ends with white space" => simple(Invalid, "draft-check-white-space"),
        "is not a language tag" => simple(Invalid, "draft-check-not-language"),
        "has a language twice" => simple(Invalid, "draft-check-language-twice"),
        "is not a country code of two capital letters" => simple(Invalid, "draft-check-not-country"),
        "is not a code of 1 to 64 letters, digits and hyphens" => simple(Invalid, "draft-check-not-code"),
        "is not a date YYYY, YYYY-MM or YYYY-MM-DD" => simple(Invalid, "draft-check-not-date"),
        "is not an http or https address of at most 2,048 bytes" => simple(Invalid, "draft-check-not-url"),
        "is not a year from 1900 to 2100" => simple(Invalid, "draft-check-not-year"),
        "is not a goal from 1 to 17" => simple(Invalid, "draft-check-not-goal"),
        "is not a reference: kind/uuid, or {iss, sub}" => simple(Invalid, "draft-check-unknown-reference"),
        "has an item twice" => simple(Invalid, "draft-check-twice"),
        "is after endYear" => (Invalid, "draft-check-after", Detail::Field("draft-field-end-year")),
        "is after endsOn" => (Invalid, "draft-check-after", Detail::Field("draft-field-ends-on")),
        // The rules of types, which no typed input can break, have one sentence: theirs are English.
        _ => simple(Invalid, "draft-check-other"),
    }
}

fn helpful(kind: Kind, body: &Map<String, Value>, found: &mut Vec<Check>) {
    let is_absent = |member: &&str| body.get(*member).is_none_or(Value::is_null);
    let mut miss = |members: &[&str], message| {
        found.extend(
            members.iter().filter(|member| is_absent(member)).map(|member| Check::helpful(*member, message, "")),
        );
    };
    miss(&["sources"], "draft-check-no-source");
    match kind {
        Kind::Mechanism => {
            miss(&["type"], "draft-check-no-type");
            miss(&["capacities"], "draft-check-no-capacities");
            miss(&["establishedYear"], "draft-check-no-year");
        }
        Kind::Practice => {
            miss(&["themes"], "draft-check-no-themes");
            miss(&["capacities"], "draft-check-no-capacities");
            miss(&["startYear"], "draft-check-no-year");
        }
        Kind::Document => {
            miss(&["themes"], "draft-check-no-themes");
            miss(&["date"], "draft-check-no-date");
        }
        Kind::Event => miss(&["startsOn"], "draft-check-no-date"),
        Kind::Member => {}
    }
    languages(kind, body, found);
    let summary = body.get("summary").and_then(Value::as_object).into_iter().flatten();
    let long = summary.filter(|(_, text)| text.as_str().is_some_and(|text| text.chars().count() > LONG_SUMMARY));
    found.extend(
        long.map(|(tag, _)| Check::helpful(format!("summary.{tag}"), "draft-check-long-summary", LONG_SUMMARY)),
    );
}

/// One language alone, or texts that lack in a language in which the title is there.
fn languages(kind: Kind, body: &Map<String, Value>, found: &mut Vec<Check>) {
    let title = if kind == Kind::Mechanism { "name" } else { "title" };
    let Some(Value::Object(title_texts)) = body.get(title) else { return };
    if title_texts.len() == 1 {
        found.push(Check::helpful(title, "draft-check-one-language", ""));
    }
    let others = ["summary", "description", "lessonsLearnt", "mandate", "composition", "hostInstitution"];
    for member in others {
        let Some(Value::Object(texts)) = body.get(member) else { continue };
        let has = |tag: &String| texts.keys().any(|known| LanguageTag::parse(known) == LanguageTag::parse(tag));
        let missing = title_texts.keys().filter(|tag| !has(tag));
        found.extend(missing.map(|tag| Check::helpful(format!("{member}.{tag}"), "draft-check-language-missing", tag)));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::record::{MAX_SHORT, MAX_TEXT, MAX_TITLE};

    fn fields(kind: Kind, body: Value) -> Vec<String> {
        let found = needed(kind, body.as_object().unwrap());
        let other = found.iter().find(|check| check.message == "draft-check-other");
        assert_eq!(other, None, "every rule has its own sentence");
        found.into_iter().map(|check| check.field).collect()
    }

    #[test]
    fn every_mistake_is_told_by_its_path() {
        let body = json!({"country": "Morocco", "title": {"fr": "x".repeat(MAX_TITLE + 1), "en": "ok", "ar": " y"},
            "startYear": 2022, "endYear": 2020, "themes": ["a b"], "sdgGoals": [1, 1], "links": [{"title": "t", "url": "x"}],
            "description": {"fr": "a\u{202e}b"}, "mechanism": "nothing"});
        let found = fields(Kind::Practice, body);
        for field in ["country", "title.fr", "title.ar", "summary", "startYear", "sdgGoals", "mechanism"] {
            assert!(found.contains(&field.to_owned()), "{field} in {found:?}");
        }
        for start in ["themes[0]", "links[0].url", "description.fr"] {
            assert!(found.iter().any(|field| field == start), "{start} in {found:?}");
        }
    }

    #[test]
    fn an_empty_body_lacks_what_its_kind_requires() {
        assert_eq!(fields(Kind::Mechanism, json!({})), ["country", "name"]);
        assert_eq!(fields(Kind::Practice, json!({})), ["country", "title", "summary"]);
        assert_eq!(fields(Kind::Document, json!({})), ["title", "type"]);
        assert_eq!(fields(Kind::Event, json!({})), ["title", "type"]);
    }

    #[test]
    fn a_compiled_record_needs_a_source() {
        let body =
            json!({"country": "GM", "name": {"en": "N"}, "compiled": true, "acronym": "A".repeat(MAX_SHORT + 1)});
        assert_eq!(fields(Kind::Mechanism, body), ["sources", "acronym"]);
        let long = json!({"country": "GM", "name": {"en": "N"}, "mandate": {"en": "x".repeat(MAX_TEXT + 1)}});
        assert_eq!(fields(Kind::Mechanism, long), ["mandate.en"]);
    }

    #[test]
    fn what_would_help_stops_nothing() {
        let body = json!({"country": "MA", "title": {"fr": "T", "en": "T"}, "summary": {"fr": "s".repeat(601)}});
        let found = checks(Kind::Practice, body.as_object().unwrap(), true);
        assert!(found.iter().all(|check| !check.needed));
        let fields: Vec<&str> = found.iter().map(|check| check.field.as_str()).collect();
        assert_eq!(fields, ["sources", "themes", "capacities", "startYear", "summary.en", "summary.fr", ""]);
    }

    #[test]
    fn the_field_before_which_something_must_be_is_named_in_words() {
        let practice = json!({"country": "MA", "title": {"fr": "T"}, "summary": {"fr": "S"}, "startYear": 2022,
            "endYear": 2020});
        let event = json!({"title": {"fr": "T"}, "type": "x", "startsOn": "2026-02", "endsOn": "2026-01"});
        for (kind, body, french, arabic) in [
            (Kind::Practice, practice, "année de fin", "سنة الانتهاء"),
            (Kind::Event, event, "date de fin", "تاريخ الانتهاء"),
        ] {
            let found = needed(kind, body.as_object().unwrap());
            let [check] = found.as_slice() else { panic!("{found:?}") };
            assert!(check.message("fr").contains(french), "{}", check.message("fr"));
            assert!(check.message("ar").contains(arabic), "{}", check.message("ar"));
        }
    }

    #[test]
    fn every_message_is_said_in_every_language() {
        let body = json!({"title": {"fr": "T"}, "summary": {"fr": "s".repeat(700)}, "mode": "x"});
        for kind in [Kind::Mechanism, Kind::Practice, Kind::Document, Kind::Event] {
            for check in checks(kind, body.as_object().unwrap(), true) {
                for language in texts::LANGUAGES {
                    assert!(!check.message(language).starts_with("draft-"), "{language}: {check:?}");
                }
            }
        }
    }
}
