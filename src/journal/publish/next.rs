//! What comes next of each record: signed one by one, in memory, on a thread where that may take its time.

use std::collections::HashMap;

use super::{Author, Carried, Outcome, Publication, PublishError, present::own};
use crate::{
    journal::{
        encoding::sha256,
        entry::{Digest, Entries, Name},
        jws::MAX_JWS,
        revision::{Act, Place, Revision},
        tables::Kept,
    },
    record::{Audience, Sub},
};

/// A revision that was signed now.
pub(super) struct Signed {
    pub(super) sub: Sub,
    pub(super) name: Name,
    pub(super) digest: Digest,
    pub(super) jws: String,
    pub(super) number: u32,
    pub(super) withdraws: bool,
    /// Whether none of its record came after it.
    pub(super) latest: bool,
}

/// The revisions that one call puts into one journal.
pub(super) struct Signing {
    author: Author,
    audience: Audience,
    now: i64,
    kept: HashMap<Name, Kept>,
    entries: Entries,
    signed: Vec<Signed>,
    latest: HashMap<Name, usize>,
}

impl Signing {
    /// On top of what is there.
    pub(super) fn new(author: Author, audience: Audience, now: i64, kept: HashMap<Name, Kept>) -> Self {
        let entries = kept.iter().map(|(name, kept)| (*name, kept.digest)).collect();
        Self { author, audience, now, kept, entries, signed: Vec::new(), latest: HashMap::new() }
    }

    /// The entries with those that were signed so far.
    pub(super) fn entries(&self) -> &Entries {
        &self.entries
    }

    /// Signs what these publications say anew. `before`: the present revisions of their records.
    pub(super) fn take(
        &mut self,
        publications: &[Publication],
        places: &[usize],
        before: HashMap<Name, Revision>,
    ) -> Result<Vec<(usize, Outcome)>, PublishError> {
        let mut outcomes = Vec::with_capacity(places.len());
        for place in places {
            let publication = &publications[*place];
            let name = publication.sub.name();
            // A record may come more than once in one call.
            let standing = Place { origin: &self.author.entity_id, audience: self.audience, name: &name };
            let again = self.latest.get(&name).and_then(|place| own(&self.signed[*place].jws, standing));
            let before = again.as_ref().or(before.get(&name));
            let lost = self.kept.get(&name).filter(|_| before.is_none());
            if let Some(revision) = next(&self.author, self.now, self.audience, publication, before, lost)? {
                outcomes.push((*place, Outcome::Published(revision.number)));
                self.entries.put(name, revision.digest);
                if let Some(place) = self.latest.insert(name, self.signed.len()) {
                    self.signed[place].latest = false;
                }
                self.signed.push(revision);
            }
        }
        Ok(outcomes)
    }

    /// Signs records of another coordinator's journal under this instance's name. `before`: what this one has of them.
    pub(super) fn carry(&mut self, records: &[Carried], before: &HashMap<Name, Revision>) -> Result<(), PublishError> {
        for record in records {
            let (sub, name) = (&record.sub, record.sub.name());
            let before = before.get(&name);
            if before.is_some_and(|before| before.act == record.act) {
                continue;
            }
            if before.is_some_and(Revision::withdraws) {
                return Err(PublishError::Withdrawn(sub.clone()));
            }
            let number = before.map_or(1, |before| before.number + 1);
            let (author, created) = (&self.author, record.created_at);
            let (iss, at) = (&author.entity_id, self.now / 1000);
            let jws = Revision::sign(&author.key, iss, self.audience, sub, number, at, created, &record.act);
            let revision = signed(sub, jws, number, matches!(record.act, Act::Withdraw { .. }))?;
            self.entries.put(name, revision.digest);
            self.signed.push(revision);
        }
        Ok(())
    }

    /// The root of the new state, the entries of the old one, and what was signed.
    pub(super) fn finish(self) -> ([u8; 32], HashMap<Name, Kept>, Vec<Signed>) {
        let root = if self.signed.is_empty() { [0; 32] } else { self.entries.root() };
        (root, self.kept, self.signed)
    }
}

/// The next revision of a record; None if it would say nothing new. `lost`: the entry of a record whose revision is not
/// here (after a `restore` from peers that lacked it too): it goes on counting, or readers would call us rolled back.
fn next(
    author: &Author,
    now: i64,
    audience: Audience,
    publication: &Publication,
    before: Option<&Revision>,
    lost: Option<&Kept>,
) -> Result<Option<Signed>, PublishError> {
    let sub = &publication.sub;
    let present = before.map(|before| before.number).or(lost.and_then(|lost| lost.highest).map(i32::unsigned_abs));
    let present = present.unwrap_or(0);
    if publication.expected.is_some_and(|expected| expected != present) {
        return Err(PublishError::Changed { sub: sub.clone(), present });
    }
    let number = match (before.map(|before| (before, &before.act)), &publication.act) {
        (Some((_, Act::Withdraw { .. })), Act::Withdraw { .. }) => return Ok(None),
        (Some((_, Act::Withdraw { .. })), Act::Put { .. }) => return Err(PublishError::Withdrawn(sub.clone())),
        (None, Act::Withdraw { .. }) if lost.is_none() => return Err(PublishError::NotFound(sub.clone())),
        (Some((_, Act::Put { body: old })), Act::Put { body: new }) if old == new => return Ok(None),
        (Some((before, _)), _) => before.number + 1,
        (None, _) => lost.and_then(|lost| lost.highest).map_or(1, |highest| highest.unsigned_abs() + 1),
    };
    let created = before.and_then(|before| before.created_at);
    let jws =
        Revision::sign(&author.key, &author.entity_id, audience, sub, number, now / 1000, created, &publication.act);
    signed(sub, jws, number, matches!(publication.act, Act::Withdraw { .. })).map(Some)
}

fn signed(sub: &Sub, jws: String, number: u32, withdraws: bool) -> Result<Signed, PublishError> {
    if jws.len() > MAX_JWS {
        return Err(PublishError::TooLong(sub.clone()));
    }
    let (name, digest) = (sub.name(), sha256(jws.as_bytes()));
    Ok(Signed { sub: sub.clone(), name, digest, jws, number, withdraws, latest: true })
}
