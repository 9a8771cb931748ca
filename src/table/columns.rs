//! The columns of each kind: one declaration for everything that writes or reads a table. The order is that of people: who,
//! what, details, sources.

use crate::record::{Body, IssuedBy, Kind, LocalizedText, Record};

/// How the value of a member stands in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A text by languages: a column for each.
    Texts,
    /// Either a text or one by languages.
    TextOrTexts,
    /// A whole number.
    Number,
    /// True or false.
    Truth,
    /// Codes or tags: `a; b`.
    Codes,
    /// Whole numbers: `3; 10`.
    Numbers,
    /// Texts, one a line.
    Lines,
    /// `title <address>`, one a line.
    Sources,
    /// `fr <address>`, one a line.
    Editions,
    /// `kind/uuid`, or `kind/uuid <origin>`.
    Reference,
    /// The same, one a line.
    References,
    /// `from/until role status reason`, one a line.
    Course,
}

/// A member of the body that tables show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name of the member.
    pub name: &'static str,
    /// How it stands in cells.
    pub shape: Shape,
}

const fn column(name: &'static str, shape: Shape) -> Column {
    Column { name, shape }
}

const COUNTRY: Column = column("country", Shape::Text);
const SOURCES: Column = column("sources", Shape::Sources);
const COMPILED: Column = column("compiled", Shape::Truth);
const ORIGINAL_LANGUAGE: Column = column("originalLanguage", Shape::Text);
const REPLACES: Column = column("replaces", Shape::Reference);

const MECHANISM: &[Column] = &[
    COUNTRY,
    column("name", Shape::Texts),
    column("acronym", Shape::Text),
    column("type", Shape::Text),
    column("standing", Shape::Truth),
    column("establishedYear", Shape::Number),
    column("hostInstitution", Shape::Texts),
    column("mandate", Shape::Texts),
    column("composition", Shape::Texts),
    column("capacities", Shape::Codes),
    column("website", Shape::Text),
    column("contact", Shape::Text),
    SOURCES,
    COMPILED,
    ORIGINAL_LANGUAGE,
    REPLACES,
];

const PRACTICE: &[Column] = &[
    COUNTRY,
    column("title", Shape::Texts),
    column("summary", Shape::Texts),
    column("description", Shape::Texts),
    column("lessonsLearnt", Shape::Texts),
    column("themes", Shape::Codes),
    column("capacities", Shape::Codes),
    column("unMechanisms", Shape::Codes),
    column("sdgGoals", Shape::Numbers),
    column("affectedGroups", Shape::Codes),
    column("startYear", Shape::Number),
    column("endYear", Shape::Number),
    column("mechanism", Shape::Reference),
    column("adoptedFrom", Shape::References),
    column("links", Shape::Sources),
    SOURCES,
    COMPILED,
    ORIGINAL_LANGUAGE,
    REPLACES,
];

const DOCUMENT: &[Column] = &[
    column("symbol", Shape::Text),
    column("title", Shape::Texts),
    column("type", Shape::Text),
    column("issuedBy", Shape::TextOrTexts),
    column("date", Shape::Text),
    COUNTRY,
    column("languages", Shape::Codes),
    column("editions", Shape::Editions),
    column("themes", Shape::Codes),
    SOURCES,
    COMPILED,
    ORIGINAL_LANGUAGE,
    REPLACES,
];

const EVENT: &[Column] = &[
    column("startsOn", Shape::Text),
    column("endsOn", Shape::Text),
    column("title", Shape::Texts),
    column("type", Shape::Text),
    column("summary", Shape::Texts),
    column("city", Shape::Text),
    COUNTRY,
    column("venue", Shape::Text),
    column("mode", Shape::Text),
    column("organizers", Shape::Lines),
    column("registrationUrl", Shape::Text),
    column("documents", Shape::References),
    column("recordings", Shape::Sources),
    SOURCES,
    COMPILED,
    ORIGINAL_LANGUAGE,
    REPLACES,
];

const MEMBER: &[Column] = &[
    COUNTRY,
    column("name", Shape::Texts),
    column("role", Shape::Text),
    column("status", Shape::Text),
    column("entityId", Shape::Text),
    column("mechanism", Shape::Reference),
    column("history", Shape::Course),
    SOURCES,
    COMPILED,
    ORIGINAL_LANGUAGE,
    REPLACES,
];

/// The columns of a kind.
pub fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Mechanism => MECHANISM,
        Kind::Practice => PRACTICE,
        Kind::Document => DOCUMENT,
        Kind::Event => EVENT,
        Kind::Member => MEMBER,
    }
}

/// A text by languages of a decoded record, by the name of its column.
pub fn texts<'r>(record: &'r Record, name: &str) -> Option<&'r LocalizedText> {
    match (&record.body, name) {
        (Body::Mechanism(mechanism), "hostInstitution") => mechanism.host_institution.as_ref(),
        (Body::Mechanism(mechanism), "mandate") => mechanism.mandate.as_ref(),
        (Body::Mechanism(mechanism), "composition") => mechanism.composition.as_ref(),
        (Body::Practice(practice), "summary") => Some(&practice.summary),
        (Body::Practice(practice), "description") => practice.description.as_ref(),
        (Body::Practice(practice), "lessonsLearnt") => practice.lessons_learnt.as_ref(),
        (Body::Event(event), "summary") => event.summary.as_ref(),
        (Body::Document(document), "issuedBy") => match &document.issued_by {
            Some(IssuedBy::Localized(texts)) => Some(texts),
            _ => None,
        },
        (_, "title" | "name") => record.title(),
        _ => None,
    }
}
