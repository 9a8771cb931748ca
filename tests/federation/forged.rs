//! A journal made by hand with an origin's real key, for an origin that lies: its states and batches as answers of its
//! gate. What the instance behind the gate says of itself is passed on.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use nmirf_hub::{
    journal::{
        checkpoint::Checkpoint,
        encoding::{base64url, hash_from_base64url, sha256},
        entry::Entries,
        jws::StatementType,
        revision::{Act, Revision},
        signing::SigningKey,
    },
    record::{Audience, Sub},
};
use serde_json::{Value, json};

use crate::{
    instance::{Instance, body, sub},
    support::{Answer, Asked, Deed},
};

/// The journal.
pub struct Forged {
    pub origin: String,
    pub key: Arc<SigningKey>,
    pub seq: u64,
    records: BTreeMap<String, (Sub, String)>,
    lacking: Vec<[u8; 32]>,
}

impl Forged {
    /// Empty, in the name of an instance.
    pub fn of(instance: &Instance) -> Self {
        let seq = instance.hub().now().unsigned_abs();
        Self {
            origin: instance.id().to_owned(),
            key: Arc::new(instance.key()),
            seq,
            records: BTreeMap::new(),
            lacking: Vec::new(),
        }
    }

    /// A right revision of a practice.
    pub fn revision(&self, number: u64, rev: u32, summary: &str) -> String {
        let act = Act::Put { body: body(number, summary) };
        Revision::sign(
            &self.key,
            &self.origin,
            Audience::Public,
            &sub(number),
            rev,
            self.seq.cast_signed() / 1000,
            Some(1),
            &act,
        )
    }

    /// Claims of a right revision, to be made wrong.
    pub fn claims(&self, number: u64) -> Value {
        json!({"iss": self.origin, "sub": sub(number).as_str(), "aud": "public", "rev": 1, "iat": self.seq / 1000,
            "act": "put", "schema": 1, "body": body(number, "wrong")})
    }

    pub fn signed(&self, claims: &Value) -> String {
        self.key.sign(StatementType::Revision, claims)
    }

    /// Puts a text in the place of a record's revision.
    pub fn put(&mut self, number: u64, jws: String) -> &mut Self {
        self.records.insert(sub(number).as_str().to_owned(), (sub(number), jws));
        self.seq += 1;
        self
    }

    /// Right practices of these numbers.
    pub fn with(mut self, numbers: std::ops::Range<u64>) -> Self {
        for number in numbers {
            let jws = self.revision(number, 1, "first");
            self.put(number, jws);
        }
        self
    }

    /// The revision of a record is not to be had.
    pub fn lack(&mut self, number: u64) -> &mut Self {
        let jws = &self.records[sub(number).as_str()].1;
        self.lacking.push(sha256(jws.as_bytes()));
        self
    }

    /// Everything is to be had again.
    pub fn lack_nothing(&mut self) -> &mut Self {
        self.lacking.clear();
        self
    }

    pub fn entries(&self) -> Entries {
        self.records.values().map(|(sub, jws)| (sub.name(), sha256(jws.as_bytes()))).collect()
    }

    pub fn checkpoint(&self) -> String {
        self.checkpoint_of(self.entries().root())
    }

    pub fn checkpoint_of(&self, root: [u8; 32]) -> String {
        Checkpoint::sign(&self.key, &self.origin, Audience::Public, self.seq, root, self.seq.cast_signed()).jws
    }

    /// Its state, always whole.
    pub fn state(&self) -> Answer {
        state(&self.checkpoint(), &self.entries().to_bytes())
    }

    /// The answer to a request for revisions.
    pub fn batch(&self, asked: &Asked) -> Answer {
        let asked: Value = serde_json::from_slice(&asked.body).unwrap();
        let wanted = asked["digests"].as_array().unwrap().iter();
        let wanted = wanted.map(|digest| hash_from_base64url(digest.as_str().unwrap()).unwrap());
        let (mut text, mut missing) = (String::new(), Vec::new());
        for digest in wanted {
            let found = self.records.values().find(|(_, jws)| sha256(jws.as_bytes()) == digest);
            match found.filter(|_| !self.lacking.contains(&digest)) {
                Some((_, jws)) => text.push_str(&format!("{}\n", json!({"jws": jws}))),
                None => missing.push(base64url(&digest)),
            }
        }
        text.push_str(&format!("{}\n", json!({"more": false, "missing": missing})));
        Answer::ok("application/x-ndjson", text)
    }

    /// Answers in the place of the instance behind its gate from now on.
    pub fn instead_of(self, instance: &Instance) -> Arc<Mutex<Self>> {
        let forged = Arc::new(Mutex::new(self));
        let shared = forged.clone();
        instance.gate.rule(move |asked| {
            let forged = shared.lock().unwrap();
            match &*asked.path {
                "/federation/v1/state" => Deed::Say(forged.state()),
                "/federation/v1/revisions" => Deed::Say(forged.batch(asked)),
                _ => Deed::Pass,
            }
        });
        forged
    }
}

/// An answer of `state`.
pub fn state(checkpoint: &str, entries: &[u8]) -> Answer {
    Answer::json(&json!({"checkpoint": checkpoint, "entries": base64url(entries)}))
}
