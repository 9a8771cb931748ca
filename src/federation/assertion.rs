//! Client assertions: how an instance says who it is when it asks another one for what not everybody may have
//! (protocol §5).

use serde_json::{Value, json};
use thiserror::Error;

use crate::{
    hub::Hub,
    journal::{
        jws::{self, JwsError, LARGE, StatementType},
        key::PublicKey,
        read::Trusted as _,
        signing::SigningKey,
    },
    register::Trust,
};

/// How far the clocks of two instances may be apart, in seconds (protocol §5).
pub const CLOCKS_APART: i64 = 5 * 60;

/// The longest assertion that is read, in bytes; an honest one has under 5 KiB, however long its entityIds are.
const LONGEST: usize = 8 * 1024;

/// Why an assertion does not prove who calls.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AssertionError {
    /// Its form, its type, its signature or a claim is wrong.
    #[error("the client assertion is not valid: {0}")]
    Invalid(#[from] JwsError),
    /// Its key is not listed for its `iss`: the register may have a newer word.
    #[error("the client assertion is signed by a key that the register here does not list for its iss")]
    UnknownKey,
    /// Made for another instance.
    #[error("the client assertion is not for this instance: aud is not its entityId")]
    OtherAudience,
    /// Made too long ago, or by a clock that is wrong.
    #[error("the client assertion's iat is over 5 minutes from this instance's clock: compare the clocks")]
    Clock,
}

/// Makes an assertion of the instance `me` for the instance `called`. `now` in milliseconds.
pub fn make_assertion(key: &SigningKey, me: &str, called: &str, now: i64) -> String {
    let claims = json!({"iss": me, "sub": me, "aud": called, "iat": now / 1000});
    key.sign(StatementType::ClientAssertion, &claims)
}

/// A new assertion of this instance for another one, to be used at once and once; None where it would only be refused.
pub(super) fn bearer(hub: &Hub, called: &str) -> Option<String> {
    hub.trust().is_asked_as_member(called).then(|| for_one(hub, called))
}

/// A new assertion of this instance for another one.
pub(super) fn for_one(hub: &Hub, called: &str) -> String {
    make_assertion(&hub.author().key, hub.entity_id(), called, hub.now())
}

/// Who an assertion says that it is by; nothing is proved yet.
pub struct Claimed {
    /// EntityId.
    pub caller: String,
    /// Thumbprint of the key.
    pub key_id: String,
}

/// Reads an assertion by a key that is in no register, an applicant's: all but its signature. `now` in milliseconds.
pub fn claimed(token: &str, called: &str, now: i64) -> Result<Claimed, AssertionError> {
    if token.len() > LONGEST {
        return Err(JwsError::Form("over 8 KiB").into());
    }
    let unverified = jws::Unverified::read(token, StatementType::ClientAssertion)?;
    let key_id = unverified.key_id.clone();
    let claims = unverified.into_claims();
    let caller = jws::text(&claims, "iss")?.to_owned();
    check_claims(&claims, &caller, called, now)?;
    Ok(Claimed { caller, key_id })
}

/// Whether an assertion is signed by this key.
pub fn is_signed_by(token: &str, key: &PublicKey) -> bool {
    jws::Unverified::read(token, StatementType::ClientAssertion).is_ok_and(|unverified| unverified.is_signed_by(key))
}

/// Reads an assertion made for the instance `called`; gives the caller's entityId. Whether the caller may have what it
/// asks for is another question. `now` in milliseconds.
pub fn verify_assertion(token: &str, called: &str, trust: &Trust, now: i64) -> Result<String, AssertionError> {
    if token.len() > LONGEST {
        return Err(JwsError::Form("over 8 KiB").into());
    }
    let claimed = jws::Unverified::read(token, StatementType::ClientAssertion)?.into_claims();
    let caller = jws::text(&claimed, "iss")?;
    let claims = match jws::verify_current(token, StatementType::ClientAssertion, trust.keys(caller)) {
        Ok(verified) => verified.claims,
        Err(JwsError::UnknownKey(_)) => return Err(AssertionError::UnknownKey),
        Err(fault) => return Err(fault.into()),
    };
    check_claims(&claims, caller, called, now)?;
    Ok(caller.to_owned())
}

fn check_claims(claims: &Value, caller: &str, called: &str, now: i64) -> Result<(), AssertionError> {
    if jws::text(claims, "sub")? != caller {
        return Err(JwsError::Claim("sub is not iss").into());
    }
    if jws::text(claims, "aud")? != called {
        return Err(AssertionError::OtherAudience);
    }
    let made_at = jws::integer(claims, "iat", LARGE)?.cast_signed();
    match (now / 1000 - made_at).abs() > CLOCKS_APART {
        true => Err(AssertionError::Clock),
        false => Ok(()),
    }
}
