//! The command line: reads the arguments, hands them to the command, and turns what went wrong into one sentence on stderr and an
//! exit status: 0 done, 1 it failed, 2 wrong use.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

pub mod arguments;
mod audit;
mod context;
mod demo;
mod doctor;
mod export;
mod import;
mod init;
pub mod key;
pub mod member;
pub mod output;
mod peer;
mod pinning;
mod record;
mod schema;
mod serve;
mod sync;
mod token;
pub mod trust;
mod user;
mod verify;
mod words;

use crate::config::{Config, ConfigError, Overrides};
use arguments::{Arguments, Command, Global};

/// Why a command did not do what it was told.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command, its arguments or the configuration are wrong: exit status 2.
    #[error("{0}")]
    WrongUse(String),
    /// All was right, and it did not work: exit status 1.
    #[error("{0}")]
    Failed(String),
    /// What had to be said was printed already (a table of findings): exit status 1 without another word.
    #[error("")]
    Reported,
}

impl Failure {
    /// It did not work: what, where, what to do.
    pub fn failed(sentence: impl ToString) -> Self {
        Failure::Failed(sentence.to_string())
    }

    /// The user has to call it otherwise: what, where, what to do.
    pub fn wrong_use(sentence: impl ToString) -> Self {
        Failure::WrongUse(sentence.to_string())
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Failure::WrongUse(_) => ExitCode::from(2),
            Failure::Failed(_) | Failure::Reported => ExitCode::from(1),
        }
    }
}

/// A wrong configuration is wrong use: starting again does not help, so a service manager may give up on status 2.
impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Failure::wrong_use(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::failed(format!("reading or writing failed: {error}"))
    }
}

/// Does what the command line says. The first of `arguments` is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    install_cryptography();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // a closed pipe must not hide the exit status
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match dispatch(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let sentence = failure.to_string();
            for line in sentence.lines() {
                eprintln!("error: {}", output::plain(line));
            }
            failure.exit_code()
        }
    }
}

/// One backend for signatures and TLS, named here once: nothing is left to which features a library was built with.
fn install_cryptography() {
    // A second call in one process (tests) finds the same backend in place.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

fn dispatch(arguments: Arguments) -> Result<(), Failure> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Init(init) => init::run(global, init),
        Command::Peer(peer) => peer::run(global, peer),
        Command::Member(member) => member::run(global, member),
        Command::Record(record) => record::run(global, record),
        Command::Import(import) => import::run(global, import),
        Command::Export(export) => export::run(global, export),
        Command::Verify(show) => verify::run(global, *show),
        Command::Doctor(show) => doctor::run(global, *show),
        Command::Key(key) => own_key(global, key),
        Command::User(user) => user::run(global, user),
        Command::Token(token) => token::run(global, token),
        Command::Audit(arguments) => audit::run(global, arguments),
        Command::Demo(demo) => context::run(demo::run(demo)),
        Command::Serve => context::run(serve::run(load(global)?)),
        Command::Sync(sync) => context::run(sync::run(context::configuration(global)?, sync)),
        Command::Schema(schema) => schema::run(*schema),
    }
}

fn own_key(global: &Global, key: &arguments::Key) -> Result<(), Failure> {
    if let arguments::Key::Show(show) = key {
        return key::show(&load(global)?, *show);
    }
    let config = context::configuration(global)?;
    context::run(async {
        let (hub, _) = context::open_with_catalogue(config).await?;
        match key {
            arguments::Key::Show(_) => Ok(()),
            arguments::Key::Rotate(show) => trust::rotate(&hub, *show).await,
            arguments::Key::Compromised(asked) => trust::compromised(&hub, asked.yes, asked.show).await,
        }
    })
}

/// The configuration that the flags name, with what they override.
pub fn load(global: &Global) -> Result<Config, ConfigError> {
    let overrides = global.set.iter().fold(Overrides::none(), |all, (key, value)| all.with_text(key, value));
    Config::load(&global.config, &overrides)
}
