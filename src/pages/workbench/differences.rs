//! What differs between two versions, field by field: before on the one side, after on the other.

use maud::{Markup, html};
use serde_json::Value;

use super::{
    super::{
        parts::{terms, text::shown},
        visit::Visit,
    },
    fields::{Form, Writing, of_path},
    mending::id,
    value,
};
use crate::{
    editorial::Difference,
    record::{Kind, LanguageTag},
};

/// Names of the two sides.
pub(super) struct Sides {
    pub(super) before: String,
    pub(super) after: String,
}

/// All of them; that there are none where there are none.
pub(super) fn list(visit: &Visit, kind: Kind, found: &[Difference], sides: &Sides) -> Markup {
    html! {
        @if found.is_empty() { p { (visit.say("work-no-difference")) } }
        @for difference in found {
            @let group = id(&difference.field);
            section.diff aria-labelledby=(group) {
                h3 id=(group) { (name(visit, kind, &difference.field)) }
                div.pair {
                    @for (name, value) in [(&sides.before, &difference.theirs), (&sides.after, &difference.yours)] {
                        div.src { p.label { (name) } (side(visit, kind, &difference.field, value.as_ref())) }
                    }
                }
            }
        }
    }
}

/// The field of a path in words: `Title, French`.
pub(super) fn name(visit: &Visit, kind: Kind, path: &str) -> String {
    let Some(field) = of_path(kind, path) else { return path.to_owned() };
    let label = visit.say(field.label);
    match language(path).filter(|_| field.is_by_language()) {
        Some(tag) => {
            let language = terms::language(visit, &tag);
            visit.label("work-field-in", &[("field", (&label).into()), ("language", (&language).into())])
        }
        None => label,
    }
}

/// One version of a field.
pub(super) fn side(visit: &Visit, kind: Kind, path: &str, value: Option<&Value>) -> Markup {
    let Some(field) = of_path(kind, path) else {
        return match value {
            Some(value) => html! { p { code { (shown(&value.to_string())) } } },
            None => value::value(visit, Form::Line, None),
        };
    };
    match (language(path).filter(|_| field.is_by_language()), value) {
        (Some(tag), Some(Value::String(text))) => {
            let writing = if let Form::Texts(writing) = field.form { writing } else { Writing::Short };
            value::text_in(writing, text, &tag)
        }
        (_, value) => value::value(visit, field.form, value),
    }
}

fn language(path: &str) -> Option<LanguageTag> {
    path.split_once('.').and_then(|(_, tag)| LanguageTag::parse(tag))
}
