//! Practices: the list, one practice, comparison; the search over all kinds; and what every record has whatever its kind: the
//! address to cite, the signed form, its versions, its check in the reader's browser.

mod compare;
mod history;
mod practice;
mod practices;
mod records;
mod search;
mod verify;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::answer::{Pages, reading, working};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
        .route("/{language}/practices", get(reading(practices::page)))
        .route("/{language}/practices/compare", get(reading(compare::practices)))
        .route("/{language}/practices/{id}", get(reading(practice::page)))
        .route("/{language}/mechanisms/compare", get(reading(compare::mechanisms)))
        .route("/{language}/records/{id}/history", get(working(history::page)))
        .route("/{language}/records/{id}/verify", get(reading(verify::page)))
        .route("/{language}/records/{id}/cite/{file}", get(reading(records::cite)))
        .route("/{language}/search", get(reading(search::page)))
        .route("/{language}/suggest", get(reading(search::suggest)))
        .route("/id/{id}", get(reading(records::by_id)))
        .route("/id/{id}/jws", get(working(records::jws)))
}
