//! The transport against a lying server on a real socket.
#![allow(clippy::unwrap_used)]

mod batches;
mod connections;
mod documents;
mod liar;
mod states;
