//! Marks that would lie on each other move apart by a few points.

use super::super::marks::Level;
use crate::record::CountryCode;

/// A State on the map.
pub(super) struct Mark {
    pub(super) country: CountryCode,
    /// Of the copy of its hub; none for a State with records alone.
    pub(super) level: Option<Level>,
    /// The middle of the mark.
    middle: (i32, i32),
}

/// A bar for a hub, a square for records.
const BAR: (i32, i32) = (12, 22);
const SQUARE: (i32, i32) = (8, 8);
/// Around each mark.
const HALO: i32 = 2;
/// Most steps of one point each.
const MOST_STEPS: usize = 80;
/// Marks further from each other than this never meet.
const FAR: i32 = 120;

impl Mark {
    pub(super) fn size(&self) -> (i32, i32) {
        if self.level.is_some() { BAR } else { SQUARE }
    }

    pub(super) fn x(&self) -> i32 {
        self.middle.0 - self.size().0 / 2
    }

    pub(super) fn y(&self) -> i32 {
        self.middle.1 - self.size().1 / 2
    }
}

/// The marks of States at their seats, within a drawing of this size. A bar stands on its seat.
pub(super) fn place(
    states: impl Iterator<Item = (CountryCode, Option<Level>, (i32, i32))>,
    within: (i32, i32),
) -> Vec<Mark> {
    let mark = |(country, level, (x, y)): (CountryCode, Option<Level>, (i32, i32))| {
        let lifted = if level.is_some() { y - BAR.1 / 2 } else { y };
        Mark { country, level, middle: (x, lifted) }
    };
    let mut marks: Vec<Mark> = states.map(mark).collect();
    let near = near(&marks);
    for _ in 0..MOST_STEPS {
        let mut has_moved = false;
        for (one, other) in &near {
            has_moved |= part(&mut marks, *one, *other);
        }
        if !has_moved {
            break;
        }
    }
    for mark in &mut marks {
        let (width, height) = mark.size();
        mark.middle.0 = mark.middle.0.clamp(width / 2 + 1, within.0 - width / 2 - 1);
        mark.middle.1 = mark.middle.1.clamp(height / 2 + 1, within.1 - height / 2 - 1);
    }
    marks
}

/// Pairs that could meet on their way.
fn near(marks: &[Mark]) -> Vec<(usize, usize)> {
    let is_near = |one: &Mark, other: &Mark| {
        (one.middle.0 - other.middle.0).abs() < FAR && (one.middle.1 - other.middle.1).abs() < FAR
    };
    let pairs = (0..marks.len()).flat_map(|one| (one + 1..marks.len()).map(move |other| (one, other)));
    pairs.filter(|(one, other)| is_near(&marks[*one], &marks[*other])).collect()
}

/// Moves two marks that lie on each other one point apart, the shorter way; says whether they did.
fn part(marks: &mut [Mark], one: usize, other: usize) -> bool {
    let (a, b) = (&marks[one], &marks[other]);
    let away = (b.middle.0 - a.middle.0, b.middle.1 - a.middle.1);
    let room = |a: i32, b: i32| (a + b) / 2 + HALO;
    let over = (room(a.size().0, b.size().0) - away.0.abs(), room(a.size().1, b.size().1) - away.1.abs());
    if over.0 <= 0 || over.1 <= 0 {
        return false;
    }
    let step = |away: i32| if away < 0 { -1 } else { 1 };
    let (x, y) = if over.0 <= over.1 { (step(away.0), 0) } else { (0, step(away.1)) };
    marks[one].middle = (marks[one].middle.0 - x, marks[one].middle.1 - y);
    marks[other].middle = (marks[other].middle.0 + x, marks[other].middle.1 + y);
    true
}

#[cfg(test)]
mod tests {
    use super::{super::seats, *};
    use crate::record::country;

    fn all(level: impl Fn(CountryCode) -> Option<Level>) -> Vec<Mark> {
        let states = country::all().iter().filter_map(|known| Some((known.code, seats::point(known.code)?)));
        place(states.map(|(code, at)| (code, level(code), at)), (seats::land().width, seats::land().height))
    }

    fn lie_on_each_other(marks: &[Mark]) -> Vec<String> {
        let mut found = Vec::new();
        for (at, one) in marks.iter().enumerate() {
            for other in &marks[at + 1..] {
                let (a, b) = (one.size(), other.size());
                let apart = (one.middle.0 - other.middle.0).abs() >= (a.0 + b.0) / 2
                    || (one.middle.1 - other.middle.1).abs() >= (a.1 + b.1) / 2;
                if !apart {
                    found.push(format!("{} {}", one.country, other.country));
                }
            }
        }
        found
    }

    #[test]
    fn no_mark_hides_another_when_every_state_has_records() {
        let marks = all(|_| None);
        assert_eq!(marks.len(), 195);
        assert_eq!(lie_on_each_other(&marks), Vec::<String>::new());
        for mark in &marks {
            let seat = seats::point(mark.country).unwrap_or_default();
            let moved = (mark.middle.0 - seat.0).abs().max((mark.middle.1 - seat.1).abs());
            assert!(moved <= 40, "{} moved by {moved}", mark.country);
        }
    }

    #[test]
    fn no_mark_hides_another_when_sixty_states_have_hubs() {
        let marks = all(|code| country::rank(code, "en").is_multiple_of(4).then_some(Level::Hour));
        assert!(marks.iter().filter(|mark| mark.level.is_some()).count() > 40);
        assert_eq!(lie_on_each_other(&marks), Vec::<String>::new());
    }
}
