//! `/feeds/{kind}.atom` (RFC 4287, paged by RFC 5005): the records that an address finds, the newest first. An entry has
//! the same id at every instance, so a reader of two hubs is told once.

use std::sync::Arc;

use atom_syndication::{Category, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::{
    body::Body,
    extract::{Path, RawQuery, Request, State},
    http::Method,
    response::Response,
};

use super::{
    Exports,
    bodies::ExportError,
    calendar,
    download::{failed, found},
    moment::{self, Moment},
    name,
    pieces::time,
    plain::{cut, plain, title},
};
use crate::{
    address::Address,
    catalog::Published,
    federation::serve::problem::Problem,
    record::{
        Body as RecordBody, Kind, LanguageTag, RecordKey,
        vocabulary::{self, Vocabulary},
    },
    table, texts,
};

/// Entries of a page.
const PAGE: usize = 50;
/// Characters of a summary.
const SUMMARY: usize = 2_000;

/// Answers for every file under `/feeds`.
pub(super) async fn answer(
    State(exports): State<Arc<Exports>>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    if file == "events.ics" {
        return calendar::answer(exports, query, request).await;
    }
    let (kind, _) = name::read(&file, &["atom"])?;
    let (address, own) = Address::parse_with(kind, &query, &["in", "after"])?;
    let language = moment::language(&own, "in")?;
    let after = own.iter().rev().find(|(name, value)| *name == "after" && !value.is_empty());
    let after = after.map(|(_, value)| Place::read(value)).transpose()?;
    let moment = Moment::open(&exports.hub, request.headers(), language.clone()).await?;
    let asked = Asked { kind, address, language, after };
    let etag = moment.etag(&asked.address_of(&moment, after), Some(&asked.address));
    if moment.is_held(request.headers(), etag.as_deref()) {
        return Ok(moment.not_modified(etag.as_deref()));
    }
    let head = moment.answer("application/atom+xml; charset=utf-8", etag.as_deref());
    if request.method() == Method::HEAD {
        return moment::without_body(head);
    }
    let _turn = exports.turns.turn(request.extensions()).await?;
    let (records, moment) = found(moment, asked.address.clone()).await?;
    let write = move || asked.feed(&moment, records).write_to(Vec::new());
    let feed =
        tokio::task::spawn_blocking(write).await.map_err(|fault| failed(ExportError::Failed(fault.to_string())))?;
    moment::end(head, Body::from(feed.map_err(|fault| failed(ExportError::Failed(fault.to_string())))?))
}

/// Where an entry stands: when it was signed, and its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(i64, RecordKey);

impl Place {
    fn of(record: &Published) -> Self {
        Self(updated(record), record.key)
    }

    fn read(text: &str) -> Result<Self, Problem> {
        let parts = text.split_once('.').and_then(|(time, key)| Some(Self(time.parse().ok()?, RecordKey::parse(key)?)));
        parts.ok_or_else(|| Problem::bad_request("after: is no place in a feed; take the address of its link `next`"))
    }

    fn text(self) -> String {
        format!("{}.{}", self.0, self.1)
    }
}

/// When a revision was signed; whoever signs ahead of the clock would stand first for as long as he likes.
fn updated(record: &Published) -> i64 {
    record.revision.signed_at.min(record.revision.received_at.div_euclid(1000))
}

struct Asked {
    kind: Kind,
    address: Address,
    language: Option<LanguageTag>,
    after: Option<Place>,
}

impl Asked {
    /// The address of a page of this feed.
    fn address_of(&self, moment: &Moment, after: Option<Place>) -> String {
        let mut query = self.address.clone().on_page(1).to_string();
        let own = [("in", self.language.as_ref().map(ToString::to_string)), ("after", after.map(Place::text))];
        for (name, value) in own {
            if let Some(value) = value {
                query += if query.is_empty() { "" } else { "&" };
                query += &format!("{name}={value}");
            }
        }
        let mark = if query.is_empty() { "" } else { "?" };
        moment.url(&format!("/feeds/{}.atom{mark}{query}", self.kind.plural()))
    }

    fn feed(&self, moment: &Moment, mut records: Vec<Arc<Published>>) -> Feed {
        records.sort_by_cached_key(|record| std::cmp::Reverse(Place::of(record)));
        let start = self.after.map_or(0, |after| records.partition_point(|record| Place::of(record) >= after));
        let end = records.len().min(start + PAGE);
        let place = |at: usize| records.get(at).map(|record| Place::of(record));
        let mut links =
            vec![link("self", self.address_of(moment, self.after)), link("first", self.address_of(moment, None))];
        if end < records.len() {
            links.push(link("next", self.address_of(moment, place(end - 1))));
        }
        if start > 0 {
            let before = start.saturating_sub(PAGE).checked_sub(1).and_then(place);
            links.push(link("previous", self.address_of(moment, before)));
        }
        let spoken = texts::spoken(&moment.languages);
        let name = &moment.hub.config().instance.name;
        let page = &records[start..end];
        let newest = page.first().map_or_else(|| moment.changed_at().div_euclid(1000), |first| updated(first));
        Feed {
            id: self.address_of(moment, None),
            title: text(
                title(&format!("{} – {name}", texts::say(spoken, &format!("feed-{}", self.kind.plural()), None))),
                spoken,
            ),
            updated: date(newest),
            authors: vec![Person {
                name: title(name),
                uri: Some(moment.hub.entity_id().to_owned()),
                ..Person::default()
            }],
            generator: Some(Generator {
                value: "nmirf-hub".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
                uri: None,
            }),
            links,
            entries: page.iter().map(|record| entry(moment, record)).collect(),
            ..Feed::default()
        }
    }
}

fn entry(moment: &Moment, record: &Published) -> Entry {
    let original = record.record.common.original_language.as_ref();
    let choose =
        |name: &str| table::texts(&record.record, name).map(|text| text.choose(None, &moment.languages, original));
    let heading = choose("title").or_else(|| choose("name"));
    let summary = choose("summary").or_else(|| choose("mandate"));
    let here = moment.url(&format!("/id/{}", record.key));
    let mut links = vec![Link { mime_type: Some("text/html".to_owned()), ..link("alternate", here) }];
    if *record.origin != *moment.hub.entity_id() {
        links.push(link("via", format!("{}/id/{}", record.origin, record.key)));
    }
    Entry {
        id: format!("urn:nmirf:record:{}", record.key),
        title: match heading {
            Some(chosen) => text(title(chosen.text), chosen.language.as_str()),
            // Only a member may have no name: its country has one.
            None => {
                text(record.country().map(|code| code.to_string()).unwrap_or_else(|| record.sub.to_string()), "und")
            }
        },
        updated: date(updated(record)),
        published: record.revision.created_at.map(|at| date(at.min(updated(record)))),
        authors: vec![author(moment, record)],
        categories: categories(moment, record),
        summary: summary.map(|chosen| text(plain(&cut(chosen.text, SUMMARY)).into_owned(), chosen.language.as_str())),
        links,
        ..Entry::default()
    }
}

/// Who says it: the origin, by its name.
fn author(moment: &Moment, record: &Published) -> Person {
    let instance = moment.snapshot.network().instance(&record.origin);
    let name = instance.map(|instance| title(&instance.name)).filter(|name| !name.is_empty());
    Person {
        name: name.unwrap_or_else(|| record.origin.to_string()),
        uri: Some(record.origin.to_string()),
        ..Person::default()
    }
}

fn categories(moment: &Moment, record: &Published) -> Vec<Category> {
    let themes = match &record.record.body {
        RecordBody::Practice(practice) => &practice.themes,
        RecordBody::Document(document) => &document.themes,
        _ => return Vec::new(),
    };
    let label = |code: &str| {
        let term = vocabulary::term(Vocabulary::Themes, code)?;
        Some(term.label.choose(None, &moment.languages, None).text.to_owned())
    };
    let category = |code: &str| Category {
        term: code.to_owned(),
        scheme: Some("urn:nmirf:vocabulary:themes".to_owned()),
        label: label(code),
    };
    themes.iter().map(|code| category(code)).collect()
}

fn link(rel: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), href, ..Link::default() }
}

fn text(value: String, language: &str) -> Text {
    Text { lang: Some(language.to_owned()), ..Text::plain(value) }
}

/// Seconds since 1970 as the library wants them, which writes them as RFC 3339.
fn date(seconds: i64) -> FixedDateTime {
    time(seconds).parse().unwrap_or_default()
}
