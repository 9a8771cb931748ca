//! The workbench of staff: drafts, review, publishing, taking over, spreadsheets. What is decided is decided by the desk
//! ([`crate::editorial`]), as for the API; here forms become changes and refusals become pages.

mod at;
mod choices;
mod conflict;
mod differences;
mod drafts;
mod editor;
mod fields;
mod import;
mod inputs;
mod lookup;
mod mending;
mod notices;
mod overview;
mod records;
mod review;
mod saving;
mod sent;
mod take_over;
mod tongues;
mod value;
mod withdraw;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};

use super::{
    answer::{Answer, Answering, Pages, reading, working},
    visit::Visit,
};
use crate::hub::Hub;
use import::Kept;

pub(super) fn routes(hub: &Arc<Hub>) -> Router<Arc<Pages>> {
    let kept = Arc::new(Kept::new());
    Router::new()
        .route("/{language}/workbench", get(working(overview::show)))
        .route("/{language}/workbench/drafts", post(working(drafts::begin)))
        .route("/{language}/workbench/drafts/{draft}", get(working(editor::show)).post(working(saving::save)))
        .route("/{language}/workbench/drafts/{draft}/preview", get(working(drafts::preview)))
        .route(
            "/{language}/workbench/drafts/{draft}/review",
            get(working(review::show)).post(working(review::send_back)),
        )
        .route(
            "/{language}/workbench/drafts/{draft}/publish",
            get(working(review::ask_to_publish)).post(working(review::publish)),
        )
        .route(
            "/{language}/workbench/drafts/{draft}/delete",
            get(working(drafts::ask_to_delete)).post(working(drafts::delete)),
        )
        .route("/{language}/workbench/markdown", post(working(drafts::fragment)))
        .route("/{language}/workbench/records", get(reading(records::list)))
        .route("/{language}/workbench/records/{id}/change", post(working(records::change)))
        .route("/{language}/workbench/records/{id}/versions", get(working(records::versions)))
        .route(
            "/{language}/workbench/records/{id}/withdraw",
            get(working(withdraw::ask)).post(working(withdraw::withdraw)),
        )
        .route("/{language}/workbench/take-over", get(working(take_over::list)))
        .route("/{language}/workbench/take-over/{id}", post(working(take_over::decide)))
        .route(
            "/{language}/workbench/import",
            get(working(import::ask))
                .post(with(&kept, import::look))
                .route_layer(from_fn_with_state(hub.clone(), import::widen)),
        )
        .route("/{language}/workbench/import/{upload}", keeping(&kept))
        .route("/{language}/workbench/import/template/{file}", get(working(import::template)))
}

fn keeping(kept: &Arc<Kept>) -> MethodRouter<Arc<Pages>> {
    get(with(kept, import::preview)).post(with(kept, import::publish))
}

/// A page that is given what was previewed.
fn with<F, Fut>(
    kept: &Arc<Kept>,
    page: F,
) -> impl Fn(State<Arc<Pages>>, Request) -> Answering + Clone + Send + Sync + 'static
where
    F: Fn(Arc<Visit>, Arc<Kept>) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send + 'static,
{
    let kept = kept.clone();
    working(move |visit| page(visit, kept.clone()))
}
