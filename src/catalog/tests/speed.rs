//! A measurement, for an optimised build: `cargo test --release --lib catalog::tests::speed -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use serde_json::json;

use super::builder::*;
use crate::catalog::{
    Catalog, ChangeFilter, Dimension, Direction, Filter, Order, PageRequest, Request, Snapshot, Update, Viewer, Window,
};
use crate::record::{Kind, country};

const PRACTICES: u128 = 20_000;
const THEMES: usize = 20;

fn practice(id: u128) -> Draft {
    let countries = country::all();
    let code = countries[id as usize % 193].code;
    let themes = [format!("theme-{}", id as usize % THEMES), format!("theme-{}", (id as usize / 7 + 1) % THEMES)];
    let mut draft =
        a_practice().id(id).with("country", code.as_str()).signed_at(1_700_000_000 + id as i64 * 7919 % 9973);
    draft = draft.with("startYear", 1990 + (id % 36) as i32).with("sdgGoals", json!([1 + id % 17]));
    if themes[0] == themes[1] { draft.with("themes", json!([themes[0]])) } else { draft.with("themes", json!(themes)) }
}

fn mechanism(place: usize) -> Draft {
    a_mechanism().id(place as u128).with("country", country::all()[place].code.as_str()).with("type", "ministerial")
}

fn each(name: &str, times: u32, mut work: impl FnMut(u32)) -> Duration {
    let start = Instant::now();
    (0..times).for_each(&mut work);
    let each = start.elapsed() / times;
    println!("{name:44} {each:>12.1?}");
    each
}

fn page(
    snapshot: &Snapshot,
    filter: &Filter,
    within: Option<&roaring::RoaringBitmap>,
    order: Order,
    first: usize,
) -> usize {
    let selection = snapshot.select(&Request { filter, viewer: Viewer::PUBLIC, within });
    let window = Window { first: Some(first), ..Window::default() };
    let page = selection
        .page(&PageRequest { order, direction: Direction::Descending, language: "fr", ranks: None, window })
        .unwrap();
    page.items.len()
}

#[test]
#[ignore = "a measurement, of use in an optimised build only"]
fn a_change_and_the_common_queries_stay_within_their_time() {
    let drafts: Vec<Draft> = (1..=PRACTICES).map(practice).chain((0..193).map(mechanism)).collect();
    let catalog = catalog_of(network(), []);
    let records = drafts.iter().map(|draft| draft.update(2, draft.shown())).collect();
    let mut update = Some(Update { number: 2, at: 2, forgotten: 0, network: None, records });
    let bulk = each("20,193 records at once", 1, |_| catalog.apply(update.take().unwrap()));
    let one = changes(&catalog);
    let snapshot = catalog.snapshot();
    let all = Filter::of(Kind::Practice);
    let themed = Filter::of(Kind::Practice).any(Dimension::Theme, ["theme-3"]);
    each("page of 20 of all by year", 1000, |_| assert_eq!(page(&snapshot, &all, None, Order::Year, 20), 20));
    each("page of 50 of a theme by year", 1000, |_| assert_eq!(page(&snapshot, &themed, None, Order::Year, 50), 50));
    each("page of 20 of all by country", 1000, |_| assert_eq!(page(&snapshot, &all, None, Order::Country, 20), 20));
    let mechanism = snapshot.record(mechanism(5).key(), Viewer::PUBLIC).unwrap();
    let nested = each("10 practices of a mechanism", 1000, |_| {
        let within = snapshot.practices_of_mechanism(mechanism, Viewer::PUBLIC);
        assert_eq!(page(&snapshot, &all, Some(&within), Order::Updated, 10), 10);
    });
    let selection = snapshot.select(&Request { filter: &themed, viewer: Viewer::PUBLIC, within: None });
    for dimension in [Dimension::Country, Dimension::Theme, Dimension::MechanismType] {
        each(&format!("facet {dimension:?}"), 100, |_| assert!(!selection.facet(dimension).is_empty()));
    }
    let selection = snapshot.select(&Request { filter: &all, viewer: Viewer::PUBLIC, within: None });
    each("figures by country and theme", 10, |_| {
        assert!(!selection.statistics(&[Dimension::Country, Dimension::Theme]).is_empty());
    });
    let nobody = ChangeFilter { origins: vec!["https://nobody.example".into()], ..ChangeFilter::default() };
    let window = Window { first: Some(1), ..Window::default() };
    let walk = each("changes of an origin that has none", 10, |_| {
        assert!(snapshot.changes(&nobody, window, Viewer::PUBLIC).unwrap().items.is_empty());
    });
    assert!(walk < Duration::from_millis(10), "walk {walk:?}");
    assert!(bulk < Duration::from_millis(500), "bulk {bulk:?}");
    assert!(one < Duration::from_micros(200), "one change {one:?}");
    assert!(nested < Duration::from_micros(20), "nested page {nested:?}");
}

/// Time of a new revision with another theme, year and date.
fn changes(catalog: &Catalog) -> Duration {
    let mut updates: Vec<Update> = (0..200_u64)
        .map(|place| {
            let draft = practice(u128::from(place) * 97 + 1)
                .with("themes", json!(["theme-1"]))
                .signed_at(1_700_000_000 + place as i64);
            let draft = draft.with("startYear", 2000);
            let number = 3 + place;
            Update { number, at: 3, forgotten: 0, network: None, records: vec![draft.update(number, draft.shown())] }
        })
        .rev()
        .collect();
    each("one change", 200, |_| catalog.apply(updates.pop().unwrap()))
}
