//! `doctor`, and what stops the other commands.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::support::{Instance, PRACTICES};

fn state<'a>(said: &'a Value, check: &str) -> Vec<&'a str> {
    let checks = said["checks"].as_array().unwrap().iter();
    checks.filter(|one| one["check"] == check).map(|one| one["state"].as_str().unwrap()).collect()
}

#[test]
fn a_sound_instance_is_healthy() {
    let instance = Instance::coordinator();
    let said = instance.run(&["doctor", "--json"]).done().json();
    for check in ["configuration", "key file", "disk", "certificates", "database", "signing", "clock", "key", "peers"] {
        assert!(!state(&said, check).is_empty() && !state(&said, check).contains(&"fail"), "{check}: {said:#}");
    }
    assert!(instance.run(&["doctor"]).done().out.contains("All is well"));
}

#[test]
fn a_key_that_others_can_read_fails() {
    let instance = Instance::national();
    std::fs::set_permissions(instance.path("hub.key"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let ran = instance.run(&["doctor"]);
    assert!(ran.status == 1 && ran.out.contains("chmod 600"), "{ran:?}");
    instance.run(&["verify"]).refused(1, &["chmod 600"]);
}

#[test]
fn another_key_than_the_networks_fails() {
    let instance = Instance::coordinator();
    std::fs::remove_file(instance.path("hub.key")).unwrap();
    nmirf_hub::hub::make_key(&instance.path("hub.key")).unwrap();
    let ran = instance.run(&["doctor", "--json"]);
    assert_eq!((ran.status, state(&ran.json(), "key")), (1, vec!["fail"]), "{ran:?}");
}

#[test]
fn another_key_signs_nothing() {
    let instance = Instance::national();
    std::fs::remove_file(instance.path("hub.key")).unwrap();
    nmirf_hub::hub::make_key(&instance.path("hub.key")).unwrap();
    let serve = ["--set", "listen.address=127.0.0.1:0", "serve"];
    instance.run(&serve).refused(1, &["this instance has signed with", "from a backup"]);
    let file = instance.write("practices.jsonl", r#"{"title": {"en": "One"}, "summary": {"en": "Short."}}"#);
    instance.run(&["import", file.to_str().unwrap()]).refused(1, &["this instance has signed with"]);
}

#[test]
fn a_wrong_key_file_stops_a_command_with_what_to_do() {
    let instance = Instance::national();
    std::fs::remove_file(instance.path("hub.key")).unwrap();
    instance.run(&["verify"]).refused(1, &["hub.key", "nmirf-hub init"]);
    let key = instance.write("hub.key", "{}");
    std::fs::set_permissions(key, std::fs::Permissions::from_mode(0o600)).unwrap();
    instance.run(&["verify"]).refused(1, &["holds no Ed25519 key"]);
    let ran = instance.run(&["doctor", "--json"]);
    assert_eq!((ran.status, state(&ran.json(), "key file")), (1, vec!["fail"]));
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let instance = Instance::national();
    instance.tamper("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)");
    instance.import("practices.jsonl", PRACTICES, &[]).refused(1, &["newer version", "m9999_later"]);
    let ran = instance.run(&["doctor"]);
    assert!(ran.status == 1 && ran.out.contains("newer version"), "{ran:?}");
}

#[test]
fn a_missing_database_or_anothers_is_not_made_up() {
    let instance = Instance::national();
    std::fs::rename(instance.path("hub.db"), instance.path("away.db")).unwrap();
    instance.run(&["verify"]).refused(1, &["there is no database", "hub.db"]);
    assert!(!instance.path("hub.db").exists());
    instance
        .run(&["--set", "listen.address=127.0.0.1:0", "serve"])
        .refused(1, &["there is no database", "from a backup"]);
    assert!(!instance.path("hub.db").exists());
    std::fs::copy(Instance::coordinator().path("hub.db"), instance.path("hub.db")).unwrap();
    instance.run(&["verify"]).refused(1, &["belongs to https://coordinator.example"]);
}

#[test]
fn a_clock_behind_what_was_signed_fails() {
    let instance = Instance::national();
    instance.tamper("UPDATE journals SET signed_at = signed_at + 4000");
    let ran = instance.run(&["doctor", "--json"]);
    assert_eq!((ran.status, state(&ran.json(), "clock")), (1, vec!["fail"]));
}
