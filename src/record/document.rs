//! The kind `document`: a resolution, report, guide or other text of the field.

use super::date::PartialDate;
use super::language::LanguageTag;
use super::localized::LocalizedText;
use super::members::Members;
use super::rules::{MAX_SHORT, MAX_TEXT, MAX_TITLE, Ruled, code, date, language, localized, object, text, url};
use serde_json::Value;

/// A document (records.md).
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// At most 1,000 characters a language.
    pub title: LocalizedText,
    /// A code of the document types.
    pub document_type: Box<str>,
    /// At most 200 characters: `A/HRC/RES/51/33`.
    pub symbol: Option<Box<str>>,
    /// Who issued it.
    pub issued_by: Option<IssuedBy>,
    /// When it was issued.
    pub date: Option<PartialDate>,
    /// The languages that it exists in.
    pub languages: Box<[LanguageTag]>,
    /// Where it can be read.
    pub editions: Box<[Edition]>,
    /// Codes of the themes.
    pub themes: Box<[Box<str>]>,
}

/// Who issued a document.
#[derive(Debug, Clone, PartialEq)]
pub enum IssuedBy {
    /// One name for all languages.
    Plain(Box<str>),
    /// A name by languages.
    Localized(LocalizedText),
}

/// A document in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its language.
    pub language: LanguageTag,
    /// http or https.
    pub url: Box<str>,
}

pub(super) fn decode(members: Members<'_>) -> Ruled<Document> {
    Ok(Document {
        title: members.required("title", localized(MAX_TITLE))?,
        document_type: members.required("type", code)?,
        symbol: members.optional("symbol", text(MAX_SHORT))?,
        issued_by: members.optional("issuedBy", issued_by)?,
        date: members.optional("date", date)?,
        languages: members.list("languages", language)?,
        editions: members.list("editions", edition)?,
        themes: members.list("themes", code)?,
    })
}

fn issued_by(value: &Value) -> Ruled<IssuedBy> {
    if value.is_string() {
        return text(MAX_TEXT)(value).map(IssuedBy::Plain);
    }
    localized(MAX_TEXT)(value).map(IssuedBy::Localized)
}

fn edition(value: &Value) -> Ruled<Edition> {
    let members = object(value)?;
    Ok(Edition { language: members.required("language", language)?, url: members.required("url", url)? })
}
