//! Mistakes that the user can mend: nothing was changed, the payload says what to do in the user's language.

use async_graphql::{Enum, SimpleObject};

use crate::editorial::MistakeCode;

/// Codes of mistakes that the user can mend.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "MistakeCode")]
pub enum UserErrorCode {
    /// Missing.
    Required,
    /// Not of the right form.
    Invalid,
    /// Too long or too many.
    TooLong,
    /// Somebody else changed it meanwhile.
    Conflict,
    /// No such thing, or not visible.
    NotFound,
    /// Not from this state.
    WrongState,
    /// Of another origin; it can be read only.
    Foreign,
}

/// A mistake that the user can mend; nothing was changed.
#[derive(SimpleObject, Debug, Clone, PartialEq, Eq)]
#[graphql(serial)]
pub struct UserError {
    /// Path in the input, for example `title.fr`; null when it concerns the whole.
    pub field: Option<String>,
    /// Code.
    pub code: UserErrorCode,
    /// What to do, in the user's language.
    pub message: String,
}

impl UserError {
    /// One that concerns the whole.
    pub fn whole(code: UserErrorCode, message: String) -> Self {
        Self { field: None, code, message }
    }

    /// One of a field.
    pub fn of(field: &str, code: UserErrorCode, message: String) -> Self {
        Self { field: Some(field.to_owned()), code, message }
    }
}
