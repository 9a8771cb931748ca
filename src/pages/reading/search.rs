//! `/fr/search`: every record in which the words are, kind by kind or together; and what is suggested while one types.

use std::{cmp::Reverse, sync::Arc};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse as _,
};
use maud::{Markup, html};
use serde_json::json;

use super::super::{
    answer::{Answer, Reply},
    content::Content,
    parts::{
        entry, found, paging, terms,
        text::{attribute, cut, direction},
    },
    visit::{Refusal, Visit},
};
use crate::{
    address::{NotReady, Refused},
    catalog::{Filter, Published, Request},
    record::{CountryCode, Kind, country},
    search::{Hits, LONGEST_QUESTION, Question},
};

/// Entries of a page.
const PAGE: usize = 20;
/// Suggestions at once.
const SUGGESTED: usize = 8;
/// The kinds that are searched, in the order of their tabs; who is a member stands under Network.
const KINDS: [Kind; 4] = [Kind::Practice, Kind::Mechanism, Kind::Document, Kind::Event];

/// What was found.
struct Finding<'v> {
    hits: Arc<Hits>,
    /// How many of each kind.
    counts: Vec<(Kind, u64)>,
    /// Those of the chosen kind, or of all, best first.
    records: Vec<&'v Arc<Published>>,
}

/// What the address asks for.
struct Asked {
    words: String,
    kind: Option<Kind>,
    page: usize,
}

impl Asked {
    fn of(visit: &Visit) -> Result<Self, Refusal> {
        let words = visit.asked("q").unwrap_or_default().trim().to_owned();
        if words.chars().count() > LONGEST_QUESTION {
            return Err(Refused::new("q", format!("is longer than {LONGEST_QUESTION} characters")).into());
        }
        let kind = visit.asked("kind").filter(|kind| !kind.is_empty());
        let kind = kind.map(|word| {
            let known = KINDS.into_iter().find(|kind| kind.plural() == word);
            known.ok_or_else(|| Refused::new("kind", "is one of practices, mechanisms, documents, events"))
        });
        let page = visit.asked("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 5_000);
        Ok(Self { words, kind: kind.transpose()?, page })
    }

    fn href(&self, visit: &Visit, kind: Option<Kind>, page: u64) -> String {
        let mut path = format!("{}?q={}", visit.path("/search"), entry::encoded(&self.words));
        if let Some(kind) = kind {
            path.push_str(&format!("&kind={}", kind.plural()));
        }
        if page > 1 {
            path.push_str(&format!("&page={page}"));
        }
        path
    }
}

/// Answers.
pub(super) fn page(visit: &Visit) -> Answer {
    let asked = Asked::of(visit)?;
    let title = match asked.words.is_empty() {
        true => visit.say("search-all"),
        false => visit.label("search-title", &[("words", (&asked.words).into())]),
    };
    let finding = if asked.words.is_empty() { None } else { Some(find(visit, &asked)?) };
    let main = html! {
        div.head { h1 #top tabindex="-1" { (visit.say("search-all")) } }
        form.find role="search" action=(visit.path("/search")) {
            label.vh for="q" { (visit.say("search-all")) }
            input #q name="q" type="search" maxlength="400" value=(asked.words) data-suggest=(visit.path("/suggest"));
            @if let Some(kind) = asked.kind { input type="hidden" name="kind" value=(kind.plural()); }
            button.btn { (visit.say("search")) }
        }
        @match &finding {
            Some(finding) => (results(visit, &asked, finding)),
            None => p { (visit.say("search-how")) },
        }
    };
    let content = Content::new(cut(&title, 200), main).here(visit.say("search")).with_search();
    Ok(if asked.words.is_empty() { content } else { content.hidden() }.into())
}

fn find<'v>(visit: &'v Visit, asked: &Asked) -> Result<Finding<'v>, Refusal> {
    let reader = visit.hub.index().reader().ok_or(NotReady)?;
    let hits = reader.find(&visit.snapshot, Question { text: &asked.words, language: None, kinds: &KINDS });
    let (mut counts, mut ranked) = (Vec::new(), Vec::new());
    for kind in KINDS {
        let filter = Filter::of(kind);
        let request = Request { filter: &filter, viewer: visit.viewer(), within: Some(hits.slots()) };
        let selection = visit.snapshot.select(&request);
        counts.push((kind, selection.count()));
        if asked.kind.is_none_or(|wanted| wanted == kind) {
            // Ranks come in one walk: a word that thousands of records have would be looked up with each comparison.
            let of_kind = hits.ranks().of(selection.slots()).into_iter();
            let shown = |(slot, rank)| Some((Reverse(rank), visit.snapshot.visible(slot, visit.viewer())?));
            ranked.extend(of_kind.filter_map(shown));
        }
    }
    ranked.sort_unstable_by_key(|(rank, record)| (*rank, record.key));
    let records = ranked.into_iter().map(|(_, record)| record).collect();
    Ok(Finding { hits, counts, records })
}

fn results(visit: &Visit, asked: &Asked, finding: &Finding<'_>) -> Markup {
    let total: u64 = finding.counts.iter().map(|(_, count)| count).sum();
    let pages = finding.records.len().div_ceil(PAGE).max(1);
    let page = asked.page.min(pages);
    html! {
        (kinds(visit, asked, finding, total))
        div.tools.noborder {
            p role="status" {
                @let count = html! { b { (visit.tell("search-count", &[("count", finding.records.len().into())])) } };
                (visit.tell("list-for", &[("found", count.into()), ("words", (&asked.words).into())]))
            }
        }
        (countries(visit, &asked.words))
        @if finding.records.is_empty() { (nothing(visit, asked, total)) } @else {
            h2.vh { (visit.say("list-results")) }
            ul.entries {
                @for record in finding.records.iter().skip((page - 1) * PAGE).take(PAGE) {
                    (entry::hit(visit, record, found::found(visit, &finding.hits, record)))
                }
            }
        }
        (paging::between(visit, (page as u64, pages as u64), |page| asked.href(visit, asked.kind, page)))
    }
}

/// The kinds with their counts, each a link.
fn kinds(visit: &Visit, asked: &Asked, finding: &Finding<'_>, total: u64) -> Markup {
    let tab = |kind: Option<Kind>, words: String, count: u64| {
        html! {
            li {
                a href=(asked.href(visit, kind, 1)) aria-current=[(asked.kind == kind).then_some("true")] {
                    (words) " " span.n { (visit.number(count)) }
                }
            }
        }
    };
    html! {
        nav aria-label=(visit.say("search-kinds")) {
            ul.tags.kinds {
                (tab(None, visit.say("search-everything"), total))
                @for (kind, count) in &finding.counts { (tab(Some(*kind), plural(visit, *kind), *count)) }
            }
        }
    }
}

fn plural(visit: &Visit, kind: Kind) -> String {
    visit.say(match kind {
        Kind::Practice => "practices",
        Kind::Mechanism => "mechanisms",
        Kind::Document => "documents",
        Kind::Event => "events",
        Kind::Member => "network",
    })
}

/// Countries whose name begins with the words.
fn named_countries(visit: &Visit, words: &str) -> Vec<(CountryCode, String)> {
    let wanted = words.to_lowercase();
    if wanted.chars().count() < 2 {
        return Vec::new();
    }
    let named = country::all().iter().map(|country| (country.code, terms::in_page(visit, &country.name)));
    named.filter(|(_, name)| name.to_lowercase().starts_with(&wanted)).take(3).collect()
}

fn countries(visit: &Visit, words: &str) -> Markup {
    let found = named_countries(visit, words);
    html! {
        @if !found.is_empty() {
            p.row {
                (visit.say("search-countries"))
                @for (code, name) in found { a href=(visit.path(&format!("/countries/{code}"))) { (name) } }
            }
        }
    }
}

/// What to try instead.
fn nothing(visit: &Visit, asked: &Asked, total: u64) -> Markup {
    html! {
        section aria-labelledby="nothing" {
            h2.lead #nothing { (visit.tell("list-nothing-for", &[("words", (&asked.words).into())])) }
            ul {
                @if total > 0 {
                    li {
                        a href=(asked.href(visit, None, 1)) { (visit.say("search-everything")) }
                        " " span.quiet { (visit.tell("search-count", &[("count", total.into())])) }
                    }
                }
                li { (visit.say("search-fewer")) }
                li { a href=(visit.path("/practices")) { (visit.say("all-practices")) } }
                li { a href=(visit.path("/mechanisms")) { (visit.say("all-mechanisms")) } }
            }
        }
    }
}

/// `/fr/suggest?q=…`: titles of what fits best, as JSON for the script of the search box.
pub(super) fn suggest(visit: &Visit) -> Answer {
    let asked = Asked::of(visit)?;
    let mut suggested: Vec<serde_json::Value> = (named_countries(visit, &asked.words).into_iter())
        .map(|(code, name)| json!({"text": name, "kind": visit.say("list-name-country"), "href": visit.path(&format!("/countries/{code}"))}))
        .collect();
    if asked.words.chars().count() > 1 {
        let finding = find(visit, &Asked { kind: None, ..asked })?;
        for record in finding.records.iter().take(SUGGESTED.saturating_sub(suggested.len())) {
            let Some(title) = record.title() else { continue };
            let chosen = entry::chosen(visit, title, record);
            suggested.push(json!({
                "text": cut(&attribute(chosen.text), 120),
                "lang": chosen.language.as_str(),
                "dir": direction(chosen.language),
                "kind": one(visit, record.kind),
                "href": visit.path(&entry::path(record)),
            }));
        }
    }
    let cache = if visit.person.is_none() { "max-age=60" } else { "private, no-store" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
    ];
    Ok(Reply::Raw((StatusCode::OK, headers, json!(suggested).to_string()).into_response()))
}

/// `Practice`.
fn one(visit: &Visit, kind: Kind) -> String {
    visit.say(match kind {
        Kind::Practice => "search-practice",
        Kind::Mechanism => "search-mechanism",
        Kind::Document => "search-document",
        Kind::Event => "search-event",
        Kind::Member => "search-member",
    })
}
