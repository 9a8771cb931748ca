//! The commands and what each takes. Names here are used from outside and are kept. Every command shows an example in its help.

mod access;
mod peer;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use access::{Audit, AuditFormat, RoleOfStaff, Token, TokenIssue, TokenRevoke, User, UserAdd, UserDisable};

pub use peer::{Peer, PeerAdd, PeerName, PeerRemove, PeerShow};

pub use crate::cli::member::arguments::Member;
use crate::config::Role;

/// The version with the commit, `0.1.0 (c246954f1b2a)`.
pub fn version() -> &'static str {
    const COMMIT: &str = env!("NMIRF_HUB_COMMIT");
    if COMMIT.is_empty() {
        env!("CARGO_PKG_VERSION")
    } else {
        concat!(env!("CARGO_PKG_VERSION"), " (", env!("NMIRF_HUB_COMMIT"), ")")
    }
}

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "nmirf-hub",
    version = version(),
    about = "Federation hub of the national mechanisms for implementation, reporting and follow-up",
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "Example, a network of five instances on this machine:\n  nmirf-hub demo\n\n\
                  Exit status: 0 done, 1 it failed, 2 wrong use. Logs and errors go to stderr."
)]
pub struct Arguments {
    /// What counts for every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What counts for every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Configuration file
    #[arg(
        long,
        global = true,
        help_heading = "For every command",
        value_name = "FILE",
        env = "NMIRF_HUB_CONFIG",
        default_value = "config/hub.toml"
    )]
    pub config: PathBuf,
    /// Set one key of the configuration for this run; may be repeated
    #[arg(long, global = true, help_heading = "For every command", value_name = "SECTION.KEY=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
}

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a small network on this machine with the first data
    Demo(Demo),
    /// Write the configuration, key and database of a new instance
    Init(Init),
    /// Serve pages, API and federation until Ctrl-C
    #[command(after_help = "Example:\n  nmirf-hub serve --config /etc/nmirf-hub/hub.toml")]
    Serve,
    /// Pull from peers now, one round
    Sync(Sync),
    /// The instances that this one pulls from or serves
    #[command(subcommand, after_help = "Example:\n  nmirf-hub peer list")]
    Peer(Peer),
    /// The members of the network, and the coordinator's desk
    #[command(subcommand, after_help = "Example:\n  nmirf-hub member list")]
    Member(Member),
    /// The records of this instance
    #[command(
        subcommand,
        after_help = "Example:\n  nmirf-hub record history practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d"
    )]
    Record(Record),
    /// Publish records from a file
    Import(Import),
    /// Write the records that are shown here, own ones and copies
    Export(Export),
    /// Check every signature, digest and root against the journal
    #[command(
        after_help = "Exit status 1 when something differs; each difference is named. A copy that differs is set aside and \
                            fetched anew in the next round.\n\nExample:\n  nmirf-hub verify --json"
    )]
    Verify(Show),
    /// Check configuration, clock, disk, database, keys, peers and certificates, and say what to do
    #[command(after_help = "Exit status 1 when something needs to be done.\n\nExample:\n  nmirf-hub doctor")]
    Doctor(Show),
    /// Print the GraphQL schema (SDL)
    #[command(
        after_help = "Examples:\n  nmirf-hub schema > schema.graphql\n  nmirf-hub schema --federation > hub.graphql"
    )]
    Schema(Schema),
    /// This instance's signing key
    #[command(subcommand, after_help = "Example:\n  nmirf-hub key show")]
    Key(Key),
    /// Local accounts: who signs in with a password
    #[command(subcommand, after_help = "Example:\n  nmirf-hub user list")]
    User(User),
    /// Tokens of this instance, for programs
    #[command(subcommand, after_help = "Example:\n  nmirf-hub token list")]
    Token(Token),
    /// Print the audit log: who did what, when, from where
    Audit(Audit),
}

/// Which schema is printed.
#[derive(Debug, Clone, Copy, Args)]
pub struct Schema {
    /// Print the subgraph for a supergraph of Apollo Federation v2, as `_service` tells it
    #[arg(long)]
    pub federation: bool,
}

/// How a result is shown.
#[derive(Debug, Clone, Copy, Args)]
pub struct Show {
    /// Print JSON, with the schema's names
    #[arg(long)]
    pub json: bool,
}

/// `demo`.
#[derive(Debug, Args)]
#[command(after_help = "Example, once and for a machine to read:\n  nmirf-hub demo --once --json\n\n\
                        One of its instances alone:\n  nmirf-hub serve --config nmirf-demo/ma/hub.toml")]
pub struct Demo {
    /// Folder for the instances; run again on the same folder, it goes on where it was
    #[arg(long, value_name = "DIR", default_value = "./nmirf-demo")]
    pub dir: PathBuf,
    /// Port of the coordinator; the others follow
    #[arg(long, value_name = "PORT", default_value_t = 4000, value_parser = clap::value_parser!(u16).range(1..))]
    pub base_port: u16,
    /// End when every instance holds the proved copy of every other; exit status 1 after 60 seconds
    #[arg(long)]
    pub once: bool,
    /// How many instances, the coordinator counted
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub instances: u16,
    /// How the table and the examples are shown.
    #[command(flatten)]
    pub show: Show,
}

/// `init`.
#[derive(Debug, Args)]
#[command(
    after_help = "Existing files are never written over.\n\nExample:\n  nmirf-hub init --entity-id https://hub.example.org \
                        --name \"Hub of Morocco\" --country MA \\\n    --coordinator https://coordinator.example.org"
)]
pub struct Init {
    /// Public base URL of the instance; it never changes
    #[arg(long, value_name = "URL")]
    pub entity_id: String,
    /// Name that people read
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// Kind of instance
    #[arg(long, value_enum, default_value_t = RoleWord::National)]
    pub role: RoleWord,
    /// Two capital letters of the country; national instances only
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
    /// Base URL of the coordinator, whose key is fetched, shown and pinned when told yes
    #[arg(long, value_name = "URL")]
    pub coordinator: Option<String>,
    /// Pin the coordinator's key without asking if it has this thumbprint
    #[arg(long, value_name = "THUMBPRINT", requires = "coordinator", allow_hyphen_values = true)]
    pub yes: Option<String>,
}

/// The word for a kind of instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleWord {
    /// Speaks for one State's mechanism
    National,
    /// Keeps the network's register
    Coordinator,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Role {
        match word {
            RoleWord::National => Role::National,
            RoleWord::Coordinator => Role::Coordinator,
        }
    }
}

/// `sync`.
#[derive(Debug, Args)]
#[command(after_help = "The backoff of failing peers is not waited for, their Retry-After is.\n\n\
                        Example:\n  nmirf-hub sync https://hub.example.org")]
pub struct Sync {
    /// The peer to pull from; without one, every peer
    #[arg(value_name = "ENTITY_ID", conflicts_with = "all")]
    pub entity_id: Option<String>,
    /// Pull from every peer
    #[arg(long)]
    pub all: bool,
    /// How the result is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `record …`. A record is named by its global id or by `kind/uuid`.
#[derive(Debug, Subcommand)]
pub enum Record {
    /// Show a record with its provenance
    #[command(after_help = "Example:\n  nmirf-hub record show practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d")]
    Show(RecordShow),
    /// List the revisions of a record that this instance has seen
    #[command(after_help = "Example:\n  nmirf-hub record history practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d --json")]
    History(RecordShow),
    /// Withdraw a record of this instance, for good
    #[command(after_help = "Every instance erases its text. This cannot be undone.\n\n\
                            Example:\n  nmirf-hub record withdraw practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d")]
    Withdraw(RecordWithdraw),
}

/// `record show` and `record history`.
#[derive(Debug, Args)]
pub struct RecordShow {
    /// Global id or kind/uuid
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    pub id: String,
    /// How it is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `record withdraw`.
#[derive(Debug, Args)]
pub struct RecordWithdraw {
    /// Global id or kind/uuid
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    pub id: String,
    /// The record that takes its place: global id or kind/uuid
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub superseded_by: Option<String>,
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
}

/// `import`.
#[derive(Debug, Args)]
#[command(
    after_help = "A JSON array, one JSON object a line, a table (CSV) or a workbook (XLSX); docs/DATA.md has the columns. A row is a \
                        body of docs/PROTOCOL.md and may have id, kind, audience and withdraw. Every bad row is reported with its line \
                        and column; if one is bad, nothing is written, unless --keep-going is given. The same file twice changes \
                        nothing.\n\nExample:\n  nmirf-hub import practices.xlsx --dry-run"
)]
pub struct Import {
    /// File to read; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Kind of rows that name none; else the file's name says it
    #[arg(long, value_name = "KIND", value_parser = kind_word)]
    pub kind: Option<String>,
    /// Check everything, tell what would become of each row, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Leave bad rows out and write the others
    #[arg(long)]
    pub keep_going: bool,
    /// How the result is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `export`.
#[derive(Debug, Args)]
#[command(
    after_help = "JSON Lines: a row is a body with id, kind, audience, origin and revision. CSV is a table of one kind, XLSX has a \
                        sheet for each. `import` reads all three. Records that the network alone may read are among them.\n\n\
                        Examples:\n  nmirf-hub export --kind practice --format jsonl > practices.jsonl\n  \
                        nmirf-hub export --kind practice --format xlsx --template --output practices.xlsx"
)]
pub struct Export {
    /// Only records of this kind
    #[arg(long, value_name = "KIND", value_parser = kind_word)]
    pub kind: Option<String>,
    /// Format
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// File to write, never over an existing one; without it, standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Instead of records, an empty table to be filled in and imported, with an example
    #[arg(long)]
    pub template: bool,
}

/// Formats of `export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object a line
    Jsonl,
    /// A table of one kind
    Csv,
    /// A workbook with a sheet for each kind
    Xlsx,
}

/// `key …`.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Go on with a new key: make it and announce it
    #[command(
        after_help = "Routine, every year or two, or when a machine that held the key is given away. Nothing is \
                            transferred again and no round is missed. Run it again to see the thumbprint again.\n\n\
                            Example:\n  nmirf-hub key rotate"
    )]
    Rotate(Show),
    /// The key is in other hands: sign nothing more with it, and make another
    #[command(
        after_help = "What the thief signs is hidden at every instance once the coordinator has marked the key. Run it \
                            again to see the new key's thumbprint again; `key show` and `member apply --status` show it \
                            too.\n\nExample:\n  nmirf-hub key compromised"
    )]
    Compromised(KeyCompromised),
    /// Show the public key and its thumbprint
    #[command(after_help = "Read the thumbprint to whoever pins this key, on a telephone number known before.\n\n\
                            Example:\n  nmirf-hub key show --json")]
    Show(Show),
}

/// `key compromised`.
#[derive(Debug, Clone, Copy, Args)]
pub struct KeyCompromised {
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
    /// How the result is shown.
    #[command(flatten)]
    pub show: Show,
}

/// The kinds of records, as words.
const KINDS: [&str; 5] = ["mechanism", "practice", "document", "event", "member"];

/// A kind in the singular, from its singular or plural.
fn kind_word(text: &str) -> Result<String, String> {
    let singular = text.strip_suffix('s').unwrap_or(text);
    match KINDS.contains(&singular) {
        true => Ok(singular.to_owned()),
        false => Err(format!("one of {} is wanted", KINDS.join(", "))),
    }
}

/// A day, as people and records write one.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day such as 2026-11-24 is wanted".to_owned())
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if key.contains('.') => Ok((key.to_owned(), value.to_owned())),
        _ => Err("a setting such as listen.address=127.0.0.1:4001 is wanted".to_owned()),
    }
}

#[cfg(test)]
#[path = "arguments_tests.rs"]
mod tests;
