//! The anchor chain in the tables: following what peers serve, and making the first link of a network.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, sea_query::OnConflict};

use super::{
    members::{keep_compromised_keys, touch_origin, trust_changed},
    trust::TrustSource,
};
use crate::{
    journal::{
        adopt,
        anchor::{self, AnchorError, Chain, Pin},
        key::{KeySet, KeyStatus},
        signing::SigningKey,
    },
    store::{Store, StoreError, anchor_links, settings},
};

/// The setting that says with which pin the stored chain was begun: a changed pin begins anew (protocol §2).
const PIN: &str = "anchor_pin";

/// All links stored, from link 1.
pub async fn stored_links(store: &Store) -> Result<Vec<String>, StoreError> {
    let rows = anchor_links::Entity::find().order_by_asc(anchor_links::Column::Num).all(store.read()).await?;
    Ok(rows.into_iter().map(|row| row.jws).collect())
}

/// The chain as it was followed so far with the present pin.
pub(super) async fn stored_chain(store: &Store, source: &TrustSource) -> Result<Chain, StoreError> {
    let mut chain = Chain::default();
    if let Some(pin) = &source.pin
        && store.setting(PIN).await?.as_deref() == Some(&*name(pin))
    {
        let links = stored_links(store).await?;
        // What was followed before is followed again: it was proved when it was stored.
        if let Err(fault) = chain.follow(pin, &links, &|_, _| false) {
            tracing::warn!("the stored anchor chain: {fault}");
        }
    }
    Ok(chain)
}

/// Follows the links that a source serves, and stores what was reached. Says whether the chain grew.
pub async fn follow_anchor(
    store: &Store,
    source: &TrustSource,
    tokens: &[String],
    compromised: &(dyn Fn(&str, &str) -> bool + Sync),
    now: i64,
) -> Result<Result<bool, AnchorError>, StoreError> {
    let Some(pin) = &source.pin else { return Ok(Ok(false)) };
    let mut chain = stored_chain(store, source).await?;
    let (before, held) = (chain.len(), standing(&chain));
    let outcome = chain.follow(pin, tokens, compromised);
    let grew = chain.len() > before;
    if grew {
        let touched = held.symmetric_difference(&standing(&chain)).map(|(issuer, _)| issuer.clone()).collect();
        keep(store, pin, &chain, &touched, now).await?;
    }
    Ok(outcome.map(|()| grew))
}

/// Makes the first link of a new network, signed by the coordinator's own key.
pub async fn found_network(store: &Store, entity_id: &str, key: &SigningKey, now: i64) -> Result<(), StoreError> {
    let pin = Pin { entity_id: entity_id.to_owned(), key: key.public().clone() };
    if store.setting(PIN).await?.is_some() {
        return Ok(());
    }
    let keys = KeySet::of(key.public().clone(), KeyStatus::Current);
    let mut chain = Chain::default();
    chain.push(anchor::sign_link(key, entity_id, 1, &keys, now));
    keep(store, &pin, &chain, &BTreeSet::new(), now).await
}

/// The pin of a network that this instance founded: its first link's own.
pub async fn founding_pin(store: &Store, own: &str) -> Result<Option<Pin>, StoreError> {
    let links = stored_links(store).await?;
    Ok(links.first().and_then(|first| anchor::beginning(first)).filter(|pin| pin.entity_id == own))
}

/// Why no further link was signed.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Another instance is the coordinator, or this one's key is not current in the last link.
    #[error(
        "this instance is not the network's coordinator, or its key is not the one that the anchor's last link names"
    )]
    NotOurs,
    /// Another process signed one meanwhile.
    #[error("another process signed a link of the anchor meanwhile: look at it and try again")]
    Overtaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs the next link: other keys of the coordinator, or with another `issuer` a handover (protocol §2). `own` is this
/// instance, whose `key` must be current in the last link. `keys` makes the new list from the last link's.
pub async fn sign_next_link(
    store: &Store,
    source: &TrustSource,
    key: &SigningKey,
    issuer: &str,
    keys: impl FnOnce(&KeySet) -> KeySet,
    now: i64,
) -> Result<(), LinkError> {
    let pin = source.pin.as_ref().ok_or(LinkError::NotOurs)?;
    let mut chain = stored_chain(store, source).await?;
    let last = chain.last().filter(|last| last.issuer == source.own).ok_or(LinkError::NotOurs)?;
    if last.keys.status(key.public().thumbprint()) != Some(KeyStatus::Current) {
        return Err(LinkError::NotOurs);
    }
    let link = anchor::sign_link(key, issuer, last.num + 1, &keys(&last.keys), now);
    let (held, signed) = (standing(&chain), link.jws.clone());
    chain.push(link);
    let touched = held.symmetric_difference(&standing(&chain)).map(|(issuer, _)| issuer.clone()).collect();
    keep(store, pin, &chain, &touched, now).await?;
    match stored_links(store).await?.contains(&signed) {
        true => Ok(()),
        false => Err(LinkError::Overtaken),
    }
}

/// What of a chain decides about records: who is the coordinator, and which keys were seen compromised. Each with the
/// entityId that it concerns.
fn standing(chain: &Chain) -> BTreeSet<(String, String)> {
    let mut standing: BTreeSet<_> =
        chain.last().map(|last| (last.issuer.clone(), "coordinator".to_owned())).into_iter().collect();
    for (issuer, keys) in chain.keys() {
        let bad = keys.iter().filter(|(_, status)| *status == KeyStatus::Compromised);
        standing.extend(bad.map(|(key, _)| (issuer.to_owned(), key.thumbprint().to_string())));
    }
    standing
}

/// Stores what was reached of a chain. Records of the issuers `touched` are told as changed; all are judged anew, since
/// a new coordinator means another register and other record keys.
async fn keep(store: &Store, pin: &Pin, chain: &Chain, touched: &BTreeSet<String>, now: i64) -> Result<(), StoreError> {
    let mut write = store.write().await?;
    let known = settings::Entity::find_by_id(PIN).one(write.connection()).await?;
    if known.is_none_or(|row| row.value != name(pin)) {
        anchor_links::Entity::delete_many().exec(write.connection()).await?;
        write.set(PIN, &name(pin)).await?;
    }
    for token in chain.tokens() {
        let Some(num) = anchor::number(token).and_then(|num| i32::try_from(num).ok()) else { continue };
        let row = anchor_links::ActiveModel { num: Set(num), jws: Set(token.to_owned()) };
        let keep = OnConflict::column(anchor_links::Column::Num).do_nothing().to_owned();
        anchor_links::Entity::insert(row).on_conflict(keep).exec_without_returning(write.connection()).await?;
    }
    for (issuer, keys) in chain.keys() {
        keep_compromised_keys(&write, issuer, keys).await?;
    }
    for issuer in touched {
        touch_origin(&mut write, issuer, now).await?;
    }
    trust_changed(&mut write).await?;
    adopt::judge_all_anew(&mut write).await?;
    write.commit().await?;
    Ok(())
}

fn name(pin: &Pin) -> String {
    format!("{} {}", pin.entity_id, pin.key.thumbprint())
}
