//! What differs between two versions of a text, word by word.

use maud::{Markup, html};
use serde_json::Value;

use super::{
    super::visit::Visit,
    terms,
    text::{direction, shown},
};
use crate::{editorial::Difference, record::LanguageTag};

/// Words of a text that are compared one by one; of longer ones only beginning and end.
const MOST_WORDS: usize = 600;

/// The name of a field by its path in the body: `title.fr` is the title in French.
pub(in crate::pages) fn field(visit: &Visit, path: &str) -> Markup {
    let (root, below) = path.split_once('.').unwrap_or((path, ""));
    let name = match root {
        "title" | "name" => Some(visit.say("field-title")),
        "summary" => Some(visit.say("field-summary")),
        "description" => Some(visit.say("field-description")),
        "lessonsLearnt" => Some(visit.say("practice-lessons")),
        "themes" => Some(visit.say("themes")),
        "capacities" => Some(visit.say("practice-capacities")),
        "unMechanisms" => Some(visit.say("practice-un-mechanisms")),
        "sdgGoals" => Some(visit.say("practice-goals")),
        "affectedGroups" => Some(visit.say("practice-groups")),
        "startYear" | "endYear" | "establishedYear" => Some(visit.say("list-years")),
        "sources" => Some(visit.say("sources")),
        "links" => Some(visit.say("sources-links")),
        "mechanism" => Some(visit.say("practice-mechanism")),
        "country" => Some(visit.say("list-name-country")),
        "type" => Some(visit.say("list-name-type")),
        "mandate" => Some(visit.say("field-mandate")),
        "composition" => Some(visit.say("field-composition")),
        "hostInstitution" => Some(visit.say("field-host")),
        _ => None,
    };
    let language = LanguageTag::parse(below).map(|language| terms::language(visit, &language));
    html! {
        @match name { Some(name) => (name), None => code { (shown(root)) } }
        @if let Some(language) = language { " (" (language) ")" }
    }
}

/// What was and what is.
pub(in crate::pages) fn html(visit: &Visit, difference: &Difference) -> Markup {
    let language = difference.field.rsplit_once('.').and_then(|(_, tag)| LanguageTag::parse(tag));
    let texts = (difference.theirs.as_ref().map(plain), difference.yours.as_ref().map(plain));
    let (before, now) = (texts.0.unwrap_or_default(), texts.1.unwrap_or_default());
    let (tag, way) = language.as_ref().map_or((None, None), |tag| (Some(tag.as_str()), Some(direction(tag))));
    html! {
        p.text lang=[tag] dir=[way] {
            @for (kind, words) in pieces(&before, &now) {
                @match kind {
                    Piece::Same => (shown(&words)),
                    Piece::Gone => del { span.vh lang=(visit.language) { (visit.say("changes-removed")) " " } (shown(&words)) },
                    Piece::New => ins { span.vh lang=(visit.language) { (visit.say("changes-added")) " " } (shown(&words)) },
                }
                " "
            }
        }
    }
}

/// A value in one text; lists by their items.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" · "),
        Value::Object(members) => members.values().map(plain).collect::<Vec<_>>().join(", "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Same,
    Gone,
    New,
}

/// The words of both, in the order of reading.
fn pieces(before: &str, now: &str) -> Vec<(Piece, String)> {
    let (before, now): (Vec<&str>, Vec<&str>) = (words(before), words(now));
    let start = before.iter().zip(&now).take_while(|(one, other)| one == other).count();
    let (rest_before, rest_now) = (&before[start..], &now[start..]);
    let end = rest_before.iter().rev().zip(rest_now.iter().rev()).take_while(|(one, other)| one == other).count();
    let middle_before = &rest_before[..rest_before.len() - end];
    let middle_now = &rest_now[..rest_now.len() - end];
    let mut found = vec![(Piece::Same, join(&before[..start]))];
    if middle_before.len().max(middle_now.len()) <= MOST_WORDS {
        aligned(middle_before, middle_now, &mut found);
    } else {
        found.extend([(Piece::Gone, join(middle_before)), (Piece::New, join(middle_now))]);
    }
    found.push((Piece::Same, join(&rest_before[rest_before.len() - end..])));
    found.retain(|(_, words)| !words.is_empty());
    found
}

/// Chinese has no spaces: there a character counts as a word.
fn words(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        match word.chars().any(|letter| ('\u{3400}'..='\u{9fff}').contains(&letter)) {
            true => found.extend(word.char_indices().map(|(at, letter)| &word[at..at + letter.len_utf8()])),
            false => found.push(word),
        }
    }
    found
}

fn join(words: &[&str]) -> String {
    let mut text = String::new();
    for word in words {
        let is_wide = |letter: Option<char>| letter.is_some_and(|letter| letter >= '\u{2e80}');
        let is_close = is_wide(text.chars().next_back()) && is_wide(word.chars().next());
        if !text.is_empty() && !is_close {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// The longest words in common, by the usual table.
fn aligned(before: &[&str], now: &[&str], found: &mut Vec<(Piece, String)>) {
    let width = now.len() + 1;
    let mut lengths = vec![0_u16; (before.len() + 1) * width];
    for i in (0..before.len()).rev() {
        for j in (0..now.len()).rev() {
            lengths[i * width + j] = match before[i] == now[j] {
                true => lengths[(i + 1) * width + j + 1] + 1,
                false => lengths[(i + 1) * width + j].max(lengths[i * width + j + 1]),
            };
        }
    }
    let mut runs: Vec<(Piece, Vec<&str>)> = Vec::new();
    let mut push = |kind: Piece, word| match runs.last_mut().filter(|(last, _)| *last == kind) {
        Some((_, words)) => words.push(word),
        None => runs.push((kind, vec![word])),
    };
    let (mut i, mut j) = (0, 0);
    while i < before.len() || j < now.len() {
        if i < before.len() && j < now.len() && before[i] == now[j] {
            push(Piece::Same, before[i]);
            (i, j) = (i + 1, j + 1);
        } else if j == now.len() || i < before.len() && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            push(Piece::Gone, before[i]);
            i += 1;
        } else {
            push(Piece::New, now[j]);
            j += 1;
        }
    }
    found.extend(runs.into_iter().map(|(kind, words)| (kind, join(&words))));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, now: &str) -> String {
        let told = pieces(before, now).into_iter().map(|(kind, words)| match kind {
            Piece::Same => words,
            Piece::Gone => format!("-{words}-"),
            Piece::New => format!("+{words}+"),
        });
        told.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn only_the_words_that_changed_are_marked() {
        assert_eq!(told("a plan of the State", "a new plan of one State"), "a|+new+|plan of|-the-|+one+|State");
        assert_eq!(told("", "new"), "+new+");
        assert_eq!(told("old", ""), "-old-");
        assert_eq!(told("人权计划", "人权新计划"), "人权|+新+|计划");
    }

    #[test]
    fn a_long_text_is_compared_within_bounds() {
        let long = |word: &str| format!("begin {} end", vec![word; 5_000].join(" "));
        let found = pieces(&long("one"), &long("two"));
        assert_eq!((found.len(), found[0].1.as_str()), (4, "begin"));
    }
}
