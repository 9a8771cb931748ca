//! A cell of a CSV file that begins like a formula is run by spreadsheets when the file is opened. So such a cell gets an
//! apostrophe before it, and reading takes it off again. Workbooks need none: there a text is stored as a text.

use std::borrow::Cow;

/// The text as it is safe in a CSV file.
pub fn guard(text: &str) -> Cow<'_, str> {
    match is_dangerous(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text that [`guard`] was given.
pub fn unguard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_dangerous(rest)).unwrap_or(text)
}

/// Apostrophes before it count as part of the text, or a text that begins with one would lose it on its way back.
fn is_dangerous(text: &str) -> bool {
    let first = text.trim_start_matches('\'').chars().next();
    // The wide forms are taken for the narrow ones by some programs.
    matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'))
}
