//! The entries of a journal against the root that its checkpoint signs. A root says that something is wrong and not what:
//! the revisions that are held tell which entry was changed.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use super::{Part, Report, revisions::Held};
use crate::{
    journal::{
        encoding::base64url,
        entry::{Digest, Entries, Name},
    },
    store::{StoreError, entries},
};

/// For so many suspects each is tried alone.
const MOST_TRIED: usize = 64;

/// The entries as they stand in the table.
#[derive(Default)]
pub(super) struct Listed {
    entries: Entries,
    names: HashMap<Digest, Name>,
}

impl Listed {
    /// The record whose entry has this digest.
    pub(super) fn name_of(&self, digest: &Digest) -> Option<Name> {
        self.names.get(digest).copied()
    }
}

/// Reads the entries; those that are no two hashes differ.
pub(super) async fn read(
    moment: &DatabaseTransaction,
    journal: i32,
    report: &mut Report,
) -> Result<Listed, StoreError> {
    use entries::Column::{Digest as DigestColumn, JournalId, Name as NameColumn};
    let query = entries::Entity::find().select_only().columns([NameColumn, DigestColumn]);
    let rows: Vec<(Vec<u8>, Vec<u8>)> = query.filter(JournalId.eq(journal)).into_tuple().all(moment).await?;
    let mut listed = Listed::default();
    report.records = rows.len();
    for (name, digest) in rows {
        match (Name::try_from(name.as_slice()), Digest::try_from(digest.as_slice())) {
            (Ok(name), Ok(digest)) => {
                listed.entries.put(name, digest);
                listed.names.insert(digest, name);
            }
            _ => report.differs(Part::Entry, Some(base64url(&name)), "it is not two SHA-256 long"),
        }
    }
    Ok(listed)
}

/// Holds the entries against the root, and counts gaps.
pub(super) fn judge(report: &mut Report, listed: &Listed, held: &Held, root: Option<[u8; 32]>) {
    let missing: Vec<(Name, Digest)> = listed
        .entries
        .iter()
        .filter(|(_, digest)| !held.by_digest.contains_key(*digest) && !held.bad.contains(*digest))
        .map(|(name, digest)| (*name, *digest))
        .collect();
    let right = root.is_none_or(|root| listed.entries.root() == root);
    report.gaps = missing.len();
    if report.own && right {
        for (name, _) in &missing {
            let record = held.latest.get(name).map_or_else(|| base64url(name), |(_, _, sub)| sub.to_string());
            report.differs(Part::Revision, Some(record), "the revision that its entry names is missing");
        }
    }
    if report.own && !report.held && !listed.entries.is_empty() {
        report.differs(Part::Checkpoint, None, "there are entries and no checkpoint that vouches for them");
    }
    if let Some(root) = root.filter(|_| !right) {
        report.differs(Part::Entries, None, "they do not hash to the root that the checkpoint signs");
        let suspects = narrowed(suspects(listed, held, &missing), listed, root);
        for suspect in suspects {
            report.differs(Part::Entry, Some(suspect.record), suspect.reason);
        }
    }
}

/// An entry that does not go with the revisions held, and what would stand in its place.
struct Suspect {
    record: String,
    reason: String,
    take_out: Option<Name>,
    put_in: Option<(Name, Digest)>,
}

fn suspects(listed: &Listed, held: &Held, missing: &[(Name, Digest)]) -> Vec<Suspect> {
    let mut suspects = Vec::new();
    for (name, _) in missing {
        if let Some((number, digest, sub)) = held.latest.get(name) {
            suspects.push(Suspect {
                record: sub.to_string(),
                reason: format!("it names a revision that is not here; revision {number} is, with another digest"),
                take_out: None,
                put_in: Some((*name, *digest)),
            });
        }
    }
    for (name, digest) in listed.entries.iter() {
        let Some((own_name, sub)) = held.by_digest.get(digest).filter(|(own_name, _)| own_name != name) else {
            continue;
        };
        let own = sub.as_ref().map_or_else(|| base64url(own_name), ToString::to_string);
        suspects.push(Suspect {
            record: own.clone(),
            reason: format!("its first half is {}, which is not the hash of {own}", base64url(name)),
            take_out: Some(*name),
            put_in: Some((*own_name, *digest)),
        });
    }
    let renamed: Vec<Digest> = suspects.iter().filter_map(|suspect| suspect.put_in.map(|(_, digest)| digest)).collect();
    for (name, (number, digest, sub)) in &held.latest {
        if listed.entries.get(name).is_none() && !renamed.contains(digest) {
            suspects.push(Suspect {
                record: sub.to_string(),
                reason: format!("it is missing; revision {number} of the record is here"),
                take_out: None,
                put_in: Some((*name, *digest)),
            });
        }
    }
    suspects.sort_by(|a, b| a.record.cmp(&b.record));
    suspects
}

/// If one suspect put right gives the signed root, it is the one: the others are gaps.
fn narrowed(suspects: Vec<Suspect>, listed: &Listed, root: [u8; 32]) -> Vec<Suspect> {
    if suspects.len() > MOST_TRIED {
        return suspects;
    }
    let gives_root = |suspect: &Suspect| {
        let kept = listed.entries.iter().filter(|(name, _)| Some(**name) != suspect.take_out);
        let mut tried: Entries = kept.map(|(name, digest)| (*name, *digest)).collect();
        if let Some((name, digest)) = suspect.put_in {
            tried.put(name, digest);
        }
        tried.root() == root
    };
    match suspects.iter().position(gives_root) {
        Some(at) => suspects.into_iter().skip(at).take(1).collect(),
        None => suspects,
    }
}
