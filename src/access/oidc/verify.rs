//! Tokens of a provider. The header is read strictly here, the signature and the audience are judged by jsonwebtoken
//! with an algorithm that the key allows, and times by the hub's clock.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, Validation, decode};
use serde_json::Value;

use super::{
    super::{DEPTH, LEEWAY, LONGEST_BEARER, Person, refused::Fault},
    provider::Provider,
};
use crate::{
    journal::encoding::from_base64url,
    record::{LanguageTag, json},
};

/// Types of tokens that say who somebody is (RFC 9068 and OpenID Connect); others are for something else.
const TYPES: [&str; 3] = ["jwt", "at+jwt", "application/at+jwt"];

/// Longest subject (OpenID Connect Core, 2).
const LONGEST_SUBJECT: usize = 255;

/// What a token's header says.
struct Header {
    algorithm: Algorithm,
    key: Option<String>,
}

impl Provider {
    /// Whose bearer token it is.
    pub(in crate::access) async fn person(&self, token: &str, now: i64) -> Result<Person, Fault> {
        let claims = self.claims(token, &self.settings.audience, now).await?;
        // An ID token and a logout token are for whoever began the sign-in, not for programs to show.
        if claims.get("nonce").or_else(|| claims.get("events")).is_some() {
            return Err(Fault::Token("it is no access token"));
        }
        self.holder(&claims)
    }

    /// The claims of a token that is right in all but whose it is.
    pub(super) async fn claims(&self, token: &str, audience: &str, now: i64) -> Result<Value, Fault> {
        let header = header(token)?;
        let key = self.key(header.key.as_deref(), header.algorithm, now).await?;
        let mut validation = Validation::new(header.algorithm);
        validation.set_issuer(&[self.issuer()]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The hub's clock judges times.
        validation.validate_exp = false;
        let decoded = decode::<Value>(token, &key.decoding, &validation).map_err(|fault| {
            tracing::debug!("a token of {}: {fault}", self.issuer());
            Fault::Token("its signature, issuer or audience is wrong")
        })?;
        check_times(&decoded.claims, now)?;
        Ok(decoded.claims)
    }

    /// Whom claims are about.
    pub(super) fn holder(&self, claims: &Value) -> Result<Person, Fault> {
        let text = |name| claims.get(name).and_then(Value::as_str);
        let subject = text("sub").filter(|subject| {
            (1..=LONGEST_SUBJECT).contains(&subject.len()) && !subject.chars().any(|c| c.is_control() || is_override(c))
        });
        let subject = subject.ok_or(Fault::Token("its subject is no name"))?;
        let role = self.role(claims).ok_or(Fault::NoRole)?;
        let language = text("locale").and_then(LanguageTag::parse);
        Ok(Person { name: Arc::from(format!("{subject}@{}", self.ending())), role, language })
    }
}

/// Characters that would turn the direction of a line in which a name stands.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn header(token: &str) -> Result<Header, Fault> {
    let form = || Fault::Token("its header is not of the right form");
    if token.len() > LONGEST_BEARER {
        return Err(form());
    }
    let bytes = token.split('.').next().and_then(from_base64url).ok_or_else(form)?;
    let header = json::parse(&bytes, DEPTH).map_err(|_| form())?;
    let text = |name| header.get(name).and_then(Value::as_str);
    // RFC 7515, 4.1.11: what must be understood and is not.
    if header.get("crit").is_some() || header.get("b64").is_some() {
        return Err(Fault::Token("its header asks for something not known here"));
    }
    let typ = text("typ").unwrap_or("JWT").to_ascii_lowercase();
    if !TYPES.contains(&typ.as_str()) {
        return Err(Fault::Token("it is of another type"));
    }
    let algorithm = text("alg").and_then(|word| word.parse().ok());
    let algorithm = algorithm.ok_or(Fault::Token("its algorithm is not taken"))?;
    Ok(Header { algorithm, key: text("kid").map(str::to_owned) })
}

fn check_times(claims: &Value, now: i64) -> Result<(), Fault> {
    // NumericDate may have a fraction (RFC 7519, 2).
    let time = |name: &str| claims.get(name).and_then(Value::as_f64).map(|seconds| seconds as i64);
    let seconds = now.div_euclid(1_000);
    if time("exp").is_none_or(|expires| expires.saturating_add(LEEWAY) <= seconds) {
        return Err(Fault::Token("it has expired"));
    }
    let not_yet = |at: Option<i64>| at.is_some_and(|at| at > seconds + LEEWAY);
    if not_yet(time("nbf")) || not_yet(time("iat")) {
        return Err(Fault::Token("it is not valid yet"));
    }
    Ok(())
}
