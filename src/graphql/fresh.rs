//! `maxAge`: which copies a request wishes to be fresh, and which of them still are not.

use async_graphql::{Name, Value, indexmap::IndexMap};

use super::{
    guard::Arguments,
    http::Asked,
    network::SyncState,
    scalars::{DateTime, Duration},
};
use crate::{
    federation::fresh::{Older, Scope, Wish},
    record::CountryCode,
};

/// What the lists of a request wish together: the least age of all, and the copies of each. None where none was given.
pub(super) fn wish(asked: &Asked<'_>) -> Option<Wish> {
    let mut wish: Option<Wish> = None;
    for (_, arguments) in asked.fields_with("maxAge") {
        let Some(age) = age(&arguments) else { continue };
        let wish = wish.get_or_insert_with(|| Wish { age, scopes: Vec::new() });
        wish.age = wish.age.min(age);
        wish.scopes.push(scope(&arguments));
    }
    wish
}

fn age(arguments: &Arguments<'_>) -> Option<std::time::Duration> {
    match arguments.get("maxAge").as_deref() {
        Some(Value::String(text)) => Duration::read(text).map(|length| length.0),
        _ => None,
    }
}

fn scope(arguments: &Arguments<'_>) -> Scope {
    let filter = arguments.get("filter");
    let Some(Value::Object(filter)) = filter.as_deref() else { return Scope::default() };
    let texts = |name: &str| -> Option<Vec<String>> {
        let texts = match filter.get(name)? {
            Value::List(items) => items.iter().filter_map(text).collect(),
            single => vec![text(single)?],
        };
        // An empty list does not restrict.
        Some(texts).filter(|texts: &Vec<String>| !texts.is_empty())
    };
    let countries = texts("countries").map(|codes| codes.iter().filter_map(|code| CountryCode::parse(code)).collect());
    Scope { origins: texts("origins"), countries }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// `extensions.freshness`.
pub(super) fn told(older: Vec<Older>) -> Value {
    let told = older.into_iter().map(|older| {
        let confirmed = older.confirmed_at.map_or(Value::Null, |at| async_graphql::ScalarType::to_value(&DateTime(at)));
        Value::Object(IndexMap::from_iter([
            (Name::new("origin"), Value::String(older.origin)),
            (Name::new("confirmedAt"), confirmed),
            (Name::new("state"), async_graphql::InputType::to_value(&SyncState::from(older.state))),
        ]))
    });
    Value::List(told.collect())
}
