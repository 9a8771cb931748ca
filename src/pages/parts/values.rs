//! What lists are narrowed by, and its values, in the reader's words.

use super::{super::visit::Visit, terms};
use crate::{address::Name, record::Kind};

/// What a query name narrows by: `Region`.
pub(in crate::pages) fn name(visit: &Visit, kind: Kind, name: Name) -> String {
    visit.say(match name {
        Name::Q => "list-name-words",
        Name::Theme => "list-name-theme",
        Name::Capacity => "list-name-capacity",
        Name::Region => "list-name-region",
        Name::Country => "list-name-country",
        Name::Type if kind == Kind::Practice => "list-name-mechanism-type",
        Name::Type => "list-name-type",
        Name::Mechanism => "list-name-un-mechanism",
        Name::Goal => "list-name-goal",
        Name::Group => "list-name-group",
        Name::Language => "list-name-language",
        Name::From => "list-name-from",
        Name::To => "list-name-to",
        Name::Origin => "list-name-origin",
        Name::Compiled => "list-name-compiled",
        Name::Standing => "list-name-standing",
        Name::Mode => "list-name-mode",
        Name::Symbol => "list-name-symbol",
        Name::Role => "list-name-role",
        Name::Status => "list-name-status",
        Name::AsOf => "list-name-as-of",
        Name::Audience => "list-name-audience",
        Name::UpdatedSince => "list-name-updated-since",
        Name::IncludeSuspended => "list-name-suspended",
        Name::Sort => "list-sort",
        Name::Page => "list-name-page",
    })
}

/// The name of a value: `African Group`; a value that nobody has a name for is its own.
pub(in crate::pages) fn value(visit: &Visit, kind: Kind, name: Name, value: &str) -> String {
    match (name, value) {
        (Name::Standing, "true") => visit.say("list-value-standing"),
        (Name::Standing, _) => visit.say("list-value-ad-hoc"),
        (Name::IncludeSuspended, "true") => visit.say("list-value-yes"),
        (Name::IncludeSuspended, _) => visit.say("list-value-no"),
        (Name::Audience, "public") => visit.say("list-value-public"),
        (Name::Audience, _) => visit.say("list-value-network"),
        _ => match name.dimension(kind) {
            Some(dimension) => terms::value(visit, kind, dimension, Some(value)),
            None => value.to_owned(),
        },
    }
}
