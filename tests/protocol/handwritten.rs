//! An origin without doors: it signs whatever a test wants, right or wrong.

use std::collections::{BTreeMap, HashMap};

use nmirf_hub::{
    journal::{
        adopt::{self, AdoptError, Adopted, Circumstances},
        checkpoint::Checkpoint,
        encoding::sha256,
        entry::{Digest, Entries, Name},
        prove::{Finding, Unproved, prove},
        read,
        revision::{Act, Revision},
        signing::SigningKey,
    },
    record::{Audience, Sub},
};

use super::instance::{NOW, ORIGIN, Reader, Round, body, practice};

/// A journal written by hand.
pub struct Handwritten {
    pub origin: &'static str,
    pub audience: Audience,
    pub key: SigningKey,
    pub seq: u64,
    pub records: BTreeMap<Sub, String>,
}

impl Handwritten {
    /// The public journal of the usual origin; the key is that of a seed of this byte.
    pub fn with_key(seed: u8) -> Self {
        let key = SigningKey::from_seed([seed; 32]);
        Self { origin: ORIGIN, audience: Audience::Public, key, seq: NOW.unsigned_abs(), records: BTreeMap::new() }
    }

    /// Puts a practice in its place, in this revision.
    pub fn put(&mut self, number: u128, revision: u32, title: &str) {
        self.set(number, revision, &Act::Put { body: body(title) });
    }

    /// Puts a tombstone in its place.
    pub fn withdraw(&mut self, number: u128, revision: u32) {
        self.set(number, revision, &Act::Withdraw { superseded_by: None });
    }

    fn set(&mut self, number: u128, revision: u32, act: &Act) {
        let sub = practice(number);
        let jws = Revision::sign(&self.key, self.origin, self.audience, &sub, revision, NOW / 1000, None, act);
        self.records.insert(sub, jws);
    }

    /// Puts any text in the place of a revision.
    pub fn put_text(&mut self, number: u128, jws: &str) {
        self.records.insert(practice(number), jws.to_owned());
    }

    /// Leaves a record out, which no origin may.
    pub fn remove(&mut self, number: u128) {
        self.records.remove(&practice(number));
    }

    pub fn jws(&self, number: u128) -> String {
        self.records[&practice(number)].clone()
    }

    pub fn digest(&self, number: u128) -> Digest {
        sha256(self.records[&practice(number)].as_bytes())
    }

    pub fn entries(&self) -> Entries {
        self.records.iter().map(|(sub, jws)| (sub.name(), sha256(jws.as_bytes()))).collect()
    }

    pub fn checkpoint(&self) -> Checkpoint {
        let now = self.seq.cast_signed();
        Checkpoint::sign(&self.key, self.origin, self.audience, self.seq, self.entries().root(), now)
    }

    /// Signs the next state: a `seq` more.
    pub fn next(&mut self) {
        self.seq += 1;
    }
}

impl Reader {
    /// Steps 1 to 3 of a round with a journal written by hand.
    pub async fn prove_written(&self, written: &Handwritten) -> Result<Round, Finding> {
        let journal = read::journal_or_new(self.store(), written.origin, written.audience).await.unwrap();
        let held = read::held(self.store(), &journal, &self.keys).await.unwrap();
        let entries = written.entries().to_bytes();
        let checkpoint = written.checkpoint().jws;
        let offered = Unproved {
            origin: written.origin,
            audience: written.audience,
            checkpoint: &checkpoint,
            entries: &entries,
            since: 0,
        };
        Ok(Round { proved: prove(&held, &offered, &self.keys)?, journal })
    }

    /// Step 4: stages all revisions that are not here but those of these practices.
    pub async fn stage_written(&self, written: &Handwritten, round: &Round, without: &[u128]) {
        let names: HashMap<Digest, Name> =
            written.records.iter().map(|(sub, jws)| (sha256(jws.as_bytes()), sub.name())).collect();
        adopt::keep_staged(self.store(), round.journal.id, &names).await.unwrap();
        let without: Vec<Name> = without.iter().map(|number| practice(*number).name()).collect();
        let digests: Vec<Digest> =
            names.iter().filter(|(_, name)| !without.contains(name)).map(|(digest, _)| *digest).collect();
        let missing = adopt::not_here(self.store(), round.journal.id, &digests).await.unwrap();
        let tokens =
            written.records.values().filter(|jws| missing.contains(&sha256(jws.as_bytes()))).cloned().collect();
        adopt::stage(self.store(), &round.journal, &self.keys, &names, tokens).await.unwrap();
    }

    /// A whole round that does not get the revisions of these practices.
    pub async fn take_without(&self, written: &Handwritten, without: &[u128]) -> Result<Adopted, AdoptError> {
        let round = self.prove_written(written).await.unwrap();
        self.stage_written(written, &round, without).await;
        self.adopt(&round).await
    }

    /// A whole round.
    pub async fn take(&self, written: &Handwritten) -> Adopted {
        self.take_without(written, &[]).await.unwrap()
    }

    /// Puts staged revisions in the place of gaps.
    pub async fn fill_gaps(&self) -> Option<u64> {
        let circumstances = Circumstances { via: None, now: self.now, confirmed_at: self.now };
        adopt::fill_gaps(self.store(), &self.journal().await, &circumstances).await.unwrap()
    }
}
