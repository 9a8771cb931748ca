//! A real browser on a hub: runs a script of this folder and fails with what it says.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use nmirf_hub::{access::Role, audit::Actor, hub::Hub};

use crate::hub::Served;

/// The password of everybody who is added here.
pub const PASSWORD: &str = "a long password for tests";

/// Runs a script on a hub and gives what it printed.
pub async fn browse(served: &Served, script: &str, arguments: &[&str]) -> String {
    browse_at(&served.base, script, arguments).await
}

/// Runs `node SCRIPT BASE ARGUMENTS…` and gives what it printed.
pub async fn browse_at(base: &str, script: &str, arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    assert!(folder.join("node_modules").is_dir(), "npm ci in tests/pages, once");
    let mut node = Command::new("node");
    node.arg(folder.join(script)).arg(base).args(arguments).current_dir(&folder).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || node.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{script}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// Somebody with a local account and [`PASSWORD`].
pub async fn add(served: &Served, name: &str, role: Role) {
    add_at(&served.coordinator.hub, name, role).await;
}

/// The same at any hub.
pub async fn add_at(hub: &Hub, name: &str, role: Role) {
    let (access, now) = (hub.access(), hub.now());
    let added = access.add_account(name, role, None, &Actor::operator(), now).await.unwrap();
    let secret = added.link.rsplit('/').next().unwrap();
    access.accept_invitation(secret, PASSWORD, None, None, now).await.unwrap();
}
