//! Signing in, the desk of coordinators, and the administration of an instance.

mod sign_in;

use std::sync::Arc;

use axum::Router;

use super::answer::Pages;

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new().merge(sign_in::routes())
}
