//! What a save changes in a body: absent leaves as it is, empty empties, lists replace, texts replace by language.

use serde_json::{Map, Value};

use crate::record::{Audience, LanguageTag};

/// What becomes of one member.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It goes.
    Empty,
    /// It is this now. An empty text or list goes.
    Set(Value),
    /// These languages of it; one without text goes, those not named stay.
    Texts(Vec<(LanguageTag, String)>),
}

/// The changes of one save. White space at the ends of texts goes: forms leave it there, and no rule lets it stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patch {
    /// By member of the body.
    pub changes: Vec<(&'static str, Change)>,
    /// Another audience.
    pub audience: Option<Audience>,
}

impl Patch {
    /// Changes a body.
    pub fn apply(&self, body: &mut Map<String, Value>) {
        for (member, change) in &self.changes {
            match change {
                Change::Empty => {
                    body.shift_remove(*member);
                }
                Change::Set(value) => put(body, member, tidy(value.clone())),
                Change::Texts(texts) => {
                    let mut changed = match body.get(*member) {
                        Some(Value::Object(languages)) => languages.clone(),
                        _ => Map::new(),
                    };
                    texts.iter().for_each(|(language, text)| put_text(&mut changed, language, text));
                    put(body, member, Some(Value::Object(changed)).filter(|texts| !is_empty(texts)));
                }
            }
        }
    }
}

fn put(body: &mut Map<String, Value>, member: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            body.insert(member.to_owned(), value);
        }
        None => {
            body.shift_remove(member);
        }
    }
}

/// Languages are compared without case; the spelling that is there stays.
fn put_text(texts: &mut Map<String, Value>, language: &LanguageTag, text: &str) {
    let known = texts.keys().find(|tag| LanguageTag::parse(tag).as_ref() == Some(language)).cloned();
    let tag = known.unwrap_or_else(|| language.as_str().to_owned());
    put(texts, &tag, Some(Value::from(text.trim())).filter(|text| !is_empty(text)));
}

/// A value without white space at the ends of its texts; none for one that says nothing.
fn tidy(value: Value) -> Option<Value> {
    let tidied = match value {
        Value::String(text) => Value::from(text.trim()),
        Value::Array(items) => Value::Array(items.into_iter().filter_map(tidy).collect()),
        Value::Object(members) => {
            let members = members.into_iter();
            Value::Object(members.filter_map(|(name, value)| Some((name, tidy(value)?))).collect())
        }
        other => other,
    };
    (!is_empty(&tidied)).then_some(tidied)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn applied(body: Value, changes: Vec<(&'static str, Change)>) -> Value {
        let Value::Object(mut body) = body else { panic!("an object") };
        Patch { changes, audience: None }.apply(&mut body);
        Value::Object(body)
    }

    fn texts(texts: &[(&str, &str)]) -> Change {
        let text = |(tag, text): &(&str, &str)| (LanguageTag::parse(tag).unwrap(), (*text).to_owned());
        Change::Texts(texts.iter().map(text).collect())
    }

    #[test]
    fn texts_replace_by_language_and_an_empty_one_removes_it() {
        let body = json!({"title": {"fr": "Un", "pt-BR": "Um", "en": "One"}});
        let changed = applied(body.clone(), vec![("title", texts(&[("FR", " Deux\n"), ("en", " "), ("ar", "x")]))]);
        assert_eq!(changed, json!({"title": {"fr": "Deux", "pt-BR": "Um", "ar": "x"}}));
        let emptied = applied(body, vec![("title", texts(&[("fr", ""), ("pt-br", ""), ("en", "")]))]);
        assert_eq!(emptied, json!({}));
    }

    #[test]
    fn what_is_not_named_stays_and_lists_replace() {
        let body = json!({"themes": ["a", "b"], "startYear": 2020, "own": 1});
        let changed = applied(body, vec![("themes", Change::Set(json!(["c"]))), ("startYear", Change::Empty)]);
        assert_eq!(changed, json!({"themes": ["c"], "own": 1}));
    }

    #[test]
    fn what_says_nothing_goes() {
        let body = json!({"acronym": "X", "themes": ["a"], "standing": true});
        let changes = vec![
            ("acronym", Change::Set(json!("  "))),
            ("themes", Change::Set(json!([]))),
            ("standing", Change::Set(json!(false))),
            ("sources", Change::Set(json!([{"title": " S ", "url": ""}]))),
        ];
        assert_eq!(applied(body, changes), json!({"standing": false, "sources": [{"title": "S"}]}));
    }
}
