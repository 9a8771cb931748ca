//! Whether a request that changes something comes from this instance's own pages. Browsers say so themselves, and no
//! page can make them lie: `Sec-Fetch-Site`, and from older ones `Origin`.

use http::{HeaderMap, HeaderName, header};

use super::Access;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

impl Access {
    /// Whether a request comes from a page of this instance. One that says neither is refused: who calls without a
    /// browser uses a token.
    pub fn is_from_here(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        match (text(&SEC_FETCH_SITE), text(&header::ORIGIN)) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => origin == origin_of(&self.entity_id),
            (None, None) => false,
        }
    }
}

/// Scheme, host and port of an entityId.
fn origin_of(entity_id: &str) -> &str {
    let start = entity_id.find("://").map_or(0, |colon| colon + 3);
    entity_id[start..].find('/').map_or(entity_id, |slash| &entity_id[..start + slash])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        assert_eq!(origin_of("https://example.org/hubs/ma"), "https://example.org");
        assert_eq!(origin_of("http://127.0.0.1:4000"), "http://127.0.0.1:4000");
    }
}
