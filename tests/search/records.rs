//! A catalogue of the shipped records and of generated ones, all of one origin, and the index of it.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use nmirf_hub::{
    catalog::{
        Catalog, Change, Instance, InstanceRole, Journal, Network, Published, RecordState, RecordUpdate, Revision,
        Snapshot, SyncState, Update, Viewer,
    },
    record::{Audience, Kind, LanguageTag, RecordKey, Sub, decode, first_data, normalize},
    search::{Hits, Index, Question, Reader},
};
use serde_json::{Value, json};
use uuid::Uuid;

pub const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ar", "zh", "ru"];

const ORIGIN: &str = "https://coordinator.example";
const JOURNAL: u32 = 1;

/// The records, and which of the generated ones are about what.
pub struct Library {
    pub snapshot: Arc<Snapshot>,
    pub reader: Arc<Reader>,
    /// Topic and language, then the grades of records.
    pub about: HashMap<(String, String), Vec<(RecordKey, u8)>>,
}

pub static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut about = HashMap::new();
    let mut bodies: Vec<(Kind, Value)> = shipped();
    for (topic, language, grade, body) in generated() {
        let key = RecordKey::of(RecordKey::COORDINATOR, &sub(Kind::Practice, bodies.len()));
        about.entry((topic, language)).or_insert_with(Vec::new).push((key, grade));
        bodies.push((Kind::Practice, body));
    }
    let snapshot = catalog_of(bodies).snapshot();
    let index = Index::default();
    index.follow(&snapshot);
    Library { snapshot, reader: index.reader().unwrap(), about }
});

impl Library {
    pub fn find(&self, language: Option<&str>, text: &str) -> Arc<Hits> {
        let language = language.map(|language| LanguageTag::parse(language).unwrap());
        self.reader.find(&self.snapshot, Question { text, language: language.as_ref(), kinds: &[] })
    }

    /// Hits, best first.
    pub fn best(&self, hits: &Hits) -> Vec<&Arc<Published>> {
        let mut slots: Vec<u32> = hits.slots().iter().collect();
        slots.sort_by_key(|slot| (std::cmp::Reverse(hits.ranks().rank(*slot)), *slot));
        slots.into_iter().map(|slot| self.snapshot.visible(slot, Viewer::PUBLIC).unwrap()).collect()
    }

    /// The shipped records whose English title or name begins so.
    pub fn titled(&self, beginning: &str) -> Vec<RecordKey> {
        let found: Vec<RecordKey> =
            self.snapshot.everything().filter(|record| english(record).starts_with(beginning)).map(|r| r.key).collect();
        assert!(!found.is_empty(), "no record begins with {beginning:?}");
        found
    }
}

pub fn english(record: &Published) -> &str {
    record.title().and_then(|title| title.get(&LanguageTag::english())).unwrap_or_default()
}

fn shipped() -> Vec<(Kind, Value)> {
    let kinds = [
        (Kind::Practice, first_data::practices()),
        (Kind::Mechanism, first_data::mechanisms()),
        (Kind::Document, first_data::documents()),
        (Kind::Event, first_data::events()),
        (Kind::Member, first_data::members()),
    ];
    kinds.into_iter().flat_map(|(kind, bodies)| bodies.into_iter().map(move |body| (kind, body))).collect()
}

/// Topic, language, grade, body; test data, all of it.
fn generated() -> Vec<(String, String, u8, Value)> {
    let rows = |file: &'static str| {
        let lines = file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        lines.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let fillers = rows(include_str!("fillers.txt"));
    let mut records = Vec::new();
    for topic in rows(include_str!("topics.txt")) {
        let [name, language, title, other_title, sentence, other_sentence] = topic[..] else { panic!("{topic:?}") };
        let own: Vec<&Vec<&str>> = fillers.iter().filter(|filler| filler[0] == language).collect();
        let (one, other) = (own[0], own[1]);
        let bodies = [
            (2, title, sentence, one[2]),
            (2, other_title, one[2], sentence),
            (1, one[1], sentence, other[2]),
            (1, other[1], other[2], &format!("{} {sentence} {other_sentence}", one[2])[..]),
        ];
        for (grade, title, summary, description) in bodies {
            let body = json!({
                "country": "MA",
                "title": {language: title},
                "summary": {language: summary},
                "description": {language: description},
                "compiled": true,
                "sources": [{"title": "Test data"}],
            });
            records.push((name.to_owned(), language.to_owned(), grade, body));
        }
    }
    records
}

fn sub(kind: Kind, number: usize) -> Sub {
    Sub::new(kind, Uuid::from_u128(number as u128 + 1))
}

fn catalog_of(bodies: Vec<(Kind, Value)>) -> Catalog {
    let catalog = Catalog::empty("database");
    let records = bodies.into_iter().enumerate().map(|(number, (kind, mut body))| {
        normalize(&mut body);
        let sub = sub(kind, number);
        let revision = Revision {
            journal: JOURNAL,
            number: 1,
            signed_at: 1_700_000_000 + number as i64,
            created_at: None,
            received_at: 0,
            via: None,
            key_id: "key".into(),
            digest: [0; 32],
        };
        RecordUpdate {
            key: RecordKey::of(RecordKey::COORDINATOR, &sub),
            sub,
            change: Change { number: 1, at: 1, revised: false },
            state: RecordState::Shown(Box::new(revision), Arc::new(decode(kind, &body).unwrap())),
        }
    });
    let records = records.collect();
    catalog.apply(Update { number: 1, at: 1, forgotten: 0, network: Some(Arc::new(network())), records });
    catalog
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
        journals: vec![JOURNAL],
        paused: false,
        blocked: false,
    };
    let journal = Journal {
        id: JOURNAL,
        origin: ORIGIN.into(),
        audience: Audience::Public,
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
    Network {
        coordinators: vec![ORIGIN.into()],
        instances: vec![instance],
        journals: [(JOURNAL, journal)].into_iter().collect(),
    }
}
