//! The last change of each record, oldest first: what to harvest with.

use std::sync::Arc;

use crate::record::{Audience, Body, CountryCode, Kind, RecordKey};

use super::change_log::Place;
use super::cursor::{self, CursorError};
use super::page::Window;
use super::published::{Change, Published, Withdrawn};
use super::snapshot::{Held, HeldState, Snapshot};
use super::visibility::Viewer;

/// Most places that are passed over before the walk to the next change pauses: under a millisecond.
const PLACES_AT_ONCE: usize = 2_000;

/// Most places that one page looks at. A filter can pass over any number of them, and a page is made without a pause:
/// so many take some 10 ms.
const MOST_PLACES: usize = 50_000;

/// Which changes; an empty list means no restriction. What a record was about before its last change is not kept. So
/// one that was withdrawn or hidden passes `countries` and `themes`, and one that has a new revision and does not pass them
/// now is told as hidden: who harvested the record hears that it does not belong there any more.
#[derive(Debug, Clone, Default)]
pub struct ChangeFilter {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Countries the records are about.
    pub countries: Vec<CountryCode>,
    /// Codes of themes.
    pub themes: Vec<Box<str>>,
    /// EntityIds of origins.
    pub origins: Vec<Box<str>>,
}

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeType {
    /// It was not shown before.
    Added,
    /// It has a new revision.
    Updated,
    /// Its origin withdrew it.
    Withdrawn,
    /// It is not shown any more for another reason, its origin's member is not active, or it is not among the countries
    /// and themes that were asked for and may have been.
    Hidden,
}

/// The last change of a record.
#[derive(Debug)]
pub struct ChangedRecord<'a> {
    /// Place in this instance's sequence of changes, opaque.
    pub cursor: String,
    /// What happened.
    pub change_type: ChangeType,
    /// Record key.
    pub key: RecordKey,
    /// Kind of the record.
    pub kind: Kind,
    /// Number and time.
    pub change: Change,
    /// The record as it is now, when it is shown.
    pub record: Option<&'a Arc<Published>>,
    /// What is left, when it was withdrawn.
    pub withdrawn: Option<&'a Arc<Withdrawn>>,
}

/// A page of changes. One whose filter passes over very many places ends early, with fewer items than were asked for or
/// none; its cursors say how far it has looked, so who goes on from them misses nothing.
#[derive(Debug, Default)]
pub struct ChangePage<'a> {
    /// Changes, oldest first.
    pub items: Vec<ChangedRecord<'a>>,
    /// Whether later ones follow, or may follow.
    pub has_next: bool,
    /// Whether there are earlier ones, or may be.
    pub has_previous: bool,
    /// Where the page begins: its first item, or how far it has looked backwards.
    pub start: Option<String>,
    /// Where the page ends: its last item, or how far it has looked; without either, the cursor that it comes after.
    pub end: Option<String>,
}

/// What comes after a cursor.
#[derive(Debug)]
pub enum NextChange<'a> {
    /// A change.
    Found(ChangedRecord<'a>),
    /// So many places were passed over that the walk paused; it goes on from this cursor.
    Passed(String),
    /// None yet; what comes later comes after this cursor.
    NotYet(String),
}

/// What a walk found.
struct Walk<T> {
    items: Vec<T>,
    more: bool,
    /// The last place looked at, when the walk ended early.
    stopped: Option<Place>,
}

impl Snapshot {
    /// Changes that a viewer may see, the last one of each record, oldest first. Both `first` and `last`: `first`
    /// counts. A cursor of another database, or of a number not reached here, is an error.
    pub fn changes(
        &self,
        filter: &ChangeFilter,
        window: Window<'_>,
        viewer: Viewer,
    ) -> Result<ChangePage<'_>, CursorError> {
        let bound = |cursor: Option<&str>| cursor.map(|cursor| self.change_place(cursor)).transpose();
        let (after, before) = (bound(window.after)?, bound(window.before)?);
        let shown = |place: Place| self.narrowed(self.changed(place, viewer)?, filter);
        let places = self.places(after, before);
        let backwards = window.first.is_none() && window.last.is_some();
        let most = window.first.or(window.last).unwrap_or(usize::MAX);
        let mut walk = if backwards { take(places.rev(), shown, most) } else { take(places, shown, most) };
        if backwards {
            walk.items.reverse();
        }
        for change in &mut walk.items {
            change.cursor = self.cursor_at((change.change.number, change.key));
        }
        // Behind `before` and ahead of `after` there is something whenever these cursors stand for a change here.
        let later = || before.is_some_and(|place| any(self.beyond(Some(place), None).rev(), shown));
        let earlier = || after.is_some_and(|place| any(self.beyond(None, Some(place)), shown));
        let has_next = !backwards && walk.more || later();
        let has_previous = backwards && walk.more || earlier();
        let stopped = walk.stopped.map(|place| self.cursor_at(place));
        let (first, last) = (walk.items.first(), walk.items.last());
        let [first, last] = [first, last].map(|item| item.map(|item| item.cursor.clone()));
        let (start, end) = if backwards { (stopped.or(first), last) } else { (first, stopped.or(last)) };
        // Who has heard everything goes on from where they are.
        let end = end.or_else(|| window.after.map(str::to_owned));
        Ok(ChangePage { items: walk.items, has_next, has_previous, start, end })
    }

    /// The first change after a cursor that a viewer may see, for who follows them one by one.
    pub fn next_change(
        &self,
        filter: &ChangeFilter,
        after: &str,
        viewer: Viewer,
    ) -> Result<NextChange<'_>, CursorError> {
        let after = self.change_place(after)?;
        let mut looked_at = after;
        for (passed, place) in self.places(Some(after), None).enumerate() {
            if passed == PLACES_AT_ONCE {
                return Ok(NextChange::Passed(self.cursor_at(looked_at)));
            }
            if let Some(change) = self.changed(place, viewer)
                && let Some(mut change) = self.narrowed(change, filter)
            {
                change.cursor = self.cursor_at(place);
                return Ok(NextChange::Found(change));
            }
            looked_at = place;
        }
        Ok(NextChange::NotYet(self.change_cursor()))
    }

    /// The last change of a record, if the viewer may see it, as it is told to who asks for these.
    pub fn last_change(&self, key: RecordKey, filter: &ChangeFilter, viewer: Viewer) -> Option<ChangedRecord<'_>> {
        let place = (self.held.get(&key)?.change.number, key);
        let mut change = self.narrowed(self.changed(place, viewer)?, filter)?;
        change.cursor = self.cursor_at(place);
        Some(change)
    }

    /// The bound itself and what is beyond it.
    fn beyond(&self, from: Option<Place>, to: Option<Place>) -> impl DoubleEndedIterator<Item = Place> {
        let from = from.map(|(number, key)| (number, RecordKey(key.0.saturating_sub(1))));
        let to = to.map(|(number, key)| (number, RecordKey(key.0.saturating_add(1))));
        self.places(from, to)
    }

    /// The follower may have read what was committed meanwhile: that belongs to the next moment.
    fn places(&self, after: Option<Place>, before: Option<Place>) -> impl DoubleEndedIterator<Item = Place> {
        let now = (self.number, RecordKey(u128::MAX));
        self.changes.between(after, Some(before.map_or(now, |before| before.min(now))))
    }

    fn cursor_at(&self, (number, key): Place) -> String {
        cursor::encode_change(self.database_mark(), number, key)
    }

    /// Cursor of the present moment: with `after`, only what comes from now on.
    pub fn change_cursor(&self) -> String {
        self.cursor_at((self.number, RecordKey(u128::MAX)))
    }

    fn change_place(&self, cursor: &str) -> Result<Place, CursorError> {
        let place = cursor::decode_change(cursor, self.database_mark())?;
        // Who has read up to before then has not been told of what has gone without a word.
        if (self.forgotten..=self.number).contains(&place.0) { Ok(place) } else { Err(CursorError::Unknown) }
    }

    /// The change in a place, without its cursor: most are looked at only to be passed over.
    fn changed(&self, (number, key): Place, viewer: Viewer) -> Option<ChangedRecord<'_>> {
        let Held { change, state } = self.held.get(&key)?;
        let mut changed = ChangedRecord {
            cursor: String::new(),
            change_type: ChangeType::Hidden,
            key,
            kind: Kind::Practice,
            change: *change,
            record: None,
            withdrawn: None,
        };
        match state {
            HeldState::Shown(slot) => {
                let record = self.slots.get(*slot)?;
                // Of a peer that was blocked nothing is shown any more, which is told to who has it.
                viewer.may_see(record.audience).then_some(())?;
                changed.kind = record.kind;
                if self.is_listed(record, viewer) {
                    changed.change_type = if change.revised { ChangeType::Updated } else { ChangeType::Added };
                    changed.record = Some(record);
                }
            }
            HeldState::Withdrawn(withdrawn) => {
                self.standing(withdrawn.withdrawal.journal)?.is_visible_to(viewer).then_some(())?;
                changed.kind = withdrawn.kind;
                changed.change_type = ChangeType::Withdrawn;
                changed.withdrawn = Some(withdrawn);
            }
            HeldState::Hidden(hidden) => {
                self.standing(hidden.hiding.journal)?.is_visible_to(viewer).then_some(())?;
                changed.kind = hidden.sub.kind()?;
            }
        }
        debug_assert_eq!(change.number, number);
        Some(changed)
    }

    /// The change as it is told to who asks for these; none where it never concerned them.
    fn narrowed<'a>(&self, mut changed: ChangedRecord<'a>, filter: &ChangeFilter) -> Option<ChangedRecord<'a>> {
        let origin = || match &self.held.get(&changed.key)?.state {
            HeldState::Shown(slot) => Some(&*self.slots.get(*slot)?.origin),
            HeldState::Withdrawn(withdrawn) => Some(&*withdrawn.origin),
            HeldState::Hidden(hidden) => Some(&*self.standing(hidden.hiding.journal)?.origin),
        };
        let of_origin = || origin().is_some_and(|origin| filter.origins.iter().any(|wanted| **wanted == *origin));
        let wanted = (filter.kinds.is_empty() || filter.kinds.contains(&changed.kind))
            && (filter.origins.is_empty() || of_origin());
        wanted.then_some(())?;
        match changed.record.map_or(Match::Now, |record| filter.matches(record)) {
            Match::Now => {}
            Match::Before if changed.change.revised => {
                changed.change_type = ChangeType::Hidden;
                changed.record = None;
            }
            Match::Before | Match::Never => return None,
        }
        Some(changed)
    }

    /// Whether what is held of a record could be read by everybody.
    pub(super) fn is_public(&self, held: &Held) -> bool {
        let journal = match &held.state {
            HeldState::Shown(slot) => self.slots.get(*slot).map(|record| record.revision.journal),
            HeldState::Withdrawn(withdrawn) => Some(withdrawn.withdrawal.journal),
            HeldState::Hidden(hidden) => Some(hidden.hiding.journal),
        };
        let standing = journal.and_then(|journal| self.standing(journal));
        standing.is_some_and(|standing| standing.audience == Audience::Public)
    }
}

/// How a record stands to the countries and themes of a filter.
enum Match {
    Now,
    /// Not now; an earlier revision of it could.
    Before,
    Never,
}

impl ChangeFilter {
    fn matches(&self, record: &Published) -> Match {
        let themes: Option<&[Box<str>]> = match &record.record.body {
            Body::Practice(practice) => Some(&practice.themes),
            Body::Document(document) => Some(&document.themes),
            _ => None,
        };
        if !self.themes.is_empty() && themes.is_none() {
            return Match::Never;
        }
        let about = |code: CountryCode| self.countries.contains(&code);
        let now = (self.themes.is_empty() || themes.into_iter().flatten().any(|theme| self.themes.contains(theme)))
            && (self.countries.is_empty() || record.country().is_some_and(about));
        if now { Match::Now } else { Match::Before }
    }
}

/// The first `most` of what is shown of these places, within the bound of places.
fn take<T>(places: impl Iterator<Item = Place>, shown: impl Fn(Place) -> Option<T>, most: usize) -> Walk<T> {
    let mut walk = Walk { items: Vec::new(), more: false, stopped: None };
    for (looked_at, place) in places.enumerate() {
        if looked_at == MOST_PLACES {
            walk.more = true;
            break;
        }
        if let Some(item) = shown(place) {
            if walk.items.len() == most {
                return Walk { more: true, stopped: None, ..walk };
            }
            walk.items.push(item);
        }
        walk.stopped = Some(place);
    }
    if !walk.more {
        walk.stopped = None;
    }
    walk
}

/// Whether something is shown of these places, or may be beyond the bound.
fn any<T>(places: impl Iterator<Item = Place>, shown: impl Fn(Place) -> Option<T>) -> bool {
    let mut looked_at = 0;
    let found = |place| {
        looked_at += 1;
        looked_at > MOST_PLACES || shown(place).is_some()
    };
    let mut places = places;
    places.any(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> impl DoubleEndedIterator<Item = Place> {
        (0..2 * MOST_PLACES as u64).map(|number| (number, RecordKey(0)))
    }

    #[test]
    fn a_walk_ends_after_so_many_places_and_says_how_far_it_came() {
        let last_looked_at = MOST_PLACES as u64 - 1;
        let found = take(places(), |(number, _)| (number == 7).then_some(number), 2);
        assert_eq!((found.items, found.more), (vec![7], true));
        assert_eq!(found.stopped, Some((last_looked_at, RecordKey(0))));
        let found = take(places().take(MOST_PLACES), |_| None::<()>, 2);
        assert_eq!((found.more, found.stopped), (false, None), "the end was seen");
        let found = take(places(), |(number, _)| Some(number), 2);
        assert_eq!((found.items, found.more, found.stopped), (vec![0, 1], true, None));
    }

    #[test]
    fn what_lies_beyond_the_bound_may_be_there() {
        assert!(any(places(), |_| None::<()>));
        assert!(!any(places().take(MOST_PLACES), |_| None::<()>));
        assert!(any(places(), |(number, _)| (number == 3).then_some(())));
    }
}
