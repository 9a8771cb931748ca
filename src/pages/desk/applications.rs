//! Every application that ever came, newest first.

use std::sync::Arc;

use maud::html;

use super::{
    super::{
        answer::Answer,
        content::{Content, Section},
        visit::Visit,
    },
    mistakes::refused,
    overview::case_table,
};
use crate::{
    access::Role,
    register::{cases::CasePage, membership::CaseStatus},
};

/// Applications on one page.
const PAGE: u64 = 50;

/// `GET /fr/desk/applications`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let status = visit.asked("status").and_then(|word| CaseStatus::parse(&word));
    let after = visit.asked("after").and_then(|number| number.parse().ok());
    let asked = CasePage { after, limit: PAGE, ..CasePage::default() };
    let found = desk.applications(status.as_slice(), asked).await.map_err(refused)?;
    let chosen = status.map_or("", CaseStatus::as_str);
    let oldest = found.cases.last().filter(|_| found.more).map(|case| case.number);
    let here = |after: Option<i32>| {
        let after = after.map(|number| format!("&after={number}")).unwrap_or_default();
        format!("{}?status={chosen}{after}", visit.path("/desk/applications"))
    };
    let title = visit.say("desk-applications");
    let main = html! {
        div.head {
            h1 { (title) }
            p role="status" { (visit.tell("desk-applications-count", &[("count", found.total.into())])) }
        }
        form.tools action=(visit.path("/desk/applications")) {
            div.row {
                label for="status" { (visit.say("desk-status")) }
                select #status name="status" {
                    option value="" { (visit.say("desk-case-any")) }
                    @for one in CaseStatus::ALL {
                        option value=(one.as_str()) selected[Some(one) == status] {
                            (visit.say(&format!("desk-case-{}", one.as_str())))
                        }
                    }
                }
                button.btn.line { (visit.say("desk-show")) }
            }
        }
        @if found.cases.is_empty() { p { (visit.say("desk-applications-none")) } } @else {
            (case_table(&visit, &found.cases, &title))
        }
        @if after.is_some() || oldest.is_some() {
            nav.pages aria-label=(title) {
                @if after.is_some() { a href=(here(None)) rel="prev" { (visit.say("desk-newest")) } }
                @if let Some(oldest) = oldest { a href=(here(Some(oldest))) rel="next" { (visit.say("desk-older")) } }
            }
        }
    };
    Ok(Content::new(title, main).within(Section::Desk).under("/desk", visit.say("desk")).hidden().into())
}
