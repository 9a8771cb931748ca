//! What a reader has chosen to count: the address of a list of practices. Figures of other kinds follow what they share
//! with it.

use std::sync::Arc;

use crate::{
    address::{Address, Name},
    catalog::{Filter, Request, Selection},
    pages::{
        parts::values,
        visit::{Refusal, Visit},
    },
    record::Kind,
    search::Hits,
};

/// What figures of mechanisms and documents follow, too.
const SHARED: [Name; 5] = [Name::Region, Name::Country, Name::Origin, Name::Compiled, Name::IncludeSuspended];

/// The choice, ready to count.
pub(super) struct Choice {
    pub(super) address: Address,
    practices: Filter,
    hits: Option<Arc<Hits>>,
    /// Whether values lead to their records: not within a frame of another page.
    has_links: bool,
}

impl Choice {
    pub(super) fn read(visit: &Visit, query: &str) -> Result<Self, Refusal> {
        let address = Address::parse(Kind::Practice, query)?.on_page(1);
        let hits = address.hits(&visit.snapshot, visit.hub.index().reader().as_deref())?;
        Ok(Self { practices: address.filter(visit.today()), address, hits, has_links: true })
    }

    /// The same within a frame.
    pub(super) fn framed(mut self) -> Self {
        self.has_links = false;
        self
    }

    /// The address of the same choice among records of a kind.
    pub(super) fn among(&self, kind: Kind) -> Address {
        if kind == Kind::Practice {
            return self.address.clone();
        }
        let shared = SHARED.into_iter().flat_map(|name| self.address.values(name).map(move |value| (name, value)));
        // A value that a list of practices takes is one of this name everywhere.
        shared.fold(Address::of(kind), |address, (name, value)| address.clone().with(name, value).unwrap_or(address))
    }

    /// Whether something is chosen that figures of other kinds do not follow.
    pub(super) fn is_of_practices_alone(&self) -> bool {
        let narrows = |name: &Name| !matches!(name, Name::Sort | Name::Page | Name::Q) && !SHARED.contains(name);
        self.address.question().is_some()
            || Name::ALL.iter().filter(|name| narrows(name)).any(|name| self.address.values(*name).next().is_some())
    }

    pub(super) fn filter(&self, visit: &Visit, kind: Kind) -> Filter {
        match kind {
            Kind::Practice => self.practices.clone(),
            _ => self.among(kind).filter(visit.today()),
        }
    }

    /// The records of a filter that this reader may see.
    pub(super) fn select<'s, 'r>(&'r self, visit: &'s Visit, filter: &'r Filter) -> Selection<'s, 'r> {
        let is_searched = filter.kind() == Kind::Practice;
        let within = self.hits.as_ref().filter(|_| is_searched).map(|hits| hits.slots());
        visit.snapshot.select(&Request { filter, viewer: visit.viewer(), within })
    }

    /// The page of the list, narrowed to one value.
    pub(super) fn list(&self, visit: &Visit, kind: Kind, name: Name, value: &str) -> Option<String> {
        if !self.has_links {
            return None;
        }
        let address = self.among(kind);
        let held: Vec<String> = address.values(name).map(str::to_owned).collect();
        let address = held.iter().fold(address, |address, held| address.without(name, held));
        let address = address.with(name, value).ok()?;
        Some(format!("{}?{address}", visit.path(&format!("/{}", kind.plural()))))
    }

    /// What is chosen, in words, each with the address without it.
    pub(super) fn chosen(&self, visit: &Visit) -> Vec<(String, Address)> {
        let question = self.address.question().map(|text| {
            let words = visit.label("figures-words", &[("words", text.into())]);
            (words, self.address.clone().without(Name::Q, text))
        });
        let chosen = Name::ALL.into_iter().flat_map(|name| self.address.values(name).map(move |value| (name, value)));
        let chosen = chosen.map(|(name, value)| (words(visit, name, value), self.address.clone().without(name, value)));
        question.into_iter().chain(chosen).collect()
    }
}

/// `Region: Africa`.
fn words(visit: &Visit, name: Name, value: &str) -> String {
    let (named, said) = (values::name(visit, Kind::Practice, name), values::value(visit, Kind::Practice, name, value));
    visit.label("figures-chosen", &[("name", (&named).into()), ("value", (&said).into())])
}
