//! What words found, marked in titles and summaries.

use std::ops::Range;

use maud::{Markup, html};

use super::{
    super::visit::Visit,
    entry::{Below, chosen, own_summary},
    text::{LONGEST_TITLE, direction, shown},
};
use crate::{
    catalog::Published,
    search::{Highlight, Hits},
    table,
};

/// Fields whose text is a title.
const TITLES: [&str; 2] = ["title", "name"];

/// Title of a hit, and what stands below it.
pub(in crate::pages) struct Found {
    /// None where the words are not in it.
    pub(super) title: Option<Markup>,
    pub(super) below: Below,
}

/// Marks the words in a record.
pub(in crate::pages) fn found(visit: &Visit, hits: &Hits, record: &Published) -> Found {
    let read = record.title().map(|title| chosen(visit, title, record).language);
    let highlights = read.map_or_else(|| hits.highlights(record), |read| hits.highlights_in(record, read));
    let (titles, others): (Vec<_>, Vec<_>) = highlights.iter().partition(|piece| TITLES.contains(&piece.field));
    let piece = others.first().map(|piece| {
        let language = &piece.language;
        let text = html! { p lang=(language.as_str()) dir=(direction(language)) { (with_dots(piece, record)) } };
        Below { text, language: Some(language.clone()) }
    });
    Found {
        title: titles.first().and_then(|piece| title(visit, piece, record)),
        below: piece.unwrap_or_else(|| own_summary(visit, record)),
    }
}

/// Only in the very text that is shown as the title: one in another language would be another title.
fn title(visit: &Visit, piece: &Highlight, record: &Published) -> Option<Markup> {
    let chosen = chosen(visit, record.title()?, record);
    let is_shown = *chosen.language == piece.language && chosen.text.chars().count() <= LONGEST_TITLE;
    let is_whole = is_shown && chosen.text.chars().count() == piece.text.chars().count();
    is_whole.then(|| {
        html! { bdi lang=(piece.language.as_str()) dir=(direction(&piece.language)) { (marked(&piece.text, &piece.ranges)) } }
    })
}

/// A piece out of a longer text begins and ends with dots.
fn with_dots(piece: &Highlight, record: &Published) -> Markup {
    let whole = table::texts(&record.record, piece.field).and_then(|text| text.get(&piece.language));
    let whole = whole.unwrap_or_default();
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let (whole, part) = (letters(whole), letters(&piece.text));
    html! {
        @if !whole.starts_with(&part) { "… " }
        (marked(&piece.text, &piece.ranges))
        @if !whole.ends_with(&part) { " …" }
    }
}

/// A text with marks at places that are counted in UTF-16 units.
fn marked(text: &str, ranges: &[Range<usize>]) -> Markup {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    let mut unit = 0;
    for letter in text.chars() {
        let is_hit = ranges.iter().any(|range| range.contains(&unit));
        match pieces.last_mut().filter(|(was_hit, _)| *was_hit == is_hit) {
            Some((_, piece)) => piece.push(letter),
            None => pieces.push((is_hit, letter.to_string())),
        }
        unit += letter.len_utf16();
    }
    html! {
        @for (is_hit, piece) in &pieces {
            @if *is_hit { mark { (shown(piece)) } } @else { (shown(piece)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_around_words_and_never_around_parts_of_a_character() {
        let said = |text: &str, hit: Range<usize>| marked(text, std::slice::from_ref(&hit)).into_string();
        assert_eq!(said("civil <society>", 6..15), "civil <mark>&lt;society&gt;</mark>");
        assert_eq!(said("𝒜 société", 3..10), "𝒜 <mark>société</mark>");
        assert_eq!(said("a\u{2067}b", 0..3), "<mark>a<span class=\"ctl\">U+2067</span>b</mark>");
    }
}
