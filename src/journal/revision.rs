//! A revision: one signed version of a record, or its tombstone (protocol §3).

use serde_json::{Map, Value};

use super::{
    entry::Name,
    jws::{self, JwsError, LARGE, SMALL, StatementType, Unverified},
    key::KeySet,
    signing::SigningKey,
};
use crate::record::{Audience, Sub};

/// Room in a signed revision for all but the body.
const ENVELOPE: usize = 8 * 1024;

/// Whether a body fits into a signed revision (protocol §3: 256 KiB), told before it is signed.
pub fn fits(body: &Value) -> bool {
    body.to_string().len() + ENVELOPE <= jws::MAX_JWS / 4 * 3
}

/// What a revision does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Says the record.
    Put {
        /// The record.
        body: Value,
    },
    /// Withdraws it for ever.
    Withdraw {
        /// What takes its place: the origin and the `sub`.
        superseded_by: Option<(String, Sub)>,
    },
}

/// A revision of right form, claims and signature: the origin's word, whether it may be shown or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Which record.
    pub sub: Sub,
    /// From 1.
    pub number: u32,
    /// `iat`, in seconds.
    pub signed_at: i64,
    /// When the first revision was published, in seconds, if the revision says it.
    pub created_at: Option<i64>,
    /// Version of the kind's body.
    pub schema: u64,
    /// Thumbprint of the key that signed it.
    pub key_id: String,
    /// What it does.
    pub act: Act,
}

/// What a revision must name to be of a journal.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// EntityId of the origin.
    pub origin: &'a str,
    /// Which of its journals.
    pub audience: Audience,
    /// First half of the entry that names it.
    pub name: &'a Name,
}

impl Revision {
    /// Reads a revision and verifies its signature with a listed key, whatever its status: the checkpoint vouches
    /// for it (protocol §2).
    pub fn read(token: &str, place: Place<'_>, keys: &KeySet) -> Result<Self, JwsError> {
        let verified = Unverified::read(token, StatementType::Revision)?.verify(keys, |_| true)?;
        Self::from_claims(verified.key_id, verified.claims, place)
    }

    /// Reads a revision whose signature was found right before, when it was stored (`verified_key_id`). The key must
    /// still be listed.
    pub fn read_again(token: &str, verified: &str, place: Place<'_>, keys: &KeySet) -> Result<Self, JwsError> {
        let unverified = Unverified::read(token, StatementType::Revision)?;
        if unverified.key_id != verified {
            return Err(JwsError::Signature);
        }
        if keys.get(verified).is_none() {
            return Err(JwsError::UnknownKey(verified.to_owned()));
        }
        Self::from_claims(unverified.key_id.clone(), unverified.into_claims(), place)
    }

    /// Reads what a revision says without looking at its signature: for showing what this instance has stored, never for
    /// believing it.
    pub fn unverified(token: &str, place: Place<'_>) -> Result<Self, JwsError> {
        let unverified = Unverified::read(token, StatementType::Revision)?;
        Self::from_claims(unverified.key_id.clone(), unverified.into_claims(), place)
    }

    pub(super) fn from_claims(key_id: String, mut claims: Value, place: Place<'_>) -> Result<Self, JwsError> {
        if jws::text(&claims, "iss")? != place.origin {
            return Err(JwsError::Claim("iss is another origin's"));
        }
        if jws::text(&claims, "aud")? != place.audience.as_str() {
            return Err(JwsError::Claim("aud is another journal's"));
        }
        let sub = Sub::parse(jws::text(&claims, "sub")?).ok_or(JwsError::Claim("sub is not kind/uuid"))?;
        if sub.name() != *place.name {
            return Err(JwsError::Claim("sub is not the one that its entry names"));
        }
        let number = u32::try_from(jws::integer(&claims, "rev", SMALL)?).map_err(|_| JwsError::Claim("rev"))?;
        let signed_at = jws::integer(&claims, "iat", LARGE)?.cast_signed();
        let created_at = match claims.get("created") {
            None => (number == 1).then_some(signed_at),
            Some(_) => Some(jws::integer(&claims, "created", LARGE)?.cast_signed()),
        };
        let schema = jws::integer(&claims, "schema", SMALL)?;
        let act = act(&mut claims)?;
        Ok(Self { sub, number, signed_at, created_at, schema, key_id, act })
    }

    /// Signs a revision.
    // One argument a claim: a struct would be built at two places only to be taken apart here.
    #[allow(clippy::too_many_arguments)]
    pub fn sign(
        key: &SigningKey,
        origin: &str,
        audience: Audience,
        sub: &Sub,
        number: u32,
        signed_at: i64,
        created_at: Option<i64>,
        act: &Act,
    ) -> String {
        let mut claims = Map::new();
        let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        set("iss", origin.into());
        set("sub", sub.as_str().into());
        set("aud", audience.as_str().into());
        set("rev", number.into());
        set("iat", signed_at.into());
        if let Some(created_at) = created_at.filter(|created| number > 1 || *created != signed_at) {
            set("created", created_at.into());
        }
        set("act", if matches!(act, Act::Put { .. }) { "put" } else { "withdraw" }.into());
        set("schema", 1.into());
        match act {
            Act::Put { body } => {
                set("body", body.clone());
            }
            Act::Withdraw { superseded_by: Some((iss, sub)) } => {
                set("supersededBy", serde_json::json!({"iss": iss, "sub": sub.as_str()}));
            }
            Act::Withdraw { superseded_by: None } => {}
        }
        key.sign(StatementType::Revision, &Value::Object(claims))
    }

    /// Whether it is a tombstone.
    pub fn withdraws(&self) -> bool {
        matches!(self.act, Act::Withdraw { .. })
    }
}

fn act(claims: &mut Value) -> Result<Act, JwsError> {
    let body = claims.get_mut("body").map(Value::take);
    let superseded_by = claims.get("supersededBy");
    match (jws::text(claims, "act")?, body, superseded_by) {
        ("put", Some(body), None) => Ok(Act::Put { body }),
        ("put", None, _) => Err(JwsError::Claim("body is missing")),
        ("put", ..) => Err(JwsError::Claim("supersededBy in a put")),
        ("withdraw", Some(_), _) => Err(JwsError::Claim("body in a withdraw")),
        ("withdraw", None, None) => Ok(Act::Withdraw { superseded_by: None }),
        ("withdraw", None, Some(place)) => {
            let iss = jws::text(place, "iss").ok().filter(|iss| (1..=2048).contains(&iss.chars().count()));
            let sub = jws::text(place, "sub").ok().and_then(Sub::parse);
            let target = iss.map(str::to_owned).zip(sub).ok_or(JwsError::Claim("supersededBy"))?;
            Ok(Act::Withdraw { superseded_by: Some(target) })
        }
        _ => Err(JwsError::Claim("act is neither put nor withdraw")),
    }
}
