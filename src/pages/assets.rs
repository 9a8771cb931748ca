//! Files that pages load: the style sheet and scripts, from this program alone. Their names carry the version of what is
//! in them, so that browsers keep them for good.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};

use crate::journal::encoding::{base64url, sha256};

const CSS: &str = "text/css; charset=utf-8";
const PICTURE: &str = "image/svg+xml";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Name, type and text of each.
const FILES: [(&str, &str, &str); 6] = [
    ("app.css", CSS, include_str!("assets/app.css")),
    ("app.js", SCRIPT, include_str!("assets/app.js")),
    ("suggest.js", SCRIPT, include_str!("assets/suggest.js")),
    ("verify.js", SCRIPT, include_str!("assets/verify.js")),
    ("work.js", SCRIPT, include_str!("assets/work.js")),
    ("mark.svg", PICTURE, include_str!("assets/mark.svg")),
];

struct Asset {
    content_type: &'static str,
    text: &'static str,
    version: String,
}

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let asset = |(name, content_type, text): (&'static str, &'static str, &'static str)| {
        let version = base64url(&sha256(text.as_bytes())[..6]);
        (name, Asset { content_type, text, version })
    };
    FILES.into_iter().map(asset).collect()
});

pub(super) fn router() -> Router {
    Router::new().route("/assets/{version}/{name}", get(file))
}

/// The path of a file below the base path; a name that is none is a fault of this program and leads nowhere.
pub(super) fn path(name: &str) -> String {
    let version = ASSETS.get(name).map_or("0", |asset| &asset.version);
    format!("/assets/{version}/{name}")
}

/// An old version's address gives the present file, so that a page that is open through an update keeps working; only the
/// right one is kept.
async fn file(Path((version, name)): Path<(String, String)>) -> Response {
    let Some(asset) = ASSETS.get(name.as_str()) else { return StatusCode::NOT_FOUND.into_response() };
    let cache = if asset.version == version { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
    ];
    (headers, asset.text).into_response()
}
