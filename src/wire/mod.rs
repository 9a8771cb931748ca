//! The wire: how other instances are asked and how their answers are read (protocol §5 to §7). Every answer is hostile
//! until proved, so status, type, encoding, size, depth and time are bounded while reading, and only addresses that may
//! be called are called. What the answers mean is judged elsewhere.

pub mod addresses;
pub mod answers;
pub mod fault;
pub mod ndjson;
pub mod web;

mod client;
mod decode;
mod refusal;
mod shape;

#[cfg(test)]
mod tests;

pub use answers::{Application, BatchEnd, Conditional, Listed, StateAnswer};
pub use client::{WebConfig, WebSetupError};
pub use fault::{Fault, Waited};
pub use ndjson::Sink;
pub use web::{Carried, JournalAsk, Web};
