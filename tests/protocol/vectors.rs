//! Keys, hashes, states and client assertions as `vectors.json` has them.

use nmirf_hub::{
    journal::{
        checkpoint::{Checkpoint, etag},
        encoding::{base64url, sha256},
        entry::Entries,
        jws::{JwsError, StatementType, Unverified, verify_current},
        key::{KeyStatus, PublicKey},
        prove::{Finding, Held, Proved, Unproved, prove},
    },
    record::{Audience, RecordKey, Sub},
};
use serde_json::Value;

use super::vectors_file::*;

#[test]
fn the_thumbprint_of_a_key_is_computed_from_its_x() {
    for name in ["K1", "K2", "K3"] {
        let jwk = &file()["keys"][name]["jwk"];
        assert_eq!(&**key(name).thumbprint(), member(jwk, "kid"));
    }
}

#[test]
fn the_kid_of_a_listed_key_is_not_believed() {
    let mut jwk = file()["keys"]["K1"]["jwk"].clone();
    jwk["kid"] = "another".into();
    assert_eq!(PublicKey::from_jwk(&jwk).unwrap().thumbprint(), key("K1").thumbprint());
}

#[test]
fn a_seed_gives_its_public_key_and_jwk() {
    for name in ["K1", "K2", "K3"] {
        assert_eq!(signing_key(name).public().jwk(None), file()["keys"][name]["jwk"]);
    }
}

#[test]
fn digests_and_record_keys_of_revisions() {
    for state in ["first", "second_since_first"] {
        for revision in list(&format!("/{state}/revisions")) {
            assert_eq!(base64url(&sha256(member(&revision, "jws").as_bytes())), member(&revision, "digest"));
            let sub = Sub::parse(member(&revision, "sub")).unwrap();
            assert_eq!(RecordKey::of(ORIGIN, &sub).to_string(), member(&revision, "record_key"));
        }
    }
}

#[test]
fn a_record_key_in_the_coordinators_journals_does_not_depend_on_its_name() {
    let sub = Sub::parse(&text("/coordinator_record_key/sub")).unwrap();
    assert_eq!(RecordKey::of("coordinator", &sub).to_string(), text("/coordinator_record_key/record_key"));
}

#[test]
fn the_root_of_no_entries() {
    assert_eq!(base64url(&Entries::default().root()), text("/empty_root"));
}

#[test]
fn entries_are_made_of_sub_and_revision() {
    for state in ["first", "second_since_first"] {
        let revisions = list(&format!("/{state}/revisions"));
        let made: Entries = revisions
            .iter()
            .map(|revision| {
                let sub = Sub::parse(member(revision, "sub")).unwrap();
                (sub.name(), sha256(member(revision, "jws").as_bytes()))
            })
            .collect();
        assert_eq!(base64url(&made.to_bytes()), text(&format!("/{state}/entries")));
    }
}

#[test]
fn the_root_of_second_is_that_of_first_with_the_changes_in_place() {
    assert_eq!(base64url(&entries("first").root()), text("/first/root"));
    let second = entries("first").with(&entries("second_since_first"));
    assert_eq!(base64url(&second.root()), text("/second_since_first/root"));
    assert_eq!(second.len(), 3);
}

#[test]
fn the_etag_of_a_state_is_made_of_its_checkpoint() {
    for state in ["first", "second_since_first"] {
        assert_eq!(etag(&text(&format!("/{state}/checkpoint"))), text(&format!("/{state}/etag")));
    }
}

#[test]
fn an_ed25519_signature_of_the_same_claims_is_the_same() {
    let token = text("/first/checkpoint");
    let claims = Unverified::read(&token, StatementType::Checkpoint).unwrap().into_claims();
    assert_eq!(signing_key("K1").sign(StatementType::Checkpoint, &claims), token);
}

fn offer<'a>(checkpoint: &'a str, entries: &'a [u8], since: u64) -> Unproved<'a> {
    Unproved { origin: ORIGIN, audience: Audience::Public, checkpoint, entries, since }
}

fn first() -> Proved {
    let entries = entries("first").to_bytes();
    prove(&Held::default(), &offer(&text("/first/checkpoint"), &entries, 0), &keys_of_first()).unwrap()
}

fn held_of(proved: &Proved) -> Held {
    Held { checkpoint: Some(proved.checkpoint().clone()), entries: proved.entries().clone() }
}

#[test]
fn first_is_proved_and_then_second_by_what_changed_alone() {
    let first = first();
    assert_eq!(first.checkpoint().seq, 1_764_000_010_000);
    assert_eq!(first.checkpoint().key_id, **key("K1").thumbprint());
    let changed = entries("second_since_first").to_bytes();
    let checkpoint = text("/second_since_first/checkpoint");
    let second =
        prove(&held_of(&first), &offer(&checkpoint, &changed, first.checkpoint().seq), &keys_of_second()).unwrap();
    assert_eq!(base64url(&second.entries().root()), text("/second_since_first/root"));
    assert_eq!(second.checkpoint().key_id, **key("K2").thumbprint());
}

#[test]
fn second_is_not_proved_by_its_changes_where_nothing_is_held() {
    let changed = entries("second_since_first").to_bytes();
    let checkpoint = text("/second_since_first/checkpoint");
    for since in [0, 1_764_000_010_000] {
        let found = prove(&Held::default(), &offer(&checkpoint, &changed, since), &keys_of_second());
        assert_eq!(found.unwrap_err(), Finding::Root);
    }
}

#[test]
fn second_needs_the_new_key_to_be_listed() {
    let changed = entries("second_since_first").to_bytes();
    let checkpoint = text("/second_since_first/checkpoint");
    let found = prove(&held_of(&first()), &offer(&checkpoint, &changed, 1), &keys_of_first());
    assert_eq!(found.unwrap_err(), Finding::Checkpoint(JwsError::UnknownKey(key("K2").thumbprint().to_string())));
}

#[test]
fn a_source_that_is_behind_is_told_from_one_that_is_wrong() {
    let first = first();
    let all = first.entries().clone().with(&entries("second_since_first"));
    let second =
        prove(&held_of(&first), &offer(&text("/second_since_first/checkpoint"), &all.to_bytes(), 0), &keys_of_second());
    // The source still offers what K1 signed, and K1 is still good.
    let both = keys(&[("K1", KeyStatus::Current), ("K2", KeyStatus::Current)]);
    let entries = first.entries().to_bytes();
    let found = prove(&held_of(&second.unwrap()), &offer(&text("/first/checkpoint"), &entries, 0), &both).unwrap_err();
    assert_eq!(found, Finding::Behind { offered: 1_764_000_010_000, held: 1_764_100_010_000 });
}

#[test]
fn a_whole_list_that_leaves_a_held_entry_out_is_refused() {
    let first = first();
    let fewer: Entries = first.entries().iter().skip(1).map(|(name, digest)| (*name, *digest)).collect();
    let seq = first.checkpoint().seq + 1;
    let checkpoint = Checkpoint::sign(&signing_key("K1"), ORIGIN, Audience::Public, seq, fewer.root(), seq as i64);
    let offered = offer(&checkpoint.jws, &[], 0);
    let bytes = fewer.to_bytes();
    let found = prove(&held_of(&first), &Unproved { entries: &bytes, ..offered }, &keys_of_first()).unwrap_err();
    assert_eq!(found, Finding::Left(1));
}

#[test]
fn states_refused() {
    let cases = list("/states_refused");
    assert_eq!(cases.len(), 13);
    for case in &cases {
        let why = member(case, "why");
        let retired = why.starts_with("a key that is retired");
        let keys = if retired { keys_of_second() } else { keys_of_first() };
        let state = &case["state"];
        let entries = bytes(member(state, "entries"));
        let found = prove(&Held::default(), &offer(member(state, "checkpoint"), &entries, 0), &keys);
        let found = found.err().unwrap_or_else(|| panic!("{why}: was proved"));
        let expected = match why {
            "entries not ascending" | "an entry twice" | "one sub with two digests" | "63 bytes" => {
                matches!(found, Finding::Entries(_))
            }
            "another root" => found == Finding::Root,
            _ => matches!(found, Finding::Checkpoint(_)),
        };
        assert!(expected, "{why}: refused for another reason: {found}");
    }
}

#[test]
fn the_retired_key_is_the_only_fault_of_its_state() {
    let case =
        list("/states_refused").into_iter().find(|case| member(case, "why").starts_with("a key that is retired"));
    let state = &case.unwrap()["state"];
    let entries = bytes(member(state, "entries"));
    assert!(prove(&Held::default(), &offer(member(state, "checkpoint"), &entries, 0), &keys_of_first()).is_ok());
}

#[test]
fn two_roots_under_one_seq_are_equivocation() {
    let twins: Vec<String> = list("/equivocation").iter().map(|twin| twin.as_str().unwrap().to_owned()).collect();
    let read = |jws: &str| {
        let good = |status| status == KeyStatus::Current;
        Checkpoint::read(jws, ORIGIN, Audience::Public, &keys_of_first(), good).unwrap()
    };
    for (held, offered) in [(&twins[0], &twins[1]), (&twins[1], &twins[0])] {
        let held = Held { checkpoint: Some(read(held)), entries: Entries::default() };
        let found = prove(&held, &offer(offered, &[], read(offered).seq), &keys_of_first()).unwrap_err();
        let first = held.checkpoint.unwrap().jws;
        assert_eq!(found, Finding::Equivocation { first, second: offered.clone() });
    }
}

#[test]
fn one_root_under_one_seq_is_one_state_whatever_the_jws() {
    let held = held_of(&first());
    let (root, seq) = (held.entries.root(), 1_764_000_010_000);
    let again = Checkpoint::sign(&signing_key("K1"), ORIGIN, Audience::Public, seq, root, 1_764_000_099_000);
    assert_ne!(again.jws, text("/first/checkpoint"));
    assert!(prove(&held, &offer(&again.jws, &[], seq), &keys_of_first()).is_ok());
}

#[test]
fn a_client_assertion_names_its_caller_and_the_called() {
    let token = text("/client_assertion");
    let verified = verify_current(&token, StatementType::ClientAssertion, &keys_of_first()).unwrap();
    assert_eq!(verified.key_id, **key("K1").thumbprint());
    let expected = serde_json::json!({
        "iss": ORIGIN, "sub": ORIGIN, "aud": "https://hub.example.py", "iat": 1_764_000_010
    });
    assert_eq!(verified.claims, expected);
}

#[test]
fn a_client_assertion_needs_a_current_key_and_its_own_type() {
    let token = text("/client_assertion");
    let read = |wanted, keys| verify_current(&token, wanted, &keys).map(|_| ()).unwrap_err();
    assert_eq!(read(StatementType::ClientAssertion, keys_of_second()), JwsError::Status(KeyStatus::Retired));
    assert!(matches!(read(StatementType::Checkpoint, keys_of_first()), JwsError::Type(_)));
    let other = keys(&[("K3", KeyStatus::Current)]);
    assert!(matches!(read(StatementType::ClientAssertion, other), JwsError::UnknownKey(_)));
}

#[test]
fn of_one_key_listed_twice_the_worse_status_counts() {
    use KeyStatus::{Compromised, Current, Retired};
    for (one, other, worse) in
        [(Current, Retired, Retired), (Compromised, Current, Compromised), (Retired, Compromised, Compromised)]
    {
        assert_eq!(keys(&[("K1", one), ("K1", other)]).status(key("K1").thumbprint()), Some(worse));
    }
}

#[test]
fn what_is_no_ed25519_key_is_left_out_of_a_list() {
    let listed: Value = serde_json::json!([
        {"kty": "EC", "crv": "P-256", "x": "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg", "status": "current"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "status": "current"},
        "x", null,
        key("K2").jwk(Some(KeyStatus::Current)),
    ]);
    let keys = nmirf_hub::journal::key::KeySet::from_json(&listed);
    assert_eq!(keys.iter().count(), 1);
    assert!(keys.get(key("K2").thumbprint()).is_some());
}
