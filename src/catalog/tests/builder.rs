//! Records and networks for tests: `a_practice().by("MA").with("startYear", 2020)`.

use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::catalog::{
    Catalog, Change, Direction, Filter, Hiding, Instance, InstanceRole, Journal, Network, Order, PageRequest,
    Published, RecordState, RecordUpdate, Request, Revision, Snapshot, SyncState, Update, Viewer, Window, Withdrawal,
};
use crate::record::{Audience, CountryCode, Kind, RecordKey, Sub, decode};

pub(super) const STATES: [&str; 3] = ["MA", "PT", "PY"];
pub(super) const COORDINATOR: &str = "https://coordinator.example";

pub(super) fn origin_of(state: &str) -> String {
    if state == "coordinator" { COORDINATOR.into() } else { format!("https://{}.example", state.to_lowercase()) }
}

/// Public journal of an origin; the one for the network has the next id.
pub(super) fn journal_of(state: &str) -> u32 {
    STATES.iter().position(|known| *known == state).map_or(1, |place| 11 + 10 * place as u32)
}

/// The coordinator and three States, all active.
pub(super) fn network() -> Network {
    let mut network = Network { coordinators: vec![COORDINATOR.into()], ..Network::default() };
    for state in ["coordinator"].into_iter().chain(STATES) {
        let ids = [journal_of(state), journal_of(state) + 1];
        network.instances.push(Instance {
            entity_id: origin_of(state).into(),
            name: state.into(),
            role: if state == "coordinator" { InstanceRole::Coordinator } else { InstanceRole::National },
            country: CountryCode::parse(state),
            languages: Vec::new(),
            software_version: None,
            contact: None,
            licence: None,
            demonstration: true,
            keys: Vec::new(),
            is_self: state == "MA",
            active: true,
            member: None,
            journals: ids.to_vec(),
            paused: false,
            blocked: false,
        });
        for (id, audience) in ids.into_iter().zip(Audience::ALL) {
            network.journals.insert(id, journal(id, &origin_of(state), audience));
        }
    }
    network
}

fn journal(id: u32, origin: &str, audience: Audience) -> Journal {
    Journal {
        id,
        origin: origin.into(),
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
    }
}

/// A record before it is published.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    kind: Kind,
    state: &'static str,
    id: u128,
    pub(super) body: Value,
    audience: Audience,
    signed_at: i64,
    created_at: Option<i64>,
}

fn a(kind: Kind, body: Value) -> Draft {
    Draft { kind, state: "MA", id: 1, body, audience: Audience::Public, signed_at: 1000, created_at: None }
}

pub(super) fn a_practice() -> Draft {
    a(Kind::Practice, json!({"country": "MA", "title": {"en": "A practice"}, "summary": {"en": "What it is"}}))
}

pub(super) fn a_mechanism() -> Draft {
    a(Kind::Mechanism, json!({"country": "MA", "name": {"en": "A mechanism"}}))
}

pub(super) fn a_document() -> Draft {
    a(Kind::Document, json!({"title": {"en": "A document"}, "type": "report"}))
}

pub(super) fn an_event() -> Draft {
    a(Kind::Event, json!({"title": {"en": "An event"}, "type": "seminar"}))
}

pub(super) fn a_member() -> Draft {
    let body = json!({"country": "MA", "role": "member", "status": "active", "history": []});
    Draft { state: "coordinator", ..a(Kind::Member, body) }
}

impl Draft {
    /// Of this State, about this State.
    pub(super) fn by(mut self, state: &'static str) -> Self {
        self.state = state;
        if state == "coordinator" { self } else { self.with("country", state) }
    }

    pub(super) fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.body[member] = value.into();
        self
    }

    /// Put together by the coordinator about this State.
    pub(super) fn compiled_about(self, state: &'static str) -> Self {
        self.by("coordinator")
            .with("country", state)
            .with("compiled", true)
            .with("sources", json!([{"title": "A source"}]))
    }

    pub(super) fn id(mut self, id: u128) -> Self {
        self.id = id;
        self
    }

    pub(super) fn signed_at(mut self, seconds: i64) -> Self {
        self.signed_at = seconds;
        self
    }

    pub(super) fn created_at(mut self, seconds: i64) -> Self {
        self.created_at = Some(seconds);
        self
    }

    pub(super) fn for_the_network(mut self) -> Self {
        self.audience = Audience::Network;
        self
    }

    pub(super) fn sub(&self) -> Sub {
        Sub::new(self.kind, Uuid::from_u128(self.id))
    }

    pub(super) fn key(&self) -> RecordKey {
        let origin = origin_of(self.state);
        RecordKey::of(if self.state == "coordinator" { "coordinator" } else { &origin }, &self.sub())
    }

    /// A reference to it from another origin.
    pub(super) fn reference(&self) -> Value {
        json!({"iss": origin_of(self.state), "sub": self.sub().as_str()})
    }

    pub(super) fn journal(&self) -> u32 {
        journal_of(self.state) + u32::from(self.audience == Audience::Network)
    }

    pub(super) fn shown(&self) -> RecordState {
        let revision = Revision {
            journal: self.journal(),
            number: 1,
            signed_at: self.signed_at,
            created_at: self.created_at,
            received_at: self.signed_at.saturating_mul(1000),
            via: None,
            key_id: "key".into(),
            digest: [0; 32],
        };
        RecordState::Shown(Box::new(revision), Arc::new(decode(self.kind, &self.body).unwrap()))
    }

    pub(super) fn withdrawn(&self) -> RecordState {
        RecordState::Withdrawn(Withdrawal { journal: self.journal(), withdrawn_at: 5, superseded_by: None })
    }

    pub(super) fn hidden(&self) -> RecordState {
        RecordState::Hidden(Hiding { journal: self.journal(), reason: "Its key was stolen.".into() })
    }

    pub(super) fn update(&self, number: u64, state: RecordState) -> RecordUpdate {
        let change = Change { number, at: number as i64, revised: false };
        RecordUpdate { key: self.key(), sub: self.sub(), change, state }
    }
}

/// A catalogue with this network and these records, in one step with number 1.
pub(super) fn catalog_of<'d>(network: Network, drafts: impl IntoIterator<Item = &'d Draft>) -> Catalog {
    let catalog = Catalog::empty("database");
    let records = drafts.into_iter().map(|draft| draft.update(1, draft.shown())).collect();
    catalog.apply(Update { number: 1, at: 1, forgotten: 0, network: Some(Arc::new(network)), records });
    catalog
}

pub(super) fn snapshot_of<'d>(drafts: impl IntoIterator<Item = &'d Draft>) -> Arc<Snapshot> {
    catalog_of(network(), drafts).snapshot()
}

/// Keys that a filter finds for the public, by key.
pub(super) fn found(snapshot: &Snapshot, filter: &Filter) -> Vec<RecordKey> {
    found_by(snapshot, filter, Viewer::PUBLIC)
}

pub(super) fn found_by(snapshot: &Snapshot, filter: &Filter, viewer: Viewer) -> Vec<RecordKey> {
    let selection = snapshot.select(&Request { filter, viewer, within: None });
    let slots = selection.slots().iter();
    let mut keys: Vec<_> = slots.map(|slot| snapshot.visible(slot, viewer).unwrap().key).collect();
    keys.sort_unstable();
    keys
}

pub(super) fn keys<'d>(drafts: impl IntoIterator<Item = &'d Draft>) -> Vec<RecordKey> {
    let mut keys: Vec<_> = drafts.into_iter().map(Draft::key).collect();
    keys.sort_unstable();
    keys
}

/// Keys of a whole list in order, for the public.
pub(super) fn listed(snapshot: &Snapshot, kind: Kind, order: Order, direction: Direction) -> Vec<RecordKey> {
    let filter = Filter::of(kind);
    let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
    let page = selection.page(&whole(order, direction)).unwrap();
    page.items.iter().map(|record| record.key).collect()
}

pub(super) fn whole(order: Order, direction: Direction) -> PageRequest<'static> {
    PageRequest { order, direction, language: "en", ranks: None, window: Window::default() }
}

pub(super) fn key_of(record: Option<&Arc<Published>>) -> Option<RecordKey> {
    record.map(|record| record.key)
}
