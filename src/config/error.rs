//! What can be wrong with a configuration, each in one sentence: what, where, what to do.

use std::fmt;
use std::path::PathBuf;

use figment::error::{Actual, Kind};

/// Why there is no configuration to work with.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No such file.
    #[error(
        "there is no configuration at {}. Make one with `nmirf-hub init`, or name another with --config or NMIRF_HUB_CONFIG",
        .0.display()
    )]
    Missing(PathBuf),
    /// The file, or one that it names, cannot be read.
    #[error("{} cannot be read ({cause}). See that the file is there and that this user may read it", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words, or what else stands against it.
        cause: String,
    },
    /// The file is no TOML.
    #[error("{}: {cause}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Line, column and what is wrong.
        cause: String,
    },
    /// Keys or values are wrong.
    #[error("{}", Lines(.0))]
    Wrong(Vec<Problem>),
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, environment variable or flag that says it.
    pub source: String,
    /// What is wrong and what is wanted.
    pub sentence: String,
}

struct Lines<'a>(&'a [Problem]);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                out.write_str("\n")?;
            }
            write!(out, "{}: {}", problem.source, problem.sentence)?;
        }
        Ok(())
    }
}

/// The sentence for a value of the wrong type at `key`.
pub(super) fn wrong_value(key: &str, kind: &Kind) -> String {
    match kind {
        Kind::InvalidType(found, wanted) | Kind::InvalidValue(found, wanted) => {
            format!("{key}: {} is wanted, not {}", in_words(wanted), found_in_words(found))
        }
        Kind::UnknownVariant(found, known) => format!("{key}: {} is wanted, not {found:?}", one_of(known)),
        Kind::Message(sentence) => format!("{key}: {sentence}"),
        other => format!("{key}: {other}"),
    }
}

/// `"a", "b" or "c"`.
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("{word:?}"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("{word:?}")).collect();
            format!("{} or {last:?}", first.join(", "))
        }
    }
}

/// The library's names of types, in the words of a person.
fn in_words(wanted: &str) -> &str {
    match wanted {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "f32" | "f64" => "a number",
        "a string" | "string" => "a text in quotation marks",
        "a boolean" => "true or false",
        "a sequence" => "a list in square brackets",
        "a map" => "a table",
        other if other.starts_with("struct ") => "a table of keys",
        other => other,
    }
}

fn found_in_words(found: &Actual) -> String {
    match found {
        Actual::Bool(value) => value.to_string(),
        Actual::Unsigned(value) => format!("the number {value}"),
        Actual::Signed(value) => format!("the number {value}"),
        Actual::Float(value) => format!("the number {value}"),
        Actual::Str(value) => format!("the text {value:?}"),
        Actual::Char(value) => format!("the text {value:?}"),
        Actual::Seq => "a list".to_owned(),
        Actual::Map => "a table".to_owned(),
        _ => "this".to_owned(),
    }
}
