//! The kept orders of a kind: slots as sorted lists, one for each order and direction (what is not stated comes last
//! in both, so one is not the other turned round). Moved on by binary search and copies of slices, whether one record
//! changes or all. By country one list is kept, by code: names sort differently in each language, so a reader walks
//! the countries' pieces of it in the order of his.

use std::sync::Arc;

use jiff::civil::Date;

use crate::record::{CountryCode, Kind, RecordKey};

use super::kept_order::{KeptOrder, Sorted};
use super::order::{CountryOrder, Direction, Order, SortValue, orders};
use super::page::Sorter;
use super::published::Published;
use super::slots::Slots;

/// The kept orders of one kind.
#[derive(Debug, Clone)]
pub(super) struct Permutations {
    kept: Vec<(Order, [Arc<Sorted>; 2])>,
    by_country: Arc<Sorted>,
    /// How many records each country has in `by_country`, in its order; those about none stand at its end.
    countries: Arc<Vec<(CountryCode, usize)>>,
}

/// A record that leaves its place, or comes to one.
pub(super) struct Moves<'a> {
    pub(super) removed: Vec<&'a Published>,
    pub(super) added: Vec<&'a Published>,
}

impl Permutations {
    pub(super) fn of(kind: Kind) -> Self {
        let kept = orders(kind).iter().filter(|order| order.is_kept() && **order != Order::Country);
        Self {
            kept: kept.map(|order| (*order, Default::default())).collect(),
            by_country: Arc::default(),
            countries: Arc::default(),
        }
    }

    /// An order as a reader sees it, with all records of the kind, visible or not; none for orders that are not kept in this kind.
    pub(super) fn kept<'a>(&'a self, sorter: &Sorter<'_>) -> Option<KeptOrder<'a>> {
        if sorter.order != Order::Country {
            let (_, both) = self.kept.iter().find(|(of, _)| *of == sorter.order)?;
            return Some(KeptOrder::whole(&both[place(sorter.direction)]));
        }
        let mut begin = 0;
        let mut pieces: Vec<(i64, (usize, usize))> = Vec::with_capacity(self.countries.len() + 1);
        for (code, count) in self.countries.iter() {
            pieces.push((sorter.countries.value(*code), (begin, *count)));
            begin += count;
        }
        pieces.sort_unstable_by_key(|(value, _)| *value);
        if sorter.direction == Direction::Descending {
            pieces.reverse();
        }
        pieces.push((0, (begin, self.by_country.slots.len() - begin)));
        Some(KeptOrder::in_pieces(&self.by_country, pieces.into_iter().map(|(_, piece)| piece)))
    }

    /// Moves every order on. `slots` are those of the snapshot before, in which `removed` still lie.
    pub(super) fn move_on(&mut self, moves: &Moves<'_>, slots: &Slots) {
        for (order, both) in &mut self.kept {
            for direction in Direction::BOTH {
                let sorter = Sorter { order: *order, direction, countries: CountryOrder::Code, day: Date::MAX };
                splice(&mut both[place(direction)], moves, &sorter, slots);
            }
        }
        let direction = Direction::Ascending;
        let sorter = Sorter { order: Order::Country, direction, countries: CountryOrder::Code, day: Date::MAX };
        if splice(&mut self.by_country, moves, &sorter, slots) {
            self.count(moves);
        }
    }

    fn count(&mut self, moves: &Moves<'_>) {
        let countries = Arc::make_mut(&mut self.countries);
        for code in moves.added.iter().filter_map(|record| record.country()) {
            match countries.binary_search_by_key(&code, |(code, _)| *code) {
                Ok(place) => countries[place].1 += 1,
                Err(place) => countries.insert(place, (code, 1)),
            }
        }
        for code in moves.removed.iter().filter_map(|record| record.country()) {
            if let Ok(place) = countries.binary_search_by_key(&code, |(code, _)| *code) {
                countries[place].1 -= 1;
            }
        }
        countries.retain(|(_, count)| *count > 0);
    }
}

fn place(direction: Direction) -> usize {
    usize::from(direction == Direction::Descending)
}

type Key<'a> = (SortValue<'a>, RecordKey);

/// Takes records out of a sorted list and puts others in; false if nothing moved.
fn splice(list: &mut Arc<Sorted>, moves: &Moves<'_>, sorter: &Sorter<'_>, slots: &Slots) -> bool {
    let (removed, added) = moved(moves, sorter);
    if removed.is_empty() && added.is_empty() {
        return false;
    }
    let before = &list.slots;
    let position = |wanted: &Key<'_>| {
        before.partition_point(|slot| {
            slots.get(*slot).is_some_and(|record| sorter.compare((sorter.value(record), record.key), *wanted).is_lt())
        })
    };
    // Places in the old list: what goes in stands before what is there, so removals of a place come after.
    let mut steps: Vec<(usize, Option<u32>)> = Vec::with_capacity(removed.len() + added.len());
    steps.extend(added.iter().map(|(key, slot)| (position(key), Some(*slot))));
    steps.extend(removed.iter().map(|(key, _)| (position(key), None)));
    steps.sort_by_key(|(place, added)| (*place, added.is_none()));
    let mut next = Vec::with_capacity(before.len() + added.len() - removed.len());
    let mut copied = 0;
    for (place, added) in steps {
        next.extend_from_slice(&before[copied..place]);
        copied = place;
        match added {
            Some(slot) => next.push(slot),
            None => copied += 1,
        }
    }
    next.extend_from_slice(&before[copied..]);
    *list = Arc::new(Sorted::of(next));
    true
}

type Placed<'a> = (Key<'a>, u32);

/// What moves in this order, sorted: a record that keeps its value and slot stays where it is.
fn moved<'a>(moves: &Moves<'a>, sorter: &Sorter<'_>) -> (Vec<Placed<'a>>, Vec<Placed<'a>>) {
    let placed = |records: &[&'a Published]| -> Vec<Placed<'a>> {
        let mut placed: Vec<Placed<'a>> =
            records.iter().map(|record| ((sorter.value(record), record.key), record.slot)).collect();
        placed.sort_unstable_by(|one, other| sorter.compare(one.0, other.0));
        placed
    };
    let (mut removed, mut added) = (placed(&moves.removed), placed(&moves.added));
    if removed.is_empty() || added.is_empty() {
        return (removed, added);
    }
    let stays = |one: &Placed<'_>, others: &[Placed<'_>]| {
        let found = others.binary_search_by(|other| sorter.compare(other.0, one.0));
        found.is_ok_and(|place| others[place].1 == one.1)
    };
    let before = removed.clone();
    removed.retain(|record| !stays(record, &added));
    added.retain(|record| !stays(record, &before));
    (removed, added)
}
