//! The applicant's side of membership (protocol §5): the application to the pinned coordinator, and the question in each
//! round how the case stands, until the register shows the membership. What is known of the own case stands in the
//! settings, so that commands and the server see the same.

use std::sync::Arc;

use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    application::{self, Applicant},
    assertion::make_assertion,
};
use crate::{
    hub::{Hub, Received},
    journal::signing::SigningKey,
    register::cases::LONGEST_MESSAGE,
    store::{Store, StoreError, settings},
    wire::Fault,
};

/// The setting that keeps the own case.
const CASE: &str = "own_application";

/// This instance's own case at the coordinator, as it was told last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCase {
    /// Its number there.
    pub number: u64,
    /// EntityId of the coordinator.
    pub coordinator: String,
    /// Thumbprint of the key that signed the application.
    pub key_id: String,
    /// `applied`, `under-review`, `admitted`, `rejected`, or a word of a later version.
    pub status: String,
    /// What the coordinator's staff ask or say.
    pub message: Option<String>,
    /// When it was sent, in milliseconds.
    pub applied_at: i64,
    /// When the coordinator answered last, in milliseconds.
    pub asked_at: i64,
}

impl OwnCase {
    /// Whether the coordinator may still say something else.
    pub fn is_open(&self) -> bool {
        self.status != "rejected"
    }
}

/// Why an application was not made, or its status not learned.
#[derive(Debug, Error)]
pub enum ApplyError {
    /// Nobody to apply to.
    #[error("no coordinator is pinned: `nmirf-hub init --coordinator URL` and [trust.coordinator] say how")]
    NoCoordinator,
    /// The coordinator is no member.
    #[error("this instance is the coordinator itself: it does not apply")]
    Coordinator,
    /// A national instance has one.
    #[error("[instance] country is missing: an application is made for a State")]
    NoCountry,
    /// It is a member with this key.
    #[error(
        "this instance is a member with this key already, or its application was decided: see `nmirf-hub member list`"
    )]
    AlreadyMember,
    /// No application was made with this key.
    #[error(
        "the coordinator has no application by this instance and this key, and its register does not list them here: \
         `nmirf-hub member apply` makes one; after an admission `nmirf-hub sync` pulls the register"
    )]
    NoCase,
    /// The coordinator does not take it as it is.
    #[error(
        "the coordinator {coordinator} refuses the application. Compare this machine's clock with the time (5 minutes are \
         allowed); it also refuses a key that was used before, and another country than its register has for this instance"
    )]
    Refused {
        /// Which.
        coordinator: String,
    },
    /// What the coordinator answered, or that it did not.
    #[error("the coordinator {coordinator}: {fault}")]
    Coordinators {
        /// Which.
        coordinator: String,
        /// What was wrong.
        fault: Fault,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Applies for membership with `key`; of an application that is open there already, tells how it stands.
pub async fn apply(hub: &Arc<Hub>, contact: Option<&str>, key: &SigningKey) -> Result<OwnCase, ApplyError> {
    let coordinator = coordinator(hub)?;
    let country = hub.config().instance.country.as_deref().ok_or(ApplyError::NoCountry)?;
    let applicant = Applicant { entity_id: hub.entity_id(), country, name: &hub.config().instance.name, contact };
    let token = application::sign(key, &applicant, &coordinator, hub.now());
    let number = match hub.web().apply(&coordinator, &token).await {
        Ok(answer) => answer.value,
        // The answer to an earlier one may have been lost on its way.
        Err(Fault::Status { code: 409, .. }) => {
            return match ask(hub, key).await {
                Err(ApplyError::NoCase) => Err(ApplyError::AlreadyMember),
                other => other,
            };
        }
        Err(Fault::Status { code: 400, .. }) => return Err(ApplyError::Refused { coordinator }),
        Err(fault) => return Err(ApplyError::Coordinators { coordinator, fault }),
    };
    let now = hub.now();
    let case = OwnCase {
        number,
        coordinator,
        key_id: key.public().thumbprint().to_string(),
        status: "applied".to_owned(),
        message: None,
        applied_at: now,
        asked_at: now,
    };
    keep(hub.store(), &case).await?;
    Ok(case)
}

/// Asks the coordinator how the application made with `key` stands.
pub async fn ask(hub: &Arc<Hub>, key: &SigningKey) -> Result<OwnCase, ApplyError> {
    let coordinator = coordinator(hub)?;
    let assertion = make_assertion(key, hub.entity_id(), &coordinator, hub.now());
    let answer = match hub.web().application(&coordinator, &assertion).await {
        Ok(answer) => answer,
        Err(Fault::Status { code: 404, .. }) => return Err(ApplyError::NoCase),
        Err(fault) => return Err(ApplyError::Coordinators { coordinator, fault }),
    };
    hub.note_received(Received { bytes: answer.bytes, ..Received::default() });
    let told = answer.value;
    let known = own_case(hub.store()).await?.filter(|known| known.number == told.number);
    let message = told.message.map(|message| message.chars().take(LONGEST_MESSAGE).collect());
    let case = OwnCase {
        number: told.number,
        coordinator,
        key_id: key.public().thumbprint().to_string(),
        status: told.status.chars().take(40).collect(),
        message,
        applied_at: known.map_or_else(|| hub.now(), |known| known.applied_at),
        asked_at: hub.now(),
    };
    keep(hub.store(), &case).await?;
    Ok(case)
}

/// What is known here of the own case.
pub async fn own_case(store: &Store) -> Result<Option<OwnCase>, StoreError> {
    Ok(store.setting(CASE).await?.and_then(|kept| serde_json::from_str(&kept).ok()))
}

/// How the register lists this instance with the key that it signs with, `active` for one: then there is nothing to apply
/// for. None where it does not.
pub fn membership(hub: &Hub) -> Option<String> {
    let trust = hub.trust();
    let member = trust.member(hub.entity_id()).filter(|_| trust.own_key_is_listed());
    member.map(|member| member.status.to_string())
}

/// The question of each round: asks if there is an open case by a key of this instance that the register does not show yet.
pub(super) async fn ask_if_open(hub: &Arc<Hub>) {
    let outcome = async {
        let Some(case) = own_case(hub.store()).await? else { return Ok(()) };
        if membership(hub).as_deref() == Some("active") && case.status == "admitted" {
            tracing::info!(number = case.number, "the register lists this instance as a member");
            return forget(hub.store()).await.map_err(ApplyError::from);
        }
        // After a theft it is the next key that applied, and the present one that signs nothing more.
        let Some(key) = hub.own_key(&case.key_id).filter(|_| case.is_open()) else { return Ok(()) };
        let now = ask(hub, &key).await?;
        if (&now.status, &now.message) != (&case.status, &case.message) {
            // As quoted texts: they come from elsewhere.
            let message = now.message.as_ref().map(tracing::field::debug);
            tracing::info!(number = now.number, status = ?now.status, message, "the application");
        }
        if now.status == "admitted" {
            hub.want(&now.coordinator);
        }
        Ok::<_, ApplyError>(())
    };
    if let Err(fault) = outcome.await {
        tracing::warn!("how the application stands is not known: {fault}");
    }
}

fn coordinator(hub: &Hub) -> Result<String, ApplyError> {
    let trust = hub.trust();
    let coordinator = trust.coordinator().ok_or(ApplyError::NoCoordinator)?;
    match coordinator == hub.entity_id() {
        true => Err(ApplyError::Coordinator),
        false => Ok(coordinator.to_owned()),
    }
}

async fn keep(store: &Store, case: &OwnCase) -> Result<(), StoreError> {
    let write = store.write().await?;
    write.set(CASE, &serde_json::to_string(case).unwrap_or_default()).await?;
    write.commit().await?;
    Ok(())
}

async fn forget(store: &Store) -> Result<(), StoreError> {
    let write = store.write().await?;
    settings::Entity::delete_by_id(CASE).exec(write.connection()).await?;
    write.commit().await?;
    Ok(())
}
