//! One log line a request: method, path, status, time. Never the query or a header: both can hold secrets.

use std::time::Instant;

use axum::{extract::Request, middleware::Next, response::Response};

/// Longer paths are cut in the log, in bytes.
const LONGEST: usize = 200;

pub(super) async fn request(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let path = shown(request.uri().path()).to_owned();
    let response = next.run(request).await;
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis());
    // Errors are what an operator looks for; the rest is many lines of no news.
    if status >= 400 {
        tracing::info!(%method, path, status, ms, "request");
    } else {
        tracing::debug!(%method, path, status, ms, "request");
    }
    response
}

fn shown(path: &str) -> &str {
    let mut end = path.len().min(LONGEST);
    while !path.is_char_boundary(end) {
        end -= 1;
    }
    &path[..end]
}
