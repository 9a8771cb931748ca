//! Accept-Language (RFC 9110, 12.5.4) as a list in the order of the reader's wishes.

use http::{HeaderMap, header};

/// Most languages that are kept of one request.
pub const MAX_LANGUAGES: usize = 10;

// RFC 5646 has no bound; no tag in use comes near this.
const MAX_TAG: usize = 35;
// Longer lists are cut here before they are sorted.
const MAX_RANGES: usize = 50;

/// The languages that a reader wants, most wanted first, each once; those of quality 0 and `*` are left out. The tags are
/// as sent, checked for letters, digits and hyphens only.
pub fn accept_languages(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let ranges = values.flat_map(|value| value.split(',')).take(MAX_RANGES).filter_map(range);
    let mut wanted: Vec<(&str, u16)> = ranges.filter(|(_, quality)| *quality > 0).collect();
    wanted.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality));
    let mut languages: Vec<String> = Vec::with_capacity(wanted.len().min(MAX_LANGUAGES));
    for (tag, _) in wanted {
        if languages.len() == MAX_LANGUAGES {
            break;
        }
        if !languages.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            languages.push(tag.to_owned());
        }
    }
    languages
}

fn range(text: &str) -> Option<(&str, u16)> {
    let (tag, parameter) = text.split_once(';').map_or((text, None), |(tag, rest)| (tag, Some(rest)));
    let tag = tag.trim();
    let well_formed = !tag.is_empty()
        && tag.len() <= MAX_TAG
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && tag.as_bytes()[0].is_ascii_alphabetic();
    let wish = match parameter {
        None => 1000,
        Some(parameter) => {
            let (key, value) = parameter.split_once('=')?;
            key.trim().eq_ignore_ascii_case("q").then_some(())?;
            quality(value.trim())?
        }
    };
    well_formed.then_some((tag, wish))
}

/// A quality value in thousandths: `0` to `1` with at most three digits behind the point.
pub fn quality(text: &str) -> Option<u16> {
    let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
    if digits.len() > 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{digits:0<3}").parse::<u16>().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn languages(value: &str) -> Vec<String> {
        accept_languages(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_str(value).unwrap())]))
    }

    #[test]
    fn languages_come_in_the_order_of_the_wishes() {
        for (value, expected) in [
            ("fr", "fr"),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr-CH fr en de"),
            ("en;q=0.5, ar;q=0.9", "ar en"),
            ("en, FR, fr;q=0.2, en;q=0.1", "en FR"),
            ("en;q=0, fr", "fr"),
            ("en;q=1.5, zh-Hans;q=0.123", "zh-Hans"),
            ("<script>, -x, é", ""),
            ("*", ""),
            ("", ""),
        ] {
            assert_eq!(languages(value).join(" "), expected, "{value}");
        }
    }

    #[test]
    fn the_list_is_bounded() {
        let many = (0..10_000).map(|number| format!("l{number}")).collect::<Vec<_>>().join(",");
        assert_eq!(languages(&many).len(), MAX_LANGUAGES);
    }
}
