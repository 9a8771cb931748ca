//! `user`, `token` and `audit`.

use nmirf_hub::{
    access::{Refused, Role},
    config::{Config, Overrides},
    hub::{Hub, system_clock},
};
use serde_json::Value;

use crate::support::{Instance, wait};

#[test]
fn an_account_is_made_with_a_link_alone_on_standard_output() {
    let instance = Instance::national();
    let added = instance.run(&["user", "add", "Amina", "--role", "editor", "--language", "fr"]).done();
    assert!(added.out.starts_with("https://hub.example.ma/sign-in/invitation/"), "{added:?}");
    assert_eq!(added.out.lines().count(), 1);
    assert!(added.err.contains("the account amina is made"), "{added:?}");
    let rows = instance.run(&["user", "list", "--json"]).done().json();
    assert_eq!((&rows[0]["name"], &rows[0]["state"]), (&"amina".into(), &"invited".into()));
    instance.run(&["user", "disable", "amina"]).done();
    let table = instance.run(&["user", "list"]).done().out;
    assert!(table.contains("amina") && table.contains("disabled"), "{table}");
    let again = instance.run(&["user", "add", "amina", "--role", "reader"]).done();
    assert!(again.err.contains("was there") && again.out != added.out, "{again:?}");
}

#[test]
fn what_cannot_be_an_account_or_a_token_is_wrong_use() {
    let instance = Instance::national();
    instance.run(&["user", "add", "operator", "--role", "editor"]).refused(2, &["choose another"]);
    instance.run(&["user", "add", "a b", "--role", "editor"]).refused(2, &["letters, digits"]);
    instance.run(&["user", "add", "amina", "--role", "coordinator"]).refused(2, &["coordinator's instance alone"]);
    instance.run(&["user", "disable", "nobody"]).refused(1, &["user list"]);
    let coordinator = ["token", "issue", "--for", "script", "--role", "coordinator", "--ttl", "8h"];
    instance.run(&coordinator).refused(2, &["coordinator's instance alone"]);
    instance.run(&["token", "revoke", "none"]).refused(1, &["token list"]);
    Instance::coordinator().run(&coordinator).done();
}

/// A token that a command issues counts in a process that runs already, until a command revokes it.
#[test]
fn a_command_takes_effect_at_once_in_an_instance_that_runs() {
    let instance = Instance::national();
    let running = wait(async {
        let config = Config::load(&instance.path("hub.toml"), &Overrides::none()).unwrap();
        Hub::open(config, system_clock()).await.unwrap()
    });
    let issued = instance.run(&["token", "issue", "--for", "script", "--role", "editor", "--ttl", "8h"]).done();
    let token = issued.out.trim();
    assert_eq!(token.split('.').count(), 3, "{issued:?}");
    assert_eq!(wait(running.bearer(token)).unwrap().role, Role::Editor);
    let rows = instance.run(&["token", "list", "--json"]).done().json();
    assert_eq!((&rows[0]["for"], &rows[0]["state"]), (&"script".into(), &"valid".into()));
    instance.run(&["token", "revoke", rows[0]["id"].as_str().unwrap()]).done();
    assert_eq!(wait(running.bearer(token)), Err(Refused::Token));
    assert!(instance.run(&["token", "list"]).done().out.contains("revoked"));
}

#[test]
fn the_audit_log_is_written_out_in_two_formats_and_from_a_day_on() {
    let instance = Instance::national();
    instance.run(&["user", "add", "amina", "--role", "editor"]).done();
    instance.run(&["user", "disable", "amina"]).done();
    let lines = instance.run(&["audit", "--format", "jsonl"]).done().out;
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let actions: Vec<&str> = rows.iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["user.add", "user.disable"]);
    assert_eq!((&rows[0]["actor"], &rows[0]["target"]), (&"operator".into(), &"amina".into()));
    let table = instance.run(&["audit", "--format", "csv", "--since", "2020-01-01"]).done().out;
    assert!(table.starts_with("\u{feff}id,at,actor,address,action,target,detail\r\n1,20"), "{table}");
    assert_eq!(table.lines().count(), 3);
    let no_day = instance.run(&["audit", "--format", "csv", "--since", "yesterday"]);
    no_day.refused(2, &["a day such as 2026-11-24 is wanted"]);
    let none = instance.run(&["audit", "--format", "jsonl", "--since", "2200-01-01"]).done().out;
    assert_eq!(none, "");
}
