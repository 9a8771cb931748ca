//! What is remembered of addresses beside their failures, in memory: from where a name signed in lately, so that
//! strangers cannot keep its owner out, and when a refusal from there was written down, so that nobody fills the audit
//! log, of which no line can be deleted.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use super::lockout::customer;

/// Entries that are remembered of each.
const MOST: usize = 10_000;
/// How long a place is a name's own after a sign-in, in milliseconds.
const LATELY: i64 = 30 * 24 * 3_600_000;
/// Between two lines about one block of addresses, in milliseconds.
const PAUSE: i64 = 60_000;

/// From where names signed in.
#[derive(Default)]
pub(super) struct Familiar(Mutex<HashMap<(String, IpAddr), i64>>);

impl Familiar {
    /// A name (as its failures are kept) has signed in from there.
    pub(super) fn remember(&self, key: &str, from: Option<IpAddr>, now: i64) {
        let Some(from) = from.map(customer) else { return };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, at| (0..LATELY).contains(&(now - *at)));
        }
        if all.len() < MOST {
            all.insert((key.to_owned(), from), now);
        }
    }

    /// Whether the name signed in from there lately: then the limit of the address is enough.
    pub(super) fn knows(&self, key: &str, from: Option<IpAddr>, now: i64) -> bool {
        let Some(from) = from.map(customer) else { return false };
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&(key.to_owned(), from)).is_some_and(|at| (0..LATELY).contains(&(now - at)))
    }
}

/// When a refusal was written down, by block of addresses.
#[derive(Default)]
pub(super) struct Refusals(Mutex<HashMap<IpAddr, i64>>);

impl Refusals {
    /// Whether a refusal is to be written down: one a minute and block, and none where too many blocks are at it.
    pub(super) fn begin(&self, from: Option<IpAddr>, now: i64) -> bool {
        let from = from.map_or(Ipv6Addr::UNSPECIFIED.into(), block);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |at: i64| (0..PAUSE).contains(&(now - at));
        if all.get(&from).is_some_and(|at| fresh(*at)) {
            return false;
        }
        if all.len() >= MOST {
            all.retain(|_, at| fresh(*at));
        }
        let room = all.len() < MOST;
        if room {
            all.insert(from, now);
        }
        room
    }
}

/// One customer may have a whole /48 of IPv6.
fn block(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 80 << 80).into(),
        v4 => v4,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_addresses_has_one_line_a_minute() {
        let refusals = Refusals::default();
        let from = |text: &str| Some(text.parse().unwrap());
        assert!(refusals.begin(from("2001:db8:1:1::1"), 0));
        assert!(!refusals.begin(from("2001:db8:1:2::1"), PAUSE - 1));
        assert!(refusals.begin(from("192.0.2.1"), 1));
        assert!(refusals.begin(from("2001:db8:1:2::1"), PAUSE));
    }

    #[test]
    fn very_many_blocks_have_no_more_lines_than_are_remembered() {
        let refusals = Refusals::default();
        let lines = (0..30_000_u32).filter(|n| refusals.begin(Some(std::net::Ipv4Addr::from_bits(*n).into()), 0));
        assert_eq!(lines.count(), MOST);
    }
}
