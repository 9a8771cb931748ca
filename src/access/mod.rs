//! Who asks: people with their roles, the tokens of this instance and of OpenID Connect providers, local accounts and
//! sessions.

mod role;

pub use role::{Person, Role};
