//! How well records fit what was searched for.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

/// A set of slots, and for each its rank: the greater the better.
#[derive(Debug, Default)]
pub struct Ranks {
    slots: RoaringBitmap,
    /// In the order of the slots: half the memory of pairs, and thousands of hits are remembered a question.
    ranks: Vec<i64>,
}

impl Ranks {
    /// Of slots with their ranks, in any order; of several for one slot the first counts.
    pub fn new(mut ranked: Vec<(u32, i64)>) -> Self {
        // Stable, and fast where pieces of it are in order.
        ranked.sort_by_key(|(slot, _)| *slot);
        ranked.dedup_by_key(|(slot, _)| *slot);
        // Ascending slots cannot be refused.
        let slots = RoaringBitmap::from_sorted_iter(ranked.iter().map(|(slot, _)| *slot)).unwrap_or_default();
        Self { slots, ranks: ranked.into_iter().map(|(_, rank)| rank).collect() }
    }

    /// The slots.
    pub fn slots(&self) -> &RoaringBitmap {
        &self.slots
    }

    /// The rank of a slot; 0 for one without.
    pub fn rank(&self, slot: u32) -> i64 {
        self.found(slot).unwrap_or_default()
    }

    /// The rank of a slot, if it has one. Ranks move with what else is published: a cursor of a search stands where its
    /// record stands now.
    pub fn found(&self, slot: u32) -> Option<i64> {
        let place = self.slots.contains(slot).then(|| self.slots.rank(slot) as usize - 1);
        self.ranks.get(place?).copied()
    }

    /// What of a rank a cursor tells, for the place of a record that has gone: exact, it would tell how many records have
    /// a word, those too that its reader may not see. Rounded up, so that nothing is skipped.
    pub fn told(rank: i64) -> i64 {
        const ROUGHLY: i64 = (1 << 48) - 1;
        rank | ROUGHLY
    }

    /// Memory that they take, about, in bytes.
    pub fn weight(&self) -> usize {
        self.slots.serialized_size() + self.ranks.len() * size_of::<i64>()
    }

    /// The slots of a set with their ranks, ascending by slot: in one walk, where thousands are asked for.
    pub fn of(&self, set: &RoaringBitmap) -> Vec<(u32, i64)> {
        let mut known = self.slots.iter().zip(&self.ranks).peekable();
        let with_rank = |slot| {
            while known.next_if(|(other, _)| *other < slot).is_some() {}
            (slot, known.next_if(|(other, _)| *other == slot).map_or(0, |(_, rank)| *rank))
        };
        set.iter().map(with_rank).collect()
    }

    /// The slots of a set that rank best, in no order: so many, and all that rank as the last of them.
    pub(super) fn best(&self, set: &RoaringBitmap, most: usize) -> Vec<(u32, i64)> {
        let mut ranked = self.of(set);
        if (1..ranked.len()).contains(&most) {
            let (_, (_, least), _) = ranked.select_nth_unstable_by_key(most - 1, |(_, rank)| Reverse(*rank));
            let least = *least;
            ranked.retain(|(_, rank)| *rank >= least);
        }
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_a_set_are_found_with_all_that_rank_as_the_last_of_them() {
        let ranks = Ranks::new(vec![(9, 5), (70_000, 7), (2, 5), (4, 1), (9, 8), (6, 3)]);
        assert_eq!(ranks.slots().iter().collect::<Vec<_>>(), [2, 4, 6, 9, 70_000]);
        assert_eq!([2, 9, 70_000, 3].map(|slot| ranks.rank(slot)), [5, 5, 7, 0]);
        let best = |set: &[u32], most| {
            let best = ranks.best(&set.iter().copied().collect(), most).into_iter();
            let mut slots: Vec<u32> = best.map(|(slot, _)| slot).collect();
            slots.sort_unstable();
            slots
        };
        let all = [2, 4, 6, 9, 70_000];
        assert_eq!(best(&all, 1), [70_000]);
        assert_eq!(best(&all, 2), [2, 9, 70_000]);
        assert_eq!(best(&all, 3), [2, 9, 70_000]);
        assert_eq!(best(&all, 4), [2, 6, 9, 70_000]);
        assert_eq!(best(&all, 5), all);
        assert_eq!(best(&[3, 4, 9], 2), [4, 9], "3 has no rank, and is last");
        assert!(best(&[], 3).is_empty());
    }
}
