//! One kept order: a sorted list of slots, where each slot stands in it, and the pieces of it in the order in which a
//! reader sees them.

use std::sync::OnceLock;

use roaring::RoaringBitmap;

/// A sorted list of slots. Where each of them stands is made when it is first asked for, which takes some 20 µs for 20,000:
/// a list that nobody reads between two changes costs nothing.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) slots: Vec<u32>,
    places: OnceLock<Vec<u32>>,
}

impl Sorted {
    pub(super) fn of(slots: Vec<u32>) -> Self {
        Self { slots, places: OnceLock::new() }
    }

    /// By slot: its place in the list; nothing of use for slots that do not stand there.
    fn places(&self) -> &[u32] {
        self.places.get_or_init(|| {
            let end = self.slots.iter().max().map_or(0, |last| *last as usize + 1);
            let mut places = vec![0; end];
            for (place, slot) in (0..).zip(&self.slots) {
                places[*slot as usize] = place;
            }
            places
        })
    }
}

/// A sorted list as a reader sees it.
#[derive(Debug)]
pub(super) struct KeptOrder<'a> {
    list: &'a Sorted,
    /// In the order of the reader; none is empty.
    pieces: Vec<Piece<'a>>,
    /// Of each piece, in the order of the list: where it begins there, and where it begins for the reader.
    begins: Vec<(usize, usize)>,
}

#[derive(Debug)]
struct Piece<'a> {
    slots: &'a [u32],
    begin: usize,
}

impl<'a> KeptOrder<'a> {
    /// The list as it stands.
    pub(super) fn whole(list: &'a Sorted) -> Self {
        Self::in_pieces(list, [(0, list.slots.len())])
    }

    /// Pieces of the list, in the order of the reader: where each begins, and how long it is.
    pub(super) fn in_pieces(list: &'a Sorted, pieces: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut order = Self { list, pieces: Vec::new(), begins: Vec::new() };
        let mut begin = 0;
        for (kept, length) in pieces.into_iter().filter(|(_, length)| *length > 0) {
            order.pieces.push(Piece { slots: &list.slots[kept..kept + length], begin });
            order.begins.push((kept, begin));
            begin += length;
        }
        order.begins.sort_unstable();
        order
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.last().map_or(0, |last| last.begin + last.slots.len())
    }

    /// The slots from one place to another.
    pub(super) fn between(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = u32> + use<'a> {
        let first = self.pieces.partition_point(|piece| piece.begin + piece.slots.len() <= from);
        let parts = self.pieces[first..].iter().take_while(|piece| piece.begin < to);
        let parts: Vec<&'a [u32]> = parts
            .map(|piece| {
                let within = |place: usize| place.saturating_sub(piece.begin).min(piece.slots.len());
                &piece.slots[within(from)..within(to).max(within(from))]
            })
            .collect();
        parts.into_iter().flatten().copied()
    }

    /// The place of the first slot that does not come before something.
    pub(super) fn first_not(&self, is_before: impl Fn(u32) -> bool) -> usize {
        // All of a piece comes before it if its last slot does.
        let whole = self.pieces.partition_point(|piece| piece.slots.last().is_some_and(|slot| is_before(*slot)));
        let begun = |piece: &Piece<'_>| piece.begin + piece.slots.partition_point(|slot| is_before(*slot));
        self.pieces.get(whole).map_or_else(|| self.len(), begun)
    }

    /// The places of slots that stand in the list.
    pub(super) fn places(&self, set: &RoaringBitmap) -> Vec<usize> {
        let kept = self.list.places();
        let placed = set.iter().filter_map(|slot| kept.get(slot as usize)).map(|place| *place as usize);
        match self.begins.as_slice() {
            [] | [_] => placed.collect(),
            begins => placed
                .filter_map(|place| {
                    let piece = begins.partition_point(|(kept, _)| *kept <= place).checked_sub(1)?;
                    let (kept, begin) = begins[piece];
                    Some(begin + place - kept)
                })
                .collect(),
        }
    }

    /// The slot in a place.
    pub(super) fn slot(&self, place: usize) -> Option<u32> {
        let piece = self.pieces.partition_point(|piece| piece.begin <= place).checked_sub(1)?;
        let Piece { slots, begin } = &self.pieces[piece];
        slots.get(place - begin).copied()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_pieces_is_read_from_place_to_place_and_knows_where_each_slot_stands() {
        let list = Sorted::of(vec![7, 2, 9, 4, 0, 11]);
        // 9 4 0, then 7 2, then 11.
        let order = KeptOrder::in_pieces(&list, [(2, 3), (0, 2), (4, 0), (5, 1)]);
        let read = |from, to| order.between(from, to).collect::<Vec<_>>();
        assert_eq!(order.len(), 6);
        assert_eq!(read(0, 6), [9, 4, 0, 7, 2, 11]);
        assert_eq!(read(2, 5), [0, 7, 2]);
        assert_eq!(read(3, 4), [7]);
        assert_eq!((read(3, 3), read(5, 2), read(6, 9)), (vec![], vec![], vec![]));
        assert_eq!(order.between(1, 4).rev().collect::<Vec<_>>(), [7, 0, 4]);
        for (place, slot) in order.between(0, 6).enumerate() {
            assert_eq!(order.slot(place), Some(slot));
            assert_eq!(order.places(&RoaringBitmap::from_iter([slot])), [place]);
        }
        assert_eq!(order.slot(6), None);
        assert_eq!(order.places(&RoaringBitmap::from_iter([0, 2, 11, 400])), [2, 4, 5]);
        for bound in 0..=6 {
            let before: Vec<u32> = order.between(0, bound).collect();
            assert_eq!(order.first_not(|slot| before.contains(&slot)), bound);
        }
    }

    #[test]
    fn an_empty_list_has_no_places() {
        let list = Sorted::default();
        let order = KeptOrder::whole(&list);
        assert_eq!((order.len(), order.slot(0), order.first_not(|_| true)), (0, None, 0));
        assert_eq!(order.between(0, 9).count(), 0);
        assert!(order.places(&RoaringBitmap::from_iter([3])).is_empty());
    }
}
