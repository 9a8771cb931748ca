//! What is written of each kind: one table a kind, in the order in which people write. Forms, checks, previews and
//! differences are made from it.

use crate::record::{Kind, Speaker, vocabulary::Vocabulary};

/// How a text by languages is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// A line or two: titles, names.
    Short,
    /// A paragraph.
    Plain,
    /// Several, with emphasis, lists and links.
    Markdown,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A text by languages.
    Texts(Writing),
    /// Either a text by languages or the same in all.
    TextOrTexts,
    /// A line that is the same in all languages.
    Line,
    /// Some lines that are the same in all languages.
    Area,
    /// An address of the web.
    Address,
    /// A year.
    Year,
    /// A year, a month or a day.
    Day,
    /// Yes, no, or not stated.
    Truth,
    /// How an event is held.
    Mode,
    /// One code of a list.
    Code(Vocabulary),
    /// Several codes of a list.
    Codes(Vocabulary),
    /// The same, of a list whose codes stand as numbers.
    Numbers(Vocabulary),
    /// Texts, one a line.
    Lines,
    /// Titles with addresses.
    Sources,
    /// Languages with addresses.
    Editions,
    /// One language.
    Language,
    /// Several languages.
    Languages,
    /// A country.
    Country,
    /// One record of this kind.
    Reference(Kind),
    /// Several records of this kind.
    References(Kind),
}

/// A member of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name in the body.
    pub(super) member: &'static str,
    /// The message that names it.
    pub(super) label: &'static str,
    /// The message that says what belongs there.
    pub(super) hint: Option<&'static str>,
    /// How it is written.
    pub(super) form: Form,
}

const fn field(member: &'static str, label: &'static str, form: Form) -> Field {
    Field { member, label, hint: None, form }
}

impl Field {
    const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Whether it is written for each language.
    pub(super) fn is_by_language(&self) -> bool {
        matches!(self.form, Form::Texts(_) | Form::TextOrTexts)
    }
}

use Form::*;
use Writing::{Markdown, Plain, Short};

const COUNTRY: Field = field("country", "work-field-country", Country);
const ORIGINAL: Field =
    field("originalLanguage", "work-field-original-language", Language).hint("work-hint-original-language");
const SOURCES: Field = field("sources", "work-field-sources", Sources).hint("work-hint-sources");
const TITLE: Field = field("title", "work-field-title", Texts(Short));
const THEMES: Field = field("themes", "work-field-themes", Codes(Vocabulary::Themes));
const CAPACITIES: Field = field("capacities", "work-field-capacities", Codes(Vocabulary::Capacities));

const PRACTICE: &[Field] = &[
    TITLE,
    field("summary", "work-field-summary", Texts(Plain)).hint("work-hint-summary"),
    field("description", "work-field-description", Texts(Markdown)).hint("work-hint-markdown"),
    field("lessonsLearnt", "work-field-lessons", Texts(Markdown)).hint("work-hint-lessons"),
    ORIGINAL,
    COUNTRY,
    THEMES,
    CAPACITIES,
    field("startYear", "work-field-start-year", Year),
    field("endYear", "work-field-end-year", Year).hint("work-hint-end-year"),
    field("mechanism", "work-field-mechanism", Reference(Kind::Mechanism)),
    field("unMechanisms", "work-field-un-mechanisms", Codes(Vocabulary::UnMechanisms)),
    field("affectedGroups", "work-field-groups", Codes(Vocabulary::AffectedGroups)),
    field("sdgGoals", "work-field-goals", Numbers(Vocabulary::SdgGoals)),
    field("adoptedFrom", "work-field-adopted-from", References(Kind::Practice)).hint("work-hint-adopted-from"),
    SOURCES,
    field("links", "work-field-links", Sources),
];

const MECHANISM: &[Field] = &[
    field("name", "work-field-name", Texts(Short)),
    field("hostInstitution", "work-field-host", Texts(Short)).hint("work-hint-host"),
    field("mandate", "work-field-mandate", Texts(Markdown)).hint("work-hint-markdown"),
    field("composition", "work-field-composition", Texts(Markdown)).hint("work-hint-composition"),
    ORIGINAL,
    COUNTRY,
    field("acronym", "work-field-acronym", Line),
    field("type", "work-field-type", Code(Vocabulary::MechanismTypes)),
    field("standing", "work-field-standing", Truth).hint("work-hint-standing"),
    field("establishedYear", "work-field-established-year", Year),
    CAPACITIES,
    field("website", "work-field-website", Address),
    field("contact", "work-field-contact", Area).hint("work-hint-contact"),
    SOURCES,
];

const DOCUMENT: &[Field] = &[
    TITLE,
    field("issuedBy", "work-field-issued-by", TextOrTexts),
    ORIGINAL,
    COUNTRY,
    field("type", "work-field-type", Code(Vocabulary::DocumentTypes)),
    field("symbol", "work-field-symbol", Line).hint("work-hint-symbol"),
    field("date", "work-field-date", Day).hint("work-hint-day"),
    field("languages", "work-field-languages", Languages),
    field("editions", "work-field-editions", Editions).hint("work-hint-editions"),
    THEMES,
    SOURCES,
];

const EVENT: &[Field] = &[
    TITLE,
    field("summary", "work-field-summary", Texts(Plain)).hint("work-hint-summary"),
    ORIGINAL,
    field("type", "work-field-type", Code(Vocabulary::EventTypes)),
    field("startsOn", "work-field-starts-on", Day).hint("work-hint-day"),
    field("endsOn", "work-field-ends-on", Day).hint("work-hint-day"),
    field("mode", "work-field-mode", Mode),
    COUNTRY,
    field("city", "work-field-city", Line),
    field("venue", "work-field-venue", Line),
    field("organizers", "work-field-organizers", Lines).hint("work-hint-organizers"),
    field("registrationUrl", "work-field-registration", Address),
    field("documents", "work-field-documents", References(Kind::Document)),
    field("recordings", "work-field-recordings", Sources),
    SOURCES,
];

/// What is written of a kind; nothing of members, whose records the register's desk keeps.
pub(super) fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Practice => PRACTICE,
        Kind::Mechanism => MECHANISM,
        Kind::Document => DOCUMENT,
        Kind::Event => EVENT,
        Kind::Member => &[],
    }
}

/// The kinds that are written here, in the order of the workbench.
pub(super) const KINDS: [Kind; 4] = [Kind::Practice, Kind::Mechanism, Kind::Document, Kind::Event];

/// The field of a path such as `title.fr` or `sources[1].url`.
pub(super) fn of_path(kind: Kind, path: &str) -> Option<&'static Field> {
    let member = path.split(['.', '[']).next().unwrap_or_default();
    fields(kind).iter().find(|field| field.member == member)
}

/// Whether it is asked of this instance at all: a national one speaks of its own State, which goes without saying.
pub(super) fn is_asked(field: &Field, kind: Kind, speaker: Speaker) -> bool {
    field.form != Country || speaker.country.is_none() || !matches!(kind, Kind::Practice | Kind::Mechanism)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{table, texts};

    #[test]
    fn everything_that_a_table_has_can_be_written() {
        for kind in KINDS {
            for column in table::columns(kind) {
                // The one goes without saying, the other comes of taking over.
                if !matches!(column.name, "compiled" | "replaces") {
                    assert!(of_path(kind, column.name).is_some(), "{} {}", kind.as_str(), column.name);
                }
            }
        }
    }

    #[test]
    fn every_field_is_named_in_every_language() {
        for field in KINDS.into_iter().flat_map(fields) {
            for language in texts::LANGUAGES {
                for id in std::iter::once(field.label).chain(field.hint) {
                    assert_ne!(texts::say(language, id, None), id, "{language}");
                }
            }
        }
    }

    #[test]
    fn a_path_leads_to_its_field() {
        for path in ["sources", "sources[1].url", "sources[0]"] {
            assert_eq!(of_path(Kind::Practice, path).unwrap().member, "sources");
        }
        assert_eq!(of_path(Kind::Practice, "title.fr").unwrap().member, "title");
        assert_eq!(of_path(Kind::Practice, "compiled"), None);
    }
}
