//! `[trust]` of the configuration file: the instances that this one believes and calls.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::key::PinnedKey;
use super::units::optional;

/// `[trust]`: whom this instance believes and calls (protocol §2, §7).
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Trust {
    /// Whether peers on private, loopback and link-local addresses are called.
    pub allow_private_networks: bool,
    /// Whether peers may have `http` URLs on hosts that are not loopback.
    pub allow_http: bool,
    /// Certificates (PEM) believed in place of the system's.
    #[serde(with = "optional")]
    pub ca_file: Option<PathBuf>,
    /// `[trust.coordinator]`.
    pub coordinator: Coordinator,
    /// `[[trust.peers]]`.
    pub peers: Vec<Peer>,
}

/// `[trust.coordinator]`: the pin that the anchor starts from. `entity_id` and `key` are both there or both not.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Coordinator {
    /// Its entityId.
    #[serde(with = "optional")]
    pub entity_id: Option<String>,
    /// A key of it, compared by telephone or letter.
    #[serde(with = "super::key::optional")]
    pub key: Option<PinnedKey>,
    /// Base URLs of further instances to ask for the anchor.
    pub also: Vec<String>,
}

/// `[[trust.peers]]`: an instance pinned by hand; it counts as an active member.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Peer {
    /// Its entityId.
    pub entity_id: String,
    /// Its keys; at least one.
    pub keys: Vec<PinnedKey>,
}
