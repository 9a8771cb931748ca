//! `verify`: what was changed by hand is found and named, in the own journal and in a copy.

use std::collections::HashMap;

use nmirf_hub::journal::adopt::{Adopted, Circumstances, adopt, stage};
use nmirf_hub::journal::key::{KeySet, KeyStatus, PublicKey};
use nmirf_hub::journal::prove::{Unproved, prove};
use nmirf_hub::journal::read;
use nmirf_hub::record::Audience;
use serde_json::Value;

use crate::support::{Instance, PRACTICES, Ran, wait};

/// A reader that pinned an origin and holds a proved copy of its public journal.
fn with_a_copy_of(origin: &Instance) -> Instance {
    let reader = Instance::nothing("https://reader.example");
    let init = ["init", "--entity-id", "https://reader.example", "--name", "Reader", "--country", "PT"];
    reader.run(&init).done();
    reader.pin(&origin.entity_id, &x(origin));
    assert!(pull(origin, &reader) > 0);
    reader
}

fn x(instance: &Instance) -> String {
    instance.run(&["key", "show", "--json"]).done().json()["jwk"]["x"].as_str().unwrap().to_owned()
}

/// A round without a network. Gives how many revisions were transferred.
fn pull(origin: &Instance, reader: &Instance) -> usize {
    let key = PublicKey::from_jwk(&serde_json::json!({"kty": "OKP", "crv": "Ed25519", "x": x(origin)})).unwrap();
    let keys = KeySet::of(key, KeyStatus::Current);
    wait(async {
        let (from, to) = (origin.store().await, reader.store().await);
        let source = read::journal(from.read(), &origin.entity_id, Audience::Public).await.unwrap().unwrap();
        let (checkpoint, entries) = read::state(&from, source.id, 0).await.unwrap().unwrap();
        let row = read::journal_or_new(&to, &origin.entity_id, Audience::Public).await.unwrap();
        let held = read::held(&to, &row, &keys).await.unwrap();
        let offered = Unproved {
            origin: &origin.entity_id,
            audience: Audience::Public,
            checkpoint: &checkpoint,
            entries: &entries.to_bytes(),
            since: 0,
        };
        let proved = prove(&held, &offered, &keys).unwrap();
        let names: HashMap<_, _> = entries.iter().map(|(name, digest)| (*digest, *name)).collect();
        let all: Vec<_> = names.keys().copied().collect();
        let missing = nmirf_hub::journal::adopt::not_here(&to, row.id, &all).await.unwrap();
        let tokens = read::revisions(&from, source.id, &missing).await.unwrap();
        let tokens: Vec<String> = tokens.into_iter().map(|(_, jws)| jws).collect();
        let transferred = tokens.len();
        stage(&to, &row, &keys, &names, tokens).await.unwrap();
        let circumstances = Circumstances { via: None, now: 1_800_000_000_000, confirmed_at: 1_800_000_000_000 };
        nmirf_hub::journal::adopt::fill_gaps(&to, &row, &circumstances).await.unwrap();
        let adopted = adopt(&to, row.id, &proved, &circumstances).await.unwrap();
        assert!(matches!(adopted, Adopted::InPlace { .. }), "{adopted:?}");
        from.close().await;
        to.close().await;
        transferred
    })
}

fn origin() -> Instance {
    let origin = Instance::national();
    origin.import("practices.jsonl", PRACTICES, &[]).done();
    origin
}

/// `kind/uuid` of the first public practice.
fn record(origin: &Instance) -> String {
    let rows = origin.export();
    let row = rows.iter().find(|row| row["title"]["fr"] == "Un").unwrap();
    format!("practice/{}", row["id"].as_str().unwrap())
}

/// SQL condition for the row of a record.
fn of(sub: &str) -> String {
    let name = nmirf_hub::record::Sub::parse(sub).unwrap().name();
    let hex: String = name.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("name = x'{hex}'")
}

fn found(ran: &Ran, part: &str, record: Option<&str>) -> Value {
    assert_eq!(ran.status, 1, "{ran:?}");
    let said = ran.json();
    let differences = said["journals"].as_array().unwrap().iter().flat_map(|journal| {
        journal["differences"].as_array().unwrap().iter().map(move |difference| (journal, difference))
    });
    let wanted =
        |(_, difference): &(&Value, &Value)| difference["part"] == part && difference["record"].as_str() == record;
    let found = differences.clone().find(wanted);
    found.unwrap_or_else(|| panic!("{part} of {record:?} is not named: {said:#}")).0.clone()
}

/// Ways to change one byte, and what is to be named.
fn tamperings(sub: &str) -> Vec<(&'static str, String, Option<String>)> {
    let one = of(sub);
    let signature = "substr(jws, 1, length(jws) - 9) || CASE substr(jws, length(jws) - 8, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(jws, length(jws) - 7)";
    let body = "substr(jws, 1, 299) || CASE substr(jws, 300, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(jws, 301)";
    let origin = "origin = 'https://hub.example.ma' AND audience = 'public'";
    let journal = format!("journal_id = (SELECT id FROM journals WHERE {origin})");
    let checkpoint = signature.replace("jws", "checkpoint");
    let record = Some(sub.to_owned());
    vec![
        ("revision", format!("UPDATE revisions SET jws = {signature} WHERE {one}"), record.clone()),
        ("revision", format!("UPDATE revisions SET jws = {body} WHERE {one}"), record.clone()),
        ("revision", format!("UPDATE revisions SET jws = CAST(x'ff' || jws AS BLOB) WHERE {one}"), None),
        ("revision", format!("UPDATE revisions SET revision = 9 WHERE {one}"), record.clone()),
        ("entry", format!("UPDATE entries SET digest = zeroblob(32) WHERE {one}"), record.clone()),
        ("entry", format!("UPDATE entries SET name = zeroblob(32) WHERE {one}"), record.clone()),
        ("entry", format!("UPDATE entries SET digest = x'00' WHERE {one}"), None),
        ("entry", format!("DELETE FROM entries WHERE {one} AND {journal}"), record),
        ("checkpoint", format!("UPDATE journals SET checkpoint = {checkpoint} WHERE {origin}"), None),
        ("checkpoint", format!("UPDATE journals SET seq = seq + 1 WHERE {origin}"), None),
    ]
}

#[test]
fn what_was_changed_in_the_own_journal_is_found_and_named() {
    let sub = record(&origin());
    for (part, sql, named) in tamperings(&sub) {
        let instance = origin();
        instance.run(&["verify"]).done();
        assert_eq!(instance.tamper(&sql), 1, "{sql}");
        let ran = instance.run(&["verify", "--json"]);
        let journal = match named {
            Some(record) => found(&ran, part, Some(&record)),
            None if part == "checkpoint" => found(&ran, part, None),
            None => {
                assert!(ran.status == 1 && ran.out.contains(part), "{sql}: {ran:?}");
                continue;
            }
        };
        assert_eq!((&journal["isSelf"], &journal["setAside"]), (&true.into(), &false.into()));
        assert_eq!(instance.run(&["verify"]).status, 1, "it stays so until the database is taken back");
    }
}

#[test]
fn what_was_changed_in_a_copy_is_set_aside_and_comes_anew() {
    let origin = origin();
    let sub = record(&origin);
    let whole = with_a_copy_of(&origin).export();
    assert_eq!(whole.len(), 2);
    for (part, sql, named) in tamperings(&sub) {
        let reader = with_a_copy_of(&origin);
        reader.run(&["verify"]).done();
        assert_eq!(reader.tamper(&sql), 1, "{sql}");
        let ran = reader.run(&["verify", "--json"]);
        if named.is_some() || part == "checkpoint" {
            let journal = found(&ran, part, named.as_deref());
            assert_eq!((&journal["origin"], &journal["setAside"]), (&"https://hub.example.ma".into(), &true.into()));
        }
        assert_eq!(ran.status, 1, "{sql}: {ran:?}");
        reader.run(&["verify"]).done();
        let transferred = pull(&origin, &reader);
        assert_eq!(transferred, usize::from(part == "revision"), "{sql}: what is right is not transferred again");
        assert_eq!(reader.export(), whole, "{sql}");
    }
}

#[test]
fn the_report_names_the_record_in_words() {
    let instance = origin();
    let sub = record(&instance);
    instance.tamper(&format!("UPDATE entries SET digest = zeroblob(32) WHERE {}", of(&sub)));
    let said = instance.run(&["verify"]);
    assert!(said.out.contains(&format!("entry of {sub}: ")) && said.out.contains("newest good copy"), "{said:?}");
}

#[test]
fn a_changed_link_of_the_anchor_is_found() {
    let coordinator = Instance::coordinator();
    coordinator.run(&["verify"]).done();
    let sql = "UPDATE anchor_links SET jws = substr(jws, 1, length(jws) - 9) || CASE substr(jws, length(jws) - 8, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(jws, length(jws) - 7)";
    assert_eq!(coordinator.tamper(sql), 1);
    let ran = coordinator.run(&["verify", "--json"]);
    assert!(ran.status == 1 && ran.json()["anchor"]["difference"].is_string(), "{ran:?}");
}

#[test]
fn records_of_others_cannot_be_withdrawn_here() {
    let origin = origin();
    let reader = with_a_copy_of(&origin);
    let said = origin.run(&["record", "show", &record(&origin), "--json"]).done().json();
    let id = said["id"].as_str().unwrap();
    let page = reader.run(&["record", "show", id]).done().out;
    assert!(page.contains("proved            yes"), "{page}");
    reader.run(&["record", "withdraw", id, "--yes"]).refused(1, &["only its origin", "https://hub.example.ma"]);
}

#[test]
fn without_a_listed_key_the_hashes_are_held_together_all_the_same() {
    let origin = origin();
    let reader = with_a_copy_of(&origin);
    reader.unpin();
    assert!(reader.run(&["verify"]).done().out.contains("no key is listed"));
    let sub = record(&origin);
    reader.tamper(&format!("UPDATE entries SET digest = zeroblob(32) WHERE {}", of(&sub)));
    assert_eq!(reader.run(&["verify"]).status, 1);
}

#[test]
fn a_missing_revision_of_the_own_journal_is_named() {
    let instance = origin();
    let sub = record(&instance);
    assert_eq!(instance.tamper(&format!("DELETE FROM revisions WHERE {}", of(&sub))), 1);
    let name = nmirf_hub::record::Sub::parse(&sub).unwrap().name();
    let ran = instance.run(&["verify", "--json"]);
    found(&ran, "revision", Some(&nmirf_hub::journal::encoding::base64url(&name)));
}
