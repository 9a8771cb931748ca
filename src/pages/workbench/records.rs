//! What this hub has published: found by kind and words, changed, withdrawn, and as it was before.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        answer::{Answer, Reply},
        parts::{
            entry::{self, encoded},
            terms,
            text::attribute,
        },
        visit::{Refusal, Visit},
    },
    at::{At, expected, page, path_of},
    differences::{self, Sides},
    editor::audience_name,
    fields::KINDS,
    notices,
    withdraw::shown_here,
};
use crate::{
    access::Role,
    address::{Address, Name},
    catalog::{Dimension, Filter, Published, Request, Viewer},
    editorial::{DeskError, Patch, Version},
    record::Kind,
};

/// Records on a page.
const ON_A_PAGE: usize = 20;
/// Most versions that can be compared.
const VERSIONS: u64 = 20;

/// `GET /workbench/records`.
pub(super) fn list(visit: &Visit) -> Answer {
    visit.by(Role::Contributor)?;
    let kind = visit.asked("kind").and_then(|word| Kind::parse(&word)).filter(|kind| KINDS.contains(kind));
    let kind = kind.unwrap_or(Kind::Practice);
    let words = visit.asked("q").unwrap_or_default();
    let mut address = Address::of(kind).with(Name::Origin, visit.hub.entity_id())?;
    if !words.trim().is_empty() {
        address = address.with(Name::Q, &words)?;
    }
    let reader = visit.hub.index().reader();
    let found = address.records(&visit.snapshot, reader.as_deref(), visit.looking())?;
    let pages = found.len().div_ceil(ON_A_PAGE).max(1);
    let number = visit.asked("page").and_then(|page| page.parse().ok()).unwrap_or(1_usize).clamp(1, pages);
    let shown = found.iter().skip((number - 1) * ON_A_PAGE).take(ON_A_PAGE);
    let main = html! {
        div.head { h1 { (visit.say("work-records")) } p { (visit.say("work-records-lead")) } }
        (notices::done(visit))
        (kinds(visit, kind))
        form.tools action=(visit.path("/workbench/records")) {
            input type="hidden" name="kind" value=(kind.as_str());
            div.row {
                label for="words" { (visit.say("work-records-words")) }
                input #words name="q" type="search" maxlength="400" value=(attribute(&words));
                button.btn.line { (visit.say("search")) }
            }
            p role="status" { (visit.tell("work-records-count", &[("count", found.len().into())])) }
        }
        h2.vh { (visit.say("work-records")) }
        ul.entries { @for record in shown { (row(visit, record)) } }
        (paging(visit, kind, &words, number, pages))
    };
    Ok(page(visit, visit.say("work-records"), main).into())
}

fn kinds(visit: &Visit, present: Kind) -> Markup {
    html! {
        nav aria-label=(visit.say("work-kinds")) {
            ul.tags {
                @for kind in KINDS {
                    li {
                        a href={ (visit.path("/workbench/records")) "?kind=" (kind.as_str()) }
                            aria-current=[(kind == present).then_some("true")] {
                            (plural(visit, kind)) " " (visit.number(count(visit, kind)))
                        }
                    }
                }
            }
        }
    }
}

/// How many records of a kind this hub has published.
pub(super) fn count(visit: &Visit, kind: Kind) -> u64 {
    let filter = Filter::of(kind).any(Dimension::Origin, [visit.hub.entity_id()]).include_suspended(true);
    visit.snapshot.select(&Request { filter: &filter, viewer: Viewer::NETWORK, within: None }).count()
}

/// `Practices` …
pub(super) fn plural(visit: &Visit, kind: Kind) -> String {
    match kind {
        Kind::Practice => visit.say("practices"),
        Kind::Mechanism => visit.say("mechanisms"),
        Kind::Document => visit.say("documents"),
        Kind::Event => visit.say("events"),
        Kind::Member => visit.say("network"),
    }
}

/// Who says a record, as plain text.
pub(super) fn who(visit: &Visit, record: &Published) -> String {
    match record.country() {
        Some(country) => terms::country(visit, country),
        None => {
            let instance = visit.snapshot.network().instance(&record.origin);
            attribute(instance.map_or(&*record.origin, |instance| &instance.name)).into_owned()
        }
    }
}

fn row(visit: &Visit, record: &Published) -> Markup {
    let number = record.revision.number.to_string();
    let title = record.title().map(|title| entry::chosen(visit, title, record).text);
    let title = attribute(title.unwrap_or_default());
    let path = |end: &str| visit.path(&format!("/workbench/records/{}/{end}", record.key));
    html! {
        li.entry {
            div.who {
                b { (visit.tell("work-version-short", &[("number", (&number).into())])) }
                span.quiet { (visit.day_of(record.revision.signed_at)) }
            }
            div {
                h3 { a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) } }
                p.row {
                    span { (who(visit, record)) }
                    span { (visit.say("work-audience")) (visit.say("colon")) (audience_name(visit, record.audience)) }
                }
                div.row {
                    form method="post" action=(path("change")) {
                        input type="hidden" name="revision" value=(record.revision.number);
                        button.btn.line { (visit.say("work-change")) span.vh { (visit.say("colon")) (title) } }
                    }
                    a href=(path("versions")) { (visit.say("work-versions")) span.vh { (visit.say("colon")) (title) } }
                    @if visit.may(Role::Editor) {
                        a href=(path("withdraw")) { (visit.say("work-withdraw")) span.vh { (visit.say("colon")) (title) } }
                    }
                }
            }
        }
    }
}

fn paging(visit: &Visit, kind: Kind, words: &str, number: usize, pages: usize) -> Markup {
    let path = |page: usize| {
        let words = if words.is_empty() { String::new() } else { format!("&q={}", encoded(words)) };
        visit.path(&format!("/workbench/records?kind={}{words}&page={page}", kind.as_str()))
    };
    html! {
        @if pages > 1 {
            nav.pages aria-label=(visit.say("work-pages")) {
                @if number > 1 { a rel="prev" href=(path(number - 1)) { (visit.say("work-previous")) } } @else { span {} }
                span { (visit.tell("work-page-of", &[("page", number.into()), ("pages", pages.into())])) }
                @if number < pages { a rel="next" href=(path(number + 1)) { (visit.say("work-next")) } } @else { span {} }
            }
        }
    }
}

/// `POST /workbench/records/{id}/change`: begins a draft from what is published, or goes on with the one that there is.
pub(super) async fn change(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let record = match at.own().await? {
        Ok(record) => record,
        Err(page) => return Ok(page.into()),
    };
    if let Some(draft) = at.desk.draft_of(&record).await? {
        return Ok(Reply::Go(visit.path(&path_of(&draft)), Vec::new()));
    }
    match at.desk.save(&record, &Patch::default(), expected(&visit)).await {
        Ok(draft) => Ok(Reply::Go(visit.path(&format!("{}?done=begun", path_of(&draft))), Vec::new())),
        Err(fault @ DeskError::Conflict(_)) => at.refused(fault, "/workbench/records"),
        Err(fault) => at.refused(fault, "/workbench"),
    }
}

/// `GET /workbench/records/{id}/versions`: two versions beside each other.
pub(super) async fn versions(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let record = match at.own().await? {
        Ok(record) => record,
        Err(page) => return Ok(page.into()),
    };
    let versions = at.desk.versions(&record, VERSIONS).await?;
    let newest = versions.first().ok_or(Refusal::NotFound)?;
    let asked = |name: &str| visit.asked(name).and_then(|number| number.parse::<u32>().ok());
    let find = |number: u32| versions.iter().find(|version| version.number == number);
    let to = asked("to").and_then(find).unwrap_or(newest);
    let from = asked("from").and_then(find).or_else(|| versions.iter().find(|version| version.number < to.number));
    let main = html! {
        div.head {
            h1 { (visit.say("work-versions")) }
            p { (shown_here(&visit, at.desk.key(record.sub()))) }
        }
        @if versions.len() > 1 { (choice(&visit, &versions, from, to)) }
        @match from {
            Some(from) => (compared(&visit, record.kind(), from, to)),
            None => p { (visit.say("work-one-version")) },
        }
    };
    let content = page(&visit, visit.say("work-versions"), main);
    Ok(content.under("/workbench/records", visit.say("work-records")).into())
}

fn choice(visit: &Visit, versions: &[Version], from: Option<&Version>, to: &Version) -> Markup {
    let options = |present: Option<u32>| {
        html! {
            @for version in versions {
                @let number = version.number.to_string();
                option value=(number) selected[present == Some(version.number)] {
                    (visit.label("work-version-short", &[("number", (&number).into())]))
                }
            }
        }
    };
    html! {
        form.tools {
            div.row {
                label for="from" { (visit.say("work-compare-from")) }
                select #from name="from" { (options(from.map(|from| from.number))) }
                label for="to" { (visit.say("work-compare-to")) }
                select #to name="to" { (options(Some(to.number))) }
                button.btn.line { (visit.say("work-compare")) }
            }
        }
    }
}

fn compared(visit: &Visit, kind: Kind, from: &Version, to: &Version) -> Markup {
    let none = serde_json::Map::new();
    let name = |version: &Version| {
        let number = version.number.to_string();
        visit.label("work-version-short", &[("number", (&number).into())])
    };
    let body = |version: &'_ Version| version.body.clone().unwrap_or_else(|| none.clone());
    let found = crate::editorial::differences(&body(from), &body(to));
    let sides = Sides { before: name(from), after: name(to) };
    html! {
        h2 { (sides.before) " – " (sides.after) }
        (differences::list(visit, kind, &found, &sides))
    }
}
