//! Which pages of other origins may read answers.

use std::time::Duration;

use http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use super::rate;

// What Apollo's clients add to a request to say who they are and that it is theirs.
const OF_CLIENTS: [HeaderName; 4] = [
    HeaderName::from_static("apollographql-client-name"),
    HeaderName::from_static("apollographql-client-version"),
    HeaderName::from_static("apollo-require-preflight"),
    HeaderName::from_static("x-apollo-operation-name"),
];

/// The layer for these origins; none where none may. Without credentials: a page of another origin reads what anybody may
/// read. Origins that are no header value are left out; the configuration has refused them before.
pub fn layer(origins: &[String]) -> Option<CorsLayer> {
    let of_http =
        [header::ACCEPT, header::ACCEPT_LANGUAGE, header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_NONE_MATCH];
    let layer = for_origins(origins)?
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(of_http.into_iter().chain(OF_CLIENTS).collect::<Vec<_>>())
        .expose_headers([header::ETAG, header::RETRY_AFTER, rate::RATE_LIMIT, rate::RATE_LIMIT_POLICY])
        .max_age(Duration::from_secs(3600));
    Some(layer)
}

/// A layer that allows these origins and nothing else yet; none where there are none.
pub(crate) fn for_origins(origins: &[String]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let layer = CorsLayer::new();
    if origins.iter().any(|origin| origin == "*") {
        // The same for every origin: nothing to add to Vary.
        return Some(layer.allow_origin(Any).vary([]));
    }
    let known = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    Some(layer.allow_origin(AllowOrigin::list(known)).vary([header::ORIGIN]))
}
