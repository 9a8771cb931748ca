//! What an instance may say, and what it need not write: the rules of the one who speaks, beside those of the body.
//! Rows of a file and drafts of the desk go through here alike.

use serde_json::{Map, Value};

use super::{CountryCode, Kind, Sub};

/// An instance as one who publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Its State, of a national instance.
    pub country: Option<CountryCode>,
    /// Whether it is the coordinator: it keeps the register, and what it says of States is compiled.
    pub is_coordinator: bool,
}

/// What an instance may not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpeakerError {
    /// Another State's.
    #[error(
        "country: is not {own}, and an instance speaks of its own State: leave it out, or publish it where it belongs"
    )]
    ForeignCountry {
        /// Its own State.
        own: CountryCode,
    },
    /// A member record.
    #[error("member records stand in the coordinator's register only")]
    NotTheRegister,
}

impl Speaker {
    /// Whether it may publish this kind at all.
    ///
    /// # Errors
    /// For a member record of who is not the coordinator.
    pub fn may_publish(&self, kind: Kind) -> Result<(), SpeakerError> {
        match kind {
            Kind::Member if !self.is_coordinator => Err(SpeakerError::NotTheRegister),
            _ => Ok(()),
        }
    }

    /// Fills in what goes without saying, in a normalised body: the own country, that the coordinator's words about
    /// States are compiled, the kind of a mechanism that is named by its UUID alone.
    ///
    /// # Errors
    /// When the body speaks of another State than its own, or of members.
    pub fn complete(&self, kind: Kind, members: &mut Map<String, Value>) -> Result<(), SpeakerError> {
        self.may_publish(kind)?;
        self.rule_country(kind, members)?;
        if self.is_coordinator && is_of_a_state(kind) {
            members.insert("compiled".to_owned(), Value::Bool(true));
        }
        complete_mechanism(members);
        Ok(())
    }

    /// A national instance speaks of its own State.
    fn rule_country(&self, kind: Kind, members: &mut Map<String, Value>) -> Result<(), SpeakerError> {
        let Some(own) = self.country else { return Ok(()) };
        match members.get("country").map(|country| country.as_str() == Some(own.as_str())) {
            Some(false) if is_of_a_state(kind) || kind == Kind::Document => Err(SpeakerError::ForeignCountry { own }),
            None if is_of_a_state(kind) => {
                // First, as people write it.
                members.shift_insert(0, "country".to_owned(), own.as_str().into());
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Kinds that are always about a State.
fn is_of_a_state(kind: Kind) -> bool {
    matches!(kind, Kind::Mechanism | Kind::Practice)
}

/// A mechanism may be named by its UUID alone.
fn complete_mechanism(members: &mut Map<String, Value>) {
    if let Some(Value::String(text)) = members.get_mut("mechanism") {
        let named = format!("{}/{}", Kind::Mechanism.as_str(), text.to_ascii_lowercase());
        if Sub::parse(&named).is_some() {
            *text = named;
        }
    }
}
