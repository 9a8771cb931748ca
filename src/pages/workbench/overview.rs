//! The first page of the workbench: what waits for somebody, and what can be begun.

use std::sync::Arc;

use maud::{Markup, html};
use uuid::Uuid;

use super::{
    super::{answer::Answer, content::Content, content::Section, visit::Visit},
    at::{At, author, kind_name, path_of, title_of},
    fields::KINDS,
    notices, records, value,
};
use crate::{
    access::Role,
    editorial::{Draft, DraftPage, DraftPlace, DraftState, DraftWindow},
};

/// Drafts on a page.
const ON_A_PAGE: u64 = 30;

/// `GET /workbench`.
pub(super) async fn show(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let after = visit.asked("after").and_then(|place| read(&place));
    let window = DraftWindow { most: ON_A_PAGE, after, ..DraftWindow::default() };
    let writing = at.desk.drafts(&[DraftState::Draft], window).await?;
    let waiting = DraftWindow { most: 100, ..DraftWindow::default() };
    let waiting = at.desk.drafts(&[DraftState::InReview], waiting).await?;
    let open = visit.hub.records_to_take_over().await?.len();
    let main = html! {
        div.head {
            h1 { (visit.say("workbench")) }
            p { (visit.tell("work-lead", &[("author", (&author(&visit)).into())])) }
        }
        (notices::done(&visit))
        @if at.is_editor() { (review(&visit, &waiting)) }
        (drafts(&at, &writing, &waiting))
        (begin(&visit))
        (published(&visit))
        @if open > 0 { (compiled(&visit, open)) }
        (import(&at))
    };
    Ok(Content::new(visit.say("workbench"), main).within(Section::Workbench).hidden().into())
}

fn section(id: &str, title: String, inside: &Markup) -> Markup {
    html! { section.sec aria-labelledby=(id) { h2 id=(id) { (title) } div { (inside) } } }
}

fn review(visit: &Visit, waiting: &DraftPage) -> Markup {
    section(
        "review",
        visit.say("work-in-review"),
        &html! {
            @if waiting.drafts.is_empty() { p.quiet { (visit.say("work-nothing-waits")) } } @else {
                ul.entries { @for draft in &waiting.drafts { (row(visit, draft, true)) } }
            }
        },
    )
}

fn drafts(at: &At<'_>, writing: &DraftPage, waiting: &DraftPage) -> Markup {
    let visit = at.visit;
    let title = if at.is_editor() { visit.say("work-all-drafts") } else { visit.say("work-my-drafts") };
    // An editor has those in review above.
    let waiting = waiting.drafts.iter().filter(|_| !at.is_editor());
    let mut shown = waiting.chain(&writing.drafts).peekable();
    section(
        "drafts",
        title,
        &html! {
            @if shown.peek().is_none() { p.quiet { (visit.say("work-no-drafts")) } } @else {
                ul.entries { @for draft in shown { (row(visit, draft, false)) } }
            }
            @if let Some(last) = writing.drafts.last().filter(|_| writing.has_next) {
                p { a rel="next" href={ (visit.path("/workbench")) "?after=" (write(DraftPlace::of(last))) "#drafts" } { (visit.say("work-older")) } }
            }
        },
    )
}

/// One draft: what it is, how it stands, what is missing.
fn row(visit: &Visit, draft: &Draft, is_for_review: bool) -> Markup {
    let kind = draft.record.kind();
    let checks = draft.checks();
    let needed = checks.iter().filter(|check| check.needed).count();
    let path = if is_for_review { format!("{}/review", path_of(draft)) } else { path_of(draft) };
    html! {
        li.entry {
            div.who { b { (kind_name(visit, kind)) } span.quiet { (super::editor::state_name(visit, draft.state)) } }
            div {
                h3 { a href=(visit.path(&path)) { (value::title(visit, title_of(visit, kind, &draft.body))) } }
                p.quiet {
                    (visit.tell("work-row-saved", &[
                        ("name", (&*draft.saved_by).into()),
                        ("when", visit.ago_html(draft.saved_at).into()),
                    ])) " "
                    @if needed > 0 { (visit.tell("work-needed-count", &[("count", needed.into())])) }
                    @else { (visit.say("work-needed-none")) }
                    @if draft.comment.is_some() { " " b { (visit.say("work-was-sent-back")) } }
                }
            }
        }
    }
}

fn begin(visit: &Visit) -> Markup {
    section(
        "begin",
        visit.say("work-begin"),
        &html! {
            p.text { (visit.say("work-begin-lead")) }
            div.row {
                @for kind in KINDS {
                    form method="post" action=(visit.path("/workbench/drafts")) {
                        input type="hidden" name="uuid" value=(Uuid::now_v7());
                        input type="hidden" name="kind" value=(kind.as_str());
                        button.btn.line { (kind_name(visit, kind)) }
                    }
                }
            }
        },
    )
}

fn published(visit: &Visit) -> Markup {
    section(
        "published",
        visit.say("work-records"),
        &html! {
            p.text { (visit.say("work-records-lead")) }
            ul.tags {
                @for kind in KINDS {
                    li {
                        a href={ (visit.path("/workbench/records")) "?kind=" (kind.as_str()) } {
                            (records::plural(visit, kind)) " " (visit.number(records::count(visit, kind)))
                        }
                    }
                }
            }
        },
    )
}

fn compiled(visit: &Visit, open: usize) -> Markup {
    section(
        "compiled",
        visit.say("work-take-over"),
        &html! {
            p.text { (visit.tell("work-take-over-count", &[("count", open.into())])) }
            p { a href=(visit.path("/workbench/take-over")) { (visit.say("work-take-over-see")) } }
        },
    )
}

fn import(at: &At<'_>) -> Markup {
    let visit = at.visit;
    section(
        "import",
        visit.say("work-import"),
        &html! {
            p.text { (visit.say("work-import-lead")) }
            @if at.is_editor() { p { a href=(visit.path("/workbench/import")) { (visit.say("work-import-see")) } } }
            @else { p.quiet { (visit.say("work-import-editors")) } }
        },
    )
}

fn write(place: DraftPlace) -> String {
    format!("{}.{}", place.saved_at, place.id)
}

fn read(text: &str) -> Option<DraftPlace> {
    let (saved_at, id) = text.split_once('.')?;
    Some(DraftPlace { saved_at: saved_at.parse().ok()?, id: Uuid::try_parse(id).ok()? })
}
