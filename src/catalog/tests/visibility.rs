use std::sync::Arc;

use super::builder::*;
use crate::catalog::{Catalog, Filter, Network, Update, Viewer};
use crate::record::Kind;

pub(super) fn standing_of(catalog: &Catalog, state: &str, active: bool, blocked: bool) {
    let mut network: Network = (**catalog.snapshot().network()).clone();
    let origin = origin_of(state);
    let instance = network.instances.iter_mut().find(|instance| *instance.entity_id == *origin).unwrap();
    (instance.active, instance.blocked) = (active, blocked);
    let number = catalog.snapshot().number() + 1;
    catalog.apply(Update { number, at: 9, forgotten: 0, network: Some(Arc::new(network)), records: Vec::new() });
}

#[test]
fn the_public_does_not_see_records_for_the_network() {
    let (open, closed) = (a_practice(), a_practice().id(2).for_the_network());
    let snapshot = snapshot_of([&open, &closed]);
    let filter = Filter::of(Kind::Practice);
    assert_eq!(found(&snapshot, &filter), keys([&open]));
    assert_eq!(found_by(&snapshot, &filter, Viewer::NETWORK), keys([&open, &closed]));
    assert!(snapshot.record(closed.key(), Viewer::PUBLIC).is_none());
    assert!(snapshot.record(closed.key(), Viewer::NETWORK).is_some());
}

#[test]
fn records_of_a_member_that_is_not_active_stand_in_no_list_but_can_be_read() {
    let practice = a_practice();
    let catalog = catalog_of(network(), [&practice]);
    standing_of(&catalog, "MA", false, false);
    let snapshot = catalog.snapshot();
    assert_eq!(found(&snapshot, &Filter::of(Kind::Practice)), []);
    assert_eq!(found(&snapshot, &Filter::of(Kind::Practice).include_suspended(true)), [practice.key()]);
    assert!(snapshot.record(practice.key(), Viewer::PUBLIC).is_some());
    standing_of(&catalog, "MA", true, false);
    assert_eq!(found(&catalog.snapshot(), &Filter::of(Kind::Practice)), [practice.key()]);
}

#[test]
fn records_of_a_blocked_origin_are_nowhere() {
    let practice = a_practice();
    let catalog = catalog_of(network(), [&practice]);
    standing_of(&catalog, "MA", true, true);
    let snapshot = catalog.snapshot();
    assert_eq!(found_by(&snapshot, &Filter::of(Kind::Practice).include_suspended(true), Viewer::NETWORK), []);
    assert!(snapshot.record(practice.key(), Viewer::NETWORK).is_none());
    assert!(snapshot.countries(Viewer::NETWORK).is_empty());
    assert_eq!(snapshot.everything().count(), 0);
}

#[test]
fn a_record_of_a_journal_that_is_not_known_is_seen_by_nobody_until_it_is() {
    let practice = a_practice();
    let catalog = catalog_of(Network::default(), [&practice]);
    assert!(catalog.snapshot().record(practice.key(), Viewer::NETWORK).is_none());
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: Some(Arc::new(network())), records: Vec::new() });
    let snapshot = catalog.snapshot();
    let record = snapshot.record(practice.key(), Viewer::PUBLIC).unwrap();
    assert_eq!((&*record.origin, record.change.number), ("https://ma.example", 1));
    assert_eq!(found(&snapshot, &Filter::of(Kind::Practice)), [practice.key()]);
}

#[test]
fn the_number_of_the_public_stays_where_only_the_network_reads() {
    let catalog = catalog_of(network(), [&a_practice()]);
    let closed = a_practice().id(2).for_the_network();
    let records = vec![closed.update(2, closed.shown())];
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: None, records });
    let snapshot = catalog.snapshot();
    assert_eq!((snapshot.number_for(Viewer::PUBLIC), snapshot.number_for(Viewer::NETWORK)), (1, 2));
    let gone = a_practice().update(3, crate::catalog::RecordState::Gone);
    catalog.apply(Update { number: 3, at: 3, forgotten: 0, network: None, records: vec![gone] });
    assert_eq!(catalog.snapshot().number_for(Viewer::PUBLIC), 3);
}

#[test]
fn the_number_of_the_public_moves_with_what_it_reads_of_the_network() {
    let catalog = catalog_of(network(), [&a_practice()]);
    let step = |number: u64, network| {
        let at = i64::try_from(number).unwrap();
        catalog.apply(Update { number, at, forgotten: 0, network: Some(Arc::new(network)), records: Vec::new() });
        let snapshot = catalog.snapshot();
        [Viewer::PUBLIC, Viewer::NETWORK].map(|viewer| (snapshot.number_for(viewer), snapshot.at_for(viewer)))
    };
    assert_eq!(step(2, network()).map(|(number, _)| number), [1, 2], "the same network again");
    let confirmed = |audience: crate::record::Audience| {
        let mut network = network();
        let journals = network.journals.values_mut().filter(|journal| journal.audience == audience);
        journals.for_each(|journal| journal.confirmed_at = Some(1234));
        network
    };
    assert_eq!(step(3, confirmed(crate::record::Audience::Network)).map(|(number, _)| number), [1, 3]);
    assert_eq!(step(4, confirmed(crate::record::Audience::Public)), [(4, 4), (4, 4)]);
    assert_eq!(catalog.snapshot().public_content(), (1, 1), "a confirmation says nothing of records and instances");
    let mut renamed = confirmed(crate::record::Audience::Public);
    renamed.instances[1].name = "Another name".into();
    step(5, renamed);
    assert_eq!(catalog.snapshot().public_content(), (5, 5));
}

#[test]
fn what_is_withdrawn_leaves_a_tombstone_for_those_who_could_read_it() {
    let (open, closed) = (a_practice(), a_practice().id(2).for_the_network());
    let catalog = catalog_of(network(), [&open, &closed]);
    let records = vec![open.update(2, open.withdrawn()), closed.update(2, closed.withdrawn())];
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: None, records });
    let snapshot = catalog.snapshot();
    assert!(snapshot.record(open.key(), Viewer::PUBLIC).is_none());
    assert_eq!(snapshot.withdrawn(open.key(), Viewer::PUBLIC).unwrap().withdrawal.withdrawn_at, 5);
    assert!(snapshot.withdrawn(closed.key(), Viewer::PUBLIC).is_none());
    assert!(snapshot.withdrawn(closed.key(), Viewer::NETWORK).is_some());
}

#[test]
fn a_slot_of_a_removed_record_is_given_to_the_next_one() {
    let (first, second) = (a_practice(), a_practice().id(2));
    let catalog = catalog_of(network(), [&first]);
    let slot = catalog.snapshot().record(first.key(), Viewer::PUBLIC).unwrap().slot;
    let before = catalog.snapshot();
    catalog.apply(Update {
        number: 2,
        at: 2,
        forgotten: 0,
        network: None,
        records: vec![first.update(2, first.withdrawn())],
    });
    catalog.apply(Update {
        number: 3,
        at: 3,
        forgotten: 0,
        network: None,
        records: vec![second.update(3, second.shown())],
    });
    assert_eq!(catalog.snapshot().record(second.key(), Viewer::PUBLIC).unwrap().slot, slot);
    assert_eq!(found(&before, &Filter::of(Kind::Practice)), [first.key()], "a snapshot does not change");
}
