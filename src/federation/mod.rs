//! Federation between instances (protocol, version 1). The transport half reads what other servers answer: every
//! answer is hostile until proved, so status, type, encoding, size, depth and time are bounded while reading, and
//! only addresses that may be called are called. What the answers mean is judged elsewhere. `serve` is the other half:
//! what this instance answers.

pub mod addresses;
pub mod answers;
pub mod assertion;
pub mod entity_id;
pub mod fault;
pub mod ndjson;
pub mod peers;
pub mod serve;
pub mod web;

mod client;
mod decode;
mod refusal;
mod shape;

#[cfg(test)]
mod tests;

pub use answers::{Application, BatchEnd, Conditional, Listed, StateAnswer};
pub use client::{WebConfig, WebSetupError};
pub use entity_id::{EntityIdError, check_entity_id};
pub use fault::{Fault, Waited};
pub use ndjson::Sink;
pub use web::{Carried, JournalAsk, Web};
