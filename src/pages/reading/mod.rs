//! Practices: the list, one practice, comparison; and the search over all kinds.

mod practices;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::answer::{Pages, reading};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new().route("/{language}/practices", get(reading(practices::page)))
}
