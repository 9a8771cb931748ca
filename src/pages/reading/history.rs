//! `/fr/records/{id}/history`: the versions of a record that this hub has seen, and what each changed.

use std::sync::Arc;

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::super::{
    answer::Answer,
    content::Content,
    parts::{asked, changes, entry, text::attribute},
    visit::{Refusal, Visit},
};
use crate::{
    catalog::Published,
    editorial,
    journal::{
        read,
        revision::{Act, Place, Revision},
    },
    record,
};

/// Versions that are shown.
const MOST: u64 = 20;

/// A version that was seen.
struct Version {
    number: u32,
    /// Unix seconds.
    signed_at: i64,
    /// Unix ms.
    received_at: i64,
    /// None of one that keeps not to the rules: nothing of it is shown.
    body: Option<Map<String, Value>>,
}

/// Answers.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    let record = asked::record(&visit, None)?.clone();
    let (journal, name) = (record.revision.journal.cast_signed(), record.sub.name());
    let rows = read::seen(visit.hub.store(), journal, &name, MOST, true).await?;
    let made = tokio::task::spawn_blocking(move || {
        let versions: Vec<Version> = rows.into_iter().filter_map(|row| version(&record, row)).collect();
        content(&visit, &record, &versions)
    });
    made.await.map(Into::into).map_err(|fault| {
        tracing::error!("a history could not be shown: {fault}");
        Refusal::Fault
    })
}

fn version(record: &Published, row: read::Seen) -> Option<Version> {
    let name = record.sub.name();
    let place = Place { origin: &record.origin, audience: record.audience, name: &name };
    let revision = Revision::unverified(&row.jws?, place).ok()?;
    let body = match revision.act {
        Act::Put { body } if record::decode(record.kind, &body).is_ok() => match body {
            Value::Object(members) => Some(members),
            _ => None,
        },
        _ => None,
    };
    Some(Version { number: revision.number, signed_at: revision.signed_at, received_at: row.received_at, body })
}

fn content(visit: &Visit, record: &Published, versions: &[Version]) -> Content {
    let title = visit.say("history-title");
    let is_own = *record.origin == *visit.hub.entity_id();
    let main = html! {
        div.head {
            h1 #top tabindex="-1" { (title) }
            p { a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) } }
        }
        p { (visit.say(if is_own { "history-own" } else { "history-seen" })) }
        ol.times {
            @for (place, version) in versions.iter().enumerate() {
                li.now[place == 0] { (one(visit, version, versions.get(place + 1))) }
            }
        }
    };
    let words = record.title().map(|text| attribute(entry::chosen(visit, text, record).text).into_owned());
    let title = words.map_or(title.clone(), |words| format!("{title}: {words}"));
    Content::new(title, main)
        .under(entry::path(record), visit.say("history-record"))
        .here(visit.say("history-title"))
        .hidden()
}

fn one(visit: &Visit, version: &Version, before: Option<&Version>) -> Markup {
    let number = version.number.to_string();
    html! {
        h2 { (visit.tell("history-version", &[("version", number.as_str().into())])) }
        p.quiet {
            (visit.tell("history-when", &[
                ("signed", visit.day_of(version.signed_at).into()),
                ("received", html! { (visit.moment(version.received_at)) }.into()),
            ]))
        }
        @match (&version.body, before) {
            (None, _) => p { (visit.say("history-not-shown")) },
            (Some(_), None) if version.number == 1 => p { (visit.say("history-first")) },
            (Some(_), None) => p { (visit.say("history-before-unknown")) },
            (Some(body), Some(before)) => (changed(visit, before.body.as_ref(), body)),
        }
    }
}

fn changed(visit: &Visit, before: Option<&Map<String, Value>>, now: &Map<String, Value>) -> Markup {
    let Some(before) = before else { return html! { p { (visit.say("history-before-unknown")) } } };
    let differences = editorial::differences(before, now);
    html! {
        @if differences.is_empty() { p { (visit.say("history-same")) } } @else {
            details open[differences.len() <= 6] {
                summary { (visit.tell("history-changed", &[("count", differences.len().into())])) }
                dl {
                    @for difference in &differences {
                        dt { (changes::field(visit, &difference.field)) }
                        dd { (changes::html(visit, difference)) }
                    }
                }
            }
        }
    }
}
