//! The kind `mechanism`: a State's national mechanism for implementation, reporting and follow-up.

use super::localized::LocalizedText;
use super::members::Members;
use super::rules::{MAX_SHORT, MAX_TEXT, MAX_TITLE, Ruled, boolean, code, localized, text, url, year};

/// A national mechanism (records.md). Its `country` is always stated.
#[derive(Debug, Clone, PartialEq)]
pub struct Mechanism {
    /// At most 1,000 characters a language.
    pub name: LocalizedText,
    /// At most 200 characters.
    pub acronym: Option<Box<str>>,
    /// A code of the mechanism types.
    pub mechanism_type: Option<Box<str>>,
    /// Whether it is a standing body.
    pub standing: Option<bool>,
    /// 1900 to 2100.
    pub established_year: Option<i32>,
    /// The ministry or office that houses it.
    pub host_institution: Option<LocalizedText>,
    /// Markdown.
    pub mandate: Option<LocalizedText>,
    /// Markdown.
    pub composition: Option<LocalizedText>,
    /// Codes of the capacities.
    pub capacities: Box<[Box<str>]>,
    /// http or https.
    pub website: Option<Box<str>>,
    /// An office's public address, never a person's.
    pub contact: Option<Box<str>>,
}

pub(super) fn decode(members: Members<'_>) -> Ruled<Mechanism> {
    members.must_have("country")?;
    Ok(Mechanism {
        name: members.required("name", localized(MAX_TITLE))?,
        acronym: members.optional("acronym", text(MAX_SHORT))?,
        mechanism_type: members.optional("type", code)?,
        standing: members.optional("standing", boolean)?,
        established_year: members.optional("establishedYear", year)?,
        host_institution: members.optional("hostInstitution", localized(MAX_TEXT))?,
        mandate: members.optional("mandate", localized(MAX_TEXT))?,
        composition: members.optional("composition", localized(MAX_TEXT))?,
        capacities: members.list("capacities", code)?,
        website: members.optional("website", url)?,
        contact: members.optional("contact", text(MAX_TEXT))?,
    })
}
