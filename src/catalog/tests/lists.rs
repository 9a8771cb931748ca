use std::sync::Arc;

use super::builder::*;
use crate::catalog::{
    CursorError, Direction, Filter, Order, PageRequest, Published, Ranks, RecordState, Request, Snapshot, Update,
    Viewer, Window,
};
use crate::record::{Kind, RecordKey};
use roaring::RoaringBitmap;

use Direction::{Ascending, Descending};

#[test]
fn what_is_not_stated_comes_last_in_both_directions_and_ties_go_by_key() {
    let drafts = [
        a_practice().id(1).with("startYear", 2020),
        a_practice().id(2),
        a_practice().id(3).with("startYear", 2010),
        a_practice().id(4).with("startYear", 2010),
        a_practice().id(5),
    ];
    let snapshot = snapshot_of(&drafts);
    let year = |places: &[usize]| keys(places.iter().map(|place| &drafts[*place]));
    let (newest, oldest, none) = (year(&[0]), year(&[2, 3]), year(&[1, 4]));
    let expected = |parts: [&Vec<RecordKey>; 3]| parts.into_iter().flatten().copied().collect::<Vec<_>>();
    assert_eq!(listed(&snapshot, Kind::Practice, Order::Year, Ascending), expected([&oldest, &newest, &none]));
    assert_eq!(listed(&snapshot, Kind::Practice, Order::Year, Descending), expected([&newest, &oldest, &none]));
}

#[test]
fn a_record_signed_ahead_of_the_clock_stands_where_it_came() {
    let (ahead, later) = (a_practice().id(1).signed_at((1 << 53) - 1), a_practice().id(2).signed_at(200));
    let RecordState::Shown(mut revision, record) = ahead.shown() else { unreachable!() };
    revision.received_at = 100_000;
    let ahead = ahead.update(1, RecordState::Shown(revision, record));
    let key = ahead.key;
    let catalog = catalog_of(network(), [&later]);
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: None, records: vec![ahead] });
    assert_eq!(listed(&catalog.snapshot(), Kind::Practice, Order::Updated, Descending), [later.key(), key]);
}

#[test]
fn what_fits_best_comes_first_and_its_cursor_leads_on() {
    let drafts: Vec<Draft> = (1..=4).map(|id| a_practice().id(id)).collect();
    let snapshot = snapshot_of(&drafts);
    let slot = |place: usize| snapshot.record(drafts[place].key(), Viewer::PUBLIC).unwrap().slot;
    let fit = Ranks::new([(0, 7), (1, 900), (2, 7), (3, 30)].map(|(place, rank)| (slot(place), rank)).to_vec());
    let hits: RoaringBitmap = [slot(0), slot(1), slot(2)].into_iter().collect();
    let filter = Filter::of(Kind::Practice);
    let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: Some(&hits) });
    let page = |after: Option<&str>| {
        let window = Window { first: Some(2), after, ..Window::default() };
        let request = PageRequest { ranks: Some(&fit), window, ..whole(Order::Relevance, Descending) };
        let page = selection.page(&request).unwrap();
        (page.items.iter().map(|record| record.key).collect::<Vec<_>>(), page.cursor(1), page.has_next)
    };
    let ties = keys([&drafts[0], &drafts[2]]);
    let (first, cursor, has_next) = page(None);
    assert_eq!((first, has_next), (vec![drafts[1].key(), ties[0]], true));
    let (second, _, has_next) = page(cursor.as_deref());
    assert_eq!((second, has_next), (vec![ties[1]], false));
    let other = selection.page(&PageRequest {
        window: Window { after: cursor.as_deref(), ..Window::default() },
        ..whole(Order::Updated, Descending)
    });
    assert_eq!(other.err(), Some(CursorError::OtherOrder));
}

#[test]
fn a_cursor_of_a_search_stands_for_its_record_whatever_the_ranks_are_now() {
    let drafts: Vec<Draft> = (1..=4).map(|id| a_practice().id(id)).collect();
    let snapshot = snapshot_of(&drafts);
    let slots = [0, 1, 2, 3].map(|place: usize| snapshot.record(drafts[place].key(), Viewer::PUBLIC).unwrap().slot);
    let filter = Filter::of(Kind::Practice);
    let page = |ranks: [i64; 4], missing: Option<usize>, after: Option<&str>| {
        let found = (0..4).filter(|place| missing != Some(*place));
        let fit = Ranks::new(found.map(|place| (slots[place], ranks[place] << 50)).collect());
        let selection =
            snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: Some(fit.slots()) });
        let window = Window { first: Some(2), after, ..Window::default() };
        let request = PageRequest { ranks: Some(&fit), window, ..whole(Order::Relevance, Descending) };
        let page = selection.page(&request).unwrap();
        (page.items.iter().map(|record| record.key).collect::<Vec<_>>(), page.cursor(1))
    };
    let (first, cursor) = page([40, 30, 20, 10], None, None);
    assert_eq!(first, [drafts[0].key(), drafts[1].key()]);
    let rest = vec![drafts[2].key(), drafts[3].key()];
    for ranks in [[44, 34, 24, 14], [36, 26, 16, 6]] {
        assert_eq!(page(ranks, None, cursor.as_deref()).0, rest, "all ranks have moved");
    }
    assert_eq!(page([40, 30, 20, 10], Some(1), cursor.as_deref()).0, rest, "its record is not found any more");
}

#[test]
fn countries_stand_by_their_name_in_the_language_of_the_request() {
    // Germany, Allemagne: behind Brazil in English, ahead of it in French.
    let (germany, brazil) = (a_mechanism().by("PT").with("country", "DE"), a_mechanism().id(2).with("country", "BR"));
    let unknown = a_mechanism().id(3).with("country", "QQ");
    let snapshot = snapshot_of([&germany, &brazil, &unknown]);
    let filter = Filter::of(Kind::Mechanism);
    let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
    let listed = |language, direction| -> Vec<RecordKey> {
        let request = PageRequest { language, ..whole(Order::Country, direction) };
        selection.page(&request).unwrap().items.iter().map(|record| record.key).collect()
    };
    assert_eq!(listed("en", Ascending), [brazil.key(), germany.key(), unknown.key()]);
    assert_eq!(listed("fr", Ascending), [germany.key(), brazil.key(), unknown.key()]);
    assert_eq!(listed("en", Descending), [unknown.key(), germany.key(), brazil.key()]);
}

#[test]
fn every_order_sorts_by_what_it_says() {
    let drafts = [
        a_practice().id(1).signed_at(30).created_at(10),
        a_practice().id(2).signed_at(20).created_at(20),
        a_document().id(1).with("date", "2020-05").with("symbol", "b/1"),
        a_document().id(2).with("date", "2020").with("symbol", "A/2"),
        an_event().id(1).with("startsOn", "2021"),
        an_event().id(2).with("startsOn", "2020-12-31"),
    ];
    let snapshot = snapshot_of(&drafts);
    for (kind, order, direction, first) in [
        (Kind::Practice, Order::Updated, Ascending, 1),
        (Kind::Practice, Order::Created, Ascending, 0),
        (Kind::Document, Order::Date, Ascending, 3),
        (Kind::Document, Order::Symbol, Descending, 2),
        (Kind::Event, Order::Date, Descending, 4),
    ] {
        assert_eq!(listed(&snapshot, kind, order, direction)[0], drafts[first].key(), "{kind:?} {order:?}");
    }
}

#[test]
fn a_cursor_stays_valid_when_its_item_has_gone() {
    let drafts: Vec<Draft> = (1..=5).map(|id| a_practice().id(id as u128).signed_at(id)).collect();
    let catalog = catalog_of(network(), &drafts);
    let filter = Filter::of(Kind::Practice);
    let request = |after| PageRequest {
        window: Window { first: Some(2), after, ..Window::default() },
        ..whole(Order::Updated, Ascending)
    };
    let snapshot = catalog.snapshot();
    let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
    let cursor = selection.page(&request(None)).unwrap().cursor(1).unwrap();
    let records = vec![drafts[1].update(2, drafts[1].withdrawn())];
    catalog.apply(crate::catalog::Update { number: 2, at: 2, forgotten: 0, network: None, records });
    let snapshot = catalog.snapshot();
    let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
    let page = selection.page(&request(Some(&cursor))).unwrap();
    assert_eq!(page.items.iter().map(|record| record.key).collect::<Vec<_>>(), [drafts[2].key(), drafts[3].key()]);
    assert!(page.has_next && page.has_previous);
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    let snapshot = snapshot_of([&a_practice(), &a_mechanism()]);
    let page = |kind, order, direction, after: Option<&str>| {
        let filter = Filter::of(kind);
        let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
        let window = Window { first: Some(1), after, ..Window::default() };
        let page = selection.page(&PageRequest { order, direction, language: "en", ranks: None, window });
        page.map(|page| page.cursor(0))
    };
    let cursor = page(Kind::Practice, Order::Updated, Descending, None).unwrap().unwrap();
    let given = Some(cursor.as_str());
    assert_eq!(page(Kind::Practice, Order::Updated, Descending, given), Ok(None));
    assert_eq!(page(Kind::Practice, Order::Year, Descending, given), Err(CursorError::OtherOrder));
    assert_eq!(page(Kind::Practice, Order::Updated, Ascending, given), Err(CursorError::OtherOrder));
    assert_eq!(page(Kind::Mechanism, Order::Updated, Descending, given), Err(CursorError::OtherOrder));
    assert_eq!(page(Kind::Mechanism, Order::Symbol, Descending, None), Err(CursorError::NotAnOrder));
    for nonsense in ["", "*", "AAAA", &cursor[1..], &"A".repeat(5000)] {
        let refused = page(Kind::Practice, Order::Updated, Descending, Some(nonsense));
        assert!(matches!(refused, Err(CursorError::Malformed | CursorError::OtherOrder)), "{nonsense:?}");
    }
}

/// A page outlives the request that it answers.
fn newest(snapshot: &Snapshot, kind: Kind) -> Vec<&Arc<Published>> {
    let (filter, language) = (Filter::of(kind), String::from("fr"));
    let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
    let request = PageRequest { language: &language, ..whole(Order::Updated, Descending) };
    selection.page(&request).unwrap().items
}

#[test]
fn a_page_outlives_its_request() {
    let drafts: Vec<Draft> = (1..=3).map(|id| a_practice().id(id as u128).signed_at(id)).collect();
    let snapshot = snapshot_of(&drafts);
    assert_eq!(newest(&snapshot, Kind::Practice)[0].key, drafts[2].key());
}

#[test]
fn only_what_is_within_the_given_slots_is_found() {
    let drafts: Vec<Draft> = (1..=4).map(|id| a_practice().id(id)).collect();
    let snapshot = snapshot_of(&drafts);
    let slot = snapshot.record(drafts[2].key(), Viewer::PUBLIC).unwrap().slot;
    let (filter, within) = (Filter::of(Kind::Practice), RoaringBitmap::from_iter([slot]));
    let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: Some(&within) });
    let page = selection.page(&whole(Order::Updated, Descending)).unwrap();
    assert_eq!((selection.count(), page.items[0].key), (1, drafts[2].key()));
}
