//! Language tags: well-formed by RFC 5646, compared without case, looked up by RFC 4647, with the direction of their script.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A well-formed language tag, kept as it was written and compared without case. Up to 22 characters it needs no allocation.
#[derive(Clone)]
pub struct LanguageTag(Repr);

#[derive(Clone)]
enum Repr {
    Short(u8, [u8; SHORT]),
    Long(Box<str>),
}

/// Fills the 24 bytes that a boxed string and its mark take anyway.
const SHORT: usize = 22;

/// Which way a text of a language runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's attribute `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// Languages whose usual script runs from right to left, where a tag names no script.
const RTL_LANGUAGES: [&str; 32] = [
    "ar", "arc", "ars", "arz", "azb", "bal", "bcc", "bgn", "bqi", "ckb", "dv", "fa", "glk", "haz", "he", "iw", "ji",
    "khw", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "skr", "syr", "ug", "ur", "yi", "acm",
];

/// Scripts (ISO 15924) that run from right to left.
const RTL_SCRIPTS: [&str; 15] = [
    "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "sogd", "syrc", "syre", "syrn", "thaa",
    "yezi",
];

/// Registered before RFC 4646 and not of its form (RFC 5646 §2.2.8).
const IRREGULAR: [&str; 17] = [
    "en-gb-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-be-fr",
    "sgn-be-nl",
    "sgn-ch-de",
];

impl LanguageTag {
    /// Reads a tag that is well-formed by RFC 5646; whether it is registered is not asked.
    pub fn parse(text: &str) -> Option<LanguageTag> {
        is_well_formed(text).then(|| LanguageTag::keep(text))
    }

    /// English: what a text falls back to before its first language.
    pub fn english() -> LanguageTag {
        LanguageTag::keep("en")
    }

    fn keep(text: &str) -> LanguageTag {
        if text.len() > SHORT {
            return LanguageTag(Repr::Long(text.into()));
        }
        let mut bytes = [0; SHORT];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        LanguageTag(Repr::Short(text.len() as u8, bytes))
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Repr::Short(length, bytes) => &bytes[..usize::from(*length)],
            Repr::Long(text) => text.as_bytes(),
        }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Short(..) => std::str::from_utf8(self.bytes()).expect("a tag is ASCII"),
            Repr::Long(text) => text,
        }
    }

    /// The first subtag, as it was written: `zh` of `zh-Hant-TW`.
    pub fn primary(&self) -> &str {
        self.as_str().split('-').next().unwrap_or_default()
    }

    /// Which way its texts run: by the script that it names, otherwise by the usual one of its language.
    pub fn direction(&self) -> Direction {
        let among = |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
        let subtags = self.as_str().split('-').take_while(|subtag| subtag.len() > 1).skip(1);
        let script =
            subtags.into_iter().find(|tag| tag.len() == 4 && tag.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let rtl = script.map_or_else(|| among(&RTL_LANGUAGES, self.primary()), |script| among(&RTL_SCRIPTS, script));
        if rtl { Direction::Rtl } else { Direction::Ltr }
    }

    /// RFC 4647 §3.4: the one of `tags` that this range finds, shortening the range from its end until one matches.
    pub fn look_up<'a>(&self, tags: impl Iterator<Item = &'a LanguageTag> + Clone) -> Option<&'a LanguageTag> {
        let mut range = self.bytes();
        loop {
            if let Some(found) = tags.clone().find(|tag| tag.bytes().eq_ignore_ascii_case(range)) {
                return Some(found);
            }
            range = shortened(range)?;
        }
    }
}

/// A range without its last subtag, and without a single character that would then stand at its end.
fn shortened(range: &[u8]) -> Option<&[u8]> {
    let cut = |range: &[u8]| range.iter().rposition(|&byte| byte == b'-');
    let end = cut(range)?;
    match cut(&range[..end]) {
        Some(before) if end - before == 2 => Some(&range[..before]),
        None if end == 1 => None,
        _ => Some(&range[..end]),
    }
}

impl PartialEq for LanguageTag {
    fn eq(&self, other: &LanguageTag) -> bool {
        self.bytes().eq_ignore_ascii_case(other.bytes())
    }
}

impl Eq for LanguageTag {}

impl Hash for LanguageTag {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
        state.write_u8(0xff);
    }
}

impl Ord for LanguageTag {
    fn cmp(&self, other: &LanguageTag) -> Ordering {
        let lower = |byte: &u8| byte.to_ascii_lowercase();
        self.bytes().iter().map(lower).cmp(other.bytes().iter().map(lower))
    }
}

impl PartialOrd for LanguageTag {
    fn partial_cmp(&self, other: &LanguageTag) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.as_str())
    }
}

/// The grammar of RFC 5646 §2.1: a language tag, a private one, or one of the irregular ones.
fn is_well_formed(text: &str) -> bool {
    is_language_tag(text) || IRREGULAR.iter().any(|known| known.eq_ignore_ascii_case(text))
}

fn is_language_tag(text: &str) -> bool {
    let letters = |tag: &&str| tag.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |tag: &&str| tag.bytes().all(|byte| byte.is_ascii_digit());
    let alphanumeric = |tag: &&str| tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let private = |tag: &&str| tag.eq_ignore_ascii_case("x");
    let mut rest = text.split('-').peekable();

    let language = rest.next().unwrap_or_default();
    if !private(&language) {
        if !(2..=8).contains(&language.len()) || !letters(&language) {
            return false;
        }
        let mut extended = if language.len() <= 3 { 3 } else { 0 };
        while extended > 0 && rest.next_if(|tag| tag.len() == 3 && letters(tag)).is_some() {
            extended -= 1;
        }
        rest.next_if(|tag| tag.len() == 4 && letters(tag));
        rest.next_if(|tag| (tag.len() == 2 && letters(tag)) || (tag.len() == 3 && digits(tag)));
        let starts_with_digit = |tag: &&str| tag.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        let variant = |tag: &&str| {
            alphanumeric(tag) && ((5..=8).contains(&tag.len()) || (tag.len() == 4 && starts_with_digit(tag)))
        };
        while rest.next_if(|tag| variant(tag)).is_some() {}
        while rest.next_if(|tag| tag.len() == 1 && alphanumeric(tag) && !private(tag)).is_some() {
            let extension = |tag: &&str| (2..=8).contains(&tag.len()) && alphanumeric(tag);
            if rest.next_if(|tag| extension(tag)).is_none() {
                return false;
            }
            while rest.next_if(|tag| extension(tag)).is_some() {}
        }
        match rest.next() {
            None => return true,
            Some(tag) if private(&tag) => (),
            Some(_) => return false,
        }
    }
    rest.peek().is_some() && rest.all(|tag| (1..=8).contains(&tag.len()) && alphanumeric(&tag))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tag(text: &str) -> LanguageTag {
        LanguageTag::parse(text).unwrap()
    }

    #[test]
    fn a_tag_takes_twenty_four_bytes() {
        assert_eq!(size_of::<LanguageTag>(), 24);
        assert_eq!(size_of::<Option<LanguageTag>>(), 24);
    }

    #[test]
    fn tags_are_compared_without_case_and_kept_as_written() {
        assert_eq!(tag("zh-hant"), tag("zh-Hant"));
        assert_eq!(tag("ZH-Hant").as_str(), "ZH-Hant");
        let long = "sl-rozaj-biske-1994-x-abcdefgh";
        assert_eq!(tag(long).as_str(), long);
        assert_eq!(tag(long), tag(&long.to_uppercase()));
        assert!(tag("EN") < tag("fr") && tag("en") < tag("en-GB"));
    }

    #[test]
    fn a_range_is_shortened_until_it_is_found() {
        let tags = [tag("en"), tag("zh-Hant"), tag("fr-CA")];
        let found = |range: &str| tag(range).look_up(tags.iter()).map(|tag| tag.as_str());
        assert_eq!(found("zh-Hant-TW-x-private"), Some("zh-Hant"));
        assert_eq!(found("EN-gb"), Some("en"));
        assert_eq!(found("en-a-bbb"), Some("en"));
        assert_eq!(found("fr"), None, "a range never finds a more exact tag");
        assert_eq!(found("zh-TW"), None);
        assert_eq!(found("x-abc"), None);
    }

    #[test]
    fn the_script_gives_the_direction_and_otherwise_the_language() {
        for rtl in ["ar", "AR-EG", "he", "fa", "az-Arab", "pa-arab-PK"] {
            assert_eq!(tag(rtl).direction(), Direction::Rtl, "{rtl}");
        }
        for ltr in ["en", "zh-Hant", "ar-Latn", "az", "x-arab"] {
            assert_eq!(tag(ltr).direction(), Direction::Ltr, "{ltr}");
        }
    }
}
