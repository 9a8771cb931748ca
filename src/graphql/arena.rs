//! Values that live as long as a request: filters and sets made from arguments, which lists borrow from then on.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Buckets of 16, 32, 64 … values: more than the guard's cost limit lets a request make.
const BUCKETS: usize = 20;
const FIRST: usize = 16;

/// A list that only grows, so that what stands in it can be borrowed meanwhile.
pub(super) struct Arena<T> {
    buckets: [OnceLock<Box<[OnceLock<T>]>>; BUCKETS],
    next: AtomicUsize,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { buckets: [const { OnceLock::new() }; BUCKETS], next: AtomicUsize::new(0) }
    }
}

impl<T> Arena<T> {
    /// Keeps a value; none when there is no place left.
    pub(super) fn keep(&self, value: T) -> Option<&T> {
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        let bucket = ((place / FIRST) + 1).ilog2() as usize;
        let size = FIRST << bucket;
        let begin = FIRST * ((1 << bucket) - 1);
        let places = self.buckets.get(bucket)?.get_or_init(|| (0..size).map(|_| OnceLock::new()).collect());
        // Each place is given out once, so the value is always the one that was just kept.
        Some(places.get(place - begin)?.get_or_init(|| value))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_stays_while_more_comes() {
        let arena = Arena::default();
        let kept: Vec<&usize> = (0..1000).map(|number| arena.keep(number).unwrap()).collect();
        assert!(kept.iter().enumerate().all(|(place, number)| place == **number));
    }
}
