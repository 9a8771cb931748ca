//! `record`.

use serde_json::json;

use crate::support::{Instance, PRACTICES};

/// `kind/uuid` of the practice with this French title.
fn sub(instance: &Instance, title: &str) -> String {
    let rows = instance.export();
    let row = rows.iter().find(|row| row["title"]["fr"] == title).unwrap();
    format!("practice/{}", row["id"].as_str().unwrap())
}

#[test]
fn a_record_is_shown_in_the_readers_language_with_its_provenance() {
    let instance = Instance::national();
    instance.import("practices.jsonl", PRACTICES, &[]).done();
    let sub = sub(&instance, "Deux");
    let page = instance.run(&["record", "show", &sub]).done().out;
    assert!(page.starts_with("Two\n"), "{page}");
    for words in ["https://hub.example.ma", "revision          1", "proved            yes", &sub] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let said = instance.run(&["record", "show", &sub, "--json"]).done().json();
    assert_eq!((&said["kind"], &said["provenance"]["proved"]), (&json!("PRACTICE"), &json!(true)));
    let by_id = instance.run(&["record", "show", said["id"].as_str().unwrap(), "--json"]).done().json();
    assert_eq!(by_id, said);
}

#[test]
fn the_history_has_every_revision() {
    let instance = Instance::national();
    instance.import("practices.jsonl", PRACTICES, &[]).done();
    instance.import("practices.jsonl", &PRACTICES.replace("\"x\"", "\"y\""), &[]).done();
    let history = instance.run(&["record", "history", &sub(&instance, "Un"), "--json"]).done().json();
    let numbers: Vec<u64> = history.as_array().unwrap().iter().map(|one| one["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [2, 1]);
    let table = instance.run(&["record", "history", &sub(&instance, "Un")]).done().out;
    assert_eq!(table.lines().count(), 4, "{table}");
}

#[test]
fn a_withdrawn_record_stays_withdrawn_and_names_what_takes_its_place() {
    let instance = Instance::national();
    instance.import("practices.jsonl", PRACTICES, &[]).done();
    let (old, new) = (sub(&instance, "Un"), sub(&instance, "Deux"));
    instance.run(&["record", "withdraw", &old]).refused(2, &["give --yes"]);
    instance.run(&["record", "withdraw", &old, "--yes", "--superseded-by", &old]).refused(2, &["itself"]);
    instance.run(&["record", "withdraw", &old, "--yes", "--superseded-by", &new]).done();
    let said = instance.run(&["record", "show", &old, "--json"]).done().json();
    let successor = instance.run(&["record", "show", &new, "--json"]).done().json();
    assert_eq!(said["supersededBy"]["id"], successor["id"]);
    assert!(instance.run(&["record", "withdraw", &old, "--yes"]).done().out.contains("nothing changed"));
    assert!(instance.export().iter().all(|row| row["title"]["fr"] != "Un"));
    let database = std::fs::read(instance.path("hub.db")).unwrap();
    assert!(!database.windows(4).any(|bytes| bytes == b"\"Un\""), "its text is erased");
}

#[test]
fn what_is_not_here_is_said_so() {
    let instance = Instance::national();
    let nowhere = "practice/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d";
    instance.run(&["record", "show", nowhere]).refused(1, &["there is no record", nowhere]);
    instance.run(&["record", "show", "5R2Q53348kVpA-83mYL-tw"]).refused(1, &["there is no record"]);
    instance.run(&["record", "show", "practices/1"]).refused(2, &["names no record"]);
}
