//! Filters as clients write them. A code that is not known here matches nothing.

use async_graphql::InputObject;

use crate::catalog::{Dimension, Filter};
use crate::graphql::reading::Reading;
use crate::graphql::records::{Audience, EventMode, MemberRole, MemberStatus};
use crate::graphql::scalars::{CountryCode, Date, DateTime, LanguageTag};
use crate::record::{self, Kind};

/// What becomes a filter of the catalogue.
pub(crate) trait Filtered {
    /// Adds what is asked for to the filter of the kind.
    fn narrow(self, filter: Filter) -> Filter;
}

/// The filter of an argument, kept for the request; without one, that of the kind.
pub(crate) fn kept<F: Filtered>(given: Option<F>, kind: Kind, reading: &Reading) -> &Filter {
    match given {
        Some(given) => reading.keep_filter(given.narrow(Filter::of(kind))),
        None => super::everything(kind),
    }
}

fn codes(countries: Option<Vec<CountryCode>>) -> impl Iterator<Item = String> {
    countries.into_iter().flatten().map(|code| code.0.as_str().to_owned())
}

fn tags(languages: Option<Vec<LanguageTag>>) -> impl Iterator<Item = String> {
    languages.into_iter().flatten().map(|tag| tag.0.as_str().to_owned())
}

fn texts(texts: Option<Vec<String>>) -> impl Iterator<Item = String> {
    texts.into_iter().flatten()
}

/// What most kinds have.
struct Common {
    origins: Option<Vec<String>>,
    updated_since: Option<DateTime>,
    include_suspended: Option<bool>,
}

impl Common {
    fn narrow(self, filter: Filter) -> Filter {
        let filter = filter
            .any(Dimension::Origin, texts(self.origins))
            .include_suspended(self.include_suspended.unwrap_or_default());
        match self.updated_since {
            Some(since) => filter.updated_since(since.seconds()),
            None => filter,
        }
    }
}

/// Which practices: lists mean any of, fields combine with and.
#[derive(InputObject, Debug, Default)]
pub struct PracticeFilter {
    /// Countries they are about.
    pub countries: Option<Vec<CountryCode>>,
    /// Codes of regional groups.
    pub regions: Option<Vec<String>>,
    /// Codes of themes.
    pub themes: Option<Vec<String>>,
    /// Codes of capacities.
    pub capacities: Option<Vec<String>>,
    /// Codes of types of their mechanism.
    pub mechanism_types: Option<Vec<String>>,
    /// Codes of United Nations mechanisms.
    pub un_mechanisms: Option<Vec<String>>,
    /// Goals, 1 to 17.
    pub sdg_goals: Option<Vec<i32>>,
    /// Codes of groups of persons.
    pub affected_groups: Option<Vec<String>>,
    /// With a title in one of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// Under way in these years: `startYear` to `endYear` (or no end) touches them.
    pub years: Option<YearRange>,
    /// EntityIds of origins.
    pub origins: Option<Vec<String>>,
    /// True: compiled; false: said by the State itself.
    pub compiled: Option<bool>,
    /// Audience.
    pub audience: Option<Audience>,
    /// Signed at or after; for following changes use `changes`.
    pub updated_since: Option<DateTime>,
    /// Also records of members that are not active.
    #[graphql(default_with = "Some(false)")]
    pub include_suspended: Option<bool>,
    /// Without those that this matches; once, not nested.
    pub not: Option<Box<PracticeFilter>>,
}

impl Filtered for PracticeFilter {
    fn narrow(self, filter: Filter) -> Filter {
        let goals = self.sdg_goals.into_iter().flatten().map(|goal| goal.to_string());
        let filter = filter
            .any(Dimension::Country, codes(self.countries))
            .any(Dimension::Region, texts(self.regions))
            .any(Dimension::Theme, texts(self.themes))
            .any(Dimension::Capacity, texts(self.capacities))
            .any(Dimension::MechanismType, texts(self.mechanism_types))
            .any(Dimension::UnMechanism, texts(self.un_mechanisms))
            .any(Dimension::SdgGoal, goals)
            .any(Dimension::AffectedGroup, texts(self.affected_groups))
            .any(Dimension::Language, tags(self.languages));
        let filter = within(filter, self.years);
        let filter = said_by(filter, self.compiled);
        let filter = match self.audience {
            Some(audience) => filter.audience(record::Audience::from(audience)),
            None => filter,
        };
        let common = Common {
            origins: self.origins,
            updated_since: self.updated_since,
            include_suspended: self.include_suspended,
        };
        let filter = common.narrow(filter);
        match self.not {
            Some(not) => filter.not(not.narrow(Filter::of(Kind::Practice))),
            None => filter,
        }
    }
}

fn within(filter: Filter, years: Option<YearRange>) -> Filter {
    match years {
        Some(years) => filter.years(years.from, years.to),
        None => filter,
    }
}

fn said_by(filter: Filter, compiled: Option<bool>) -> Filter {
    match compiled {
        Some(compiled) => filter.compiled(compiled),
        None => filter,
    }
}

/// Years, both inclusive; either may be absent.
#[derive(InputObject, Debug, Clone, Copy)]
pub struct YearRange {
    /// First.
    pub from: Option<i32>,
    /// Last.
    pub to: Option<i32>,
}

/// Days, both inclusive; either may be absent.
#[derive(InputObject, Debug, Clone, Copy)]
pub struct DateRange {
    /// First.
    pub from: Option<Date>,
    /// Last.
    pub to: Option<Date>,
}

/// Which mechanisms.
#[derive(InputObject, Debug)]
pub struct MechanismFilter {
    /// Countries.
    pub countries: Option<Vec<CountryCode>>,
    /// Codes of regional groups.
    pub regions: Option<Vec<String>>,
    /// Codes of types.
    pub types: Option<Vec<String>>,
    /// Codes of capacities.
    pub capacities: Option<Vec<String>>,
    /// Standing or ad hoc.
    pub standing: Option<bool>,
    /// With a name in one of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// EntityIds of origins.
    pub origins: Option<Vec<String>>,
    /// Compiled or said by the State.
    pub compiled: Option<bool>,
    /// Signed at or after.
    pub updated_since: Option<DateTime>,
    /// Also of members that are not active.
    #[graphql(default_with = "Some(false)")]
    pub include_suspended: Option<bool>,
}

impl Filtered for MechanismFilter {
    fn narrow(self, filter: Filter) -> Filter {
        let filter = filter
            .any(Dimension::Country, codes(self.countries))
            .any(Dimension::Region, texts(self.regions))
            .any(Dimension::Type, texts(self.types))
            .any(Dimension::Capacity, texts(self.capacities))
            .any(Dimension::Language, tags(self.languages));
        let filter = match self.standing {
            Some(standing) => filter.standing(standing),
            None => filter,
        };
        let common = Common {
            origins: self.origins,
            updated_since: self.updated_since,
            include_suspended: self.include_suspended,
        };
        common.narrow(said_by(filter, self.compiled))
    }
}

/// Which documents.
#[derive(InputObject, Debug)]
pub struct DocumentFilter {
    /// Countries they are about.
    pub countries: Option<Vec<CountryCode>>,
    /// Codes of types.
    pub types: Option<Vec<String>>,
    /// Codes of themes.
    pub themes: Option<Vec<String>>,
    /// Existing in one of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// Symbol, whole or its beginning.
    pub symbol: Option<String>,
    /// Dated in these years.
    pub years: Option<YearRange>,
    /// EntityIds of origins.
    pub origins: Option<Vec<String>>,
    /// Signed at or after.
    pub updated_since: Option<DateTime>,
    /// Also of members that are not active.
    #[graphql(default_with = "Some(false)")]
    pub include_suspended: Option<bool>,
}

impl Filtered for DocumentFilter {
    fn narrow(self, filter: Filter) -> Filter {
        let filter = filter
            .any(Dimension::Country, codes(self.countries))
            .any(Dimension::Type, texts(self.types))
            .any(Dimension::Theme, texts(self.themes))
            .any(Dimension::Language, tags(self.languages))
            .symbol(self.symbol.as_deref().unwrap_or_default());
        let common = Common {
            origins: self.origins,
            updated_since: self.updated_since,
            include_suspended: self.include_suspended,
        };
        common.narrow(within(filter, self.years))
    }
}

/// Which events.
#[derive(InputObject, Debug)]
pub struct EventFilter {
    /// Countries they take place in.
    pub countries: Option<Vec<CountryCode>>,
    /// Codes of types.
    pub types: Option<Vec<String>>,
    /// Modes.
    pub modes: Option<Vec<EventMode>>,
    /// Taking place in these days; a month or year counts whole.
    pub dates: Option<DateRange>,
    /// EntityIds of origins.
    pub origins: Option<Vec<String>>,
    /// Signed at or after.
    pub updated_since: Option<DateTime>,
    /// Also of members that are not active.
    #[graphql(default_with = "Some(false)")]
    pub include_suspended: Option<bool>,
}

impl Filtered for EventFilter {
    fn narrow(self, filter: Filter) -> Filter {
        let modes = self.modes.into_iter().flatten().map(|mode| record::EventMode::from(mode).as_str());
        let filter = filter
            .any(Dimension::Country, codes(self.countries))
            .any(Dimension::Type, texts(self.types))
            .any(Dimension::Mode, modes);
        let filter = match self.dates {
            Some(days) => filter.days(days.from.map(|day| day.0), days.to.map(|day| day.0)),
            None => filter,
        };
        let common = Common {
            origins: self.origins,
            updated_since: self.updated_since,
            include_suspended: self.include_suspended,
        };
        common.narrow(filter)
    }
}

/// Which members; role and status on the day of `asOf`.
#[derive(InputObject, Debug)]
pub struct MemberFilter {
    /// Countries.
    pub countries: Option<Vec<CountryCode>>,
    /// Codes of regional groups.
    pub regions: Option<Vec<String>>,
    /// Roles.
    pub roles: Option<Vec<MemberRole>>,
    /// Statuses; default: active and suspended.
    pub statuses: Option<Vec<MemberStatus>>,
    /// With or without an instance.
    pub has_instance: Option<bool>,
}

impl Filtered for MemberFilter {
    fn narrow(self, filter: Filter) -> Filter {
        let roles = self.roles.into_iter().flatten().map(|role| record::MemberRole::from(role).as_str());
        let statuses = self.statuses.into_iter().flatten().map(|status| record::MemberStatus::from(status).as_str());
        let filter = filter
            .any(Dimension::Country, codes(self.countries))
            .any(Dimension::Region, texts(self.regions))
            .any(Dimension::Role, roles)
            .any(Dimension::Status, statuses);
        match self.has_instance {
            Some(has) => filter.has_instance(has),
            None => filter,
        }
    }
}
