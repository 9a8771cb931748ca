//! What a change to a draft or record gives back.

use async_graphql::{Object, SimpleObject};

use super::Draft;
use crate::editorial;
use crate::graphql::interfaces::Record;
use crate::graphql::user_error::UserError;

/// What became of a change.
#[derive(Default)]
pub struct RecordPayload<'a> {
    pub(super) draft: Option<Draft>,
    pub(super) record: Option<Record<'a>>,
    pub(super) current_revision: Option<u32>,
    pub(super) differences: Vec<Difference>,
    pub(super) user_errors: Vec<UserError>,
}

impl RecordPayload<'_> {
    pub(super) fn refused(user_errors: Vec<UserError>) -> Self {
        Self { user_errors, ..Self::default() }
    }
}

/// Outcome of a change to a draft or record.
#[Object(serial)]
impl<'a> RecordPayload<'a> {
    /// The draft; null once published or discarded.
    async fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }

    /// The published record; null while there is none.
    async fn record(&self) -> Option<&Record<'a>> {
        self.record.as_ref()
    }

    /// With CONFLICT: the present revision, to be sent as `expectedRevision`.
    async fn current_revision(&self) -> Option<u32> {
        self.current_revision
    }

    /// With CONFLICT: what differs.
    async fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Empty when done.
    async fn user_errors(&self) -> &[UserError] {
        &self.user_errors
    }
}

/// Two versions of one field.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub struct Difference {
    /// Path in the body.
    pub field: String,
    /// Stored meanwhile, JSON; null when absent.
    pub theirs: Option<String>,
    /// Sent now, JSON; null when absent.
    pub yours: Option<String>,
}

impl From<editorial::Difference> for Difference {
    fn from(found: editorial::Difference) -> Self {
        let text = |value: Option<serde_json::Value>| value.map(|value| value.to_string());
        Self { field: found.field, theirs: text(found.theirs), yours: text(found.yours) }
    }
}
