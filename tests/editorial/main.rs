//! The desk: drafts, review, publishing, taking over; by its own room and through the API, on real databases.
#![allow(clippy::unwrap_used)]

#[path = "../federation/instance.rs"]
#[allow(dead_code)]
mod instance;
#[path = "../federation/network.rs"]
#[allow(dead_code)]
mod network;
#[path = "../support/mod.rs"]
mod support;

mod api;
mod desk;
mod documented;
mod journey;
mod staff;
mod take_over;
