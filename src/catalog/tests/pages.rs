//! Pages of a list whose records stand far from each other in the order of all: they are found by their places, and are
//! those that a walk over the order gives.

use super::builder::*;
use crate::catalog::{
    Catalog, Dimension, Direction, Filter, Order, PageRequest, RecordUpdate, Request, Snapshot, Update, Viewer, Window,
};
use crate::record::{Kind, RecordKey};

/// One in a hundred of twelve hundred has the rare theme.
fn practices() -> Vec<Draft> {
    (0..1200_u32)
        .map(|number| {
            let state = ["DE", "BR", "PT", "QQ"][number as usize * 7 % 13 % 4];
            let theme = if number % 100 == 3 { "rare" } else { "common" };
            let practice = a_practice().compiled_about(state).id(number.into()).with("themes", vec![theme]);
            let practice = practice.signed_at((number * 31 % 97).into()).created_at((number * 17 % 89).into());
            if number % 5 == 0 { practice } else { practice.with("startYear", 1990 + number % 11) }
        })
        .collect()
}

const ORDERS: [Order; 4] = [Order::Updated, Order::Created, Order::Year, Order::Country];

fn keys_of(snapshot: &Snapshot, filter: &Filter, request: PageRequest<'_>) -> (Vec<RecordKey>, [bool; 2]) {
    let selection = snapshot.select(&Request { filter, viewer: Viewer::PUBLIC, within: None });
    let page = selection.page(&request).unwrap();
    (page.items.iter().map(|record| record.key).collect(), [page.has_previous, page.has_next])
}

/// The rare ones as a walk over all finds them.
fn walked(snapshot: &Snapshot, order: PageRequest<'_>) -> Vec<RecordKey> {
    let rare = found(snapshot, &Filter::of(Kind::Practice).any(Dimension::Theme, ["rare"]));
    let (all, _) = keys_of(snapshot, &Filter::of(Kind::Practice), order);
    all.into_iter().filter(|key| rare.contains(key)).collect()
}

fn each_order(mut look: impl FnMut(PageRequest<'static>)) {
    for order in ORDERS {
        for direction in Direction::BOTH {
            for language in ["en", "fr"] {
                look(PageRequest { language, ..whole(order, direction) });
            }
        }
    }
}

#[test]
fn pages_of_a_few_among_many_are_those_of_a_walk() {
    let snapshot = snapshot_of(&practices());
    let rare = Filter::of(Kind::Practice).any(Dimension::Theme, ["rare"]);
    each_order(|order| {
        let expected = walked(&snapshot, order);
        assert_eq!(expected.len(), 12);
        let page = |window| keys_of(&snapshot, &rare, PageRequest { window, ..order });
        let part = |part: &[RecordKey], edges| (part.to_vec(), edges);
        assert_eq!(page(Window::default()), part(&expected, [false, false]), "{order:?}");
        let first = |first| Window { first: Some(first), ..Window::default() };
        let last = |last| Window { last: Some(last), ..Window::default() };
        assert_eq!(page(first(5)), part(&expected[..5], [false, true]));
        assert_eq!(page(first(12)), part(&expected, [false, false]));
        assert_eq!(page(last(5)), part(&expected[7..], [true, false]));
        let selection = snapshot.select(&Request { filter: &rare, viewer: Viewer::PUBLIC, within: None });
        let all = selection.page(&order).unwrap();
        let (third, eighth) = (all.cursor(2).unwrap(), all.cursor(7).unwrap());
        let (after, before) = (Some(third.as_str()), Some(eighth.as_str()));
        assert_eq!(page(Window { after, ..first(4) }), part(&expected[3..7], [true, true]));
        assert_eq!(page(Window { after, ..first(100) }), part(&expected[3..], [true, false]));
        assert_eq!(page(Window { before, ..last(3) }), part(&expected[4..7], [true, true]));
        assert_eq!(page(Window { before, ..first(3) }), part(&expected[..3], [false, true]));
        assert_eq!(page(Window { after, before, ..Window::default() }), part(&expected[3..7], [true, true]));
        assert_eq!(page(Window { last: Some(2), after, ..first(4) }), part(&expected[5..7], [true, true]));
        assert_eq!(page(Window { after: before, before: after, ..first(4) }).0, []);
    });
}

#[test]
fn places_move_on_with_the_records() {
    let drafts = practices();
    let catalog: Catalog = catalog_of(network(), &drafts);
    each_order(|order| {
        walked(&catalog.snapshot(), order);
    });
    let moved = |number: usize| drafts[number].clone().signed_at(500).created_at(500).with("startYear", 1980);
    let mut records: Vec<RecordUpdate> =
        [3, 203, 40].map(|number| moved(number).update(2, moved(number).shown())).into();
    records.push(drafts[103].update(2, drafts[103].withdrawn()));
    catalog.apply(Update { number: 2, at: 2, forgotten: 0, network: None, records });
    let snapshot = catalog.snapshot();
    let rare = Filter::of(Kind::Practice).any(Dimension::Theme, ["rare"]);
    each_order(|order| {
        let expected = walked(&snapshot, order);
        assert_eq!(expected.len(), 11);
        assert_eq!(keys_of(&snapshot, &rare, order).0, expected, "{order:?}");
    });
}
