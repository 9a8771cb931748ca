//! What an address asks of a list: one table of query names for pages, exports and feeds (surface.md, HTTP). [`Address`] is
//! read from the part behind `?`, strictly, and printed again in one form, so that a page, its feed and its downloads are
//! the same address with another path.
//! ```ignore
//! let address = Address::parse(Kind::Practice, "theme=consultation&country=MA,PT&sort=-year")?;
//! address.filter(today);                                   // catalog::Filter, as GraphQL makes it
//! address.to_string();                                     // "theme=consultation&country=MA&country=PT&sort=-year"
//! address.without(Name::Country, "MA").to_string();        // for a chip
//! address.records(&snapshot, reader, looking)?;            // what it finds, in its order
//! ```

mod find;
mod name;
mod order;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;

use jiff::civil::Date;
use url::form_urlencoded;

pub use find::{Looking, NotReady};
pub use name::Name;
pub use order::Sort;

use crate::{
    catalog::{Dimension, Filter},
    record::{Audience, Kind},
    search::LONGEST_QUESTION,
};

/// Most values of an address, all names together.
const MOST_VALUES: usize = 100;

/// Values of names that a path takes besides those of the table.
pub type OfPath = Vec<(&'static str, String)>;

/// What is wrong with an address: which name, and one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct Refused {
    /// The query name as it was sent, at most 60 characters of it.
    pub name: String,
    /// What is wrong and what is taken.
    pub reason: String,
}

impl Refused {
    /// Of this name.
    pub fn new(name: &str, reason: impl Into<String>) -> Self {
        let name = name.chars().take(60).filter(|character| !character.is_control()).collect();
        Self { name, reason: reason.into() }
    }
}

/// A list of one kind, as an address asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    kind: Kind,
    question: Option<Box<str>>,
    values: Vec<(Name, Box<str>)>,
    sort: Option<Sort>,
    page: u32,
}

impl Address {
    /// Everything of a kind.
    pub fn of(kind: Kind) -> Self {
        Self { kind, question: None, values: Vec::new(), sort: None, page: 1 }
    }

    /// Reads the part of an address behind `?`. A name may be repeated, and the values of a list may stand together with
    /// commas between them; an empty value counts as not given, as forms send it.
    ///
    /// # Errors
    /// A name that no list of this kind has, with the nearest that it has; a value that the name cannot have.
    pub fn parse(kind: Kind, query: &str) -> Result<Self, Refused> {
        Self::parse_with(kind, query, &[]).map(|(address, _)| address)
    }

    /// The same where the path takes further names of its own: they are given back as they stand.
    pub fn parse_with(kind: Kind, query: &str, own: &[&'static str]) -> Result<(Self, OfPath), Refused> {
        let (mut address, mut others) = (Self::of(kind), Vec::new());
        for (count, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
            let value = value.trim();
            if count >= MOST_VALUES {
                return Err(Refused::new(&name, format!("an address has at most {MOST_VALUES} values")));
            }
            if let Some(own) = own.iter().find(|own| **own == name) {
                others.push((*own, value.to_owned()));
            } else if !value.is_empty() {
                address.take(&name, value, own)?;
            } else {
                Name::find(&name, kind, own)?;
            }
        }
        Ok((address, others))
    }

    fn take(&mut self, name: &str, value: &str, own: &[&'static str]) -> Result<(), Refused> {
        let name = Name::find(name, self.kind, own)?;
        match name {
            Name::Q => self.question = Some(question(value)?),
            Name::Sort => self.sort = Some(Sort::parse(self.kind, value)?),
            Name::Page => {
                let page = value.parse().ok().filter(|page| (1..=100_000).contains(page));
                self.page = page.ok_or_else(|| Refused::new(name.as_str(), "is a number from 1"))?;
            }
            _ => {
                let parts = if name.is_list() { value.split(',').collect() } else { vec![value] };
                for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
                    let part = value::check(name, self.kind, part)?;
                    self.set(name, part);
                }
                if self.values.len() > MOST_VALUES {
                    return Err(Refused::new(name.as_str(), format!("an address has at most {MOST_VALUES} values")));
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, name: Name, value: Box<str>) {
        if !name.is_list() {
            self.values.retain(|(other, _)| *other != name);
        }
        if !self.values.contains(&(name, value.clone())) {
            self.values.push((name, value));
        }
    }

    /// Kind of the list.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The words that are looked for.
    pub fn question(&self) -> Option<&str> {
        self.question.as_deref()
    }

    /// The values of a name, in the order in which they were given.
    pub fn values(&self, name: Name) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(other, _)| *other == name).map(|(_, value)| &**value)
    }

    /// The order that was asked for.
    pub fn sort(&self) -> Option<Sort> {
        self.sort
    }

    /// Number of the page, from 1. Exports give all pages, feeds have a cursor of their own.
    pub fn page(&self) -> u32 {
        self.page
    }

    /// The same on another page.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = page.max(1);
        self
    }

    /// The same with one value more, on its first page.
    ///
    /// # Errors
    /// A value that the name cannot have.
    pub fn with(mut self, name: Name, value: &str) -> Result<Self, Refused> {
        self.page = 1;
        self.take(name.as_str(), value, &[])?;
        Ok(self)
    }

    /// The same without this value, on its first page.
    #[must_use]
    pub fn without(mut self, name: Name, value: &str) -> Self {
        self.page = 1;
        match name {
            Name::Q => self.question = None,
            Name::Sort => self.sort = None,
            _ => self.values.retain(|(other, held)| *other != name || **held != *value),
        }
        self
    }

    /// Whether it leaves nothing out.
    pub fn is_everything(&self) -> bool {
        self.question.is_none() && self.values.is_empty()
    }

    /// The filter, as the same filter in GraphQL makes it. `today`: the day on which roles and statuses of members are
    /// looked at where the address names none.
    pub fn filter(&self, today: Date) -> Filter {
        let mut filter = Filter::of(self.kind);
        for name in Name::ALL {
            let Some(dimension) = name.dimension(self.kind) else { continue };
            filter = filter.any(dimension, self.values(name));
        }
        let one = |name: Name| self.values(name).next();
        if let Some(symbol) = one(Name::Symbol) {
            filter = filter.symbol(symbol);
        }
        if let Some(audience) = one(Name::Audience).and_then(Audience::parse) {
            filter = filter.audience(audience);
        }
        if let Some(since) = one(Name::UpdatedSince).and_then(value::seconds) {
            filter = filter.updated_since(since);
        }
        filter = filter.include_suspended(one(Name::IncludeSuspended) == Some("true"));
        let (from, to) = (one(Name::From), one(Name::To));
        filter = match self.kind {
            Kind::Event => filter.days(from.and_then(value::first_day), to.and_then(value::last_day)),
            _ => filter.years(from.and_then(value::year), to.and_then(value::year)),
        };
        match self.kind {
            Kind::Member => filter.as_of(one(Name::AsOf).and_then(value::first_day).unwrap_or(today)),
            _ => filter,
        }
    }
}

fn question(text: &str) -> Result<Box<str>, Refused> {
    match text.chars().count() <= LONGEST_QUESTION {
        true => Ok(text.into()),
        false => Err(Refused::new("q", format!("is longer than {LONGEST_QUESTION} characters"))),
    }
}

/// The part behind `?`, in one form: names in the order of the table, a name once for each value.
impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in Name::ALL {
            match name {
                Name::Q => {
                    query.extend_pairs(self.question.iter().map(|question| ("q", question)));
                }
                Name::Sort => {
                    query.extend_pairs(self.sort.iter().map(|sort| ("sort", sort.text(self.kind))));
                }
                Name::Page if self.page > 1 => {
                    query.append_pair("page", &self.page.to_string());
                }
                Name::Page => {}
                _ => {
                    query.extend_pairs(self.values(name).map(|value| (name.as_str(), value)));
                }
            }
        }
        formatter.write_str(&query.finish())
    }
}

/// Whether a name narrows by a dimension of the catalogue; the pages make a facet of each.
impl Name {
    /// The dimension of this name in lists of a kind.
    pub fn dimension(self, kind: Kind) -> Option<Dimension> {
        if !self.is_of(kind) {
            return None;
        }
        Some(match self {
            Name::Theme => Dimension::Theme,
            Name::Capacity => Dimension::Capacity,
            Name::Region => Dimension::Region,
            Name::Country => Dimension::Country,
            Name::Type if kind == Kind::Practice => Dimension::MechanismType,
            Name::Type => Dimension::Type,
            Name::Mechanism => Dimension::UnMechanism,
            Name::Goal => Dimension::SdgGoal,
            Name::Group => Dimension::AffectedGroup,
            Name::Language => Dimension::Language,
            Name::Origin => Dimension::Origin,
            Name::Compiled => Dimension::Compiled,
            Name::Standing => Dimension::Standing,
            Name::Mode => Dimension::Mode,
            Name::Role => Dimension::Role,
            Name::Status => Dimension::Status,
            _ => return None,
        })
    }
}
