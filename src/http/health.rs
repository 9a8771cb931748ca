//! Whether this instance lives and serves: for who starts and watches it. Peers never count: an instance without a
//! network serves what it holds.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;

use crate::hub::Hub;

/// How long the database may take to say its number.
const PATIENCE: Duration = Duration::from_secs(2);

/// `/health/live` and `/health/ready`.
pub(super) fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .layer(middleware::map_response(never_stored))
        .with_state(hub)
}

async fn live() -> Response {
    ok()
}

async fn ready(State(hub): State<Arc<Hub>>) -> Response {
    let database = tokio::time::timeout(PATIENCE, hub.store().number()).await;
    // The first look at the journal puts this instance itself into the network.
    let catalogue = !hub.snapshot().network().instances.is_empty();
    match (database, catalogue) {
        (Ok(Ok(_)), true) => ok(),
        (Ok(Ok(_)), false) => not_ready("the catalogue is being made"),
        _ => not_ready("the database does not answer"),
    }
}

fn ok() -> Response {
    Json(json!({"status": "ok"})).into_response()
}

fn not_ready(reason: &str) -> Response {
    let body = Json(json!({"status": "unavailable", "reason": reason}));
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")], body).into_response()
}

async fn never_stored(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
