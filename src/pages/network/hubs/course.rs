//! The network over time: members month by month, and the meetings on the way.

use jiff::civil::Date;
use maud::{Markup, html};

use super::super::{
    super::{
        parts::{dates, entry},
        visit::Visit,
    },
    pieces,
};
use crate::{
    catalog::{Dimension, Direction, Filter, Order, TimelinePoint},
    record::{Body, Kind},
    texts::locale,
};

/// Meetings that stand on the page; the list of events has all.
const MEETINGS: usize = 8;

/// The drawing: its size, and the ground of the curve within.
const WIDTH: u64 = 700;
const HEIGHT: u64 = 190;
const START: u64 = 40;
const END: u64 = 690;
const TOP: u64 = 20;
const GROUND: u64 = 150;

pub(super) fn section(visit: &Visit) -> Markup {
    let mut points = visit.snapshot.timeline(None, visit.today(), visit.viewer());
    points.extend((!points.is_empty()).then(|| today(visit)));
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return html! { p { (visit.say("net-course-none")) } };
    };
    let told = visit.label(
        "net-course-told",
        &[
            ("first", first.active.into()),
            ("begin", (&visit.day(first.date)).into()),
            ("last", last.active.into()),
            ("end", (&visit.day(last.date)).into()),
        ],
    );
    html! {
        p { (told) }
        @let name = visit.label("charts-scrolls", &[("title", (&visit.say("net-course")).into())]);
        @if points.len() > 1 { div.scroll role="region" aria-label=(name) tabindex="0" { (chart(visit, &points, &told)) } }
        details {
            summary { (visit.say("net-course-table")) }
            div.scroll role="region" aria-label=(visit.say("net-course-table")) tabindex="0" { (table(visit, &points)) }
        }
    }
}

/// The point of now: the others are the first days of months.
fn today(visit: &Visit) -> TimelinePoint {
    let date = visit.today();
    let with =
        |status: &str| pieces::count(visit, &Filter::of(Kind::Member).any(Dimension::Status, [status]).as_of(date));
    TimelinePoint { date, active: with("active"), suspended: with("suspended") }
}

fn month(visit: &Visit, date: Date) -> String {
    locale::month(visit.language, date)
}

/// Active members as a line of steps from zero; suspended ones dashed where there are any. Time runs to the right in every
/// language.
fn chart(visit: &Visit, points: &[TimelinePoint], told: &str) -> Markup {
    let most = points.iter().map(|point| point.active.max(point.suspended)).max().unwrap_or(0).max(1);
    let has_suspended = points.iter().any(|point| point.suspended > 0);
    let (first, last) = (&points[0], &points[points.len() - 1]);
    html! {
        svg.chart.wide viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(told) direction="ltr" {
            path.axis d={ "M" (START) " " (TOP) "V" (GROUND) "H" (END) } {}
            text x=(START - 6) y=(TOP + 5) text-anchor="end" { (visit.number(most)) }
            text x=(START - 6) y=(GROUND + 5) text-anchor="end" { "0" }
            path fill="none" stroke="currentColor" stroke-width="3" d=(steps(points, most, |point| point.active)) {}
            @if has_suspended {
                path fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="4 4" d=(steps(points, most, |point| point.suspended)) {}
                text x=(END - 10) y=(height(last.suspended, most) - 6) text-anchor="end" { (visit.say("net-course-suspended")) }
            }
            text x=(END - 10) y=(height(last.active, most) + 18) text-anchor="end" { (visit.say("net-course-active")) }
            text x=(START) y=(GROUND + 22) { (month(visit, first.date)) }
            text x=(END) y=(GROUND + 22) text-anchor="end" { (month(visit, last.date)) }
        }
    }
}

fn height(count: u64, most: u64) -> u64 {
    GROUND - (GROUND - TOP) * count.min(most) / most
}

fn steps(points: &[TimelinePoint], most: u64, count: impl Fn(&TimelinePoint) -> u64) -> String {
    let between = points.len().saturating_sub(1).max(1) as u64;
    let mut path = format!("M{START} {}", height(points.first().map_or(0, &count), most));
    for (place, point) in points.iter().enumerate().skip(1) {
        let x = START + (END - START) * place as u64 / between;
        path += &format!("H{x}V{}", height(count(point), most));
    }
    path
}

/// The first month, and each in which something changed.
fn table(visit: &Visit, points: &[TimelinePoint]) -> Markup {
    let is_same =
        |one: &TimelinePoint, other: &TimelinePoint| (one.active, one.suspended) == (other.active, other.suspended);
    let changed = points.iter().enumerate().filter(|(place, point)| *place == 0 || !is_same(&points[place - 1], point));
    html! {
        table {
            caption.vh { (visit.say("net-course-changes")) }
            thead {
                tr {
                    th scope="col" { (visit.say("net-course-month")) }
                    th.num scope="col" { (visit.say("net-course-active")) }
                    th.num scope="col" { (visit.say("net-course-suspended")) }
                }
            }
            tbody {
                @for (_, point) in changed {
                    tr {
                        th scope="row" { (visit.day(point.date)) }
                        td.num { (visit.number(point.active)) }
                        td.num { (visit.number(point.suspended)) }
                    }
                }
            }
        }
    }
}

/// The last meetings on record, newest first.
pub(super) fn past(visit: &Visit) -> Markup {
    let filter = Filter::of(Kind::Event).days(None, Some(visit.today()));
    let meetings = pieces::few(visit, &filter, (Order::Date, Direction::Descending), MEETINGS);
    html! {
        @if meetings.records.is_empty() {
            p { (visit.say("net-past-none")) }
        } @else {
            ol.times {
                @for record in &meetings.records {
                    li {
                        @if let Body::Event(event) = &record.record.body { (dates::of_event(visit, event)) }
                        " " a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) }
                    }
                }
            }
            p { a href=(visit.path("/events")) { (visit.say("all-events")) } }
        }
    }
}
