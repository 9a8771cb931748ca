//! The peers: when which one is pulled, one pull from one source, what is looked at beside, and who is told of news
//! (protocol §6). What others ask of this instance is answered beside it, in `serve`.

mod hints;
pub mod look;
pub mod pull;
pub mod rounds;
pub mod schedule;
