//! OpenID Connect providers: what they publish ([`provider`]), their keys ([`keys`]), their tokens ([`verify`]) and the
//! sign-in of a browser through one ([`flow`]). [`fetch`] calls them.

mod fetch;
mod flow;
mod keys;
mod provider;
mod verify;

pub use flow::{Departure, Return};
pub(super) use provider::{Provider, providers};
