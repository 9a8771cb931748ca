//! The cost of a selection as a sum that may hang on variables. It is worked out once for a document; with the variables
//! of a request it is only added up: every sum stands after those it uses, so one pass does it, without recursion.

use super::arguments::{Stored, Variables};

/// A cost that is known, or the place of a [`Sum`] that has to be added up for each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Known.
    Known(u64),
    /// Hangs on variables: a place in [`Plan`].
    Sum(usize),
}

/// How often a part counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Factor {
    /// A known number.
    Times(u64),
    /// As `first` says, else `last`, else the default.
    Page { first: Option<Stored>, last: Option<Stored>, default: u64 },
    /// As many as the list holds.
    Length(Stored),
    /// As many as the list holds beyond this number.
    Beyond(u64, Stored),
}

impl Factor {
    /// The number without a request, if no variable is needed for it.
    pub fn known(self) -> Self {
        if self.hangs_on_variables() { self } else { Factor::Times(self.value(&Variables::none())) }
    }

    fn hangs_on_variables(&self) -> bool {
        match self {
            Factor::Times(_) => false,
            Factor::Page { first, last, .. } => {
                [first, last].into_iter().flatten().any(|stored| !matches!(stored, Stored::Known(_)))
            }
            Factor::Length(stored) | Factor::Beyond(_, stored) => !matches!(stored, Stored::Known(_)),
        }
    }

    fn value(&self, variables: &Variables<'_>) -> u64 {
        match self {
            Factor::Times(times) => *times,
            Factor::Page { first, last, default } => [first, last]
                .into_iter()
                .flatten()
                .find_map(|stored| stored.integer(variables))
                .map_or(*default, |size| u64::try_from(size).unwrap_or(0)),
            Factor::Length(stored) => stored.length(variables),
            Factor::Beyond(free, stored) => stored.length(variables).saturating_sub(*free),
        }
    }
}

/// A sum under construction.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    known: u64,
    terms: Vec<(Factor, Cost)>,
}

impl Sum {
    /// Adds `factor` times `cost`.
    pub fn add(&mut self, factor: &Factor, cost: Cost) {
        match (factor, cost) {
            (_, Cost::Known(0)) | (Factor::Times(0), _) => {}
            (Factor::Times(times), Cost::Known(cost)) => {
                self.known = self.known.saturating_add(times.saturating_mul(cost));
            }
            _ => self.terms.push((factor.clone(), cost)),
        }
    }

    /// Adds a known cost.
    pub fn add_known(&mut self, cost: u64) {
        self.known = self.known.saturating_add(cost);
    }
}

/// The sums of one document.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    sums: Vec<Sum>,
}

impl Plan {
    /// Keeps a finished sum, unless it is a known number.
    pub fn keep(&mut self, sum: Sum) -> Cost {
        if sum.terms.is_empty() {
            return Cost::Known(sum.known);
        }
        self.sums.push(sum);
        Cost::Sum(self.sums.len() - 1)
    }

    /// A cost with the variables of a request; saturates.
    pub fn evaluate(&self, cost: Cost, variables: &Variables<'_>) -> u64 {
        let wanted = match cost {
            Cost::Known(cost) => return cost,
            Cost::Sum(wanted) => wanted,
        };
        let mut values: Vec<u64> = Vec::with_capacity(wanted + 1);
        for sum in &self.sums[..=wanted] {
            let total = sum.terms.iter().fold(sum.known, |total, (factor, cost)| {
                let cost = match cost {
                    Cost::Known(cost) => *cost,
                    Cost::Sum(place) => values[*place],
                };
                total.saturating_add(factor.value(variables).saturating_mul(cost))
            });
            values.push(total);
        }
        values[wanted]
    }
}
