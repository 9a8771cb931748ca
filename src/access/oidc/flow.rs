//! The sign-in of a browser through a provider: authorization code flow with PKCE, `state` and `nonce` (OpenID Connect
//! Core, 3.1; RFC 7636). What was sent is kept in a row, bound to the browser by a cookie, and used once.

use std::net::IpAddr;

use http::StatusCode;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::Value;

use super::{
    super::{
        Access, SignInError,
        refused::Fault,
        secret,
        sessions::{Beginning, SignedIn},
    },
    fetch::unavailable,
    provider::Provider,
};
use crate::{
    audit::{self, Actor},
    journal::encoding::{base64url, sha256},
    store::provider_sign_ins::{self, Model as UnderWay},
};

/// Time to sign in at the provider, in milliseconds.
const PATIENCE: i64 = 10 * 60_000;

/// Sign-ins under way at one time.
const MOST: u64 = 10_000;

/// A browser that is sent to a provider.
pub struct Departure {
    /// Where to.
    pub address: String,
    /// What its cookie for this sign-in holds.
    pub browser: String,
}

/// A browser that comes back.
#[derive(Default)]
pub struct Return<'a> {
    /// `state` of the address.
    pub state: &'a str,
    /// `code` of the address; empty where the provider refused.
    pub code: &'a str,
    /// `iss` of the address (RFC 9207), where the provider sends it.
    pub issuer: Option<&'a str>,
    /// What its cookie for this sign-in holds.
    pub browser: Option<&'a str>,
    /// What its session cookie holds.
    pub previous: Option<&'a str>,
    /// The caller's address.
    pub from: Option<IpAddr>,
}

impl Access {
    /// The configured providers, as people read them: host and path of the issuer, in the order of their numbers.
    pub fn providers(&self) -> impl Iterator<Item = &str> {
        self.providers.iter().map(Provider::ending)
    }

    /// Name of the cookie that binds a sign-in under way to its browser.
    pub fn departure_cookie_name(&self) -> &str {
        &self.departure_cookie
    }

    /// Sends a browser to the provider with this number.
    pub async fn leave_for(&self, number: usize, from: Option<IpAddr>, now: i64) -> Result<Departure, SignInError> {
        let provider = self.providers.get(number).ok_or(SignInError::NotOffered)?;
        if !self.departures.begin(from, now) {
            return Err(SignInError::TooMany);
        }
        let mut address = provider.published(now).await?.authorization.clone();
        let [state, nonce, verifier, browser] = std::array::from_fn(|_| secret::fresh());
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &provider.settings.client_id)
            .append_pair("redirect_uri", &self.redirect_uri())
            .append_pair("scope", "openid")
            .append_pair("state", &state)
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &base64url(&sha256(verifier.as_bytes())))
            .append_pair("code_challenge_method", "S256");
        let row = provider_sign_ins::ActiveModel {
            state: Set(secret::kept(&state).unwrap_or_default()),
            browser: Set(secret::kept(&browser).unwrap_or_default()),
            issuer: Set(provider.issuer().to_owned()),
            nonce: Set(nonce),
            verifier: Set(verifier),
            expires_at: Set(now + PATIENCE),
        };
        let write = self.store.write().await?;
        let old = provider_sign_ins::Entity::delete_many().filter(provider_sign_ins::Column::ExpiresAt.lte(now));
        old.exec(write.connection()).await?;
        if provider_sign_ins::Entity::find().count(write.connection()).await? >= MOST {
            return Err(SignInError::Unavailable);
        }
        row.insert(write.connection()).await?;
        write.commit().await?;
        Ok(Departure { address: address.into(), browser })
    }

    /// Takes a browser back: changes the code for an ID token, and begins a session for whom that is about.
    pub async fn come_back(&self, back: &Return<'_>, now: i64) -> Result<SignedIn, SignInError> {
        if !self.departures.begin(back.from, now) {
            return Err(SignInError::TooMany);
        }
        // Without a line in the audit log, or anybody could fill it.
        let row = self.under_way(back, now).await?.ok_or(SignInError::Refused)?;
        let come = self.returned(back, &row, now).await;
        let is_refused = matches!(come, Err(SignInError::Refused | SignInError::NoRole));
        if is_refused && self.refusals.begin(back.from, now) {
            let actor = Actor { name: "anonymous".into(), address: back.from };
            audit::note_alone(&self.store, &actor, now, "sign-in.refused", None).await?;
        }
        come
    }

    async fn returned(&self, back: &Return<'_>, row: &UnderWay, now: i64) -> Result<SignedIn, SignInError> {
        let provider = self.providers.iter().find(|provider| provider.issuer() == row.issuer);
        let provider = provider.ok_or(SignInError::NotOffered)?;
        if back.issuer.is_some_and(|issuer| issuer != row.issuer) || back.code.is_empty() {
            return Err(SignInError::Refused);
        }
        // RFC 9207, 2.4: where the provider always names itself, a reply without a name is not its.
        if back.issuer.is_none() && provider.published(now).await?.names_itself {
            return Err(SignInError::Refused);
        }
        let token = provider.change(back.code, &row.verifier, &self.redirect_uri(), now).await?;
        let claims = provider.claims(&token, &provider.settings.client_id, now).await?;
        provider.check_id_token(&claims, &row.nonce)?;
        let person = provider.holder(&claims)?;
        let beginning = Beginning { person, issuer: Some(&row.issuer), previous: back.previous, from: back.from };
        let write = self.store.write().await?;
        let signed_in = self.begin_session(&write, beginning, now).await?;
        write.commit().await?;
        self.departures.forget(back.from);
        Ok(signed_in)
    }

    /// The row of a sign-in under way; it is gone then, whatever comes of it.
    async fn under_way(&self, back: &Return<'_>, now: i64) -> Result<Option<UnderWay>, SignInError> {
        let Some(state) = secret::kept(back.state) else { return Ok(None) };
        let Some(browser) = back.browser.and_then(secret::kept) else { return Ok(None) };
        let row = provider_sign_ins::Entity::find_by_id(&state).one(self.store.read()).await?;
        // Another browser's: it stays for that one.
        let Some(row) = row.filter(|row| row.browser == browser && row.expires_at > now) else { return Ok(None) };
        let write = self.store.write().await?;
        let taken = provider_sign_ins::Entity::delete_by_id(state).exec(write.connection()).await?;
        write.commit().await?;
        // The same way back may be taken twice at one moment.
        Ok(Some(row).filter(|_| taken.rows_affected == 1))
    }

    fn redirect_uri(&self) -> String {
        format!("{}/sign-in/callback", self.entity_id)
    }
}

impl Provider {
    /// Changes a code for an ID token.
    async fn change(&self, code: &str, verifier: &str, redirect_uri: &str, now: i64) -> Result<String, Fault> {
        let published = self.published(now).await?;
        let client = self.settings.client_id.as_str();
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier),
        ];
        let in_header = match &self.secret {
            Some(secret) if !published.secret_in_form => Some((client, secret.as_str())),
            Some(secret) => {
                fields.extend([("client_id", client), ("client_secret", secret)]);
                None
            }
            None => {
                fields.push(("client_id", client));
                None
            }
        };
        let (status, answer) = self.fetch.form(published.token.clone(), &fields, in_header).await?;
        if status.is_server_error() {
            return Err(unavailable("it cannot change a code now"));
        }
        if status != StatusCode::OK {
            // The word alone: descriptions may hold anything.
            let word = answer.get("error").and_then(Value::as_str).unwrap_or_default();
            tracing::warn!("{}: a code is refused: {:?}", self.issuer(), word.chars().take(50).collect::<String>());
            return Err(Fault::Token("the provider refuses the code"));
        }
        let token = answer.get("id_token").and_then(Value::as_str);
        token.map(str::to_owned).ok_or(Fault::Token("the provider gives no ID token"))
    }

    /// What an ID token has beyond other tokens (OpenID Connect Core, 3.1.3.7).
    fn check_id_token(&self, claims: &Value, nonce: &str) -> Result<(), Fault> {
        let text = |name| claims.get(name).and_then(Value::as_str);
        if text("nonce") != Some(nonce) {
            return Err(Fault::Token("it is not for this sign-in"));
        }
        let several = claims.get("aud").and_then(Value::as_array).is_some_and(|audiences| audiences.len() > 1);
        let party = text("azp");
        match party {
            Some(party) if party != self.settings.client_id => Err(Fault::Token("it is for another client")),
            None if several => Err(Fault::Token("it is for several and names no client")),
            _ => Ok(()),
        }
    }
}
