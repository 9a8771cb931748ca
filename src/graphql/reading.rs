//! What one request reads with: one snapshot, one reader, one time.

use std::net::IpAddr;
use std::sync::{Arc, LazyLock};

use async_graphql::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use roaring::RoaringBitmap;

use crate::access::{Person, Role};
use crate::catalog::{Filter, Published, Snapshot, Viewer};
use crate::record::{Kind, LanguageTag, country};
use crate::search::{self, Hits, Question};

use super::arena::Arena;
use super::fetched::Fetched;
use super::http::Stop;
use super::source::Source;

/// Who asks, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asker {
    /// Who is signed in; nobody where none.
    pub person: Option<Person>,
    /// From which address, for the audit log.
    pub address: Option<IpAddr>,
}

impl Asker {
    /// Anybody.
    pub const ANONYMOUS: Self = Self { person: None, address: None };

    /// Whether somebody with this role, or one above it, asks.
    pub fn may(&self, role: Role) -> bool {
        self.person.as_ref().is_some_and(|person| person.role >= role)
    }

    /// What may be read: what is for the network, from `reader` up.
    pub fn viewer(&self) -> Viewer {
        if self.may(Role::Reader) { Viewer::NETWORK } else { Viewer::PUBLIC }
    }
}

/// Everything that the resolvers of one request read. It stands in the request's data.
pub struct Reading {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) asker: Asker,
    pub(super) now_ms: i64,
    pub(super) source: Arc<dyn Source>,
    pub(super) fetched: Fetched,
    stop: Stop,
    today: Date,
    languages: Vec<LanguageTag>,
    filters: Arena<Filter>,
    sets: Arena<RoaringBitmap>,
    index: Option<Arc<search::Reader>>,
    hits: Arena<Arc<Hits>>,
    texts: Arena<String>,
    later: Arena<Box<Reading>>,
}

/// A day of the members' course, as one list looks at it.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    pub(super) reading: &'a Reading,
    pub(super) day: Date,
}

/// What an answer hangs on besides the question: the database, what has changed that this reader may see, the day (in UTC),
/// and the program, whose labels and rules may be others in the next version.
pub(super) fn seed(
    snapshot: &Snapshot,
    index: Option<&search::Reader>,
    viewer: Viewer,
    now_ms: i64,
    program: &str,
) -> String {
    let (number, at, day) = (snapshot.number_for(viewer), snapshot.at_for(viewer), now_ms.div_euclid(86_400_000));
    let database = snapshot.database();
    match index.map(|index| index.snapshot().number_for(viewer)) {
        Some(words) if words == number => format!("{database} {number} {at} {day} {program}"),
        // Until the index has followed, a search finds what was there before.
        Some(words) => format!("{database} {number} {at} {day} {program} {words}"),
        None => format!("{database} {number} {at} {day} {program} -"),
    }
}

static EMPTY: LazyLock<RoaringBitmap> = LazyLock::new(RoaringBitmap::new);

impl Reading {
    /// Takes the present moment. `languages`: the reader's, most wanted first; the instance's own is added.
    pub fn new(source: Arc<dyn Source>, asker: Asker, mut languages: Vec<LanguageTag>) -> Self {
        languages.push(source.default_language());
        let now_ms = source.now_ms();
        let index = source.index();
        let now = Timestamp::from_millisecond(now_ms).unwrap_or_default();
        Self {
            snapshot: source.snapshot(),
            asker,
            now_ms,
            today: now.to_zoned_datetime(TimeZone::UTC).date(),
            source,
            fetched: Fetched::default(),
            stop: Stop::default(),
            languages,
            filters: Arena::default(),
            sets: Arena::default(),
            index,
            hits: Arena::default(),
            texts: Arena::default(),
            later: Arena::default(),
        }
    }

    /// The same for work that ends when nobody waits for it any more.
    #[must_use]
    pub fn until(mut self, stop: Stop) -> Self {
        self.stop = stop;
        self
    }

    /// Goes on only while somebody waits for the answer: what walks over records looks before it begins.
    pub(super) fn go_on(&self) {
        self.stop.look();
    }

    /// The moment after a change that this request made, for what its answer says of it; kept as long as the request.
    pub(super) fn after_change(&self) -> &Self {
        let later = Self::new(self.source.clone(), self.asker.clone(), self.wanted_languages().to_vec());
        self.later.keep(Box::new(later)).map_or(self, |later| later)
    }

    /// The languages that the answer hangs on, most wanted first.
    pub fn languages(&self) -> &[LanguageTag] {
        &self.languages
    }

    /// Those that the reader wants; the instance's own, which `new` puts last, left out.
    pub(super) fn wanted_languages(&self) -> &[LanguageTag] {
        self.languages.split_last().map_or(&[], |(_, wanted)| wanted)
    }

    pub(super) fn of<'a>(ctx: &Context<'a>) -> &'a Self {
        let reading: &Self = ctx.data_unchecked();
        reading.go_on();
        reading
    }

    pub(super) fn viewer(&self) -> Viewer {
        self.asker.viewer()
    }

    /// When the last thing changed that this reader may see, unix ms: own records are as of then, so that they change
    /// with nothing that he may not know of.
    pub(super) fn as_of(&self) -> i64 {
        self.snapshot.at_for(self.viewer())
    }

    /// What an answer of this moment hangs on besides the question (see [`seed`]).
    pub(super) fn seed(&self, program: &str) -> String {
        seed(&self.snapshot, self.index.as_deref(), self.viewer(), self.now_ms, program)
    }

    /// What words find, for the lists of this request; nothing while the index is being made, which the guard has told.
    pub(super) fn search(&self, text: &str, language: Option<&LanguageTag>, kinds: &[Kind]) -> &Hits {
        static NOTHING: LazyLock<Hits> = LazyLock::new(Hits::default);
        self.go_on();
        let found = self.index.as_ref().map(|index| index.find(&self.snapshot, Question { text, language, kinds }));
        found.and_then(|hits| self.hits.keep(hits)).map_or(&NOTHING, |hits| hits)
    }

    /// Practices with content like that of one, best first, out of `among`; none while the index is being made.
    pub(super) fn related(&self, to: &Published, among: &RoaringBitmap, most: usize) -> Vec<&Arc<Published>> {
        let slots = self.index.as_ref().map(|index| index.related(&self.snapshot, to, among, most));
        slots.into_iter().flatten().filter_map(|slot| self.snapshot.visible(slot, self.viewer())).collect()
    }

    /// Today, in UTC.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// The present day's moment.
    pub(super) fn moment(&self) -> Moment<'_> {
        Moment { reading: self, day: self.today() }
    }

    /// Language of names that lists are ordered by.
    pub(super) fn collation(&self) -> &str {
        country::collation(&self.languages)
    }

    /// Keeps a filter for the lists of this request; more of them than the guard lets pass find everything.
    pub(super) fn keep_filter(&self, filter: Filter) -> &Filter {
        let kind = filter.kind();
        self.filters.keep(filter).unwrap_or_else(|| super::lists::everything(kind))
    }

    pub(super) fn keep_set(&self, set: RoaringBitmap) -> &RoaringBitmap {
        self.sets.keep(set).unwrap_or(&EMPTY)
    }

    pub(super) fn keep_text(&self, text: String) -> &str {
        self.texts.keep(text).map_or("", String::as_str)
    }

    pub(super) fn no_set() -> &'static RoaringBitmap {
        &EMPTY
    }
}
