//! Figures: counts by one or two dimensions, and the network over time.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;

use crate::record::{Body, Kind, MemberStatus};

use super::dimension::{Dimension, on_day};
use super::facet::MOST_BUCKETS;
use super::selection::Selection;
use super::snapshot::Snapshot;
use super::visibility::Viewer;

/// Most months of a timeline; of more the last ones are given.
const MOST_MONTHS: usize = 1200;

/// A count of figures, above 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// A value for each dimension asked for, in that order; none for what is not stated.
    pub values: Vec<Option<Box<str>>>,
    /// Records.
    pub count: u64,
}

/// The network on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelinePoint {
    /// First day of a month.
    pub date: Date,
    /// Active members.
    pub active: u64,
    /// Suspended members.
    pub suspended: u64,
}

/// The values of one dimension, the most frequent first, with a place for what is not stated.
struct Axis<'a> {
    values: Vec<Option<Cow<'a, str>>>,
    counts: Vec<u64>,
}

impl Selection<'_, '_> {
    /// Counts by one or two dimensions; a record with two values counts under both. By falling count, then values.
    /// A dimension with more than 300 values gives the most frequent ones. No dimension, or more than two: no rows.
    pub fn statistics(&self, dimensions: &[Dimension]) -> Vec<Row> {
        let mut rows = match dimensions {
            [one] => self.by_one(*one),
            [one, other] => self.by_two(*one, *other),
            _ => Vec::new(),
        };
        rows.sort_unstable_by(|one, other| other.count.cmp(&one.count).then_with(|| one.values.cmp(&other.values)));
        rows
    }

    fn axis(&self, dimension: Dimension) -> Axis<'_> {
        let (mut counts, not_stated) = self.counts(self.slots(), dimension);
        counts.sort_unstable_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
        counts.truncate(MOST_BUCKETS);
        let (values, counts): (Vec<_>, Vec<_>) =
            counts.into_iter().map(|(value, count)| (Some(value), count)).chain([(None, not_stated)]).unzip();
        Axis { values, counts }
    }

    fn by_one(&self, dimension: Dimension) -> Vec<Row> {
        let axis = self.axis(dimension);
        let counted = axis.values.iter().zip(axis.counts).filter(|(_, count)| *count > 0);
        counted.map(|(value, count)| Row { values: vec![owned(value)], count }).collect()
    }

    fn by_two(&self, one: Dimension, other: Dimension) -> Vec<Row> {
        let (rows, columns) = (self.axis(one), self.axis(other));
        let (row_places, column_places) = (rows.places(), columns.places());
        let mut table = vec![0_u64; rows.values.len() * columns.values.len()];
        let (mut in_rows, mut in_columns) = (Vec::new(), Vec::new());
        for record in self.slots().iter().filter_map(|slot| self.snapshot.slots.get(slot)) {
            rows.find(&row_places, |each| self.facts(record, one, each), &mut in_rows);
            columns.find(&column_places, |each| self.facts(record, other, each), &mut in_columns);
            for row in &in_rows {
                for column in &in_columns {
                    table[row * columns.values.len() + column] += 1;
                }
            }
        }
        let counted = table.into_iter().enumerate().filter(|(_, count)| *count > 0);
        counted
            .map(|(place, count)| {
                let (row, column) = (place / columns.values.len(), place % columns.values.len());
                Row { values: vec![owned(&rows.values[row]), owned(&columns.values[column])], count }
            })
            .collect()
    }
}

impl Axis<'_> {
    fn places(&self) -> HashMap<&str, usize> {
        let stated = self.values.iter().enumerate();
        stated.filter_map(|(place, value)| Some((value.as_deref()?, place))).collect()
    }

    /// Places of a record's values; the last place if it states none.
    fn find(&self, places: &HashMap<&str, usize>, facts: impl FnOnce(&mut dyn FnMut(&str)), found: &mut Vec<usize>) {
        found.clear();
        let mut states = false;
        facts(&mut |value| {
            states = true;
            found.extend(places.get(value));
        });
        if !states {
            found.push(self.values.len() - 1);
        }
    }
}

fn owned(value: &Option<Cow<'_, str>>) -> Option<Box<str>> {
    value.as_deref().map(Into::into)
}

impl Snapshot {
    /// Members on the first day of each month from the month of `from` (the first member's first by default) to that
    /// of `to`.
    pub fn timeline(&self, from: Option<Date>, to: Date, viewer: Viewer) -> Vec<TimelinePoint> {
        let listed = self.kind(Kind::Member).visible.listed(viewer).iter();
        let members: Vec<_> = listed
            .filter_map(|slot| match &self.slots.get(slot)?.record.body {
                Body::Member(member) => Some(member),
                _ => None,
            })
            .collect();
        let terms = members.iter().flat_map(|member| member.history.iter());
        let Some(first) = from.or_else(|| terms.map(|term| term.from.first_day()).min()) else { return Vec::new() };
        let mut months = Vec::new();
        let mut month = to.first_of_month();
        while month >= first.first_of_month() && months.len() < MOST_MONTHS {
            months.push(month);
            let Ok(before) = month.yesterday() else { break };
            month = before.first_of_month();
        }
        let point = |date: Date| {
            let mut point = TimelinePoint { date, active: 0, suspended: 0 };
            for (_, status) in members.iter().filter_map(|member| on_day(member, date)) {
                match status {
                    MemberStatus::Active => point.active += 1,
                    MemberStatus::Suspended => point.suspended += 1,
                    _ => {}
                }
            }
            point
        };
        months.into_iter().rev().map(point).collect()
    }
}
