//! Counts the tokens of a document before it is parsed, and how deep its brackets nest. The parser is recursive: it must
//! never see a document that nests deeper than its stack bears. The count follows the lexical grammar only as far as
//! that needs: what stands in strings and comments is no bracket, everything else is counted rather too high.

use async_graphql::Pos;

use super::{GuardError, Limits};
use crate::graphql::code::Code;

/// Brackets of all kinds together, open at the same time. The parser itself bears 64 levels of selections.
pub const MAX_BRACKETS: usize = 60;

/// What one pass over the text found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Names, numbers, strings and marks.
    pub tokens: usize,
    /// `@` marks: directives that are used.
    pub directives: usize,
}

/// Counts tokens; refuses at the first one that is too many (TOO_COMPLEX) or too deep (TOO_DEEP).
pub fn count(text: &str, limits: &Limits) -> Result<Counted, GuardError> {
    let bytes = text.as_bytes();
    let mut counted = Counted::default();
    let mut open = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at = match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = end_of_line(bytes, at);
                continue;
            }
            b'"' => end_of_string(bytes, at).ok_or_else(|| not_closed().at(position(text, start)))?,
            b'.' if bytes[at..].starts_with(b"...") => at + 3,
            byte if is_word(byte) => end_of_word(bytes, at),
            byte => {
                match byte {
                    b'{' | b'[' | b'(' => open += 1,
                    b'}' | b']' | b')' => open = open.saturating_sub(1),
                    b'@' => counted.directives += 1,
                    _ => {}
                }
                at + 1
            }
        };
        counted.tokens += 1;
        if open > MAX_BRACKETS {
            return Err(too_deep().at(position(text, start)));
        }
        if counted.tokens > limits.max_tokens {
            return Err(too_many(limits.max_tokens).at(position(text, start)));
        }
    }
    Ok(counted)
}

fn too_deep() -> GuardError {
    GuardError::new(
        Code::TooDeep,
        format!("The document nests more than {MAX_BRACKETS} brackets; ask for less depth in one request."),
    )
}

fn too_many(limit: usize) -> GuardError {
    GuardError::new(
        Code::TooComplex,
        format!("The document has more than {limit} tokens; ask in several requests, and send values as variables."),
    )
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte >= 0x80
}

fn end_of_word(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| !is_word(*byte)).map_or(bytes.len(), |length| from + length)
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |length| from + length)
}

fn not_closed() -> GuardError {
    GuardError::new(Code::ParseFailed, "The block string that begins here is not closed; end it with three quotes.")
}

// A string that is not closed on its line ends there: so brackets after it are still counted. A block string that is
// not closed (None) is refused at once: the parser would read its first two quotes as an empty string and go on behind.
fn end_of_string(bytes: &[u8], from: usize) -> Option<usize> {
    if bytes[from..].starts_with(b"\"\"\"") {
        return end_of_block(bytes, from + 3);
    }
    let mut at = from + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return Some(at + 1),
            b'\n' | b'\r' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    Some(bytes.len())
}

fn end_of_block(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if bytes[at..].starts_with(b"\"\"\"") {
            return Some(at + 3);
        } else {
            at += 1;
        }
    }
    None
}

fn position(text: &str, at: usize) -> Pos {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Pos { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> usize {
        count(text, &Limits::default()).unwrap().tokens
    }

    #[test]
    fn tokens_are_counted_as_the_grammar_has_them() {
        for (text, expected) in [
            ("{ a }", 3),
            ("query Q($a: Int! = -1) @x { b: a(c: $a) ...F }", 26),
            ("{ a } # { { {", 3),
            (r#"{ a(b: "{{{ \" {{{") }"#, 8),
            ("{ a(b: \"\"\"{ \\\"\"\" {\"\"\") }", 8),
            ("", 0),
            ("\u{feff}{ é }", 4),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn brackets_after_an_unclosed_string_still_count() {
        let text = format!("{{ a(b: \"x\n{}", "{".repeat(100));
        assert_eq!(count(&text, &Limits::default()).unwrap_err().code, Code::TooDeep);
    }

    #[test]
    fn a_block_string_that_is_not_closed_hides_no_brackets() {
        let text = format!("{{ a(b: [\"\"\" \" {}", "[".repeat(10_000));
        assert_eq!(count(&text, &Limits::default()).unwrap_err().code, Code::ParseFailed);
    }

    #[test]
    fn the_place_of_a_refusal_is_named() {
        let text = format!("{{\n  é {}", "[".repeat(100));
        let refusal = count(&text, &Limits::default()).unwrap_err();
        assert_eq!(refusal.position, Some(Pos { line: 2, column: 4 + MAX_BRACKETS }));
    }
}
