//! Which revisions are shown (protocol §3).

use nmirf_hub::{
    journal::{
        encoding::sha256,
        judge::{Bench, Verdict},
        jws::{StatementType, Unverified},
        key::KeySet,
        revision::{Act, Place, Revision},
    },
    record::{Audience, Sub},
};
use serde_json::{Value, json};

use super::vectors_file::*;

/// The name that an entry of this revision would have: the one its claims tell, right or wrong.
fn name_told(jws: &str) -> [u8; 32] {
    let payload = jws.split('.').nth(1).and_then(nmirf_hub::journal::encoding::from_base64url);
    let claims: Option<Value> = payload.and_then(|payload| serde_json::from_slice(&payload).ok());
    let sub = claims.and_then(|claims| claims["sub"].as_str().map(str::to_owned));
    sub.map_or_else(|| subject().name(), |sub| sha256(sub.as_bytes()))
}

fn subject() -> Sub {
    Sub::parse("practice/0193a1b0-0000-7000-8000-000000000001").unwrap()
}

fn judge(jws: &str, keys: &KeySet, bench: Bench) -> Verdict {
    let place = Place { origin: ORIGIN, audience: Audience::Public, name: &name_told(jws) };
    bench.judge(Revision::read(jws, place, keys))
}

fn reason(verdict: &Verdict) -> Option<&str> {
    match verdict {
        Verdict::Hidden { reason, .. } => Some(reason),
        _ => None,
    }
}

#[test]
fn the_good_one_is_shown() {
    match judge(&text("/shown"), &keys_of_first(), Bench::default()) {
        Verdict::Shown(revision, record) => {
            assert_eq!((revision.number, revision.signed_at), (1, 1_764_000_000));
            assert_eq!(revision.created_at, Some(1_764_000_000));
            assert_eq!(record.kind().as_str(), "practice");
        }
        other => panic!("not shown: {:?}", reason(&other)),
    }
}

#[test]
fn none_of_the_38_is_shown() {
    let cases = list("/not_shown_from_hub.example.ma_public");
    assert_eq!(cases.len(), 38);
    let mut reasons = String::new();
    for case in &cases {
        let why = member(case, "why");
        let verdict = judge(member(case, "jws"), &keys_of_first(), Bench::default());
        let reason = reason(&verdict).unwrap_or_else(|| panic!("{why}: was not hidden"));
        reasons.push_str(&format!("{why}: {reason}\n"));
    }
    let told: std::collections::BTreeMap<&str, &str> =
        reasons.lines().filter_map(|line| line.split_once(": ")).collect();
    // The reason is the one that the case is about, not another that came first.
    for expected in include_str!("reasons.txt").lines() {
        let (why, part) = expected.split_once(" => ").unwrap();
        let reason = told.get(why).unwrap_or_else(|| panic!("no case {why}"));
        assert!(reason.contains(part), "{why}: {reason}");
    }
}

#[test]
fn revisions_of_first_and_second_are_what_they_say() {
    for (state, keys) in [("first", keys_of_first()), ("second_since_first", keys_of_second())] {
        for revision in list(&format!("/{state}/revisions")) {
            let verdict = judge(member(&revision, "jws"), &keys, Bench::default());
            assert!(reason(&verdict).is_none(), "{:?}", reason(&verdict));
        }
    }
}

#[test]
fn a_later_revision_carries_when_the_record_was_created() {
    let revision = &list("/second_since_first/revisions")[0];
    let Verdict::Shown(revision, _) = judge(member(revision, "jws"), &keys_of_second(), Bench::default()) else {
        panic!("not shown")
    };
    assert_eq!((revision.number, revision.created_at), (2, Some(1_764_000_001)));
}

#[test]
fn a_tombstone_says_what_takes_its_place() {
    let revision = &list("/second_since_first/revisions")[1];
    let Verdict::Withdrawn(revision) = judge(member(revision, "jws"), &keys_of_second(), Bench::default()) else {
        panic!("not withdrawn")
    };
    let superseded_by = Some(("https://coordinator.example.net".to_owned(), subject()));
    assert_eq!(revision.act, Act::Withdraw { superseded_by });
}

#[test]
fn a_put_after_the_tombstone_is_hidden() {
    let jws = text("/put_after_the_tombstone_of_second");
    let verdict = judge(&jws, &keys_of_second(), Bench { withdrawn_before: true, ..Bench::default() });
    assert_eq!(reason(&verdict), Some("the record was withdrawn before"));
    assert!(reason(&judge(&jws, &keys_of_second(), Bench::default())).is_none(), "it has no other fault");
}

#[test]
fn a_revision_counts_under_a_retired_and_a_compromised_key() {
    use nmirf_hub::journal::key::KeyStatus::{Compromised, Retired};
    for status in [Retired, Compromised] {
        let verdict = judge(&text("/shown"), &keys(&[("K1", status)]), Bench::default());
        assert!(reason(&verdict).is_none(), "{status:?}: {:?}", reason(&verdict));
    }
}

#[test]
fn what_stands_around_a_record_can_hide_it() {
    let cases = [
        (Bench { in_register: true, ..Bench::default() }, "the register has this record"),
        (Bench { in_public: true, ..Bench::default() }, "the origin's public journal has this record"),
        (Bench { compromised: true, ..Bench::default() }, "the key of the journal's checkpoint is compromised"),
    ];
    for (bench, expected) in cases {
        assert_eq!(reason(&judge(&text("/shown"), &keys_of_first(), bench)), Some(expected));
    }
    let register = Bench { is_register: true, in_register: true, ..Bench::default() };
    assert!(reason(&judge(&text("/shown"), &keys_of_first(), register)).is_none(), "the register has it itself");
}

#[test]
fn a_tombstone_erases_whatever_its_kind_and_schema_and_the_lists_around_it() {
    let sub = "song/0193a1b0-0000-7000-8000-000000000009";
    let claims =
        json!({"iss": ORIGIN, "sub": sub, "aud": "public", "rev": 2, "iat": 1, "act": "withdraw", "schema": 7});
    let jws = signing_key("K1").sign(StatementType::Revision, &claims);
    let bench = Bench { in_register: true, in_public: true, withdrawn_before: true, ..Bench::default() };
    assert!(matches!(judge(&jws, &keys_of_first(), bench), Verdict::Withdrawn(_)));
}

#[test]
fn a_tombstone_under_a_stolen_checkpoint_erases_nothing() {
    let jws = member(&list("/second_since_first/revisions")[1], "jws").to_owned();
    let bench = Bench { compromised: true, ..Bench::default() };
    assert!(reason(&judge(&jws, &keys_of_second(), bench)).is_some());
}

fn practice(change: impl FnOnce(&mut Value)) -> String {
    let shown = text("/shown");
    let mut claims = Unverified::read(&shown, StatementType::Revision).unwrap().into_claims();
    change(&mut claims);
    signing_key("K1").sign(StatementType::Revision, &claims)
}

#[test]
fn a_revision_in_the_place_of_another_record_is_hidden() {
    let other = Sub::parse("practice/0193a1b0-0000-7000-8000-000000000002").unwrap();
    let place = Place { origin: ORIGIN, audience: Audience::Public, name: &other.name() };
    let verdict = Bench::default().judge(Revision::read(&text("/shown"), place, &keys_of_first()));
    assert_eq!(reason(&verdict), Some("claim sub is not the one that its entry names"));
}

#[test]
fn claims_and_members_that_are_not_known_here_do_no_harm() {
    let jws = practice(|claims| {
        claims["nonce"] = json!({"deep": [1, 2]});
        claims["body"]["later"] = json!(["kept"]);
    });
    assert!(reason(&judge(&jws, &keys_of_first(), Bench::default())).is_none());
}

#[test]
fn a_body_may_be_64_levels_deep_and_no_deeper() {
    for (levels, shown) in [(64, true), (65, false)] {
        // The body itself is the first level.
        let nested = (0..levels - 1).fold(None, |inner, _| Some(Value::Array(inner.into_iter().collect())));
        let jws = practice(|claims| claims["body"]["extra"] = nested.unwrap());
        let verdict = judge(&jws, &keys_of_first(), Bench::default());
        assert_eq!(reason(&verdict).is_none(), shown, "{levels} levels: {:?}", reason(&verdict));
    }
}

#[test]
fn numbers_at_their_bounds() {
    let cases = [
        ("rev", json!((1_u64 << 31) - 1), true),
        ("iat", json!(0), true),
        ("iat", json!((1_u64 << 53) - 1), true),
        ("iat", json!(1_u64 << 53), false),
        ("iat", json!(-1), false),
        ("schema", json!(0), false),
        ("created", json!(0), true),
        ("created", json!(null), false),
        ("created", json!(1_u64 << 53), false),
    ];
    for (claim, value, shown) in cases {
        let jws = practice(|claims| claims[claim] = value.clone());
        let verdict = judge(&jws, &keys_of_first(), Bench::default());
        assert_eq!(reason(&verdict).is_none(), shown, "{claim} {value}: {:?}", reason(&verdict));
    }
}

#[test]
fn a_revision_over_256_kib_is_not_read() {
    let jws = practice(|claims| claims["body"]["pad"] = vec!["x".repeat(49_500); 4].into());
    assert!(jws.len() > 256 * 1024, "{}", jws.len());
    let verdict = judge(&jws, &keys_of_first(), Bench::default());
    assert!(reason(&verdict).unwrap().contains("over 256 KiB"), "{:?}", reason(&verdict));
}
