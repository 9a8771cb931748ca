//! How the key of an instance changes (protocol §2): the next one is announced, the coordinator reads it, lists it, and
//! retires the one before once its copies rest on the new one; the coordinator's own keys go by the anchor.

use std::sync::Arc;

use thiserror::Error;

use super::{look, remember};
use crate::{
    audit::{self, Actor},
    hub::{Hub, HubError, next_key_file},
    journal::{
        anchor,
        key::{KeySet, KeyStatus, PublicKey},
        publish::{self, PublishError},
        read::{self, Trusted as _},
        signing::{KeyFileError, SigningKey},
    },
    register::{self, LinkError, MembershipError},
    store::StoreError,
};

/// Why the key was not changed.
#[derive(Debug, Error)]
pub enum KeyChangeError {
    /// Nobody lists the present one.
    #[error(
        "no register lists this instance's key, so nobody has to learn of another one: apply for membership first \
         (`nmirf-hub member apply`), or where peers have pinned it have them pin the new one (`nmirf-hub peer add`)"
    )]
    NotListed,
    /// The key file.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// The key.
    #[error(transparent)]
    Hub(#[from] HubError),
    /// The anchor.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// Signing.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the next key and announces it; a running server does so too within a second. The coordinator goes on to use it
/// at once, by two links of the anchor. Called again it goes on where it was. Gives the next key.
pub async fn rotate(hub: &Arc<Hub>, actor: &Actor) -> Result<PublicKey, KeyChangeError> {
    if !hub.trust().own_key_is_listed() {
        return Err(KeyChangeError::NotListed);
    }
    let next = next_key(hub).await?.public().clone();
    audit::note_alone(hub.store(), actor, hub.now(), "key.rotate", Some(next.thumbprint())).await?;
    let author = hub.author();
    if author.is_coordinator {
        let with_next = |listed: &KeySet| {
            let mut keys = listed.clone();
            keys.add(next.clone(), KeyStatus::Current);
            keys
        };
        sign_link(hub, with_next).await?;
        publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await?;
        settle_anchor(hub).await?;
    }
    Ok(next)
}

/// After a theft: nothing more is signed with the present key, and a next one is made, with which the instance applies
/// anew (protocol §2). Called again it gives the same key.
pub async fn replace_stolen(hub: &Arc<Hub>, actor: &Actor) -> Result<Arc<SigningKey>, KeyChangeError> {
    let next = next_key(hub).await?;
    hub.call_key_stolen().await?;
    audit::note_alone(hub.store(), actor, hub.now(), "key.compromised", Some(next.public().thumbprint())).await?;
    Ok(next)
}

/// The same at the coordinator, whose keys are the anchor's: it goes on with a next key at once, and a link by that one
/// lists all others as compromised, so that every instance that follows the anchor believes them no more. A thief can
/// sign links too until then: who is quicker leads, and the rest is for the telephone.
pub async fn replace_stolen_of_coordinator(hub: &Arc<Hub>, actor: &Actor) -> Result<PublicKey, KeyChangeError> {
    let next = rotate(hub, actor).await?;
    audit::note_alone(hub.store(), actor, hub.now(), "key.compromised", Some(next.thumbprint())).await?;
    sign_link(hub, |listed| others(listed, next.thumbprint(), |_| KeyStatus::Compromised)).await?;
    Ok(next)
}

async fn next_key(hub: &Hub) -> Result<Arc<SigningKey>, KeyChangeError> {
    let file = next_key_file(&hub.config().key.file);
    let made = tokio::task::spawn_blocking(move || {
        if !file.exists() {
            SigningKey::generate().write(&file)?;
        }
        SigningKey::read(&file)
    });
    let made = made.await.map_err(|fault| KeyFileError::File {
        path: next_key_file(&hub.config().key.file),
        source: std::io::Error::other(fault),
    })?;
    let made = made.map(Arc::new)?;
    hub.look_at_keys().await?;
    Ok(made)
}

/// Who begins to use a new key publishes a link signed by it (protocol §2): the coordinator, once both its journals rest
/// on that key; the keys before it are retired by the same link.
pub(super) async fn settle_anchor(hub: &Arc<Hub>) -> Result<(), KeyChangeError> {
    let (author, trust) = (hub.author(), hub.trust());
    let key = author.key.public().thumbprint();
    let Some(last) = trust.chain().last().filter(|last| author.is_coordinator && last.issuer == hub.entity_id()) else {
        return Ok(());
    };
    let begins = anchor::signer(&last.jws).as_deref() != Some(&**key);
    if !begins
        || last.keys.status(key) != Some(KeyStatus::Current)
        || !read::rests_on(hub.store(), hub.entity_id(), key).await?
    {
        return Ok(());
    }
    let retired = |status| if status == KeyStatus::Current { KeyStatus::Retired } else { status };
    sign_link(hub, |listed| others(listed, key, retired)).await
}

/// The next link of this coordinator's anchor, by the key that it signs with now; seen here at once.
async fn sign_link(hub: &Hub, keys: impl FnOnce(&KeySet) -> KeySet) -> Result<(), KeyChangeError> {
    let (source, key) = (hub.trust_source(), hub.author().key.clone());
    register::sign_next_link(hub.store(), &source, &key, hub.entity_id(), keys, hub.now()).await?;
    hub.catch_up().await?;
    Ok(())
}

/// The same keys, with another status for all but one of them.
fn others(listed: &KeySet, but: &str, status: impl Fn(KeyStatus) -> KeyStatus) -> KeySet {
    let mut keys = KeySet::default();
    for (each, before) in listed.iter() {
        keys.add(each.clone(), if **each.thumbprint() == *but { before } else { status(before) });
    }
    keys
}

/// At the coordinator, before each round of a member: whether it announces a key.
pub(super) async fn look_for_announced(hub: &Arc<Hub>, member: &str) -> Result<(), StoreError> {
    if hub.author().is_coordinator && !remember::peer_waits(hub, member).await? {
        look::refresh_configuration(hub, member).await;
    }
    Ok(())
}

/// At the coordinator, after each round of a member: a key that was followed is retired.
pub(super) async fn retire_followed(hub: &Arc<Hub>, member: &str) -> Result<(), StoreError> {
    let current =
        |trust: &register::Trust| trust.keys(member).iter().filter(|(_, status)| *status == KeyStatus::Current).count();
    if !hub.author().is_coordinator || current(&hub.trust()) < 2 {
        return Ok(());
    }
    let actor = Actor::hub();
    match hub.register_desk(&actor).retire_followed_keys(member).await {
        Ok(Some(_)) => {
            tracing::info!(member, "its copies here rest on its new key: the one before is retired");
            hub.catch_up().await?;
        }
        Ok(None) => {}
        Err(MembershipError::Store(fault)) => return Err(fault),
        Err(fault) => tracing::warn!(member, "the key before was not retired: {fault}"),
    }
    Ok(())
}
