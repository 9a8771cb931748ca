//! Figures, what the hub says about itself, and what search engines ask for.

mod crawlers;
mod data;
mod figures;
mod hub;
mod licence;
mod method;
mod promises;
mod sources;
mod told;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::answer::{Pages, reading};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
        .route("/{language}/figures", get(reading(figures::page)))
        .route("/{language}/figures/{file}", get(reading(figures::file)))
        .route("/embed/{figure}", get(figures::embedded))
        .route("/{language}/about", get(reading(hub::page)))
        .route("/{language}/about/method", get(reading(method::page)))
        .route("/{language}/about/sources", get(reading(sources::page)))
        .route("/{language}/about/api", get(reading(data::api)))
        .route("/{language}/about/feeds", get(reading(data::feeds)))
        .route("/{language}/about/licence", get(reading(licence::page)))
        .route("/{language}/about/accessibility", get(reading(promises::accessibility)))
        .route("/{language}/about/privacy", get(reading(promises::privacy)))
        .route("/robots.txt", get(reading(crawlers::robots)))
        .route("/sitemap.xml", get(reading(crawlers::index)))
        .route("/sitemap/{file}", get(reading(crawlers::part)))
}
