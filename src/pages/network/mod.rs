//! Home, and who is who: mechanisms, countries, the network, documents and events.

mod home;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::answer::{Pages, reading};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new().route("/{language}", get(reading(home::short))).route("/{language}/", get(reading(home::page)))
}
