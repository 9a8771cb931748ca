//! Texts that people enter beside the records: bounded, on one line or several, without characters that could deceive
//! who reads them.

use thiserror::Error;

use super::desk::MembershipError;

/// Why an entry is not taken; the sentence goes on after the name of the field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Why {
    /// Nothing, or blanks alone.
    #[error("is missing")]
    Missing,
    /// Over so many characters.
    #[error("has more than {0} characters")]
    TooLong(usize),
    /// Characters that cannot be seen, or that turn the direction of the line; line breaks where there is one line.
    #[error("has a control character")]
    Control,
    /// Without the form of an address.
    #[error("is no e-mail address")]
    NoEmail,
    /// Without the form of a number.
    #[error("has something else than digits, spaces and + - ( ) . /")]
    NoTelephone,
    /// A thumbprint that the member's configuration does not have.
    #[error(
        "is not a key that this member announces, signed by its present one. Compare it once more; the member runs \
         `key rotate` first, and `sync` here reads it"
    )]
    NotAnnounced,
    /// A thumbprint that the member's record has, of a key that counts.
    #[error("is of a key that the register lists for this member already: there is nothing to confirm")]
    ListedAlready,
    /// A thumbprint that the member's record does not have.
    #[error("is not a key that the register lists for this member")]
    NotListed,
    /// Another rule of the record, in English.
    #[error("{0}")]
    Rule(String),
}

/// A text of at most `most` characters, without blanks at its ends; `lines`: whether it may have several. Empty is refused.
pub(super) fn text(field: &'static str, text: &str, most: usize, lines: bool) -> Result<String, MembershipError> {
    checked(text, most, lines).map_err(|why| MembershipError::Invalid { field, why })
}

/// The same without the name of a field.
pub(super) fn checked(text: &str, most: usize, lines: bool) -> Result<String, Why> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Why::Missing);
    }
    if text.chars().count() > most {
        return Err(Why::TooLong(most));
    }
    match text.chars().all(|character| is_good(character, lines)) {
        true => Ok(text.replace("\r\n", "\n")),
        false => Err(Why::Control),
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
