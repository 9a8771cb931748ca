//! Practices: the list, one practice, comparison; and the search over all kinds.

use std::sync::Arc;

use axum::Router;

use super::answer::Pages;

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
}
