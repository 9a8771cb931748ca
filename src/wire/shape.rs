//! Bounds the shape of a JSON text before a tree is built from it: a few bytes of text can cost a hundred bytes of
//! tree, so the number of values is bounded beside the depth.

use serde_json::Value;

use super::fault::Fault;
use crate::record::json;

/// Deepest nesting of an answer; the outermost value is level 1.
pub(super) const DEEPEST: usize = 8;

/// Most values in one answer. The longest list that an honest one has is the register of journals or a chain of
/// links, both below 10,000.
const MOST_VALUES: usize = 100_000;

/// Strict JSON of an answer: UTF-8, no member twice, at most [`DEEPEST`] levels and [`MOST_VALUES`] values.
pub(super) fn parse(text: &[u8]) -> Result<Value, Fault> {
    check(text)?;
    json::parse(text, DEEPEST).map_err(|_| Fault::Malformed("it is no JSON of the strict form"))
}

/// Counts brackets and commas outside of strings: no judgement of the grammar, only a bound from above.
fn check(text: &[u8]) -> Result<(), Fault> {
    let (mut depth, mut values, mut in_string, mut escaped) = (0_usize, 1_usize, false, false);
    for &byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => (depth, values) = (depth + 1, values + 1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Fault::Malformed("it is nested too deeply"));
        }
        if values > MOST_VALUES {
            return Err(Fault::Malformed("it has too many values"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> String {
        format!("{}{}", "[".repeat(levels), "]".repeat(levels))
    }

    #[test]
    fn nesting_is_bounded_at_eight_levels() {
        assert!(parse(nested(DEEPEST).as_bytes()).is_ok());
        assert_eq!(parse(nested(DEEPEST + 1).as_bytes()), Err(Fault::Malformed("it is nested too deeply")));
        assert_eq!(parse(nested(1_000_000).as_bytes()), Err(Fault::Malformed("it is nested too deeply")));
    }

    #[test]
    fn brackets_and_commas_in_texts_do_not_count() {
        let text = format!(r#"["{}","\"{}"]"#, "[".repeat(100), ",".repeat(MOST_VALUES));
        assert!(parse(text.as_bytes()).is_ok());
    }

    #[test]
    fn a_list_of_very_many_small_values_is_refused_before_it_is_built() {
        let text = format!("[{}0]", "0,".repeat(MOST_VALUES));
        assert_eq!(parse(text.as_bytes()), Err(Fault::Malformed("it has too many values")));
    }
}
