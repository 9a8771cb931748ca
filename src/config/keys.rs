//! Which keys there are, and which known one an unknown one was probably meant to be. The keys are read off a configuration that
//! has one of everything, so that there is no second list to keep.

use figment::value::{Dict, Value};
use serde_json::Value as Json;

use super::{Config, Oidc, Peer};

/// Likeness (0 to 1) from which on a known word is offered in place of an unknown one.
const ALIKE: f64 = 0.75;

/// Every section and key there is, each with its default. Lists of tables have one element, an empty object takes any key.
pub(super) fn known() -> Json {
    let mut one_of_everything = Config::default();
    one_of_everything.trust.peers.push(Peer::default());
    one_of_everything.auth.oidc.push(Oidc::default());
    serde_json::to_value(&one_of_everything).unwrap_or_default()
}

/// What stands in `values` and is not known: a sentence for each, with the key's path.
pub(super) fn unknown(values: &Dict, known: &Json) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(values, known, known, "", &mut found);
    found
}

fn walk(values: &Dict, here: &Json, all: &Json, path: &str, found: &mut Vec<(String, String)>) {
    let Some(members) = here.as_object() else { return };
    if members.is_empty() && !path.is_empty() {
        return; // free words, such as the provider's roles
    }
    for (name, value) in values {
        let full = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let Some(inner) = members.get(name) else {
            let sentence = sentence(name, value, members.keys(), all, path);
            found.push((full, sentence));
            continue;
        };
        match (value, inner) {
            (Value::Dict(_, table), Json::Object(_)) => walk(table, inner, all, &full, found),
            (Value::Array(_, list), Json::Array(pattern)) => {
                for element in list {
                    if let (Value::Dict(_, table), Some(inner)) = (element, pattern.first()) {
                        walk(table, inner, all, &full, found);
                    }
                }
            }
            _ => {}
        }
    }
}

fn sentence<'a>(
    name: &str,
    value: &Value,
    siblings: impl Iterator<Item = &'a String> + Clone,
    all: &Json,
    path: &str,
) -> String {
    let what = match (path.is_empty(), value) {
        (true, Value::Dict(..)) => format!("there is no section [{name}]"),
        (true, _) => format!("{name:?} stands in no section"),
        _ => format!("the section [{path}] has no key {name:?}"),
    };
    if let Some(nearest) = nearest(name, siblings.clone().map(String::as_str)) {
        return match (path.is_empty(), value) {
            (true, _) => format!("{what}. The nearest there is: [{nearest}]"),
            _ => format!("{what}. The nearest known one is {nearest:?}"),
        };
    }
    let elsewhere: Vec<String> =
        key_paths(all).into_iter().filter(|full| full.rsplit('.').next() == Some(name)).collect();
    if let Some(full) = elsewhere.first() {
        let (section, key) = full.rsplit_once('.').unwrap_or(("", full));
        return format!("{what}. {key:?} belongs into [{section}]");
    }
    // nothing is near: the nearest of the whole file is still named, so that nobody has to guess
    let all_keys = key_paths(all);
    let best = all_keys.iter().max_by(|a, b| likeness(name, last(a)).total_cmp(&likeness(name, last(b))));
    match (path.is_empty(), best) {
        (true, Some(full)) => format!("{what}. The nearest known one is {full:?}"),
        _ => {
            let known: Vec<&str> = siblings.map(String::as_str).collect();
            format!("{what}. It knows {}", known.join(", "))
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn likeness(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(&one.to_lowercase().replace('-', "_"), other)
}

fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|word| (word, likeness(name, word)))
        .filter(|(_, likeness)| *likeness >= ALIKE)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(word, _)| word)
}

/// The paths of all keys, `trust.coordinator.also`; elements of lists of tables under the list's path.
pub(super) fn key_paths(known: &Json) -> Vec<String> {
    fn collect(here: &Json, path: &str, into: &mut Vec<String>) {
        match here {
            Json::Object(members) if !members.is_empty() => {
                for (name, inner) in members {
                    let full = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    collect(inner, &full, into);
                }
            }
            Json::Array(list) if list.first().is_some_and(Json::is_object) => {
                for element in list {
                    collect(element, path, into);
                }
            }
            _ => into.push(path.to_owned()),
        }
    }
    let mut paths = Vec::new();
    collect(known, "", &mut paths);
    paths
}

/// The default at a path, for judging how an environment variable is to be read.
pub(super) fn default_at<'a>(known: &'a Json, path: &[&str]) -> Option<&'a Json> {
    path.iter().try_fold(known, |here, name| here.as_object()?.get(*name))
}
