//! Why somebody is not let in. What is said outside helps nobody to guess; the reason goes to the log at `debug`, never
//! with the token or the password.

use thiserror::Error;

use crate::store::StoreError;

/// Why a bearer token is not taken. [`Refused::Unavailable`] is no judgement on the token: answer 503; else 401.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// Malformed, forged, expired, revoked, of somebody else: one answer for all.
    #[error("This token is not valid here.")]
    Token,
    /// The provider vouches for the person, and the configuration gives none of their words a role.
    #[error("This sign-in gives no role at this instance; ask its administrator.")]
    NoRole,
    /// The provider's keys or the database cannot be reached.
    #[error("This token cannot be checked now; try again in a minute.")]
    Unavailable,
}

/// Why a sign-in of a browser did not succeed.
#[derive(Debug, Error)]
pub enum SignInError {
    /// Unknown name, wrong password, locked or disabled account, a reply of a provider that is not right: one answer.
    #[error("signing in was refused")]
    Refused,
    /// The provider vouches for the person, and the configuration gives none of their words a role.
    #[error("no role at this instance")]
    NoRole,
    /// Too many failures from this address.
    #[error("too many failures from this address")]
    TooMany,
    /// This way of signing in is not offered here.
    #[error("this way of signing in is not offered here")]
    NotOffered,
    /// The provider or a free place for checking a password cannot be had.
    #[error("signing in cannot be checked now")]
    Unavailable,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for SignInError {
    fn from(fault: sea_orm::DbErr) -> Self {
        Self::Store(fault.into())
    }
}

/// What is wrong with a token, for the log.
#[derive(Debug, Error)]
pub(super) enum Fault {
    /// The token itself.
    #[error("{0}")]
    Token(&'static str),
    /// No role for these words.
    #[error("no role is given to the provider's words")]
    NoRole,
    /// Who could tell does not answer.
    #[error("{0}")]
    Unavailable(String),
}

impl From<StoreError> for Fault {
    fn from(fault: StoreError) -> Self {
        tracing::error!("whether a token is valid cannot be looked up: {fault}");
        Self::Unavailable("the database does not answer".to_owned())
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        tracing::debug!("a token is refused: {fault}");
        match fault {
            Fault::Token(_) => Self::Token,
            Fault::NoRole => Self::NoRole,
            Fault::Unavailable(_) => Self::Unavailable,
        }
    }
}

impl From<Fault> for SignInError {
    fn from(fault: Fault) -> Self {
        tracing::debug!("a sign-in through a provider is refused: {fault}");
        match fault {
            Fault::Token(_) => Self::Refused,
            Fault::NoRole => Self::NoRole,
            Fault::Unavailable(_) => Self::Unavailable,
        }
    }
}
