//! The tables. SQLite inside by default, PostgreSQL by its URL alone; the rest of the house sees [`Store::read`] for
//! queries and [`Store::write`] for one transaction at a time. A writing transaction that changes what can be read
//! takes the next number of the one counter ([`Write::number`]).

pub mod accounts;
pub mod anchor_links;
pub mod applications;
pub mod audit_entries;
pub mod compromised_keys;
mod connect;
pub mod counter;
pub mod draft_numbers;
pub mod drafts;
pub mod entries;
pub mod failed_sign_ins;
pub mod focal_points;
mod guard;
pub mod invitations;
pub mod journals;
pub mod left_records;
pub mod peers;
pub mod provider_sign_ins;
pub mod register_members;
pub mod revisions;
pub mod sessions;
pub mod settings;
pub mod signed_checkpoints;
pub mod staged_revisions;
pub mod tokens;
pub mod tombstones;

pub use connect::{ROWS_AT_ONCE, Store, StoreError, Write};
pub use guard::ServeLock;
