//! Home, and who is who: mechanisms, countries, the network, documents and events.

mod country;
mod document;
mod event;
mod home;
mod hubs;
mod lists;
mod mechanism;
mod membership;
mod pieces;
mod record_page;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::answer::{Pages, reading};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
        .route("/{language}", get(reading(home::short)))
        .route("/{language}/", get(reading(home::page)))
        .route("/{language}/mechanisms", get(reading(lists::mechanisms)))
        .route("/{language}/documents", get(reading(lists::documents)))
        .route("/{language}/events", get(reading(lists::events)))
        .route("/{language}/mechanisms/{id}", get(reading(mechanism::page)))
        .route("/{language}/countries/{code}", get(reading(country::page)))
        .route("/{language}/network", get(reading(hubs::page)))
        .route("/{language}/documents/{id}", get(reading(document::page)))
        .route("/{language}/events/{id}", get(reading(event::page)))
}
