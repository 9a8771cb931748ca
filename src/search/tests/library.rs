//! A catalogue with a public journal and one for the network, and an index that follows it.

use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::catalog::{
    Catalog, Change, Hiding, Instance, InstanceRole, Journal, Network, RecordState, RecordUpdate, Revision, Snapshot,
    SyncState, Update, Viewer, Withdrawal,
};
use crate::record::{Audience, Kind, LanguageTag, RecordKey, Sub, decode};
use crate::search::{Hits, Index, Question, Reader};

const ORIGIN: &str = "https://coordinator.example";

pub(super) struct Library {
    pub(super) catalog: Catalog,
    pub(super) index: Index,
    number: u64,
}

pub(super) fn practice(title: &Value, summary: &Value) -> Value {
    json!({"country": "MA", "title": title, "summary": summary, "compiled": true, "sources": [{"title": "A source"}]})
}

pub(super) fn titled(title: &str) -> Value {
    practice(&json!({"en": title}), &json!({"en": "Words that nobody asks for."}))
}

pub(super) fn key(id: u128) -> RecordKey {
    RecordKey::of(RecordKey::COORDINATOR, &sub(id))
}

fn sub(id: u128) -> Sub {
    Sub::new(Kind::Practice, Uuid::from_u128(id))
}

fn journal(audience: Audience) -> u32 {
    if audience == Audience::Public { 1 } else { 2 }
}

pub(super) fn shown(body: &Value, audience: Audience, signed_at: i64) -> RecordState {
    let revision = Revision {
        journal: journal(audience),
        number: 1,
        signed_at,
        created_at: None,
        received_at: 0,
        via: None,
        key_id: "key".into(),
        digest: [0; 32],
    };
    RecordState::Shown(Box::new(revision), Arc::new(decode(Kind::Practice, body).unwrap()))
}

pub(super) fn withdrawn() -> RecordState {
    RecordState::Withdrawn(Withdrawal { journal: 1, withdrawn_at: 5, superseded_by: None })
}

pub(super) fn hidden() -> RecordState {
    RecordState::Hidden(Hiding { journal: 1, reason: "Its key was stolen.".into() })
}

impl Library {
    pub(super) fn new() -> Library {
        let library = Library { catalog: Catalog::empty("database"), index: Index::default(), number: 1 };
        let network = Some(Arc::new(network()));
        library.catalog.apply(Update { number: 1, at: 1, forgotten: 0, network, records: Vec::new() });
        library
    }

    /// Public practices with these ids, signed at their ids.
    pub(super) fn with(bodies: impl IntoIterator<Item = (u128, Value)>) -> Library {
        let mut library = Library::new();
        let states = bodies.into_iter().map(|(id, body)| (id, shown(&body, Audience::Public, id as i64)));
        library.apply(states.collect());
        library.follow();
        library
    }

    pub(super) fn apply(&mut self, states: Vec<(u128, RecordState)>) {
        self.number += 1;
        let change = Change { number: self.number, at: 1, revised: false };
        let records =
            states.into_iter().map(|(id, state)| RecordUpdate { key: key(id), sub: sub(id), change, state }).collect();
        self.catalog.apply(Update { number: self.number, at: 1, forgotten: 0, network: None, records });
    }

    pub(super) fn follow(&self) {
        self.index.follow(&self.catalog.snapshot());
    }

    pub(super) fn reader(&self) -> Arc<Reader> {
        self.index.reader().unwrap()
    }

    /// Ids that are found in the present snapshot, best first; only public ones for the public.
    pub(super) fn found(&self, text: &str) -> Vec<u128> {
        let snapshot = self.catalog.snapshot();
        let hits = find(&self.reader(), &snapshot, None, text);
        ids(&snapshot, &hits, Viewer::PUBLIC)
    }
}

pub(super) fn find(reader: &Reader, snapshot: &Snapshot, language: Option<&str>, text: &str) -> Arc<Hits> {
    let language = language.map(|tag| LanguageTag::parse(tag).unwrap());
    reader.find(snapshot, Question { text, language: language.as_ref(), kinds: &[] })
}

/// Ids of hits, best first.
pub(super) fn ids(snapshot: &Snapshot, hits: &Hits, viewer: Viewer) -> Vec<u128> {
    let mut slots: Vec<u32> = hits.slots().iter().collect();
    slots.sort_by_key(|slot| std::cmp::Reverse(hits.ranks().rank(*slot)));
    slots.iter().filter_map(|slot| Some(snapshot.visible(*slot, viewer)?.sub.uuid().as_u128())).collect()
}

fn network() -> Network {
    let instance = Instance {
        entity_id: ORIGIN.into(),
        name: "Coordinator".into(),
        role: InstanceRole::Coordinator,
        country: None,
        languages: Vec::new(),
        software_version: None,
        contact: None,
        licence: None,
        demonstration: true,
        keys: Vec::new(),
        is_self: true,
        active: true,
        member: None,
        journals: vec![1, 2],
        paused: false,
        blocked: false,
    };
    let journals = Audience::ALL.map(|audience| {
        let journal = Journal {
            id: journal(audience),
            origin: ORIGIN.into(),
            audience,
            checkpoint: None,
            state: SyncState::Current,
            confirmed_at: None,
            last_success_at: None,
            last_attempt_at: None,
            next_attempt_at: None,
            last_error: None,
            gaps: 0,
            not_shown: Vec::new(),
            conflict: None,
            via: None,
            stale: false,
            compromised: false,
        };
        (journal.id, journal)
    });
    Network { coordinators: vec![ORIGIN.into()], instances: vec![instance], journals: journals.into_iter().collect() }
}
