//! The record that a page is of: shown, moved to what takes its place, or gone.

use std::sync::Arc;

use super::{
    super::{
        answer::Reply,
        visit::{Refusal, Visit},
    },
    entry,
};
use crate::{
    catalog::Published,
    record::{Kind, RecordKey},
};

/// How many times what takes the place of a record may itself have been replaced.
const MOST_STEPS: usize = 8;

/// What stands at the address of a record.
pub(in crate::pages) enum Shown<'v> {
    Record(&'v Arc<Published>),
    /// 301 to the page of the right kind, or to what takes its place.
    Elsewhere(Reply),
}

/// The record that the path names as `{id}`, for a page of this kind; of none for all kinds.
///
/// # Errors
/// There is none, or not for this reader; it was withdrawn and nothing takes its place.
pub(in crate::pages) fn shown(visit: &Visit, kind: Option<Kind>) -> Result<Shown<'_>, Refusal> {
    let key = visit.key()?;
    if let Some(record) = visit.snapshot.record(key, visit.viewer()) {
        return Ok(match kind.is_none_or(|kind| kind == record.kind) {
            true => Shown::Record(record),
            false => Shown::Elsewhere(Reply::Moved(visit.path(&entry::path(record)))),
        });
    }
    if visit.snapshot.withdrawn(key, visit.viewer()).is_none() {
        return Err(Refusal::NotFound);
    }
    match successor(visit, key) {
        Some(record) => Ok(Shown::Elsewhere(Reply::Moved(visit.path(&entry::path(record))))),
        None => Err(Refusal::Gone(key)),
    }
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
