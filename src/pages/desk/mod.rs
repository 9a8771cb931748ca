//! Signing in, the desk of coordinators, and the administration of an instance.

mod add;
mod admin;
mod application;
mod applications;
mod focal_points;
mod form;
mod listed;
mod member;
mod member_forms;
mod mistakes;
mod overview;
mod sign_in;
mod steps;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use super::{
    answer::{Pages, working},
    visit::Visit,
};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
        .merge(sign_in::routes())
        .merge(admin::routes())
        .route("/{language}/desk", get(working(overview::page)))
        .route("/{language}/desk/applications", get(working(applications::page)))
        .route(
            "/{language}/desk/applications/{number}",
            get(working(application::page)).post(working(application::decide)),
        )
        .route("/{language}/desk/applications/{number}/contact", post(working(application::contact)))
        .route("/{language}/desk/members/add", get(working(add::page)).post(working(add::add)))
        .route("/{language}/desk/members/{id}", get(working(member::page)).post(working(steps::take)))
        .route("/{language}/desk/members/{id}/focal-points", post(working(focal_points::act)))
        .route("/{language}/desk/focal-points", post(working(focal_points::mailing_list)))
}

/// The catalogue follows a change, so that the next page shows it. What was changed is so, whether it can or not.
async fn after_change(visit: &Visit) {
    if let Err(fault) = visit.hub.catch_up().await {
        tracing::error!("the catalogue cannot follow a change: {fault}");
    }
}
