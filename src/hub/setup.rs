//! Putting an instance together from its configuration.

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use arc_swap::ArcSwap;
use thiserror::Error;
use tokio::sync::{Notify, OnceCell, mpsc, watch};

use super::{Clock, Hub, follow::Follower};
use crate::{
    access::{Access, AccessSetupError},
    catalog::Catalog,
    config::{Config, PinnedKey, PinnedStatus, Role},
    journal::{
        anchor::Pin,
        key::{KeySet, KeyStatus, PublicKey},
        publish::{Author, PublishError},
        read,
        signing::{KeyFileError, SigningKey},
    },
    record::{Audience, LanguageTag},
    register::{self, Trust, TrustSource},
    store::{Store, StoreError},
    wire::{Web, WebConfig, WebSetupError},
};

/// Why an instance cannot be put together.
#[derive(Debug, Error)]
pub enum HubError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// Publishing.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The HTTP client.
    #[error(transparent)]
    Web(#[from] WebSetupError),
    /// Signing in.
    #[error(transparent)]
    Access(#[from] AccessSetupError),
    /// The database was made by another instance.
    #[error(
        "the database {url} belongs to {found}, and the configuration says that this is {wanted}. An entityId never \
         changes: give the new instance a database and a key of its own"
    )]
    OtherInstance {
        /// The database.
        url: String,
        /// EntityId in the database.
        found: String,
        /// EntityId in the configuration.
        wanted: String,
    },
    /// The key is not the one that this instance signs with.
    #[error(
        "the key file {file} holds the key {found}, and this instance has signed with {signed}; no register lists the \
         new one. Every peer would refuse what it signs: put the right key file back from a backup"
    )]
    OtherKey {
        /// The key file.
        file: String,
        /// Thumbprint of the key in it.
        found: String,
        /// Thumbprint of the key that signed before.
        signed: String,
    },
}

/// The setting that says whose database this is.
const OWNER: &str = "entity_id";

impl Hub {
    /// Opens the database and the key of a configuration. The catalogue is empty until [`Hub::catch_up`].
    pub async fn open(config: Config, clock: Clock) -> Result<Arc<Self>, HubError> {
        let key = Arc::new(SigningKey::read(&config.key.file)?);
        let store = Store::open(&config.database.url.reveal()).await?;
        own_database(&store, &config.instance.entity_id).await?;
        let is_coordinator = config.instance.role == Role::Coordinator;
        let mut source = trust_source(&config, &key);
        if source.pin.is_none() && is_coordinator {
            let founding = register::founding_pin(&store, &config.instance.entity_id).await?;
            let own = || Pin { entity_id: config.instance.entity_id.clone(), key: key.public().clone() };
            source.pin = Some(founding.unwrap_or_else(own));
        }
        for (entity_id, keys) in &source.peers {
            register::note_compromised(&store, entity_id, keys).await?;
        }
        let trust = Trust::load(&store, &source).await?;
        let author = Author {
            entity_id: config.instance.entity_id.as_str().into(),
            key,
            is_coordinator: is_coordinator && trust.coordinator() == Some(&config.instance.entity_id),
            max_entries: usize::try_from(config.sync.max_entries).unwrap_or(usize::MAX),
            max_bytes: config.sync.max_journal,
        };
        let web = Web::new(web_config(&config))?;
        let access = Access::new(&config, store.clone())?;
        let catalog = Arc::new(Catalog::empty(&store.id().await?));
        let languages = config.instance.languages.iter().filter_map(|tag| LanguageTag::parse(tag)).collect();
        let (wanted, wishes) = mpsc::unbounded_channel();
        Ok(Arc::new(Self {
            config,
            store,
            access,
            author: ArcSwap::from_pointee(author),
            source: ArcSwap::from_pointee(source),
            key_files: Mutex::new(None),
            trust: ArcSwap::from_pointee(trust),
            catalog,
            moments: watch::Sender::new(0),
            progresses: super::Progresses::default(),
            streams: Arc::default(),
            index: Arc::default(),
            web,
            clock,
            follower: tokio::sync::Mutex::new(Follower::default()),
            news: Notify::new(),
            pulling: Mutex::new(HashSet::new()),
            wanted,
            wishes: Mutex::new(Some(wishes)),
            languages,
            received: super::received::Counter::default(),
            first_look: OnceCell::new(),
            asked_for_key: std::sync::atomic::AtomicI64::new(i64::MIN),
        }))
    }
}

impl Hub {
    /// Before anything is signed: the key must be the one that signed before, or one that the register lists by now.
    pub async fn refuse_other_key(&self) -> Result<(), HubError> {
        let row = read::journal(self.store.read(), self.entity_id(), Audience::Public).await;
        let signed = row.map_err(StoreError::from)?.and_then(|row| row.key_id);
        let author = self.author();
        let found = author.key.public().thumbprint();
        match signed {
            Some(signed) if signed != **found && !self.trust().own_key_is_listed() => Err(HubError::OtherKey {
                file: self.config.key.file.display().to_string(),
                found: found.to_string(),
                signed,
            }),
            _ => Ok(()),
        }
    }
}

/// Makes the key of a new instance.
pub fn make_key(path: &Path) -> Result<SigningKey, KeyFileError> {
    let key = SigningKey::generate();
    key.write(path)?;
    Ok(key)
}

async fn own_database(store: &Store, entity_id: &str) -> Result<(), HubError> {
    match store.setting(OWNER).await? {
        Some(found) if found == entity_id => Ok(()),
        Some(found) => {
            let url = store.shown_url().to_owned();
            Err(HubError::OtherInstance { url, found, wanted: entity_id.to_owned() })
        }
        None => {
            let write = store.write().await?;
            write.set(OWNER, entity_id).await?;
            write.commit().await?;
            Ok(())
        }
    }
}

fn trust_source(config: &Config, key: &SigningKey) -> TrustSource {
    let own = config.instance.entity_id.clone();
    let pin = config
        .coordinator()
        .and_then(|(entity_id, pinned)| public_key(pinned).map(|key| Pin { entity_id: entity_id.to_owned(), key }));
    let peers: BTreeMap<String, KeySet> = config
        .trust
        .peers
        .iter()
        .map(|peer| {
            let mut keys = KeySet::default();
            for pinned in &peer.keys {
                if let Some(key) = public_key(pinned) {
                    keys.add(key, status(pinned.status));
                }
            }
            (peer.entity_id.clone(), keys)
        })
        .collect();
    TrustSource { own, own_key: key.public().clone(), pin, peers }
}

fn public_key(pinned: &PinnedKey) -> Option<PublicKey> {
    PublicKey::from_jwk(&serde_json::json!({"kty": "OKP", "crv": "Ed25519", "x": pinned.x()}))
}

fn status(pinned: PinnedStatus) -> KeyStatus {
    match pinned {
        PinnedStatus::Current => KeyStatus::Current,
        PinnedStatus::Retired => KeyStatus::Retired,
        PinnedStatus::Compromised => KeyStatus::Compromised,
    }
}

/// How the HTTP client of a configuration is set up.
pub fn web_config(config: &Config) -> WebConfig {
    WebConfig {
        allow_private_networks: config.trust.allow_private_networks,
        allow_http: config.trust.allow_http,
        ca_file: config.trust.ca_file.clone(),
        proxy: config.sync.proxy.clone(),
        connect: Duration::from_secs(5),
        idle: Duration::from_secs(30),
        user_agent: concat!("nmirf-hub/", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}
