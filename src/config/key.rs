//! Public keys as an operator writes them into the configuration: a JWK, as a TOML table or as a text with its JSON, with an
//! optional `status` (protocol §2).

use std::fmt;

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// What a listed key may be used for (protocol §2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PinnedStatus {
    /// Signs checkpoints, revisions and client assertions.
    #[default]
    Current,
    /// Signed revisions that still count, and nothing new.
    Retired,
    /// Stolen: counts for nothing that is new, and never becomes current again.
    Compromised,
}

impl PinnedStatus {
    /// The word of the protocol.
    pub fn as_str(self) -> &'static str {
        match self {
            PinnedStatus::Current => "current",
            PinnedStatus::Retired => "retired",
            PinnedStatus::Compromised => "compromised",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [PinnedStatus::Current, PinnedStatus::Retired, PinnedStatus::Compromised]
            .into_iter()
            .find(|status| status.as_str() == word)
    }
}

/// An Ed25519 public key pinned by hand.
#[derive(Clone, PartialEq, Eq)]
pub struct PinnedKey {
    x: Box<str>,
    /// Its status; `current` where the configuration says nothing.
    pub status: PinnedStatus,
}

impl PinnedKey {
    /// From the `x` of a JWK: 32 bytes in base64url without padding. The reason says what is wrong.
    pub fn new(x: &str, status: PinnedStatus) -> Result<Self, String> {
        match URL_SAFE_NO_PAD.decode(x) {
            Ok(bytes) if bytes.len() == 32 => Ok(PinnedKey { x: x.into(), status }),
            _ => Err("the member \"x\" of the key is not 32 bytes in base64url without padding".to_owned()),
        }
    }

    /// The member `x` of the JWK: base64url of the 32 bytes of the key.
    pub fn x(&self) -> &str {
        &self.x
    }

    /// The key's RFC 7638 thumbprint, its `kid`.
    pub fn thumbprint(&self) -> String {
        thumbprint(&self.x)
    }

    /// From the text of a JSON object.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let members: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text)
            .map_err(|_| WANTED.to_owned() + " is wanted, and this text is no JSON object")?;
        Parts::from_members(members.iter().map(|(name, value)| (name.as_str(), value.as_str()))).finish()
    }
}

/// RFC 7638 thumbprint of the Ed25519 key with this `x`, base64url without padding.
pub fn thumbprint(x: &str) -> String {
    let canonical = format!("{{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"{x}\"}}");
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, canonical.as_bytes()))
}

impl fmt::Debug for PinnedKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PinnedKey({}, {})", self.x, self.status.as_str())
    }
}

impl Serialize for PinnedKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("kty", "OKP")?;
        map.serialize_entry("crv", "Ed25519")?;
        map.serialize_entry("x", &*self.x)?;
        if self.status != PinnedStatus::Current {
            map.serialize_entry("status", self.status.as_str())?;
        }
        map.end()
    }
}

const WANTED: &str =
    "an Ed25519 public key as a JWK, { kty = \"OKP\", crv = \"Ed25519\", x = \"…\" } or the same as JSON in a text,";

#[derive(Default)]
struct Parts {
    kty: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    status: Option<String>,
    private: bool,
}

impl Parts {
    fn from_members<'a>(members: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Self {
        let mut parts = Parts::default();
        for (name, value) in members {
            let value = value.map(str::to_owned);
            match name {
                "kty" => parts.kty = value,
                "crv" => parts.crv = value,
                "x" => parts.x = value,
                "status" => parts.status = value.or_else(|| Some(String::new())),
                "d" => parts.private = true,
                _ => {}
            }
        }
        parts
    }

    fn finish(self) -> Result<PinnedKey, String> {
        if self.private {
            return Err(
                "this is a private key (it has a \"d\"): take the public one, which `nmirf-hub key show` prints"
                    .to_owned(),
            );
        }
        if self.kty.as_deref() != Some("OKP") || self.crv.as_deref() != Some("Ed25519") {
            return Err(WANTED.to_owned() + " is wanted");
        }
        let status = match self.status.as_deref() {
            None => PinnedStatus::Current,
            Some(word) => PinnedStatus::parse(word)
                .ok_or_else(|| "the status of a key is current, retired or compromised".to_owned())?,
        };
        PinnedKey::new(self.x.as_deref().unwrap_or_default(), status)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Option<PinnedKey>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(WANTED.trim_end_matches(','))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() { Ok(None) } else { PinnedKey::from_json(text).map(Some).map_err(E::custom) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Vec<(String, serde_json::Value)> = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Parts::from_members(members.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .finish()
            .map(Some)
            .map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for PinnedKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(KeyVisitor)?.ok_or_else(|| de::Error::custom(WANTED.to_owned() + " is wanted"))
    }
}

/// A key that may be left out, written `""`.
pub(super) mod optional {
    use super::*;

    pub(in crate::config) fn serialize<S: Serializer>(key: &Option<PinnedKey>, to: S) -> Result<S::Ok, S::Error> {
        match key {
            Some(key) => key.serialize(to),
            None => to.serialize_str(""),
        }
    }

    pub(in crate::config) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PinnedKey>, D::Error> {
        from.deserialize_any(KeyVisitor)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The key of RFC 8037, appendix A.2 and its thumbprint of A.3.
    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    #[test]
    fn the_thumbprint_is_that_of_rfc_8037() {
        let key = PinnedKey::new(X, PinnedStatus::Current).unwrap();
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_key_is_read_from_json() {
        let text = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}","use":"sig","status":"retired"}}"#);
        let key = PinnedKey::from_json(&text).unwrap();
        assert_eq!((key.x(), key.status), (X, PinnedStatus::Retired));
    }

    #[test]
    fn what_is_no_public_ed25519_key_is_refused() {
        for text in [
            "x".to_owned(),
            "{}".to_owned(),
            r#"{"kty":"OKP","crv":"Ed25519"}"#.to_owned(),
            r#"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#.to_owned(),
            format!(r#"{{"kty":"OKP","crv":"X25519","x":"{X}"}}"#),
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}="}}"#),
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}","status":"lost"}}"#),
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}","d":"secret"}}"#),
        ] {
            assert!(PinnedKey::from_json(&text).is_err(), "{text} was taken");
        }
    }
}
