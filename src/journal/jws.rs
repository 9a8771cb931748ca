//! The exact form of a signed statement: a compact JWS (RFC 7515) with a header of exactly `alg` `EdDSA`, `kid` and
//! `typ` (protocol §3). `jsonwebtoken` verifies and signs; that the header has no further member and no member twice
//! is checked here, since it is lenient there.

use serde_json::Value;
use thiserror::Error;

use super::{
    encoding::from_base64url,
    key::{KeySet, KeyStatus, PublicKey},
};
use crate::record::json;

/// The longest JWS that is read, in bytes.
pub const MAX_JWS: usize = 256 * 1024;

/// Bodies nest at most 64 levels and stand one level down in the payload (protocol §3).
const MAX_DEPTH: usize = 65;

/// What a statement is: the `typ` of its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementType {
    /// A revision of a record.
    Revision,
    /// A checkpoint of a journal.
    Checkpoint,
    /// A link of the anchor.
    AnchorLink,
    /// Who calls.
    ClientAssertion,
    /// Who an instance is.
    EntityStatement,
    /// A token for a person or a program (RFC 9068): never between instances.
    AccessToken,
    /// Who wants to be a member.
    Application,
}

impl StatementType {
    /// The `typ`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Revision => "nmirf-revision+jwt",
            Self::Checkpoint => "nmirf-checkpoint+jwt",
            Self::AnchorLink => "nmirf-anchor+jwt",
            Self::ClientAssertion => "nmirf-client+jwt",
            Self::EntityStatement => "entity-statement+jwt",
            Self::AccessToken => "at+jwt",
            Self::Application => "nmirf-application+jwt",
        }
    }
}

/// Why a text is not a statement of the wanted type by one of the wanted keys.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JwsError {
    /// Not three base64url parts, too long, or a header of another form.
    #[error("not a signed statement of the protocol's form: {0}")]
    Form(&'static str),
    /// Another type.
    #[error("its type is not {0}")]
    Type(&'static str),
    /// The key is not listed.
    #[error("signed by a key that is not listed ({0})")]
    UnknownKey(String),
    /// The key may not sign this.
    #[error("signed by a key that is {}", .0.as_str())]
    Status(KeyStatus),
    /// The signature is wrong.
    #[error("the signature is wrong")]
    Signature,
    /// A claim is missing or of another form.
    #[error("claim {0}")]
    Claim(&'static str),
}

/// A statement of the right form whose signature was not looked at yet.
pub struct Unverified<'a> {
    /// Thumbprint of the key that it names.
    pub key_id: String,
    claims: Value,
    signed: &'a str,
    signature: &'a str,
}

impl<'a> Unverified<'a> {
    /// Reads the form: three parts, the header, claims that are a JSON object.
    pub fn read(token: &'a str, wanted: StatementType) -> Result<Self, JwsError> {
        if token.len() > MAX_JWS {
            return Err(JwsError::Form("over 256 KiB"));
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JwsError::Form("not three parts"))?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::Form("not three parts"))?;
        if payload.contains('.') {
            return Err(JwsError::Form("not three parts"));
        }
        let key_id = key_id(&part(header)?, wanted)?;
        if from_base64url(signature).is_none_or(|bytes| bytes.len() != 64) {
            return Err(JwsError::Form("the signature is not 64 bytes in base64url"));
        }
        let claims = json::parse(&part(payload)?, MAX_DEPTH).map_err(|_| JwsError::Form("the claims are not JSON"))?;
        if !claims.is_object() {
            return Err(JwsError::Form("the claims are no object"));
        }
        Ok(Self { key_id, claims, signed, signature })
    }

    /// Whether this key made the signature.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        *self.key_id == **key.thumbprint() && key.verifies(self.signed.as_bytes(), self.signature)
    }

    /// The claims, once the caller has another proof of the signature (a verdict kept in the database).
    pub fn into_claims(self) -> Value {
        self.claims
    }

    /// The claims, if a listed key in a good status made the signature.
    pub fn verify(self, keys: &KeySet, good: impl Fn(KeyStatus) -> bool) -> Result<Verified, JwsError> {
        let (key, status) = keys.get(&self.key_id).ok_or_else(|| JwsError::UnknownKey(self.key_id.clone()))?;
        if !good(status) {
            return Err(JwsError::Status(status));
        }
        if !self.is_signed_by(key) {
            return Err(JwsError::Signature);
        }
        Ok(Verified { key_id: self.key_id, claims: self.claims })
    }
}

/// A statement whose form and signature are right.
#[derive(Debug)]
pub struct Verified {
    /// Thumbprint of the key that signed it.
    pub key_id: String,
    /// What it says.
    pub claims: Value,
}

/// Reads and verifies in one step; only `current` keys count.
pub fn verify_current(token: &str, wanted: StatementType, keys: &KeySet) -> Result<Verified, JwsError> {
    Unverified::read(token, wanted)?.verify(keys, |status| status == KeyStatus::Current)
}

/// A text claim.
pub fn text<'a>(claims: &'a Value, name: &'static str) -> Result<&'a str, JwsError> {
    claims.get(name).and_then(Value::as_str).ok_or(JwsError::Claim(name))
}

/// An integer claim, written without fraction or exponent, in its range (protocol §3).
pub fn integer(claims: &Value, name: &'static str, range: std::ops::RangeInclusive<u64>) -> Result<u64, JwsError> {
    claims.get(name).and_then(Value::as_u64).filter(|number| range.contains(number)).ok_or(JwsError::Claim(name))
}

/// Range of `rev`, `schema` and `num`.
pub const SMALL: std::ops::RangeInclusive<u64> = 1..=(1 << 31) - 1;
/// Range of `seq`, `iat` and `created`.
pub const LARGE: std::ops::RangeInclusive<u64> = 0..=(1 << 53) - 1;

fn part(text: &str) -> Result<Vec<u8>, JwsError> {
    from_base64url(text).ok_or(JwsError::Form("not base64url"))
}

fn key_id(header: &[u8], wanted: StatementType) -> Result<String, JwsError> {
    let header = json::parse(header, 2).map_err(|_| JwsError::Form("the header is not JSON"))?;
    let members = header.as_object().filter(|members| members.len() == 3);
    let members = members.ok_or(JwsError::Form("the header is not exactly alg, kid, typ"))?;
    let member = |name| members.get(name).and_then(Value::as_str);
    if member("alg") != Some("EdDSA") {
        return Err(JwsError::Form("alg is not EdDSA"));
    }
    if member("typ").ok_or(JwsError::Form("typ is missing"))? != wanted.as_str() {
        return Err(JwsError::Type(wanted.as_str()));
    }
    member("kid").map(str::to_owned).ok_or(JwsError::Form("kid is missing"))
}
