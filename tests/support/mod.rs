//! What tests of more than one folder need. Used by path: `#[path = "../support/mod.rs"] mod support;`.
#![allow(dead_code, clippy::unwrap_used)]

mod database;

pub use database::{Database, databases, on_each_database};
