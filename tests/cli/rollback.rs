//! Commands that sign look at the peers first (protocol §8).

use nmirf_hub::{
    journal::{checkpoint::Checkpoint, signing::SigningKey},
    record::Audience,
    store::ServeLock,
};

use crate::support::{Canned, Instance, PRACTICES, wait};

/// A peer that holds a checkpoint of this instance which the instance does not remember.
fn with_a_peer_that_knows_more(instance: &Instance) -> Canned {
    let key = SigningKey::read(&instance.path("hub.key")).unwrap();
    let seq = 1_999_999_999_999;
    let checkpoint = Checkpoint::sign(&key, &instance.entity_id, Audience::Public, seq, [7; 32], 1_700_000_000_000).jws;
    let listed = serde_json::json!([{"origin": instance.entity_id, "audience": "public", "checkpoint": checkpoint}]);
    let server = Canned::start(|_| vec![("/federation/v1/journals", "application/json", listed.to_string())]);
    instance.pin(&server.url, &SigningKey::from_seed([9; 32]).public().x());
    server
}

/// Its server may call the peer of the test.
const LOCAL: [&str; 2] = ["--set", "trust.allow_private_networks=true"];

#[test]
fn nothing_is_signed_on_top_of_a_state_that_was_set_back() {
    let instance = Instance::national();
    instance.import("practices.jsonl", PRACTICES, &LOCAL).done();
    let _peer = with_a_peer_that_knows_more(&instance);
    let sub = format!("practice/{}", instance.export()[0]["id"].as_str().unwrap());
    let changed = PRACTICES.replace("\"x\"", "\"y\"");
    instance.import("practices.jsonl", &changed, &[&LOCAL[..], &["--dry-run"]].concat()).done();
    instance.import("practices.jsonl", &changed, &LOCAL).refused(1, &["signs nothing more", "put the newest one back"]);
    let withdraw = ["record", "withdraw", &sub, "--yes"];
    instance.run(&[&withdraw[..], &LOCAL].concat()).refused(1, &["signs nothing more"]);
    assert!(instance.export().iter().all(|row| row["summary"]["fr"] == "x"));
}

#[test]
fn a_command_does_not_look_while_a_server_runs() {
    let instance = Instance::national();
    let _peer = with_a_peer_that_knows_more(&instance);
    let held = wait(async { ServeLock::take(&instance.store().await).await.unwrap() });
    instance.import("practices.jsonl", PRACTICES, &LOCAL).done();
    drop(held);
}

#[test]
fn sync_makes_no_database() {
    let instance = Instance::national();
    let elsewhere = format!("database.url=sqlite://{}", instance.path("other.db").display());
    instance.run(&["sync", "--all", "--set", &elsewhere]).refused(1, &["there is no database"]);
    assert!(!instance.path("other.db").exists());
}
