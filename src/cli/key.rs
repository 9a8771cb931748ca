//! `key show`: the public half of the signing key, and its thumbprint as people read it to each other on the telephone.
//! From `key rotate` or `key compromised` on until the register lists the next key, that one too: it is then the one that
//! the coordinator's staff want to hear.

use std::path::Path;

use serde_json::{Value, json};

use super::Failure;
use super::arguments::Show;
use super::output;
use crate::config::Config;
use crate::hub::next_key_file;
use crate::journal::key::{PublicKey, in_groups_of_four};
use crate::journal::signing::SigningKey;

/// Prints the public key of the configuration's key file.
pub fn show(config: &Config, show: Show) -> Result<(), Failure> {
    let (key, next) = (public_half(&config.key.file)?, next_public_half(config)?);
    if show.json {
        let mut told = told(&key);
        told["entityId"] = config.instance.entity_id.as_str().into();
        told["next"] = json!(next.as_ref().map(self::told));
        return output::json(&told);
    }
    output::line(&format!("instance    {}", config.instance.entity_id))?;
    output::line(&format!("key         {}", jwk(&key)))?;
    output::line(&format!("thumbprint  {}", in_groups_of_four(key.thumbprint())))?;
    let Some(next) = next else { return Ok(()) };
    output::line(&format!("\nnext key    {}", jwk(&next)))?;
    output::line(&format!("thumbprint  {}", in_groups_of_four(next.thumbprint())))?;
    output::line(
        "\nThe next key waits until the register lists it, and takes the place of the first one then by itself. It is its \
         thumbprint that the coordinator's staff want to hear.",
    )
}

fn told(key: &PublicKey) -> Value {
    json!({"thumbprint": &**key.thumbprint(), "jwk": jwk(key)})
}

/// As a configuration pins it.
fn jwk(key: &PublicKey) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "x": key.x()})
}

/// The thumbprint of the configuration's key, once its file is found to be as it should be.
pub(super) fn thumbprint_of(config: &Config) -> Result<String, Failure> {
    Ok(in_groups_of_four(public_half(&config.key.file)?.thumbprint()))
}

/// Of the key that waits beside the present one, if there is one.
fn next_public_half(config: &Config) -> Result<Option<PublicKey>, Failure> {
    let file = next_key_file(&config.key.file);
    file.exists().then(|| public_half(&file)).transpose()
}

fn public_half(file: &Path) -> Result<PublicKey, Failure> {
    let key = SigningKey::read(file).map_err(Failure::failed)?;
    Ok(key.public().clone())
}
