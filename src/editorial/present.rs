//! What this instance has published of a record, read from its own journals.

use serde_json::{Map, Value};

use crate::{
    journal::{
        read,
        revision::{Act, Place, Revision},
    },
    record::{Audience, Sub},
    store::{Store, StoreError},
};

/// The present revision of an own record.
pub(super) struct Present {
    pub(super) audience: Audience,
    pub(super) number: u32,
    /// None for one that was withdrawn.
    pub(super) body: Option<Map<String, Value>>,
}

/// None where nothing of that name was ever published.
pub(super) async fn present(store: &Store, own: &str, sub: &Sub) -> Result<Option<Present>, StoreError> {
    let name = sub.name();
    for audience in Audience::ALL {
        let Some(row) = read::journal(store.read(), own, audience).await? else { continue };
        let Some(jws) = read::latest(store, row.id, &name).await? else { continue };
        // Our own words, verified when they were stored.
        let Ok(revision) = Revision::unverified(&jws, Place { origin: own, audience, name: &name }) else { continue };
        let body = match revision.act {
            Act::Put { body: Value::Object(body) } => Some(body),
            Act::Put { .. } | Act::Withdraw { .. } => None,
        };
        return Ok(Some(Present { audience, number: revision.number, body }));
    }
    Ok(None)
}
