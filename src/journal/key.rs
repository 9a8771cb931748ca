//! Keys of instances: Ed25519, named by their RFC 7638 thumbprint, each with a status (protocol §2).

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::{Value, json};

use super::encoding::{base64url, from_base64url, sha256};
pub use crate::record::KeyStatus;
use crate::record::{ListedKey, listed_keys};

/// A public Ed25519 key.
#[derive(Clone)]
pub struct PublicKey {
    x: [u8; 32],
    thumbprint: Arc<str>,
    decoding: DecodingKey,
}

impl PublicKey {
    /// The key with this public point.
    pub fn from_x(x: [u8; 32]) -> Self {
        Self { x, thumbprint: thumbprint(&x).into(), decoding: DecodingKey::from_ed_der(&x) }
    }

    /// The key of a JWK (RFC 8037); None for what is no Ed25519 key.
    pub fn from_jwk(jwk: &Value) -> Option<Self> {
        if jwk.get("kty")?.as_str()? != "OKP" || jwk.get("crv")?.as_str()? != "Ed25519" {
            return None;
        }
        let x: [u8; 32] = from_base64url(jwk.get("x")?.as_str()?)?.try_into().ok()?;
        Some(Self::from_x(x))
    }

    /// RFC 7638 thumbprint: the `kid`, always computed, never believed.
    pub fn thumbprint(&self) -> &Arc<str> {
        &self.thumbprint
    }

    /// `x` of the JWK.
    pub fn x(&self) -> String {
        base64url(&self.x)
    }

    /// The public JWK, with a status where keys are listed.
    pub fn jwk(&self, status: Option<KeyStatus>) -> Value {
        let mut jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": self.x(), "kid": &*self.thumbprint, "alg": "EdDSA", "use": "sig"});
        if let Some(status) = status {
            jwk["status"] = status.as_str().into();
        }
        jwk
    }

    /// Whether `signature` (base64url) is this key's over `message`.
    pub fn verifies(&self, message: &[u8], signature: &str) -> bool {
        crypto::verify(signature, message, &self.decoding, Algorithm::EdDSA).unwrap_or(false)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.thumbprint)
    }
}

/// A thumbprint as it is read aloud: four characters, a space, four characters.
pub fn in_groups_of_four(thumbprint: &str) -> String {
    let characters: Vec<char> = thumbprint.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect()).collect::<Vec<String>>().join(" ")
}

/// Whether somebody wrote down this thumbprint: they are read aloud in groups.
pub fn is_thumbprint(written: &str, thumbprint: &str) -> bool {
    written.chars().filter(|character| !character.is_whitespace()).eq(thumbprint.chars())
}

/// RFC 7638: SHA-256 of the required members in lexicographic order.
fn thumbprint(x: &[u8; 32]) -> String {
    base64url(&sha256(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, base64url(x)).as_bytes()))
}

/// The keys that are listed for one instance, and which keys of it were once seen compromised, listed or not.
#[derive(Clone, Debug, Default)]
pub struct KeySet {
    listed: BTreeMap<Arc<str>, (PublicKey, KeyStatus)>,
    compromised: BTreeSet<Arc<str>>,
}

impl KeySet {
    /// From a list of JWKs. What is no Ed25519 key, or has a status not known here, is left out; no status is `current`.
    pub fn from_json(list: &Value) -> Self {
        Self::from_listed(&listed_keys(list.as_array().map(Vec::as_slice).unwrap_or_default()))
    }

    /// From keys that were read already.
    pub fn from_listed(keys: &[ListedKey]) -> Self {
        let mut set = Self::default();
        for key in keys {
            set.add(PublicKey::from_x(key.x), key.status);
        }
        set
    }

    /// One key alone.
    pub fn of(key: PublicKey, status: KeyStatus) -> Self {
        let mut set = Self::default();
        set.add(key, status);
        set
    }

    /// Lists a key; the worse of two statuses counts.
    pub fn add(&mut self, key: PublicKey, status: KeyStatus) {
        let known = self.status(&key.thumbprint).map_or(status, |known| known.max(status));
        self.listed.insert(key.thumbprint.clone(), (key, known));
    }

    /// Marks a key as compromised, for good: also one that is not listed, any more or yet (protocol §2).
    pub fn compromise(&mut self, thumbprint: &str) {
        self.compromised.insert(thumbprint.into());
        if let Some(kept) = self.listed.get_mut(thumbprint) {
            kept.1 = KeyStatus::Compromised;
        }
    }

    /// A listed key by its thumbprint.
    pub fn get(&self, thumbprint: &str) -> Option<(&PublicKey, KeyStatus)> {
        self.listed.get(thumbprint).map(|(key, status)| (key, *status))
    }

    /// Status of a key; None when it is neither listed nor known to be compromised.
    pub fn status(&self, thumbprint: &str) -> Option<KeyStatus> {
        let listed = self.get(thumbprint).map(|(_, status)| status);
        listed.or_else(|| self.compromised.contains(thumbprint).then_some(KeyStatus::Compromised))
    }

    /// Whether at least one key may sign.
    pub fn has_current(&self) -> bool {
        self.listed.values().any(|(_, status)| *status == KeyStatus::Current)
    }

    /// All that are listed, by thumbprint.
    pub fn iter(&self) -> impl Iterator<Item = (&PublicKey, KeyStatus)> {
        self.listed.values().map(|(key, status)| (key, *status))
    }

    /// Those listed, as JWKs with status.
    pub fn to_json(&self) -> Value {
        self.iter().map(|(key, status)| key.jwk(Some(status))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbprint_may_be_written_in_groups() {
        assert!(is_thumbprint("kPrK _qmx VWa", "kPrK_qmxVWa"));
        assert!(!is_thumbprint("kPrK _qmx VWb", "kPrK_qmxVWa"));
        assert!(!is_thumbprint("kPrK", "kPrK_qmxVWa"));
    }

    #[test]
    fn a_thumbprint_is_shown_in_groups_of_four() {
        assert_eq!(in_groups_of_four("kPrK_qmxVWa"), "kPrK _qmx VWa");
    }
}
