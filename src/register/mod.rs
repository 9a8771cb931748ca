//! The network: who the coordinator is (the anchor), who is a member with which keys (the register), and what follows
//! for who is pulled, served and believed (protocol §2). Trust comes from here and from nowhere else.

mod anchor;
pub mod decisions;
mod members;
pub mod peers;
mod trust;

pub use anchor::{follow_anchor, found_network, stored_links};
pub use members::{TRUST_CHANGE, note_compromised, refresh};
pub use trust::{Membership, Trust, TrustSource};
