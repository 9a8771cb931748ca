//! Figures, and what the hub says about itself.

mod figures;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::answer::{Pages, reading};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
        .route("/{language}/figures", get(reading(figures::page)))
        .route("/{language}/figures/{file}", get(reading(figures::file)))
        .route("/embed/{figure}", get(figures::embedded))
}
