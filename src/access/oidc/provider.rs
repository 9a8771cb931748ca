//! One provider as configured, and what it publishes: addresses and keys, fetched when first needed, kept for an hour,
//! fetched anew when a token names a key that is not known, at most once a minute. Older ones count for a day and are
//! renewed meanwhile: nobody who shows a known key waits for a provider that hangs.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use jsonwebtoken::Algorithm;
use reqwest::Url;
use serde_json::Value;
use tokio::sync::Mutex;

use super::{
    super::{AccessSetupError, Role, refused::Fault},
    fetch::{Fetch, unavailable},
    keys::{self, ProviderKey},
};
use crate::config::{Config, Oidc, read_secret};

/// Milliseconds.
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Between two calls for keys: after one that brought some, and after one that brought none.
const AGAIN: i64 = 60_000;
const AGAIN_AFTER_NOTHING: i64 = 10_000;

/// What a provider publishes.
pub(super) struct Published {
    pub(super) authorization: Url,
    pub(super) token: Url,
    /// Whether the client's secret goes into the form, not into the header.
    pub(super) secret_in_form: bool,
    /// Whether every reply of it names it (RFC 9207, 3).
    pub(super) names_itself: bool,
    keys: Vec<ProviderKey>,
    at: i64,
}

impl Published {
    fn age(&self, now: i64) -> i64 {
        // A clock that was set back counts as old.
        if now < self.at { i64::MAX } else { now - self.at }
    }
}

/// One provider.
pub(in crate::access) struct Provider {
    pub(super) settings: Oidc,
    pub(super) secret: Option<String>,
    pub(super) fetch: Fetch,
    ending: String,
    source: Arc<Source>,
}

/// Where a provider's keys come from; calls go on when whoever waited for one has left.
struct Source {
    issuer: String,
    fetch: Fetch,
    published: ArcSwapOption<Published>,
    /// When it was called last, in milliseconds.
    called: Mutex<Option<i64>>,
}

/// Those of a configuration.
pub(in crate::access) fn providers(config: &Config) -> Result<Vec<Provider>, AccessSetupError> {
    if config.auth.oidc.is_empty() {
        return Ok(Vec::new());
    }
    let fetch = Fetch::new(config)?;
    config.auth.oidc.iter().map(|settings| Provider::new(settings.clone(), fetch.clone())).collect()
}

impl Provider {
    fn new(settings: Oidc, fetch: Fetch) -> Result<Self, AccessSetupError> {
        let secret = settings.client_secret_file.as_deref().map(|file| {
            read_secret(file)
                .map_err(|fault| AccessSetupError::Secret { file: file.to_owned(), why: fault.to_string() })
        });
        let ending = settings.issuer.split_once("://").map_or(settings.issuer.as_str(), |(_, rest)| rest);
        let ending = ending.trim_end_matches('/').to_owned();
        let secret = secret.transpose()?;
        let source = Source {
            issuer: settings.issuer.clone(),
            fetch: fetch.clone(),
            published: ArcSwapOption::empty(),
            called: Mutex::new(None),
        };
        Ok(Self { settings, secret, fetch, ending, source: Arc::new(source) })
    }

    /// As in its tokens.
    pub(in crate::access) fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// What stands behind the `@` in the names of its people: host, port and path of the issuer.
    pub(in crate::access) fn ending(&self) -> &str {
        &self.ending
    }

    /// What it publishes, hardly more than an hour old while it answers and is asked for.
    pub(super) async fn published(&self, now: i64) -> Result<Arc<Published>, Fault> {
        match self.source.published.load_full() {
            Some(published) if published.age(now) < DAY => {
                if published.age(now) >= HOUR {
                    self.source.renew_meanwhile(now);
                }
                Ok(published)
            }
            _ => self.source.renewed(now).await,
        }
    }

    /// The key that a token names.
    pub(super) async fn key(&self, id: Option<&str>, algorithm: Algorithm, now: i64) -> Result<ProviderKey, Fault> {
        let published = self.published(now).await?;
        if let Some(key) = keys::find(&published.keys, id, algorithm) {
            return Ok(key.clone());
        }
        let published = self.source.renewed(now).await?;
        let key = keys::find(&published.keys, id, algorithm);
        key.cloned().ok_or(Fault::Token("its key is not one of the provider's, or is for another algorithm"))
    }

    /// The greatest role that the configuration gives to the provider's words.
    pub(super) fn role(&self, claims: &Value) -> Option<Role> {
        let claim = claims.get(&self.settings.roles_claim).or_else(|| nested(claims, &self.settings.roles_claim))?;
        let words: Vec<&str> = match claim {
            Value::String(word) => vec![word],
            Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
            _ => return None,
        };
        words.iter().filter_map(|word| Role::parse(self.settings.roles.get(*word)?)).max()
    }
}

impl Source {
    /// Renews what is kept while others go on with it.
    fn renew_meanwhile(self: &Arc<Self>, now: i64) {
        // Held: somebody is calling already.
        let is_due =
            self.called.try_lock().is_ok_and(|called| called.is_none_or(|at| !(0..AGAIN).contains(&(now - at))));
        if is_due {
            let source = self.clone();
            tokio::spawn(async move { source.renew(now).await.map(drop) });
        }
    }

    /// What it publishes now. The call ends in its own time, so that its result is kept although nobody waits any more.
    async fn renewed(self: &Arc<Self>, now: i64) -> Result<Arc<Published>, Fault> {
        let source = self.clone();
        let call = tokio::spawn(async move { source.renew(now).await });
        call.await.unwrap_or_else(|_| Err(unavailable("the call to it was broken off")))
    }

    /// Calls the provider unless that was done a moment ago; one call at a time.
    async fn renew(&self, now: i64) -> Result<Arc<Published>, Fault> {
        let mut called = self.called.lock().await;
        let kept = self.published.load_full().filter(|published| published.age(now) < DAY);
        let pause = if kept.is_some() { AGAIN } else { AGAIN_AFTER_NOTHING };
        if called.is_some_and(|at| (0..pause).contains(&(now - at))) {
            return kept.ok_or_else(|| unavailable("it did not answer a moment ago"));
        }
        *called = Some(now);
        match (self.call(now).await, kept) {
            (Ok(published), _) => {
                let published = Arc::new(published);
                self.published.store(Some(published.clone()));
                Ok(published)
            }
            (Err(fault), kept) => {
                tracing::warn!("{}: {fault}", self.issuer);
                kept.ok_or(fault)
            }
        }
    }

    async fn call(&self, now: i64) -> Result<Published, Fault> {
        let place = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let document = self.fetch.document(self.fetch.address(Some(&place))?).await?;
        let text = |name| document.get(name).and_then(Value::as_str);
        // OpenID Connect Discovery, 4.3: or one provider could speak for another.
        if text("issuer") != Some(self.issuer.as_str()) {
            return Err(unavailable("it names itself otherwise than auth.oidc.issuer"));
        }
        let set = self.fetch.document(self.fetch.address(text("jwks_uri"))?).await?;
        let keys = keys::read(&set);
        if keys.is_empty() {
            return Err(unavailable("it publishes no key for signatures"));
        }
        let methods = document.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
        let takes = |method: &str| methods.is_some_and(|methods| methods.iter().any(|taken| taken == method));
        Ok(Published {
            authorization: self.fetch.address(text("authorization_endpoint"))?,
            token: self.fetch.address(text("token_endpoint"))?,
            secret_in_form: takes("client_secret_post") && !takes("client_secret_basic"),
            names_itself: document.get("authorization_response_iss_parameter_supported") == Some(&Value::Bool(true)),
            keys,
            at: now,
        })
    }
}

/// A claim inside others, `realm_access.roles`.
fn nested<'c>(claims: &'c Value, path: &str) -> Option<&'c Value> {
    path.split('.').try_fold(claims, |inner, name| inner.get(name))
}
