//! The network: instances, their journals, how our copies stand.

mod instance;
mod instances;
mod sync;

pub use instance::Instance;
pub use instances::{InstanceConnection, InstanceFilter};
pub(crate) use instances::{InstanceCursor, list};
pub use sync::{Sync, SyncState};
