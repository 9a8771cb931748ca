//! The fields of a form, drawn from their description: a text in two languages side by side, everything else with its name
//! on the one side and its box on the other.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{
    super::{
        parts::{
            terms,
            text::{attribute, direction},
        },
        visit::Visit,
    },
    choices,
    fields::{Field, Form, Writing},
    lookup::{self, Looked},
    mending::{Mending, id},
    tongues::{self, Tongues},
    value::text_in,
};
use crate::record::LanguageTag;

/// What a form is drawn of.
pub(super) struct Drawing<'d> {
    pub(super) visit: &'d Visit,
    pub(super) body: &'d Map<String, Value>,
    pub(super) mending: Mending<'d>,
    pub(super) tongues: &'d Tongues,
    pub(super) looked: Option<&'d Looked>,
}

impl Drawing<'_> {
    /// The field with everything around it.
    pub(super) fn field(&self, field: &Field) -> Markup {
        match (field.form, self.body.get(field.member)) {
            (Form::Texts(writing), _) => self.texts(field, writing),
            // The same in all languages stays so.
            (Form::TextOrTexts, Some(Value::String(_))) => self.single(field),
            (Form::TextOrTexts, _) => self.texts(field, Writing::Short),
            (
                Form::Codes(_)
                | Form::Numbers(_)
                | Form::Sources
                | Form::Editions
                | Form::Languages
                | Form::Reference(_)
                | Form::References(_),
                _,
            ) => self.group(field),
            _ => self.single(field),
        }
    }

    /// A text: what to work from, and the box to write in.
    fn texts(&self, field: &Field, writing: Writing) -> Markup {
        let none = Map::new();
        let texts = self.body.get(field.member).and_then(Value::as_object).unwrap_or(&none);
        html! {
            div.pair.one[self.tongues.from.is_none()] {
                @if let Some(from) = &self.tongues.from { (self.source(field, writing, texts, from)) }
                (self.written(field, writing, texts))
            }
        }
    }

    fn source(&self, field: &Field, writing: Writing, texts: &Map<String, Value>, from: &LanguageTag) -> Markup {
        let visit = self.visit;
        html! {
            div.src {
                p.label {
                    (self.name_in(field, from))
                    @if *from == self.tongues.original { " " span.quiet { (visit.say("work-original")) } }
                }
                @match tongues::text(texts, from) {
                    Some(text) => (text_in(writing, text, from)),
                    None => p.quiet { (visit.say("work-not-written")) },
                }
            }
        }
    }

    fn written(&self, field: &Field, writing: Writing, texts: &Map<String, Value>) -> Markup {
        let to = &self.tongues.to;
        let (path, told) = (format!("{}.{to}", field.member), self.mending.at_text(field.member, to));
        let (id, rows) = (
            id(&path),
            match writing {
                Writing::Short => 2,
                Writing::Plain => 6,
                Writing::Markdown => 8,
            },
        );
        html! {
            div {
                label.label for=(id) { (self.name_in(field, to)) }
                (self.explained(field, &id, &told))
                textarea id=(id) name=(path) rows=(rows) lang=(to) dir=(direction(to))
                    data-markdown[writing == Writing::Markdown]
                    aria-invalid=[(!told.is_empty()).then_some("true")]
                    aria-describedby=[described(field, &id, &told)] {
                    (tongues::text(texts, to).unwrap_or_default())
                }
            }
        }
    }

    fn name_in(&self, field: &Field, tag: &LanguageTag) -> String {
        let (name, language) = (self.visit.say(field.label), terms::language(self.visit, tag));
        self.visit.label("work-field-in", &[("field", (&name).into()), ("language", (&language).into())])
    }

    /// The hint and what is wrong.
    fn explained(&self, field: &Field, id: &str, told: &[String]) -> Markup {
        html! {
            @if let Some(hint) = field.hint { p.quiet id={ (id) "-hint" } { (self.visit.say(hint)) } }
            @if !told.is_empty() {
                div.note.bad id={ (id) "-told" } {
                    @for sentence in told { p { b { (self.visit.say("work-needed")) } " " (sentence) } }
                }
            }
        }
    }

    /// One box.
    fn single(&self, field: &Field) -> Markup {
        let (id, told) = (id(field.member), self.mending.at(field.member));
        html! {
            div.pair {
                div { label.label for=(id) { (self.visit.say(field.label)) } (self.explained(field, &id, &told)) }
                div { (self.control(field, &id, described(field, &id, &told), !told.is_empty())) }
            }
        }
    }

    fn control(&self, field: &Field, id: &str, described: Option<String>, is_wrong: bool) -> Markup {
        let (text, invalid) = (choices::text_of(self.body.get(field.member)), is_wrong.then_some("true"));
        let name = field.member;
        match choices::options(self.visit, field.form, &text) {
            Some(options) => html! {
                select id=(id) name=(name) aria-describedby=[described] aria-invalid=[invalid] {
                    option value="" selected[text.is_empty()] { (self.visit.say("not-stated")) }
                    @for (code, label) in options { option value=(code) selected[code == text] { (attribute(&label)) } }
                }
            },
            None if matches!(field.form, Form::Area | Form::Lines) => html! {
                textarea id=(id) name=(name) rows="3" aria-describedby=[described] aria-invalid=[invalid] { (text) }
            },
            None => {
                let (kind, size) = match field.form {
                    Form::Year => (Some("numeric"), 6),
                    Form::Day => (None, 12),
                    Form::Address => (Some("url"), 40),
                    _ => (None, 40),
                };
                let is_left_to_right = matches!(field.form, Form::Address | Form::Day | Form::Year);
                html! {
                    input id=(id) name=(name) type="text" value=(text) size=(size) inputmode=[kind]
                        dir=[is_left_to_right.then_some("ltr")] autocomplete="off"
                        aria-describedby=[described] aria-invalid=[invalid];
                }
            }
        }
    }

    /// Several boxes under one name.
    fn group(&self, field: &Field) -> Markup {
        let (id, told) = (id(field.member), self.mending.at(field.member));
        html! {
            div.pair id=(id) role="group" tabindex="-1" aria-labelledby={ (id) "-name" }
                aria-describedby=[described(field, &id, &told)] {
                div {
                    p.label id={ (id) "-name" } { (self.visit.say(field.label)) }
                    (self.explained(field, &id, &told))
                }
                div { (self.boxes(field)) }
            }
        }
    }

    fn boxes(&self, field: &Field) -> Markup {
        let value = self.body.get(field.member);
        match field.form {
            Form::Codes(list) | Form::Numbers(list) => choices::ticks(self.visit, field, list, value),
            Form::Languages => choices::languages(self.visit, field, value),
            Form::Reference(kind) | Form::References(kind) => {
                lookup::boxes(self.visit, field, kind, self.body, self.looked)
            }
            Form::Editions => self.rows(field, value, ("language", "work-edition-language"), 8),
            _ => self.rows(field, value, ("title", "work-source-title"), 36),
        }
    }

    /// Two boxes an item, and an empty pair for the next one.
    fn rows(&self, field: &Field, value: Option<&Value>, (first, label): (&str, &str), size: usize) -> Markup {
        let (visit, member) = (self.visit, field.member);
        let items: Vec<&Value> = value.and_then(Value::as_array).into_iter().flatten().collect();
        let part = |row: usize, name: &str| {
            items.get(row).and_then(|item| item.get(name)).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let cell = |row: usize, name: &str, label: String, size: usize, is_address: bool| {
            let path = format!("{member}[{row}].{name}");
            let invalid = self.mending.is_wrong(&path).then_some("true");
            let described = invalid.map(|_| format!("{}-told", id(member)));
            html! {
                label.label for=(id(&path)) { (label) span.vh { " " (visit.number(row as u64 + 1)) } }
                input id=(id(&path)) name=(path) type="text" size=(size) value=(part(row, name)) autocomplete="off"
                    inputmode=[is_address.then_some("url")] dir=(if is_address { "ltr" } else { "auto" })
                    aria-invalid=[invalid] aria-describedby=[described];
            }
        };
        html! {
            @for row in 0..=items.len() {
                div.rowed {
                    div { (cell(row, first, visit.say(label), size, false)) }
                    div { (cell(row, "url", visit.say("work-source-url"), 36, true)) }
                }
            }
            button.btn.line name="do" value={ "more:" (id(&format!("{member}[{}].{first}", items.len() + 1))) } {
                (visit.say("work-add-another")) span.vh { (visit.say("colon")) (visit.say(field.label)) }
            }
        }
    }
}

/// The ids of what explains a box.
fn described(field: &Field, id: &str, told: &[String]) -> Option<String> {
    let hint = field.hint.map(|_| format!("{id}-hint"));
    let told = (!told.is_empty()).then(|| format!("{id}-told"));
    let ids: Vec<String> = hint.into_iter().chain(told).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
