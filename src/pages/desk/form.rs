//! Fields of forms: label, hint, what was typed, and what is wrong with it beside it. A page may have several forms; each
//! has a name of its own, which begins the ids of its fields.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::super::{content::Content, parts::text::attribute, visit::Visit};

/// What was wrong with a form that was sent.
pub(super) struct Wrong {
    /// Name of the form.
    pub(super) form: &'static str,
    /// Name of the field; empty where it is the whole that cannot be.
    pub(super) field: &'static str,
    /// The sentence, in the reader's language.
    pub(super) text: String,
}

impl Wrong {
    pub(super) fn new(form: &'static str, field: &'static str, text: String) -> Self {
        Self { form, field, text }
    }
}

/// A page with what was wrong on it: 422.
pub(super) fn with_status(content: Content, wrong: Option<&Wrong>) -> Content {
    match wrong {
        Some(_) => content.status(StatusCode::UNPROCESSABLE_ENTITY),
        None => content,
    }
}

/// Says at the start of a page what was wrong, and leads to the field.
pub(super) fn alert(visit: &Visit, wrong: Option<&Wrong>) -> Markup {
    html! {
        @if let Some(Wrong { form, field, text }) = wrong {
            div.note.bad role="alert" {
                p { (text) }
                @if !field.is_empty() {
                    p { a href={ "#" (form) "-" (field) } { (visit.say("desk-to-the-field")) } }
                }
            }
        }
    }
}

/// Says what was done; `done` is a value of the address, of the closed list that `sentence` knows.
pub(super) fn done(visit: &Visit, sentence: fn(&Visit, &str) -> Option<String>) -> Markup {
    let said = visit.asked("done").and_then(|done| sentence(visit, &done));
    html! { @if let Some(said) = said { p.note.good role="status" { (said) } } }
}

/// One form of a page.
#[derive(Clone)]
pub(super) struct Form<'a> {
    pub(super) visit: &'a Visit,
    pub(super) wrong: Option<&'a Wrong>,
    /// What the ids of its fields begin with.
    id: String,
}

/// What stands around a field.
#[derive(Clone, Copy, Default)]
pub(super) struct Said<'a> {
    pub(super) label: &'a str,
    pub(super) hint: Option<&'a str>,
    pub(super) is_needed: bool,
}

impl<'a> Form<'a> {
    pub(super) fn new(visit: &'a Visit, name: &'static str, wrong: Option<&'a Wrong>) -> Self {
        Self { visit, wrong: wrong.filter(|wrong| wrong.form == name), id: name.to_owned() }
    }

    /// One of several forms of this name on a page, at this place. The one that was sent has the name alone.
    pub(super) fn at(visit: &'a Visit, name: &'static str, place: usize, wrong: Option<&'a Wrong>) -> Self {
        let form = Self::new(visit, name, wrong);
        match form.wrong {
            Some(_) => form,
            None => Self { id: format!("{name}-{place}"), ..form },
        }
    }

    /// What was typed, if this form was the one that was sent; else what stands there first.
    pub(super) fn value(&self, field: &str, first: &str) -> String {
        match self.wrong {
            Some(_) => self.visit.field(field),
            None => first.to_owned(),
        }
    }

    fn wrong(&self, field: &str) -> Option<&'a str> {
        self.wrong.filter(|wrong| wrong.field == field).map(|wrong| wrong.text.as_str())
    }

    fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.id)
    }

    /// The ids of what describes a field.
    fn described(&self, field: &str, said: Said<'_>) -> Option<String> {
        let id = self.id(field);
        let wrong = self.wrong(field).map(|_| format!("{id}-wrong"));
        let hint = said.hint.map(|_| format!("{id}-hint"));
        let all: Vec<String> = wrong.into_iter().chain(hint).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    fn around(&self, field: &str, said: Said<'_>, control: &Markup) -> Markup {
        let id = self.id(field);
        html! {
            div.field {
                label.label for=(id) { (said.label) @if !said.is_needed { " " span.quiet { (self.visit.say("desk-optional")) } } }
                @if let Some(wrong) = self.wrong(field) { p.wrong id={ (id) "-wrong" } { (wrong) } }
                (control)
                @if let Some(hint) = said.hint { span.quiet id={ (id) "-hint" } { (hint) } }
            }
        }
    }

    /// A field of one line. `kind` is the type of the input.
    pub(super) fn line(&self, field: &str, kind: &str, first: &str, said: Said<'_>) -> Markup {
        let value = self.value(field, first);
        let wrong = self.wrong(field).map(|_| "true");
        let plain = matches!(kind, "text" | "email" | "tel" | "url").then_some("off");
        self.around(
            field,
            said,
            &html! {
                input id=(self.id(field)) name=(field) type=(kind) value=(attribute(&value)) autocomplete=[plain]
                    dir=[(kind == "text").then_some("auto")] required[said.is_needed] aria-invalid=[wrong]
                    aria-describedby=[self.described(field, said)];
            },
        )
    }

    /// A word that is typed as it is read aloud: nothing corrects it.
    pub(super) fn exact(&self, field: &str, size: usize, said: Said<'_>) -> Markup {
        let wrong = self.wrong(field).map(|_| "true");
        self.around(
            field,
            said,
            &html! {
                input.exact id=(self.id(field)) name=(field) type="text" value=(attribute(&self.value(field, ""))) autocomplete="off"
                    autocapitalize="off" autocorrect="off" spellcheck="false" dir="ltr" size=(size) aria-invalid=[wrong]
                    aria-describedby=[self.described(field, said)];
            },
        )
    }

    /// A field of several lines.
    pub(super) fn area(&self, field: &str, said: Said<'_>) -> Markup {
        let wrong = self.wrong(field).map(|_| "true");
        self.around(
            field,
            said,
            &html! {
                textarea id=(self.id(field)) name=(field) rows="3" dir="auto" required[said.is_needed] aria-invalid=[wrong]
                    aria-describedby=[self.described(field, said)] { "\n" (self.value(field, "")) }
            },
        )
    }

    /// One of a few: value and words of each.
    pub(super) fn select(&self, field: &str, first: &str, options: &[(String, String)], said: Said<'_>) -> Markup {
        let value = self.value(field, first);
        let wrong = self.wrong(field).map(|_| "true");
        self.around(
            field,
            said,
            &html! {
                select id=(self.id(field)) name=(field) aria-invalid=[wrong] aria-describedby=[self.described(field, said)] {
                    @for (option, words) in options {
                        option value=(option) selected[*option == value] { (words) }
                    }
                }
            },
        )
    }
}

/// What is not of this form, and travels with it.
pub(super) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}
