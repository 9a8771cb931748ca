//! The form of an entityId (protocol §2): a URL already in the one way in which it may be written, since instances compare it
//! byte by byte.

use reqwest::Url;

/// What is wrong with an entityId, or nothing. With `allow_http`, `http` is taken for any host, else for loopback hosts alone.
pub fn problem(text: &str, allow_http: bool) -> Option<String> {
    let url = match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.host_str().is_some() => url,
        _ => return Some("a URL such as https://hub.example.org is wanted".to_owned()),
    };
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Some("the URL must have no user, no query and no fragment".to_owned());
    }
    let written = url.as_str().trim_end_matches('/');
    if written != text {
        return Some(format!("it must be written as {written}"));
    }
    if url.scheme() == "http" && !allow_http && !is_loopback(&url) {
        return Some("https is wanted; http is for loopback hosts, or set trust.allow_http = true".to_owned());
    }
    None
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_the_one_way_is_taken() {
        for text in [
            "https://hub.example.org",
            "https://example.org/hub/ma",
            "https://hub.example.org:8443",
            "http://127.0.0.1:4000",
            "http://localhost:4000",
            "http://[::1]:4000",
            "https://xn--mller-kva.example",
        ] {
            assert_eq!(problem(text, false), None, "{text}");
        }
        assert_eq!(problem("http://hub.example.org", true), None);
    }

    #[test]
    fn every_other_way_is_refused() {
        for text in [
            "",
            "hub.example.org",
            "ftp://hub.example.org",
            "https://",
            "https://Hub.example.org",
            "HTTPS://hub.example.org",
            "https://hub.example.org/",
            "https://hub.example.org//",
            "https://hub.example.org:443",
            "https://user@hub.example.org",
            "https://hub.example.org?x=1",
            "https://hub.example.org#x",
            "https://hub.example.org/a/../b",
            "https://müller.example",
            " https://hub.example.org",
            "http://hub.example.org",
            "http://10.0.0.1:4000",
        ] {
            assert!(problem(text, false).is_some(), "{text:?} was taken");
        }
    }
}
