//! What is known of each peer: its entity configuration, for display alone (protocol §2), which journals it lists, and
//! whether the operator has paused or blocked it.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder,
    sea_query::OnConflict,
};
use serde_json::{Value, json};

use crate::{
    journal::{
        jws::{JwsError, StatementType, Unverified},
        key::{KeySet, KeyStatus, PublicKey},
        signing::SigningKey,
    },
    store::{Store, StoreError, Write, peers},
};

/// An entity configuration is valid for a day, as OpenID Federation wants it.
const VALID: i64 = 24 * 3600;

/// What an instance says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityConfiguration {
    /// Its name.
    pub name: Option<String>,
    /// Its State; the coordinator has none.
    pub country: Option<String>,
    /// Languages of its staff.
    pub languages: Vec<String>,
    /// Version of its software.
    pub software_version: Option<String>,
    /// Public contact of who runs it.
    pub contact: Option<String>,
    /// Licence of its records.
    pub licence: Option<String>,
    /// Whether its data is for demonstration.
    pub demonstration: bool,
}

impl EntityConfiguration {
    /// The self-signed statement (protocol §2). `now` in milliseconds.
    /// `next`: the key that is announced to follow the signing one (protocol §2, rotation).
    pub fn sign(
        &self,
        key: &SigningKey,
        next: Option<&PublicKey>,
        entity_id: &str,
        coordinator: Option<&str>,
        now: i64,
    ) -> String {
        let mut hub = json!({
            "protocol_versions": [1],
            "software_version": self.software_version,
            "country": self.country,
            "languages": self.languages,
        });
        for (name, value) in [("contact", &self.contact), ("licence", &self.licence)] {
            if let Some(value) = value {
                hub[name] = value.as_str().into();
            }
        }
        if self.demonstration {
            hub["demonstration"] = true.into();
        }
        let now = now / 1000;
        let hints: Vec<&str> = coordinator.into_iter().filter(|coordinator| *coordinator != entity_id).collect();
        let keys: Vec<Value> = [key.public()].into_iter().chain(next).map(|key| key.jwk(None)).collect();
        let mut claims = json!({
            "iss": entity_id, "sub": entity_id, "iat": now, "exp": now + VALID,
            "jwks": {"keys": keys},
            "metadata": {"federation_entity": {"organization_name": self.name}, "nmirf_hub": hub},
        });
        if !hints.is_empty() {
            claims["authority_hints"] = hints.into();
        }
        key.sign(StatementType::EntityStatement, &claims)
    }

    /// Reads a self-signed statement: it proves that who serves it has the key, not that it is a member.
    pub fn read(token: &str, entity_id: &str) -> Result<(Self, Vec<PublicKey>), JwsError> {
        let unverified = Unverified::read(token, StatementType::EntityStatement)?;
        let claims = Unverified::read(token, StatementType::EntityStatement)?.into_claims();
        let keys = KeySet::from_json(claims.get("jwks").and_then(|jwks| jwks.get("keys")).unwrap_or(&Value::Null));
        unverified.verify(&keys, |_| true)?;
        let is = |name: &str| claims.get(name).and_then(Value::as_str) == Some(entity_id);
        if !is("iss") || !is("sub") {
            return Err(JwsError::Claim("iss or sub is not this instance"));
        }
        Ok((Self::from_claims(&claims), keys.iter().map(|(key, _)| key.clone()).collect()))
    }

    fn from_claims(claims: &Value) -> Self {
        let metadata = claims.get("metadata").unwrap_or(&Value::Null);
        let hub = metadata.get("nmirf_hub").unwrap_or(&Value::Null);
        let short = |value: Option<&Value>| {
            let text = value?.as_str()?.trim();
            (!text.is_empty() && text.chars().count() <= 1000 && !text.chars().any(char::is_control))
                .then(|| text.to_owned())
        };
        let languages = hub.get("languages").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Self {
            name: short(metadata.get("federation_entity").and_then(|entity| entity.get("organization_name"))),
            country: short(hub.get("country")),
            languages: languages.iter().take(40).filter_map(|tag| short(Some(tag))).collect(),
            software_version: short(hub.get("software_version")),
            contact: short(hub.get("contact")),
            licence: short(hub.get("licence")).filter(|url| url.starts_with("https://") || url.starts_with("http://")),
            demonstration: hub.get("demonstration") == Some(&Value::Bool(true)),
        }
    }
}

/// The keys that an instance announces: listed in its configuration, signed by a key that is current for it, and in no
/// list yet.
pub fn announced(row: &peers::Model, listed: &KeySet) -> Vec<PublicKey> {
    let Some(token) = row.configuration.as_deref() else { return Vec::new() };
    let Ok((_, keys)) = EntityConfiguration::read(token, &row.entity_id) else { return Vec::new() };
    let signer = Unverified::read(token, StatementType::EntityStatement).map(|unverified| unverified.key_id);
    let current = signer.is_ok_and(|signer| listed.status(&signer) == Some(KeyStatus::Current));
    keys.into_iter().filter(|key| current && listed.status(key.thumbprint()).is_none()).collect()
}

/// Whether an entity configuration names a protocol version that this program speaks.
pub fn speaks_our_version(token: &str) -> bool {
    let claims = Unverified::read(token, StatementType::EntityStatement).map(Unverified::into_claims);
    let versions = claims.ok().and_then(|claims| claims.pointer("/metadata/nmirf_hub/protocol_versions").cloned());
    versions.and_then(|versions| Some(versions.as_array()?.contains(&json!(1)))).unwrap_or(false)
}

/// All peers of which something is kept.
pub async fn all(store: &Store) -> Result<Vec<peers::Model>, StoreError> {
    Ok(peers::Entity::find().order_by_asc(peers::Column::EntityId).all(store.read()).await?)
}

/// One peer; empty where nothing is kept.
pub async fn one(store: &Store, entity_id: &str) -> Result<peers::Model, StoreError> {
    one_in(store.read(), entity_id).await
}

/// The same as a transaction sees it.
pub(super) async fn one_in(connection: &impl ConnectionTrait, entity_id: &str) -> Result<peers::Model, StoreError> {
    let row = peers::Entity::find_by_id(entity_id).one(connection).await?;
    Ok(row.unwrap_or_else(|| peers::Model {
        entity_id: entity_id.to_owned(),
        configuration: None,
        configuration_etag: None,
        journals_etag: None,
        anchor_etag: None,
        journals: None,
        looked_at: None,
        paused: false,
        blocked: false,
        pinned_keys: None,
    }))
}

/// What a peer said of itself last.
pub fn configuration(row: &peers::Model) -> Option<EntityConfiguration> {
    EntityConfiguration::read(row.configuration.as_deref()?, &row.entity_id).ok().map(|(read, _)| read)
}

/// Keeps what changed of a peer; takes a number when it can be seen.
pub async fn keep(
    store: &Store,
    entity_id: &str,
    visible: bool,
    change: impl FnOnce(&mut peers::ActiveModel),
) -> Result<(), StoreError> {
    let mut write = store.write().await?;
    self::change(&mut write, entity_id, visible, change).await?;
    write.commit().await?;
    Ok(())
}

/// The same inside a transaction.
pub(super) async fn change(
    write: &mut Write,
    entity_id: &str,
    visible: bool,
    change: impl FnOnce(&mut peers::ActiveModel),
) -> Result<(), StoreError> {
    let none = peers::ActiveModel {
        entity_id: Set(entity_id.to_owned()),
        paused: Set(false),
        blocked: Set(false),
        ..Default::default()
    };
    let keep = OnConflict::column(peers::Column::EntityId).do_nothing().to_owned();
    peers::Entity::insert(none).on_conflict(keep).exec_without_returning(write.connection()).await?;
    if let Some(row) = peers::Entity::find_by_id(entity_id).one(write.connection()).await? {
        let mut row = row.into_active_model();
        change(&mut row);
        if row.is_changed() {
            row.update(write.connection()).await?;
            if visible {
                write.number().await?;
            }
        }
    }
    Ok(())
}
