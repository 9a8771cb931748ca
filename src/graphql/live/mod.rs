//! Subscriptions: each event is executed as a request of its own, with the snapshot of its moment and the viewer of
//! then ([`listener`]); a cursor is all that is kept between two of them.

mod listener;
mod record_changed;
mod root;
mod sync_progress;

pub(super) use listener::Listener;
pub use root::Subscription;
