//! The members of an object, read one after another by name, rule and whether they must be there: so the decoder of a kind
//! reads as its row in the table of records.md.

use super::rules::{BodyError, Ruled, list};
use serde_json::{Map, Value};

/// The members of one object of a body. A null counts as absent.
#[derive(Clone, Copy)]
pub(super) struct Members<'a>(&'a Map<String, Value>);

impl<'a> Members<'a> {
    pub(super) fn new(members: &'a Map<String, Value>) -> Members<'a> {
        Members(members)
    }

    fn stated(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A member that may be absent.
    pub(super) fn optional<T>(self, name: &str, rule: impl Fn(&'a Value) -> Ruled<T>) -> Ruled<Option<T>> {
        self.stated(name).map(|value| rule(value).map_err(|error| error.within(name))).transpose()
    }

    /// A member that must be there.
    pub(super) fn required<T>(self, name: &str, rule: impl Fn(&'a Value) -> Ruled<T>) -> Ruled<T> {
        self.optional(name, rule)?.ok_or_else(|| missing(name))
    }

    /// A list that may be absent, which is the same as empty.
    pub(super) fn list<T>(self, name: &str, rule: impl Fn(&Value) -> Ruled<T>) -> Ruled<Box<[T]>> {
        Ok(self.optional(name, |value| list(value, &rule))?.unwrap_or_default())
    }

    /// That a member is there; its rule is kept elsewhere.
    pub(super) fn must_have(self, name: &str) -> Ruled<()> {
        self.stated(name).map(|_| ()).ok_or_else(|| missing(name))
    }
}

fn missing(name: &str) -> BodyError {
    BodyError::new("is missing").within(name)
}
