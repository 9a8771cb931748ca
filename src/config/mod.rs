//! The configuration of an instance: one TOML file, overridden by environment variables `NMIRF_HUB__SECTION__KEY`, overridden by
//! flags. Everything is checked when it is read, so that the rest of the program meets only values that make sense; what is wrong
//! is said in one sentence with the key and what is wanted. `config/hub.example.toml` documents every key.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};

use figment::providers::{Format, Serialized, Toml};
use figment::value::Dict;
use figment::{Figment, Profile, Provider};
use serde::{Deserialize, Serialize};

mod auth;
mod check;
mod database;
mod error;
mod key;
mod keys;
mod sections;
mod trust;
mod units;
mod write;

pub use auth::{Auth, Oidc};
pub use database::{Database, DatabaseUrl};
pub use error::{ConfigError, Problem};
/// A value of an override: made by `into()` from texts, numbers, booleans and lists.
pub use figment::value::Value;
pub use key::{PinnedKey, PinnedStatus, thumbprint};
pub use sections::{Graphql, Instance, KeyFile, Listen, LogFormat, Role, Sync, Telemetry};
pub use trust::{Coordinator, Peer, Trust};
pub use units::{Rate, length, size};
pub use write::EXAMPLE;

/// Beginning of the names of environment variables that override keys.
pub const ENVIRONMENT_PREFIX: &str = "NMIRF_HUB__";

/// Largest configuration file, and largest file with a secret, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// The configuration of one instance. See each section for its keys.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Who this instance is.
    pub instance: Instance,
    /// Where HTTP is served.
    pub listen: Listen,
    /// Where the journal is kept.
    pub database: Database,
    /// The signing key.
    pub key: KeyFile,
    /// Whom this instance believes and calls.
    pub trust: Trust,
    /// Pulling from peers.
    pub sync: Sync,
    /// Who may sign in.
    pub auth: Auth,
    /// Bounds of the API.
    pub graphql: Graphql,
    /// Logs and traces.
    pub telemetry: Telemetry,
}

/// Values that stand above file and environment: what flags say.
#[derive(Clone, Debug, Default)]
pub struct Overrides(Vec<(String, Value)>);

impl Overrides {
    /// None.
    pub fn none() -> Self {
        Overrides::default()
    }

    /// With one more: `key` is a path such as `listen.address`.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.push((key.to_owned(), value.into()));
        self
    }

    /// With one more, given as `key=value` on the command line; the value is read as an environment variable's is.
    #[must_use]
    pub fn with_text(self, key: &str, text: &str) -> Self {
        let value = read_text(&keys::known(), key, text);
        self.with(key, value)
    }
}

impl Config {
    /// Reads the file at `path`, then the environment, then `overrides`; relative paths become relative to the file's folder,
    /// `*_file` secrets of the database are read. The error names all that is wrong.
    pub fn load(path: &Path, overrides: &Overrides) -> Result<Config, ConfigError> {
        let text = read_bounded(path)?;
        Config::from_parts(path, &text, std::env::vars_os(), overrides)
    }

    /// As [`Config::load`], with the file's text and the environment given.
    pub fn from_parts(
        path: &Path,
        text: &str,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        overrides: &Overrides,
    ) -> Result<Config, ConfigError> {
        let known = keys::known();
        let file = read_toml(path, text)?;
        let environment = from_environment(&known, environment);
        let sources = Sources { file: path, environment: &environment, overrides };
        sources.refuse_unknown(&file, &known)?;
        let mut config = sources.extract(file)?;
        config.finish(path)?;
        let problems: Vec<Problem> =
            check::problems(&config).into_iter().map(|finding| sources.problem(finding)).collect();
        if problems.is_empty() { Ok(config) } else { Err(ConfigError::Wrong(problems)) }
    }

    /// All defaults, for the instance of this name.
    pub fn default_for(entity_id: &str, name: &str, role: Role, country: Option<&str>) -> Config {
        let mut config = Config::default();
        config.instance.entity_id = entity_id.to_owned();
        config.instance.name = name.to_owned();
        config.instance.role = role;
        config.instance.country = country.map(str::to_owned);
        config
    }

    /// What does not fit together in a configuration that was made by hand, one sentence each.
    pub fn problems(&self) -> Vec<String> {
        check::problems(self)
    }

    /// A short commented hub.toml that loads as this configuration.
    pub fn to_toml(&self) -> String {
        write::to_toml(self)
    }

    /// The coordinator's entityId and pinned key, where one is pinned.
    pub fn coordinator(&self) -> Option<(&str, &PinnedKey)> {
        let coordinator = &self.trust.coordinator;
        coordinator.entity_id.as_deref().zip(coordinator.key.as_ref())
    }

    fn finish(&mut self, path: &Path) -> Result<(), ConfigError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        self.key.file = folder.join(&self.key.file);
        let optional = [&mut self.database.url_file, &mut self.trust.ca_file, &mut self.graphql.trusted_documents];
        let secrets = self.auth.oidc.iter_mut().map(|provider| &mut provider.client_secret_file);
        for file in optional.into_iter().chain(secrets).flatten() {
            *file = folder.join(&*file);
        }
        if let Some(file) = &self.database.url_file {
            let sentence = |reason| format!("database.url_file: in {}, {reason}", file.display());
            self.database.url = DatabaseUrl::parse(&read_secret(file)?).map_err(|reason| {
                ConfigError::Wrong(vec![Problem { source: path.display().to_string(), sentence: sentence(reason) }])
            })?;
        }
        self.database.url.resolve(folder);
        Ok(())
    }
}

/// The secret in a file: its text without the line end.
pub fn read_secret(path: &Path) -> Result<String, ConfigError> {
    match read_bounded(path) {
        Ok(text) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
        Err(ConfigError::Missing(path)) => {
            Err(ConfigError::Unreadable { path, cause: "there is no such file".to_owned() })
        }
        Err(other) => Err(other),
    }
}

fn read_bounded(path: &Path) -> Result<String, ConfigError> {
    let unreadable = |cause: String| ConfigError::Unreadable { path: path.to_owned(), cause };
    let file = std::fs::File::open(path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => ConfigError::Missing(path.to_owned()),
        _ => unreadable(cause.to_string()),
    })?;
    let mut text = String::new();
    file.take(MAX_FILE + 1).read_to_string(&mut text).map_err(|cause| unreadable(cause.to_string()))?;
    if text.len() as u64 > MAX_FILE { Err(unreadable("it is over 1 MiB".to_owned())) } else { Ok(text) }
}

fn read_toml(path: &Path, text: &str) -> Result<Dict, ConfigError> {
    let mut data = Toml::string(text).data().map_err(|error| {
        // the library draws the line with a mark below it; place and reason are enough in one sentence
        let drawing = error.to_string();
        let mut lines = drawing.lines().map(str::trim).filter(|line| !line.is_empty());
        let place = lines.next().unwrap_or_default().to_owned();
        let reason = lines.next_back().unwrap_or_default();
        ConfigError::Syntax { path: path.to_owned(), cause: format!("{place}: {reason}") }
    })?;
    Ok(data.remove(&Profile::Default).unwrap_or_default())
}

/// An override from the environment: its key, the variable's name, and the value.
type Variable = (String, String, Value);

fn from_environment(
    known: &serde_json::Value,
    environment: impl IntoIterator<Item = (OsString, OsString)>,
) -> Vec<Variable> {
    let mut variables: Vec<Variable> = environment
        .into_iter()
        .filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let key = name.strip_prefix(ENVIRONMENT_PREFIX)?.to_lowercase().replace("__", ".");
            let value = read_text(known, &key, &value.to_string_lossy());
            Some((key, name, value))
        })
        .collect();
    variables.sort_by(|a, b| a.0.cmp(&b.0));
    variables
}

/// A text stays one where the key wants a text ("007" is a name); numbers, lists and tables are read as TOML would.
fn read_text(known: &serde_json::Value, key: &str, text: &str) -> Value {
    let path: Vec<&str> = key.split('.').collect();
    match keys::default_at(known, &path) {
        Some(default) if !default.is_string() => text.parse().unwrap_or_else(|_| Value::from(text)),
        _ => Value::from(text),
    }
}

/// Where values come from, to be named when one is wrong.
struct Sources<'a> {
    file: &'a Path,
    environment: &'a [Variable],
    overrides: &'a Overrides,
}

impl Sources<'_> {
    fn refuse_unknown(&self, file: &Dict, known: &serde_json::Value) -> Result<(), ConfigError> {
        let in_file = keys::unknown(file, known)
            .into_iter()
            .map(|(_, sentence)| Problem { source: self.file.display().to_string(), sentence });
        let variables = self.environment.iter().map(|(key, name, value)| (key, name.as_str(), value));
        let flags = self.overrides.0.iter().map(|(key, value)| (key, "command line", value));
        let elsewhere = variables.chain(flags).flat_map(|(key, source, value)| {
            let nested = Dict::from_iter([nest(key, value.clone())]);
            let unknown = keys::unknown(&nested, known);
            unknown.into_iter().map(|(_, sentence)| Problem { source: source.to_owned(), sentence })
        });
        let problems: Vec<Problem> = in_file.chain(elsewhere).collect();
        if problems.is_empty() { Ok(()) } else { Err(ConfigError::Wrong(problems)) }
    }

    fn extract(&self, file: Dict) -> Result<Config, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(file));
        let variables = self.environment.iter().map(|(key, _, value)| (key, value));
        for (key, value) in variables.chain(self.overrides.0.iter().map(|(key, value)| (key, value))) {
            figment = figment.merge(Serialized::default(key, value));
        }
        figment.extract::<Config>().map_err(|errors| {
            let sentences = errors.into_iter().map(|error| error::wrong_value(&error.path.join("."), &error.kind));
            ConfigError::Wrong(sentences.map(|sentence| self.problem(sentence)).collect())
        })
    }

    /// A finding begins with the path of its key, which tells who said it.
    fn problem(&self, sentence: String) -> Problem {
        let key = sentence.split(": ").next().unwrap_or_default();
        let source = if self.overrides.0.iter().any(|(path, _)| path == key) {
            "command line".to_owned()
        } else if let Some((_, name, _)) = self.environment.iter().find(|(path, ..)| path == key) {
            name.clone()
        } else {
            self.file.display().to_string()
        };
        Problem { source, sentence }
    }
}

fn nest(key: &str, value: Value) -> (String, Value) {
    match key.split_once('.') {
        None => (key.to_owned(), value),
        Some((first, rest)) => (first.to_owned(), Value::from(Dict::from_iter([nest(rest, value)]))),
    }
}

/// The folder of a configuration file, for what is put beside it.
pub fn folder_of(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
