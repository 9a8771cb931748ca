//! The grammar of an `entityId` (protocol §2): the public base URL of an instance, compared byte by byte, so there is
//! exactly one spelling of each.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::Url;

/// Longest `entityId`, in bytes (the bound of URLs in protocol §3).
pub const LONGEST_ENTITY_ID: usize = 2048;

/// Which rule of protocol §2 a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntityIdError {
    /// Empty, or over [`LONGEST_ENTITY_ID`].
    #[error("it must have 1 to 2,048 characters, such as https://hub.example.org")]
    Length,
    /// Neither `https://` nor `http://`, in lower case.
    #[error("it must begin with https:// in lower case, such as https://hub.example.org")]
    Scheme,
    /// http where only https is allowed.
    #[error("https is wanted; http is for this machine itself, or set trust.allow_http = true")]
    Http,
    /// A user name or password.
    #[error("it must have no user")]
    User,
    /// A query or fragment.
    #[error("it must have no query and no fragment")]
    QueryOrFragment,
    /// The host is no lower-case A-label name and no address in its usual form.
    #[error("its host must be a name in lower case (letters, digits and -, xn-- form) or an address")]
    Host,
    /// The default port of the scheme, or none at all.
    #[error("its port must be a number, and left out where it is the usual one of the scheme")]
    Port,
    /// A slash at the end.
    #[error("it must not end in a slash: leave it out")]
    TrailingSlash,
    /// A character or segment that a path can't have.
    #[error("its path has a character or a segment that is not allowed")]
    Path,
}

/// Checks that `text` is an `entityId` in its only spelling (protocol §2). http passes for hosts of this machine and,
/// with `allow_http`, for all; whether the host may be called at all is asked elsewhere.
pub fn check_entity_id(text: &str, allow_http: bool) -> Result<(), EntityIdError> {
    if text.is_empty() || text.len() > LONGEST_ENTITY_ID {
        return Err(EntityIdError::Length);
    }
    let (https, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return Err(EntityIdError::Scheme),
    };
    if rest.contains(['?', '#']) {
        return Err(EntityIdError::QueryOrFragment);
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(EntityIdError::User);
    }
    let (host, port) = split_port(authority);
    if !is_host(host) {
        return Err(EntityIdError::Host);
    }
    if port.is_some_and(|port| !is_port(port, https)) {
        return Err(EntityIdError::Port);
    }
    check_path(path)?;
    check_spelling(text, path)?;
    if !https && !allow_http && !is_loopback_host(host) {
        return Err(EntityIdError::Http);
    }
    Ok(())
}

/// Whether a host (as in a URL) means this machine by its mere spelling.
pub fn is_loopback_host(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || address.parse::<Ipv4Addr>().is_ok_and(|v4| v4.is_loopback())
        || address.parse::<Ipv6Addr>().is_ok_and(|v6| v6.is_loopback())
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    let after_address = authority.rfind(']').map_or(0, |end| end + 1);
    match authority[after_address..].find(':') {
        Some(colon) => {
            let (host, port) = authority.split_at(after_address + colon);
            (host, Some(&port[1..]))
        }
        None => (authority, None),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    host.len() <= 253 && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_port(port: &str, https: bool) -> bool {
    let usual = if https { 443 } else { 80 };
    !port.starts_with('0')
        && port.bytes().all(|b| b.is_ascii_digit())
        && port.parse::<u16>().is_ok_and(|number| number != usual)
}

fn check_path(path: &str) -> Result<(), EntityIdError> {
    if path.ends_with('/') {
        return Err(EntityIdError::TrailingSlash);
    }
    let bytes = path.as_bytes();
    let allowed = bytes.iter().enumerate().all(|(place, &byte)| match byte {
        b'%' => bytes.get(place + 1..place + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        other => other.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&other),
    });
    if allowed { Ok(()) } else { Err(EntityIdError::Path) }
}

/// The parser that makes the requests must read the very same URL: no dot segments, no other spelling of an address,
/// no A-label that decodes to nothing.
fn check_spelling(text: &str, path: &str) -> Result<(), EntityIdError> {
    let parsed = Url::parse(text).map_err(|_| EntityIdError::Host)?;
    let spelled = parsed.as_str();
    if path.is_empty() {
        return if spelled.strip_suffix('/') == Some(text) { Ok(()) } else { Err(EntityIdError::Host) };
    }
    match spelled == text {
        true => Ok(()),
        false if parsed.path() == path => Err(EntityIdError::Host),
        false => Err(EntityIdError::Path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line: what comes out (`ok`, `ok-with-http` or the error), a blank, the text.
    const CASES: &str = include_str!("entity_ids.txt");

    #[test]
    fn each_case_of_the_table_is_judged_as_it_says() {
        for line in CASES.lines().filter(|line| !line.starts_with('#')) {
            let (expected, text) = line.split_once(' ').expect("a line is a word, a blank and a text");
            let strict = check_entity_id(text, false);
            match expected {
                "ok" => assert_eq!(strict, Ok(()), "{text}"),
                "ok-with-http" => {
                    assert_eq!(strict, Err(EntityIdError::Http), "{text}");
                    assert_eq!(check_entity_id(text, true), Ok(()), "{text}");
                }
                error => assert_eq!(strict.map_err(|e| format!("{e:?}")), Err(error.to_owned()), "{text}"),
            }
        }
    }

    #[test]
    fn a_text_over_the_bound_is_refused() {
        let text = format!("https://a.example/{}", "x".repeat(LONGEST_ENTITY_ID));
        assert_eq!(check_entity_id(&text, false), Err(EntityIdError::Length));
    }
}
