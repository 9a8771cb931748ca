//! What this instance has published before, held against what an import would publish: what may not be done is found
//! before anything is signed, and named by its row.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Fault, Place, Prepared};
use crate::hub::Hub;
use crate::journal::entry::{Digest, Entries, Name};
use crate::journal::publish::Publication;
use crate::journal::read;
use crate::journal::revision::{Act, Place as Standing, Revision};
use crate::record::{Audience, Kind};
use crate::store::{ROWS_AT_ONCE, StoreError, revisions};

/// A file is an editor's; whoever is a member, and by which keys, is decided one by one, with thumbprints compared.
const REGISTER: &str = "a file changes no member: the register is kept with `nmirf-hub member` and on the coordinator's desk. \
                        Leave this row out";

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
                Some(reason) => prepared.faults.push(Fault::new(place, reason)),
            }
        }
        prepared.faults.sort_by_key(|fault| fault.place);
    }

    fn objection(&self, publication: &Publication) -> Option<String> {
        if publication.sub.kind() == Some(Kind::Member) {
            return Some(REGISTER.to_owned());
        }
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

    /// What each of these publications would do, in their order: a rehearsal of `Hub::publish`.
    pub async fn effects(&self, hub: &Hub, publications: &[(Place, Publication)]) -> Result<Vec<Effect>, StoreError> {
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
            changes.extend(chunk.iter().map(|(_, publication)| effect(hub, publication, &bodies)));
        }
        Ok(changes)
    }
}

/// What a publication would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// A record that there was not.
    New,
    /// Another body: its members that differ, of texts with their language (`title.fr`).
    Changed(Vec<String>),
    /// Nothing: it stands so already.
    Unchanged,
    /// The record is withdrawn.
    Withdrawn,
}

fn effect(hub: &Hub, publication: &Publication, present: &HashMap<Name, String>) -> Effect {
    let name = publication.sub.name();
    let place = Standing { origin: hub.entity_id(), audience: publication.audience, name: &name };
    let before = present.get(&name).and_then(|jws| Revision::unverified(jws, place).ok()).map(|before| before.act);
    match (before, &publication.act) {
        (Some(Act::Withdraw { .. }), Act::Withdraw { .. }) => Effect::Unchanged,
        (_, Act::Withdraw { .. }) => Effect::Withdrawn,
        (Some(Act::Put { body: old }), Act::Put { body: new }) => match old == *new {
            true => Effect::Unchanged,
            false => Effect::Changed(differences(&old, new)),
        },
        _ => Effect::New,
    }
}

/// The members of two bodies that are not the same, in the order of the new one; what is gone comes last.
fn differences(old: &Value, new: &Value) -> Vec<String> {
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return Vec::new() };
    let mut found = Vec::new();
    let names = new.keys().chain(old.keys().filter(|name| !new.contains_key(*name)));
    for name in names {
        match (old.get(name), new.get(name)) {
            (one, other) if one == other => {}
            (Some(Value::Object(one)), Some(Value::Object(other))) => {
                let tags = other.keys().chain(one.keys().filter(|tag| !other.contains_key(*tag)));
                let changed = tags.filter(|tag| one.get(*tag) != other.get(*tag));
                found.extend(changed.map(|tag| format!("{name}.{tag}")));
            }
            _ => found.push(name.clone()),
        }
    }
    found
}

/// Names of the records that are withdrawn: of them the tombstone alone is left.
async fn withdrawn(hub: &Hub, journal: i32) -> Result<HashSet<Name>, StoreError> {
    use revisions::Column::{JournalId, Name, Withdraws};
    let query = revisions::Entity::find().select_only().column(Name);
    let query = query.filter(JournalId.eq(journal)).filter(Withdraws.eq(true));
    let names: Vec<Vec<u8>> = query.into_tuple().all(hub.store().read()).await?;
    Ok(names.into_iter().filter_map(|name| name.try_into().ok()).collect())
}
