//! What a writer does to a body before it judges and signs it.

use serde_json::Value;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// For writers (records.md): CR LF becomes LF, since forms send it and protocol §3 would hide it; texts are brought to NFC;
/// members that are null, which is the same as absent, go. A null in a list stays, for the rules to refuse. Recursive:
/// the body must come from a reader that bounds its depth.
pub fn normalize(body: &mut Value) {
    match body {
        Value::String(text) => normalize_text(text),
        Value::Array(items) => items.iter_mut().for_each(normalize),
        Value::Object(members) => {
            members.retain(|_, value| !value.is_null());
            members.values_mut().for_each(normalize);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}

fn normalize_text(text: &mut String) {
    if text.contains("\r\n") {
        *text = text.replace("\r\n", "\n");
    }
    if is_nfc_quick(text.chars()) != IsNormalized::Yes {
        *text = text.nfc().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn line_ends_accents_and_nulls_are_put_right_at_every_depth() {
        let mut body = json!({"a": "x\r\ny\rz", "n": null, "b": [{"c": "e\u{301}", "d": null}, null], "o": {}});
        normalize(&mut body);
        assert_eq!(body, json!({"a": "x\ny\rz", "b": [{"c": "\u{e9}"}, null], "o": {}}));
    }
}
