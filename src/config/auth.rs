//! `[auth]` of the configuration file: the people who may sign in.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::units::{length, optional};

/// `[auth]`: who may sign in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Auth {
    /// Whether there are accounts with a password here.
    pub local_accounts: bool,
    /// How long a sign-in lasts.
    #[serde(with = "length")]
    pub session: Duration,
    /// `[[auth.oidc]]`: OpenID Connect providers.
    pub oidc: Vec<Oidc>,
}

impl Default for Auth {
    fn default() -> Self {
        Auth { local_accounts: true, session: Duration::from_secs(12 * 3_600), oidc: Vec::new() }
    }
}

/// `[[auth.oidc]]`: one OpenID Connect provider.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Oidc {
    /// Issuer URL, as in its tokens.
    pub issuer: String,
    /// Audience that access tokens must name.
    pub audience: String,
    /// This instance's name at the provider.
    pub client_id: String,
    /// File with the client's secret; none: a public client.
    #[serde(with = "optional")]
    pub client_secret_file: Option<PathBuf>,
    /// Claim that holds the provider's words for roles.
    pub roles_claim: String,
    /// From the provider's word to a role of this hub.
    pub roles: BTreeMap<String, String>,
}

impl Default for Oidc {
    fn default() -> Self {
        Oidc {
            issuer: String::new(),
            audience: String::new(),
            client_id: String::new(),
            client_secret_file: None,
            roles_claim: "roles".to_owned(),
            roles: BTreeMap::new(),
        }
    }
}
