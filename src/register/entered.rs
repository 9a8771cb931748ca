//! Texts that people enter beside the records: bounded, on one line or several, without characters that could deceive
//! who reads them.

use super::desk::MembershipError;

/// A text of at most `most` characters, without blanks at its ends; `lines`: whether it may have several. Empty is refused.
pub(super) fn text(field: &'static str, text: &str, most: usize, lines: bool) -> Result<String, MembershipError> {
    let text = text.trim();
    let wrong = |why: String| Err(MembershipError::Invalid { field, why });
    if text.is_empty() {
        return wrong("is missing".to_owned());
    }
    if text.chars().count() > most {
        return wrong(format!("has more than {most} characters"));
    }
    match text.chars().all(|character| is_good(character, lines)) {
        true => Ok(text.replace("\r\n", "\n")),
        false => wrong("has a control character".to_owned()),
    }
}

/// The same where nothing may be said; blanks are nothing.
pub(super) fn optional(
    field: &'static str,
    given: Option<&str>,
    most: usize,
    lines: bool,
) -> Result<Option<String>, MembershipError> {
    match given.map(str::trim).filter(|given| !given.is_empty()) {
        Some(given) => text(field, given, most, lines).map(Some),
        None => Ok(None),
    }
}

fn is_good(character: char, lines: bool) -> bool {
    match character {
        '\t' | '\n' | '\r' => lines,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        other => !other.is_control(),
    }
}
