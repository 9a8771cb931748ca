//! The peers: when which one is pulled, one pull from one source, what is looked at beside, and who is told of news
//! (protocol §6); and what is served to them (§5).

pub mod application;
pub mod apply;
pub mod assertion;
pub mod fresh;
pub mod handover;
pub mod hints;
mod housekeeping;
pub mod introduce;
pub mod keys;
pub mod look;
pub mod pull;
pub mod purge;
mod remember;
mod replaced;
pub mod rounds;
pub mod schedule;
pub mod serve;
