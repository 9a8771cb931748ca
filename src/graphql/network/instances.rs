//! The list of instances: this one first, then by country and name, as the network keeps it.

use async_graphql::{InputObject, Object};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::catalog;
use crate::graphql::lists::{PageInfo, Paging, int};
use crate::graphql::reading::Reading;
use crate::graphql::scalars::CountryCode;

use super::{Instance, SyncState};

/// Which instances.
#[derive(InputObject, Debug, Default)]
pub struct InstanceFilter {
    /// States of our copies.
    pub states: Option<Vec<SyncState>>,
    /// Countries.
    pub countries: Option<Vec<CountryCode>>,
}

impl InstanceFilter {
    fn matches(&self, instance: &Instance<'_>, known: &catalog::Instance) -> bool {
        let states = self.states.as_deref().unwrap_or_default();
        let countries = self.countries.as_deref().unwrap_or_default();
        (countries.is_empty() || known.country.is_some_and(|code| countries.contains(&CountryCode(code))))
            && (states.is_empty() || states.contains(&instance.state()))
    }
}

/// Place of an instance in the list, also when it is not there any more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct InstanceCursor {
    is_other: bool,
    country: String,
    name: String,
    entity_id: String,
}

/// Marks cursors of this list; those of records begin with other bytes.
const MARK: char = 'I';
/// Stands in no country and no entityId.
const BETWEEN: char = '\u{1f}';
const LONGEST: usize = 8192;

impl InstanceCursor {
    fn of(instance: &catalog::Instance) -> Self {
        Self {
            is_other: !instance.is_self,
            country: instance.country.map_or_else(String::new, |code| code.to_string()),
            name: instance.name.to_string(),
            entity_id: instance.entity_id.to_string(),
        }
    }

    fn encode(&self) -> String {
        let is_other = if self.is_other { "1" } else { "0" };
        let parts = [is_other, &self.country, &self.name, &self.entity_id];
        URL_SAFE_NO_PAD.encode(format!("{MARK}{}", parts.join(&BETWEEN.to_string())))
    }

    /// Reads a cursor of this list.
    pub(crate) fn decode(cursor: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(Some(cursor).filter(|cursor| cursor.len() <= LONGEST)?).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (is_other, rest) = text.strip_prefix(MARK)?.split_once(BETWEEN)?;
        let (country, rest) = rest.split_once(BETWEEN)?;
        let (name, entity_id) = rest.rsplit_once(BETWEEN)?;
        let is_other = match is_other {
            "0" => false,
            "1" => true,
            _ => return None,
        };
        Some(Self { is_other, country: country.to_owned(), name: name.to_owned(), entity_id: entity_id.to_owned() })
    }

    fn key(&self) -> (bool, &str, &str, &str) {
        (self.is_other, &self.country, &self.name, &self.entity_id)
    }

    /// How many of the list come before this place, and how many up to it.
    fn place(&self, instances: &[&catalog::Instance]) -> (usize, usize) {
        match instances.iter().position(|instance| *instance.entity_id == *self.entity_id) {
            Some(place) => (place, place + 1),
            None => {
                let before = |instance: &&&catalog::Instance| Self::of(instance).key() < self.key();
                let place = instances.iter().filter(before).count();
                (place, place)
            }
        }
    }
}

/// A page of the instances that a filter finds.
pub(crate) fn list<'a>(reading: &'a Reading, filter: Option<InstanceFilter>, paging: Paging) -> InstanceConnection<'a> {
    let filter = filter.unwrap_or_default();
    let all = reading.snapshot.network().instances.iter();
    let found: Vec<_> = all.filter(|known| filter.matches(&Instance::known(reading, known), known)).collect();
    let window = paging.window(reading);
    let place = |cursor: Option<&str>| cursor.and_then(InstanceCursor::decode).map(|cursor| cursor.place(&found));
    let mut start = place(window.after).map_or(0, |(_, after)| after);
    let mut end = place(window.before).map_or(found.len(), |(before, _)| before).max(start);
    if let Some(first) = window.first {
        end = end.min(start + first);
    }
    if let Some(last) = window.last {
        start = start.max(end.saturating_sub(last));
    }
    let total = found.len();
    let page = found.get(start..end).unwrap_or_default().to_vec();
    InstanceConnection { reading, page, total, has_previous: start > 0, has_next: end < total }
}

/// A page of instances.
pub struct InstanceConnection<'a> {
    reading: &'a Reading,
    page: Vec<&'a catalog::Instance>,
    total: usize,
    has_previous: bool,
    has_next: bool,
}

/// A page of a list of Instance.
#[Object(serial)]
impl<'a> InstanceConnection<'a> {
    /// The items with their cursors.
    async fn edges(&self) -> Vec<InstanceEdge<'a>> {
        self.page.iter().map(|known| InstanceEdge { reading: self.reading, known }).collect()
    }

    /// The items alone.
    async fn nodes(&self) -> Vec<Instance<'a>> {
        self.page.iter().map(|known| Instance::known(self.reading, known)).collect()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> PageInfo {
        let cursor = |known: Option<&&catalog::Instance>| known.map(|known| InstanceCursor::of(known).encode());
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: cursor(self.page.first()),
            end_cursor: cursor(self.page.last()),
        }
    }

    /// Items in the whole filtered list; counted only when asked for.
    async fn total_count(&self) -> i32 {
        int(self.total as u64)
    }
}

/// An instance in a list.
pub struct InstanceEdge<'a> {
    reading: &'a Reading,
    known: &'a catalog::Instance,
}

/// An item of a list of Instance.
#[Object(serial)]
impl<'a> InstanceEdge<'a> {
    /// Place in the list: opaque, valid for this list with this order, on this instance, also after later changes.
    async fn cursor(&self) -> String {
        InstanceCursor::of(self.known).encode()
    }

    /// The item.
    async fn node(&self) -> Instance<'a> {
        Instance::known(self.reading, self.known)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_gives_its_place_back() {
        for name in ["Portugal's hub", "with \u{1f} in it", ""] {
            let (country, name) = ("PT".to_owned(), name.to_owned());
            let cursor = InstanceCursor { is_other: true, country, name, entity_id: "https://pt.example".to_owned() };
            assert_eq!(InstanceCursor::decode(&cursor.encode()).unwrap(), cursor);
        }
    }

    #[test]
    fn another_text_is_no_cursor_of_this_list() {
        for text in ["", "I", "!", "AQPs", "STIfUFQfbmFtZR9pZA"] {
            assert_eq!(InstanceCursor::decode(text), None, "{text}");
        }
    }
}
