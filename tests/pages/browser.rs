//! A real browser on these hubs, and who signs in there.

#[path = "../support/browser.rs"]
mod run;

use nmirf_hub::{access::Role, audit::Actor, hub::Hub};

use crate::hub::Served;
pub use run::browse as browse_at;

/// The password of everybody who is added here.
pub const PASSWORD: &str = "a long password for tests";

/// Runs a script on a hub and gives what it printed.
pub async fn browse(served: &Served, script: &str, arguments: &[&str]) -> String {
    browse_at(&served.base, script, arguments).await
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
