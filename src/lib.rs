//! `nmirf-hub`: the federation hub of the national mechanisms for implementation, reporting and follow-up.

pub mod catalog;
pub mod cli;
pub mod config;
pub mod federation;
pub mod hub;
pub mod import;
pub mod journal;
pub mod record;
pub mod register;
pub mod store;
pub mod telemetry;
