//! The pages: as answers, and in a real browser (Debian's chromium, through playwright-core; once `npm ci` in this
//! folder). Journeys are scripts in this folder; each gets the address of a hub and says what differs from what it wants.
#![allow(clippy::unwrap_used)]

mod about;
mod browser;
mod desk;
mod everywhere;
#[path = "../data_out/hub.rs"]
#[allow(dead_code)]
mod hub;
mod network;
mod reading;
#[path = "../federation_serve/support/mod.rs"]
#[allow(dead_code, unused_imports)]
mod support;
mod workbench;
