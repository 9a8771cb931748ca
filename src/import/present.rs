//! What this instance has published before, held against what an import would publish: what may not be done is found
//! before anything is signed, and named by its row.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Fault, Place, Prepared};
use crate::hub::Hub;
use crate::journal::entry::{Digest, Entries, Name};
use crate::journal::publish::Publication;
use crate::journal::read;
use crate::journal::revision::{Act, Place as Standing, Revision};
use crate::record::Audience;
use crate::store::{ROWS_AT_ONCE, StoreError, revisions};

/// The own journals as they are now.
pub struct Present {
    journals: Vec<Journal>,
}

struct Journal {
    id: i32,
    audience: Audience,
    entries: Entries,
    withdrawn: HashSet<Name>,
}

impl Present {
    /// Reads the entries of both own journals.
    pub async fn read(hub: &Hub) -> Result<Present, StoreError> {
        let mut journals = Vec::new();
        for audience in Audience::ALL {
            let row = read::journal_or_new(hub.store(), hub.entity_id(), audience).await?;
            let state = read::state(hub.store(), row.id, 0).await?;
            let withdrawn = withdrawn(hub, row.id).await?;
            let entries = state.map(|(_, entries)| entries).unwrap_or_default();
            journals.push(Journal { id: row.id, audience, entries, withdrawn });
        }
        Ok(Present { journals })
    }

    /// Moves what the journals forbid to the faults.
    pub fn check(&self, prepared: &mut Prepared) {
        let all = std::mem::take(&mut prepared.publications);
        for (place, publication) in all {
            match self.objection(&publication) {
                None => prepared.publications.push((place, publication)),
                Some(reason) => prepared.faults.push(Fault { place, reason }),
            }
        }
        prepared.faults.sort_by_key(|fault| fault.place);
    }

    fn objection(&self, publication: &Publication) -> Option<String> {
        let (sub, name) = (&publication.sub, publication.sub.name());
        let here = self.journals.iter().find(|journal| journal.entries.get(&name).is_some());
        let withdraws = matches!(publication.act, Act::Withdraw { .. });
        match here {
            None if withdraws => Some(format!("{sub} is no record of this instance, so it cannot be withdrawn")),
            None => None,
            Some(journal) if journal.audience != publication.audience => Some(format!(
                "audience: {sub} is in the {} journal, and a record never changes its journal: withdraw it and publish another",
                journal.audience.as_str()
            )),
            Some(journal) if journal.withdrawn.contains(&name) && !withdraws => {
                Some(format!("{sub} was withdrawn, which is final: publish it under a new id"))
            }
            Some(_) => None,
        }
    }

    /// Which of these publications would change something, in their order: a rehearsal of `Hub::publish`.
    pub async fn would_change(
        &self,
        hub: &Hub,
        publications: &[(Place, Publication)],
    ) -> Result<Vec<bool>, StoreError> {
        let mut changes = Vec::with_capacity(publications.len());
        for chunk in publications.chunks(ROWS_AT_ONCE) {
            let mut bodies: HashMap<Name, String> = HashMap::new();
            for journal in &self.journals {
                let digests: HashMap<Digest, Name> = chunk
                    .iter()
                    .map(|(_, publication)| publication.sub.name())
                    .filter_map(|name| journal.entries.get(&name).map(|digest| (*digest, name)))
                    .collect();
                let wanted: Vec<Digest> = digests.keys().copied().collect();
                for (digest, jws) in read::revisions(hub.store(), journal.id, &wanted).await? {
                    bodies.extend(digests.get(&digest).map(|name| (*name, jws)));
                }
            }
            changes.extend(chunk.iter().map(|(_, publication)| self.differs(hub, publication, &bodies)));
        }
        Ok(changes)
    }

    fn differs(&self, hub: &Hub, publication: &Publication, present: &HashMap<Name, String>) -> bool {
        let name = publication.sub.name();
        let Some(jws) = present.get(&name) else { return true };
        let place = Standing { origin: hub.entity_id(), audience: publication.audience, name: &name };
        let Ok(before) = Revision::unverified(jws, place) else { return true };
        match (&before.act, &publication.act) {
            (Act::Withdraw { .. }, Act::Withdraw { .. }) => false,
            (Act::Put { body: old }, Act::Put { body: new }) => old != new,
            _ => true,
        }
    }
}

/// Names of the records that are withdrawn: of them the tombstone alone is left.
async fn withdrawn(hub: &Hub, journal: i32) -> Result<HashSet<Name>, StoreError> {
    use revisions::Column::{JournalId, Name, Withdraws};
    let query = revisions::Entity::find().select_only().column(Name);
    let query = query.filter(JournalId.eq(journal)).filter(Withdraws.eq(true));
    let names: Vec<Vec<u8>> = query.into_tuple().all(hub.store().read()).await?;
    Ok(names.into_iter().filter_map(|name| name.try_into().ok()).collect())
}
