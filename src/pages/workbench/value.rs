//! Values of a body as people read them.

use maud::{Markup, html};
use serde_json::Value;

use super::{
    super::{
        parts::{
            entry, links, terms,
            text::{direction, inline, markdown, shown},
        },
        visit::Visit,
    },
    fields::{Form, Writing},
};
use crate::{
    catalog::Viewer,
    record::{CountryCode, LanguageTag, PartialDate, RecordKey, Reference, Sub, vocabulary::Vocabulary},
};

/// A value, or that nothing is stated.
pub(super) fn value(visit: &Visit, form: Form, value: Option<&Value>) -> Markup {
    match value {
        None | Some(Value::Null) => html! { p.quiet { (visit.say("not-stated")) } },
        Some(value) => stated(visit, form, value),
    }
}

fn stated(visit: &Visit, form: Form, value: &Value) -> Markup {
    match (form, value) {
        (Form::Texts(_) | Form::TextOrTexts, Value::Object(texts)) => html! {
            @for (tag, text) in texts {
                @if let (Some(language), Some(words)) = (LanguageTag::parse(tag), text.as_str()) {
                    p.label { (terms::language(visit, &language)) }
                    (text_in(writing(form), words, &language))
                }
            }
        },
        (_, Value::Array(items)) => html! {
            ul.plain { @for item in items { li { (one(visit, form, item)) } } }
        },
        _ => html! { p { (one(visit, form, value)) } },
    }
}

fn writing(form: Form) -> Writing {
    match form {
        Form::Texts(writing) => writing,
        _ => Writing::Short,
    }
}

/// A text of one language, as its page shows it.
pub(super) fn text_in(writing: Writing, text: &str, language: &LanguageTag) -> Markup {
    html! {
        div lang=(language.as_str()) dir=(direction(language)) {
            @if writing == Writing::Markdown { (markdown(text)) } @else { p { (shown(text)) } }
        }
    }
}

fn one(visit: &Visit, form: Form, value: &Value) -> Markup {
    let text = value.as_str().unwrap_or_default();
    match form {
        Form::Code(list) | Form::Codes(list) => html! { (shown(&terms::label(visit, list, text))) },
        Form::Numbers(list) => html! { (goal(visit, list, value)) },
        Form::Mode => html! { (mode(visit, text)) },
        Form::Truth => html! { (truth(visit, value)) },
        Form::Country => match CountryCode::parse(text) {
            Some(country) => html! { (terms::country(visit, country)) },
            None => shown(text),
        },
        Form::Language | Form::Languages => match LanguageTag::parse(text) {
            Some(tag) => html! { (terms::language(visit, &tag)) },
            None => shown(text),
        },
        Form::Day => match PartialDate::parse(text) {
            Some(day) => html! { (visit.partial_day(day)) },
            None => shown(text),
        },
        Form::Sources => source(visit, value),
        Form::Editions => edition(visit, value),
        Form::Reference(_) | Form::References(_) => reference(visit, value),
        Form::Address => address(text),
        _ => plain(value),
    }
}

/// A value that is no text is written as a program would; the checks say that it is of the wrong form.
fn plain(value: &Value) -> Markup {
    match value {
        Value::String(text) => html! { bdi { (shown(text)) } },
        other => html! { (other.to_string()) },
    }
}

fn goal(visit: &Visit, list: Vocabulary, value: &Value) -> String {
    terms::label(visit, list, &value.as_u64().map_or_else(|| value.to_string(), |number| number.to_string()))
}

/// How an event is held.
pub(super) fn mode(visit: &Visit, word: &str) -> String {
    match word {
        "in-person" => visit.say("work-mode-in-person"),
        "online" => visit.say("work-mode-online"),
        "hybrid" => visit.say("work-mode-hybrid"),
        other => other.to_owned(),
    }
}

fn truth(visit: &Visit, value: &Value) -> String {
    match value.as_bool() {
        Some(true) => visit.say("work-yes"),
        Some(false) => visit.say("work-no"),
        None => value.to_string(),
    }
}

/// An address of the web leads there; what is none is text.
fn address(url: &str) -> Markup {
    match links::is_web(url) {
        true => links::out(url, html! { bdi dir="ltr" { (shown(url)) } }),
        false => html! { bdi { (shown(url)) } },
    }
}

fn source(visit: &Visit, value: &Value) -> Markup {
    let part = |name: &str| value.get(name).and_then(Value::as_str);
    html! {
        bdi { (shown(part("title").unwrap_or(&visit.say("not-stated")))) }
        @if let Some(url) = part("url") { br; (address(url)) }
    }
}

fn edition(visit: &Visit, value: &Value) -> Markup {
    let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let language = LanguageTag::parse(part("language"));
    html! {
        (language.map_or_else(|| part("language").to_owned(), |tag| terms::language(visit, &tag)))
        br;
        (address(part("url")))
    }
}

/// The title of a record that is named, as a link to its page where it is shown here.
pub(super) fn reference(visit: &Visit, value: &Value) -> Markup {
    let found = key_of(visit, value).and_then(|key| visit.snapshot.record(key, Viewer::NETWORK));
    match found {
        Some(record) => html! { a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) } },
        None => match value {
            Value::String(sub) => html! { code { (shown(sub)) } },
            other => html! { code { (shown(&other.to_string())) } },
        },
    }
}

/// The key of a record that a body of this instance names.
pub(super) fn key_of(visit: &Visit, value: &Value) -> Option<RecordKey> {
    let reference = match value {
        Value::String(sub) => Reference::Own(Sub::parse(sub)?),
        other => {
            let part = |name: &str| other.get(name).and_then(Value::as_str);
            Reference::Of { iss: part("iss")?.into(), sub: Sub::parse(part("sub")?)? }
        }
    };
    Some(visit.snapshot.resolve(&reference, visit.hub.entity_id()))
}

/// A title within a line; that there is none yet where there is none.
pub(super) fn title(visit: &Visit, title: Option<(&str, LanguageTag)>) -> Markup {
    match title {
        Some((text, language)) => inline(text, &language),
        None => html! { (visit.say("work-untitled")) },
    }
}
