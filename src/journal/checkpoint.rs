//! A checkpoint: an origin's signed statement of the whole state of a journal (protocol §4).

use serde_json::{Value, json};

use super::{
    encoding::{base64url, hash_from_base64url, sha256},
    jws::{self, JwsError, LARGE, StatementType, Unverified},
    key::{KeySet, KeyStatus},
    signing::SigningKey,
};
use crate::record::Audience;

/// A copy is stale when its checkpoint is older than this, in seconds.
pub const STALE_AFTER: i64 = 24 * 3600;

/// A checkpoint whose form and signature are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The JWS as it came.
    pub jws: String,
    /// The higher is newer.
    pub seq: u64,
    /// SHA-256 over all entries.
    pub root: [u8; 32],
    /// `iat`, in seconds.
    pub signed_at: i64,
    /// Thumbprint of the key that signed it.
    pub key_id: String,
}

impl Checkpoint {
    /// Reads a checkpoint of this origin's journal, signed by a key of `keys` in a status that `good` takes.
    pub fn read(
        token: &str,
        origin: &str,
        audience: Audience,
        keys: &KeySet,
        good: impl Fn(KeyStatus) -> bool,
    ) -> Result<Self, JwsError> {
        let verified = Unverified::read(token, StatementType::Checkpoint)?.verify(keys, good)?;
        Self::from_claims(token, verified.key_id, &verified.claims, origin, audience)
    }

    /// Reads a checkpoint that was verified when it was adopted. Its key may have left the list since.
    pub(super) fn read_again(token: &str, origin: &str, audience: Audience) -> Result<Self, JwsError> {
        let unverified = Unverified::read(token, StatementType::Checkpoint)?;
        let key_id = unverified.key_id.clone();
        Self::from_claims(token, key_id, &unverified.into_claims(), origin, audience)
    }

    fn from_claims(
        token: &str,
        key_id: String,
        claims: &Value,
        origin: &str,
        audience: Audience,
    ) -> Result<Self, JwsError> {
        if jws::text(claims, "iss")? != origin {
            return Err(JwsError::Claim("iss is another origin's"));
        }
        if jws::text(claims, "aud")? != audience.as_str() {
            return Err(JwsError::Claim("aud is another journal's"));
        }
        let root = jws::text(claims, "root").ok().and_then(hash_from_base64url);
        Ok(Self {
            jws: token.to_owned(),
            seq: jws::integer(claims, "seq", LARGE)?,
            root: root.ok_or(JwsError::Claim("root is no SHA-256 in base64url"))?,
            signed_at: jws::integer(claims, "iat", LARGE)?.cast_signed(),
            key_id,
        })
    }

    /// Signs a checkpoint. `now` in milliseconds.
    pub fn sign(key: &SigningKey, origin: &str, audience: Audience, seq: u64, root: [u8; 32], now: i64) -> Self {
        let signed_at = now / 1000;
        let claims =
            json!({"iss": origin, "aud": audience.as_str(), "seq": seq, "root": base64url(&root), "iat": signed_at});
        let jws = key.sign(StatementType::Checkpoint, &claims);
        Self { jws, seq, root, signed_at, key_id: key.public().thumbprint().to_string() }
    }

    /// SHA-256 of the JWS.
    pub fn digest(&self) -> [u8; 32] {
        sha256(self.jws.as_bytes())
    }
}

/// The ETag of a state with this checkpoint (protocol §5).
pub fn etag(checkpoint: &str) -> String {
    format!("W/\"{}\"", base64url(&sha256(checkpoint.as_bytes())))
}
