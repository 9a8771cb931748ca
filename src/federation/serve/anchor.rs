//! `GET anchor`: the chain of links that says who the coordinator is, from link 1 (protocol §2, §5).

use std::sync::Arc;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{Serving, accept, conditional, problem::Problem};

const JSON: &str = "application/json";

/// Readers take no more (protocol §5).
const MOST: usize = 1024 * 1024;

pub(super) async fn answer(State(serving): State<Arc<Serving>>, headers: HeaderMap) -> Result<Response, Problem> {
    accept::check(&headers, JSON)?;
    let trust = serving.hub.trust();
    let links = within(trust.chain().tokens(), MOST - 1024);
    let body = json!({"links": links}).to_string();
    let etag = conditional::etag_of(body.as_bytes());
    match conditional::is_held(&headers, &etag) {
        true => Ok(conditional::not_modified(&etag)),
        false => Ok((conditional::headers(JSON, etag), body).into_response()),
    }
}

/// As many links from the oldest on as fit: a chain is of use from its beginning only.
fn within<'a>(links: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let mut bytes = 0;
    links
        .take_while(|link| {
            bytes += link.len() + 3;
            bytes <= most
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_over_the_bound_is_served_from_its_beginning() {
        let links = ["aaaa", "bbbb", "cccc"];
        assert_eq!(within(links.into_iter(), 14), ["aaaa", "bbbb"]);
        assert_eq!(within(links.into_iter(), 1024), links);
    }
}
