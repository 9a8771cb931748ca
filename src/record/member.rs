//! The kind `member`: a State's mechanism in the network, with the course of its membership and the keys of its instance.
//! Only the register holds such records.

use super::common::Reference;
use super::country::CountryCode;
use super::date::PartialDate;
use super::localized::LocalizedText;
use super::members::Members;
use super::rules::{
    BodyError, MAX_TEXT, MAX_TITLE, MAX_URL_BYTES, Ruled, date, list, localized, object, reference, text, word,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::HashMap;

/// A member of the network (records.md). Its `country` is always stated.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The base URL of its instance; a member may have none.
    pub entity_id: Option<Box<str>>,
    /// Its role now.
    pub role: MemberRole,
    /// Its status now.
    pub status: MemberStatus,
    /// The whole course, in the order of the body.
    pub history: Box<[Term]>,
    /// Its mechanism.
    pub mechanism: Option<Reference>,
    /// At most 1,000 characters a language.
    pub name: Option<LocalizedText>,
    /// The Ed25519 keys of its instance, each once.
    pub keys: Box<[ListedKey]>,
}

/// A stretch of a membership during which nothing changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its first day.
    pub from: PartialDate,
    /// The first day after it; `None` while it lasts.
    pub until: Option<PartialDate>,
    /// The role during it.
    pub role: MemberRole,
    /// The status during it.
    pub status: MemberStatus,
    /// Why it came to be.
    pub reason: Option<Box<str>>,
}

impl Member {
    /// The term that holds on a day (`until` exclusive). A month or year stands for its first day; of several terms that
    /// hold the one that began last counts, the later in the list if they began together.
    pub fn on(&self, day: Date) -> Option<&Term> {
        let holds =
            |term: &&Term| term.from.first_day() <= day && term.until.is_none_or(|until| day < until.first_day());
        self.history.iter().filter(holds).max_by_key(|term| term.from.first_day())
    }
}

/// The role of a member; a closed list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum MemberRole {
    /// A member like any other.
    Member,
    /// Takes part without a vote.
    Observer,
    /// Of the executive committee.
    ExecutiveCommittee,
    /// Coordinates the network.
    Coordinator,
}

impl MemberRole {
    /// Every role.
    pub const ALL: [MemberRole; 4] =
        [MemberRole::Member, MemberRole::Observer, MemberRole::ExecutiveCommittee, MemberRole::Coordinator];

    /// The word of the body.
    pub fn as_str(self) -> &'static str {
        match self {
            MemberRole::Member => "member",
            MemberRole::Observer => "observer",
            MemberRole::ExecutiveCommittee => "executive-committee",
            MemberRole::Coordinator => "coordinator",
        }
    }

    /// The role of a word, written exactly so.
    pub fn parse(word: &str) -> Option<MemberRole> {
        MemberRole::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// The status of a member; a closed list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum MemberStatus {
    /// Its journals are pulled and served.
    Active,
    /// For the time being they are not.
    Suspended,
    /// It has left.
    Withdrawn,
}

impl MemberStatus {
    /// Every status.
    pub const ALL: [MemberStatus; 3] = [MemberStatus::Active, MemberStatus::Suspended, MemberStatus::Withdrawn];

    /// The word of the body.
    pub fn as_str(self) -> &'static str {
        match self {
            MemberStatus::Active => "active",
            MemberStatus::Suspended => "suspended",
            MemberStatus::Withdrawn => "withdrawn",
        }
    }

    /// The status of a word, written exactly so.
    pub fn parse(word: &str) -> Option<MemberStatus> {
        MemberStatus::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// What a list of keys says of one of them (protocol §2), from the best to the worst.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum KeyStatus {
    /// Signs what is new.
    Current,
    /// Signed what is old.
    Retired,
    /// In other hands; for ever.
    Compromised,
}

impl KeyStatus {
    /// Every status, from the best to the worst.
    pub const ALL: [KeyStatus; 3] = [KeyStatus::Current, KeyStatus::Retired, KeyStatus::Compromised];

    /// The word of the JWK's member `status`.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyStatus::Current => "current",
            KeyStatus::Retired => "retired",
            KeyStatus::Compromised => "compromised",
        }
    }

    /// The status of a word, written exactly so.
    pub fn parse(word: &str) -> Option<KeyStatus> {
        KeyStatus::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// An Ed25519 key that a list names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ListedKey {
    /// The public key, RFC 8032's 32 bytes.
    pub x: [u8; 32],
    /// What the list says of it.
    pub status: KeyStatus,
}

impl ListedKey {
    /// The member `x` of its JWK: base64url without padding.
    pub fn x_base64url(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.x)
    }
}

/// The keys of a list of JWKs (protocol §2), in the order in which they first stand there: what is no Ed25519 key or has a
/// status of another word is left out, of a key listed twice the worse status counts. One without `status` counts as current.
pub fn listed_keys(list: &[Value]) -> Vec<ListedKey> {
    let mut keys: Vec<ListedKey> = Vec::with_capacity(list.len().min(16));
    let mut places = HashMap::new();
    for key in list.iter().filter_map(listed_key) {
        let place = *places.entry(key.x).or_insert(keys.len());
        match keys.get_mut(place) {
            Some(before) => before.status = before.status.max(key.status),
            None => keys.push(key),
        }
    }
    keys
}

fn listed_key(jwk: &Value) -> Option<ListedKey> {
    let is = |name: &str, word: &str| jwk.get(name).and_then(Value::as_str) == Some(word);
    if !is("kty", "OKP") || !is("crv", "Ed25519") {
        return None;
    }
    let x = URL_SAFE_NO_PAD.decode(jwk.get("x")?.as_str()?).ok()?.try_into().ok()?;
    let status = match jwk.get("status") {
        None => KeyStatus::Current,
        Some(word) => KeyStatus::parse(word.as_str()?)?,
    };
    Some(ListedKey { x, status })
}

/// What of a `member` record counts by form and signature alone, whether the record is shown or not (protocol §2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterClaims {
    /// 1 to 2,048 characters.
    pub entity_id: String,
    /// As it stands there; any other word than `active` counts as not active, and so does the empty one of a body without.
    pub status: String,
    /// The keys that are Ed25519's.
    pub keys: Vec<ListedKey>,
    /// The State, if it is two capital letters.
    pub country: Option<String>,
}

/// Reads those claims from a body that may break the rules; `None` if it names no instance.
pub fn register_claims(body: &Value) -> Option<RegisterClaims> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let entity_id = text("entityId").filter(|id| (1..=MAX_URL_BYTES).contains(&id.chars().count()))?;
    Some(RegisterClaims {
        entity_id: entity_id.to_owned(),
        status: text("status").unwrap_or_default().to_owned(),
        keys: body.get("keys").and_then(Value::as_array).map(|list| listed_keys(list)).unwrap_or_default(),
        country: text("country").filter(|code| CountryCode::parse(code).is_some()).map(str::to_owned),
    })
}

const ROLES: &str = "member, observer, executive-committee, coordinator";
const STATUSES: &str = "active, suspended, withdrawn";

pub(super) fn decode(members: Members<'_>) -> Ruled<Member> {
    members.must_have("country")?;
    Ok(Member {
        entity_id: members.optional("entityId", text(MAX_URL_BYTES))?,
        role: members.required("role", word(MemberRole::parse, ROLES))?,
        status: members.required("status", word(MemberStatus::parse, STATUSES))?,
        history: members.required("history", |value| list(value, term))?,
        mechanism: members.optional("mechanism", reference)?,
        name: members.optional("name", localized(MAX_TITLE))?,
        keys: members.optional("keys", keys)?.unwrap_or_default(),
    })
}

fn term(value: &Value) -> Ruled<Term> {
    let members = object(value)?;
    Ok(Term {
        from: members.required("from", date)?,
        until: members.optional("until", date)?,
        role: members.required("role", word(MemberRole::parse, ROLES))?,
        status: members.required("status", word(MemberStatus::parse, STATUSES))?,
        reason: members.optional("reason", text(MAX_TEXT))?,
    })
}

/// Any objects: a key of another sort hides nothing, it is only left out.
fn keys(value: &Value) -> Ruled<Box<[ListedKey]>> {
    let Value::Array(items) = value else { return Err(BodyError::new("is not a list")) };
    list(value, |item| object(item).map(|_| ()))?;
    Ok(listed_keys(items).into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::record::{Body, Kind, decode};
    use serde_json::json;

    const X: &str = "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg";

    fn jwk(status: &str) -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "x": X, "status": status})
    }

    fn member(history: Value) -> Member {
        let body = json!({"country": "MA", "role": "member", "status": "active", "history": history});
        match decode(Kind::Member, &body).unwrap().body {
            Body::Member(member) => member,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn the_term_of_a_day_ends_before_its_until() {
        let member = member(json!([
            {"from": "2024", "until": "2025-05", "role": "member", "status": "active"},
            {"from": "2025-05-01", "until": null, "role": "observer", "status": "suspended"},
        ]));
        let role = |year, month, day| member.on(jiff::civil::date(year, month, day)).map(|term| term.role);
        assert_eq!(role(2023, 12, 31), None);
        assert_eq!(role(2024, 1, 1), Some(MemberRole::Member));
        assert_eq!(role(2025, 4, 30), Some(MemberRole::Member));
        assert_eq!(role(2025, 5, 1), Some(MemberRole::Observer));
    }

    #[test]
    fn of_a_key_listed_twice_the_worse_status_counts() {
        let keys = listed_keys(&[jwk("retired"), jwk("compromised"), jwk("current")]);
        assert_eq!(keys.len(), 1);
        assert_eq!((keys[0].status, keys[0].x_base64url().as_str()), (KeyStatus::Compromised, X));
    }

    #[test]
    fn what_is_no_ed25519_key_is_left_out() {
        let others = [
            json!({"kty": "EC", "crv": "P-256", "x": X, "status": "current"}),
            json!({"kty": "OKP", "crv": "X25519", "x": X, "status": "current"}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "status": "current"}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": format!("{}h", &X[..42]), "status": "current"}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": format!("{X}="), "status": "current"}),
            json!({"kty": "OKP", "crv": "Ed25519", "status": "current"}),
            jwk("revoked"),
            json!("key"),
        ];
        assert_eq!(listed_keys(&others), []);
    }

    #[test]
    fn claims_are_read_from_a_body_that_breaks_the_rules() {
        let body =
            json!({"entityId": "https://hub.example.ma", "status": "on leave", "keys": [jwk("current"), 3], "role": 7});
        let claims = register_claims(&body).unwrap();
        assert_eq!((claims.entity_id.as_str(), claims.status.as_str()), ("https://hub.example.ma", "on leave"));
        assert_eq!((claims.keys.len(), claims.country), (1, None));
        let bare = register_claims(&json!({"entityId": "x", "country": "MA", "keys": {}})).unwrap();
        assert_eq!((bare.status.as_str(), bare.keys.len(), bare.country.as_deref()), ("", 0, Some("MA")));
    }

    #[test]
    fn a_body_that_names_no_instance_makes_no_claims() {
        for body in
            [json!({"entityId": null}), json!({"entityId": ""}), json!({"entityId": "x".repeat(2049)}), json!([])]
        {
            assert_eq!(register_claims(&body), None);
        }
    }
}
