//! The instances of the demonstration: which there are, and their folders.

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde_json::Value;

use crate::{
    cli::{Failure, arguments::Demo},
    config::{Config, DatabaseUrl, Overrides, PinnedKey, PinnedStatus, Role},
    hub::{Hub, make_key, system_clock},
    journal::signing::SigningKey,
    record::{CountryCode, country, first_data},
    register,
};

/// The national instances that come first; further ones by number of practices, then code.
const FIRST: [&str; 4] = ["MA", "PT", "PY", "MU"];

/// One instance of the demonstration.
pub struct Place {
    /// What people read.
    pub title: String,
    /// Its State; None for the coordinator.
    pub country: Option<String>,
    /// EntityId.
    pub entity_id: String,
    folder: PathBuf,
}

/// The instances that the command line asks for.
pub fn places(arguments: &Demo) -> Result<Vec<Place>, Failure> {
    let count = usize::from(arguments.instances);
    let last = usize::from(arguments.base_port) + count - 1;
    if last > usize::from(u16::MAX) {
        return Err(Failure::wrong_use(format!(
            "{count} instances from port {} on need ports up to {last}, and the last one is 65535. Choose a lower --base-port",
            arguments.base_port
        )));
    }
    let mut places = vec![Place {
        title: "Coordinator".to_owned(),
        country: None,
        entity_id: entity_id(arguments.base_port),
        folder: arguments.dir.join("coordinator"),
    }];
    for (place, code) in countries().into_iter().take(count - 1).enumerate() {
        let port = arguments.base_port + u16::try_from(place + 1).unwrap_or(0);
        places.push(Place {
            title: name(&code),
            entity_id: entity_id(port),
            folder: arguments.dir.join(code.to_lowercase()),
            country: Some(code),
        });
    }
    Ok(places)
}

/// A folder that is there already must be of the same ports: an entityId never changes.
pub fn refuse_others(places: &[Place]) -> Result<(), Failure> {
    places.iter().filter(|place| place.config_file().exists()).try_for_each(|place| place.config().map(drop))
}

/// Makes each folder that is not there.
pub fn make(places: &[Place]) -> Result<(), Failure> {
    let Some((first, others)) = places.split_first() else { return Ok(()) };
    let coordinator = first.make(None)?;
    others.iter().try_for_each(|place| place.make(Some((&first.entity_id, &coordinator))).map(drop))
}

fn entity_id(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn name(code: &str) -> String {
    let known = CountryCode::parse(code).and_then(country::get);
    let english = known.and_then(|country| country.name.iter().find(|(tag, _)| tag.as_str() == "en"));
    english.map_or_else(|| code.to_owned(), |(_, name)| name.to_owned())
}

fn countries() -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for practice in first_data::practices() {
        if let Some(code) = practice.get("country").and_then(Value::as_str) {
            *counts.entry(code.to_owned()).or_default() += 1;
        }
    }
    let mut all: Vec<(String, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(code, count)| {
        let first = FIRST.iter().position(|first| first == code).unwrap_or(FIRST.len());
        (first, std::cmp::Reverse(*count), code.clone())
    });
    all.into_iter().map(|(code, _)| code).collect()
}

impl Place {
    /// Its configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.folder.join("hub.toml")
    }

    /// Its key's file.
    pub fn key_file(&self) -> PathBuf {
        self.folder.join("hub.key")
    }

    /// Reads its key.
    pub fn key(&self) -> Result<SigningKey, Failure> {
        SigningKey::read(&self.key_file()).map_err(Failure::failed)
    }

    /// Where it listens.
    pub fn address(&self) -> Result<SocketAddr, Failure> {
        self.entity_id.trim_start_matches("http://").parse().map_err(Failure::failed)
    }

    /// Its configuration as it was written.
    fn config(&self) -> Result<Config, Failure> {
        let config = Config::load(&self.config_file(), &Overrides::none())?;
        if config.instance.entity_id != self.entity_id {
            return Err(Failure::wrong_use(format!(
                "{} is the folder of {}, and this demonstration would run it as {}. An entityId never changes: use the same \
                 --base-port as before, or another --dir",
                self.folder.display(),
                config.instance.entity_id,
                self.entity_id
            )));
        }
        Ok(config)
    }

    /// Opens it; the coordinator founds the network when it is opened first.
    pub async fn open(&self) -> Result<Arc<Hub>, Failure> {
        let hub = Hub::open(self.config()?, system_clock()).await.map_err(Failure::failed)?;
        if self.country.is_none() {
            let key = &hub.author().key;
            let founded = register::found_network(hub.store(), hub.entity_id(), key, hub.now()).await;
            founded.map_err(Failure::failed)?;
            hub.catch_up().await.map_err(Failure::failed)?;
        }
        Ok(hub)
    }

    /// Makes folder, key and configuration, if they are not there.
    fn make(&self, coordinator: Option<(&str, &SigningKey)>) -> Result<SigningKey, Failure> {
        let in_the_way = |path: &Path, fault: std::io::Error| {
            Failure::failed(format!("{} cannot be made: {fault}. Choose another --dir", path.display()))
        };
        fs::create_dir_all(&self.folder).map_err(|fault| in_the_way(&self.folder, fault))?;
        let key = match self.key_file().exists() {
            true => self.key()?,
            false => make_key(&self.key_file()).map_err(Failure::failed)?,
        };
        if !self.config_file().exists() {
            let text = self.configuration(coordinator)?.to_toml();
            fs::write(self.config_file(), text).map_err(|fault| in_the_way(&self.config_file(), fault))?;
        }
        Ok(key)
    }

    fn configuration(&self, coordinator: Option<(&str, &SigningKey)>) -> Result<Config, Failure> {
        let role = if self.country.is_some() { Role::National } else { Role::Coordinator };
        let name = format!("{} (demonstration)", self.title);
        let mut config = Config::default_for(&self.entity_id, &name, role, self.country.as_deref());
        config.instance.demonstration = true;
        config.listen.address = self.address()?;
        config.database.url = DatabaseUrl::Sqlite("hub.db".into());
        config.key.file = "hub.key".into();
        config.trust.allow_private_networks = true;
        config.sync.interval = Duration::from_secs(10);
        if let Some((entity_id, key)) = coordinator {
            config.trust.coordinator.entity_id = Some(entity_id.to_owned());
            let pinned = PinnedKey::new(&key.public().x(), PinnedStatus::Current).map_err(Failure::failed)?;
            config.trust.coordinator.key = Some(pinned);
        }
        Ok(config)
    }
}
