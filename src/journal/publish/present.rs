//! What the own journals hold already of the records that a call publishes.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Author, PublishError};
use crate::{
    journal::{
        entry::{Digest, Entries, Name},
        jws::{StatementType, Unverified},
        revision::{Place, Revision},
        tables,
    },
    record::{Audience, Sub},
    store::{ROWS_AT_ONCE, Write, entries, journals, revisions},
};

/// The present revisions of these records.
pub(super) async fn present(
    write: &Write,
    author: &Author,
    journal: &journals::Model,
    audience: Audience,
    names: impl Iterator<Item = Name>,
    entries: &Entries,
) -> Result<HashMap<Name, Revision>, PublishError> {
    let digests: HashMap<Digest, Name> =
        names.filter_map(|name| entries.get(&name).map(|digest| (*digest, name))).collect();
    let rows = revisions::Entity::find()
        .filter(revisions::Column::JournalId.eq(journal.id))
        .filter(revisions::Column::Digest.is_in(digests.keys().map(|digest| digest.to_vec())))
        .all(write.connection())
        .await?;
    let mut present = HashMap::new();
    for row in rows {
        let Some(name) = digests.get(&tables::hash(&row.digest)?) else { continue };
        let place = Place { origin: &author.entity_id, audience, name };
        // Whatever key it was signed with: these are our own words, verified when they were stored.
        if let Some(revision) = own(&row.jws, place) {
            present.insert(*name, revision);
        }
    }
    Ok(present)
}

/// An own revision, whatever key it was signed with.
pub(super) fn own(jws: &str, place: Place<'_>) -> Option<Revision> {
    let unverified = Unverified::read(jws, StatementType::Revision).ok()?;
    let key_id = unverified.key_id.clone();
    Revision::from_claims(key_id, unverified.into_claims(), place).ok()
}

/// A record is in one journal only.
pub(super) async fn refuse_other_journal(
    write: &Write,
    author: &Author,
    journal: i32,
    wanted: &[&Sub],
) -> Result<(), PublishError> {
    let others = journals::Entity::find()
        .filter(journals::Column::Origin.eq(&*author.entity_id))
        .filter(journals::Column::Id.ne(journal))
        .all(write.connection())
        .await?;
    for other in others {
        for chunk in wanted.chunks(ROWS_AT_ONCE) {
            let names = chunk.iter().map(|sub| sub.name().to_vec());
            let query = entries::Entity::find().filter(entries::Column::JournalId.eq(other.id));
            let found = query.filter(entries::Column::Name.is_in(names)).one(write.connection()).await?;
            if let Some(found) = found {
                let same = |sub: &&&Sub| sub.name().as_slice() == found.name;
                let sub = (*chunk.iter().find(same).unwrap_or(&chunk[0])).clone();
                let audience = Audience::parse(&other.audience).unwrap_or(Audience::Public);
                return Err(PublishError::OtherJournal { sub, audience });
            }
        }
    }
    Ok(())
}
