//! The two languages of an editor: the one to work from, the one to write; and how far each has come.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{
    super::{parts::terms, visit::Visit},
    fields::{Field, fields},
};
use crate::{
    record::{Kind, LanguageTag},
    texts,
};

/// Languages that have a name here, those of the United Nations first.
pub(super) const NAMED: [&str; 47] = [
    "ar", "zh", "en", "fr", "ru", "es", "pt", "it", "de", "ro", "sr", "sl", "hy", "ka", "mn", "th", "ms", "sw", "rw",
    "uz", "ky", "kk", "tr", "uk", "pl", "nl", "da", "sv", "no", "fi", "el", "bg", "hr", "cs", "sk", "hu", "sq", "mk",
    "fa", "ur", "hi", "id", "ja", "ko", "vi", "gn", "qu",
];

/// What is worked from and what is written.
pub(super) struct Tongues {
    /// Shown on the one side; none where there is nothing to work from.
    pub(super) from: Option<LanguageTag>,
    /// Written on the other.
    pub(super) to: LanguageTag,
    /// The one that the record says it was written in first, else the first one that it has.
    pub(super) original: LanguageTag,
    /// Those that the record has, in the order of its texts.
    pub(super) present: Vec<LanguageTag>,
}

impl Tongues {
    /// As it is asked for, where that can be; else the original first, then the first language that is not whole.
    pub(super) fn of(
        visit: &Visit,
        kind: Kind,
        body: &Map<String, Value>,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Self {
        let present = present(kind, body);
        let stated = body.get("originalLanguage").and_then(Value::as_str).and_then(LanguageTag::parse);
        let page = || LanguageTag::parse(visit.language).unwrap_or_else(LanguageTag::english);
        let original = stated.or_else(|| present.first().cloned()).unwrap_or_else(page);
        let to = to.and_then(LanguageTag::parse).unwrap_or_else(|| {
            let others = || present.iter().filter(|tag| **tag != original);
            let unfinished = others().find(|tag| progress(kind, body, tag).is_unfinished());
            unfinished.or_else(|| others().next()).unwrap_or(&original).clone()
        });
        let wanted = from.and_then(LanguageTag::parse).filter(|tag| present.contains(tag));
        let first = Some(&original).filter(|tag| present.contains(tag)).or(present.first());
        let from = wanted.or_else(|| first.cloned()).filter(|tag| *tag != to);
        Self { from, to, original, present }
    }

    /// The two as a part of an address.
    pub(super) fn query(&self) -> String {
        let from = self.from.as_ref().map(|from| format!("from={from}&")).unwrap_or_default();
        format!("{from}to={}", self.to)
    }

    /// The choice of both.
    pub(super) fn choice(&self, visit: &Visit, kind: Kind, body: &Map<String, Value>) -> Markup {
        let named = named(visit);
        html! {
            div.tools {
                div.row {
                    @if self.present.iter().any(|tag| *tag != self.to) {
                        label for="from" { (visit.say("work-from")) }
                        select #from name="from" {
                            @for tag in self.present.iter().filter(|tag| **tag != self.to) {
                                option value=(tag) selected[Some(tag) == self.from.as_ref()] { (self.name(visit, tag)) }
                            }
                        }
                    }
                    label for="to" { (visit.say("work-to")) }
                    select #to name="to" {
                        optgroup label=(visit.say("work-tongues-here")) {
                            @for tag in self.here() {
                                option value=(tag) selected[*tag == self.to] { (state(visit, kind, body, tag)) }
                            }
                        }
                        optgroup label=(visit.say("work-tongues-add")) {
                            @for (tag, name) in named.iter().filter(|(tag, _)| self.here().all(|here| here != tag)) {
                                option value=(tag) { (name) }
                            }
                        }
                    }
                    button.btn.line name="do" value="show" { (visit.say("work-show")) }
                }
            }
        }
    }

    /// Those that the record has, and the one that is being begun.
    fn here(&self) -> impl Iterator<Item = &LanguageTag> {
        let begun = Some(&self.to).filter(|to| !self.present.contains(to));
        self.present.iter().chain(begun)
    }

    fn name(&self, visit: &Visit, tag: &LanguageTag) -> String {
        let name = terms::language(visit, tag);
        match *tag == self.original {
            true => visit.label("work-original-name", &[("language", (&name).into())]),
            false => name,
        }
    }
}

/// How many of the texts that a record has there are in one language.
pub(super) struct Progress {
    pub(super) written: usize,
    pub(super) all: usize,
}

impl Progress {
    fn is_unfinished(&self) -> bool {
        self.written < self.all
    }
}

pub(super) fn progress(kind: Kind, body: &Map<String, Value>, tag: &LanguageTag) -> Progress {
    let members = by_language(kind).filter_map(|field| body.get(field.member)?.as_object());
    members.fold(Progress { written: 0, all: 0 }, |Progress { written, all }, texts| Progress {
        written: written + usize::from(text(texts, tag).is_some()),
        all: all + 1,
    })
}

fn state(visit: &Visit, kind: Kind, body: &Map<String, Value>, tag: &LanguageTag) -> String {
    let (name, progress) = (terms::language(visit, tag), progress(kind, body, tag));
    match progress.written {
        0 => visit.label("work-tongue-none", &[("language", (&name).into())]),
        _ if progress.is_unfinished() => visit.label(
            "work-tongue-some",
            &[("language", (&name).into()), ("count", progress.written.into()), ("all", progress.all.into())],
        ),
        _ => visit.label("work-tongue-done", &[("language", (&name).into())]),
    }
}

fn by_language(kind: Kind) -> impl Iterator<Item = &'static Field> {
    fields(kind).iter().filter(|field| field.is_by_language())
}

/// The text of one language, however its tag is spelt there.
pub(super) fn text<'b>(texts: &'b Map<String, Value>, tag: &LanguageTag) -> Option<&'b str> {
    let found = texts.iter().find(|(known, _)| LanguageTag::parse(known).as_ref() == Some(tag));
    found.and_then(|(_, text)| text.as_str())
}

fn present(kind: Kind, body: &Map<String, Value>) -> Vec<LanguageTag> {
    let mut present: Vec<LanguageTag> = Vec::new();
    let texts = by_language(kind).filter_map(|field| body.get(field.member)?.as_object());
    for tag in texts.flat_map(Map::keys).filter_map(|tag| LanguageTag::parse(tag)) {
        if !present.contains(&tag) {
            present.push(tag);
        }
    }
    present
}

/// Languages with their names in the language of the page: the six first, the others by name.
pub(super) fn named(visit: &Visit) -> Vec<(LanguageTag, String)> {
    let tag = |tag: &&str| LanguageTag::parse(tag).map(|tag| (tag.clone(), terms::language(visit, &tag)));
    let mut named: Vec<(LanguageTag, String)> = NAMED.iter().filter_map(tag).collect();
    named[texts::LANGUAGES.len()..].sort_by(|(_, one), (_, other)| one.cmp(other));
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_list_has_a_name_in_every_language() {
        for tag in NAMED {
            let id = format!("language-{tag}");
            for language in texts::LANGUAGES {
                assert_ne!(texts::say(language, &id, None), id, "{language}");
            }
        }
        assert_eq!(NAMED[..6].iter().filter(|tag| texts::LANGUAGES.contains(tag)).count(), 6);
    }
}
