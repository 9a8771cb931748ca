//! The last change of each record, to harvest with.

use async_graphql::{Enum, InputObject, Object};

use crate::catalog::{self, ChangePage, ChangedRecord};

use super::interfaces::Record;
use super::lists::{PageInfo, Paging};
use super::reading::Reading;
use super::records::{RecordKind, WithdrawnRecord};
use super::scalars::{CountryCode, DateTime, RecordId};

/// Which changes. A record whose new revision is not among `countries` and `themes` is told as HIDDEN, without `record`.
#[derive(InputObject, Debug, Default)]
pub struct ChangeFilter {
    /// Kinds.
    pub kinds: Option<Vec<RecordKind>>,
    /// Countries the records are about.
    pub countries: Option<Vec<CountryCode>>,
    /// Codes of themes.
    pub themes: Option<Vec<String>>,
    /// EntityIds of origins.
    pub origins: Option<Vec<String>>,
}

impl From<ChangeFilter> for catalog::ChangeFilter {
    fn from(filter: ChangeFilter) -> Self {
        let texts = |texts: Option<Vec<String>>| texts.into_iter().flatten().map(String::into_boxed_str).collect();
        Self {
            kinds: filter.kinds.into_iter().flatten().map(Into::into).collect(),
            countries: filter.countries.into_iter().flatten().map(|code| code.0).collect(),
            themes: texts(filter.themes),
            origins: texts(filter.origins),
        }
    }
}

/// A page of changes.
pub struct RecordChangeConnection<'a> {
    reading: &'a Reading,
    page: ChangePage<'a>,
}

impl<'a> RecordChangeConnection<'a> {
    /// The guard has refused cursors that are not known here; one that comes here all the same finds nothing.
    pub(super) fn of(reading: &'a Reading, filter: Option<ChangeFilter>, paging: Paging) -> Self {
        let filter = filter.unwrap_or_default().into();
        let page = reading.snapshot.changes(&filter, paging.window(reading), reading.viewer());
        Self { reading, page: page.unwrap_or_default() }
    }

    /// The records that are shown, for what is read from the store.
    pub(super) fn records(&self) -> Vec<&'a std::sync::Arc<catalog::Published>> {
        self.page.items.iter().filter_map(|change| change.record).collect()
    }
}

/// A page of changes, oldest first.
#[Object(serial)]
impl<'a> RecordChangeConnection<'a> {
    /// Changes with cursors.
    async fn edges(&self) -> Vec<RecordChangeEdge<'_>> {
        self.page.items.iter().map(|change| RecordChangeEdge { reading: self.reading, change }).collect()
    }

    /// The changes alone.
    async fn nodes(&self) -> Vec<RecordChange<'_>> {
        self.page.items.iter().map(|change| RecordChange { reading: self.reading, change }).collect()
    }

    /// Where the page stands.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.page.has_next,
            has_previous_page: self.page.has_previous,
            start_cursor: self.page.start.clone(),
            end_cursor: self.page.end.clone(),
        }
    }
}

/// A change in a list.
#[derive(Clone, Copy)]
pub struct RecordChangeEdge<'a> {
    reading: &'a Reading,
    change: &'a ChangedRecord<'a>,
}

/// A change with its cursor.
#[Object(serial)]
impl<'a> RecordChangeEdge<'a> {
    /// Same as `node.cursor`.
    async fn cursor(&self) -> &'a str {
        &self.change.cursor
    }

    /// The change.
    async fn node(&self) -> RecordChange<'a> {
        RecordChange { reading: self.reading, change: self.change }
    }
}

/// The last change of a record.
#[derive(Clone, Copy)]
pub struct RecordChange<'a> {
    pub(super) reading: &'a Reading,
    pub(super) change: &'a ChangedRecord<'a>,
}

/// A change that this instance has seen.
#[Object(serial)]
impl<'a> RecordChange<'a> {
    /// Place in this instance's sequence of changes; give it as `since` or `after` to go on from here.
    async fn cursor(&self) -> &'a str {
        &self.change.cursor
    }

    /// What happened.
    #[graphql(name = "type")]
    async fn change_type(&self) -> ChangeType {
        self.change.change_type.into()
    }

    /// Id of the record.
    async fn record_id(&self) -> RecordId {
        RecordId(self.change.key)
    }

    /// Kind of record.
    async fn kind(&self) -> RecordKind {
        self.change.kind.into()
    }

    /// The record as it is now; null when it is not shown any more, or has left the filter.
    async fn record(&self) -> Option<Record<'a>> {
        Record::of(self.change.record?, self.reading.moment())
    }

    /// What is left, when it was withdrawn.
    async fn withdrawn(&self) -> Option<WithdrawnRecord<'a>> {
        Some(WithdrawnRecord { reading: self.reading, withdrawn: self.change.withdrawn? })
    }

    /// When this instance took the change.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.change.change.at)
    }
}

/// What happened to a record.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "catalog::ChangeType")]
pub enum ChangeType {
    /// It was not shown before.
    Added,
    /// It has a new revision.
    Updated,
    /// Its origin withdrew it.
    Withdrawn,
    /// It is not shown any more for another reason (suspension, a key, the register), or a new revision is not among the
    /// `countries` and `themes` of the filter and an earlier one may have been.
    Hidden,
}
