//! Who asks: people with their roles, the tokens of this instance and of OpenID Connect providers, local accounts and
//! sessions. Every check reads the tables, so that what a command revokes is revoked at once.

mod accounts;
mod bearer;
mod familiar;
mod local;
mod lockout;
mod names;
mod oidc;
mod origin;
mod passwords;
mod refused;
mod role;
mod secret;
mod sessions;
mod tokens;

use std::{path::PathBuf, time::Duration};

use serde_json::Value;
use thiserror::Error;

pub use accounts::{Account, AccountError, Added, INVITATION, InvitationError};
pub use bearer::{NoBearer, bearer_token};
pub use lockout::customer;
pub use names::{Name, NameError};
pub use oidc::{Departure, Return};
pub use passwords::{LENGTH as PASSWORD_LENGTH, PasswordError};
pub use refused::{Refused, SignInError};
pub use role::{Person, Role};
pub use sessions::{SignedIn, cookie};
pub use tokens::{Issued, LONGEST as LONGEST_TOKEN, Token};

use self::{
    familiar::{Familiar, Refusals},
    lockout::Addresses,
    oidc::Provider,
    passwords::Passwords,
    refused::Fault,
};
use crate::{
    config::{self, Config},
    journal::{encoding::from_base64url, key::KeySet},
    record::json,
    store::Store,
};

/// Longest bearer token that is read, in bytes; those of providers with many groups have some thousands.
const LONGEST_BEARER: usize = 16 << 10;

/// By how many seconds the clocks of two machines may differ.
const LEEWAY: i64 = 60;

/// Levels of JSON in a token.
const DEPTH: usize = 16;

/// Why signing in cannot be set up.
#[derive(Debug, Error)]
pub enum AccessSetupError {
    /// The secret of a provider's client.
    #[error("auth.oidc.client_secret_file {file}: {why}")]
    Secret {
        /// As configured.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The HTTP client.
    #[error("the HTTP client for OpenID Connect providers could not be set up: {0}")]
    Client(String),
}

/// Who may come in; one an instance.
pub struct Access {
    store: Store,
    entity_id: String,
    is_coordinator: bool,
    local_accounts: bool,
    lasts: Duration,
    passwords: Passwords,
    session_cookie: String,
    departure_cookie: String,
    addresses: Addresses,
    /// Ways to a provider and back: they test no secret, so that a ministry behind one address may take many.
    departures: Addresses,
    refusals: Refusals,
    familiar: Familiar,
    providers: Vec<Provider>,
}

impl Access {
    /// Sets signing in up as configured. Reads the secrets of the providers' clients; calls nobody.
    pub fn new(config: &Config, store: Store) -> Result<Self, AccessSetupError> {
        Ok(Self {
            store,
            entity_id: config.instance.entity_id.clone(),
            is_coordinator: config.instance.role == config::Role::Coordinator,
            local_accounts: config.auth.local_accounts,
            lasts: config.auth.session,
            passwords: Passwords::new(),
            session_cookie: sessions::cookie_name_at(&config.instance.entity_id, "session"),
            departure_cookie: sessions::cookie_name_at(&config.instance.entity_id, "sign-in"),
            addresses: Addresses::new(lockout::FAILURES),
            departures: Addresses::new(lockout::DEPARTURES),
            refusals: Refusals::default(),
            familiar: Familiar::default(),
            providers: oidc::providers(config)?,
        })
    }

    /// Whether people sign in with a password here.
    pub fn has_local_accounts(&self) -> bool {
        self.local_accounts
    }

    /// Who sends a bearer token: one of this instance or of a configured provider. `own_keys` are this instance's keys as
    /// the register, the anchor or the configuration list them; `now` in milliseconds since 1970.
    pub async fn bearer(&self, token: &str, own_keys: &KeySet, now: i64) -> Result<Person, Refused> {
        let issuer = issuer(token).ok_or(Fault::Token("no token of the right form"))?;
        if issuer == self.entity_id {
            return Ok(self.own_token(token, own_keys, now).await?);
        }
        let provider = self.providers.iter().find(|provider| provider.issuer() == issuer);
        let provider = provider.ok_or(Fault::Token("its issuer is not known here"))?;
        Ok(provider.person(token, now).await?)
    }

    /// The role as this instance knows it: a former coordinator has administrators.
    fn capped(&self, role: Role) -> Role {
        match self.is_coordinator {
            true => role,
            false => role.min(Role::Administrator),
        }
    }
}

/// Who a token says that it is from: only to find who can judge it.
fn issuer(token: &str) -> Option<String> {
    if token.len() > LONGEST_BEARER {
        return None;
    }
    let claims = json::parse(&from_base64url(token.split('.').nth(1)?)?, DEPTH).ok()?;
    claims.get("iss").and_then(Value::as_str).map(str::to_owned)
}
