use serde_json::json;

use super::builder::*;
use crate::catalog::{Catalog, ChangeFilter, ChangeType, CursorError, NextChange, Snapshot, Update, Viewer, Window};
use crate::record::{CountryCode, Kind, RecordKey};

fn step(catalog: &Catalog, number: u64, draft: &Draft, state: crate::catalog::RecordState) {
    catalog.apply(Update { number, at: 0, forgotten: 0, network: None, records: vec![draft.update(number, state)] });
}

fn seen(catalog: &Catalog, filter: &ChangeFilter, viewer: Viewer) -> Vec<(ChangeType, RecordKey)> {
    let snapshot = catalog.snapshot();
    let page = snapshot.changes(filter, Window::default(), viewer).unwrap();
    page.items.iter().map(|change| (change.change_type, change.key)).collect()
}

#[test]
fn the_last_change_of_each_record_is_told_oldest_first() {
    let (one, two, three) = (a_practice(), a_practice().id(2), a_practice().id(3).for_the_network());
    let catalog = catalog_of(network(), [&one, &two]);
    step(&catalog, 2, &three, three.shown());
    step(&catalog, 3, &one, one.withdrawn());
    step(&catalog, 4, &two, two.hidden());
    let all = ChangeFilter::default();
    let told = [(ChangeType::Withdrawn, one.key()), (ChangeType::Hidden, two.key())];
    assert_eq!(seen(&catalog, &all, Viewer::PUBLIC), told);
    assert_eq!(seen(&catalog, &all, Viewer::NETWORK)[0], (ChangeType::Added, three.key()));
    assert_eq!(seen(&catalog, &all, Viewer::NETWORK).len(), 3);
}

#[test]
fn a_new_revision_is_an_update() {
    let practice = a_practice();
    let catalog = catalog_of(network(), [&practice]);
    let mut update = practice.update(2, practice.shown());
    update.change.revised = true;
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: None, records: vec![update] });
    assert_eq!(seen(&catalog, &ChangeFilter::default(), Viewer::PUBLIC), [(ChangeType::Updated, practice.key())]);
}

#[test]
fn changes_are_filtered_and_tombstones_pass_what_they_do_not_know() {
    let (practice, mechanism) = (a_practice(), a_mechanism().by("PT"));
    let catalog = catalog_of(network(), [&practice, &mechanism]);
    let portugal = ChangeFilter { countries: vec![CountryCode::parse("PT").unwrap()], ..ChangeFilter::default() };
    assert_eq!(seen(&catalog, &portugal, Viewer::PUBLIC), [(ChangeType::Added, mechanism.key())]);
    step(&catalog, 2, &practice, practice.withdrawn());
    assert_eq!(seen(&catalog, &portugal, Viewer::PUBLIC).len(), 2);
    let of = |kind| ChangeFilter { kinds: vec![kind], ..ChangeFilter::default() };
    assert_eq!(seen(&catalog, &of(Kind::Mechanism), Viewer::PUBLIC), [(ChangeType::Added, mechanism.key())]);
    let by = ChangeFilter { origins: vec!["https://ma.example".into()], ..ChangeFilter::default() };
    assert_eq!(seen(&catalog, &by, Viewer::PUBLIC), [(ChangeType::Withdrawn, practice.key())]);
}

#[test]
fn who_goes_on_from_a_cursor_misses_nothing_and_hears_nothing_twice() {
    let drafts: Vec<Draft> = (1..=2000).map(|id| a_practice().id(id)).collect();
    let catalog = Catalog::empty("database");
    catalog.apply(Update {
        number: 0,
        at: 0,
        forgotten: 0,
        network: Some(std::sync::Arc::new(network())),
        records: Vec::new(),
    });
    for (chunk, number) in drafts.chunks(7).zip(1..) {
        let records = chunk.iter().map(|draft| draft.update(number, draft.shown())).collect();
        catalog.apply(Update { number, at: 0, forgotten: 0, network: None, records });
    }
    let snapshot = catalog.snapshot();
    let filter = ChangeFilter::default();
    let (mut heard, mut after) = (Vec::new(), None);
    loop {
        let window = Window { first: Some(33), after: after.as_deref(), ..Window::default() };
        let page = snapshot.changes(&filter, window, Viewer::PUBLIC).unwrap();
        assert_eq!(page.has_previous, after.is_some());
        heard.extend(page.items.iter().map(|change| change.key));
        after = page.items.last().map(|change| change.cursor.clone());
        if !page.has_next {
            break;
        }
    }
    let whole = snapshot.changes(&filter, Window::default(), Viewer::PUBLIC).unwrap();
    assert_eq!(heard, whole.items.iter().map(|change| change.key).collect::<Vec<_>>());
    heard.sort_unstable();
    assert_eq!(heard, keys(&drafts));
    let backwards = Window { last: Some(33), before: after.as_deref(), ..Window::default() };
    let page = snapshot.changes(&filter, backwards, Viewer::PUBLIC).unwrap();
    assert!(page.has_next && page.has_previous && page.items.len() == 33);
}

#[test]
fn a_cursor_that_is_not_known_here_is_refused() {
    let catalog = catalog_of(network(), [&a_practice()]);
    let snapshot = catalog.snapshot();
    let changes = |snapshot: &crate::catalog::Snapshot, after: &str| {
        let window = Window { after: Some(after), ..Window::default() };
        snapshot.changes(&ChangeFilter::default(), window, Viewer::PUBLIC).map(|page| page.items.len())
    };
    let cursor = snapshot.change_cursor();
    assert_eq!(changes(&snapshot, &cursor), Ok(0));
    let other = Catalog::empty("another database");
    assert_eq!(changes(&other.snapshot(), &cursor), Err(CursorError::Unknown));
    let earlier = Catalog::empty("database");
    assert_eq!(changes(&earlier.snapshot(), &cursor), Err(CursorError::Unknown));
    assert_eq!(changes(&snapshot, "nonsense"), Err(CursorError::Malformed));
}

/// Follows the changes of a moment one by one; gives them and the cursor to go on from.
fn follow(snapshot: &Snapshot, filter: &ChangeFilter, after: &str) -> (Vec<RecordKey>, String) {
    let (mut after, mut found) = (after.to_owned(), Vec::new());
    loop {
        match snapshot.next_change(filter, &after, Viewer::PUBLIC).unwrap() {
            NextChange::Found(change) => {
                found.push(change.key);
                assert_eq!(snapshot.last_change(change.key, filter, Viewer::PUBLIC).unwrap().cursor, change.cursor);
                after = change.cursor;
            }
            NextChange::Passed(cursor) => after = cursor,
            NextChange::NotYet(cursor) => return (found, cursor),
        }
    }
}

#[test]
fn who_follows_one_by_one_hears_the_same_as_in_pages() {
    let drafts: Vec<Draft> = (1..=5000).map(|id| a_practice().id(id)).collect();
    let mechanism = a_mechanism();
    let catalog = Catalog::empty("database");
    let begin = catalog.snapshot().change_cursor();
    catalog.apply(Update {
        number: 0,
        at: 0,
        forgotten: 0,
        network: Some(std::sync::Arc::new(network())),
        records: Vec::new(),
    });
    let records = drafts.iter().map(|draft| draft.update(1, draft.shown())).collect();
    catalog.apply(Update { number: 1, at: 0, forgotten: 0, network: None, records });
    step(&catalog, 2, &mechanism, mechanism.shown());
    let all = ChangeFilter::default();
    let (found, now) = follow(&catalog.snapshot(), &all, &begin);
    let told: Vec<RecordKey> = seen(&catalog, &all, Viewer::PUBLIC).into_iter().map(|(_, key)| key).collect();
    assert_eq!(found, told);
    let mechanisms = ChangeFilter { kinds: vec![Kind::Mechanism], ..ChangeFilter::default() };
    assert_eq!(follow(&catalog.snapshot(), &mechanisms, &begin).0, [mechanism.key()]);
    step(&catalog, 3, &drafts[0], drafts[0].withdrawn());
    assert_eq!(follow(&catalog.snapshot(), &all, &now).0, [drafts[0].key()]);
}

#[test]
fn what_was_read_ahead_of_a_moment_is_told_with_the_next() {
    let practice = a_practice();
    let catalog = catalog_of(network(), [&a_mechanism()]);
    let now = catalog.snapshot().change_cursor();
    let records = vec![practice.update(9, practice.shown())];
    catalog.apply(Update { number: 8, at: 0, forgotten: 0, network: None, records });
    let (found, now) = follow(&catalog.snapshot(), &ChangeFilter::default(), &now);
    assert_eq!(found, []);
    assert_eq!(seen(&catalog, &ChangeFilter::default(), Viewer::PUBLIC).len(), 1, "pages end where the moment does");
    catalog.apply(Update { number: 9, at: 0, forgotten: 0, network: None, records: Vec::new() });
    assert_eq!(follow(&catalog.snapshot(), &ChangeFilter::default(), &now).0, [practice.key()]);
}

#[test]
fn who_has_read_up_to_before_records_went_without_a_word_begins_again() {
    let (stays, goes) = (a_practice(), a_practice().id(2));
    let catalog = catalog_of(network(), [&stays, &goes]);
    let before = catalog.snapshot().change_cursor();
    step(&catalog, 2, &goes, crate::catalog::RecordState::Gone);
    let snapshot = catalog.snapshot();
    let after = |cursor: &str| {
        let window = Window { after: Some(cursor), ..Window::default() };
        snapshot.changes(&ChangeFilter::default(), window, Viewer::PUBLIC).map(|page| page.items.len())
    };
    assert_eq!(after(&before), Err(CursorError::Unknown));
    assert_eq!(after(&snapshot.change_cursor()), Ok(0));
    assert!(snapshot.next_change(&ChangeFilter::default(), &before, Viewer::PUBLIC).is_err());
}

#[test]
fn what_went_while_nobody_followed_is_known_from_the_number_of_the_rebuild() {
    let catalog = Catalog::empty("database");
    let before = catalog.snapshot().change_cursor();
    catalog.apply(Update { number: 9, at: 0, forgotten: 7, network: None, records: Vec::new() });
    let window = Window { after: Some(&before), ..Window::default() };
    let told = catalog.snapshot().changes(&ChangeFilter::default(), window, Viewer::PUBLIC).err();
    assert_eq!(told, Some(CursorError::Unknown));
}

#[test]
fn records_of_a_peer_that_was_blocked_are_told_as_hidden_to_who_could_read_them() {
    let (open, closed) = (a_practice(), a_practice().id(2).for_the_network());
    let catalog = catalog_of(network(), [&open, &closed]);
    let before = catalog.snapshot().change_cursor();
    super::visibility::standing_of(&catalog, "MA", true, true);
    let snapshot = catalog.snapshot();
    let told = |viewer| {
        let window = Window { after: Some(&before), ..Window::default() };
        let page = snapshot.changes(&ChangeFilter::default(), window, viewer).unwrap();
        page.items.iter().map(|change| (change.change_type, change.key, change.record.is_some())).collect::<Vec<_>>()
    };
    let hidden = |key| (ChangeType::Hidden, key, false);
    assert_eq!(told(Viewer::PUBLIC), [hidden(open.key())]);
    assert_eq!(told(Viewer::NETWORK).len(), 2);
}

#[test]
fn what_a_new_revision_takes_out_of_a_filter_is_told_as_hidden() {
    let with = |themes: &[&str]| a_practice().with("themes", json!(themes));
    let (stays, goes, closed) = (a_practice().id(2), with(&["budget"]), with(&["treaty"]).id(3).for_the_network());
    let (never, mechanism) = (with(&["treaty"]).id(4), a_mechanism());
    let catalog = catalog_of(network(), [&stays, &goes, &never, &mechanism]);
    let budget = ChangeFilter { themes: vec!["budget".into()], ..ChangeFilter::default() };
    let morocco = ChangeFilter { countries: vec![CountryCode::parse("MA").unwrap()], ..budget.clone() };
    assert_eq!(seen(&catalog, &budget, Viewer::PUBLIC), [(ChangeType::Added, goes.key())]);
    let before = catalog.snapshot().change_cursor();
    let revised = |draft: &Draft| {
        let mut update = draft.update(2, draft.shown());
        update.change.revised = true;
        update
    };
    let records = vec![revised(&with(&["treaty"])), revised(&closed), revised(&mechanism)];
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: None, records });
    for filter in [&budget, &morocco] {
        assert_eq!(seen(&catalog, filter, Viewer::PUBLIC), [(ChangeType::Hidden, goes.key())]);
        assert_eq!(seen(&catalog, filter, Viewer::NETWORK).len(), 2, "of what is closed, who may read it");
        let snapshot = catalog.snapshot();
        let NextChange::Found(told) = snapshot.next_change(filter, &before, Viewer::PUBLIC).unwrap() else {
            panic!("nothing is told")
        };
        assert_eq!((told.change_type, told.key, told.record.is_none()), (ChangeType::Hidden, goes.key(), true));
    }
    let practices = ChangeFilter { kinds: vec![Kind::Practice], ..ChangeFilter::default() };
    let told = seen(&catalog, &practices, Viewer::PUBLIC);
    assert!(told.contains(&(ChangeType::Updated, goes.key())), "to everybody else it is an update: {told:?}");
}

#[test]
fn a_page_with_nothing_new_ends_where_it_was_asked_from() {
    let catalog = catalog_of(network(), [&a_practice()]);
    let snapshot = catalog.snapshot();
    let all = ChangeFilter::default();
    let end = snapshot.changes(&all, Window::default(), Viewer::PUBLIC).unwrap().end;
    let window = Window { first: Some(5), after: end.as_deref(), ..Window::default() };
    let page = snapshot.changes(&all, window, Viewer::PUBLIC).unwrap();
    assert_eq!((page.items.len(), page.end), (0, end));
}
