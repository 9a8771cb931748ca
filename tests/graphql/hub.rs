//! A hub of five instances over the first data, answered from memory. This one is Morocco's; Mauritius is suspended.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::{Request, Variables};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use nmirf_hub::access::{Person, Role};
use nmirf_hub::catalog::{
    Catalog, Change, FaultWord, HeldCheckpoint, Hiding, Instance, InstanceKey, InstanceRole, Journal, Network,
    RecordState, RecordUpdate, Revision, Snapshot, SyncFault, SyncState, Update, Withdrawal,
};
use nmirf_hub::graphql::guard::rules::CostRules;
use nmirf_hub::graphql::guard::{Guard, Limits};
use nmirf_hub::graphql::{
    Asker, Detail, HistoryAsk, HistoryRow, HubSchema, InJournal, Judge, Reading, Source, Unreadable, schema, sdl,
};
use nmirf_hub::record::{Audience, CountryCode, Kind, LanguageTag, RecordKey, Sub, decode, first_data, normalize};
use nmirf_hub::search;
use serde_json::{Value as Json, json};
use uuid::Uuid;

pub const COORDINATOR: &str = "https://coordinator.example";
pub const MOROCCO: &str = "https://ma.example";
pub const PORTUGAL: &str = "https://pt.example";
pub const PARAGUAY: &str = "https://py.example";
pub const MAURITIUS: &str = "https://mu.example";

/// 2026-11-24T12:00:00Z.
pub const NOW: i64 = 1_795_521_600_000;
/// The first revision of everything was signed a day before, each record a second later than the one before.
pub const SIGNED: i64 = NOW / 1000 - 86_400;

/// Journals: the public ones, then what Portugal says to members only.
const JOURNALS: [(u32, &str, Audience); 6] = [
    (1, COORDINATOR, Audience::Public),
    (2, MOROCCO, Audience::Public),
    (3, PORTUGAL, Audience::Public),
    (4, PARAGUAY, Audience::Public),
    (5, MAURITIUS, Audience::Public),
    (6, PORTUGAL, Audience::Network),
];

/// Somebody of the staff, with this role.
pub fn somebody(role: Role) -> Asker {
    Asker { person: Some(Person { name: "Amina".into(), role, language: None }), address: None }
}

/// What stands behind the resolvers.
pub struct Memory {
    pub catalog: Catalog,
    pub index: search::Index,
    pub reads: AtomicUsize,
    pub broken: bool,
    /// The most that was asked of histories.
    pub deepest: AtomicUsize,
}

impl Source for Memory {
    fn snapshot(&self) -> Arc<Snapshot> {
        self.catalog.snapshot()
    }

    fn index(&self) -> Option<Arc<search::Reader>> {
        self.index.reader()
    }

    fn revisions(&self, wanted: Vec<InJournal>) -> BoxFuture<'_, Result<HashMap<InJournal, String>, Unreadable>> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        let found = wanted.into_iter().map(|place| (place, format!("signed-{}-{}", place.0, place.1[0]))).collect();
        let answer = if self.broken { Err(Unreadable::Failing) } else { Ok(found) };
        async move { answer }.boxed()
    }

    fn history(
        &self,
        wanted: Vec<InJournal>,
        ask: HistoryAsk,
    ) -> BoxFuture<'_, Result<HashMap<InJournal, Vec<HistoryRow>>, Unreadable>> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        let row = |number: u32| HistoryRow {
            number,
            signed_at: (ask.detail >= Detail::SignedAt).then_some(SIGNED + i64::from(number)),
            received_at: NOW,
            key_id: "key".into(),
            jws: (ask.detail == Detail::Signed).then(|| format!("revision-{number}").into()),
        };
        let rows: Vec<HistoryRow> = [3, 2, 1].into_iter().map(row).take(usize::try_from(ask.first).unwrap()).collect();
        self.deepest.fetch_max(ask.detail as usize, Ordering::SeqCst);
        let found = wanted.into_iter().map(|place| (place, rows.clone())).collect();
        let answer = if self.broken { Err(Unreadable::Failing) } else { Ok(found) };
        async move { answer }.boxed()
    }

    fn pulling(&self, journal: u32) -> bool {
        journal == 4
    }

    fn now_ms(&self) -> i64 {
        NOW
    }

    fn default_language(&self) -> LanguageTag {
        tag("fr")
    }
}

pub fn tag(text: &str) -> LanguageTag {
    LanguageTag::parse(text).unwrap()
}

/// A hub that answers.
pub struct Hub {
    pub memory: Arc<Memory>,
    pub schema: HubSchema,
    guard: Guard,
}

impl Hub {
    /// With the first data.
    pub fn new() -> Self {
        Self::of(false)
    }

    /// One whose store cannot be read.
    pub fn broken() -> Self {
        Self::of(true)
    }

    fn of(broken: bool) -> Self {
        let catalog = Catalog::empty("test");
        catalog.apply(Update {
            number: 1,
            at: NOW,
            forgotten: 0,
            network: Some(Arc::new(network())),
            records: first_records(),
        });
        let index = search::Index::default();
        index.follow(&catalog.snapshot());
        let memory =
            Arc::new(Memory { catalog, index, reads: AtomicUsize::new(0), broken, deepest: AtomicUsize::new(0) });
        let guard = Guard::new(&sdl(), &CostRules::of_the_hub(), Limits::default()).unwrap();
        let guard = guard.with_judge(Arc::new(Judge::new(memory.clone())));
        Self { memory, schema: schema(), guard }
    }

    /// The whole answer, as the transport would give it.
    pub async fn answer(&self, query: &str, variables: Json, asker: Asker, languages: &[&str]) -> Json {
        let variables = Variables::from_json(variables);
        let refused = |fault: nmirf_hub::graphql::guard::GuardError| json!({"errors": [{"message": fault.message, "extensions": {"code": fault.code.as_str()}}]});
        let document = match self.guard.analyze(query) {
            Ok(document) => document,
            Err(fault) => return refused(fault),
        };
        let operation = document.operation(None).unwrap();
        if let Err(fault) = self.guard.judge_request(&document, operation, &variables) {
            return refused(fault);
        }
        let languages = languages.iter().map(|language| tag(language)).collect();
        let reading = Reading::new(self.memory.clone(), asker, languages);
        let mut request = Request::new("").variables(variables).data(reading);
        request.set_parsed_query(document.parsed.clone());
        let mut response = self.schema.execute(request).await;
        document.finish(&mut response.data);
        serde_json::to_value(response).unwrap()
    }

    /// The data of an answer without errors, for anybody who reads English.
    pub async fn ask(&self, query: &str) -> Json {
        self.ask_as(query, Asker::ANONYMOUS, &["en"]).await
    }

    pub async fn ask_as(&self, query: &str, asker: Asker, languages: &[&str]) -> Json {
        let answer = self.answer(query, json!({}), asker, languages).await;
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].clone()
    }

    /// The code of the only error.
    pub async fn refusal(&self, query: &str) -> (String, String) {
        let answer = self.answer(query, json!({}), Asker::ANONYMOUS, &["en"]).await;
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let error = &answer["errors"][0];
        (text(&error["extensions"]["code"]), text(&error["message"]))
    }

    /// One more step of the catalogue.
    pub fn apply(&self, number: u64, records: Vec<RecordUpdate>) {
        self.memory.catalog.apply(Update {
            number,
            at: NOW + i64::try_from(number).unwrap(),
            forgotten: 0,
            network: None,
            records,
        });
    }

    pub fn reads(&self) -> usize {
        self.memory.reads.swap(0, Ordering::SeqCst)
    }
}

/// A variable-free value as JSON, for short comparisons.
pub fn values(list: &Json, path: &str) -> Vec<Json> {
    let items = list.as_array().unwrap();
    items.iter().map(|item| item.pointer(path).cloned().unwrap_or(Json::Null)).collect()
}

pub fn record(kind: Kind, number: u128, journal: u32, body: &Json, change: u64) -> RecordUpdate {
    let (key, sub) = name(kind, number, journal);
    let mut body = body.clone();
    normalize(&mut body);
    let record = decode(kind, &body).unwrap();
    let signed_at = SIGNED + i64::try_from(number).unwrap();
    let revision = Revision {
        journal,
        number: 1,
        signed_at,
        created_at: Some(signed_at),
        received_at: NOW - 1000,
        via: (journal == 4).then(|| Arc::from(PORTUGAL)),
        key_id: "key".into(),
        digest: [u8::try_from(number % 256).unwrap(); 32],
    };
    let change = Change { number: change, at: NOW, revised: change > 1 };
    RecordUpdate { key, sub, change, state: RecordState::Shown(Box::new(revision), Arc::new(record)) }
}

pub fn withdrawal(kind: Kind, number: u128, journal: u32, change: u64, by: Option<RecordKey>) -> RecordUpdate {
    let (key, sub) = name(kind, number, journal);
    let state = RecordState::Withdrawn(Withdrawal { journal, withdrawn_at: SIGNED, superseded_by: by });
    RecordUpdate { key, sub, change: Change { number: change, at: NOW, revised: true }, state }
}

pub fn hiding(kind: Kind, number: u128, journal: u32, change: u64) -> RecordUpdate {
    let (key, sub) = name(kind, number, journal);
    let state = RecordState::Hidden(Hiding { journal, reason: "summary: is missing".into() });
    RecordUpdate { key, sub, change: Change { number: change, at: NOW, revised: true }, state }
}

fn name(kind: Kind, number: u128, journal: u32) -> (RecordKey, Sub) {
    let sub = Sub::new(kind, Uuid::from_u128(number));
    let origin = JOURNALS.iter().find(|(id, ..)| *id == journal).unwrap().1;
    let issuer = if origin == COORDINATOR { RecordKey::COORDINATOR } else { origin };
    (RecordKey::of(issuer, &sub), sub)
}

pub fn key(kind: Kind, number: u128, journal: u32) -> String {
    name(kind, number, journal).0.to_string()
}

/// Journal of what the data says about a country: its own instance's, else the coordinator's.
fn journal_about(body: &Json) -> u32 {
    match body["country"].as_str() {
        Some("MA") => 2,
        Some("PT") => 3,
        Some("PY") => 4,
        Some("MU") => 5,
        _ => 1,
    }
}

/// The first data, each instance its own; what the coordinator says of States is compiled. Numbers: mechanisms from
/// 1000, practices from 2000, documents from 3000, events from 4000, members from 5000, in the order of the files.
fn first_records() -> Vec<RecordUpdate> {
    let mut records = Vec::new();
    let mut add = |kind: Kind, from: u128, bodies: Vec<Json>| {
        for (number, mut body) in (from..).zip(bodies) {
            let of_state = matches!(kind, Kind::Mechanism | Kind::Practice);
            let journal = if of_state { journal_about(&body) } else { 1 };
            if of_state && journal == 1 {
                body["compiled"] = json!(true);
            }
            records.push(record(kind, number, journal, &body, 1));
        }
    };
    add(Kind::Mechanism, 1000, first_data::mechanisms());
    add(Kind::Practice, 2000, first_data::practices());
    add(Kind::Document, 3000, first_data::documents());
    add(Kind::Event, 4000, first_data::events());
    let mut members = first_data::members();
    members.push(json!({
        "country": "MU", "entityId": MAURITIUS, "role": "member", "status": "suspended",
        "keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "status": "current"}],
        "history": [
            {"from": "2024-05-09", "until": "2025-03-01", "role": "member", "status": "active"},
            {"from": "2025-03-01", "role": "observer", "status": "suspended", "reason": "Asked for it."},
        ],
    }));
    add(Kind::Member, 5000, members);
    records
}

/// A practice of the first data by its place in the file.
pub fn practice(place: usize) -> Json {
    first_data::practices().swap_remove(place)
}

/// Number and journal of the first practice about a country.
pub fn practice_of(country: &str) -> (u128, u32) {
    let practices = first_data::practices();
    let place = practices.iter().position(|practice| practice["country"] == country).unwrap();
    (2000 + place as u128, journal_about(&practices[place]))
}

fn instance(entity_id: &str, country: Option<&str>, name: &str) -> Instance {
    Instance {
        entity_id: entity_id.into(),
        name: name.into(),
        role: if country.is_some() { InstanceRole::National } else { InstanceRole::Coordinator },
        country: country.and_then(CountryCode::parse),
        languages: vec![tag("en")],
        software_version: None,
        contact: None,
        licence: None,
        demonstration: true,
        keys: vec![InstanceKey { x: "x".into(), thumbprint: "thumb".into(), status: "current".into() }],
        is_self: entity_id == MOROCCO,
        active: entity_id != MAURITIUS,
        member: None,
        journals: JOURNALS.iter().filter(|(_, origin, _)| *origin == entity_id).map(|(id, ..)| *id).collect(),
        paused: false,
        blocked: false,
    }
}

pub fn network() -> Network {
    let instances = vec![
        instance(MOROCCO, Some("MA"), "Morocco's hub"),
        instance(COORDINATOR, None, "The network's hub"),
        instance(MAURITIUS, Some("MU"), "Mauritius's hub"),
        instance(PORTUGAL, Some("PT"), "Portugal's hub"),
        instance(PARAGUAY, Some("PY"), "Paraguay's hub"),
    ];
    let journals = JOURNALS.iter().map(|(id, origin, audience)| (*id, journal(*id, origin, *audience))).collect();
    Network { instances, journals, coordinators: vec![COORDINATOR.into()] }
}

fn journal(id: u32, origin: &str, audience: Audience) -> Journal {
    let state = match (origin, audience) {
        (MAURITIUS, _) => SyncState::Suspended,
        (_, Audience::Network) => SyncState::Failing,
        _ => SyncState::Current,
    };
    let failing = state == SyncState::Failing;
    let fault = || SyncFault { word: FaultWord::Timeout, sentence: "Portugal gave no answer within 10 s.".into() };
    Journal {
        id,
        origin: origin.into(),
        audience,
        checkpoint: Some(HeldCheckpoint {
            root: format!("root-{id}"),
            signed_at: SIGNED,
            jws: format!("checkpoint-{id}"),
            first_seen_at: NOW,
        }),
        state,
        confirmed_at: Some(NOW - 60_000),
        last_success_at: Some(NOW - 60_000),
        last_attempt_at: Some(NOW - 30_000),
        next_attempt_at: Some(NOW + 60_000),
        last_error: failing.then(fault),
        gaps: 0,
        not_shown: vec![("practice/x".to_owned(), "summary: is missing".to_owned())],
        conflict: None,
        via: (origin == PARAGUAY).then(|| PORTUGAL.into()),
        stale: origin == PARAGUAY,
        compromised: false,
    }
}
