//! What differs between two bodies, for one who must choose.

use serde_json::{Map, Value};

/// Two versions of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Path in the body, such as `title.fr`.
    pub field: String,
    /// What is stored; none where it is absent.
    pub theirs: Option<Value>,
    /// What was sent; none where it is absent.
    pub yours: Option<Value>,
}

/// By member, texts by language; lists and references as a whole. In the order of `theirs`, then of `yours`.
pub fn differences(theirs: &Map<String, Value>, yours: &Map<String, Value>) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", theirs, yours, &mut found);
    found
}

fn compare(at: &str, theirs: &Map<String, Value>, yours: &Map<String, Value>, found: &mut Vec<Difference>) {
    let names = theirs.keys().chain(yours.keys().filter(|name| !theirs.contains_key(*name)));
    for name in names {
        let field = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
        let none = Map::new();
        match (theirs.get(name), yours.get(name)) {
            (one, other) if one == other => {}
            (one, other) if one.is_none_or(is_by_member) && other.is_none_or(is_by_member) => {
                let members = |value: Option<&'_ Value>| value.and_then(Value::as_object).cloned();
                let (one, other) = (members(one), members(other));
                compare(&field, one.as_ref().unwrap_or(&none), other.as_ref().unwrap_or(&none), found);
            }
            (one, other) => found.push(Difference { field, theirs: one.cloned(), yours: other.cloned() }),
        }
    }
}

/// An object, but no reference to another origin's record: half of one says nothing.
fn is_by_member(value: &Value) -> bool {
    value.as_object().is_some_and(|members| !members.is_empty() && !members.contains_key("iss"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_differ_by_language_lists_as_a_whole() {
        let theirs = json!({"title": {"fr": "Un", "en": "One"}, "themes": ["a", "b"], "startYear": 2020, "same": [1]});
        let yours = json!({"title": {"fr": "Deux", "en": "One"}, "themes": ["a"], "same": [1],
            "summary": {"ar": "x"}, "mechanism": {"iss": "https://a.example", "sub": "mechanism/y"}});
        let found = differences(theirs.as_object().unwrap(), yours.as_object().unwrap());
        let shown: Vec<Value> = found.iter().map(|found| json!([found.field, found.theirs, found.yours])).collect();
        assert_eq!(
            shown,
            [
                json!(["title.fr", "Un", "Deux"]),
                json!(["themes", ["a", "b"], ["a"]]),
                json!(["startYear", 2020, null]),
                json!(["summary.ar", null, "x"]),
                json!(["mechanism", null, {"iss": "https://a.example", "sub": "mechanism/y"}]),
            ]
        );
    }
}
