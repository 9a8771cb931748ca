//! The commands on who may come in: `user`, `token`, `audit`.

use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use super::{Show, day};
use crate::{access::Role, config::length, record::LanguageTag};

/// `user …`.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Make a local account and print the link with which its owner chooses a password
    #[command(
        after_help = "The link works once, for seven days. For an account that is there it sets the role, enables it again and makes \
                      a new link; the old password counts until the link is used.\n\n\
                      Example:\n  nmirf-hub user add amina.benali --role editor --language fr"
    )]
    Add(UserAdd),
    /// List the local accounts
    #[command(after_help = "Example:\n  nmirf-hub user list --json")]
    List(Show),
    /// Disable a local account; its sessions, invitations and tokens end at once
    #[command(after_help = "Example:\n  nmirf-hub user disable amina.benali")]
    Disable(UserDisable),
}

/// `user add`.
#[derive(Debug, Args)]
pub struct UserAdd {
    /// Name to sign in with
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What the person may do; each has the rights of those before it
    #[arg(long, value_enum)]
    pub role: RoleOfStaff,
    /// Language that the person prefers
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<LanguageTag>,
}

/// `user disable`.
#[derive(Debug, Args)]
pub struct UserDisable {
    /// Name of the account
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `token …`.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Issue a token and print it, this once
    #[command(
        after_help = "For Authorization: Bearer. Of an account's name it is never worth more than the account.\n\n\
                            Example:\n  nmirf-hub token issue --for import-script --role editor --ttl 8h"
    )]
    Issue(TokenIssue),
    /// List the tokens that were issued
    #[command(after_help = "Example:\n  nmirf-hub token list --json")]
    List(Show),
    /// Revoke a token, at once and for good
    #[command(after_help = "Example:\n  nmirf-hub token revoke 0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d")]
    Revoke(TokenRevoke),
}

/// `token issue`.
#[derive(Debug, Args)]
pub struct TokenIssue {
    /// Account or program that will use it
    #[arg(long = "for", value_name = "NAME")]
    pub name: String,
    /// What its holder may do; each has the rights of those before it
    #[arg(long, value_enum)]
    pub role: RoleOfStaff,
    /// For how long, at most a year
    #[arg(long, value_name = "LENGTH", value_parser = life)]
    pub ttl: Duration,
}

/// `token revoke`.
#[derive(Debug, Args)]
pub struct TokenRevoke {
    /// Id, as `token list` shows it
    #[arg(value_name = "ID")]
    pub id: String,
}

/// `audit`.
#[derive(Debug, Args)]
#[command(
    after_help = "Oldest first. In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe.\n\n\
                        Example:\n  nmirf-hub audit --since 2026-11-01 --format csv > audit.csv"
)]
pub struct Audit {
    /// Only from this day on (UTC)
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<jiff::civil::Date>,
    /// Format
    #[arg(long, value_enum)]
    pub format: AuditFormat,
}

/// Formats of `audit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// One JSON object a line
    Jsonl,
    /// A table with a head, as spreadsheets read it
    Csv,
}

/// The word for a role of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleOfStaff {
    /// Reads what is for the network
    Reader,
    /// Writes drafts
    Contributor,
    /// Publishes
    Editor,
    /// Runs the instance
    Administrator,
    /// Keeps the register; on the coordinator's instance alone
    Coordinator,
}

impl From<RoleOfStaff> for Role {
    fn from(word: RoleOfStaff) -> Role {
        match word {
            RoleOfStaff::Reader => Role::Reader,
            RoleOfStaff::Contributor => Role::Contributor,
            RoleOfStaff::Editor => Role::Editor,
            RoleOfStaff::Administrator => Role::Administrator,
            RoleOfStaff::Coordinator => Role::Coordinator,
        }
    }
}

fn language(text: &str) -> Result<LanguageTag, String> {
    LanguageTag::parse(text).ok_or_else(|| "a language tag such as fr or pt-BR is wanted".to_owned())
}

fn life(text: &str) -> Result<Duration, String> {
    let life = length::parse(text)?;
    match (Duration::from_secs(1)..=crate::access::LONGEST_TOKEN).contains(&life) {
        true => Ok(life),
        false => Err("from 1s to a year (366d) is wanted".to_owned()),
    }
}
