//! What records are counted and filtered by: which dimensions each kind has, and the values of a record in each.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::record::{Body, Document, Kind, Member, MemberRole, MemberStatus, country};

use super::published::Published;

/// A dimension of facets, figures and filters. Values are strings: codes as records carry them, years as numbers,
/// languages in the case of RFC 5646 §2.1.1, `true` or `false`, entityIds, the words of closed lists as records carry them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// Country; every kind.
    Country,
    /// Code of the regional group of the country; every kind.
    Region,
    /// Themes of practices and documents.
    Theme,
    /// Capacities of practices and mechanisms.
    Capacity,
    /// Type of the mechanism that a practice resolves to.
    MechanismType,
    /// United Nations mechanisms of practices.
    UnMechanism,
    /// Goals of practices, `1` to `17`.
    SdgGoal,
    /// Groups of persons of practices.
    AffectedGroup,
    /// `startYear` of practices, `establishedYear` of mechanisms, year of documents and of the first day of events.
    Year,
    /// Languages of the title of practices, the name of mechanisms; those in which a document exists.
    Language,
    /// entityId of the origin; every kind.
    Origin,
    /// `true`: compiled; `false`: said by the State itself; every kind.
    Compiled,
    /// Type of mechanisms, documents, events.
    Type,
    /// `true`: standing; `false`: ad hoc; mechanisms.
    Standing,
    /// Mode of events.
    Mode,
    /// Role of members on the day of `Filter::as_of`.
    Role,
    /// Status of members on the day of `Filter::as_of`.
    Status,
    /// `endYear` of practices; filters by years need it.
    EndYear,
}

impl Dimension {
    /// Whether a kind has this dimension.
    pub fn is_of(self, kind: Kind) -> bool {
        dimensions(kind).contains(&self)
    }

    /// Whether the values stand in sets by value. Those of members depend on the day, the type of the mechanism on the
    /// viewer.
    pub(super) fn is_indexed(self) -> bool {
        !matches!(self, Self::Role | Self::Status | Self::MechanismType)
    }

    /// Whether values are ordered as numbers.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Year | Self::EndYear | Self::SdgGoal)
    }
}

/// Dimensions of a kind.
pub(super) fn dimensions(kind: Kind) -> &'static [Dimension] {
    use Dimension::*;
    match kind {
        Kind::Practice => &[
            Country,
            Region,
            Theme,
            Capacity,
            MechanismType,
            UnMechanism,
            SdgGoal,
            AffectedGroup,
            Year,
            EndYear,
            Language,
            Origin,
            Compiled,
        ],
        Kind::Mechanism => &[Country, Region, Type, Capacity, Standing, Year, Language, Origin, Compiled],
        Kind::Document => &[Country, Region, Type, Theme, Language, Year, Origin, Compiled],
        Kind::Event => &[Country, Region, Type, Mode, Year, Language, Origin, Compiled],
        Kind::Member => &[Country, Region, Role, Status, Origin, Compiled],
    }
}

/// Gives each value of a record in a dimension, once. `MechanismType` is answered by the relations instead.
pub(super) fn facts(record: &Published, dimension: Dimension, day: Date, mut each: impl FnMut(&str)) {
    use Dimension::*;
    match (dimension, &record.record.body) {
        (Country, _) => record.country().iter().for_each(|code| each(code.as_str())),
        (Region, _) => record
            .country()
            .and_then(country::get)
            .and_then(|known| known.region)
            .iter()
            .for_each(|region| each(region)),
        (Origin, _) => each(&record.origin),
        (Compiled, _) => each(truth(record.record.common.compiled)),
        (Theme, Body::Practice(practice)) => codes(&practice.themes, each),
        (Theme, Body::Document(document)) => codes(&document.themes, each),
        (Capacity, Body::Practice(practice)) => codes(&practice.capacities, each),
        (Capacity, Body::Mechanism(mechanism)) => codes(&mechanism.capacities, each),
        (UnMechanism, Body::Practice(practice)) => codes(&practice.un_mechanisms, each),
        (AffectedGroup, Body::Practice(practice)) => codes(&practice.affected_groups, each),
        (SdgGoal, Body::Practice(practice)) => {
            practice.sdg_goals.iter().for_each(|goal| number(i32::from(*goal), &mut each))
        }
        (Year, Body::Practice(practice)) => practice.start_year.iter().for_each(|year| number(*year, &mut each)),
        (EndYear, Body::Practice(practice)) => practice.end_year.iter().for_each(|year| number(*year, &mut each)),
        (Year, Body::Mechanism(mechanism)) => {
            mechanism.established_year.iter().for_each(|year| number(*year, &mut each))
        }
        (Year, Body::Document(document)) => {
            document.date.iter().for_each(|date| number(i32::from(date.year), &mut each))
        }
        (Year, Body::Event(event)) => event.starts_on.iter().for_each(|date| number(i32::from(date.year), &mut each)),
        (Language, Body::Document(document)) => {
            for tag in document_languages(document) {
                each(&tag);
            }
        }
        (Language, _) => {
            for tag in record.title().into_iter().flat_map(|title| title.languages()) {
                each(&canonical(tag.as_str()));
            }
        }
        (Type, Body::Mechanism(mechanism)) => mechanism.mechanism_type.iter().for_each(|code| each(code)),
        (Type, Body::Document(document)) => each(&document.document_type),
        (Type, Body::Event(event)) => each(&event.event_type),
        (Standing, Body::Mechanism(mechanism)) => mechanism.standing.iter().for_each(|standing| each(truth(*standing))),
        (Mode, Body::Event(event)) => event.mode.iter().for_each(|mode| each(mode.as_str())),
        (Role, Body::Member(member)) => on_day(member, day).iter().for_each(|(role, _)| each(role.as_str())),
        (Status, Body::Member(member)) => on_day(member, day).iter().for_each(|(_, status)| each(status.as_str())),
        _ => {}
    }
}

fn codes(codes: &[Box<str>], mut each: impl FnMut(&str)) {
    codes.iter().for_each(|code| each(code));
}

fn truth(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// Languages in which a document exists, by its list and its editions.
fn document_languages(document: &Document) -> Vec<String> {
    let editions = document.editions.iter().map(|edition| &edition.language);
    let mut tags: Vec<String> = document.languages.iter().chain(editions).map(|tag| canonical(tag.as_str())).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// A tag in the usual case: `zh-Hant-TW`. Tags are compared without case, so one form has to stand for all.
pub(super) fn canonical(tag: &str) -> String {
    let mut canonical = String::with_capacity(tag.len());
    let mut after_singleton = false;
    for (place, part) in tag.split('-').enumerate() {
        if place > 0 {
            canonical.push('-');
        }
        let mut part = part.to_ascii_lowercase();
        if place > 0 && !after_singleton {
            match part.len() {
                2 => part.make_ascii_uppercase(),
                4 => part[..1].make_ascii_uppercase(),
                _ => {}
            }
        }
        after_singleton |= part.len() == 1;
        canonical.push_str(&part);
    }
    canonical
}

/// Years that records of kinds with bounded years can state (records.md), and the goals.
static NUMBERS: LazyLock<Vec<String>> = LazyLock::new(|| (0..=2100).map(|number: i32| number.to_string()).collect());

fn number(number: i32, each: &mut impl FnMut(&str)) {
    match usize::try_from(number).ok().and_then(|place| NUMBERS.get(place)) {
        Some(known) => each(known),
        None => each(&number.to_string()),
    }
}

/// Role and status of a member on a day; one without a course has what it states.
pub(super) fn on_day(member: &Member, day: Date) -> Option<(MemberRole, MemberStatus)> {
    if member.history.is_empty() {
        return Some((member.role, member.status));
    }
    member.on(day).map(|term| (term.role, term.status))
}
