//! What the guard says when it refuses: one sentence with what, where and what to do, and a code.

use async_graphql::{ErrorExtensionValues, Pos, ServerError, parser};

use crate::graphql::code::Code;

/// A document or its variables are refused; nothing has run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct GuardError {
    /// The word for `extensions.code`.
    pub code: Code,
    /// One sentence: what is wrong, where, and what to do.
    pub message: String,
    /// Where in the document, if it is one place.
    pub position: Option<Pos>,
}

impl GuardError {
    /// A refusal without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), position: None }
    }

    /// An argument or a variable is wrong.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self::new(Code::BadUserInput, message)
    }

    /// The same refusal with its place, unless it has one.
    #[must_use]
    pub fn at(mut self, position: Pos) -> Self {
        self.position.get_or_insert(position);
        self
    }
}

/// A text that is no document.
impl From<parser::Error> for GuardError {
    fn from(error: parser::Error) -> Self {
        let message = match &error {
            parser::Error::Syntax { message, .. } => {
                let expected = message.rsplit("= ").next().unwrap_or_default().trim();
                format!("The document cannot be parsed: {expected}.")
            }
            parser::Error::RecursionLimitExceeded => {
                return Self::new(Code::TooDeep, "The document is nested too deep; ask for less depth.");
            }
            other => format!("The document cannot be parsed: {other}."),
        };
        let refusal = Self::new(Code::ParseFailed, message);
        match error.positions().next() {
            Some(position) => refusal.at(position),
            None => refusal,
        }
    }
}

impl From<GuardError> for ServerError {
    fn from(refusal: GuardError) -> Self {
        let mut error = ServerError::new(refusal.message, refusal.position);
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", refusal.code.as_str());
        error.extensions = Some(extensions);
        error
    }
}
