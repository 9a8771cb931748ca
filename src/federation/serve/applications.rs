//! `applications` (protocol §5). This version has no membership desk: an instance that is not the coordinator says so,
//! and the coordinator says that it takes no applications here and knows of no case.

use std::sync::Arc;

use axum::{body::Body, extract::State, http::HeaderMap};

use super::{Serving, body, caller::unauthenticated, problem::Problem};

/// The longest application (protocol §5).
const LONGEST: usize = 16 * 1024;

/// `POST`.
pub(super) async fn take(State(serving): State<Arc<Serving>>, body: Body) -> Result<(), Problem> {
    body::read(body, LONGEST).await?;
    Err(match serving.hub.author().is_coordinator {
        false => not_the_coordinator(),
        true => Problem::not_found(
            "this coordinator takes no applications here: write to its office, whose address is in its entity configuration",
        ),
    })
}

/// `GET`: the caller's latest case. The key of an applicant is in no register, so nothing is proved by its assertion
/// while there is no case to compare it with.
pub(super) async fn status(State(serving): State<Arc<Serving>>, headers: HeaderMap) -> Result<(), Problem> {
    if !serving.hub.author().is_coordinator {
        return Err(not_the_coordinator());
    }
    match headers.contains_key(axum::http::header::AUTHORIZATION) {
        false => {
            Err(unauthenticated("this needs Authorization: Bearer and a client assertion by the application's key"))
        }
        true => Err(Problem::not_found("there is no case of this entityId and key")),
    }
}

fn not_the_coordinator() -> Problem {
    Problem::not_found("this instance is not the coordinator: /federation/v1/anchor says who is")
}
