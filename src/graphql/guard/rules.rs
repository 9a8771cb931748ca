//! How many items a list field may have: one rule for each, because a list without one counts as a single item and lets
//! a short document ask for a long answer. The figures are what such a list holds in a large network, not its bound.

use std::collections::HashMap;

/// How many items a field may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A stated number.
    Times(u32),
    /// As many as the argument `first` says (or its default in the schema, or this number).
    First(u32),
    /// The same, and each is read from the store.
    Read(u32),
    /// As many as the list in this argument has.
    Length(&'static str),
    /// A connection: its `edges` and `nodes` have as many items as `first` or `last` say, 20 by default.
    Connection,
    /// `edges` and `nodes` of a connection: the field above says how many.
    Items,
}

/// A walk over records that an argument sets off, whatever its answer is long: counted for each value of the argument
/// (one that is no list is one value) but the first few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The argument.
    pub argument: &'static str,
    /// Values that set off none.
    pub free: u32,
    /// What one counts: as many fields as are made in its time. At 20,000 records a walk over all of them takes some
    /// 10 ms, which makes 500 fields.
    pub cost: u32,
}

/// A walk over all records of a kind.
const WALK: u32 = 500;
/// Counting sets against sets: of two dimensions each value meets each.
const CROSSING: u32 = 1500;
/// A day of each month of a century for each member.
const MONTHS: u32 = 200;
/// The lists of some words, near ones among them.
const SEARCH: u32 = 100;
/// The sets of one dimension.
const FACET: u32 = 20;

/// Items of a page when neither `first` nor `last` is given.
pub const DEFAULT_PAGE: u32 = 20;

/// The rules of a schema: first for one field of one type, then for a field of any type, then for what a list holds.
#[derive(Clone, Debug, Default)]
pub struct CostRules {
    by_field: HashMap<(&'static str, &'static str), Rule>,
    by_item: HashMap<&'static str, u32>,
    scans: HashMap<(&'static str, &'static str), Scan>,
}

const ANY: &str = "*";

const fn each(argument: &'static str, cost: u32) -> Scan {
    Scan { argument, free: 0, cost }
}

const fn beyond_first(argument: &'static str, cost: u32) -> Scan {
    Scan { argument, free: 1, cost }
}

impl CostRules {
    /// No rule but that `edges` and `nodes` of connections take the connection's size.
    pub fn new() -> Self {
        Self::default()
    }

    /// A rule for one field of one type; `*` stands for any type.
    #[must_use]
    pub fn field(mut self, owner: &'static str, field: &'static str, rule: Rule) -> Self {
        self.by_field.insert((owner, field), rule);
        self
    }

    /// How many a list of this type has; for values only (terms, sources, scalars): a list of records needs its own rule.
    #[must_use]
    pub fn items(mut self, item: &'static str, times: u32) -> Self {
        self.by_item.insert(item, times);
        self
    }

    /// A field that walks over records when its argument has values; `*` stands for any type.
    #[must_use]
    pub fn scan(mut self, owner: &'static str, field: &'static str, scan: Scan) -> Self {
        self.scans.insert((owner, field), scan);
        self
    }

    /// The rules of the hub's schema.
    pub fn of_the_hub() -> Self {
        Self::new().records().statistics().network().values()
    }

    fn records(self) -> Self {
        self.field("Query", "nodes", Rule::Length("ids"))
            .field("Query", "countries", Rule::Times(250))
            .field("Query", "vocabulary", Rule::Times(60))
            .field(ANY, "history", Rule::Read(20))
            .scan("Query", "changes", each("filter", WALK))
            .scan(ANY, "practices", each("search", SEARCH))
            .scan(ANY, "mechanisms", each("search", SEARCH))
            .scan(ANY, "documents", each("search", SEARCH))
            .scan(ANY, "events", each("search", SEARCH))
            .scan("Query", "search", each("query", 5 * SEARCH))
            .field("Practice", "related", Rule::First(3))
            .field("Practice", "adoptedFrom", Rule::Times(3))
            .field("Event", "documents", Rule::Times(5))
            .field("Term", "countries", Rule::Times(60))
            .field(ANY, "highlights", Rule::Times(3))
            .field("Highlight", "ranges", Rule::Times(3))
            .field("SearchConnection", "kinds", Rule::Times(5))
            .field("RecordPayload", "differences", Rule::Times(20))
            .field("Draft", "checks", Rule::Times(20))
            .field(ANY, "userErrors", Rule::Times(5))
    }

    fn statistics(self) -> Self {
        self.field(ANY, "facets", Rule::Length("fields"))
            .scan(ANY, "facets", each("fields", FACET))
            .field("Facet", "buckets", Rule::Times(50))
            .field("Statistics", "practices", Rule::Times(200))
            .field("Statistics", "mechanisms", Rule::Times(200))
            .field("Statistics", "members", Rule::Times(200))
            .field("Statistics", "timeline", Rule::Times(MONTHS))
            .scan("Statistics", "practices", beyond_first("groupBy", CROSSING))
            .scan("Statistics", "mechanisms", beyond_first("groupBy", CROSSING))
            .scan("Statistics", "members", beyond_first("groupBy", CROSSING))
            .field("StatisticsRow", "keys", Rule::Times(3))
    }

    fn network(self) -> Self {
        self.field("Instance", "journals", Rule::Times(2))
            .field("Sync", "notShown", Rule::Times(20))
            .field("Member", "focalPoints", Rule::Times(3))
            .field("Member", "course", Rule::Times(5))
    }

    fn values(self) -> Self {
        self.items("Term", 4)
            .items("Source", 3)
            .items("Edition", 6)
            .items("MemberKey", 3)
            .items("LanguageTag", 6)
            .items("String", 4)
    }

    /// The walk that a field sets off.
    pub fn find_scan(&self, owner: &str, field: &str) -> Option<Scan> {
        self.scans.get(&(owner, field)).or_else(|| self.scans.get(&(ANY, field))).copied()
    }

    /// The rule for a list field `owner.field` that holds `item`s.
    pub fn find(&self, owner: &str, field: &str, item: &str) -> Option<Rule> {
        if owner.ends_with("Connection") && matches!(field, "edges" | "nodes") {
            return Some(Rule::Items);
        }
        let exact = self.by_field.get(&(owner, field)).or_else(|| self.by_field.get(&(ANY, field)));
        exact.copied().or_else(|| self.by_item.get(item).map(|times| Rule::Times(*times)))
    }
}
