//! Records that their origin withdrew.

use async_graphql::Object;

use crate::catalog::Withdrawn;
use crate::graphql::interfaces::Record;
use crate::graphql::network::Instance;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::{DateTime, RecordId};

use super::RecordKind;

/// A withdrawn record and where it is read.
#[derive(Clone, Copy)]
pub struct WithdrawnRecord<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) withdrawn: &'a Withdrawn,
}

/// What is left of a record that its origin withdrew.
#[Object(serial)]
impl<'a> WithdrawnRecord<'a> {
    /// Global id, as before.
    async fn id(&self) -> RecordId {
        RecordId(self.withdrawn.key)
    }

    /// Kind of record.
    async fn kind(&self) -> RecordKind {
        self.withdrawn.kind.into()
    }

    /// Who withdrew it.
    async fn origin(&self) -> Instance<'a> {
        Instance::of(self.reading, &self.withdrawn.origin)
    }

    /// When.
    async fn withdrawn_at(&self) -> DateTime {
        DateTime::of_seconds(self.withdrawn.withdrawal.withdrawn_at)
    }

    /// What takes its place, if it is shown here.
    async fn superseded_by(&self) -> Option<Record<'a>> {
        let key = self.withdrawn.withdrawal.superseded_by?;
        let record = self.reading.snapshot.record(key, self.reading.viewer())?;
        Record::of(record, self.reading.moment())
    }
}
