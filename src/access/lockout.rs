//! How guessing is made slow: under one name after five failures a minute, doubling to an hour, and so many failures
//! from one address. A name counts whether or not there is an account of it, so that nobody learns which there are.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{
    journal::encoding::{base64url, sha256},
    store::{Store, StoreError, Write, failed_sign_ins},
};

/// Failures under one name before it is locked.
const FREE: i32 = 5;
/// The first lock, and the longest, in milliseconds.
const FIRST: i64 = 60_000;
const LONGEST: i64 = 3_600_000;
/// After so long without a failure a name begins anew.
const FORGOTTEN: i64 = 24 * 3_600_000;

/// Failures from one address within [`WINDOW`], and ways to a provider.
pub(super) const FAILURES: u32 = 20;
pub(super) const DEPARTURES: u32 = 2_000;
const WINDOW: i64 = 5 * 60_000;
/// Addresses that are remembered.
const ADDRESSES: usize = 10_000;

/// How long a name is locked after so many failures, in milliseconds.
fn lock(failures: i32) -> i64 {
    match failures {
        ..FREE => 0,
        more => FIRST.checked_shl((more - FREE).min(16).unsigned_abs()).unwrap_or(LONGEST).min(LONGEST),
    }
}

/// Under what the failures of a name are kept.
pub(super) async fn key(store: &Store, name: &str) -> Result<String, StoreError> {
    Ok(base64url(&sha256(format!("{} {name}", store.id().await?).as_bytes())))
}

/// How a name stands when an attempt begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It may be tried.
    Free,
    /// It may be tried, and is locked if this fails.
    LastChance,
    /// It is locked.
    Locked,
}

/// Counts an attempt as a failure before it is made, so that many at once do not slip through. Where the name is locked
/// nothing is counted.
pub(super) async fn begin(store: &Store, key: &str, now: i64) -> Result<Standing, StoreError> {
    use failed_sign_ins::{ActiveModel, Column, Entity};
    let write = store.write().await?;
    Entity::delete_many().filter(Column::LastAt.lt(now - FORGOTTEN)).exec(write.connection()).await?;
    let before = Entity::find_by_id(key).one(write.connection()).await?;
    let free = before.as_ref().is_none_or(|row| row.locked_until <= now);
    let failures = before.map_or(0, |row| row.failures).saturating_add(i32::from(free));
    if free {
        let row = ActiveModel {
            name_hash: Set(key.to_owned()),
            failures: Set(failures),
            last_at: Set(now),
            locked_until: Set(now + lock(failures)),
        };
        let columns = [Column::Failures, Column::LastAt, Column::LockedUntil];
        let newer = OnConflict::column(Column::NameHash).update_columns(columns).to_owned();
        Entity::insert(row).on_conflict(newer).exec_without_returning(write.connection()).await?;
    }
    write.commit().await?;
    Ok(match (free, lock(failures) > 0) {
        (false, _) => Standing::Locked,
        (true, true) => Standing::LastChance,
        (true, false) => Standing::Free,
    })
}

/// It was no failure.
pub(super) async fn forget(write: &Write, key: &str) -> Result<(), StoreError> {
    failed_sign_ins::Entity::delete_by_id(key).exec(write.connection()).await?;
    Ok(())
}

/// Failures by address, in memory: an instance that starts anew begins anew.
pub(super) struct Addresses {
    all: Mutex<HashMap<IpAddr, Failures>>,
    /// So many within [`WINDOW`].
    most: u32,
}

struct Failures {
    since: i64,
    count: u32,
}

impl Addresses {
    pub(super) fn new(most: u32) -> Self {
        Self { all: Mutex::new(HashMap::new()), most }
    }

    /// Counts an attempt as a failure before it is made. False: too many from there.
    pub(super) fn begin(&self, from: Option<IpAddr>, now: i64) -> bool {
        let Some(from) = from.map(customer) else { return true };
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |failures: &Failures| (0..WINDOW).contains(&(now - failures.since));
        if all.len() >= ADDRESSES && !all.contains_key(&from) {
            all.retain(|_, failures| fresh(failures));
            if all.len() >= ADDRESSES {
                // Somebody has very many addresses: those with few failures are forgotten first.
                all.retain(|_, failures| failures.count > 2);
            }
            if all.len() >= ADDRESSES {
                all.clear();
            }
        }
        let failures = all.entry(from).or_insert(Failures { since: now, count: 0 });
        if !fresh(failures) {
            *failures = Failures { since: now, count: 0 };
        }
        failures.count = failures.count.saturating_add(1);
        failures.count <= self.most
    }

    /// It was no failure.
    pub(super) fn forget(&self, from: Option<IpAddr>) {
        let Some(from) = from.map(customer) else { return };
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(failures) = all.get_mut(&from) {
            failures.count = failures.count.saturating_sub(1);
        }
    }
}

/// Whom an address counts for: one customer has a whole /64 of IPv6.
pub fn customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_begins_at_the_fifth_failure_and_doubles_to_an_hour() {
        let minutes: Vec<i64> = [1, 4, 5, 6, 7, 10, 11, 12, i32::MAX].map(|failures| lock(failures) / 60_000).into();
        assert_eq!(minutes, [0, 0, 1, 2, 4, 32, 60, 60, 60]);
    }

    #[test]
    fn an_address_has_twenty_failures_in_five_minutes_and_neighbours_share_them() {
        let addresses = Addresses::new(FAILURES);
        let from = |text: &str| Some(text.parse().unwrap());
        for _ in 0..20 {
            assert!(addresses.begin(from("2001:db8::1"), 0));
        }
        assert!(!addresses.begin(from("2001:db8::2"), 1_000));
        assert!(addresses.begin(from("192.0.2.1"), 1_000));
        assert!(addresses.begin(from("2001:db8::2"), WINDOW));
    }

    #[test]
    fn many_addresses_do_not_fill_the_memory() {
        let addresses = Addresses::new(FAILURES);
        for number in 0..30_000_u32 {
            addresses.begin(Some(std::net::Ipv4Addr::from_bits(number).into()), 0);
        }
        assert!(addresses.all.lock().unwrap().len() <= ADDRESSES);
    }
}
