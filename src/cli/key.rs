//! `key show`: the public half of the signing key, and its thumbprint as people read it to each other on the telephone.

use serde_json::json;

use super::Failure;
use super::arguments::Show;
use super::output;
use crate::config::Config;
use crate::journal::key::{PublicKey, in_groups_of_four};
use crate::journal::signing::SigningKey;

/// Prints the public key of the configuration's key file.
pub fn show(config: &Config, show: Show) -> Result<(), Failure> {
    let key = public_half(config)?;
    let thumbprint = key.thumbprint();
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": key.x()});
    if show.json {
        return output::json(&json!({"entityId": config.instance.entity_id, "thumbprint": &**thumbprint, "jwk": jwk}));
    }
    output::line(&format!("instance    {}", config.instance.entity_id))?;
    output::line(&format!("key         {jwk}"))?;
    output::line(&format!("thumbprint  {}", in_groups_of_four(thumbprint)))
}

/// The thumbprint of the configuration's key, once its file is found to be as it should be.
pub(super) fn thumbprint_of(config: &Config) -> Result<String, Failure> {
    Ok(in_groups_of_four(public_half(config)?.thumbprint()))
}

fn public_half(config: &Config) -> Result<PublicKey, Failure> {
    let key = SigningKey::read(&config.key.file).map_err(Failure::failed)?;
    Ok(key.public().clone())
}
