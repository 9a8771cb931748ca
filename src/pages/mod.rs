//! The pages: what staff of mechanisms, coordinators and administrators see. Made on the server, whole without a script, in
//! the six languages of the United Nations; they read the same catalogue by the same rules as the API, and change through
//! the same desks.
//!
//! One file a page; [`parts`] are what several pages are made of; [`frame`] is what stands around each. A page that is
//! made from the catalogue alone is a plain function from a [`Visit`] to a [`Content`] ([`reading`]); one that needs the
//! database is async ([`working`]). Why there is no page is a [`Refusal`].

mod about;
mod answer;
mod assets;
mod content;
mod desk;
mod frame;
mod network;
mod parts;
mod preferences;
mod reading;
mod say;
mod visit;
mod workbench;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use answer::{Answer, Pages};
use visit::{Refusal, Visit};

use crate::hub::Hub;

/// Largest form, in bytes, where a page does not say otherwise.
const MOST: usize = 1 << 20;

/// The pages and what belongs to them.
pub fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .merge(reading::routes())
        .merge(network::routes())
        .merge(about::routes())
        .merge(workbench::routes(&hub))
        .merge(desk::routes())
        .route("/", get(preferences::choose_language))
        .route("/preferences", post(preferences::keep))
        .route("/{language}/{*rest}", get(answer::reading(nowhere)))
        .layer(DefaultBodyLimit::max(MOST))
        .with_state(Arc::new(Pages::new(hub)))
        .merge(assets::router())
}

fn nowhere(_: &Visit) -> Answer {
    Err(Refusal::NotFound)
}
