//! What administrators see and decide: the audit log and the peers.

mod audit;
mod numbered;
mod peers;

pub use audit::{AuditEntry, AuditEntryConnection};
pub(super) use audit::{AuditFilter, list, one};
pub(super) use numbered::{List, Numbered, NumberedPage, read_cursor, write_cursor};
pub use peers::PeerMutations;
