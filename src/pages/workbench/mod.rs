//! The workbench of staff: drafts, review, publishing, taking over, spreadsheets.

use std::sync::Arc;

use axum::Router;

use super::answer::Pages;

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
}
