//! The network: who the coordinator is (the anchor), who is a member with which keys (the register), and what follows
//! for who is pulled, served and believed (protocol §2). Trust comes from here and from nowhere else.

mod admission;
mod anchor;
pub mod cases;
mod course;
pub mod decisions;
mod desk;
mod entered;
pub mod focal_points;
mod keys;
mod members;
pub mod membership;
mod newcomers;
pub mod peers;
pub mod pins;
mod receive;
mod roll;
mod trust;

pub use anchor::{LinkError, follow_anchor, found_network, founding_pin, sign_next_link, stored_links};
pub use desk::{MembershipError, RegisterDesk};
pub use entered::Why;
pub use members::{TRUST_CHANGE, note_compromised, refresh};
pub use roll::Enrolled;
pub use trust::{Membership, Trust, TrustSource};
