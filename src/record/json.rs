//! Strict JSON for what comes from outside: UTF-8, bounded depth counted while reading, no member twice, no lone surrogate.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Why bytes are not JSON that may be used: one sentence with line and column.
#[derive(Debug, thiserror::Error)]
#[error("this is not JSON that may be used: {0}")]
pub struct JsonError(#[from] serde_json::Error);

/// Reads one JSON value, nothing after it but white space. A value that is no object or list has depth 0, `{}` has depth 1.
/// Numbers are kept as serde_json keeps them: integers of 64 bits as such, all others as floating point.
///
/// # Errors
/// Bytes that are no JSON in UTF-8, objects and lists nested deeper than `max_depth` (never more than 127), a member name
/// twice in one object, a lone surrogate, a number beyond floating point.
pub fn parse(bytes: &[u8], max_depth: usize) -> Result<Value, JsonError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Node { levels_left: max_depth }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// A value, and how many levels may still open below its place.
#[derive(Clone, Copy)]
struct Node {
    levels_left: usize,
}

impl Node {
    fn below<E: Error>(self) -> Result<Node, E> {
        let levels_left = self.levels_left.checked_sub(1).ok_or_else(|| E::custom("nested too deep"))?;
        Ok(Node { levels_left })
    }
}

impl<'de> DeserializeSeed<'de> for Node {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(below)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.insert(name, members.next_value_seed(below)?).is_some() {
                return Err(A::Error::custom("a member stands twice in one object"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_keep_their_order_and_integers_their_form() {
        let value = parse(br#" {"b": 1, "a": [1.0, -2, true, null, "\u00e9"]} "#, 2).unwrap();
        assert_eq!(value, json!({"b": 1, "a": [1.0, -2, true, null, "é"]}));
        assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), ["b", "a"]);
        assert!(value["b"].is_u64() && value["a"][0].is_f64());
    }

    #[test]
    fn nesting_is_counted_while_reading() {
        assert!(parse(b"[[1]]", 2).is_ok());
        assert!(parse(b"[{}]", 1).is_err());
        assert!(parse(b"1", 0).is_ok());
        let nested = |levels: usize| [vec![b'['; levels], vec![b']'; levels]].concat();
        assert!(parse(&nested(127), usize::MAX).is_ok());
        assert!(parse(&nested(1_000_000), 64).is_err());
        assert!(parse(&nested(1_000_000), usize::MAX).is_err());
        assert!(parse(&vec![b'['; 1_000_000], usize::MAX).is_err());
    }

    #[test]
    fn what_has_two_readings_is_refused() {
        let refused: [&[u8]; 14] = [
            br#"{"a":1,"a":1}"#,
            br#"{"x":{"a":1,"\u0061":2}}"#,
            br#""\ud800""#,
            br#""\udc00\ud800""#,
            b"\"\xff\"",
            b"\xef\xbb\xbf1",
            b"1 2",
            b"",
            b"NaN",
            b"01",
            b"[1,]",
            b"\"a\x00b\"",
            b"1e999",
            b"{a:1}",
        ];
        for bytes in refused {
            assert!(parse(bytes, 64).is_err(), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_pair_of_surrogates_is_one_character() {
        assert_eq!(parse(br#""\ud83d\ude00""#, 0).unwrap(), json!("😀"));
    }
}
