//! `/feeds/events.ics` (RFC 5545): the events that an address finds, as whole days, for calendar programs that subscribe.
//! An event that states a month alone takes that month, as tentative; one that states a year alone, or nothing, has no
//! place in a calendar and is left out.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Request,
    http::{Method, header},
    response::Response,
};
use icalendar::{Calendar, Component as _, Event as Entry, Property};
use jiff::{Timestamp, ToSpan as _, civil::Date};

use super::{
    Exports,
    bodies::ExportError,
    download::{failed, found},
    moment::{self, Moment},
    plain::{cut, plain, title},
};
use crate::{
    address::Address,
    catalog::Published,
    federation::serve::problem::Problem,
    record::{
        Body as RecordBody, Event, Kind, PartialDate, country,
        vocabulary::{self, Vocabulary},
    },
    texts::{self, arguments},
};

/// Most events of a calendar: those that begin last.
const MOST: usize = 1_000;
/// Characters of a description. The library's folding takes the square of them.
const DESCRIPTION: usize = 2_000;
/// Longest address in a calendar.
const ADDRESS: usize = 2_048;

/// Answers.
pub(super) async fn answer(exports: Arc<Exports>, query: String, request: Request) -> Result<Response, Problem> {
    let (address, own) = Address::parse_with(Kind::Event, &query, &["in"])?;
    let language = moment::language(&own, "in")?;
    let moment = Moment::open(&exports.hub, request.headers(), language.clone()).await?;
    let etag = moment.etag(&format!("events.ics?{address}"), Some(&address));
    if moment.is_held(request.headers(), etag.as_deref()) {
        return Ok(moment.not_modified(etag.as_deref()));
    }
    let head = moment.answer("text/calendar; charset=utf-8", etag.as_deref());
    let head = head.header(header::CONTENT_DISPOSITION, "inline; filename=\"events.ics\"");
    if request.method() == Method::HEAD {
        return moment::without_body(head);
    }
    let _turn = exports.turns.turn(request.extensions()).await?;
    let (records, moment) = found(moment, address).await?;
    let write = move || calendar(&moment, records);
    let calendar =
        tokio::task::spawn_blocking(write).await.map_err(|fault| failed(ExportError::Failed(fault.to_string())))?;
    moment::end(head, Body::from(calendar))
}

fn calendar(moment: &Moment, records: Vec<Arc<Published>>) -> String {
    let mut events: Vec<(Days, &Published, &Event)> = records
        .iter()
        .filter_map(|record| {
            let RecordBody::Event(event) = &record.record.body else { return None };
            Some((Days::of(event)?, &**record, event))
        })
        .collect();
    events.sort_by_key(|(days, record, _)| (std::cmp::Reverse(days.first), record.key));
    events.truncate(MOST);
    let spoken = texts::spoken(&moment.languages);
    let name = title(&format!("{} – {}", texts::say(spoken, "feed-events", None), moment.hub.config().instance.name));
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", concat!("-//nmirf-hub//nmirf-hub ", env!("CARGO_PKG_VERSION"), "//EN")),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        // The library does not know these two as texts. Most programs read the second, which is of no standard.
        ("NAME", &escaped(&name)),
        ("X-WR-CALNAME", &escaped(&name)),
        ("X-PUBLISHED-TTL", "PT6H"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(typed("REFRESH-INTERVAL", "PT6H", "DURATION"));
    for (days, record, event) in events {
        calendar.push(entry(moment, spoken, &days, record, event));
    }
    folded(&calendar.to_string())
}

/// Octets of a line, its end left out (RFC 5545, 3.1).
const LINE: usize = 75;

/// Folds the lines anew: those of the library have 76 octets here and there, which some programs refuse. No character is
/// parted.
fn folded(text: &str) -> String {
    let whole = text.replace("\r\n ", "");
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in whole.split_terminator("\r\n") {
        let mut left = LINE;
        for character in line.chars() {
            if character.len_utf8() > left {
                out.push_str("\r\n ");
                left = LINE - 1;
            }
            left -= character.len_utf8();
            out.push(character);
        }
        out.push_str("\r\n");
    }
    out
}

/// The days of an event.
struct Days {
    first: Date,
    /// The day after the last one.
    end: Date,
    /// Whether both are days, and not months.
    is_fixed: bool,
}

impl Days {
    fn of(event: &Event) -> Option<Self> {
        let starts = event.starts_on.filter(|date| date.month.is_some())?;
        let ends = event.ends_on.unwrap_or(starts);
        let first = starts.first_day();
        // An end of less detail than the start says nothing of the day.
        let last = if ends.day.is_none() && starts.day.is_some() { first } else { last_day(ends) };
        let end = last.max(first).checked_add(1.day()).ok()?;
        Some(Self { first, end, is_fixed: starts.day.is_some() })
    }
}

fn last_day(date: PartialDate) -> Date {
    let first = date.first_day();
    match (date.month, date.day) {
        (None, _) => first.last_of_year(),
        (_, None) => first.last_of_month(),
        _ => first,
    }
}

fn entry(moment: &Moment, spoken: &str, days: &Days, record: &Published, event: &Event) -> Entry {
    let original = record.record.common.original_language.as_ref();
    let heading = event.title.choose(None, &moment.languages, original);
    let mut summary = Property::new("SUMMARY", title(heading.text));
    summary.add_parameter("LANGUAGE", heading.language.as_str());
    let day = |date: Date| date.strftime("%Y%m%d").to_string();
    let mut entry = Entry::new();
    entry
        .add_property("UID", format!("{}@nmirf-hub", record.key))
        .add_property("DTSTAMP", stamp(record.revision.signed_at))
        .add_property("LAST-MODIFIED", stamp(record.revision.signed_at))
        .add_property("SEQUENCE", record.revision.number.to_string())
        .append_property(typed("DTSTART", &day(days.first), "DATE"))
        .append_property(typed("DTEND", &day(days.end), "DATE"))
        .append_property(summary)
        .add_property("STATUS", if days.is_fixed { "CONFIRMED" } else { "TENTATIVE" })
        // Whole days that others are told of: they take nobody's time.
        .add_property("TRANSP", "TRANSPARENT")
        .append_property(typed("URL", &moment.url(&format!("/id/{}", record.key)), "URI"));
    if let Some(at) = record.revision.created_at {
        entry.add_property("CREATED", stamp(at));
    }
    if let Some(place) = location(moment, record, event) {
        entry.add_property("LOCATION", place);
    }
    let description = description(moment, spoken, days, record, event);
    if !description.is_empty() {
        entry.add_property("DESCRIPTION", description);
    }
    let label = vocabulary::term(Vocabulary::EventTypes, &event.event_type)
        .map_or(&*event.event_type, |term| term.label.choose(None, &moment.languages, None).text);
    entry.add_property("CATEGORIES", escaped(&title(label)));
    entry.done()
}

fn location(moment: &Moment, record: &Published, event: &Event) -> Option<String> {
    let country = record.country().and_then(country::get);
    let country = country.map(|country| country.name.choose(None, &moment.languages, None).text);
    let parts: Vec<&str> = [event.venue.as_deref(), event.city.as_deref(), country].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| title(&parts.join(", ")))
}

fn description(moment: &Moment, spoken: &str, days: &Days, record: &Published, event: &Event) -> String {
    let registration =
        |address: &str| texts::say(spoken, "calendar-registration", Some(&arguments!("address" => address)));
    let source = |address: &str| texts::say(spoken, "calendar-source", Some(&arguments!("source" => address)));
    let mut parts: Vec<String> = Vec::new();
    if !days.is_fixed {
        parts.push(texts::say(spoken, "calendar-day-open", None));
    }
    let original = record.record.common.original_language.as_ref();
    let summary = event.summary.as_ref().map(|summary| summary.choose(None, &moment.languages, original).text);
    parts.extend(summary.map(|summary| cut(summary, DESCRIPTION).into_owned()));
    let fits = |address: &&str| address.len() <= ADDRESS;
    parts.extend(event.registration_url.as_deref().filter(fits).map(registration));
    let sources = record.record.common.sources.iter().filter_map(|source| source.url.as_deref()).filter(fits);
    parts.extend(sources.take(3).map(source));
    plain(&parts.join("\n\n")).into_owned()
}

fn typed(key: &str, value: &str, kind: &str) -> Property {
    let mut property = Property::new(key, value);
    property.add_parameter("VALUE", kind);
    property.done()
}

/// RFC 5545, 3.3.11, for what the library does not take for a text.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A time in UTC.
fn stamp(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_after_75_octets_and_never_within_a_character() {
        for (length, wanted) in [(75, vec![75]), (76, vec![75, 2]), (149, vec![75, 75]), (150, vec![75, 75, 2])] {
            let folded = folded(&format!("{}\r\n", "x".repeat(length)));
            let lengths: Vec<usize> = folded.split_terminator("\r\n").map(str::len).collect();
            assert_eq!(lengths, wanted, "{length}");
        }
        let text = format!("X:{}\r\nY: {}\r\n", "民".repeat(60), "ع ".repeat(90));
        let folded = folded(&text);
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", ""), text);
    }
}
