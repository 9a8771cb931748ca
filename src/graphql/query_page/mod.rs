//! `/graphiql`: a page to write queries in. It comes from the binary, asks no other host for anything, and has its own
//! Content-Security-Policy: script and style are files of this hub, nothing stands inline.

use axum::{
    Router,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::header;

const PAGE: &str = include_str!("index.html");
const SCRIPT: &str = include_str!("page.js");
const SCHEMA_SCRIPT: &str = include_str!("schema.js");
const STYLE: &str = include_str!("page.css");

/// What the page may do: its own script and style, and requests to this hub. No frame, no form elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Where the page says that a hub answers listed documents only.
const NOTICE: &str = "<!-- notice -->";
const LOCKED_DOWN: &str = "<p class=\"note\">This hub answers listed documents only. Queries that are not on its operator's list \
     are refused, and the schema cannot be read here; it stands in the documentation.</p>";

/// Serves the page and its two kinds of files. `locked_down`: only trusted documents are answered.
pub fn router(locked_down: bool) -> Router {
    let page = PAGE.replace(NOTICE, if locked_down { LOCKED_DOWN } else { "" });
    Router::new()
        .route("/graphiql", get(move || async { file("text/html; charset=utf-8", page) }))
        .route("/graphiql/", get(|| async { Redirect::permanent("/graphiql") }))
        .route("/graphiql/page.js", get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/graphiql/schema.js", get(|| async { file("text/javascript; charset=utf-8", SCHEMA_SCRIPT) }))
        .route("/graphiql/page.css", get(|| async { file("text/css; charset=utf-8", STYLE) }))
}

fn file(media: &'static str, text: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        // A new version of the hub brings new files under the same names.
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use axum::body::Body;
    use http::Request;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn the_page_and_its_files_are_served_with_the_policy() {
        for (path, media) in [
            ("/graphiql", "text/html"),
            ("/graphiql/page.js", "text/javascript"),
            ("/graphiql/schema.js", "text/javascript"),
            ("/graphiql/page.css", "text/css"),
        ] {
            let response = router(false).oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status(), 200, "{path}");
            assert!(response.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with(media), "{path}");
            assert_eq!(response.headers()[header::CONTENT_SECURITY_POLICY], POLICY);
        }
    }

    #[tokio::test]
    async fn the_page_says_that_only_listed_documents_are_answered() {
        let page = async |locked_down| {
            let response = router(locked_down).oneshot(Request::get("/graphiql").body(Body::empty()).unwrap());
            let body = response.await.unwrap().into_body();
            String::from_utf8(axum::body::to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap()
        };
        assert!(page(true).await.contains("This hub answers listed documents only."));
        let usual = page(false).await;
        assert!(!usual.contains("listed documents") && !usual.contains(NOTICE));
    }

    #[test]
    fn no_file_names_another_host_or_has_anything_inline() {
        for text in [PAGE, SCRIPT, SCHEMA_SCRIPT, STYLE, LOCKED_DOWN] {
            assert!(!text.contains("://"));
        }
        assert!(!PAGE.contains("<style") && !PAGE.contains(" style=") && !PAGE.contains(" onclick="));
        assert!(PAGE.matches("<script").count() == PAGE.matches("<script src=\"/graphiql/").count());
    }
}
