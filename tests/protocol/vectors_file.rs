//! `vectors.json`: what an independent reading of the protocol made.

use nmirf_hub::journal::{
    encoding::from_base64url,
    entry::Entries,
    key::{KeySet, KeyStatus, PublicKey},
    signing::SigningKey,
};
use serde_json::Value;

pub const ORIGIN: &str = "https://hub.example.ma";
pub const COORDINATOR: &str = "https://coordinator.example.org";

/// The whole file.
pub fn file() -> Value {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

/// A text in it, by its path.
pub fn text(path: &str) -> String {
    file().pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("{path} is no text")).to_owned()
}

/// A list in it, by its path.
pub fn list(path: &str) -> Vec<Value> {
    file().pointer(path).and_then(Value::as_array).unwrap_or_else(|| panic!("{path} is no list")).clone()
}

/// A text member.
pub fn member<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} is no text"))
}

/// The public key K1, K2 or K3.
pub fn key(name: &str) -> PublicKey {
    PublicKey::from_jwk(&file()["keys"][name]["jwk"]).unwrap()
}

/// The private key of that name.
pub fn signing_key(name: &str) -> SigningKey {
    let hex = text(&format!("/keys/{name}/seed_hex"));
    let byte = |place: usize| u8::from_str_radix(&hex[2 * place..2 * place + 2], 16).unwrap();
    SigningKey::from_seed(std::array::from_fn(byte))
}

/// Keys with their status.
pub fn keys(listed: &[(&str, KeyStatus)]) -> KeySet {
    let mut set = KeySet::default();
    for (name, status) in listed {
        set.add(key(name), *status);
    }
    set
}

/// The register's keys of the origin while `first` holds.
pub fn keys_of_first() -> KeySet {
    keys(&[("K1", KeyStatus::Current)])
}

/// The register's keys of the origin while `second` holds, after the rotation.
pub fn keys_of_second() -> KeySet {
    keys(&[("K1", KeyStatus::Retired), ("K2", KeyStatus::Current)])
}

/// Bytes of a base64url text.
pub fn bytes(text: &str) -> Vec<u8> {
    from_base64url(text).unwrap_or_else(|| panic!("{text} is no base64url"))
}

/// Entries of a state in the file.
pub fn entries(state: &str) -> Entries {
    Entries::read(&bytes(&text(&format!("/{state}/entries")))).unwrap()
}
