//! Real instances that pull each other through gates which can be cut, slowed and lied through: what the protocol
//! promises, seen from outside.
#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod agreement;
mod answers;
mod bounds;
mod closed;
mod commands;
mod cuts;
mod forged;
mod fresh;
mod gaps;
mod handover;
mod hostile;
mod instance;
mod keys;
mod killed;
mod lies;
mod network;
mod order;
mod patience;
mod progress;
mod reader;
mod refused;
mod remembered;
mod standing;
mod trust;
