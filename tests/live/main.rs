//! Subscriptions with the clients that programs use (`graphql-ws`, `graphql-sse`, run by node) against a hub that serves.
//! Needs Node and, once, `npm ci` in this folder.
#![allow(clippy::unwrap_used)]

mod bounds;
mod changes;
mod ends;
mod operations;
mod progress;
mod protocol;
mod served;
mod who;

/// Both ways to listen.
const TRANSPORTS: [&str; 2] = ["ws", "sse"];
