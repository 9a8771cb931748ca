//! The sections of the configuration file, each key with its default; those with more to them have a file of their own
//! ([`super::database`], [`super::trust`], [`super::auth`]). `config/hub.example.toml` says the same to operators; a test
//! keeps the two together.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::units::{Rate, address, length, optional, size};

/// `[instance]`: who this instance is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Instance {
    /// Its public base URL (protocol §2); never changes. Checked: not empty after [`super::Config::load`].
    pub entity_id: String,
    /// Two capital letters; national instances only.
    #[serde(with = "optional")]
    pub country: Option<String>,
    /// Name shown to people.
    pub name: String,
    /// What kind of instance it is.
    pub role: Role,
    /// Language tags, the preferred one first; at least one.
    pub languages: Vec<String>,
    /// Public address of an office, never of a person.
    #[serde(with = "optional")]
    pub contact: Option<String>,
    /// URL of the licence of what this instance publishes.
    #[serde(with = "optional")]
    pub licence: Option<String>,
    /// Whether everything shown carries the demonstration notice.
    pub demonstration: bool,
}

impl Default for Instance {
    fn default() -> Self {
        Instance {
            entity_id: String::new(),
            country: None,
            name: String::new(),
            role: Role::National,
            languages: vec!["en".to_owned()],
            contact: None,
            licence: None,
            demonstration: false,
        }
    }
}

/// The two kinds of instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Speaks for one State's mechanism.
    National,
    /// Keeps the network's register and compiles for States without an instance.
    Coordinator,
}

impl Role {
    /// The word used in the file and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::National => "national",
            Role::Coordinator => "coordinator",
        }
    }
}

/// `[listen]`: where HTTP is served, and how much is taken in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Listen {
    /// Address and port of pages, API and federation.
    #[serde(with = "address")]
    pub address: SocketAddr,
    /// Address and port of metrics and health; none: off.
    #[serde(with = "optional")]
    pub admin_address: Option<SocketAddr>,
    /// Largest request body from anybody, bytes.
    #[serde(with = "size")]
    pub max_body: u64,
    /// Largest request body from who is signed in, bytes.
    #[serde(with = "size")]
    pub max_body_signed_in: u64,
    /// Largest uploaded file, bytes.
    #[serde(with = "size")]
    pub max_upload: u64,
    /// How many reverse proxies stand before this instance; so many entries of `X-Forwarded-For` are believed, from the right.
    pub trusted_proxies: u8,
}

impl Default for Listen {
    fn default() -> Self {
        Listen {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 4000)),
            admin_address: None,
            max_body: 64 << 10,
            max_body_signed_in: 1 << 20,
            max_upload: 10 << 20,
            trusted_proxies: 0,
        }
    }
}

/// `[key]`: this instance's signing key.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyFile {
    /// The private JWK, readable by this user alone (mode 0600).
    pub file: PathBuf,
}

impl Default for KeyFile {
    fn default() -> Self {
        KeyFile { file: PathBuf::from("hub.key") }
    }
}

/// `[sync]`: pulling from peers (protocol §6).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Sync {
    /// Time between two rounds of one journal.
    #[serde(with = "length")]
    pub interval: Duration,
    /// Share of the interval, 0 to 1, by which rounds are moved at random.
    pub jitter: f64,
    /// Rounds at one time.
    pub concurrency: u16,
    /// Entries in one journal.
    pub max_entries: u64,
    /// Bytes of one journal.
    #[serde(with = "size")]
    pub max_journal: u64,
    /// Bytes of all copies together.
    #[serde(with = "size")]
    pub max_total: u64,
    /// How long the copies of a member that left the network are kept.
    #[serde(with = "length")]
    pub purge_after: Duration,
    /// URL of an outgoing proxy.
    #[serde(with = "optional")]
    pub proxy: Option<String>,
}

impl Default for Sync {
    fn default() -> Self {
        Sync {
            interval: Duration::from_secs(15 * 60),
            jitter: 0.2,
            concurrency: 8,
            max_entries: 100_000,
            max_journal: 256 << 20,
            max_total: 4 << 30,
            purge_after: Duration::from_secs(30 * 86_400),
            proxy: None,
        }
    }
}

/// `[graphql]`: bounds of the API.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Graphql {
    /// Levels of a query.
    pub max_depth: u32,
    /// Cost of a query, as the schema's rules count it.
    pub max_cost: u64,
    /// Aliases in a query.
    pub max_aliases: u32,
    /// Fields at the root of a query.
    pub max_root_fields: u32,
    /// Tokens in a document.
    pub max_tokens: u32,
    /// Time for one answer.
    #[serde(with = "length")]
    pub timeout: Duration,
    /// Whether the schema may be asked for.
    pub introspection: bool,
    /// Folder of `*.graphql` files; given: only these are answered.
    #[serde(with = "optional")]
    pub trusted_documents: Option<PathBuf>,
    /// Origins of pages elsewhere that may ask, `*` for all; without credentials.
    pub cors_origins: Vec<String>,
    /// Longest wait for a fresh copy when a query asks for `maxAge`.
    #[serde(with = "length")]
    pub fresh_timeout: Duration,
    /// Bytes of finished answers kept; 0: none.
    #[serde(with = "size")]
    pub answer_cache: u64,
    /// Operations of one client; none: as many as it likes.
    #[serde(with = "optional")]
    pub rate: Option<Rate>,
}

impl Default for Graphql {
    fn default() -> Self {
        Graphql {
            max_depth: 12,
            max_cost: 10_000,
            max_aliases: 50,
            max_root_fields: 20,
            max_tokens: 5_000,
            timeout: Duration::from_secs(10),
            introspection: true,
            trusted_documents: None,
            cors_origins: vec!["*".to_owned()],
            fresh_timeout: Duration::from_secs(5),
            answer_cache: 32 << 20,
            rate: Some(Rate { count: 600, per: Duration::from_secs(60) }),
        }
    }
}

/// `[telemetry]`: what is written down about the running program.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Telemetry {
    /// Least level, or `level,module=level`, of what goes to stderr.
    pub log: String,
    /// How it is written.
    pub format: LogFormat,
    /// OpenTelemetry collector for traces; none: off.
    #[serde(with = "optional")]
    pub otlp_endpoint: Option<String>,
}

impl Default for Telemetry {
    fn default() -> Self {
        Telemetry { log: "info".to_owned(), format: LogFormat::Text, otlp_endpoint: None }
    }
}

/// How log lines are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}
