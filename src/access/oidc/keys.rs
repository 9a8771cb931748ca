//! The keys of a provider (JWKS, RFC 7517). What is no public key for signatures is left out: a symmetric one above all,
//! so that no token is ever compared with a secret.

use jsonwebtoken::{Algorithm, DecodingKey, jwk::Jwk};
use serde_json::Value;

use crate::journal::encoding::from_base64url;

/// Keys of one provider that are kept.
const MOST: usize = 100;

/// Algorithms that are taken, by the type of key. No HMAC, and `none` is not even a word of the library.
const RSA: &[Algorithm] =
    &[Algorithm::RS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::PS384, Algorithm::PS512];
const P256: &[Algorithm] = &[Algorithm::ES256];
const P384: &[Algorithm] = &[Algorithm::ES384];
const ED25519: &[Algorithm] = &[Algorithm::EdDSA];

/// Shortest modulus of RSA, in bytes (RFC 7518, 3.3).
const SHORTEST_RSA: usize = 256;

/// A public key with what it may sign.
#[derive(Clone)]
pub(super) struct ProviderKey {
    id: Option<String>,
    algorithms: Vec<Algorithm>,
    pub(super) decoding: DecodingKey,
}

/// The usable ones of a key set.
pub(super) fn read(set: &Value) -> Vec<ProviderKey> {
    let listed = set.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    listed.iter().take(MOST).filter_map(key).collect()
}

fn key(jwk: &Value) -> Option<ProviderKey> {
    let text = |name| jwk.get(name).and_then(Value::as_str);
    let for_signatures = text("use").is_none_or(|word| word == "sig");
    let operations = jwk.get("key_ops").and_then(Value::as_array);
    let may_verify = operations.is_none_or(|words| words.iter().any(|word| word == "verify"));
    if !for_signatures || !may_verify {
        return None;
    }
    let suiting = match (text("kty")?, text("crv")) {
        ("RSA", _) if from_base64url(text("n")?)?.len() >= SHORTEST_RSA => RSA,
        ("EC", Some("P-256")) => P256,
        ("EC", Some("P-384")) => P384,
        ("OKP", Some("Ed25519")) => ED25519,
        _ => return None,
    };
    let algorithms = match text("alg") {
        None => suiting.to_vec(),
        Some(word) => vec![word.parse().ok().filter(|algorithm| suiting.contains(algorithm))?],
    };
    let parsed: Jwk = serde_json::from_value(jwk.clone()).ok()?;
    let decoding = DecodingKey::from_jwk(&parsed).ok()?;
    Some(ProviderKey { id: text("kid").map(str::to_owned), algorithms, decoding })
}

/// The key that a token names. One that names none is judged by the only key that suits its algorithm.
pub(super) fn find<'k>(keys: &'k [ProviderKey], id: Option<&str>, algorithm: Algorithm) -> Option<&'k ProviderKey> {
    let mut suiting = keys.iter().filter(|key| key.algorithms.contains(&algorithm));
    match id {
        Some(id) => suiting.find(|key| key.id.as_deref() == Some(id)),
        None => suiting.next().filter(|_| suiting.next().is_none()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    #[test]
    fn what_is_no_public_key_for_signatures_is_left_out() {
        let good = json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a"});
        let short = "A".repeat(171);
        for bad in [
            json!({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}),
            json!({"kty": "RSA", "n": short, "e": "AQAB"}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": X, "use": "enc"}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": X, "alg": "HS256"}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": X, "alg": "RS256"}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": X, "key_ops": ["sign"]}),
            json!({"kty": "OKP", "crv": "X25519", "x": X}),
            json!("key"),
        ] {
            let keys = read(&json!({"keys": [bad.clone(), good.clone()]}));
            assert_eq!(keys.len(), 1, "{bad}");
        }
    }

    #[test]
    fn a_token_without_a_kid_needs_an_only_key() {
        let one = json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a"});
        let other = json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "b"});
        let found = |keys: &[ProviderKey], id: Option<&str>, algorithm| find(keys, id, algorithm).is_some();
        let single = read(&json!({"keys": [one.clone()]}));
        assert!(found(&single, None, Algorithm::EdDSA) && found(&single, Some("a"), Algorithm::EdDSA));
        assert!(!found(&single, Some("b"), Algorithm::EdDSA) && !found(&single, Some("a"), Algorithm::ES256));
        let both = read(&json!({"keys": [one, other]}));
        assert!(!found(&both, None, Algorithm::EdDSA) && found(&both, Some("b"), Algorithm::EdDSA));
    }
}
