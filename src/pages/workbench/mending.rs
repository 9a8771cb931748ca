//! What is to be mended in a draft: beside the field, and as a list that leads to the fields.

use maud::{Markup, html};

use super::{
    super::visit::Visit,
    differences::name,
    fields::{Field, fields, of_path},
    tongues::Tongues,
};
use crate::{
    editorial::{Check, Draft, Sort},
    record::{Kind, LanguageTag},
};

/// What is to be mended beside the fields.
pub(super) struct Mending<'c> {
    pub(super) checks: &'c [Check],
    /// Whether what is merely missing is told at the fields, too: once somebody wants to hand the draft in.
    pub(super) is_strict: bool,
    pub(super) language: &'static str,
}

impl Mending<'_> {
    /// What stops a submit at this path, or within it.
    pub(super) fn at(&self, path: &str) -> Vec<String> {
        let is_within =
            |field: &str| field.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('['));
        self.told(is_within)
    }

    /// The same of a text in one language: what the whole text lacks is said where it is written.
    pub(super) fn at_text(&self, member: &str, tag: &LanguageTag) -> Vec<String> {
        let path = format!("{member}.{tag}");
        self.told(|field| field == member || field.eq_ignore_ascii_case(&path))
    }

    pub(super) fn is_wrong(&self, path: &str) -> bool {
        !self.told(|field| field == path).is_empty()
    }

    fn told(&self, is_here: impl Fn(&str) -> bool) -> Vec<String> {
        let counts = |check: &&Check| check.needed && (self.is_strict || check.sort != Sort::Required);
        let here = self.checks.iter().filter(counts).filter(|check| is_here(&check.field));
        here.map(|check| check.message(self.language)).collect()
    }
}

/// The id of a field: that of the language that is written, of a text.
pub(super) fn id(path: &str) -> String {
    let letters = path.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    std::iter::once('f').chain(std::iter::once('-')).chain(letters).collect::<String>().trim_end_matches('-').to_owned()
}

/// Where something is mended: a language that is to be shown first, and the id of the field.
fn place(check: &Check, field: &Field, tongues: &Tongues) -> (Option<LanguageTag>, String) {
    if !field.is_by_language() {
        return (None, id(field.member));
    }
    let tag = check.field.split_once('.').and_then(|(_, tag)| LanguageTag::parse(tag));
    let tag = tag.unwrap_or_else(|| tongues.to.clone());
    let other = Some(&tag).filter(|tag| **tag != tongues.to).cloned();
    (other, id(&format!("{}.{tag}", field.member)))
}

/// The list beside the form: needed first, then helpful, then what is done.
pub(super) fn list(visit: &Visit, draft: &Draft, checks: &[Check], tongues: &Tongues) -> Markup {
    let needed = checks.iter().filter(|check| check.needed).count();
    let checks = in_order(draft.record.kind(), checks);
    html! {
        p { (count(visit, needed, checks.len() - needed)) }
        ul.plain {
            @for check in &checks {
                li.note.(if check.needed { "bad" } else { "warn" }) {
                    b { (visit.say(if check.needed { "work-needed" } else { "work-helpful" })) } " "
                    (check.message(visit.language)) " "
                    (link(visit, draft, check, tongues))
                }
            }
            @let done = done(visit, draft, &checks);
            @if !done.is_empty() {
                li.note.good { b { (visit.say("work-done")) } " " (visit.list(&done)) }
            }
        }
    }
}

/// What is needed first, each in the order of the form.
fn in_order(kind: Kind, checks: &[Check]) -> Vec<&Check> {
    let place = |check: &Check| {
        let field = of_path(kind, &check.field);
        fields(kind).iter().position(|known| Some(known) == field).unwrap_or(usize::MAX)
    };
    let mut ordered: Vec<&Check> = checks.iter().collect();
    ordered.sort_by_key(|check| (!check.needed, place(check)));
    ordered
}

fn count(visit: &Visit, needed: usize, helpful: usize) -> Markup {
    html! {
        @if needed == 0 { b { (visit.say("work-needed-none")) } } @else {
            b { (visit.tell("work-needed-count", &[("count", needed.into())])) }
        }
        @if helpful > 0 { " " (visit.tell("work-helpful-count", &[("count", helpful.into())])) }
    }
}

/// A link to the field. One in another language is a button of the form: what was written here is saved on the way.
fn link(visit: &Visit, draft: &Draft, check: &Check, tongues: &Tongues) -> Markup {
    let Some(field) = of_path(draft.record.kind(), &check.field) else { return html! {} };
    let (other, id) = place(check, field, tongues);
    let name = name(visit, draft.record.kind(), &check.field);
    match other {
        None => html! { a href={ "#" (id) } { (name) } },
        Some(tag) => html! {
            button.linked form="edit" name="do" value={ "show:" (tag) ":" (id) } { (name) }
        },
    }
}

/// The first thing that stops a submit: the language to show it in and the id of its field.
pub(super) fn first_needed(
    draft: &Draft,
    checks: &[Check],
    tongues: &Tongues,
) -> Option<(Option<LanguageTag>, String)> {
    let check = in_order(draft.record.kind(), checks).into_iter().find(|check| check.needed)?;
    let field = of_path(draft.record.kind(), &check.field)?;
    Some(place(check, field, tongues))
}

/// Names of the fields that are filled and have nothing to be mended.
fn done(visit: &Visit, draft: &Draft, checks: &[&Check]) -> Vec<String> {
    let kind = draft.record.kind();
    let is_done = |field: &&Field| {
        let is_told = |check: &&Check| of_path(kind, &check.field) == Some(field);
        draft.body.contains_key(field.member) && !checks.iter().any(is_told)
    };
    fields(kind).iter().filter(is_done).map(|field| visit.say(field.label)).collect()
}
