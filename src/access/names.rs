//! Names of people and programs at this instance: of accounts, and for whom tokens are issued.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// Longest name, in characters.
const LONGEST: usize = 100;

/// Names under which the audit log tells of others.
const TAKEN: [&str; 3] = ["operator", "hub", "anonymous"];

/// A name in the one spelling that is kept: NFC, lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

/// Why a text cannot be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    /// Its form.
    #[error("a name has 1 to 100 letters, digits and the signs . _ - @ +")]
    Form,
    /// Somebody else's.
    #[error("operator, hub and anonymous are names of the audit log: choose another one")]
    Taken,
    /// People of a provider are called so.
    #[error("what ends so is a name of the provider's people: choose another one")]
    OfProvider,
}

impl Name {
    /// Reads a name. `providers` are the endings of names that providers vouch for, without the `@`.
    pub fn parse<'a>(text: &str, providers: impl IntoIterator<Item = &'a str>) -> Result<Self, NameError> {
        let name = spelled(text);
        let right = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+');
        if !(1..=LONGEST).contains(&name.chars().count()) || !name.chars().all(right) {
            return Err(NameError::Form);
        }
        if TAKEN.contains(&name.as_str()) {
            return Err(NameError::Taken);
        }
        let host = name.rsplit_once('@').map(|(_, host)| host);
        if providers.into_iter().any(|provider| Some(provider) == host) {
            return Err(NameError::OfProvider);
        }
        Ok(Self(name))
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a name that somebody typed would be kept.
pub(super) fn spelled(text: &str) -> String {
    text.trim().to_lowercase().nfc().collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_spelling() {
        for text in ["Amina.Benali", " amina.benali", "AMINA.benali"] {
            assert_eq!(Name::parse(text, []).unwrap().as_str(), "amina.benali");
        }
        assert_eq!(Name::parse("e\u{301}lise", []), Name::parse("Élise", []));
    }

    #[test]
    fn what_is_no_name_or_that_of_another_is_refused() {
        for text in ["", " ", "a b", "a\u{202e}b", "a\nb", "<b>", &"a".repeat(101)] {
            assert_eq!(Name::parse(text, []), Err(NameError::Form), "{text}");
        }
        assert_eq!(Name::parse("Operator", []), Err(NameError::Taken));
        assert_eq!(Name::parse("a@login.example", ["login.example"]), Err(NameError::OfProvider));
        assert!(Name::parse("a@ministry.example", ["login.example"]).is_ok());
    }
}
