//! Atom feeds and the calendar.

use std::collections::BTreeSet;

use atom_syndication::Feed;
use nmirf_hub::record::Kind;
use serde_json::json;

use crate::{
    hub::{Served, publish},
    support::Coordinator,
};

async fn feed(served: &Served, path: &str) -> Feed {
    let answer = served.ask("GET", path, &[("accept-language", "fr")]).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/atom+xml; charset=utf-8"), "{path}");
    Feed::read_from(&answer.body[..]).unwrap()
}

fn link<'f>(feed: &'f Feed, rel: &str) -> Option<&'f str> {
    feed.links().iter().find(|link| link.rel() == rel).map(|link| link.href())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_has_what_the_standard_asks_for() {
    let served = Served::start().await;
    let base = &served.coordinator.base;
    for kind in Kind::ALL {
        let feed = feed(&served, &format!("/feeds/{}.atom", kind.plural())).await;
        // RFC 4287, 4.1.1 and 4.1.2: id, title, updated; an author for each entry; a link to itself.
        assert_eq!(feed.id(), format!("{base}/feeds/{}.atom", kind.plural()));
        assert_eq!(link(&feed, "self"), Some(feed.id()));
        assert!(!feed.title().value.is_empty() && !feed.authors().is_empty() && !feed.entries().is_empty());
        let ids: BTreeSet<&str> = feed.entries().iter().map(|entry| entry.id()).collect();
        assert_eq!(ids.len(), feed.entries().len(), "no id twice");
        assert_eq!(Some(feed.updated()), feed.entries().iter().map(|entry| entry.updated()).max());
        for entry in feed.entries() {
            let key = entry.id().strip_prefix("urn:nmirf:record:").unwrap();
            assert!(
                entry.links().iter().any(|link| link.rel() == "alternate" && link.href() == format!("{base}/id/{key}"))
            );
            assert!(!entry.title().value.is_empty() && !entry.authors()[0].name().is_empty());
            assert!(entry.title().lang.is_some() && entry.published().is_none_or(|at| at <= entry.updated()));
        }
        let times: Vec<_> = feed.entries().iter().map(|entry| entry.updated()).collect();
        assert!(times.is_sorted_by(|one, other| one >= other), "the newest first");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_feed_have_every_record_once() {
    let served = Served::start().await;
    let (mut path, mut seen, mut pages) = ("/feeds/practices.atom".to_owned(), BTreeSet::new(), Vec::new());
    loop {
        let page = feed(&served, &path).await;
        assert!(page.entries().len() <= 50);
        seen.extend(page.entries().iter().map(|entry| entry.id().to_owned()));
        pages.push(link(&page, "self").unwrap().to_owned());
        let first = pages[0].clone();
        assert_eq!(link(&page, "first"), Some(&*first));
        let before = pages.len().checked_sub(2).map(|place| &*pages[place]);
        assert_eq!(link(&page, "previous"), before);
        match link(&page, "next") {
            Some(next) => path = next.strip_prefix(&served.coordinator.base).unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages.len()), (83, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_narrowed_and_speaks_the_readers_language() {
    let served = Served::start().await;
    let own = feed(&served, "/feeds/practices.atom?country=MA&compiled=true").await;
    assert!(own.title().value.starts_with("Pratiques – "), "{:?}", own.title());
    assert_eq!(own.id(), format!("{}/feeds/practices.atom?country=MA&compiled=true", served.coordinator.base));
    for entry in own.entries() {
        assert_eq!(entry.title().lang.as_deref(), Some("fr"));
        assert!(!entry.categories().is_empty() && entry.categories().iter().all(|category| category.label().is_some()));
    }
    let arabic = feed(&served, "/feeds/practices.atom?country=MA&compiled=true&in=ar").await;
    assert!(arabic.title().value.starts_with("الممارسات"), "{:?}", arabic.title());
    let others = feed(&served, "/feeds/practices.atom?origin=https://member.example").await;
    let via = others.entries()[0].links().iter().find(|link| link.rel() == "via").unwrap();
    assert!(via.href().starts_with("https://member.example/id/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_turns_directions_does_not_leave_its_text() {
    let served = Served::of(Coordinator::start().await).await;
    let title = "a\u{2067}b\u{202b}c\u{2069}<d>&\"e\u{ffff}";
    let body =
        json!({"country": "MA", "title": {"en": title}, "summary": {"en": "s\u{200f}t"}, "sources": [{"title": "s"}]});
    publish(&served.coordinator.hub, Kind::Practice, vec![body]).await;
    let feed = feed(&served, "/feeds/practices.atom").await;
    assert_eq!(feed.entries()[0].title().value, "abc<d>&\"e");
    assert_eq!(feed.entries()[0].summary().unwrap().value, "st");
}

/// Unfolded lines of a calendar, after every line was looked at.
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "every line ends with CR LF");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).filter(|line| !line.is_empty()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_has_every_event_with_a_day_or_a_month() {
    let served = Served::start().await;
    let answer = served.get("/feeds/events.ics").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"));
    let lines = unfolded(&answer.text());
    let begin = |words: &str| lines.iter().filter(|line| line.starts_with(words)).count();
    assert_eq!((lines.first().unwrap().as_str(), lines.last().unwrap().as_str()), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
    assert_eq!((begin("VERSION:2.0"), begin("PRODID:"), begin("METHOD:PUBLISH")), (1, 1, 1));
    let events = begin("BEGIN:VEVENT");
    let rows = served.get("/export/events.csv").await.table();
    let dated = rows.iter().filter(|row| row["startsOn"].as_str().unwrap().len() >= 7).count();
    assert!(events > 15 && events == dated, "{events} of {dated}");
    for property in [
        "END:VEVENT",
        "UID:",
        "DTSTAMP:",
        "DTSTART;VALUE=DATE:",
        "DTEND;VALUE=DATE:",
        "SUMMARY;LANGUAGE=",
        "SEQUENCE:1",
        "LAST-MODIFIED:",
        "STATUS:",
        "URL;VALUE=URI:",
    ] {
        assert_eq!(begin(property), events, "{property}");
    }
    let uids: BTreeSet<&String> = lines.iter().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(uids.len(), events);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_an_event_and_its_text_in_arabic_and_chinese() {
    let served = Served::of(Coordinator::start().await).await;
    let arabic = "ندوة دولية حول الآليات الوطنية للتنفيذ، وإعداد التقارير؛ والمتابعة ".repeat(10);
    let chinese = "关于国家执行、报告和后续行动机制的国际研讨会，".repeat(30);
    let event = |title: &str, from: Option<&str>, to: Option<&str>| {
        json!({"title": {"ar": title, "zh": chinese.trim()}, "summary": {"zh": chinese.trim()}, "type": "seminar", "startsOn": from, "endsOn": to,
            "city": "Marrakech, \\Maroc;", "country": "MA", "registrationUrl": "https://a.example/register"})
    };
    publish(
        &served.coordinator.hub,
        Kind::Event,
        vec![
            event(arabic.trim(), Some("2026-11-24"), Some("2026-11-26")),
            event("ب", Some("2027-02"), None),
            event("ج", Some("2028"), None),
            event("د", None, None),
            event("ه", Some("2026-12-31"), Some("2026-12")),
        ],
    )
    .await;
    let answer = served.ask("GET", "/feeds/events.ics?in=ar", &[]).await;
    let lines = unfolded(&answer.text());
    let values = |name: &str| -> Vec<&str> { lines.iter().filter_map(|line| line.strip_prefix(name)).collect() };
    assert_eq!(values("DTSTART;VALUE=DATE:"), ["20270201", "20261231", "20261124"]);
    assert_eq!(values("DTEND;VALUE=DATE:"), ["20270301", "20270101", "20261127"], "the day after the last one");
    assert_eq!(values("STATUS:"), ["TENTATIVE", "CONFIRMED", "CONFIRMED"]);
    assert!(values("SUMMARY;LANGUAGE=ar:")[2].starts_with("ندوة دولية"));
    assert!(values("LOCATION:")[0].starts_with("Marrakech\\, \\\\Maroc\\;\\, "), "{:?}", values("LOCATION:"));
    let description = values("DESCRIPTION:")[2];
    assert!(
        description.starts_with("关于国家")
            && description.contains("\\n\\n")
            && description.contains("https://a.example/register")
    );
    assert!(!description.contains(['\u{2068}', '\u{2069}']), "{description}");
}
