//! An origin that publishes and a reader that pulls, without HTTP: state and revisions go from database to database.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use nmirf_hub::{
    journal::{
        adopt::{self, AdoptError, Adopted, Circumstances},
        entry::{Digest, Entries, Name},
        judge::Verdict,
        key::{KeySet, KeyStatus},
        prove::{Finding, Held, Proved, Unproved, prove},
        publish::{Author, Publication, PublishError, Receipt, publish, sign_if_due},
        read::{self, Judged, Trusted},
        revision::Act,
        signing::SigningKey,
    },
    record::{Audience, Kind, Sub},
    store::{Store, journals},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::Database;

/// Some moment, in milliseconds.
pub const NOW: i64 = 1_764_000_000_000;
/// A minute, in milliseconds.
pub const MINUTE: i64 = 60_000;
pub const ORIGIN: &str = "https://hub.example.ma";

/// The practice of a number.
pub fn practice(number: u128) -> Sub {
    Sub::new(Kind::Practice, Uuid::from_u128(0x0193_a1b0_0000_7000_8000_0000_0000_0000 + number))
}

/// A good body of a practice with this title.
pub fn body(title: &str) -> Value {
    json!({"country": "MA", "title": {"en": title}, "summary": {"en": "x"}})
}

pub fn put(number: u128, title: &str) -> Publication {
    Publication {
        sub: practice(number),
        audience: Audience::Public,
        act: Act::Put { body: body(title) },
        expected: None,
    }
}

pub fn withdraw(number: u128) -> Publication {
    Publication {
        sub: practice(number),
        audience: Audience::Public,
        act: Act::Withdraw { superseded_by: None },
        expected: None,
    }
}

/// The same in the network journal.
pub fn in_network(publication: Publication) -> Publication {
    Publication { audience: Audience::Network, ..publication }
}

/// An instance as an origin.
pub struct Origin {
    pub database: Database,
    pub author: Author,
}

impl Origin {
    /// With both journals, signed at [`NOW`].
    pub async fn on(database: Database) -> Self {
        Self::with_key(database, 1).await
    }

    /// With the key of a seed of this byte.
    pub async fn with_key(database: Database, seed: u8) -> Self {
        let key = Arc::new(SigningKey::from_seed([seed; 32]));
        let author =
            Author { entity_id: ORIGIN.into(), key, is_coordinator: false, max_entries: 1000, max_bytes: 1 << 30 };
        let origin = Self { database, author };
        origin.sign_if_due(NOW).await;
        origin
    }

    pub fn store(&self) -> &Store {
        &self.database.store
    }

    pub fn keys(&self) -> KeySet {
        KeySet::of(self.author.key.public().clone(), KeyStatus::Current)
    }

    pub async fn publish(&self, now: i64, publications: Vec<Publication>) -> Result<Receipt, PublishError> {
        publish(self.store(), &self.author, now, publications, &|_| ()).await
    }

    pub async fn sign_if_due(&self, now: i64) -> Option<u64> {
        sign_if_due(self.store(), &self.author, now).await.unwrap()
    }

    pub async fn journal(&self, audience: Audience) -> journals::Model {
        journal(self.store(), audience).await
    }

    /// Whether the checkpoint is of our key, over exactly the entries in the table.
    pub async fn assert_whole(&self) {
        for audience in Audience::ALL {
            let row = self.journal(audience).await;
            let (checkpoint, entries) = read::state(self.store(), row.id, 0).await.unwrap().unwrap();
            let bytes = entries.to_bytes();
            let offered = Unproved { origin: ORIGIN, audience, checkpoint: &checkpoint, entries: &bytes, since: 0 };
            prove(&Held::default(), &offered, &self.keys()).unwrap();
        }
    }
}

/// The row of the origin's journal.
pub async fn journal(store: &Store, audience: Audience) -> journals::Model {
    read::journal(store.read(), ORIGIN, audience).await.unwrap().unwrap()
}

/// The entries of the origin's public journal as a database has them.
pub async fn entries(store: &Store) -> Entries {
    let row = journal(store, Audience::Public).await;
    read::state(store, row.id, 0).await.unwrap().unwrap().1
}

/// A reader of one origin's public journal.
pub struct Reader {
    pub database: Database,
    pub keys: KeySet,
    pub now: i64,
}

/// A proved state whose revisions were asked for but not yet adopted.
pub struct Round {
    pub journal: journals::Model,
    pub proved: Proved,
}

impl Reader {
    pub fn on(database: Database, keys: KeySet) -> Self {
        Self { database, keys, now: NOW }
    }

    pub fn store(&self) -> &Store {
        &self.database.store
    }

    pub async fn journal(&self) -> journals::Model {
        read::journal_or_new(self.store(), ORIGIN, Audience::Public).await.unwrap()
    }

    /// Steps 1 to 3 of a round.
    pub async fn prove(&self, origin: &Origin) -> Result<Round, Finding> {
        let journal = self.journal().await;
        let held = read::held(self.store(), &journal, &self.keys).await.unwrap();
        let since = held.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.seq);
        let theirs = origin.journal(Audience::Public).await;
        let (checkpoint, changed) = read::state(origin.store(), theirs.id, since).await.unwrap().unwrap();
        let entries = changed.to_bytes();
        let offered =
            Unproved { origin: ORIGIN, audience: Audience::Public, checkpoint: &checkpoint, entries: &entries, since };
        Ok(Round { proved: prove(&held, &offered, &self.keys)?, journal })
    }

    /// Step 4: stages the revisions that are not here, of those that `wanted` takes, at most `most`.
    pub async fn stage(&self, origin: &Origin, round: &Round, most: usize, wanted: impl Fn(&Name) -> bool) {
        let names: HashMap<Digest, Name> =
            round.proved.entries().iter().map(|(name, digest)| (*digest, *name)).collect();
        adopt::keep_staged(self.store(), round.journal.id, &names).await.unwrap();
        let digests: Vec<Digest> = round.proved.entries().iter().map(|(_, digest)| *digest).collect();
        let mut missing = adopt::not_here(self.store(), round.journal.id, &digests).await.unwrap();
        missing.retain(|digest| wanted(&names[digest]));
        missing.truncate(most);
        let theirs = origin.journal(Audience::Public).await;
        let tokens = read::revisions(origin.store(), theirs.id, &missing).await.unwrap();
        let tokens = tokens.into_iter().map(|(_, jws)| jws).collect();
        adopt::stage(self.store(), &round.journal, &self.keys, &names, tokens).await.unwrap();
    }

    /// Step 5.
    pub async fn adopt(&self, round: &Round) -> Result<Adopted, AdoptError> {
        let circumstances = Circumstances { via: None, now: self.now, confirmed_at: self.now };
        // What was not staged is what the source lacked.
        let listed: Vec<Digest> = round.proved.entries().iter().map(|(_, digest)| *digest).collect();
        let missing = adopt::not_here(self.store(), round.journal.id, &listed).await.unwrap();
        let proved = round.proved.clone().lacking(missing.into_iter().collect());
        let adopted = adopt::adopt(self.store(), round.journal.id, &proved, &circumstances).await?;
        if matches!(adopted, Adopted::InPlace { erased: true, .. }) {
            self.store().scrub().await.unwrap();
        }
        Ok(adopted)
    }

    /// A whole round.
    pub async fn pull(&self, origin: &Origin) -> Adopted {
        let round = self.prove(origin).await.unwrap();
        self.stage(origin, &round, usize::MAX, |_| true).await;
        self.adopt(&round).await.unwrap()
    }

    /// What is shown of everything here, by `sub`: its title, or why not.
    pub async fn shown(&self) -> BTreeMap<String, String> {
        judged(self.store(), &self.keys, None, 0).await.iter().map(told).collect()
    }
}

/// An origin on SQLite and a reader on the database of the test.
pub async fn pair(database: Database) -> (Origin, Reader) {
    let origin = Origin::on(Database::sqlite().await).await;
    let keys = origin.keys();
    (origin, Reader::on(database, keys))
}

/// What the judgement knows in these tests: one origin's keys, and whose journal is the register.
struct Trust {
    keys: KeySet,
    register: Option<i32>,
}

impl Trusted for Trust {
    fn keys(&self, _: &str) -> &KeySet {
        &self.keys
    }

    fn is_register(&self, origin: &str, audience: Audience) -> bool {
        self.register.is_some() && origin == REGISTER && audience == Audience::Public
    }

    fn register_journal(&self) -> Option<i32> {
        self.register
    }
}

/// The origin whose public journal is the register, where a test has one.
pub const REGISTER: &str = "https://coordinator.example.org";

/// Every record changed since, judged.
pub async fn judged(store: &Store, keys: &KeySet, register: Option<i32>, since: u64) -> Vec<Judged> {
    let trust = Arc::new(Trust { keys: keys.clone(), register });
    let mut all = Vec::new();
    read::changed(store, trust, since, |chunk| all.extend(chunk)).await.unwrap();
    all
}

/// A record in two words.
pub fn told(judged: &Judged) -> (String, String) {
    match &judged.verdict {
        None => ("?".to_owned(), "gap".to_owned()),
        Some(Verdict::Shown(revision, record)) => {
            let title = record.title().and_then(|title| title.iter().next()).map(|(_, text)| text.to_owned());
            (revision.sub.as_str().to_owned(), title.unwrap_or_default().to_string())
        }
        Some(Verdict::Withdrawn(revision)) => (revision.sub.as_str().to_owned(), "withdrawn".to_owned()),
        Some(Verdict::Hidden { sub, reason }) => {
            (sub.as_ref().map_or("?", Sub::as_str).to_owned(), format!("hidden: {reason}"))
        }
    }
}

/// What [`Reader::shown`] gives, written by number.
pub fn expected(records: &[(u128, &str)]) -> BTreeMap<String, String> {
    records.iter().map(|(number, told)| (practice(*number).as_str().to_owned(), (*told).to_owned())).collect()
}
