//! `init`.

use nmirf_hub::journal::anchor::sign_link;
use nmirf_hub::journal::key::{KeySet, KeyStatus};
use nmirf_hub::journal::signing::SigningKey;
use nmirf_hub::register::peers::EntityConfiguration;

use crate::support::{Canned, Instance, mode};

const NATIONAL: [&str; 7] = ["init", "--entity-id", "https://hub.example.ma", "--name", "Maroc", "--country", "MA"];

fn coordinator(seed: u8) -> (Canned, SigningKey) {
    let key = SigningKey::from_seed([seed; 32]);
    let server = Canned::start(|url| {
        let keys = KeySet::of(key.public().clone(), KeyStatus::Current);
        let link = sign_link(&key, url, 1, &keys, 1_700_000_000_000).jws;
        let said = EntityConfiguration { name: Some("The coordinator".to_owned()), ..EntityConfiguration::default() };
        vec![
            ("/federation/v1/anchor", "application/json", format!("{{\"links\":[\"{link}\"]}}")),
            (
                "/.well-known/openid-federation",
                "application/entity-statement+jwt",
                said.sign(&key, None, url, None, 1_700_000_000_000),
            ),
        ]
    });
    (server, key)
}

#[test]
fn a_new_instance_has_all_it_needs_and_secrets_are_its_own() {
    let instance = Instance::national();
    assert_eq!(mode(&instance.path("hub.key")), 0o600);
    assert_eq!(mode(&instance.path("hub.db")), 0o600);
    let ran = instance.run(&["verify", "--json"]).done();
    assert_eq!(ran.json()["journals"].as_array().unwrap().len(), 2, "both journals have their first checkpoint");
    let said = instance.run(&["doctor", "--json"]).done().json();
    assert_eq!(said["healthy"], true, "{said}");
}

#[test]
fn nothing_is_written_over_and_what_is_in_the_way_is_named() {
    for name in ["hub.toml", "hub.key", "hub.db"] {
        let instance = Instance::nothing("https://hub.example.ma");
        instance.write(name, "mine");
        instance.run(&NATIONAL).refused(1, &["in the way", name]);
        assert_eq!(std::fs::read_to_string(instance.path(name)).unwrap(), "mine");
        assert_eq!(std::fs::read_dir(instance.path("")).unwrap().count(), 1, "nothing else was left");
    }
}

#[test]
fn wrong_flags_are_named_as_flags() {
    let cases: [(&[&str], &str); 6] = [
        (
            &["--entity-id", "https://Hub.example/", "--name", "x", "--country", "MA"],
            "--entity-id: its host must be a name in lower case",
        ),
        (&["--entity-id", "http://hub.example", "--name", "x", "--country", "MA"], "--entity-id: https is wanted"),
        (&["--entity-id", "https://hub.example", "--name", "x"], "--country is missing"),
        (&["--entity-id", "https://hub.example", "--name", "x", "--country", "ma"], "--country: two capital letters"),
        (
            &["--entity-id", "https://hub.example", "--name", "x", "--role", "coordinator", "--country", "MA"],
            "--country",
        ),
        (
            &["--entity-id", "https://hub.example", "--name", "x", "--country", "MA", "--set", "sync.interwal=1m"],
            "interval",
        ),
    ];
    for (flags, words) in cases {
        let instance = Instance::nothing("https://hub.example");
        instance.run(&[&["init"], flags].concat()).refused(2, &[words]);
        assert_eq!(std::fs::read_dir(instance.path("")).unwrap().count(), 0, "{flags:?} left something");
    }
}

#[test]
fn settings_given_by_flags_are_written() {
    let instance = Instance::nothing("https://hub.example.ma");
    instance
        .run(&[&NATIONAL[..], &["--set", "sync.interval=5m", "--set", "database.url=sqlite://other.db"]].concat())
        .done();
    let text = std::fs::read_to_string(instance.path("hub.toml")).unwrap();
    assert!(text.contains("interval = \"5m\"") && text.contains("sqlite://other.db"), "{text}");
    assert!(instance.path("other.db").exists());
}

#[test]
fn the_coordinators_key_is_pinned_when_the_thumbprint_is_right() {
    let (server, key) = coordinator(7);
    let instance = Instance::nothing("http://127.0.0.1:4901");
    let begin = ["init", "--entity-id", "http://127.0.0.1:4901", "--name", "Maroc", "--country", "MA", "--coordinator"];
    let ran = instance.run(&[&begin[..], &[&server.url, "--yes", key.public().thumbprint()]].concat()).done();
    assert!(ran.out.contains("The coordinator"), "{ran:?}");
    let text = std::fs::read_to_string(instance.path("hub.toml")).unwrap();
    assert!(text.contains(&key.public().x()) && text.contains(&server.url), "{text}");
}

#[test]
fn the_pinned_key_counts_before_the_register_was_read() {
    let begin = ["init", "--entity-id", "http://127.0.0.1:4901", "--name", "Maroc", "--country", "MA", "--coordinator"];
    let (server, key) = coordinator(10);
    let instance = Instance::nothing("http://127.0.0.1:4901");
    instance.run(&[&begin[..], &[&server.url, "--yes", key.public().thumbprint()]].concat()).done();
    let said = instance.run(&["doctor"]).done().out;
    assert!(said.contains("answers, with the key that is pinned; its register was not read yet"), "{said}");
    assert!(!said.contains("not listed for it"), "{said}");
    // Another one answers there.
    let other = SigningKey::from_seed([11; 32]).public().x();
    let text = std::fs::read_to_string(instance.path("hub.toml")).unwrap();
    instance.write("hub.toml", &text.replace(&key.public().x(), &other));
    let said = instance.run(&["doctor"]).done().out;
    assert!(said.contains("answers with another key than the one that is pinned"), "{said}");
}

#[test]
fn a_coordinator_that_does_not_answer_leaves_nothing_and_says_what_to_do() {
    let instance = Instance::nothing("http://127.0.0.1:4901");
    let begin = ["init", "--entity-id", "http://127.0.0.1:4901", "--name", "Maroc", "--country", "MA", "--coordinator"];
    let ran = instance.run(&[&begin[..], &["http://127.0.0.1:1"]].concat());
    ran.refused(1, &["http://127.0.0.1:1: ", "Nothing was written", "Check the URL"]);
    assert_eq!(std::fs::read_dir(instance.path("")).unwrap().count(), 0);
}

#[test]
fn another_key_of_the_coordinator_is_refused_and_leaves_nothing() {
    let (server, key) = coordinator(8);
    let other = SigningKey::from_seed([9; 32]).public().thumbprint().to_string();
    let begin = ["init", "--entity-id", "http://127.0.0.1:4901", "--name", "Maroc", "--country", "MA", "--coordinator"];
    let instance = Instance::nothing("http://127.0.0.1:4901");
    let first = &key.public().thumbprint()[..4];
    instance.run(&[&begin[..], &[&server.url, "--yes", &other]].concat()).refused(1, &["nothing was pinned", first]);
    instance.run(&[&begin[..], &[&*server.url]].concat()).refused(2, &["--yes THUMBPRINT"]);
    assert_eq!(std::fs::read_dir(instance.path("")).unwrap().count(), 0);
}

#[test]
fn the_configuration_is_checked_by_every_command() {
    let instance = Instance::national();
    let text = std::fs::read_to_string(instance.path("hub.toml")).unwrap();
    instance.write("hub.toml", &format!("{text}\n[sync]\nintervall = \"1m\"\n"));
    instance.run(&["export", "--format", "jsonl"]).refused(2, &["intervall", "interval"]);
    instance.run(&["verify"]).refused(2, &["interval"]);
    let said = instance.run(&["doctor"]);
    assert!(said.status == 1 && said.out.contains("interval"), "{said:?}");
}

#[test]
fn without_a_configuration_a_command_says_how_to_make_one() {
    Instance::nothing("https://hub.example").run(&["verify"]).refused(2, &["nmirf-hub init"]);
}
