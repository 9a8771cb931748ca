//! Getting to know another instance: what it says of itself and the key that it signs with, before an operator pins it.

use thiserror::Error;

use crate::{
    hub::Hub,
    journal::{
        jws::{StatementType, Unverified},
        key::PublicKey,
    },
    record::{EntityIdError, check_entity_id},
    register::peers::{EntityConfiguration, speaks_our_version},
    wire::{Conditional, Fault},
};

/// An instance as it says itself. Whether it is the one that is meant only its staff can tell, by the thumbprint.
#[derive(Debug)]
pub struct Introduced {
    /// Its name, if it says one.
    pub name: Option<String>,
    /// The key that signed what it says.
    pub key: PublicKey,
    /// Whether it names a version of the protocol that this program speaks.
    pub speaks_our_version: bool,
}

/// Why an instance is not known after all.
#[derive(Debug, Error)]
pub enum IntroduceError {
    /// No address of an instance.
    #[error(transparent)]
    Address(#[from] EntityIdError),
    /// This instance.
    #[error("this is this instance itself: name another one")]
    Itself,
    /// It does not answer, or with an error.
    #[error(transparent)]
    NoAnswer(#[from] Fault),
    /// What it answers is no entity configuration of its own.
    #[error("it serves no entity configuration that can be used: {0}")]
    Unusable(String),
}

/// Asks an instance who it is.
///
/// # Errors
/// Nobody answers at this address, or somebody else.
pub async fn introduced(hub: &Hub, entity_id: &str) -> Result<Introduced, IntroduceError> {
    check_entity_id(entity_id, hub.config().trust.allow_http)?;
    if entity_id == hub.entity_id() {
        return Err(IntroduceError::Itself);
    }
    let unusable = |why: &str| IntroduceError::Unusable(why.to_owned());
    let token = match hub.web().entity_configuration(entity_id, None).await?.value {
        Conditional::New { value, .. } => value,
        Conditional::NotModified => return Err(unusable("the server answered out of turn")),
    };
    let (said, keys) = EntityConfiguration::read(&token, entity_id).map_err(|fault| unusable(&fault.to_string()))?;
    let signer = Unverified::read(&token, StatementType::EntityStatement).map(|unverified| unverified.key_id);
    let signed = keys.into_iter().find(|key| signer.as_ref().is_ok_and(|signer| **key.thumbprint() == **signer));
    let key = signed.ok_or_else(|| unusable("it names no key of its own"))?;
    Ok(Introduced { name: said.name, key, speaks_our_version: speaks_our_version(&token) })
}
