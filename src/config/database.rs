//! `[database]` of the configuration file: SQLite or PostgreSQL, and how its URL is shown without its secrets.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::units::{Text, optional};

/// `[database]`: where the journal is kept.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Database {
    /// SQLite file or PostgreSQL address. After loading, that of `url_file` if one is given.
    pub url: DatabaseUrl,
    /// File whose first line is the URL: keeps a password out of the configuration.
    #[serde(with = "optional")]
    pub url_file: Option<PathBuf>,
}

/// One of the two databases.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file, made when it is not there.
    Sqlite(PathBuf),
    /// A `postgres://` URL, with what secrets it holds.
    Postgres(String),
}

impl Default for DatabaseUrl {
    fn default() -> Self {
        DatabaseUrl::Sqlite(PathBuf::from("hub.db"))
    }
}

impl DatabaseUrl {
    /// Reads `sqlite://FILE` or `postgres://…`.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(file) = text.strip_prefix("sqlite://") {
            if file.is_empty() || file.contains('?') || file == ":memory:" {
                return Err("after sqlite:// stands the path of a file and nothing else, such as \"sqlite://hub.db\""
                    .to_owned());
            }
            return Ok(DatabaseUrl::Sqlite(PathBuf::from(file)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(DatabaseUrl::Postgres(text.to_owned()));
        }
        Err("the URL of a database begins with sqlite:// or postgres://".to_owned())
    }

    /// The URL with everything in it, also a password: for connecting, never for showing.
    pub fn reveal(&self) -> String {
        match self {
            DatabaseUrl::Sqlite(file) => format!("sqlite://{}", file.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        }
    }

    pub(super) fn resolve(&mut self, folder: &Path) {
        if let DatabaseUrl::Sqlite(file) = self {
            *file = folder.join(&*file);
        }
    }
}

/// Shows the URL without user and password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(file) => write!(out, "sqlite://{}", file.display()),
            DatabaseUrl::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
                // query parameters may hold a password too
                write!(out, "postgres://{}", rest.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Serialize for DatabaseUrl {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.reveal())
    }
}

impl<'de> Deserialize<'de> for DatabaseUrl {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Text { wanted: "a URL such as \"sqlite://hub.db\"", read: DatabaseUrl::parse })
    }
}
