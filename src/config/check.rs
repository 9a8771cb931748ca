//! What the types cannot say: which values fit together. Every finding names its key and what to write.

use std::path::Path;
use std::time::Duration;

use super::{Config, Oidc, Role};
use crate::record::{check_entity_id, is_loopback_host};

/// Longest name of an instance, in characters: that of a title (records.md).
const MAX_NAME: usize = 1_000;

/// The roles of staff; the room of access has the types and may not be known here.
const STAFF_ROLES: [&str; 5] = ["reader", "contributor", "editor", "administrator", "coordinator"];

/// Everything that does not fit, as sentences that begin with the key.
pub(super) fn problems(config: &Config) -> Vec<String> {
    let mut found = Findings(Vec::new());
    instance(config, &mut found);
    listen(config, &mut found);
    trust(config, &mut found);
    sync(config, &mut found);
    auth(config, &mut found);
    graphql(config, &mut found);
    telemetry(config, &mut found);
    found.0
}

struct Findings(Vec<String>);

impl Findings {
    fn add(&mut self, key: &str, sentence: impl AsRef<str>) {
        self.0.push(format!("{key}: {}", sentence.as_ref()));
    }

    fn unless(&mut self, right: bool, key: &str, sentence: &str) {
        if !right {
            self.add(key, sentence);
        }
    }

    fn file(&mut self, key: &str, path: Option<&Path>) {
        if let Some(path) = path.filter(|path| !path.is_file()) {
            self.add(key, format!("there is no file {}", path.display()));
        }
    }

    fn folder(&mut self, key: &str, path: Option<&Path>) {
        if let Some(path) = path.filter(|path| !path.is_dir()) {
            self.add(key, format!("there is no folder {}", path.display()));
        }
    }
}

fn instance(config: &Config, found: &mut Findings) {
    let instance = &config.instance;
    if instance.entity_id.is_empty() {
        found.add("instance.entity_id", "is missing: give the public base URL, such as \"https://hub.example.org\"");
    } else if let Err(sentence) = check_entity_id(&instance.entity_id, config.trust.allow_http) {
        found.add("instance.entity_id", sentence.to_string());
    }
    if instance.name.trim().is_empty() {
        found.add("instance.name", "is missing: give the name that people read");
    } else {
        let plain = instance.name.chars().count() <= MAX_NAME && !instance.name.chars().any(char::is_control);
        found.unless(plain, "instance.name", "at most 1000 characters on one line are wanted");
    }
    url("instance.licence", instance.licence.as_deref(), found);
    match (instance.role, instance.country.as_deref()) {
        (Role::National, None) => {
            found.add(
                "instance.country",
                "is missing: a national instance has the two capital letters of its country, such as \"MA\"",
            );
        }
        (Role::National, Some(country)) => {
            let right = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
            found.unless(right, "instance.country", "two capital letters are wanted, such as \"MA\"");
        }
        (Role::Coordinator, Some(_)) => {
            found.add("instance.country", "a coordinator's instance belongs to no country: take the line out");
        }
        (Role::Coordinator, None) => {}
    }
    found.unless(
        !instance.languages.is_empty(),
        "instance.languages",
        "at least one language is wanted, such as [\"en\"]",
    );
    for (index, tag) in instance.languages.iter().enumerate() {
        if !is_language_tag(tag) {
            found.add("instance.languages", format!("{tag:?} is no language tag such as \"en\", \"fr\" or \"pt-BR\""));
        } else if instance.languages[..index].iter().any(|earlier| earlier.eq_ignore_ascii_case(tag)) {
            found.add("instance.languages", format!("{tag:?} is there twice"));
        }
    }
}

/// The common form of RFC 5646: a language of 2 to 8 letters, then subtags of 1 to 8 letters or digits, a single one not last.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    let rest: Vec<&str> = subtags.collect();
    (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && rest
            .iter()
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && rest.last().is_none_or(|part| part.len() > 1)
}

fn listen(config: &Config, found: &mut Findings) {
    let listen = &config.listen;
    let apart = listen.admin_address != Some(listen.address) || listen.address.port() == 0;
    found.unless(apart, "listen.admin_address", "must be another address than listen.address, or \"\" (off)");
    let sizes = [
        ("listen.max_body", listen.max_body),
        ("listen.max_body_signed_in", listen.max_body_signed_in),
        ("listen.max_upload", listen.max_upload),
    ];
    for (key, size) in sizes {
        found.unless(size >= 1_024, key, "at least 1KiB is wanted");
    }
}

fn trust(config: &Config, found: &mut Findings) {
    let trust = &config.trust;
    found.file("trust.ca_file", trust.ca_file.as_deref());
    let coordinator = &trust.coordinator;
    match (&coordinator.entity_id, &coordinator.key) {
        (Some(_), None) => {
            found.add(
                "trust.coordinator.key",
                "is missing: the coordinator's public key (a JWK) belongs beside its entity_id",
            );
        }
        (None, Some(_)) => {
            found.add("trust.coordinator.entity_id", "is missing: the coordinator's base URL belongs beside its key");
        }
        _ => {}
    }
    if let Some(Err(sentence)) = coordinator.entity_id.as_deref().map(|id| check_entity_id(id, trust.allow_http)) {
        found.add("trust.coordinator.entity_id", sentence.to_string());
    }
    for also in &coordinator.also {
        if let Err(sentence) = check_entity_id(also, trust.allow_http) {
            found.add("trust.coordinator.also", format!("{also:?}: {sentence}"));
        }
    }
    for (index, peer) in trust.peers.iter().enumerate() {
        let id = &peer.entity_id;
        if let Err(sentence) = check_entity_id(id, trust.allow_http) {
            found.add("trust.peers.entity_id", format!("{id:?}: {sentence}"));
        }
        if peer.keys.is_empty() {
            found.add("trust.peers.keys", format!("{id:?} has none: pin at least one public key (a JWK)"));
        }
        if *id == config.instance.entity_id {
            found.add("trust.peers.entity_id", format!("{id:?} is this instance itself: take it out"));
        }
        if trust.peers[..index].iter().any(|earlier| earlier.entity_id == *id) {
            found.add("trust.peers.entity_id", format!("{id:?} is there twice: put its keys into one list"));
        }
    }
}

fn sync(config: &Config, found: &mut Findings) {
    let sync = &config.sync;
    found.unless(sync.interval >= Duration::from_secs(1), "sync.interval", "at least 1s is wanted");
    found.unless((0.0..=1.0).contains(&sync.jitter), "sync.jitter", "a number from 0 to 1 is wanted");
    found.unless(sync.concurrency >= 1, "sync.concurrency", "at least 1 is wanted");
    found.unless(sync.max_entries >= 1, "sync.max_entries", "at least 1 is wanted");
    found.unless(
        sync.max_journal >= 1 << 18,
        "sync.max_journal",
        "at least 256KiB is wanted, the size of one revision",
    );
    found.unless(sync.max_total >= sync.max_journal, "sync.max_total", "at least sync.max_journal is wanted");
    url("sync.proxy", sync.proxy.as_deref(), found);
}

fn auth(config: &Config, found: &mut Findings) {
    found.unless(config.auth.session >= Duration::from_secs(60), "auth.session", "at least 1m is wanted");
    for (index, provider) in config.auth.oidc.iter().enumerate() {
        oidc(config, provider, found);
        let earlier =
            config.auth.oidc[..index].iter().find(|earlier| ending(&earlier.issuer) == ending(&provider.issuer));
        match earlier {
            Some(same) if same.issuer == provider.issuer => found
                .add("auth.oidc.issuer", format!("{:?} is there twice: put its roles into one table", provider.issuer)),
            Some(other) => found.add(
                "auth.oidc.issuer",
                format!("{:?} and {:?} would name people alike: take one out", other.issuer, provider.issuer),
            ),
            None => {}
        }
    }
}

/// What stands behind the `@` in the names of a provider's people, in small letters.
fn ending(issuer: &str) -> String {
    issuer.split_once("://").map_or(issuer, |(_, rest)| rest).trim_end_matches('/').to_lowercase()
}

fn oidc(config: &Config, provider: &Oidc, found: &mut Findings) {
    let issuer = reqwest::Url::parse(&provider.issuer).ok().filter(|url| url.query().or(url.fragment()).is_none());
    let host = issuer.as_ref().and_then(|url| url.host_str());
    let plain = config.trust.allow_http || host.is_some_and(is_loopback_host);
    let right = issuer.as_ref().is_some_and(|url| url.scheme() == "https" || (url.scheme() == "http" && plain));
    found.unless(
        right && host.is_some(),
        "auth.oidc.issuer",
        "a URL that begins with https:// is wanted, as in its tokens",
    );
    found.unless(
        !provider.audience.is_empty(),
        "auth.oidc.audience",
        "is missing: what access tokens for this hub name",
    );
    // Else every ID token for this hub would be an access token.
    found.unless(
        provider.audience.is_empty() || provider.audience != provider.client_id,
        "auth.oidc.audience",
        "must be another word than client_id: have the provider name this hub's API in access tokens",
    );
    found.unless(!provider.client_id.is_empty(), "auth.oidc.client_id", "is missing: this hub's name at the provider");
    found.unless(
        !provider.roles_claim.is_empty(),
        "auth.oidc.roles_claim",
        "a claim's name is wanted, such as \"roles\"",
    );
    found.file("auth.oidc.client_secret_file", provider.client_secret_file.as_deref());
    found.unless(
        !provider.roles.is_empty(),
        "auth.oidc.roles",
        "is missing: without it nobody gets a role, for example { \"hub-editors\" = \"editor\" }",
    );
    for role in provider.roles.values() {
        if !STAFF_ROLES.contains(&role.as_str()) {
            found.add("auth.oidc.roles", format!("{role:?} is none of {}", STAFF_ROLES.join(", ")));
        } else if role == "coordinator" && config.instance.role == Role::National {
            found.add("auth.oidc.roles", "the role coordinator exists on the coordinator's instance alone");
        }
    }
}

fn graphql(config: &Config, found: &mut Findings) {
    let graphql = &config.graphql;
    let bounds = [
        ("graphql.max_depth", u64::from(graphql.max_depth)),
        ("graphql.max_cost", graphql.max_cost),
        ("graphql.max_root_fields", u64::from(graphql.max_root_fields)),
        ("graphql.max_tokens", u64::from(graphql.max_tokens)),
    ];
    for (key, bound) in bounds {
        found.unless(bound >= 1, key, "at least 1 is wanted");
    }
    found.unless(graphql.timeout >= Duration::from_millis(100), "graphql.timeout", "at least 100ms is wanted");
    found.folder("graphql.trusted_documents", graphql.trusted_documents.as_deref());
    for origin in graphql.cors_origins.iter().filter(|origin| *origin != "*") {
        if let Err(sentence) = check_entity_id(origin, true) {
            found.add("graphql.cors_origins", format!("{origin:?}: {sentence}, or \"*\" for every origin"));
        }
    }
}

fn telemetry(config: &Config, found: &mut Findings) {
    if tracing_subscriber::EnvFilter::try_new(&config.telemetry.log).is_err() {
        let sentence =
            "a level is wanted (error, warn, info, debug, trace), or levels a module such as \"info,nmirf_hub=debug\"";
        found.add("telemetry.log", sentence);
    }
    url("telemetry.otlp_endpoint", config.telemetry.otlp_endpoint.as_deref(), found);
}

fn url(key: &str, text: Option<&str>, found: &mut Findings) {
    let right = text.is_none_or(|text| {
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        is_web && reqwest::Url::parse(text).is_ok_and(|url| url.host_str().is_some())
    });
    found.unless(right, key, "a URL that begins with https:// or http:// is wanted");
}
