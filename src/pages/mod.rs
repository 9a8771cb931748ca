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
mod fallback;
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
    extract::{DefaultBodyLimit, Request},
    response::Response,
    routing::{get, post},
};

use answer::{Pages, working};
pub use fallback::{fault, wants_page};

use crate::hub::Hub;

/// Largest form, in bytes, where a page does not say otherwise.
const MOST: usize = 1 << 20;

/// The pages and what belongs to them.
#[derive(Clone)]
pub struct Doors(Arc<Pages>);

impl Doors {
    /// Of this hub.
    pub fn new(hub: Arc<Hub>) -> Self {
        Self(Arc::new(Pages::new(hub)))
    }

    /// The paths.
    pub fn router(&self) -> Router {
        Router::new()
            .merge(reading::routes())
            .merge(network::routes())
            .merge(about::routes())
            .merge(workbench::routes(&self.0.hub))
            .merge(desk::routes())
            .route("/", get(working(preferences::choose_language)))
            .route("/preferences", post(working(preferences::keep)))
            .layer(DefaultBodyLimit::max(MOST))
            .with_state(self.0.clone())
            .merge(assets::router())
    }

    /// A path that leads nowhere: a page to who asks for one, a problem to programs.
    pub async fn nowhere(self, request: Request) -> Response {
        fallback::nowhere(&self.0, request).await
    }

    /// A method that the path does not take: the same.
    pub async fn not_allowed(self, request: Request) -> Response {
        fallback::not_allowed(&self.0, request).await
    }
}
