//! Whether the caller takes the type that an answer has (RFC 9110, `Accept`).

use axum::http::{HeaderMap, header::ACCEPT};

use super::problem::{Code, Problem};

/// Refuses with 406 when `Accept` is given and leaves `media_type` out. What cannot be read of it is passed over.
pub(super) fn check(headers: &HeaderMap, media_type: &'static str) -> Result<(), Problem> {
    let mut ranges = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
    let mut best: Option<(u8, bool)> = None;
    let mut any = false;
    for range in &mut ranges {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        if !name.contains('/') {
            continue;
        }
        any = true;
        let Some(closeness) = closeness(&name, media_type) else { continue };
        let refused =
            parts.filter_map(|part| part.strip_prefix("q=")).any(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        // The range that names the type most closely decides.
        if best.is_none_or(|(closest, _)| closeness >= closest) {
            best = Some((closeness, !refused));
        }
    }
    match (any, best) {
        (false, _) | (true, Some((_, true))) => Ok(()),
        _ => Err(Problem::new(
            Code::NotAcceptable,
            format!("this path answers with {media_type}, which Accept leaves out"),
        )),
    }
}

fn closeness(range: &str, media_type: &str) -> Option<u8> {
    let (main, _) = media_type.split_once('/')?;
    match range {
        "*/*" => Some(0),
        _ if range.strip_suffix("/*") == Some(main) => Some(1),
        _ if range == media_type => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn takes(accept: &str) -> bool {
        let headers = HeaderMap::from_iter([(ACCEPT, accept.parse().unwrap())]);
        check(&headers, "application/json").is_ok()
    }

    #[test]
    fn the_closest_range_decides() {
        assert!(check(&HeaderMap::new(), "application/json").is_ok());
        for good in ["*/*", "application/*", "text/html, application/json;q=0.1", "Application/JSON", "", "nonsense"] {
            assert!(takes(good), "{good:?}");
        }
        for bad in ["text/html", "text/*", "application/json;q=0", "*/*, application/json; q=0", "application/xml"] {
            assert!(!takes(bad), "{bad:?}");
        }
    }
}
