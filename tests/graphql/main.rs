//! The GraphQL schema: against the contract, and what it answers over the first data.
#![allow(clippy::unwrap_used)]

mod contract;
mod hub;
mod lists;
mod network;
mod records;
mod requests;
mod time;
