//! What this instance has published of a record, read from its own journals.

use serde_json::{Map, Value};

use super::{EditorialDesk, OwnRecord};
use crate::{
    journal::{
        read,
        revision::{Act, Place, Revision},
    },
    record::{Audience, Sub},
    store::{Store, StoreError},
};

/// The present revision of an own record.
#[derive(Clone, Debug, PartialEq)]
pub struct Present {
    /// Who may read it.
    pub audience: Audience,
    /// Number of the revision.
    pub number: u32,
    /// As it was signed; none for one that was withdrawn.
    pub body: Option<Map<String, Value>>,
}

/// A revision of an own record.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// From 1.
    pub number: u32,
    /// When it was signed, in seconds.
    pub signed_at: i64,
    /// As it was signed; none for a withdrawal.
    pub body: Option<Map<String, Value>>,
}

impl EditorialDesk<'_> {
    /// What is published of a record, if anything ever was.
    pub async fn published(&self, record: &OwnRecord) -> Result<Option<Present>, StoreError> {
        present(self.store, &self.author.entity_id, record.sub()).await
    }

    /// At most so many revisions of a record, the newest first. They are read whole, up to 256 KiB each.
    pub async fn versions(&self, record: &OwnRecord, most: u64) -> Result<Vec<Version>, StoreError> {
        let (origin, name) = (&self.author.entity_id, record.sub().name());
        for audience in Audience::ALL {
            let Some(row) = read::journal(self.store.read(), origin, audience).await? else { continue };
            let seen = read::seen(self.store, row.id, &name, most, true).await?;
            let place = Place { origin, audience, name: &name };
            let version = |jws: String| {
                let revision = Revision::unverified(&jws, place).ok()?;
                let body = match revision.act {
                    Act::Put { body: Value::Object(body) } => Some(body),
                    Act::Put { .. } | Act::Withdraw { .. } => None,
                };
                Some(Version { number: revision.number, signed_at: revision.signed_at, body })
            };
            let versions: Vec<Version> = seen.into_iter().filter_map(|seen| seen.jws).filter_map(version).collect();
            if !versions.is_empty() {
                return Ok(versions);
            }
        }
        Ok(Vec::new())
    }
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
