//! What would become of every row, and publishing it.

use std::sync::{Arc, PoisonError};

use axum::http::StatusCode;
use maud::{Markup, html};
use uuid::Uuid;

use super::{
    super::{
        super::{
            answer::{Answer, Reply},
            content::Content,
            parts::text::{LONGEST_TITLE, attribute, cut, shown},
            visit::{Refusal, Visit},
        },
        at::page,
        differences,
    },
    kept::{Kept, Looked},
};
use crate::{
    access::Role,
    import::{self, Counts, Effect, Outcome, Place, Present, RowPreview},
};

/// Rows on a page.
const ON_A_PAGE: usize = 100;

/// What a row is shown under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Faulty,
    New,
    Changed,
    Withdrawn,
    Unchanged,
}

impl Sort {
    const ALL: [Self; 5] = [Self::Faulty, Self::New, Self::Changed, Self::Withdrawn, Self::Unchanged];

    fn of(row: &RowPreview) -> Self {
        match &row.outcome {
            Outcome::Refused { .. } => Self::Faulty,
            Outcome::Taken(Effect::New) => Self::New,
            Outcome::Taken(Effect::Changed(_)) => Self::Changed,
            Outcome::Taken(Effect::Withdrawn) => Self::Withdrawn,
            Outcome::Taken(Effect::Unchanged) => Self::Unchanged,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Faulty => "faulty",
            Self::New => "new",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
            Self::Unchanged => "unchanged",
        }
    }

    fn name(self, visit: &Visit) -> String {
        match self {
            Self::Faulty => visit.say("work-row-faulty"),
            Self::New => visit.say("work-row-new"),
            Self::Changed => visit.say("work-row-changed"),
            Self::Withdrawn => visit.say("work-row-withdrawn"),
            Self::Unchanged => visit.say("work-row-unchanged"),
        }
    }
}

/// The preview that the path names.
fn find(visit: &Visit, kept: &Kept) -> Result<Arc<Looked>, Refusal> {
    let (person, _) = visit.by(Role::Editor)?;
    let id = Uuid::try_parse(visit.param("upload")).map_err(|_| Refusal::NotFound)?;
    kept.find(id, &person.name, visit.now).ok_or(Refusal::NotFound)
}

/// The page where nothing is kept any more.
fn forgotten(visit: &Visit) -> Content {
    let main = html! {
        div.head { h1 { (visit.say("work-import-forgotten")) } p { (visit.say("work-import-forgotten-why")) } }
        p { a.btn.line href=(visit.path("/workbench/import")) { (visit.say("work-import-again")) } }
    };
    page(visit, visit.say("work-import-forgotten"), main).status(StatusCode::NOT_FOUND)
}

/// `GET /workbench/import/{upload}`.
pub(in crate::pages::workbench) async fn show(visit: Arc<Visit>, kept: Arc<Kept>) -> Answer {
    match find(&visit, &kept) {
        Ok(looked) => Ok(content(&visit, &looked, None).into()),
        Err(Refusal::NotFound) => Ok(forgotten(&visit).into()),
        Err(refusal) => Err(refusal),
    }
}

fn content(visit: &Visit, looked: &Looked, told: Option<String>) -> Content {
    let outcome = *looked.outcome.lock().unwrap_or_else(PoisonError::into_inner);
    let title = if outcome.is_some() { visit.say("work-import-done") } else { visit.say("work-import-preview") };
    let main = html! {
        div.head { h1 { (title) } p { bdi { (shown(&looked.name)) } } }
        @if let Some(told) = told { div.note.bad role="alert" { p { (told) } } }
        @match outcome {
            Some(counts) => (became(visit, counts)),
            None => (confirm(visit, looked)),
        }
        (rows(visit, looked))
        p { a href=(visit.path("/workbench/import")) { (visit.say("work-import-again")) } }
    };
    page(visit, title, main).under("/workbench/import", visit.say("work-import"))
}

fn became(visit: &Visit, counts: Counts) -> Markup {
    html! {
        div.note.good role="status" {
            p {
                b { (visit.tell("work-import-published", &[("count", counts.published.into())])) } " "
                (visit.tell("work-import-withdrawn", &[("count", counts.withdrawn.into())])) " "
                (visit.tell("work-import-unchanged", &[("count", counts.unchanged.into())]))
            }
            p { (visit.say("work-publish-effect")) }
        }
    }
}

/// The button that publishes, with its effect; with faulty rows it takes a word to leave them out.
fn confirm(visit: &Visit, looked: &Looked) -> Markup {
    let changes = looked.effects.iter().filter(|effect| **effect != Effect::Unchanged).count();
    let faults = looked.preview.faults.len();
    html! {
        @if changes == 0 {
            p.note { (visit.say("work-import-nothing")) }
        } @else {
            form.card method="post" action=(visit.path(&format!("/workbench/import/{}", looked.id))) {
                p { b { (visit.tell("work-import-will", &[("count", changes.into())])) } " " (visit.say("work-publish-effect")) }
                @if faults > 0 {
                    p.note.bad { (visit.tell("work-import-faults", &[("count", faults.into())])) }
                    label.tick {
                        input type="checkbox" name="without" value="faulty";
                        span { (visit.say("work-import-without")) }
                    }
                }
                button.btn { (visit.say("work-import-publish")) }
            }
        }
    }
}

fn rows(visit: &Visit, looked: &Looked) -> Markup {
    let all = &looked.preview.rows;
    let asked = visit.asked("rows");
    let chosen = Sort::ALL.into_iter().find(|sort| Some(sort.word()) == asked.as_deref());
    let found: Vec<&RowPreview> = all.iter().filter(|row| chosen.is_none_or(|sort| Sort::of(row) == sort)).collect();
    let pages = found.len().div_ceil(ON_A_PAGE).max(1);
    let number = visit.asked("page").and_then(|page| page.parse().ok()).unwrap_or(1_usize).clamp(1, pages);
    let path = |sort: Option<Sort>, page: usize| {
        let rows = sort.map_or_else(String::new, |sort| format!("rows={}&", sort.word()));
        visit.path(&format!("/workbench/import/{}?{rows}page={page}", looked.id))
    };
    html! {
        section aria-labelledby="rows" {
            h2 #rows { (visit.say("work-import-rows")) }
            ul.tags {
                li {
                    a href=(path(None, 1)) aria-current=[chosen.is_none().then_some("true")] {
                        (visit.say("work-row-all")) " " (visit.number(all.len() as u64))
                    }
                }
                @for sort in Sort::ALL {
                    @let count = all.iter().filter(|row| Sort::of(row) == sort).count();
                    @if count > 0 {
                        li {
                            a href=(path(Some(sort), 1)) aria-current=[(chosen == Some(sort)).then_some("true")] {
                                (sort.name(visit)) " " (visit.number(count as u64))
                            }
                        }
                    }
                }
            }
            (table(visit, found.iter().skip((number - 1) * ON_A_PAGE).take(ON_A_PAGE).copied()))
            @if pages > 1 {
                nav.pages aria-label=(visit.say("work-pages")) {
                    @if number > 1 { a rel="prev" href=(path(chosen, number - 1)) { (visit.say("work-previous")) } } @else { span {} }
                    span { (visit.tell("work-page-of", &[("page", number.into()), ("pages", pages.into())])) }
                    @if number < pages { a rel="next" href=(path(chosen, number + 1)) { (visit.say("work-next")) } } @else { span {} }
                }
            }
        }
    }
}

fn table<'r>(visit: &Visit, rows: impl Iterator<Item = &'r RowPreview>) -> Markup {
    html! {
        div.scroll role="region" aria-label=(visit.say("work-row-outcome")) tabindex="0" {
            table {
                thead {
                    tr {
                        th scope="col" { (visit.say("work-row-place")) }
                        th scope="col" { (visit.say("work-row-title")) }
                        th scope="col" { (visit.say("work-row-outcome")) }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" { (place(visit, row.place)) }
                            td {
                                @match &row.title {
                                    Some(title) => bdi { (shown(&cut(title, LONGEST_TITLE))) },
                                    None => (visit.say("not-stated")),
                                }
                            }
                            td { (outcome(visit, row)) }
                        }
                    }
                }
            }
        }
    }
}

fn place(visit: &Visit, place: Place) -> Markup {
    let text = |number: usize| number.to_string();
    match place {
        Place::Line(line) => visit.tell("work-place-line", &[("line", text(line).as_str().into())]),
        Place::Row { number, line: 0 } => visit.tell("work-place-row", &[("row", text(number).as_str().into())]),
        Place::Row { number, line } => visit.tell(
            "work-place-row-line",
            &[("row", text(number).as_str().into()), ("line", text(line).as_str().into())],
        ),
        Place::Sheet { sheet: 1, row } => visit.tell("work-place-row", &[("row", text(row).as_str().into())]),
        Place::Sheet { sheet, row } => visit
            .tell("work-place-sheet", &[("sheet", text(sheet).as_str().into()), ("row", text(row).as_str().into())]),
    }
}

/// What happens to a row: what changes in it, or why it cannot be published, in the words of the rules, which are English.
fn outcome(visit: &Visit, row: &RowPreview) -> Markup {
    let name = Sort::of(row).name(visit);
    match &row.outcome {
        Outcome::Taken(Effect::Changed(paths)) => {
            let kind = row.record.as_ref().and_then(|sub| sub.kind());
            let names: Vec<String> = paths
                .iter()
                .map(|path| kind.map_or_else(|| path.clone(), |kind| differences::name(visit, kind, path)))
                .collect();
            html! { b { (name) } (visit.say("colon")) (attribute(&visit.list(&names))) }
        }
        Outcome::Taken(_) => html! { (name) },
        Outcome::Refused { column, reason } => html! {
            div.note.bad {
                p { b { (name) } @if let Some(column) = column { (visit.say("colon")) (visit.tell("work-row-column", &[("column", column.into())])) } }
                p lang="en" dir="ltr" { (shown(reason)) }
            }
        },
    }
}

/// `POST /workbench/import/{upload}`: publishes what was looked at, if it would still do what was said.
pub(in crate::pages::workbench) async fn publish(visit: Arc<Visit>, kept: Arc<Kept>) -> Answer {
    let looked = match find(&visit, &kept) {
        Ok(looked) => looked,
        Err(Refusal::NotFound) => return Ok(forgotten(&visit).into()),
        Err(refusal) => return Err(refusal),
    };
    let again = |told: String| Ok(content(&visit, &looked, Some(told)).status(StatusCode::CONFLICT).into());
    let done = Reply::Go(visit.path(&format!("/workbench/import/{}", looked.id)), Vec::new());
    if looked.outcome.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
        return Ok(done);
    }
    if !looked.preview.faults.is_empty() && visit.field("without") != "faulty" {
        return again(visit.say("work-import-say-without"));
    }
    let publications = &looked.preview.publications;
    let effects = Present::read(&visit.hub).await?.effects(&visit.hub, publications).await?;
    if effects != looked.effects {
        return again(visit.say("work-import-overtaken"));
    }
    let (_, actor) = visit.by(Role::Editor)?;
    let all = publications.iter().map(|(_, publication)| publication.clone()).collect();
    match import::publish(&visit.hub, &actor, all, &|_| {}).await {
        Ok(counts) => {
            *looked.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(counts);
            visit.after_change().await;
            Ok(done)
        }
        Err(fault) => {
            tracing::warn!("a file was not published: {fault}");
            again(visit.say("work-import-failed"))
        }
    }
}
