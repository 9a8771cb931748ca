//! Signing in: tokens of this instance and of providers, local accounts, sessions, the pages. The real provider needs
//! Node and, once, `npm ci` in this folder.
#![allow(clippy::unwrap_used)]

mod databases;
#[path = "../support/mod.rs"]
mod databases_of_tests;
mod fake_provider;
mod local;
mod own_tokens;
mod pages;
mod provider_tokens;
mod real_provider;
mod secrets;
mod support;
