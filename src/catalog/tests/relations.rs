use std::sync::Arc;

use serde_json::json;

use super::builder::*;
use crate::catalog::Filter;
use crate::catalog::{Network, Request, Snapshot, Update, Viewer};
use crate::record::{CountryCode, Kind, RecordKey};

fn mechanism_of(snapshot: &Snapshot, practice: &Draft, viewer: Viewer) -> Option<RecordKey> {
    key_of(snapshot.mechanism_of(snapshot.record(practice.key(), viewer).unwrap(), viewer))
}

#[test]
fn a_practice_belongs_to_the_mechanism_it_names_else_to_that_of_its_country() {
    let (own, other) = (a_mechanism(), a_mechanism().by("PT").id(2).for_the_network());
    let naming = a_practice().with("mechanism", other.reference());
    let plain = a_practice().id(2);
    let snapshot = snapshot_of([&own, &other, &naming, &plain]);
    assert_eq!(mechanism_of(&snapshot, &naming, Viewer::NETWORK), Some(other.key()));
    assert_eq!(
        mechanism_of(&snapshot, &naming, Viewer::PUBLIC),
        Some(own.key()),
        "the public may not see the named one"
    );
    assert_eq!(mechanism_of(&snapshot, &plain, Viewer::PUBLIC), Some(own.key()));
}

#[test]
fn the_own_mechanism_of_a_state_goes_before_the_compiled_one() {
    let (own, compiled) = (a_mechanism(), a_mechanism().compiled_about("MA"));
    let practice = a_practice();
    let morocco = CountryCode::parse("MA").unwrap();
    let catalog = catalog_of(network(), [&compiled, &practice]);
    assert_eq!(mechanism_of(&catalog.snapshot(), &practice, Viewer::PUBLIC), Some(compiled.key()));
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: None, records: vec![own.update(2, own.shown())] });
    let snapshot = catalog.snapshot();
    assert_eq!(key_of(snapshot.mechanism_of_country(morocco, Viewer::PUBLIC)), Some(own.key()));
    assert_eq!(mechanism_of(&snapshot, &practice, Viewer::PUBLIC), Some(own.key()));
    let of = |draft: &Draft| {
        let within =
            snapshot.practices_of_mechanism(snapshot.record(draft.key(), Viewer::PUBLIC).unwrap(), Viewer::PUBLIC);
        let filter = Filter::of(Kind::Practice);
        snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: Some(&within) }).count()
    };
    assert_eq!((of(&own), of(&compiled)), (1, 1), "the compiled one has those about its country");
    catalog.apply(Update {
        number: 3,
        at: 3,
        forgotten: 0,
        network: None,
        records: vec![own.update(3, own.withdrawn())],
    });
    assert_eq!(mechanism_of(&catalog.snapshot(), &practice, Viewer::PUBLIC), Some(compiled.key()));
}

#[test]
fn those_that_follow_a_practice_are_found_also_before_it_comes() {
    let first = a_practice();
    let follower = a_practice().by("PT").id(2).with("adoptedFrom", json!([first.reference()]));
    let catalog = catalog_of(network(), [&follower]);
    let adopters = |snapshot: &Snapshot| snapshot.adopters_of(first.key()).len();
    assert_eq!(adopters(&catalog.snapshot()), 1);
    catalog.apply(Update {
        number: 2,
        at: 2,
        forgotten: 0,
        network: None,
        records: vec![follower.update(2, follower.withdrawn())],
    });
    assert_eq!(adopters(&catalog.snapshot()), 0);
}

#[test]
fn a_reference_to_a_coordinator_of_before_means_the_coordinator_of_now() {
    let mechanism = a_mechanism().compiled_about("MA");
    let sub = mechanism.sub();
    let practice = a_practice().by("PT").with("mechanism", json!({"iss": "https://old.example", "sub": sub.as_str()}));
    let catalog = catalog_of(network(), [&mechanism, &practice]);
    assert_eq!(mechanism_of(&catalog.snapshot(), &practice, Viewer::PUBLIC), None);
    let coordinators = vec!["https://old.example".into(), COORDINATOR.into()];
    let handed_over = Network { coordinators, ..network() };
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: Some(Arc::new(handed_over)), records: Vec::new() });
    assert_eq!(mechanism_of(&catalog.snapshot(), &practice, Viewer::PUBLIC), Some(mechanism.key()));
}

#[test]
fn a_member_is_found_by_its_country_and_its_instance() {
    let entity = "https://ma.example";
    let left = a_member().with("status", "withdrawn").with("entityId", entity);
    let active = a_member().id(2).with("entityId", entity);
    let snapshot = snapshot_of([&left, &active]);
    let morocco = CountryCode::parse("MA").unwrap();
    assert_eq!(key_of(snapshot.member_of_country(morocco, Viewer::PUBLIC)), Some(active.key()));
    assert_eq!(key_of(snapshot.member_of_instance(entity, Viewer::PUBLIC)), Some(active.key()));
    assert_eq!(key_of(snapshot.member_of_instance("https://pt.example", Viewer::PUBLIC)), None);
}
