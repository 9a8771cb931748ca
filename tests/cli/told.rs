//! What an import tells of itself: its exit status, and the line of the audit log.

use serde_json::{Value, json};

use crate::support::{Instance, PRACTICES};

#[test]
fn where_no_row_can_be_taken_nothing_was_imported() {
    let instance = Instance::national();
    let rows = PRACTICES.replace("\"MA\"", "\"PT\"");
    instance.import("practices.jsonl", &rows, &["--keep-going"]).refused(1, &["line 1: ", "no row can be taken"]);
    instance.import("practices.jsonl", &rows, &["--keep-going", "--dry-run"]).refused(1, &["no row can be taken"]);
    let ran = instance.import("practices.jsonl", &rows, &["--keep-going", "--json"]);
    assert_eq!((ran.status, &ran.json()["bad"]), (1, &3.into()), "{ran:?}");
}

#[test]
fn the_audit_log_names_the_records_that_a_file_changed_and_says_nothing_where_it_changed_none() {
    let instance = Instance::national();
    let lines = || {
        let log = instance.run(&["audit", "--format", "jsonl"]).done().out;
        let all: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        all.into_iter().filter(|line| line["action"].as_str().unwrap().starts_with("record.import")).collect::<Vec<_>>()
    };
    instance.import("practices.jsonl", PRACTICES, &[]).done();
    instance.import("practices.jsonl", PRACTICES, &[]).done();
    let [line] = &lines()[..] else { panic!("{:?}", lines()) };
    let detail = line["detail"].as_str().unwrap();
    for row in instance.export() {
        assert!(detail.contains(&format!("practice/{}", row["id"].as_str().unwrap())), "{line}");
    }
    let one = instance.export()[0].clone();
    let withdraw = json!({"id": one["id"], "withdraw": true, "audience": one["audience"]}).to_string();
    instance.import("practices.jsonl", &withdraw, &[]).done();
    assert_eq!(lines()[1]["detail"], format!("practice/{} (withdrawn)", one["id"].as_str().unwrap()));
}
