//! A coordinator on a real socket, with members whose keys the tests hold; and a national instance beside it.

mod served;

use std::{ops::Deref, path::Path, sync::Arc};

use nmirf_hub::{
    config::{Config, PinnedKey, PinnedStatus, Role},
    federation::assertion::make_assertion,
    hub::Hub,
    journal::{
        encoding,
        key::{KeySet, KeyStatus},
        publish::{self, Author, Publication},
        revision::Act,
        signing::SigningKey,
    },
    record::{Audience, Kind, Sub},
    register,
    store::Store,
};
use serde_json::{Value, json};
use uuid::Uuid;

#[allow(unused_imports)]
pub use served::{Answer, Served};

/// An active member.
pub const MEMBER: &str = "https://member.example";
/// A suspended one.
pub const SUSPENDED: &str = "https://suspended.example";

/// A coordinator that serves.
pub struct Coordinator {
    served: Served,
    /// Current key of [`MEMBER`].
    pub member: SigningKey,
    /// Retired key of [`MEMBER`].
    pub retired: SigningKey,
    /// Current key of [`SUSPENDED`].
    pub suspended: SigningKey,
}

impl Deref for Coordinator {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.served
    }
}

impl Coordinator {
    pub async fn start() -> Self {
        let configure = |base: &str| {
            let mut config = Config::default_for(base, "Coordinator", Role::Coordinator, None);
            // A table of rights asks more often than one client should.
            config.graphql.rate = None;
            // Other instances of a test are on this machine, too.
            config.trust.allow_private_networks = true;
            config
        };
        let served = Served::start(configure, found).await;
        let (member, retired, suspended) = (SigningKey::generate(), SigningKey::generate(), SigningKey::generate());
        let this = Self { served, member, retired, suspended };
        this.admit().await;
        this
    }

    async fn admit(&self) {
        let mut keys = KeySet::of(self.member.public().clone(), KeyStatus::Current);
        keys.add(self.retired.public().clone(), KeyStatus::Retired);
        let suspended = KeySet::of(self.suspended.public().clone(), KeyStatus::Current);
        self.publish(vec![member(901, MEMBER, "active", &keys), member(902, SUSPENDED, "suspended", &suspended)]).await;
    }

    /// Says of [`MEMBER`] that its key has this status, and of its membership another.
    pub async fn change_member(&self, key: KeyStatus, status: &str) {
        let keys = KeySet::of(self.member.public().clone(), key);
        self.publish(vec![member(901, MEMBER, status, &keys)]).await;
    }

    /// Publishes as [`MEMBER`] in a database of its own, and takes a proved copy of its journal over.
    pub async fn copy_of_member(&self, publications: Vec<Publication>) {
        let audience = publications[0].audience;
        let origin = self.publish_as_member(publications).await;
        self.adopt(&origin, MEMBER, audience).await;
    }

    /// The database of [`MEMBER`] with these records.
    pub async fn publish_as_member(&self, publications: Vec<Publication>) -> Store {
        let url = format!("sqlite://{}", self.folder.path().join("member.db").display());
        let origin = Store::open(&url).await.unwrap();
        let key = Arc::new(SigningKey::from_seed(seed_of(&self.member, self.folder.path())));
        let author =
            Author { entity_id: MEMBER.into(), key, is_coordinator: false, max_entries: 100, max_bytes: 1 << 30 };
        publish::sign_if_due(&origin, &author, self.hub.now()).await.unwrap();
        publish::publish(&origin, &author, self.hub.now(), publications, &|_| {}).await.unwrap();
        origin
    }

    /// A national instance that has pinned this coordinator, follows its anchor and holds its register.
    pub async fn national(&self) -> Served {
        let national = self.national_without_register().await;
        national.adopt(self.hub.store(), &self.base, Audience::Public).await;
        national
    }

    /// As [`Self::national`], before its first pull.
    pub async fn national_without_register(&self) -> Served {
        let configure = |base: &str| {
            let mut config = Config::default_for(base, "National", Role::National, Some("PT"));
            let key = PinnedKey::new(&self.hub.author().key.public().x(), PinnedStatus::Current).unwrap();
            config.trust.coordinator.entity_id = Some(self.base.clone());
            config.trust.coordinator.key = Some(key);
            config
        };
        let links: Vec<String> = self.hub.trust().chain().tokens().map(str::to_owned).collect();
        let follow = async |hub: &Hub| {
            register::follow_anchor(hub.store(), &hub.trust_source(), &links, &|_, _| false, 0).await.unwrap().unwrap();
            publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await.unwrap();
        };
        Served::start(configure, follow).await
    }

    /// An assertion of the active member for this coordinator.
    pub fn assertion(&self) -> String {
        make_assertion(&self.member, MEMBER, &self.base, self.hub.now())
    }
}

/// The coordinator's first acts.
async fn found(hub: &Hub) {
    register::found_network(hub.store(), hub.entity_id(), &hub.author().key, hub.now()).await.unwrap();
    publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await.unwrap();
}

/// A practice of this number.
pub fn practice(number: u64) -> Publication {
    publication(Kind::Practice, number, body(number, "short"))
}

/// The same in the network journal.
pub fn network_practice(number: u64) -> Publication {
    Publication { audience: Audience::Network, ..practice(number) }
}

pub fn body(number: u64, text: &str) -> Value {
    json!({"country": "MA", "title": {"en": format!("Practice {number}")}, "summary": {"en": text}})
}

pub fn publication(kind: Kind, number: u64, body: Value) -> Publication {
    let uuid = Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 | number);
    Publication { sub: Sub::new(kind, uuid), audience: Audience::Public, act: Act::Put { body }, expected: None }
}

fn member(number: u64, entity_id: &str, status: &str, keys: &KeySet) -> Publication {
    let term = json!({"from": "2026-01-01", "role": "member", "status": status});
    let body = json!({"country": "MA", "entityId": entity_id, "role": "member", "status": status,
        "history": [term], "keys": keys.to_json()});
    publication(Kind::Member, number, body)
}

/// A key gives its seed to nobody but its file.
fn seed_of(key: &SigningKey, folder: &Path) -> [u8; 32] {
    let file = folder.join(format!("{}.key", key.public().thumbprint()));
    if !file.exists() {
        key.write(&file).unwrap();
    }
    let jwk: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    encoding::hash_from_base64url(jwk["d"].as_str().unwrap()).unwrap()
}
