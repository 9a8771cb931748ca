//! The rules of values: one function for each sort of value in the table of records.md, and the general rules that hold
//! anywhere in a body (protocol §3). A rule takes a value and gives it decoded, or says what is wrong with it.

use super::common::{Reference, Source};
use super::country::CountryCode;
use super::date::PartialDate;
use super::language::LanguageTag;
use super::localized::LocalizedText;
use super::members::Members;
use serde_json::Value;
use std::borrow::Cow;

/// Levels of objects and lists in a body; the body itself is the first.
pub const MAX_DEPTH: usize = 64;
/// Characters (Unicode scalar values) of any text and member name.
pub const MAX_TEXT: usize = 50_000;
/// Items of a list.
pub const MAX_LIST: usize = 200;
/// Bytes of a URL; characters of an `iss` or `entityId`.
pub const MAX_URL_BYTES: usize = 2_048;
/// Characters of titles and names.
pub const MAX_TITLE: usize = 1_000;
/// Characters of an acronym, city, venue or symbol.
pub const MAX_SHORT: usize = 200;
/// Languages of one text.
const MAX_LANGUAGES: usize = 40;
/// Characters of a code.
const MAX_CODE: usize = 64;

/// Which rule a body breaks: one sentence for an operator, "summary: is missing".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {what}", if at.is_empty() { "the body" } else { at })]
pub struct BodyError {
    at: String,
    what: Cow<'static, str>,
}

impl BodyError {
    pub(super) fn new(what: impl Into<Cow<'static, str>>) -> BodyError {
        BodyError { at: String::new(), what: what.into() }
    }

    /// The place, as in `sources[2].url`; empty for the body as a whole.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// What is wrong there.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The same error, seen from the object that holds the value as its member `name`.
    pub(super) fn within(self, name: &str) -> BodyError {
        // names come from outside: what cannot be shown must not get into a log or a page by way of the error
        let name: String = name.chars().take(60).flat_map(char::escape_debug).collect();
        let joint = if self.at.is_empty() || self.at.starts_with('[') { "" } else { "." };
        BodyError { at: format!("{name}{joint}{}", self.at), what: self.what }
    }

    /// The same error, seen from the list that holds the value at `place`.
    pub(super) fn within_list(self, place: usize) -> BodyError {
        let joint = if self.at.is_empty() || self.at.starts_with('[') { "" } else { "." };
        BodyError { at: format!("[{place}]{joint}{}", self.at), what: self.what }
    }
}

pub(super) type Ruled<T> = Result<T, BodyError>;

fn refuse<T>(what: impl Into<Cow<'static, str>>) -> Ruled<T> {
    Err(BodyError::new(what))
}

// ---- general rules ----

/// Depth, texts and lists anywhere in a body, in members that nobody here knows too.
pub(super) fn general(value: &Value, depth: usize) -> Ruled<()> {
    match value {
        Value::String(text) => showable(text),
        Value::Array(_) | Value::Object(_) if depth > MAX_DEPTH => refuse("is nested deeper than 64 levels"),
        Value::Array(items) if items.len() > MAX_LIST => refuse("has more than 200 items"),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(place, item)| general(item, depth + 1).map_err(|error| error.within_list(place))),
        Value::Object(members) => members.iter().try_for_each(|(name, value)| {
            showable(name).and_then(|()| general(value, depth + 1)).map_err(|error| error.within(name))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

/// Whether a text may be shown: no control character but TAB and LF, no direction override, at most [`MAX_TEXT`]
/// characters (protocol §3).
pub fn is_showable(text: &str) -> bool {
    showable(text).is_ok()
}

fn showable(text: &str) -> Ruled<()> {
    if longer_than(text, MAX_TEXT) {
        return refuse("is longer than 50,000 characters");
    }
    if has_unshowable(text.as_bytes()) {
        return refuse("holds a control character or a direction override");
    }
    Ok(())
}

fn longer_than(text: &str, characters: usize) -> bool {
    text.len() > characters && text.chars().count() > characters
}

/// Unicode Cc but TAB and LF, U+202D, U+202E, looked for in the bytes of UTF-8: every text passes here.
fn has_unshowable(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(place, byte)| match byte {
        0x00..=0x08 | 0x0b..=0x1f | 0x7f => true,
        0xc2 => bytes[place + 1] < 0xa0,
        0xe2 => bytes[place + 1] == 0x80 && matches!(bytes[place + 2], 0xad | 0xae),
        _ => false,
    })
}

// ---- texts and what is written as one ----

fn string(value: &Value) -> Ruled<&str> {
    value.as_str().ok_or_else(|| BodyError::new("is not a text"))
}

/// A text of at most so many characters: not empty, no white space at its ends.
pub(super) fn text(limit: usize) -> impl Fn(&Value) -> Ruled<Box<str>> + Copy {
    move |value| {
        let text = string(value)?;
        if text.is_empty() {
            return refuse("is empty");
        }
        if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
            return refuse("begins or ends with white space");
        }
        if longer_than(text, limit) {
            return refuse(format!("is longer than {limit} characters"));
        }
        Ok(text.into())
    }
}

/// A localized text (`T`), each of its texts of at most so many characters.
pub(super) fn localized(limit: usize) -> impl Fn(&Value) -> Ruled<LocalizedText> + Copy {
    move |value| {
        let Value::Object(members) = value else { return refuse("is not a text by languages") };
        if !(1..=MAX_LANGUAGES).contains(&members.len()) {
            return refuse("has no language, or more than 40");
        }
        let one = |(tag, value): (&String, &Value)| {
            let language = LanguageTag::parse(tag).ok_or_else(|| BodyError::new("is not a language tag"));
            language.and_then(|language| Ok((language, text(limit)(value)?))).map_err(|error| error.within(tag))
        };
        let texts = members.iter().map(one).collect::<Ruled<Vec<_>>>()?;
        LocalizedText::new(texts).ok_or_else(|| BodyError::new("has a language twice"))
    }
}

/// Two capital letters.
pub(super) fn country(value: &Value) -> Ruled<CountryCode> {
    CountryCode::parse(string(value)?).ok_or_else(|| BodyError::new("is not a country code of two capital letters"))
}

/// A code of a vocabulary, whether it is known here or not.
pub(super) fn code(value: &Value) -> Ruled<Box<str>> {
    let code = string(value)?;
    let fits =
        (1..=MAX_CODE).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if fits { Ok(code.into()) } else { refuse("is not a code of 1 to 64 letters, digits and hyphens") }
}

/// A language tag.
pub(super) fn language(value: &Value) -> Ruled<LanguageTag> {
    LanguageTag::parse(string(value)?).ok_or_else(|| BodyError::new("is not a language tag"))
}

/// A year, a month or a day.
pub(super) fn date(value: &Value) -> Ruled<PartialDate> {
    PartialDate::parse(string(value)?).ok_or_else(|| BodyError::new("is not a date YYYY, YYYY-MM or YYYY-MM-DD"))
}

/// A web address.
pub(super) fn url(value: &Value) -> Ruled<Box<str>> {
    let url = string(value)?;
    if is_url(url) { Ok(url.into()) } else { refuse("is not an http or https address of at most 2,048 bytes") }
}

fn is_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let scheme_fits = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host_follows = !rest.is_empty() && !rest.starts_with(['/', '?', '#']);
    scheme_fits && host_follows && url.len() <= MAX_URL_BYTES && !rest.contains(char::is_whitespace)
}

/// One word of a closed list; `words` names it in the error.
pub(super) fn word<T>(parse: fn(&str) -> Option<T>, words: &'static str) -> impl Fn(&Value) -> Ruled<T> + Copy {
    move |value| parse(string(value)?).ok_or_else(|| BodyError::new(format!("is not one of {words}")))
}

// ---- numbers ----

/// true or false.
pub(super) fn boolean(value: &Value) -> Ruled<bool> {
    value.as_bool().ok_or_else(|| BodyError::new("is neither true nor false"))
}

/// A year from 1900 to 2100, written without fraction or exponent.
pub(super) fn year(value: &Value) -> Ruled<i32> {
    let year = value.as_i64().filter(|year| (1900..=2100).contains(year));
    year.and_then(|year| i32::try_from(year).ok()).ok_or_else(|| BodyError::new("is not a year from 1900 to 2100"))
}

/// A Sustainable Development Goal, 1 to 17.
pub(super) fn goal(value: &Value) -> Ruled<u8> {
    let goal = value.as_u64().filter(|goal| (1..=17).contains(goal));
    goal.and_then(|goal| u8::try_from(goal).ok()).ok_or_else(|| BodyError::new("is not a goal from 1 to 17"))
}

// ---- objects and lists ----

/// The members of an object.
pub(super) fn object(value: &Value) -> Ruled<Members<'_>> {
    value.as_object().map(Members::new).ok_or_else(|| BodyError::new("is not an object"))
}

/// `{title, url?}`.
pub(super) fn source(value: &Value) -> Ruled<Source> {
    let members = object(value)?;
    Ok(Source { title: members.required("title", text(MAX_TITLE))?, url: members.optional("url", url)? })
}

/// `kind/uuid` of the same origin, or `{iss, sub}` of another's.
pub(super) fn reference(value: &Value) -> Ruled<Reference> {
    if let Value::Object(members) = value {
        let members = Members::new(members);
        return Ok(Reference::Of {
            iss: members.required("iss", text(MAX_URL_BYTES))?,
            sub: members.required("sub", sub)?,
        });
    }
    Ok(Reference::Own(sub(value)?))
}

fn sub(value: &Value) -> Ruled<super::Sub> {
    let sub = value.as_str().and_then(super::Sub::parse);
    sub.ok_or_else(|| BodyError::new("is not a reference: kind/uuid, or {iss, sub}"))
}

/// A list of items that each keep `rule`, no two equal strings or numbers among them.
pub(super) fn list<T>(value: &Value, rule: impl Fn(&Value) -> Ruled<T>) -> Ruled<Box<[T]>> {
    let Value::Array(items) = value else { return refuse("is not a list") };
    let decoded = items
        .iter()
        .enumerate()
        .map(|(place, item)| rule(item).map_err(|error| error.within_list(place)))
        .collect::<Ruled<Box<[T]>>>()?;
    let plain = |item: &Value| item.is_string() || item.is_number();
    let repeated = |(place, item): (usize, &Value)| plain(item) && items[..place].contains(item);
    if items.iter().enumerate().any(repeated) { refuse("has an item twice") } else { Ok(decoded) }
}
