//! Peers that an operator pins by hand, beside those of the configuration: a network without a coordinator, a trial, a
//! handover. A pin changes trust at once, in a running server, too, and stands in the audit log.

use std::collections::BTreeMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{
    members::{touch_origin, trust_changed},
    peers,
};
use crate::{
    audit::{self, Actor},
    journal::key::{KeySet, KeyStatus, PublicKey},
    store::{Store, StoreError, Write, peers as rows},
};

/// Pins a peer with this key, in place of what was pinned by hand for it before. `now` in milliseconds.
pub async fn pin(store: &Store, actor: &Actor, now: i64, entity_id: &str, key: &PublicKey) -> Result<(), StoreError> {
    let keys = KeySet::of(key.clone(), KeyStatus::Current).to_json().to_string();
    let mut write = store.write().await?;
    put(&mut write, now, entity_id, Some(keys)).await?;
    audit::note_why(&write, actor, now, "peer.add", Some(entity_id), Some(key.thumbprint())).await?;
    write.commit().await?;
    Ok(())
}

/// Takes out what was pinned by hand; false where nothing was. The copies stay and are shown no more.
pub async fn unpin(store: &Store, actor: &Actor, now: i64, entity_id: &str) -> Result<bool, StoreError> {
    let mut write = store.write().await?;
    // As it is now that nobody else decides.
    if peers::one_in(write.connection(), entity_id).await?.pinned_keys.is_none() {
        return Ok(false);
    }
    put(&mut write, now, entity_id, None).await?;
    audit::note(&write, actor, now, "peer.remove", Some(entity_id)).await?;
    write.commit().await?;
    Ok(true)
}

async fn put(write: &mut Write, now: i64, entity_id: &str, keys: Option<String>) -> Result<(), StoreError> {
    peers::change(write, entity_id, true, |row| row.pinned_keys = Set(keys)).await?;
    touch_origin(write, entity_id, now).await?;
    trust_changed(write).await
}

/// The keys of all peers that are pinned by hand.
pub(super) async fn all(store: &Store) -> Result<BTreeMap<String, KeySet>, StoreError> {
    let pinned = rows::Entity::find().filter(rows::Column::PinnedKeys.is_not_null()).all(store.read()).await?;
    let keys = |text: Option<String>| {
        KeySet::from_json(&serde_json::from_str(text.as_deref().unwrap_or_default()).unwrap_or_default())
    };
    Ok(pinned.into_iter().map(|row| (row.entity_id, keys(row.pinned_keys))).collect())
}
