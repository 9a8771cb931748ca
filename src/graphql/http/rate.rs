//! How often one client may ask: GCRA, keyed by the address (of IPv6 the /64, which is one house) or, of who is signed in,
//! by the name. One operation counts as one, whatever its cost: [`crate::graphql::guard`] bounds that. Clients read how
//! they stand in `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10). Whoever asks too often hears
//! of it a moment later ([`Rates::pause`]).

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use governor::{
    NotUntil, Quota, RateLimiter,
    clock::{Clock, MonotonicClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tokio::sync::Semaphore;

use super::answer::Failure;
use crate::{config::Rate, graphql::code::Code};

/// How a client stands.
pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// How much it may ask.
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

// Who brings a token or a session is counted by name once it is known; until then so many people may share an address.
const PEOPLE_OF_ONE_ADDRESS: u32 = 10;
// Clients remembered one by one. A flood from more addresses shares buckets: memory stays bounded, some tens of bytes each.
const MANY: usize = 100_000;
const BUCKETS: u16 = 1024;
const LOOK_EVERY: u32 = 1024;
// Who waits for an answer before asking again then asks a few times a second, and no more costs a core.
const PAUSE: Duration = Duration::from_millis(200);
// So many wait at a time; it costs some KB each.
const PAUSING: usize = 1_000;

type Limiter<C> = RateLimiter<Client, DashMapStateStore<Client>, C, StateInformationMiddleware>;

/// Whom a request counts for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// An address.
    V4(Ipv4Addr),
    /// The first half of an address.
    V6([u8; 8]),
    /// Who is signed in.
    Person(Arc<str>),
    /// One of too many.
    Bucket(u16),
}

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => Self::V6(first_half(address)),
        }
    }
}

fn first_half(address: Ipv6Addr) -> [u8; 8] {
    let mut half = [0; 8];
    half.copy_from_slice(&address.octets()[..8]);
    half
}

impl Client {
    fn bucket(&self) -> Self {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        Self::Bucket((hasher.finish() % u64::from(BUCKETS)) as u16)
    }
}

/// The limits of one endpoint; the pages count by the same rule (src/pages/visit/admission.rs).
pub struct Rates<C: Clock = MonotonicClock> {
    each: Bound<C>,
    with_credentials: Bound<C>,
    pausing: Semaphore,
}

/// How a client stands after it has asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    policy: HeaderValue,
    now: HeaderValue,
}

impl Standing {
    /// Writes it into an answer that does not say it yet.
    pub fn write(&self, headers: &mut HeaderMap) {
        if !headers.contains_key(RATE_LIMIT) {
            headers.insert(RATE_LIMIT_POLICY, self.policy.clone());
            headers.insert(RATE_LIMIT, self.now.clone());
        }
    }
}

impl Rates {
    /// So many operations of each client.
    pub fn new(rate: Rate) -> Self {
        Self::with_clock(rate, &MonotonicClock)
    }
}

impl<C: Clock + Clone> Rates<C> {
    fn with_clock(rate: Rate, clock: &C) -> Self {
        let many = Rate { count: rate.count.saturating_mul(PEOPLE_OF_ONE_ADDRESS), ..rate };
        let (each, with_credentials) = (Bound::new(rate, clock), Bound::new(many, clock));
        Self { each, with_credentials, pausing: Semaphore::new(PAUSING) }
    }

    /// Counts a request of an address; `with_credentials` where it says who asks, which nobody has looked at yet.
    ///
    /// # Errors
    /// It has asked too often.
    pub fn address(&self, address: IpAddr, with_credentials: bool) -> Result<Standing, TooMany> {
        let bound = if with_credentials { &self.with_credentials } else { &self.each };
        bound.count(address.into())
    }

    /// Counts a request of somebody who is signed in.
    ///
    /// # Errors
    /// They have asked too often.
    pub fn person(&self, name: &str) -> Result<Standing, TooMany> {
        self.each.count(Client::Person(name.into()))
    }

    /// Before who asked too often is told so: a fifth of a second, but for those who come when very many wait for it.
    pub async fn pause(&self) {
        if let Ok(_place) = self.pausing.try_acquire() {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

struct Bound<C: Clock> {
    limiter: Limiter<C>,
    clock: C,
    rate: Rate,
    each: Duration,
    policy: HeaderValue,
    asked: AtomicU32,
    crowded: AtomicBool,
}

impl<C: Clock + Clone> Bound<C> {
    fn new(rate: Rate, clock: &C) -> Self {
        let burst = NonZeroU32::new(rate.count).unwrap_or(NonZeroU32::MIN);
        let each = (rate.per / burst.get()).max(Duration::from_nanos(1));
        let quota = Quota::with_period(each).unwrap_or_else(|| Quota::per_second(burst)).allow_burst(burst);
        let limiter = RateLimiter::new(quota, DashMapStateStore::default(), clock.clone());
        let policy = format!("\"default\";q={};w={}", rate.count, rate.per.as_secs());
        Self {
            limiter,
            clock: clock.clone(),
            rate,
            each,
            policy: HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("\"default\"")),
            asked: AtomicU32::new(0),
            crowded: AtomicBool::new(false),
        }
    }

    fn count(&self, client: Client) -> Result<Standing, TooMany> {
        if self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(LOOK_EVERY) {
            self.forget_who_has_all();
        }
        let client = if self.crowded.load(Ordering::Relaxed) { client.bucket() } else { client };
        match self.limiter.check_key(&client) {
            Ok(state) => Ok(self.standing(state.remaining_burst_capacity())),
            Err(until) => Err(self.refusal(&until)),
        }
    }

    // Whoever may ask for all of it again is as good as new.
    fn forget_who_has_all(&self) {
        if self.limiter.len() > MANY / 2 {
            self.limiter.retain_recent();
        }
        self.crowded.store(self.limiter.len() > MANY, Ordering::Relaxed);
    }

    fn standing(&self, left: u32) -> Standing {
        let until_all = self.each.saturating_mul(self.rate.count.saturating_sub(left));
        Standing { policy: self.policy.clone(), now: now(left, seconds(until_all)) }
    }

    fn refusal(&self, until: &NotUntil<C::Instant>) -> TooMany {
        let wait = seconds(until.wait_time_from(self.clock.now()));
        TooMany { wait, rate: self.rate, standing: Standing { policy: self.policy.clone(), now: now(0, wait) } }
    }
}

/// Who has asked too often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// Seconds until the next request is answered.
    pub wait: u64,
    /// How they stand.
    pub standing: Standing,
    rate: Rate,
}

impl From<TooMany> for Failure {
    fn from(TooMany { wait, standing, rate }: TooMany) -> Self {
        let message = format!("Too many requests: {rate} are answered. Wait {wait} s, then ask more slowly.");
        Failure::both(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, message)
            .with(header::RETRY_AFTER, HeaderValue::from(wait))
            .with(RATE_LIMIT_POLICY, standing.policy)
            .with(RATE_LIMIT, standing.now)
    }
}

fn now(left: u32, seconds: u64) -> HeaderValue {
    HeaderValue::try_from(format!("\"default\";r={left};t={seconds}"))
        .unwrap_or_else(|_| HeaderValue::from_static("\"default\""))
}

/// Whole seconds, at least one.
fn seconds(time: Duration) -> u64 {
    time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0)).max(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;
    use crate::graphql::http::media::MediaType;

    fn rates(rate: &str) -> (Rates<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Rates::with_clock(Rate::parse(rate).unwrap(), &clock), clock)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_client_reads_how_it_stands() {
        let (rates, clock) = rates("600/min");
        let said = |standing: Standing| {
            (standing.policy.to_str().unwrap().to_owned(), standing.now.to_str().unwrap().to_owned())
        };
        let policy = "\"default\";q=600;w=60".to_owned();
        let first = said(rates.address(address("192.0.2.1"), false).unwrap());
        assert_eq!(first, (policy.clone(), "\"default\";r=599;t=1".to_owned()));
        for _ in 0..299 {
            rates.address(address("192.0.2.1"), false).unwrap();
        }
        assert_eq!(said(rates.address(address("192.0.2.1"), false).unwrap()).1, "\"default\";r=299;t=31");
        clock.advance(Duration::from_secs(60));
        assert_eq!(said(rates.address(address("192.0.2.1"), false).unwrap()), (policy, "\"default\";r=599;t=1".into()));
    }

    #[test]
    fn who_asks_too_often_is_told_when_to_come_back() {
        let (rates, clock) = rates("2/min");
        let ask = || rates.address(address("192.0.2.1"), false);
        assert!(ask().is_ok() && ask().is_ok());
        let response = Failure::from(ask().unwrap_err()).write(MediaType::Json);
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()[header::RETRY_AFTER], "30");
        assert_eq!(response.headers()[RATE_LIMIT], "\"default\";r=0;t=30");
        assert_eq!(response.headers()[RATE_LIMIT_POLICY], "\"default\";q=2;w=60");
        clock.advance(Duration::from_secs(30));
        assert!(ask().is_ok());
        assert!(ask().is_err());
    }

    #[tokio::test]
    async fn who_asks_too_often_waits_for_the_refusal_unless_very_many_do() {
        use futures_util::{FutureExt as _, future::join_all};
        let (rates, _clock) = rates("1/min");
        let mut waiting = Box::pin(join_all((0..PAUSING).map(|_| rates.pause())));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert!(rates.pause().now_or_never().is_some(), "no place is left to wait at");
        waiting.await;
        assert!(rates.pause().now_or_never().is_none());
    }

    #[test]
    fn clients_are_counted_apart_and_a_house_together() {
        let (rates, _clock) = rates("1/min");
        let ask = |text| rates.address(address(text), false).is_ok();
        assert!(ask("192.0.2.1") && ask("192.0.2.2"));
        assert!(!ask("::ffff:192.0.2.1"), "the same address written otherwise");
        assert!(ask("2001:db8:0:1::1") && ask("2001:db8:0:2::1"));
        assert!(!ask("2001:db8:0:1:ffff::2"), "the same /64");
        assert!(rates.person("ana").is_ok() && rates.person("rui").is_ok());
        assert!(rates.person("ana").is_err());
    }

    #[test]
    fn who_says_who_they_are_shares_an_address_with_others() {
        let (rates, _clock) = rates("1/min");
        for _ in 0..PEOPLE_OF_ONE_ADDRESS {
            assert!(rates.address(address("192.0.2.1"), true).is_ok());
        }
        assert!(rates.address(address("192.0.2.1"), true).is_err());
    }

    #[test]
    fn a_flood_of_addresses_is_remembered_within_bounds_and_forgotten() {
        let (rates, clock) = rates("1/min");
        for number in 0..(MANY as u32 + 60_000) {
            let _ = rates.address(IpAddr::V4(Ipv4Addr::from_bits(number)), false);
        }
        assert!(rates.each.limiter.len() <= MANY + LOOK_EVERY as usize + usize::from(BUCKETS));
        clock.advance(Duration::from_secs(120));
        for _ in 0..=LOOK_EVERY {
            let _ = rates.address(address("192.0.2.1"), false);
        }
        assert!(rates.each.limiter.len() < 10);
    }
}
