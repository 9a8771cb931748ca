//! An application for membership as it is signed and read (protocol §5): a JWS by a key that stands in it.

use serde_json::{Value, json};
use thiserror::Error;

use super::assertion::CLOCKS_APART;
use crate::{
    journal::{
        jws::{self, JwsError, LARGE, StatementType, Unverified, Verified},
        key::{KeySet, KeyStatus, PublicKey},
        signing::SigningKey,
    },
    record::{CountryCode, EntityIdError, check_entity_id},
    register::cases::{check_contact, check_name},
};

/// The longest application, in bytes (protocol §5).
pub const LONGEST: usize = 16 * 1024;

/// Why a text is no application to this coordinator.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ApplicationError {
    /// Its form, its type, its signature or a claim is wrong.
    #[error("the application is not valid: {0}")]
    Invalid(#[from] JwsError),
    /// `iss` is no entityId.
    #[error("iss is no entityId: {0}")]
    EntityId(#[from] EntityIdError),
    /// `sub` is another's.
    #[error("sub is not iss")]
    OtherSubject,
    /// Made for another coordinator.
    #[error("the application is not for this instance: aud is not its entityId")]
    OtherAudience,
    /// Made too long ago, or by a clock that is wrong.
    #[error("the application's iat is over 5 minutes from this instance's clock: compare the clocks")]
    Clock,
    /// Not two capital letters.
    #[error("country is not two capital letters")]
    Country,
    /// Empty, too long, or not on one line.
    #[error("name is not a text on one line of 1 to 1,000 characters")]
    Name,
    /// Too long, or with control characters.
    #[error("contact is not a text of at most 1,000 characters")]
    Contact,
}

/// What an applicant says of itself.
pub struct Application {
    /// Its entityId.
    pub entity_id: String,
    /// The key that signed.
    pub key: PublicKey,
    /// Its State.
    pub country: CountryCode,
    /// Its name.
    pub name: String,
    /// How its office can be reached.
    pub contact: Option<String>,
}

/// Who applies, for the signing side.
pub struct Applicant<'a> {
    /// Its entityId.
    pub entity_id: &'a str,
    /// Its State.
    pub country: &'a str,
    /// Its name.
    pub name: &'a str,
    /// How its office can be reached; for coordinators only.
    pub contact: Option<&'a str>,
}

/// Signs an application to a coordinator. `now` in milliseconds.
pub fn sign(key: &SigningKey, applicant: &Applicant<'_>, coordinator: &str, now: i64) -> String {
    let mut claims = json!({
        "iss": applicant.entity_id, "sub": applicant.entity_id, "aud": coordinator, "iat": now / 1000,
        "jwks": {"keys": [key.public().jwk(None)]}, "country": applicant.country, "name": applicant.name,
    });
    if let Some(contact) = applicant.contact {
        claims["contact"] = contact.into();
    }
    key.sign(StatementType::Application, &claims)
}

/// Reads an application to the instance `called`. `now` in milliseconds.
pub fn read(token: &str, called: &str, allow_http: bool, now: i64) -> Result<Application, ApplicationError> {
    let (claims, key) = verified(token)?;
    let entity_id = jws::text(&claims, "iss")?;
    check_entity_id(entity_id, allow_http)?;
    if jws::text(&claims, "sub")? != entity_id {
        return Err(ApplicationError::OtherSubject);
    }
    if jws::text(&claims, "aud")? != called {
        return Err(ApplicationError::OtherAudience);
    }
    let made_at = jws::integer(&claims, "iat", LARGE)?.cast_signed();
    if (now / 1000 - made_at).abs() > CLOCKS_APART {
        return Err(ApplicationError::Clock);
    }
    let contact = match claims.get("contact") {
        None | Some(Value::Null) => None,
        Some(Value::String(contact)) => Some(contact.as_str()),
        Some(_) => return Err(ApplicationError::Contact),
    };
    Ok(Application {
        entity_id: entity_id.to_owned(),
        country: CountryCode::parse(jws::text(&claims, "country")?).ok_or(ApplicationError::Country)?,
        name: check_name(jws::text(&claims, "name")?).ok_or(ApplicationError::Name)?,
        contact: check_contact(contact).ok_or(ApplicationError::Contact)?,
        key,
    })
}

/// The claims, signed by a key that stands in them, and that key.
fn verified(token: &str) -> Result<(Value, PublicKey), JwsError> {
    if token.len() > LONGEST {
        return Err(JwsError::Form("over 16 KiB"));
    }
    let claimed = Unverified::read(token, StatementType::Application)?.into_claims();
    let keys = KeySet::from_json(claimed.pointer("/jwks/keys").unwrap_or(&Value::Null));
    let Verified { key_id, claims } = jws::verify_current(token, StatementType::Application, &keys)?;
    let key = keys.get(&key_id).filter(|(_, status)| *status == KeyStatus::Current).map(|(key, _)| key.clone());
    key.map(|key| (claims, key)).ok_or(JwsError::UnknownKey(key_id))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const COORDINATOR: &str = "https://coordinator.example";
    const NOW: i64 = 1_795_529_029_000;

    fn claims(key: &SigningKey) -> Value {
        json!({"iss": "https://hub.example.mu", "sub": "https://hub.example.mu", "aud": COORDINATOR, "iat": NOW / 1000,
            "jwks": {"keys": [key.public().jwk(None)]}, "country": "MU", "name": "Mechanism"})
    }

    fn judged(claims: &Value, key: &SigningKey) -> Result<Application, ApplicationError> {
        read(&key.sign(StatementType::Application, claims), COORDINATOR, false, NOW)
    }

    #[test]
    fn what_was_signed_is_read() {
        let key = SigningKey::generate();
        let applicant = Applicant {
            entity_id: "https://hub.example.mu",
            country: "MU",
            name: "Mécanisme",
            contact: Some("office@example.mu"),
        };
        let read = read(&sign(&key, &applicant, COORDINATOR, NOW), COORDINATOR, false, NOW).unwrap();
        assert_eq!((read.entity_id.as_str(), read.country.as_str()), ("https://hub.example.mu", "MU"));
        assert_eq!((read.name.as_str(), read.contact.as_deref()), ("Mécanisme", Some("office@example.mu")));
        assert_eq!(read.key.thumbprint(), key.public().thumbprint());
    }

    #[test]
    fn a_wrong_claim_is_named() {
        let key = SigningKey::generate();
        let long = "x".repeat(1001);
        for (name, value, word) in [
            ("iss", json!("https://HUB.example.mu"), "entityId"),
            ("iss", json!("http://hub.example.mu"), "entityId"),
            ("sub", json!("https://other.example"), "sub"),
            ("aud", json!("https://other.example"), "aud"),
            ("iat", json!(NOW / 1000 - 301), "iat"),
            ("iat", json!(NOW / 1000 + 301), "iat"),
            ("iat", json!("now"), "iat"),
            ("country", json!("Mauritius"), "country"),
            ("country", json!(7), "country"),
            ("name", json!(" "), "name"),
            ("name", json!("two\nlines"), "name"),
            ("name", json!({"en": "x"}), "name"),
            ("name", json!(long), "name"),
            ("contact", json!(["x"]), "contact"),
            ("contact", json!(long), "contact"),
        ] {
            let mut wrong = claims(&key);
            wrong[name] = value;
            let said = judged(&wrong, &key).err().map(|fault| fault.to_string()).unwrap_or_default();
            assert!(said.contains(word), "{name}: {said}");
        }
        assert!(judged(&claims(&key), &key).is_ok());
    }

    #[test]
    fn only_a_key_that_stands_in_it_and_is_current_signs() {
        let (key, other) = (SigningKey::generate(), SigningKey::generate());
        assert!(matches!(judged(&claims(&key), &other), Err(ApplicationError::Invalid(JwsError::UnknownKey(_)))));
        let mut retired = claims(&key);
        retired["jwks"]["keys"][0]["status"] = "compromised".into();
        assert!(matches!(judged(&retired, &key), Err(ApplicationError::Invalid(JwsError::Status(_)))));
        let mut none = claims(&key);
        none["jwks"] = json!([]);
        assert!(judged(&none, &key).is_err());
    }
}
