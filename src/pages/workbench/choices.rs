//! Values that are chosen: from the lists that ship with the hub, from languages and countries.

use maud::{Markup, html};
use serde_json::Value;

use super::{
    super::{
        parts::{terms, text::shown},
        visit::Visit,
    },
    fields::{Field, Form},
    tongues::named,
    value,
};
use crate::record::{
    EventMode, LanguageTag, country,
    vocabulary::{self, Vocabulary},
};

/// Longest list of boxes that stands open although none is ticked.
const OPEN: usize = 14;

/// A value as it stands in a box.
pub(super) fn text_of(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        Some(other) => other.to_string(),
    }
}

/// The values that one of is chosen, with their names; none where it is written. What is there and in no list stays.
pub(super) fn options(visit: &Visit, form: Form, present: &str) -> Option<Vec<(String, String)>> {
    let mut options: Vec<(String, String)> = match form {
        Form::Code(list) => vocabulary::terms(list)
            .iter()
            .map(|term| (term.code.to_string(), terms::in_page(visit, &term.label)))
            .collect(),
        Form::Mode => EventMode::ALL.map(|mode| (mode.as_str().to_owned(), value::mode(visit, mode.as_str()))).into(),
        Form::Truth => vec![("true".to_owned(), visit.say("work-yes")), ("false".to_owned(), visit.say("work-no"))],
        Form::Language => named(visit).into_iter().map(|(tag, name)| (tag.to_string(), name)).collect(),
        Form::Country => countries(visit),
        _ => return None,
    };
    if !present.is_empty() && options.iter().all(|(code, _)| code != present) {
        options.push((present.to_owned(), present.to_owned()));
    }
    Some(options)
}

fn countries(visit: &Visit) -> Vec<(String, String)> {
    let mut all: Vec<_> = country::all().iter().map(|country| country.code).collect();
    all.sort_by_key(|code| country::rank(*code, visit.language));
    all.into_iter().map(|code| (code.to_string(), terms::country(visit, code))).collect()
}

/// A box for each code of a list, and for what else is there.
pub(super) fn ticks(visit: &Visit, field: &Field, list: Vocabulary, value: Option<&Value>) -> Markup {
    let present: Vec<String> =
        value.and_then(Value::as_array).into_iter().flatten().map(|code| text_of(Some(code))).collect();
    let terms = vocabulary::terms(list);
    let known = terms.iter().map(|term| (term.code.to_string(), terms::in_page(visit, &term.label)));
    let others = present.iter().filter(|code| terms.iter().all(|term| *term.code != ***code));
    let all: Vec<(String, String)> = known.chain(others.map(|code| (code.clone(), code.clone()))).collect();
    let boxes = html! {
        // Sent also where nothing is ticked, so that a list can be emptied.
        input type="hidden" name=(field.member) value="";
        div.ticks {
            @for (code, label) in &all {
                label.tick {
                    input type="checkbox" name=(field.member) value=(code) checked[present.contains(code)];
                    span { (shown(label)) }
                }
            }
        }
    };
    html! {
        @if all.len() > OPEN {
            details open[!present.is_empty()] {
                summary { (visit.tell("work-choose", &[("count", all.len().into())])) }
                (boxes)
            }
        } @else { (boxes) }
    }
}

/// A box for each of the six and of those that are there, and a line for others.
pub(super) fn languages(visit: &Visit, field: &Field, value: Option<&Value>) -> Markup {
    let present: Vec<LanguageTag> = value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|tag| LanguageTag::parse(tag.as_str()?))
        .collect();
    let six: Vec<LanguageTag> = named(visit).into_iter().take(6).map(|(tag, _)| tag).collect();
    let others = present.iter().filter(|tag| !six.contains(tag));
    html! {
        input type="hidden" name=(field.member) value="";
        div.ticks {
            @for tag in six.iter().chain(others) {
                label.tick {
                    input type="checkbox" name=(field.member) value=(tag) checked[present.contains(tag)];
                    span { (terms::language(visit, tag)) }
                }
            }
        }
        label.label for="f-languages-more" { (visit.say("work-other-languages")) }
        input #f-languages-more name=(field.member) type="text" size="24" dir="ltr" autocomplete="off";
    }
}
