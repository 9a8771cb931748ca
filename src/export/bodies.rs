//! The bodies of records as they were signed, read from the store some at a time: members that this version does not know
//! are among them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};
use thiserror::Error;

use crate::catalog::Published;
use crate::hub::Hub;
use crate::journal::read;
use crate::journal::revision::{Act, Place, Revision};
use crate::store::StoreError;

/// Records read at once: at most 25 MiB of signed texts, mostly some hundred KiB.
pub(super) const CHUNK: usize = 100;
/// Superseded revisions of others' records that are kept (journal/history).
const KEPT: u64 = 20;

/// Why something could not be written out.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The caller was too slow.
    #[error("the download took too long")]
    TooSlow,
    /// More than a workbook is made of.
    #[error("this is too much for a workbook: {0}. Narrow it, or take it as CSV or JSON Lines")]
    TooLarge(String),
    /// The library that writes workbooks, or the disk that it needs meanwhile.
    #[error("the workbook cannot be made: {0}")]
    Workbook(String),
    /// A fault of this program.
    #[error("this could not be written out: {0}")]
    Failed(String),
}

/// A record and its body.
pub(super) type Row = (Arc<Published>, Map<String, Value>);

/// The bodies of these records, in their order; what was withdrawn a moment ago is left out.
pub(super) async fn bodies(hub: &Hub, records: &[Arc<Published>]) -> Result<Vec<Row>, ExportError> {
    let mut by_journal: BTreeMap<u32, Vec<[u8; 32]>> = BTreeMap::new();
    for record in records {
        by_journal.entry(record.revision.journal).or_default().push(record.revision.digest);
    }
    let mut signed: HashMap<(u32, [u8; 32]), String> = HashMap::new();
    for (journal, digests) in by_journal {
        let found = read::revisions(hub.store(), journal.cast_signed(), &digests).await?;
        signed.extend(found.into_iter().map(|(digest, jws)| ((journal, digest), jws)));
    }
    let mut texts = Vec::with_capacity(records.len());
    for record in records {
        let jws = match signed.remove(&(record.revision.journal, record.revision.digest)) {
            Some(jws) => Some(jws),
            None => superseded(hub, record).await?,
        };
        texts.extend(jws.map(|jws| (record.clone(), jws)));
    }
    let decode =
        move || texts.into_iter().filter_map(|(record, jws)| Some((record.clone(), body(&record, &jws)?))).collect();
    tokio::task::spawn_blocking(decode).await.map_err(|fault| ExportError::Failed(fault.to_string()))
}

/// The revision of the snapshot, when a newer one has come since: the whole answer is of one moment.
async fn superseded(hub: &Hub, record: &Published) -> Result<Option<String>, StoreError> {
    let journal = record.revision.journal.cast_signed();
    let seen = read::seen(hub.store(), journal, &record.sub.name(), KEPT, true).await?;
    Ok(seen.into_iter().find(|seen| seen.number == record.revision.number).and_then(|seen| seen.jws))
}

fn body(record: &Published, jws: &str) -> Option<Map<String, Value>> {
    let name = record.sub.name();
    let place = Place { origin: &record.origin, audience: record.audience, name: &name };
    match Revision::unverified(jws, place).ok()?.act {
        Act::Put { body: Value::Object(body) } => Some(body),
        _ => None,
    }
}
