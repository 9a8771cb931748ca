//! The router: which path leads to which door, and what all doors have in common: a log line, compression, a panic that
//! ends one answer and no more, the address of who calls. [`serve`] answers on a socket.

mod client;
mod connection;
mod health;
mod listen;
mod log;

use std::{any::Any, convert::Infallible, sync::Arc};

use axum::{
    Extension, Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use tower::{Service, ServiceBuilder};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{NotForContentType, Predicate as _, SizeAbove},
    },
};

pub use listen::{ListenError, Patience, listen, serve, serve_with};

use crate::{
    export,
    federation::serve::{
        self as federation,
        problem::{self, Code, Problem},
    },
    hub::Hub,
    pages,
};

/// Answers below this many bytes go out as they are: they fit one packet anyway.
const SMALL: u64 = 1024;

/// Federation and health alone.
pub fn router(hub: Arc<Hub>) -> Router {
    app(hub, Router::new())
}

/// All doors of the public address. `graphql` is a router without a fallback of its own; further doors (pages) are
/// merged beside it.
pub fn app(hub: Arc<Hub>, graphql: Router) -> Router {
    let pages = pages::Doors::new(hub.clone());
    let (not_allowed, nowhere) = (pages.clone(), pages.clone());
    let doors = Router::new()
        .merge(federation::router(hub.clone()))
        .merge(health::router(hub.clone()))
        .merge(export::router(hub.clone()))
        .merge(pages.router())
        .merge(graphql)
        .method_not_allowed_fallback(move |request: Request| not_allowed.clone().not_allowed(request));
    let doors =
        under_base_path(hub.entity_id(), doors).fallback(move |request: Request| nowhere.clone().nowhere(request));
    in_common(doors, Some(hub))
}

/// What the admin address answers.
pub fn admin(hub: Arc<Hub>) -> Router {
    let doors = health::router(hub).method_not_allowed_fallback(problem::method_not_allowed).fallback(nowhere);
    in_common(doors, None)
}

/// An entityId may have a path (protocol §2). A proxy in front may pass it on or take it off: both ways lead here.
fn under_base_path(entity_id: &str, doors: Router) -> Router {
    let rest = entity_id.split_once("://").map_or(entity_id, |(_, rest)| rest);
    match rest.find('/').map(|start| &rest[start..]) {
        // A segment that begins with `:` or `*` was a pattern in axum 0.7; here it is one as it stands.
        Some(path) if !path.contains(['{', '}']) => {
            Router::new().without_v07_checks().nest(path, doors.clone()).merge(doors)
        }
        _ => doors,
    }
}

/// The layers of every answer, the outermost first. They stand around the router, not around each of its routes: a layer
/// copies what is in it for every request, and a route is much. `public`: whose public address it is.
fn in_common<S>(doors: S, public: Option<Arc<Hub>>) -> Router
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
{
    // An event stream is not compressed: its events would wait for each other.
    let worth_it = SizeAbove::new(SMALL).and(NotForContentType::SSE).and(NotForContentType::IMAGES);
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(public, around))
        .layer(CompressionLayer::new().gzip(true).zstd(true).compress_when(worth_it))
        .layer(CatchPanicLayer::custom(after_a_panic));
    Router::new().fallback_service(layers.service(doors))
}

async fn nowhere() -> Problem {
    Problem::not_found("there is no such path")
}

/// Around every answer: who asks, a log line, a page after a panic for who reads pages. One layer for all of it: each
/// would put a future of its own in a box.
async fn around(State(public): State<Option<Arc<Hub>>>, mut request: Request, next: Next) -> Response {
    let line = log::Line::begin(&request);
    let mut reader = None;
    if let Some(hub) = public {
        client::resolve(hub.config().listen.trusted_proxies, &mut request);
        if pages::wants_page(request.headers()) {
            reader = Some((hub, request.headers().clone(), request.uri().path().to_owned()));
        }
    }
    let mut response = next.run(request).await;
    if let (Some((hub, headers, path)), Some(Panicked)) = (reader, response.extensions().get()) {
        response = pages::fault(&hub, &headers, &path);
    }
    // A client shows an answer as what it says it is, and nothing else.
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    line.end(&response);
    response
}

/// What went wrong is for the log, never for who asked; the panic hook has written it there.
fn after_a_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request met a fault of this program (a panic): please report it with the lines above");
    let problem = Problem::new(Code::Internal, "this request met a fault of the program");
    (Extension(Panicked), problem).into_response()
}

/// Marks what [`after_a_panic`] gave.
#[derive(Clone, Copy)]
struct Panicked;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use axum::{body::Body, http::Request, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    async fn status(app: &Router, path: &str) -> u16 {
        let request = Request::get(path).body(Body::empty()).unwrap();
        app.clone().oneshot(request).await.unwrap().status().as_u16()
    }

    #[tokio::test]
    async fn the_path_of_an_entity_id_may_be_taken_off_on_the_way() {
        let doors = Router::new().route("/federation/v1/state", get(|| async {}));
        let app = in_common(under_base_path("https://example.org/hubs/ma", doors.clone()).fallback(nowhere), None);
        assert_eq!(status(&app, "/hubs/ma/federation/v1/state?origin=x").await, 200);
        assert_eq!(status(&app, "/federation/v1/state").await, 200);
        assert_eq!(status(&app, "/hubs/pt/federation/v1/state").await, 404);
        let app = in_common(under_base_path("https://example.org/:hub/*ma", doors.clone()).fallback(nowhere), None);
        assert_eq!(status(&app, "/:hub/*ma/federation/v1/state").await, 200);
        assert_eq!(status(&app, "/the/hub/federation/v1/state").await, 404);
        let app = in_common(under_base_path("https://example.org", doors).fallback(nowhere), None);
        assert_eq!(status(&app, "/federation/v1/state").await, 200);
    }
}
