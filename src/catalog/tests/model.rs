//! However a catalogue came to be, it answers the same: one that was moved on by random updates is compared with one
//! that was built at once of what they left.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;

use super::builder::*;
use crate::catalog::{
    Catalog, ChangeFilter, Dimension, Direction, Filter, Network, Order, PageRequest, RecordState, RecordUpdate,
    Request, Selection, Snapshot, Update, Viewer, Window,
};
use crate::record::{Audience, Kind, RecordKey};

const DIMENSIONS: [Dimension; 18] = [
    Dimension::Country,
    Dimension::Region,
    Dimension::Theme,
    Dimension::Capacity,
    Dimension::MechanismType,
    Dimension::UnMechanism,
    Dimension::SdgGoal,
    Dimension::AffectedGroup,
    Dimension::Year,
    Dimension::Language,
    Dimension::Origin,
    Dimension::Compiled,
    Dimension::Type,
    Dimension::Standing,
    Dimension::Mode,
    Dimension::Role,
    Dimension::Status,
    Dimension::EndYear,
];
const ORDERS: [Order; 7] =
    [Order::Updated, Order::Created, Order::Year, Order::Country, Order::Date, Order::Symbol, Order::Since];

#[derive(Debug, Clone)]
enum Step {
    Show(Draft),
    Withdraw(Draft),
    Hide(Draft),
    Forget(Draft),
    Stand {
        state: usize,
        active: bool,
        blocked: bool,
    },
    /// Everything before is one update.
    Commit,
}

fn draft() -> impl Strategy<Value = Draft> {
    let place = (0..5_usize, 0..4_usize, 1..6_u128, any::<bool>());
    let values = (0..4_i64, prop::option::of(2018..2022_i32), 0..4_u8, prop::option::of(1..6_u128));
    (place, values).prop_map(|((kind, state, id, closed), (signed, year, theme, other))| {
        let state = ["MA", "PT", "PY", "coordinator"][state];
        let mut draft = match Kind::ALL[kind] {
            Kind::Mechanism => a_mechanism().with("type", ["ministerial", "ad-hoc"][usize::from(theme % 2)]),
            Kind::Practice => a_practice().with("themes", json!([format!("theme-{theme}"), "budget"])),
            Kind::Document => a_document().with("symbol", format!("A/{theme}")),
            Kind::Event => an_event(),
            Kind::Member => a_member().with("status", ["active", "suspended"][usize::from(theme % 2)]),
        };
        draft = match Kind::ALL[kind] {
            Kind::Member => draft.by("coordinator").with("country", ["MA", "PT"][usize::from(theme % 2)]),
            _ if state == "coordinator" => draft.compiled_about(["MA", "PT", "QQ", "DE"][usize::from(theme)]),
            _ => draft.by(state),
        };
        if let Some(year) = year {
            let member = ["establishedYear", "startYear", "date", "startsOn", "unknown"][kind];
            draft = draft.with(member, if kind < 2 { json!(year) } else { json!(year.to_string()) });
        }
        if let (Some(other), Kind::Practice) = (other, Kind::ALL[kind]) {
            let named = a_mechanism().by(STATES[usize::from(theme) % 3]).id(other);
            draft = draft.with("mechanism", named.reference());
            draft = draft.with("adoptedFrom", json!([a_practice().by("PT").id(other).reference()]));
        }
        draft = draft.id(id).signed_at(signed);
        // The journal is a matter of the key: a record never changes its audience.
        if closed && id > 3 { draft.for_the_network() } else { draft }
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => draft().prop_map(Step::Show),
        1 => draft().prop_map(Step::Withdraw),
        1 => draft().prop_map(Step::Hide),
        1 => draft().prop_map(Step::Forget),
        1 => (0..4_usize, any::<bool>(), any::<bool>())
            .prop_map(|(state, active, blocked)| Step::Stand { state, active, blocked: blocked && !active }),
        5 => Just(Step::Commit),
    ]
}

/// What is left of the steps: the last state of each record, and the network.
struct Left {
    records: BTreeMap<RecordKey, (Step, u64)>,
    network: Network,
}

impl Left {
    /// The updates that make the same at once.
    fn updates(&self) -> Vec<RecordUpdate> {
        let updates = self.records.values().filter_map(|(step, number)| {
            let (draft, state) = state_of(step)?;
            Some(draft.update(*number, state))
        });
        updates.collect()
    }

    fn stand(&mut self, state: usize, active: bool, blocked: bool, number: u64) {
        let instance = &mut self.network.instances[state];
        let moved = (instance.active, instance.blocked) != (active, blocked);
        (instance.active, instance.blocked) = (active, blocked);
        let journals = instance.journals.clone();
        for (step, at) in self.records.values_mut() {
            if let Step::Show(draft) = step
                && moved
                && journals.contains(&draft.journal())
            {
                *at = number;
            }
        }
    }
}

fn state_of(step: &Step) -> Option<(&Draft, RecordState)> {
    match step {
        Step::Show(draft) => Some((draft, draft.shown())),
        Step::Withdraw(draft) => Some((draft, draft.withdrawn())),
        Step::Hide(draft) => Some((draft, draft.hidden())),
        Step::Forget(draft) => Some((draft, RecordState::Gone)),
        Step::Stand { .. } | Step::Commit => None,
    }
}

/// Runs the steps, in as many updates as they say, and keeps account of what is left.
fn run(steps: Vec<Step>) -> (Catalog, Left) {
    let catalog = catalog_of(network(), []);
    let mut left = Left { records: BTreeMap::new(), network: network() };
    let mut number = 2;
    let mut batch: Vec<RecordUpdate> = Vec::new();
    let apply = |batch: &mut Vec<RecordUpdate>, number: u64, network: Option<Network>| {
        let records = std::mem::take(batch);
        catalog.apply(Update { number, at: number as i64, forgotten: 0, network: network.map(Arc::new), records });
    };
    for step in steps {
        match &step {
            Step::Commit => {
                apply(&mut batch, number, None);
                number += 1;
            }
            Step::Stand { state, active, blocked } => {
                apply(&mut batch, number, None);
                number += 1;
                left.stand(*state, *active, *blocked, number);
                apply(&mut batch, number, Some(left.network.clone()));
                number += 1;
            }
            _ => {
                let Some((draft, state)) = state_of(&step) else { continue };
                let key = draft.key();
                batch.push(draft.update(number, state));
                match step {
                    Step::Forget(_) => drop(left.records.remove(&key)),
                    step => drop(left.records.insert(key, (step, number))),
                }
            }
        }
    }
    apply(&mut batch, number, None);
    (catalog, left)
}

fn filters(kind: Kind) -> Vec<Filter> {
    let of = || Filter::of(kind).as_of(date(2026, 1, 1));
    vec![
        of(),
        of().include_suspended(true),
        of().any(Dimension::Country, ["MA", "DE"]),
        of().any(Dimension::Theme, ["theme-1", "theme-2"]).any(Dimension::MechanismType, ["ministerial"]),
        of().any(Dimension::MechanismType, ["ad-hoc"]).updated_since(2),
        of().years(Some(2019), Some(2020)),
        of().not(of().any(Dimension::Region, ["african"]).compiled(false)),
        of().audience(Audience::Network),
        of().symbol("a/1"),
    ]
}

/// Everything that a snapshot says, as lines.
fn said(snapshot: &Snapshot) -> Vec<String> {
    let mut lines = Vec::new();
    for (viewer, kind) in Viewer::ALL.into_iter().flat_map(|viewer| Kind::ALL.map(|kind| (viewer, kind))) {
        for (place, filter) in filters(kind).iter().enumerate() {
            let selection = snapshot.select(&Request { filter, viewer, within: None });
            let about = format!("{viewer:?} {kind:?} {place}");
            lines.push(format!("{about} count {}", selection.count()));
            for dimension in DIMENSIONS {
                lines.push(format!("{about} {dimension:?} {:?}", selection.facet(dimension)));
                let rows = selection.statistics(&[dimension, Dimension::Country]);
                lines.push(format!("{about} {dimension:?} by country {rows:?}"));
            }
            for (order, direction) in orders(kind) {
                let keys = list(&selection, order, direction);
                lines.push(format!("{about} {order:?} {direction:?} {keys:?}"));
            }
        }
        lines.extend(relations(snapshot, viewer, kind));
    }
    for viewer in Viewer::ALL {
        let page = snapshot.changes(&ChangeFilter::default(), Window::default(), viewer).unwrap();
        let changes =
            page.items.iter().map(|change| (change.change.number, change.key, change.change_type, change.kind));
        lines.push(format!("{viewer:?} changes {:?}", changes.collect::<Vec<_>>()));
        lines.push(format!("{viewer:?} countries {:?}", snapshot.countries(viewer)));
    }
    lines
}

fn orders(kind: Kind) -> impl Iterator<Item = (Order, Direction)> {
    let of_kind = ORDERS.into_iter().filter(move |order| order.is_of(kind));
    of_kind.flat_map(|order| Direction::BOTH.map(|direction| (order, direction)))
}

fn list(selection: &Selection<'_, '_>, order: Order, direction: Direction) -> Vec<RecordKey> {
    let page = selection.page(&whole(order, direction)).unwrap();
    page.items.iter().map(|record| record.key).collect()
}

fn relations(snapshot: &Snapshot, viewer: Viewer, kind: Kind) -> Vec<String> {
    let filter = Filter::of(kind).include_suspended(true);
    let keys = found_by(snapshot, &filter, viewer);
    let practices = |slots: &roaring::RoaringBitmap| {
        let filter = Filter::of(Kind::Practice);
        let selection = snapshot.select(&Request { filter: &filter, viewer, within: Some(slots) });
        list(&selection, Order::Updated, Direction::Descending)
    };
    let relation = |key: RecordKey| {
        let record = snapshot.record(key, viewer).unwrap();
        let mechanism = key_of(snapshot.mechanism_of(record, viewer));
        let own = record.country().and_then(|code| snapshot.mechanism_of_country(code, viewer));
        let member = record.country().and_then(|code| snapshot.member_of_country(code, viewer));
        let of_mechanism = practices(&snapshot.practices_of_mechanism(record, viewer));
        let adopters = practices(&snapshot.adopters_of(key));
        let (own, member) = (key_of(own), key_of(member));
        format!("{viewer:?} {key:?} {mechanism:?} {own:?} {member:?} {of_mechanism:?} {adopters:?}")
    };
    keys.into_iter().map(relation).collect()
}

/// All keys of a list, read page by page.
fn paged(
    selection: &Selection<'_, '_>,
    order: Order,
    direction: Direction,
    size: usize,
    forwards: bool,
) -> Vec<RecordKey> {
    let (mut keys, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let window = if forwards {
            Window { first: Some(size), after: cursor.as_deref(), ..Window::default() }
        } else {
            Window { last: Some(size), before: cursor.as_deref(), ..Window::default() }
        };
        let page = selection.page(&PageRequest { order, direction, language: "fr", ranks: None, window }).unwrap();
        let (more, behind) =
            if forwards { (page.has_next, page.has_previous) } else { (page.has_previous, page.has_next) };
        assert_eq!(behind, !keys.is_empty());
        let next: Vec<RecordKey> = page.items.iter().map(|record| record.key).collect();
        let edge = if forwards { page.items.len().checked_sub(1) } else { Some(0) };
        cursor = edge.and_then(|place| page.cursor(place));
        keys = if forwards { [keys, next].concat() } else { [next, keys].concat() };
        if !more {
            return keys;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_catalogue_that_was_moved_on_says_what_one_built_at_once_says(steps in prop::collection::vec(step(), 1..120)) {
        let (catalog, left) = run(steps);
        let at_once = Catalog::empty("database");
        let number = catalog.snapshot().number();
        let records = left.updates();
        at_once.apply(Update { number, at: 0, forgotten: 0, network: Some(Arc::new(left.network)), records });
        let (moved, built) = (said(&catalog.snapshot()), said(&at_once.snapshot()));
        for (moved, built) in moved.iter().zip(&built) {
            prop_assert_eq!(moved, built);
        }
        prop_assert_eq!(moved.len(), built.len());
    }

    #[test]
    fn pages_cover_a_list_once_in_both_directions(
        drafts in prop::collection::vec(draft(), 1..60),
        size in 1..7_usize,
    ) {
        let (catalog, _) = run(drafts.into_iter().map(Step::Show).collect());
        let snapshot = catalog.snapshot();
        for kind in Kind::ALL {
            for filter in filters(kind) {
                let request = Request { filter: &filter, viewer: Viewer::NETWORK, within: None };
                let selection = snapshot.select(&request);
                for (order, direction) in orders(kind) {
                    let french = PageRequest { language: "fr", ..whole(order, direction) };
                    let whole: Vec<RecordKey> =
                        selection.page(&french).unwrap().items.iter().map(|record| record.key).collect();
                    prop_assert_eq!(whole.len() as u64, selection.count());
                    prop_assert_eq!(&paged(&selection, order, direction, size, true), &whole);
                    prop_assert_eq!(&paged(&selection, order, direction, size, false), &whole);
                }
            }
        }
    }
}
