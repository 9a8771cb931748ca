//! Where the words were found in a record: pieces of its texts as plain text, with the places of the words. Never markup:
//! who shows them decides how.

use std::ops::Range;

use crate::catalog::Published;
use crate::record::LanguageTag;

use super::{
    analysis::{Analyser, Tongue},
    fields::{BODY, Text, texts},
    sought::{Match, Sought},
};

/// Most characters of a piece.
const LONGEST: usize = 300;
/// Characters before the first word that was found.
const BEFORE: usize = 60;
/// Most pieces of a record.
const MOST_PIECES: usize = 3;
/// Most places of a text from which a piece is tried.
const MOST_TRIED: usize = 64;

/// A piece of a text with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// The field as the schema names it, for example `title`.
    pub field: &'static str,
    /// Language of the text.
    pub language: LanguageTag,
    /// The piece: plain text, at most 300 characters.
    pub text: String,
    /// Places in `text`, in UTF-16 code units, ascending, not overlapping.
    pub ranges: Vec<Range<usize>>,
}

/// The pieces of a record, in the order of its texts. Where words were found as well in several languages, the text in
/// the one that is `read` counts.
pub(super) fn highlights(
    sought: &Sought,
    record: &Published,
    read: Option<&LanguageTag>,
    analyser: &mut Analyser,
) -> Vec<Highlight> {
    let pieces = texts(record).into_iter().filter_map(|text| of_text(sought, &text, read, analyser));
    pieces.take(MOST_PIECES).collect()
}

/// The piece of a text in the language in which most words were found.
fn of_text(sought: &Sought, text: &Text<'_>, read: Option<&LanguageTag>, analyser: &mut Analyser) -> Option<Highlight> {
    let mut texts: Vec<_> = text.text.iter().collect();
    texts.sort_by_key(|(language, _)| Some(*language) != read);
    let mut best: Option<(usize, &LanguageTag, String, Vec<Match>)> = None;
    // Languages that the question is not of are looked at only where it was found in none of its own.
    for own in [true, false] {
        let of_kind = texts.iter().copied().filter(|(language, _)| sought.is_of(Tongue::of(language)) == own);
        for (language, words) in of_kind {
            let plain = if text.weight == BODY { without_marks(words) } else { one_line(words) };
            let matches = sought.matches(Tongue::of(language), &plain, analyser);
            let found = distinct(&matches);
            if found > best.as_ref().map_or(0, |(found, ..)| *found) {
                best = Some((found, language, plain, matches));
            }
        }
        if best.is_some() {
            break;
        }
    }
    let (_, language, plain, matches) = best?;
    let (text_piece, ranges) = piece(&plain, &matches);
    Some(Highlight { field: text.field, language: language.clone(), text: text_piece, ranges })
}

fn distinct(matches: &[Match]) -> usize {
    let mut words: Vec<usize> = matches.iter().map(|found| found.word).collect();
    words.sort_unstable();
    words.dedup();
    words.len()
}

/// The piece with most words, and the places in it.
fn piece(text: &str, matches: &[Match]) -> (String, Vec<Range<usize>>) {
    let mut best = 0..text.len();
    if text.chars().count() > LONGEST {
        let mut most = 0;
        for anchor in matches.iter().take(MOST_TRIED) {
            let window = window(text, anchor.range.start);
            let inside: Vec<Match> = matches.iter().filter(|found| is_inside(&found.range, &window)).cloned().collect();
            let found = 1 + distinct(&inside);
            if found > most {
                (most, best) = (found, window);
            }
        }
    }
    let cut = &text[best.clone()];
    let mut places: Vec<Range<usize>> = Vec::new();
    for found in matches.iter().filter(|found| is_inside(&found.range, &best)) {
        let range = found.range.start - best.start..found.range.end - best.start;
        match places.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => places.push(range),
        }
    }
    (cut.to_owned(), in_utf16(cut, &places))
}

fn is_inside(range: &Range<usize>, window: &Range<usize>) -> bool {
    window.start <= range.start && range.end <= window.end
}

/// So much of a text as a piece may have, from a little before a place on, cut between words where there are spaces.
fn window(text: &str, place: usize) -> Range<usize> {
    let before = text[..place].char_indices().rev().take(BEFORE).last().map_or(place, |(start, _)| start);
    let start = match text[before..place].find(char::is_whitespace) {
        Some(space) if before > 0 => before + space + 1,
        _ => before,
    };
    let start = text.ceil_char_boundary(start);
    let end = text[start..].char_indices().nth(LONGEST).map_or(text.len(), |(length, _)| start + length);
    if end == text.len() {
        return start..end;
    }
    let cut_word = text[end..].starts_with(char::is_alphanumeric);
    // A word longer than that is cut: there is no space to be found.
    let last = text.floor_char_boundary(end.saturating_sub(120)).max(start);
    match text[last..end].rfind(char::is_whitespace) {
        Some(space) if cut_word && last + space > place => start..last + space,
        _ => start..end,
    }
}

fn in_utf16(text: &str, places: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut bytes, mut units) = (0, 0);
    let mut until = |place: usize| {
        units += text[bytes..place].encode_utf16().count();
        bytes = place;
        units
    };
    places.iter().map(|place| until(place.start)..until(place.end)).collect()
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect()
}

/// Markdown without the marks that disturb most: emphasis, headings, code, the addresses of links.
fn without_marks(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '*' | '`' | '#' | '[' | '_' | '>' | '|' => {}
            ']' => {
                if let Some((_, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
                    rest = after;
                }
            }
            letter if letter.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            letter => plain.push(letter),
        }
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, words: &[&str]) -> Vec<Match> {
        let mut found: Vec<Match> = words
            .iter()
            .enumerate()
            .flat_map(|(word, wanted)| {
                text.match_indices(wanted).map(move |(start, found)| Match { range: start..start + found.len(), word })
            })
            .collect();
        found.sort_by_key(|found| found.range.start);
        found
    }

    fn shown(text: &str, ranges: &[Range<usize>]) -> Vec<String> {
        let units: Vec<u16> = text.encode_utf16().collect();
        ranges.iter().map(|range| String::from_utf16_lossy(&units[range.clone()])).collect()
    }

    #[test]
    fn places_are_counted_in_utf16() {
        for (text, wanted) in
            [("𝒜𝒷 a reform 😀 reform", "reform"), ("تعقد اللجنة الوطنية", "اللجنة"), ("𠀀民间社会", "民间社会")]
        {
            let (piece, ranges) = piece(text, &at(text, &[wanted]));
            assert_eq!(piece, text);
            assert!(!ranges.is_empty());
            assert!(shown(&piece, &ranges).iter().all(|shown| shown == wanted), "{text} {ranges:?}");
        }
        assert_eq!(piece("😀 x", &at("😀 x", &["x"])).1, vec![3..4]);
    }

    #[test]
    fn a_long_text_is_cut_between_words_where_most_were_found() {
        let text = format!("one {} one two {}", "far away ".repeat(100), "behind ".repeat(100));
        let (piece, ranges) = piece(&text, &at(&text, &["one", "two"]));
        assert!(piece.chars().count() <= LONGEST && piece.starts_with("far"), "{piece}");
        assert!(piece.ends_with("behind"), "{piece}");
        assert_eq!(shown(&piece, &ranges), ["one", "two"]);
    }

    #[test]
    fn a_text_without_spaces_is_cut_anywhere() {
        let text = format!("{}民间社会{}", "国".repeat(500), "国".repeat(500));
        let (piece, ranges) = piece(&text, &at(&text, &["民间社会"]));
        assert_eq!(piece.chars().count(), LONGEST);
        assert_eq!(shown(&piece, &ranges), ["民间社会"]);
    }

    #[test]
    fn overlapping_places_become_one() {
        let text = "national human rights institution";
        assert_eq!(piece(text, &at(text, &["human rights", "rights institution"])).1, vec![9..33]);
    }

    #[test]
    fn marks_of_markdown_go() {
        assert_eq!(
            without_marks("## A *plan*\n\n- see [the `text`](https://example.org/a_b) now"),
            "A plan - see the text now"
        );
        assert_eq!(without_marks("[open (never closed"), "open (never closed");
    }
}
