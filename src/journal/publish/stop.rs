//! Signing that was stopped, and why (protocol §8). While the setting says something, this instance signs nothing.

use thiserror::Error;

use crate::store::{Store, StoreError};

/// The setting that stops all signing.
pub const STOPPED: &str = "signing_stopped";
/// What it says where the register calls the key compromised.
pub const STOLEN: &str = "the key is compromised";
/// What it says where the key's owner does.
pub const CALLED_STOLEN: &str = "its owner calls the key compromised";

/// Why nothing is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Stop {
    /// A peer holds what this instance does not know to have signed.
    #[error(
        "this instance signs nothing more: a peer holds a checkpoint of it that it never signed. Either an older copy of \
         the database was put back (then put the newest one back), or the key is stolen. A new key leads out of both: \
         `nmirf-hub key compromised`"
    )]
    SetBack,
    /// The key is in other hands, by the register's or its owner's word.
    #[error(
        "this instance signs nothing more: its key is stolen. `nmirf-hub key compromised` makes a new one and applies with \
         it, and shows it again; once the register lists that one, this instance signs with it by itself"
    )]
    Stolen,
}

impl Stop {
    /// Why signing is stopped, if it is.
    pub async fn of(store: &Store) -> Result<Option<Stop>, StoreError> {
        Ok(match store.setting(STOPPED).await?.as_deref() {
            None | Some("") => None,
            Some(STOLEN | CALLED_STOLEN) => Some(Stop::Stolen),
            Some(_) => Some(Stop::SetBack),
        })
    }
}

pub(super) async fn refuse_if_stopped(store: &Store) -> Result<(), super::PublishError> {
    Stop::of(store).await?.map_or(Ok(()), |stop| Err(stop.into()))
}
