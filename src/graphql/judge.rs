//! Judges cursors, orders and groupings before anything runs (see [`super::guard`]).

use std::sync::Arc;

use async_graphql::{InputType, Value};

use crate::catalog::{
    Catalog, ChangeFilter, CursorError, Direction, Filter, Order, PageRequest, Request, Snapshot, Viewer, Window,
};
use crate::record::Kind;

use super::code::Code;
use super::guard::{ArgumentJudge, Arguments, GuardError};
use super::lists::{DocumentOrder, EventOrder, MechanismOrder, MemberOrder, PracticeOrder, Sort};
use super::network::InstanceCursor;
use super::operation::{List, read_cursor};
use super::scalars::Duration;
use super::source::Source;
use super::{editing, entities, search};

/// The shortest `maxAge` (docs/GRAPHQL.md, Freshness).
const SHORTEST_AGE: std::time::Duration = std::time::Duration::from_secs(60);

/// The judge of the hub's schema.
pub struct Judge {
    source: Arc<dyn Source>,
    /// A moment without records: a cursor is judged by its form alone.
    empty: Arc<Snapshot>,
}

impl Judge {
    /// `source` says which changes there have been.
    pub fn new(source: Arc<dyn Source>) -> Self {
        Self { source, empty: Catalog::empty("").snapshot() }
    }

    fn list(&self, kind: Kind, arguments: &Arguments<'_>) -> Result<(), String> {
        let best_first = (Order::Relevance, Direction::Descending);
        let search = words(arguments, "search");
        let by_default = || if search == Some(true) { best_first } else { Order::default_of(kind) };
        let (order, direction) = match arguments.get("orderBy") {
            Some(given) => match sort(kind, given.into_owned()) {
                Given::Sort(sort) => sort,
                // A search box that is empty just now asks for the whole list.
                Given::Relevance if search.is_some() => by_default(),
                Given::Relevance => {
                    return Err("a list without a search has no RELEVANCE; order it by something else".to_owned());
                }
                // The validation says what is wrong with it.
                Given::Invalid => return Ok(()),
            },
            None => by_default(),
        };
        if let Some(Value::Object(filter)) = arguments.get("filter").as_deref()
            && let Some(Value::Object(not)) = filter.get("not")
            && not.get("not").is_some_and(|nested| *nested != Value::Null)
        {
            return Err("filter.not.not is one not too many; say it without the inner one".to_owned());
        }
        let filter = Filter::of(kind);
        let selection = self.empty.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
        each_cursor(arguments, |window| {
            let request = PageRequest { order, direction, language: "en", ranks: None, window };
            selection.page(&request).map(drop)
        })
    }

    fn changes(&self, arguments: &Arguments<'_>) -> Result<(), String> {
        let snapshot = self.source.snapshot();
        each_cursor(arguments, |given| {
            let cursor = given.after.or(given.before);
            // Between a cursor and itself there is nothing to walk over.
            let window = Window { first: Some(1), last: None, after: cursor, before: cursor };
            snapshot.changes(&ChangeFilter::default(), window, Viewer::PUBLIC).map(drop)
        })
    }

    fn since(&self, arguments: &Arguments<'_>) -> Result<(), String> {
        let Some(given) = arguments.get("since") else { return Ok(()) };
        let Value::String(cursor) = &*given else { return Ok(()) };
        let next = self.source.snapshot().next_change(&ChangeFilter::default(), cursor, Viewer::PUBLIC).map(drop);
        next.map_err(|fault| format!("since: {}", lower(&fault.to_string())))
    }
}

/// Whether there are words in an argument; none where it is not given.
fn words(arguments: &Arguments<'_>, name: &str) -> Option<bool> {
    match arguments.get(name).as_deref() {
        Some(Value::String(text)) => Some(!text.trim().is_empty()),
        _ => None,
    }
}

/// How old a copy may be that is read from: a round a minute is the most that others are asked for.
fn max_age(arguments: &Arguments<'_>) -> Result<(), String> {
    let given = arguments.get("maxAge");
    let Some(Value::String(text)) = given.as_deref() else { return Ok(()) };
    match Duration::read(text) {
        Some(Duration(age)) if age < SHORTEST_AGE => Err(format!("maxAge is {text}; give PT1M or more")),
        // Of what is no length of time the validation says so.
        _ => Ok(()),
    }
}

enum Given {
    Sort(Sort),
    Relevance,
    Invalid,
}

fn sort(kind: Kind, value: Value) -> Given {
    fn read<T: InputType>(value: Value, sort: impl Fn(T) -> Option<Sort>) -> Given {
        match T::parse(Some(value)) {
            Ok(order) => sort(order).map_or(Given::Relevance, Given::Sort),
            Err(_) => Given::Invalid,
        }
    }
    match kind {
        Kind::Practice => read(value, PracticeOrder::sort),
        Kind::Mechanism => read(value, MechanismOrder::sort),
        Kind::Document => read(value, DocumentOrder::sort),
        Kind::Event => read(value, EventOrder::sort),
        Kind::Member => read(value, MemberOrder::sort),
    }
}

/// Judges `after` and `before`, each by itself.
fn each_cursor(arguments: &Arguments<'_>, judge: impl Fn(Window<'_>) -> Result<(), CursorError>) -> Result<(), String> {
    for name in ["after", "before"] {
        let Some(given) = arguments.get(name) else { continue };
        let Value::String(cursor) = &*given else { continue };
        let (after, before) = if name == "after" { (Some(&**cursor), None) } else { (None, Some(&**cursor)) };
        let window = Window { first: Some(1), last: None, after, before };
        judge(window).map_err(|fault| format!("{name}: {}", lower(&fault.to_string())))?;
    }
    Ok(())
}

/// A sentence as a part of one.
fn lower(sentence: &str) -> String {
    let mut sentence = sentence.trim_end_matches('.').to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    sentence
}

fn group_by(arguments: &Arguments<'_>) -> Result<(), String> {
    match arguments.get("groupBy").as_deref() {
        Some(Value::List(dimensions)) if !(1..=2).contains(&dimensions.len()) => {
            Err(format!("groupBy has {} dimensions; give one or two", dimensions.len()))
        }
        _ => Ok(()),
    }
}

fn instances(arguments: &Arguments<'_>) -> Result<(), String> {
    each_cursor(arguments, |window| {
        let cursor = window.after.or(window.before).unwrap_or_default();
        InstanceCursor::decode(cursor).map(drop).ok_or(CursorError::Malformed)
    })
}

/// Cursors of a list that has but one order.
fn cursors(arguments: &Arguments<'_>, is_one: fn(&str) -> bool) -> Result<(), String> {
    each_cursor(arguments, |window| {
        let cursor = window.after.or(window.before).unwrap_or_default();
        if is_one(cursor) { Ok(()) } else { Err(CursorError::Malformed) }
    })
}

/// The list of a kind that a field is.
fn kind(type_name: &str, field: &str) -> Option<Kind> {
    match (type_name, field) {
        ("Query" | "Mechanism" | "Country", "practices") | ("Practice", "adoptions") => Some(Kind::Practice),
        ("Query", "mechanisms") => Some(Kind::Mechanism),
        ("Query", "documents") => Some(Kind::Document),
        ("Query", "events") => Some(Kind::Event),
        ("Query", "members") => Some(Kind::Member),
        _ => None,
    }
}

impl ArgumentJudge for Judge {
    fn judges(&self, type_name: &str, field: &str) -> bool {
        kind(type_name, field).is_some()
            || matches!(
                (type_name, field),
                ("Query", "instances" | "changes" | "applications" | "auditLog" | "search" | "_entities")
                    | ("Subscription", "recordChanged")
                    | ("Statistics", _)
                    | ("Viewer", _)
            )
    }

    fn judge(&self, type_name: &str, field: &str, arguments: &Arguments<'_>) -> Result<(), GuardError> {
        let searched = ["search", "query"].iter().any(|name| words(arguments, name) == Some(true));
        if searched && self.source.index().is_none() {
            let message = format!("{type_name}.{field}: the index of words is being made; search again in a moment.");
            return Err(GuardError::new(Code::Timeout, message));
        }
        let judged = match (type_name, field) {
            ("Query", "search") => cursors(arguments, search::judge_found),
            ("Query", "instances") => instances(arguments),
            ("Query", "changes") => self.changes(arguments),
            ("Subscription", "recordChanged") => self.since(arguments),
            ("Query", "applications") => cursors(arguments, |cursor| read_cursor(List::Applications, cursor).is_some()),
            ("Query", "auditLog") => cursors(arguments, |cursor| read_cursor(List::Audit, cursor).is_some()),
            ("Query", "_entities") => entities::judge(arguments),
            ("Statistics", _) => group_by(arguments),
            ("Viewer", "drafts") => cursors(arguments, editing::judge_cursor),
            ("Viewer", _) => cursors(arguments, search::judge_cursor),
            _ => kind(type_name, field).map_or(Ok(()), |kind| {
                max_age(arguments)?;
                self.list(kind, arguments)
            }),
        };
        judged.map_err(|what| GuardError::bad_input(format!("{type_name}.{field}: {what}.")))
    }
}
