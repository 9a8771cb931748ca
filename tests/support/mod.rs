//! What tests of more than one folder need. Used by path: `#[path = "../support/mod.rs"] mod support;`.
#![allow(dead_code, unused_imports, clippy::unwrap_used)]

mod browser;
mod database;
mod gate;
mod markup;
mod served;

pub use browser::browse;
pub use database::{Database, POSTGRES, databases, on_each_database};
pub use gate::{Answer, Asked, Deed, Gate, Passed, until};
pub use markup::{between, plain};
pub use served::{Served, query};
