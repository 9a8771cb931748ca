//! `member list`: the members on a day. Every instance gives the same answer, from the course in the records.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;

use super::arguments::List;
use super::word;
use crate::catalog::{Published, Snapshot};
use crate::cli::{Failure, output};
use crate::hub::Hub;
use crate::record::{self, Body, Kind, MemberStatus, Term};
use crate::register::membership::ends_soon;

struct Row<'a> {
    shown: &'a Published,
    member: &'a record::Member,
    term: &'a Term,
}

/// Lists them.
pub(super) fn run(hub: &Arc<Hub>, snapshot: &Snapshot, asked: &List) -> Result<(), Failure> {
    let now = Timestamp::from_millisecond(hub.now()).unwrap_or_default();
    let day = asked.as_of.unwrap_or_else(|| now.to_zoned_datetime(TimeZone::UTC).date());
    let mut rows: Vec<Row<'_>> = snapshot
        .everything()
        .filter(|record| record.sub.kind() == Some(Kind::Member))
        .filter_map(|shown| row(shown, day))
        .filter(|row| asked.all || row.term.status != MemberStatus::Withdrawn)
        .filter(|row| !asked.ending || ends_soon(row.member, day).is_some())
        .collect();
    rows.sort_by_key(|row| (row.shown.country(), row.term.from.first_day()));
    match asked.show.json {
        true => {
            output::json(&json!({"asOf": day.to_string(), "members": rows.iter().map(as_json).collect::<Vec<_>>()}))
        }
        false => table(&rows, day),
    }
}

fn row(shown: &Published, day: Date) -> Option<Row<'_>> {
    let Body::Member(member) = &shown.record.body else { return None };
    Some(Row { shown, member, term: member.on(day)? })
}

fn table(rows: &[Row<'_>], day: Date) -> Result<(), Failure> {
    if rows.is_empty() {
        return output::line(&format!("no member on {day}"));
    }
    let mut table = output::Table::new(["country", "role", "status", "since", "until", "instance", "id"]);
    for row in rows {
        table.row([
            row.shown.country().map(|country| country.as_str().to_owned()).unwrap_or_default(),
            row.term.role.as_str().to_owned(),
            row.term.status.as_str().to_owned(),
            row.term.from.to_string(),
            row.term.until.map(|until| until.to_string()).unwrap_or_default(),
            row.member.entity_id.as_deref().unwrap_or_default().to_owned(),
            row.shown.key.to_string(),
        ]);
    }
    table.print()
}

fn as_json(row: &Row<'_>) -> serde_json::Value {
    let course = row.member.history.iter().map(|term| {
        json!({"from": term.from.first_day().to_string(), "until": term.until.map(|until| until.first_day().to_string()),
            "role": word(term.role.as_str()), "status": word(term.status.as_str()), "reason": term.reason})
    });
    json!({
        "id": row.shown.key.to_string(), "country": row.shown.country().map(|country| country.as_str().to_owned()),
        "entityId": row.member.entity_id, "role": word(row.term.role.as_str()), "status": word(row.term.status.as_str()),
        "since": row.term.from.first_day().to_string(),
        "until": row.term.until.map(|until| until.first_day().to_string()),
        "revision": row.shown.revision.number, "course": course.collect::<Vec<_>>(),
    })
}
