//! The kind `practice`: a promising practice.

use super::common::{Reference, Source};
use super::localized::LocalizedText;
use super::members::Members;
use super::rules::{BodyError, MAX_TEXT, MAX_TITLE, Ruled, code, goal, localized, reference, source, year};

/// A promising practice (records.md). Its `country` is always stated.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// At most 1,000 characters a language.
    pub title: LocalizedText,
    /// What it is, in a paragraph.
    pub summary: LocalizedText,
    /// Markdown.
    pub description: Option<LocalizedText>,
    /// Markdown.
    pub lessons_learnt: Option<LocalizedText>,
    /// The mechanism whose practice it is.
    pub mechanism: Option<Reference>,
    /// Codes of the themes.
    pub themes: Box<[Box<str>]>,
    /// Codes of the capacities.
    pub capacities: Box<[Box<str>]>,
    /// Codes of the UN mechanisms.
    pub un_mechanisms: Box<[Box<str>]>,
    /// 1 to 17.
    pub sdg_goals: Box<[u8]>,
    /// Codes of the affected groups.
    pub affected_groups: Box<[Box<str>]>,
    /// 1900 to 2100; not after the end.
    pub start_year: Option<i32>,
    /// 1900 to 2100.
    pub end_year: Option<i32>,
    /// Further reading.
    pub links: Box<[Source]>,
    /// The practices that this one follows.
    pub adopted_from: Box<[Reference]>,
}

pub(super) fn decode(members: Members<'_>) -> Ruled<Practice> {
    members.must_have("country")?;
    let practice = Practice {
        title: members.required("title", localized(MAX_TITLE))?,
        summary: members.required("summary", localized(MAX_TEXT))?,
        description: members.optional("description", localized(MAX_TEXT))?,
        lessons_learnt: members.optional("lessonsLearnt", localized(MAX_TEXT))?,
        mechanism: members.optional("mechanism", reference)?,
        themes: members.list("themes", code)?,
        capacities: members.list("capacities", code)?,
        un_mechanisms: members.list("unMechanisms", code)?,
        sdg_goals: members.list("sdgGoals", goal)?,
        affected_groups: members.list("affectedGroups", code)?,
        start_year: members.optional("startYear", year)?,
        end_year: members.optional("endYear", year)?,
        links: members.list("links", source)?,
        adopted_from: members.list("adoptedFrom", reference)?,
    };
    match practice.start_year.zip(practice.end_year) {
        Some((start, end)) if start > end => Err(BodyError::new("is after endYear").within("startYear")),
        _ => Ok(practice),
    }
}
