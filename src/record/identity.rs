//! Names of records: the `sub` under which its origin knows a record, and the record key that is the same at every
//! instance (protocol §3).

use super::Kind;
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use uuid::Uuid;

/// `kind/uuid` of protocol §3. The kind word may be one that is not known here.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Sub(Box<str>);

/// A UUID as it stands in a `sub`: 8-4-4-4-12.
const UUID_LENGTH: usize = 36;

impl Sub {
    /// Reads a `sub` of exactly the grammar of protocol §3: `[a-z]{1,32}/` and a UUID in lower case.
    pub fn parse(text: &str) -> Option<Sub> {
        let (word, uuid) = text.split_once('/')?;
        let word_fits = (1..=32).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase());
        (word_fits && is_lower_case_uuid(uuid)).then(|| Sub(text.into()))
    }

    /// The `sub` of a record of a known kind.
    pub fn new(kind: Kind, uuid: Uuid) -> Sub {
        Sub(format!("{}/{}", kind.as_str(), uuid.hyphenated()).into())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The word before the slash.
    pub fn kind_word(&self) -> &str {
        &self.0[..self.0.len() - UUID_LENGTH - 1]
    }

    /// The kind, if it is one that is known here.
    pub fn kind(&self) -> Option<Kind> {
        Kind::parse(self.kind_word())
    }

    /// The UUID after the slash.
    pub fn uuid(&self) -> Uuid {
        Uuid::try_parse(&self.0[self.0.len() - UUID_LENGTH..]).expect("parse and new admit nothing but a UUID")
    }

    /// The first half of the record's entry in a journal: SHA-256 of the `sub` (protocol §4).
    pub fn name(&self) -> [u8; 32] {
        sha256(self.0.as_bytes())
    }
}

impl fmt::Display for Sub {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_lower_case_uuid(text: &str) -> bool {
    text.len() == UUID_LENGTH
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

/// The key of a record, the same at every instance: the first 16 bytes of SHA-256(`iss` LF `sub`), big-endian (protocol §3).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RecordKey(pub u128);

impl RecordKey {
    /// What stands in place of `iss` in the coordinator's journals, so that a handover changes no key.
    pub const COORDINATOR: &'static str = "coordinator";

    /// The key of `sub` in the journals of `iss`; for the coordinator's pass [`RecordKey::COORDINATOR`].
    pub fn of(iss_or_coordinator: &str, sub: &Sub) -> RecordKey {
        let mut text = String::with_capacity(iss_or_coordinator.len() + 1 + sub.as_str().len());
        text.push_str(iss_or_coordinator);
        text.push('\n');
        text.push_str(sub.as_str());
        let hash = sha256(text.as_bytes());
        let mut first = [0; 16];
        first.copy_from_slice(&hash[..16]);
        RecordKey(u128::from_be_bytes(first))
    }

    /// Reads the 22 characters of base64url that [`fmt::Display`] writes; no other spelling of the same bytes.
    pub fn parse(text: &str) -> Option<RecordKey> {
        let bytes = (text.len() == 22).then(|| URL_SAFE_NO_PAD.decode(text).ok())??;
        Some(RecordKey(u128::from_be_bytes(bytes.try_into().ok()?)))
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&URL_SAFE_NO_PAD.encode(self.0.to_be_bytes()))
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_sub_gives_its_parts_back() {
        let sub = Sub::parse("song/0193a1b0-0000-7000-8000-000000000001").unwrap();
        assert_eq!((sub.kind_word(), sub.kind()), ("song", None));
        assert_eq!(Sub::new(Kind::Event, sub.uuid()).as_str(), "event/0193a1b0-0000-7000-8000-000000000001");
    }

    #[test]
    fn keys_and_names_are_those_of_the_protocols_vectors() {
        let sub = Sub::parse("practice/0193a1b0-0000-7000-8000-000000000001").unwrap();
        assert_eq!(RecordKey::of("https://hub.example.ma", &sub).to_string(), "5R2Q53348kVpA-83mYL-tw");
        assert_eq!(RecordKey::of(RecordKey::COORDINATOR, &sub).to_string(), "Jc9zvT1RaH5PrfDA0b3aVQ");
        let known = URL_SAFE_NO_PAD.decode("m2ZDTABIu5FpvH4IHBU-GR-FBJZnSV2IBkvsDcAVJ9o").unwrap();
        assert_eq!(sub.name().as_slice(), known);
    }

    #[test]
    fn a_key_has_one_spelling() {
        let key = RecordKey::parse("5R2Q53348kVpA-83mYL-tw").unwrap();
        assert_eq!(key.to_string(), "5R2Q53348kVpA-83mYL-tw");
        for other in [
            "5R2Q53348kVpA-83mYL-tx",
            "5R2Q53348kVpA-83mYL-tw==",
            "5R2Q53348kVpA+83mYL/tw",
            "5R2Q53348kVpA-83mYL-t",
            "",
        ] {
            assert_eq!(RecordKey::parse(other), None, "{other}");
        }
    }
}
