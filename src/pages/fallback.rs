//! What is answered where there is no page: a page to who asks for one, a problem to programs.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use maud::{DOCTYPE, html};

use super::{
    answer::{Pages, guard, respond, with_standing},
    assets,
    visit::{Refusal, base_path, split},
};
use crate::{
    federation::serve::problem::{self, Problem},
    graphql::http::language::accept_languages,
    hub::Hub,
    record::LanguageTag,
    texts,
};

/// Whether a caller wants a page: browsers say so, programs do not.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted
        .flat_map(|value| value.split(','))
        .any(|part| part.split(';').next().unwrap_or_default().trim() == "text/html")
}

/// A path that leads nowhere.
pub(super) async fn nowhere(pages: &Pages, request: Request) -> Response {
    match wants_page(request.headers()) {
        true => refuse(pages, request, Refusal::NotFound).await,
        false => Problem::not_found("there is no such path").into_response(),
    }
}

/// A method that the path does not take; the router adds `Allow`.
pub(super) async fn not_allowed(pages: &Pages, request: Request) -> Response {
    match wants_page(request.headers()) {
        true => refuse(pages, request, Refusal::Method).await,
        false => problem::method_not_allowed().await.into_response(),
    }
}

async fn refuse(pages: &Pages, request: Request, refusal: Refusal) -> Response {
    let (visit, opened, standing) = pages.open(request).await;
    // What is wrong with the request besides is of no interest here, unless there are too many of them.
    let refusal = match opened {
        Err(Refusal::TooMany(seconds)) => Refusal::TooMany(seconds),
        _ => refusal,
    };
    with_standing(respond(&visit, Err(refusal)), standing)
}

/// The page after a fault of this program. It reads nothing of the catalogue: the fault may lie there.
pub fn fault(hub: &Hub, headers: &HeaderMap, path: &str) -> Response {
    let base = base_path(hub.entity_id());
    let (named, _) = split(path.strip_prefix(base).unwrap_or(path));
    let accepted: Vec<LanguageTag> =
        accept_languages(headers).iter().filter_map(|tag| LanguageTag::parse(tag)).collect();
    let language = named.unwrap_or_else(|| texts::spoken(accepted.iter().chain(hub.languages())));
    let say = |id: &str| texts::say(language, id, None);
    let (title, why) = (say("refused-fault"), say("refused-fault-why"));
    let page = html! {
        (DOCTYPE)
        html lang=(language) dir=(if language == "ar" { "rtl" } else { "ltr" }) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href={ (base) (assets::path("app.css")) };
            }
            body {
                main { div.wrap {
                    div.head { h1 { (title) } }
                    p { (why) }
                    p { a href={ (base) "/" (language) "/" } { (say("home")) } }
                } }
            }
        }
    };
    let mut response = (StatusCode::INTERNAL_SERVER_ERROR, Html(page.into_string())).into_response();
    let headers = response.headers_mut();
    guard(hub, headers);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language));
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn browsers_want_pages_and_programs_do_not() {
        let wants = |accept: &str| wants_page(&HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]));
        assert!(wants("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assert!(wants("application/xml, text/html;q=0.5"));
        assert!(!wants("*/*") && !wants("application/json") && !wants_page(&HeaderMap::new()));
    }
}
