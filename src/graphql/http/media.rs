//! Media types of the GraphQL-over-HTTP draft: what a client may send, and in which form it gets the answer.

use http::{HeaderMap, HeaderValue, header};

/// The form of an answer that is whole; a stream of events is another ([`wants_events`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `application/json`: the status is 200 whatever the document is like.
    Json,
    /// `application/graphql-response+json`: the status tells whether the document could run.
    GraphqlResponse,
}

impl MediaType {
    /// The value of Content-Type.
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            MediaType::Json => "application/json; charset=utf-8",
            MediaType::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        })
    }

    fn name(self) -> &'static str {
        match self {
            MediaType::Json => "application/json",
            MediaType::GraphqlResponse => "application/graphql-response+json",
        }
    }
}

// Longer lists are no browser's and no client's.
const MAX_RANGES: usize = 50;

/// The form that the client wants most; None when it wants neither (406). Without Accept, `application/json`.
pub fn negotiate(headers: &HeaderMap) -> Option<MediaType> {
    if !headers.contains_key(header::ACCEPT) {
        return Some(MediaType::Json);
    }
    let ranges = ranges(headers);
    let json = wish(MediaType::Json.name(), &ranges);
    let graphql = wish(MediaType::GraphqlResponse.name(), &ranges);
    match (json.filter(|wish| wish.quality > 0), graphql.filter(|wish| wish.quality > 0)) {
        (None, None) => None,
        (Some(_), None) => Some(MediaType::Json),
        (None, Some(_)) => Some(MediaType::GraphqlResponse),
        (Some(json), Some(graphql)) => {
            Some(if graphql.order() > json.order() { MediaType::GraphqlResponse } else { MediaType::Json })
        }
    }
}

/// Whether the client wants a stream of events more than anything else; a wildcard does not mean one.
pub fn wants_events(headers: &HeaderMap) -> bool {
    let ranges = ranges(headers);
    let wish = |name| wish(name, &ranges).filter(|wish| wish.quality > 0);
    let Some(events) = wish("text/event-stream").filter(|wish| wish.exactness == NAMED) else { return false };
    let others = [MediaType::Json, MediaType::GraphqlResponse].map(|media| wish(media.name()));
    others.into_iter().flatten().all(|other| events.order() > other.order())
}

fn ranges(headers: &HeaderMap) -> Vec<Range<'_>> {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).take(MAX_RANGES).filter_map(Range::parse).collect()
}

/// How exact a wish is that names the form itself.
const NAMED: u8 = 3;

struct Range<'a> {
    name: &'a str,
    quality: u16,
}

#[derive(Clone, Copy)]
struct Wish {
    exactness: u8,
    quality: u16,
    place: usize,
}

impl Wish {
    /// Equal wishes: what is named goes before what a wildcard covers, then what is named first.
    fn order(self) -> (u16, u8, usize) {
        (self.quality, self.exactness, usize::MAX - self.place)
    }
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';');
        let name = parts.next()?.trim();
        let mut quality = 1000;
        for part in parts {
            let (key, value) = part.split_once('=')?;
            let value = value.trim().trim_matches('"');
            if key.trim().eq_ignore_ascii_case("q") {
                quality = super::language::quality(value)?;
            } else if key.trim().eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8") {
                return None;
            }
        }
        (!name.is_empty()).then_some(Self { name, quality })
    }
}

fn wish(wanted: &str, ranges: &[Range<'_>]) -> Option<Wish> {
    let exactness = |range: &Range<'_>| match range.name {
        name if name.eq_ignore_ascii_case(wanted) => Some(NAMED),
        name if name.eq_ignore_ascii_case("application/*") && wanted.starts_with("application/") => Some(2),
        "*/*" => Some(1),
        _ => None,
    };
    let wishes = ranges
        .iter()
        .enumerate()
        .filter_map(|(place, range)| Some(Wish { exactness: exactness(range)?, quality: range.quality, place }));
    wishes.max_by_key(|wish| (wish.exactness, usize::MAX - wish.place))
}

/// Whether a body of this Content-Type is JSON in UTF-8.
pub fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut parts = value.split(';');
    let name = parts.next().unwrap_or_default().trim();
    name.eq_ignore_ascii_case("application/json")
        && parts.all(|part| match part.split_once('=') {
            Some((key, value)) if key.trim().eq_ignore_ascii_case("charset") => {
                value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
            }
            _ => true,
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn accepting(value: &str) -> Option<MediaType> {
        negotiate(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_str(value).unwrap())]))
    }

    #[test]
    fn the_wanted_form_is_chosen() {
        const JSON: Option<MediaType> = Some(MediaType::Json);
        const GRAPHQL: Option<MediaType> = Some(MediaType::GraphqlResponse);
        for (accept, expected) in [
            ("*/*", JSON),
            ("application/*", JSON),
            ("application/json", JSON),
            ("application/json; charset=utf-8", JSON),
            ("application/graphql-response+json", GRAPHQL),
            ("application/graphql-response+json; charset=\"UTF-8\"", GRAPHQL),
            ("application/graphql-response+json, application/json", GRAPHQL),
            ("application/json, application/graphql-response+json", JSON),
            ("application/json;q=0.9, application/graphql-response+json", GRAPHQL),
            ("application/graphql-response+json;q=0.5, application/json;q=0.6", JSON),
            ("application/graphql-response+json, */*;q=0.1", GRAPHQL),
            ("application/graphql-response+json, */*", GRAPHQL),
            ("application/json;q=0, */*", GRAPHQL),
            ("text/html, */*;q=0.8", JSON),
            ("text/html", None),
            ("*/*;q=0", None),
            ("application/json; charset=latin1", None),
            ("", None),
        ] {
            assert_eq!(accepting(accept), expected, "{accept}");
        }
        assert_eq!(negotiate(&HeaderMap::new()), JSON);
    }

    #[test]
    fn a_stream_of_events_is_given_to_who_wants_it_most() {
        for (accept, expected) in [
            ("text/event-stream", true),
            ("Text/Event-Stream; charset=utf-8", true),
            ("text/event-stream, */*;q=0.1", true),
            ("text/event-stream, */*", true),
            ("text/event-stream, application/json", true),
            ("text/event-stream, multipart/mixed", true),
            ("application/json, text/event-stream", false),
            ("application/graphql-response+json, application/json, text/event-stream, multipart/mixed", false),
            ("text/event-stream;q=0.5, application/json;q=0.4", true),
            ("text/event-stream;q=0", false),
            ("text/*", false),
            ("*/*", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_str(accept).unwrap())]);
            assert_eq!(wants_events(&headers), expected, "{accept}");
        }
        assert!(!wants_events(&HeaderMap::new()));
    }

    #[test]
    fn only_json_in_utf_8_is_read() {
        for (value, expected) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("application/json; charset=latin1", false),
            ("text/plain", false),
            ("application/graphql", false),
            ("application/x-www-form-urlencoded", false),
        ] {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(value))]);
            assert_eq!(is_json(&headers), expected, "{value}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
