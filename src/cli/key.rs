//! `key show`: the public half of the signing key, and its thumbprint as people read it to each other on the telephone.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::Failure;
use super::arguments::Show;
use super::output;
use crate::config::{Config, thumbprint};

/// Largest key file, in bytes: a private JWK has about 200.
const MAX_KEY_FILE: u64 = 16 * 1024;

/// Prints the public key of the configuration's key file.
pub fn show(config: &Config, show: Show) -> Result<(), Failure> {
    let x = public_half(&config.key.file)?;
    let thumbprint = thumbprint(&x);
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
    if show.json {
        return output::json(&json!({"entityId": config.instance.entity_id, "thumbprint": thumbprint, "jwk": jwk}));
    }
    output::line(&format!("instance    {}", config.instance.entity_id))?;
    output::line(&format!("key         {jwk}"))?;
    output::line(&format!("thumbprint  {}", in_groups_of_four(&thumbprint)))
}

/// The thumbprint of the configuration's key, once its file is found to be as it should be.
pub(super) fn thumbprint_of(config: &Config) -> Result<String, Failure> {
    Ok(in_groups_of_four(&thumbprint(&public_half(&config.key.file)?)))
}

/// A thumbprint as it is read aloud: four characters, a space, four characters.
pub fn in_groups_of_four(thumbprint: &str) -> String {
    let characters: Vec<char> = thumbprint.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect()).collect::<Vec<String>>().join(" ")
}

/// Reads the private JWK and gives its `x`, after making sure that it belongs to its `d`.
fn public_half(path: &Path) -> Result<String, Failure> {
    let fail = |what: &str| Failure::failed(format!("{}: {what}", path.display()));
    let file = File::open(path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => {
            fail("there is no signing key here. `nmirf-hub init` makes one; key.file in the configuration says where it lies")
        }
        _ => fail(&format!("the signing key cannot be read ({cause}). Run this as the user of the service")),
    })?;
    refuse_readable_by_others(&file, path)?;
    let mut text = String::new();
    file.take(MAX_KEY_FILE)
        .read_to_string(&mut text)
        .map_err(|_| fail("this is no signing key (not a text). Restore it from its copy"))?;
    let jwk: serde_json::Value =
        serde_json::from_str(&text).map_err(|_| fail("this is no signing key (not JSON). Restore it from its copy"))?;
    let member = |name: &str| jwk.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    if member("kty") != "OKP" || member("crv") != "Ed25519" {
        return Err(fail("this is no Ed25519 key in the form of a JWK. Restore it from its copy"));
    }
    let seed = URL_SAFE_NO_PAD.decode(member("d")).unwrap_or_default();
    let public = URL_SAFE_NO_PAD.decode(member("x")).unwrap_or_default();
    Ed25519KeyPair::from_seed_and_public_key(&seed, &public).map_err(|_| {
        fail("the public and the private half of this key do not belong together. Restore it from its copy")
    })?;
    Ok(member("x").to_owned())
}

/// A key that others on the machine can read counts as given away.
#[cfg(unix)]
fn refuse_readable_by_others(file: &File, path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata()?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(Failure::failed(format!(
        "{path}: others on this machine may read the signing key (mode {mode:04o}). Take that away with `chmod 600 {path}`"
    )))
}

#[cfg(not(unix))]
fn refuse_readable_by_others(_file: &File, _path: &Path) -> Result<(), Failure> {
    Ok(())
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// The key of RFC 8037, appendix A.1.
    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    fn key_file(text: &str, mode: u32) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hub.key");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        (folder, path)
    }

    fn jwk(x: &str, d: &str) -> String {
        json!({"kty": "OKP", "crv": "Ed25519", "x": x, "d": d}).to_string()
    }

    #[test]
    fn a_right_key_gives_its_public_half() {
        let (_folder, path) = key_file(&jwk(X, D), 0o600);
        assert_eq!(public_half(&path).unwrap(), X);
    }

    #[test]
    fn a_key_that_others_can_read_is_refused_with_what_to_do() {
        let (_folder, path) = key_file(&jwk(X, D), 0o640);
        let said = public_half(&path).unwrap_err().to_string();
        assert!(said.contains("chmod 600") && said.contains("0640"), "{said}");
    }

    #[test]
    fn halves_that_do_not_belong_together_are_refused() {
        let (_folder, path) = key_file(&jwk(D, D), 0o600);
        assert!(public_half(&path).unwrap_err().to_string().contains("belong together"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "{}", "[]", &jwk(X, ""), &jwk("", D)] {
            let (_folder, path) = key_file(text, 0o600);
            assert!(public_half(&path).is_err(), "{text} was taken");
        }
    }

    #[test]
    fn a_thumbprint_is_shown_in_groups_of_four() {
        assert_eq!(in_groups_of_four("kPrK_qmxVWa"), "kPrK _qmx VWa");
    }
}
