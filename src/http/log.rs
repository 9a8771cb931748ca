//! One log line a request: method, path, status, time. Never the query or a header: both can hold secrets.

use std::time::Instant;

use axum::{
    extract::Request,
    http::{Method, Response},
};

/// Longer paths are cut in the log, in bytes.
const LONGEST: usize = 200;

/// The line of a request under way.
pub(super) struct Line {
    begun: Instant,
    method: Method,
    path: String,
}

impl Line {
    pub(super) fn begin(request: &Request) -> Self {
        let (method, path) = (request.method().clone(), shown(request.uri().path()).to_owned());
        Self { begun: Instant::now(), method, path }
    }

    pub(super) fn end<B>(self, response: &Response<B>) {
        let (Self { begun, method, path }, status) = (self, response.status().as_u16());
        let ms = begun.elapsed().as_millis();
        // Errors are what an operator looks for; the rest is many lines of no news.
        if status >= 400 {
            tracing::info!(%method, path, status, ms, "request");
        } else {
            tracing::debug!(%method, path, status, ms, "request");
        }
    }
}

/// What stands behind it opens an account.
const INVITATION: &str = "/sign-in/invitation/";

fn shown(path: &str) -> &str {
    let secret = path.find(INVITATION).map_or(path.len(), |start| start + INVITATION.len());
    let mut end = secret.min(LONGEST);
    while !path.is_char_boundary(end) {
        end -= 1;
    }
    &path[..end]
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_path_is_shown_without_the_secret_of_an_invitation_and_not_endlessly() {
        assert_eq!(shown("/hubs/ma/sign-in/invitation/abc"), "/hubs/ma/sign-in/invitation/");
        assert_eq!(shown("/federation/v1/state"), "/federation/v1/state");
        assert_eq!(shown(&"é".repeat(150)).len(), 200);
    }
}
