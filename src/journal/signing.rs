//! This instance's own key: kept in a file as a JWK with `d`, readable by its owner alone.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use aws_lc_rs::{
    rand,
    signature::{Ed25519KeyPair, KeyPair},
};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use thiserror::Error;

use super::{
    encoding::{base64url, from_base64url},
    jws::StatementType,
    key::PublicKey,
};

/// Largest key file, in bytes: a private JWK has about 200.
const MAX_KEY_FILE: u64 = 16 * 1024;

/// What can be wrong with a key file.
#[derive(Debug, Error)]
pub enum KeyFileError {
    /// It cannot be read or written.
    #[error("the key file {path} cannot be used: {source}. Check [key] file; `nmirf-hub init` makes a new instance")]
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Others on this machine can read it: it counts as given away.
    #[error(
        "{path}: others on this machine may read the signing key (mode {mode:04o}). Take that away with \
         `chmod 600 {path}`"
    )]
    Readable {
        /// Where.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// It is no key of ours.
    #[error(
        "the key file {path} holds no Ed25519 key: {reason}. It is a JWK with the members kty, crv, x and d, \
         as `nmirf-hub init` writes it; restore it from a backup"
    )]
    Content {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        reason: &'static str,
    },
}

/// A private Ed25519 key.
pub struct SigningKey {
    seed: [u8; 32],
    public: PublicKey,
    encoding: EncodingKey,
}

impl SigningKey {
    /// A new key from the system's randomness.
    pub fn generate() -> Self {
        let mut seed = [0; 32];
        rand::fill(&mut seed).expect("the system's random number generator works, or nothing may be signed");
        Self::from_seed(seed)
    }

    /// The key of a seed (the `d` of its JWK).
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).expect("any 32 bytes are an Ed25519 seed");
        let mut x = [0; 32];
        x.copy_from_slice(pair.public_key().as_ref());
        let document = pair.to_pkcs8().expect("an Ed25519 key pair has a PKCS#8 form");
        Self { seed, public: PublicKey::from_x(x), encoding: EncodingKey::from_ed_der(document.as_ref()) }
    }

    /// Reads a key file that its owner alone may read.
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let file = |source| KeyFileError::File { path: path.to_owned(), source };
        let content = |reason| KeyFileError::Content { path: path.to_owned(), reason };
        let opened = fs::File::open(path).map_err(file)?;
        let mode = permissions(&opened).map_err(file)?;
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Readable { path: path.to_owned(), mode });
        }
        let mut text = Vec::new();
        opened.take(MAX_KEY_FILE).read_to_end(&mut text).map_err(file)?;
        let jwk: Value = serde_json::from_slice(&text).map_err(|_| content("not JSON"))?;
        let public = PublicKey::from_jwk(&jwk).ok_or(content("kty, crv or x are not those of an Ed25519 key"))?;
        let seed = jwk.get("d").and_then(Value::as_str).and_then(from_base64url).and_then(|seed| seed.try_into().ok());
        let key = Self::from_seed(seed.ok_or(content("d is missing or not 32 bytes in base64url"))?);
        match key.public.thumbprint() == public.thumbprint() {
            true => Ok(key),
            false => Err(content("x does not belong to d")),
        }
    }

    /// Writes a key file, never over an existing one; only its owner may read it.
    pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
        use std::{io::Write, os::unix::fs::OpenOptionsExt};
        let file = |source| KeyFileError::File { path: path.to_owned(), source };
        let mut jwk = self.public.jwk(None);
        jwk["d"] = json!(base64url(&self.seed));
        let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(file)?;
        writeln!(out, "{jwk:#}").and_then(|()| out.sync_all()).map_err(file)
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// A statement signed by this key.
    pub fn sign(&self, statement: StatementType, claims: &Value) -> String {
        let header = json!({"alg": "EdDSA", "kid": &**self.public.thumbprint(), "typ": statement.as_str()});
        let signed =
            format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.to_string().as_bytes()));
        let signature =
            crypto::sign(signed.as_bytes(), &self.encoding, Algorithm::EdDSA).expect("a key made by from_seed signs");
        format!("{signed}.{signature}")
    }
}

/// The permissions of a file, as `chmod` writes them; 0 where there are none of this kind.
#[cfg(unix)]
fn permissions(file: &fs::File) -> io::Result<u32> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn permissions(_file: &fs::File) -> io::Result<u32> {
    Ok(0)
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.public.thumbprint())
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// The key of RFC 8037, appendix A.1.
    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    fn key_file(text: &str, mode: u32) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hub.key");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        (folder, path)
    }

    fn jwk(x: &str, d: &str) -> String {
        json!({"kty": "OKP", "crv": "Ed25519", "x": x, "d": d}).to_string()
    }

    #[test]
    fn a_right_key_gives_its_public_half() {
        let (_folder, path) = key_file(&jwk(X, D), 0o600);
        assert_eq!(SigningKey::read(&path).unwrap().public().x(), X);
    }

    #[test]
    fn a_key_that_others_can_read_is_refused_with_what_to_do() {
        for mode in [0o640, 0o604, 0o620] {
            let (_folder, path) = key_file(&jwk(X, D), mode);
            let said = SigningKey::read(&path).unwrap_err().to_string();
            assert!(said.contains("chmod 600") && said.contains(&format!("{mode:04o}")), "{said}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "{}", "[]", &jwk(X, ""), &jwk("", D), &jwk(D, D), &" ".repeat(1 << 20)] {
            let (_folder, path) = key_file(text, 0o600);
            assert!(SigningKey::read(&path).is_err(), "{text} was taken");
        }
    }
}
