//! The keys of the network as commands: a member's in the register, this instance's own, and who the coordinator is.

pub mod arguments;
mod handover;
mod keys;
mod own;

pub(super) use handover::run as handover;
pub(super) use keys::run as member_key;
pub(super) use own::{compromised, rotate};
