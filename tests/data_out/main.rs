//! What leaves a hub for other programs, and comes back: downloads, feeds, the calendar, the catalogue for portals, over
//! real connections, with the first data, a member's copies and records for the network alone.
#![allow(clippy::unwrap_used)]

mod back;
mod catalogue;
mod documented;
mod downloads;
mod feeds;
mod hub;
mod streams;
#[path = "../federation_serve/support/mod.rs"]
#[allow(dead_code, unused_imports)]
mod support;
