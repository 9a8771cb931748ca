//! The anchor: who the coordinator is (protocol §2).

use nmirf_hub::journal::{
    anchor::{AnchorError, Chain, Pin, sign_link},
    key::{KeySet, KeyStatus},
};

use super::vectors_file::*;

fn links() -> Vec<String> {
    list("/anchor/links").iter().map(|link| link.as_str().unwrap().to_owned()).collect()
}

fn pin(name: &str) -> Pin {
    Pin { entity_id: COORDINATOR.to_owned(), key: key(name) }
}

fn nobody(_: &str, _: &str) -> bool {
    false
}

fn followed(pin: &Pin, tokens: &[String]) -> Chain {
    let mut chain = Chain::default();
    chain.follow(pin, tokens, &nobody).unwrap();
    chain
}

#[test]
fn the_pinned_key_leads_through_rotation_and_handover() {
    assert_eq!(**key("K1").thumbprint(), *text("/anchor/pinned"));
    let chain = followed(&pin("K1"), &links());
    let last = chain.last().unwrap();
    assert_eq!((last.num, &*last.issuer), (5, &*text("/anchor/coordinator")));
    assert_eq!(last.keys.status(&text("/anchor/current")), Some(KeyStatus::Current));
    assert_eq!(chain.coordinators(), [COORDINATOR, "https://coordinator.example.net"]);
}

#[test]
fn a_later_pin_starts_later_and_serves_the_chain_from_link_1() {
    assert_eq!(**key("K2").thumbprint(), *text("/anchor/pinned_later"));
    assert_eq!(file()["anchor"]["pinned_later_starts_at"], 3);
    let chain = followed(&pin("K2"), &links()[..3]);
    assert_eq!(chain.last().unwrap().num, 3);
    assert_eq!(chain.tokens().collect::<Vec<_>>(), links()[..3].iter().collect::<Vec<_>>());
    assert!(matches!(Chain::default().follow(&pin("K2"), &links()[..2], &nobody), Err(AnchorError::NotPinned)));
    let chain = followed(&pin("K2"), &links());
    assert_eq!((chain.last().unwrap().num, chain.len()), (5, 5));
}

#[test]
fn the_links_before_a_later_start_are_kept_though_a_later_link_is_refused() {
    let mut tokens = links()[..3].to_vec();
    tokens.push(member(&list("/anchor/not_the_next_link")[0], "jws").to_owned());
    let mut chain = Chain::default();
    assert!(chain.follow(&pin("K2"), &tokens, &nobody).is_err());
    assert_eq!(chain.last().unwrap().num, 3);
    assert_eq!(chain.len(), 3, "links 1 and 2 are served too");
}

#[test]
fn a_link_that_does_not_follow_is_refused_and_what_was_reached_stays() {
    let bad = list("/anchor/not_the_next_link");
    assert_eq!(bad.len(), 4);
    for case in &bad {
        // Whatever link was reached before.
        for reached in 1..=links().len() {
            let mut chain = followed(&pin("K1"), &links()[..reached]);
            let found = chain.follow(&pin("K1"), &[member(case, "jws").to_owned()], &nobody);
            assert!(found.is_err(), "{} after link {reached}", member(case, "why"));
            assert_eq!(chain.len(), reached);
        }
    }
}

#[test]
fn what_is_offered_from_the_start_again_changes_nothing() {
    let mut chain = followed(&pin("K1"), &links());
    for offered in [&links()[..], &links()[..2], &[]] {
        chain.follow(&pin("K1"), offered, &nobody).unwrap();
        assert_eq!(chain.tokens().collect::<Vec<_>>(), links().iter().collect::<Vec<_>>());
    }
}

#[test]
fn another_key_or_entity_id_than_the_pinned_one_is_not_entered() {
    assert_eq!(Chain::default().follow(&pin("K3"), &links(), &nobody), Err(AnchorError::NotPinned));
    let other = Pin { entity_id: "https://coordinator.example.com".to_owned(), key: key("K1") };
    assert_eq!(Chain::default().follow(&other, &links(), &nobody), Err(AnchorError::NotPinned));
}

fn current(name: &str) -> KeySet {
    KeySet::of(key(name), KeyStatus::Current)
}

#[test]
fn two_links_of_one_number_are_a_conflict_and_the_one_reached_first_stays() {
    let now = 1_764_000_009_000;
    let third = sign_link(&signing_key("K2"), COORDINATOR, 3, &current("K3"), now);
    let mut chain = followed(&pin("K1"), &links()[..3]);
    assert_eq!(chain.follow(&pin("K1"), &[third.jws], &nobody), Err(AnchorError::Conflict(3)));
    assert_eq!(chain.last().unwrap().jws, links()[2]);
}

#[test]
fn two_first_links_are_a_conflict_too() {
    let other = sign_link(&signing_key("K1"), COORDINATOR, 1, &current("K1"), 1_764_000_009_000);
    let mut chain = followed(&pin("K1"), &links());
    assert_eq!(chain.follow(&pin("K1"), &[other.jws], &nobody), Err(AnchorError::Conflict(1)));
    assert_eq!(chain.last().unwrap().num, 5);
}

#[test]
fn a_key_once_seen_compromised_signs_no_further_link() {
    let stolen = |issuer: &str, kid: &str| issuer == COORDINATOR && *kid == **key("K2").thumbprint();
    let mut chain = Chain::default();
    let found = chain.follow(&pin("K1"), &links(), &stolen);
    assert!(matches!(found, Err(AnchorError::Broken { num: 3, .. })), "{found:?}");
    assert_eq!(chain.last().unwrap().num, 2);
}

#[test]
fn a_link_lists_at_least_one_current_key() {
    let retired = KeySet::of(key("K2"), KeyStatus::Retired);
    let link = sign_link(&signing_key("K2"), COORDINATOR, 4, &retired, 1_764_000_009_000);
    let mut chain = followed(&pin("K1"), &links()[..3]);
    assert!(matches!(chain.follow(&pin("K1"), &[link.jws], &nobody), Err(AnchorError::Broken { num: 4, .. })));
}
