//! What an instance answers to others, as protocol §5 fixes it: each test reads like a row of its table.

#![allow(clippy::unwrap_used)]

mod assertions;
mod copies;
mod documents;
mod nationals;
mod refusals;
mod revisions;
mod server;
mod states;
mod support;
