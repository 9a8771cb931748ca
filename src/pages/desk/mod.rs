//! Signing in, the desk of coordinators, and the administration of an instance.

use std::sync::Arc;

use axum::Router;

use super::answer::Pages;

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
}
