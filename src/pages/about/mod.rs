//! Figures, and what the hub says about itself.

use std::sync::Arc;

use axum::Router;

use super::answer::Pages;

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
}
