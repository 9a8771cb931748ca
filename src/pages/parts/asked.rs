//! The record that a page is asked for: shown, moved to what takes its place, gone, or not shown for now.

use std::sync::Arc;

use super::{
    super::visit::{Refusal, Visit},
    entry,
};
use crate::{
    catalog::Published,
    record::{Kind, RecordKey},
};

/// How many times what takes the place of a record may itself have been replaced.
const MOST_STEPS: usize = 8;

/// The record that the path names as `{id}`, for a page of this kind; of none for all kinds.
///
/// # Errors
/// There is none, or not for this reader; it stands on the page of another kind; it was withdrawn; it is not shown.
pub(in crate::pages) fn record(visit: &Visit, kind: Option<Kind>) -> Result<&Arc<Published>, Refusal> {
    let (key, viewer) = (visit.key()?, visit.viewer());
    let elsewhere = |record: &Published| Refusal::Elsewhere(visit.path(&entry::path(record)));
    if let Some(record) = visit.snapshot.record(key, viewer) {
        return if kind.is_none_or(|kind| kind == record.kind) { Ok(record) } else { Err(elsewhere(record)) };
    }
    if visit.snapshot.withdrawn(key, viewer).is_some() {
        return Err(successor(visit, key).map_or(Refusal::Gone(key), |record| elsewhere(record)));
    }
    // What breaks a rule is nowhere; what only a stolen key vouches for comes back.
    let journal = visit.snapshot.hidden_in(key, viewer).filter(|journal| journal.compromised);
    Err(journal.map_or(Refusal::NotFound, |journal| Refusal::Withheld(journal.origin.clone())))
}

/// The shown record at the end of what took the place of a withdrawn one.
fn successor(visit: &Visit, withdrawn: RecordKey) -> Option<&Arc<Published>> {
    let mut key = withdrawn;
    for _ in 0..MOST_STEPS {
        key = visit.snapshot.withdrawn(key, visit.viewer())?.withdrawal.superseded_by?;
        if let Some(record) = visit.snapshot.record(key, visit.viewer()) {
            return Some(record);
        }
    }
    None
}
