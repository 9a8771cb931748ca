//! Texts of records where there is no markup to isolate them: feeds and calendars.

use std::borrow::Cow;

/// The text without characters that turn the direction of what stands around it, and without those that XML cannot carry.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    match text.contains(is_unwanted) {
        true => Cow::Owned(text.replace(is_unwanted, "")),
        false => Cow::Borrowed(text),
    }
}

fn is_unwanted(character: char) -> bool {
    let turns =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = matches!(character, '\u{fffe}' | '\u{ffff}' | '\u{feff}');
    turns || breaks || character.is_control() && !matches!(character, '\n' | '\t')
}

/// At most so many characters, with `…` where it was cut; `most` is at least 1.
pub(crate) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let end = text.char_indices().nth(most - 1).map_or(0, |(place, _)| place);
            Cow::Owned(format!("{}…", text[..end].trim_end()))
        }
    }
}

/// A title on one line.
pub(super) fn title(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    plain(&cut(&line.join(" "), 240)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_directions_goes_and_what_scripts_need_stays() {
        assert_eq!(plain("a\u{202b}b\u{2067}c\u{2069}\u{200f}\u{ffff}"), "abc");
        assert_eq!(plain("می\u{200c}خواهم\n\tx"), "می\u{200c}خواهم\n\tx");
        assert_eq!(title(" a\n b\u{2066} "), "a b");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("آلية", 4), "آلية");
        assert_eq!(cut("آليات", 4), "آلي…");
        assert_eq!(title(&"民".repeat(300)).chars().count(), 240);
    }
}
