//! The entity configuration (protocol §2; OpenID Federation 1.0): what this instance says of itself, self-signed.

use std::sync::Arc;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use super::{Serving, accept, conditional, problem::Problem};

const ENTITY_STATEMENT: &str = "application/entity-statement+jwt";

/// One is signed anew each hour by the clock, in milliseconds; it is valid for a day. Until then its bytes and so its
/// ETag stay, also through a start: an Ed25519 signature of the same claims is the same.
const SIGN_EVERY: i64 = 3600 * 1000;

/// One that was signed before.
pub(super) struct Signed {
    hour: i64,
    coordinator: Option<String>,
    keys: [Option<std::sync::Arc<str>>; 2],
    statement: String,
}

pub(super) async fn answer(State(serving): State<Arc<Serving>>, headers: HeaderMap) -> Result<Response, Problem> {
    accept::check(&headers, ENTITY_STATEMENT)?;
    let statement = serving.entity_configuration();
    let etag = conditional::etag_of(statement.as_bytes());
    match conditional::is_held(&headers, &etag) {
        true => Ok(conditional::not_modified(&etag)),
        false => Ok((conditional::headers(ENTITY_STATEMENT, etag), statement).into_response()),
    }
}

impl Serving {
    fn entity_configuration(&self) -> String {
        let now = self.hub.now();
        let hour = now - now.rem_euclid(SIGN_EVERY);
        let trust = self.hub.trust();
        let (author, next) = (self.hub.author(), self.hub.next_key());
        let keys = [Some(author.key.public()), next.as_ref()].map(|key| key.map(|key| key.thumbprint().clone()));
        let mut kept = self.configuration.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let good = |signed: &&Signed| {
            signed.hour == hour && signed.coordinator.as_deref() == trust.coordinator() && signed.keys == keys
        };
        if let Some(signed) = kept.as_ref().filter(good) {
            return signed.statement.clone();
        }
        let own = self.hub.own_configuration();
        let statement = own.sign(&author.key, next.as_ref(), &author.entity_id, trust.coordinator(), hour);
        let coordinator = trust.coordinator().map(str::to_owned);
        kept.insert(Signed { hour, coordinator, keys, statement }).statement.clone()
    }
}
