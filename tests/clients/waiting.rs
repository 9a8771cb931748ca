//! Worked queries that wait for a part which is still being built. Each is asked all the same: one that is answered has to
//! be struck off.

use std::collections::BTreeSet;

/// Names of the queries that wait.
pub fn list() -> BTreeSet<&'static str> {
    let lines = include_str!("waiting.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_whitespace().next()).collect()
}
