//! The index behind the catalogue.

use std::sync::Arc;

use super::library::*;
use crate::catalog::Viewer;
use crate::record::Audience;
use crate::search::Index;

#[test]
fn before_the_first_time_there_is_no_reader() {
    assert!(Index::default().reader().is_none());
}

#[test]
fn an_empty_catalogue_finds_nothing() {
    let library = Library::with([]);
    assert!(library.found("anything").is_empty());
}

#[test]
fn what_is_added_and_changed_is_found_and_what_it_was_is_not() {
    let mut library = Library::with([(1, titled("A lighthouse")), (2, titled("A harbour"))]);
    assert_eq!(library.found("lighthouse "), [1]);
    library.apply(vec![
        (1, shown(&titled("A windmill"), Audience::Public, 9)),
        (3, shown(&titled("Another harbour"), Audience::Public, 9)),
    ]);
    library.follow();
    assert!(library.found("lighthouse ").is_empty());
    assert_eq!(library.found("windmill "), [1]);
    assert_eq!(library.found("harbour "), [3, 2], "the fresher one first");
}

#[test]
fn what_is_withdrawn_hidden_or_gone_leaves() {
    let mut library = Library::with((1..=4).map(|id| (id, titled("A lighthouse"))));
    library.apply(vec![(1, withdrawn()), (2, hidden()), (3, crate::catalog::RecordState::Gone)]);
    library.follow();
    assert_eq!(library.found("lighthouse "), [4]);
    library.apply(vec![(4, withdrawn())]);
    library.follow();
    assert!(library.found("lighthouse ").is_empty());
}

#[test]
fn a_slot_that_is_given_out_again_means_its_new_record() {
    let mut library = Library::with([(1, titled("A lighthouse"))]);
    let before = library.catalog.snapshot();
    library.apply(vec![(1, withdrawn())]);
    library.apply(vec![(2, shown(&titled("A windmill"), Audience::Public, 1))]);
    let slot = |snapshot: &crate::catalog::Snapshot, id| snapshot.record(key(id), Viewer::PUBLIC).unwrap().slot;
    assert_eq!(slot(&before, 1), slot(&library.catalog.snapshot(), 2), "else this tests nothing");
    assert!(library.found("lighthouse ").is_empty(), "the index is behind, and the hit is not the record it was");
    library.follow();
    assert!(library.found("lighthouse ").is_empty());
    assert_eq!(library.found("windmill "), [2]);
    let hits = find(&library.reader(), &before, None, "windmill ");
    assert!(hits.slots().is_empty(), "a request that began before does not know the new record");
}

#[test]
fn requests_of_an_older_or_newer_moment_get_slots_of_their_own() {
    let mut library = Library::with([(1, titled("A lighthouse")), (2, titled("A lighthouse"))]);
    let older = library.catalog.snapshot();
    let reader = library.reader();
    library.apply(vec![(1, withdrawn()), (3, shown(&titled("A harbour"), Audience::Public, 3))]);
    let newer = library.catalog.snapshot();
    let hits = find(&reader, &newer, None, "lighthouse ");
    assert_eq!(ids(&newer, &hits, Viewer::PUBLIC), [2]);
    library.follow();
    let hits = find(&library.reader(), &older, None, "lighthouse ");
    assert_eq!(ids(&older, &hits, Viewer::PUBLIC), [2]);
    assert_eq!(
        ids(&older, &find(&reader, &older, None, "lighthouse "), Viewer::PUBLIC),
        [2, 1],
        "a reader does not move"
    );
}

#[test]
fn following_the_same_moment_again_changes_nothing() {
    let library = Library::with([(1, titled("A lighthouse"))]);
    library.follow();
    assert_eq!(library.found("lighthouse "), [1]);
}

#[test]
fn many_small_changes_leave_one_of_each_record() {
    let mut library = Library::with((1..=20).map(|id| (id, titled("A lighthouse"))));
    for round in 0..40 {
        library.apply(vec![(round % 20 + 1, shown(&titled("A lighthouse again"), Audience::Public, 50))]);
        library.follow();
    }
    let mut found = library.found("lighthouse again ");
    found.sort_unstable();
    assert_eq!(found, (1..=20).collect::<Vec<u128>>());
}

#[test]
fn hits_of_one_moment_are_remembered() {
    let library = Library::with([(1, titled("A lighthouse"))]);
    let snapshot = library.catalog.snapshot();
    let reader = library.reader();
    let [one, other] = ["lighthouse", "lighthouse"].map(|text| find(&reader, &snapshot, None, text));
    assert!(Arc::ptr_eq(&one, &other));
    assert!(
        !Arc::ptr_eq(&one, &find(&reader, &snapshot, Some("en"), "lighthouse")),
        "another language is another question"
    );
}
