//! The coordinator's desk: who waits, who is a member, which terms end.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        answer::Answer,
        content::{Content, Section},
        parts::{course, terms, text::shown},
        visit::Visit,
    },
    form,
    listed::{self, Listed},
    mistakes::refused,
    table::table,
};
use crate::{
    access::Role,
    record::{MemberRole, MemberStatus, Term},
    register::{
        cases::{Case, CasePage},
        membership::{CaseStatus, ends_soon},
    },
};

/// `GET /fr/desk`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let open = [CaseStatus::Applied, CaseStatus::UnderReview];
    let waiting = desk.applications(&open, CasePage::default()).await.map_err(refused)?;
    let members = listed::all(&visit, &desk).await?;
    let main = html! {
        div.head {
            h1 { (visit.say("desk")) }
            p { (visit.tell("desk-waiting-lead", &[("count", waiting.total.into())])) }
        }
        (form::done(&visit, done))
        (section_waiting(&visit, &waiting.cases, waiting.total))
        (section_members(&visit, &members))
        (section_terms(&visit, &members))
        (section_points(&visit))
        (section_handover(&visit))
    };
    Ok(Content::new(visit.say("desk"), main).within(Section::Desk).hidden().into())
}

fn done(visit: &Visit, done: &str) -> Option<String> {
    Some(match done {
        "admitted" => visit.say("desk-done-admitted"),
        "asked" => visit.say("desk-done-asked"),
        "rejected" => visit.say("desk-done-rejected"),
        _ => return None,
    })
}

fn section_waiting(visit: &Visit, cases: &[Case], total: u64) -> Markup {
    html! {
        section.sec aria-labelledby="waiting" {
            h2 #waiting { (visit.tell("desk-waiting", &[("count", total.into())])) }
            @if cases.is_empty() {
                p { (visit.say("desk-waiting-none")) }
            } @else {
                (case_table(visit, cases, &visit.say("desk-waiting-caption")))
            }
            p.after { a href=(visit.path("/desk/applications")) { (visit.say("desk-applications-all")) } }
        }
    }
}

/// Applications as a table.
pub(super) fn case_table(visit: &Visit, cases: &[Case], caption: &str) -> Markup {
    let heads = [
        visit.say("desk-application"),
        visit.say("desk-state"),
        visit.say("desk-status"),
        visit.say("desk-received"),
        visit.say("desk-hub-address"),
    ];
    table(caption, &heads, &html! { @for case in cases { (case_row(visit, case)) } })
}

fn case_row(visit: &Visit, case: &Case) -> Markup {
    let number = case.number.to_string();
    html! {
        tr {
            th scope="row" {
                a href=(visit.path(&format!("/desk/applications/{number}"))) {
                    (visit.tell("desk-application-number", &[("number", (&number).into())]))
                }
            }
            td { (terms::country(visit, case.country)) }
            td { (visit.say(&format!("desk-case-{}", case.status.as_str()))) }
            td { (visit.ago_html(case.received_at)) }
            td { (listed::address(&case.entity_id)) }
        }
    }
}

fn section_members(visit: &Visit, members: &[Listed]) -> Markup {
    let caption = visit.say("desk-members-caption");
    html! {
        section.sec aria-labelledby="members" {
            h2 #members { (visit.tell("desk-members", &[("count", members.len().into())])) }
            @for status in [MemberStatus::Active, MemberStatus::Suspended, MemberStatus::Withdrawn] {
                @let of_status: Vec<&Listed> = members.iter().filter(|member| member.member.status == status).collect();
                @if !of_status.is_empty() || status == MemberStatus::Active {
                    h3 { (visit.say(&format!("desk-members-{}", status.as_str()))) " " span.quiet { (visit.number(of_status.len() as u64)) } }
                    @if of_status.is_empty() { p { (visit.say("desk-members-none")) } } @else {
                        @let caption = format!("{caption} – {}", terms::status(visit, status));
                        (member_table(visit, &of_status, &caption))
                    }
                }
            }
            p.row { a.btn.line href=(visit.path("/desk/members/add")) { (visit.say("desk-add-member")) } }
        }
    }
}

fn member_table(visit: &Visit, members: &[&Listed], caption: &str) -> Markup {
    let heads = [
        visit.say("desk-state"),
        visit.say("desk-role"),
        visit.say("desk-since"),
        visit.say("desk-hub-address"),
        visit.say("desk-key-ends"),
        visit.say("desk-change"),
    ];
    table(caption, &heads, &html! { @for member in members { (member_row(visit, member)) } })
}

fn member_row(visit: &Visit, member: &Listed) -> Markup {
    let (name, path) = (member.name(visit), visit.path(&member.path()));
    let term = member.term(visit.today());
    let ways: &[(&str, &str)] = match member.member.status {
        MemberStatus::Active => &[("role", "desk-way-role"), ("suspend", "desk-way-suspend")],
        MemberStatus::Suspended => &[("reinstate", "desk-way-reinstate")],
        MemberStatus::Withdrawn => &[],
    };
    html! {
        tr {
            th scope="row" { a href=(path) { (name) } }
            td { (terms::role(visit, term.map_or(member.member.role, |term| term.role))) }
            td { @if let Some(term) = term { (visit.partial_day(term.from)) } }
            td {
                @match &member.member.entity_id {
                    Some(entity_id) => (listed::address(entity_id)),
                    None => span.quiet { (visit.say("desk-no-hub")) },
                }
            }
            td { @for ending in member.key_endings() { code { (ending) } " " } }
            td {
                @for (place, words) in ways {
                    a href={ (path) "#" (place) } { (visit.say(words)) span.vh { " (" (name) ")" } } " "
                }
            }
        }
    }
}

/// Offices with their terms, the one that ends first on top.
fn section_terms(visit: &Visit, members: &[Listed]) -> Markup {
    let today = visit.today();
    let is_office = |role| matches!(role, MemberRole::ExecutiveCommittee | MemberRole::Coordinator);
    let mut offices: Vec<_> = members
        .iter()
        .filter(|member| member.member.status != MemberStatus::Withdrawn)
        .flat_map(|member| member.member.history.iter().map(move |term| (member, term)))
        .filter(|(member, term)| {
            let lasts = term.until.is_none_or(|until| until.first_day() > today);
            lasts && (is_office(term.role) || ends_soon(&member.member, today) == Some(*term))
        })
        .collect();
    offices.sort_by_key(|(_, term)| (term.until.is_none(), term.until.map(|until| until.first_day())));
    let heads = [visit.say("desk-state"), visit.say("desk-role"), visit.say("desk-term"), visit.say("desk-change")];
    let rows = html! { @for (member, term) in &offices { (term_row(visit, member, term)) } };
    html! {
        section.sec aria-labelledby="terms" {
            h2 #terms { (visit.say("desk-terms")) }
            @if offices.is_empty() { p { (visit.say("desk-terms-none")) } } @else {
                (table(&visit.say("desk-terms-caption"), &heads, &rows))
            }
        }
    }
}

fn term_row(visit: &Visit, member: &Listed, term: &Term) -> Markup {
    html! {
        tr {
            th scope="row" { (member.name(visit)) }
            td { (terms::role(visit, term.role)) }
            td {
                (course::from_until(visit, term))
                @if ends_soon(&member.member, visit.today()) == Some(term) { " " b { (visit.say("desk-ends-soon")) } }
            }
            td {
                a href={ (visit.path(&member.path())) "#role" } {
                    (visit.say("desk-way-role")) span.vh { " (" (member.name(visit)) ")" }
                }
            }
        }
    }
}

fn section_points(visit: &Visit) -> Markup {
    html! {
        section.sec aria-labelledby="points" {
            h2 #points { (visit.say("desk-points")) }
            p.text { (visit.say("desk-points-where")) }
            form method="post" action=(visit.path("/desk/focal-points")) {
                button.btn.line aria-describedby="points-logged" { (visit.say("desk-points-list")) }
                p.quiet #points-logged { (visit.say("desk-points-logged")) }
            }
        }
    }
}

fn section_handover(visit: &Visit) -> Markup {
    html! {
        section.sec aria-labelledby="handover" {
            h2 #handover { (visit.say("desk-handover")) }
            p.text { (visit.say("desk-handover-what")) }
            ol {
                @for (said, command) in [
                    ("desk-handover-1", "nmirf-hub init --role coordinator --coordinator OLD_URL --entity-id SUCCESSOR_URL --name NAME"),
                    ("desk-handover-2", "nmirf-hub peer add SUCCESSOR_URL"),
                    ("desk-handover-3", "nmirf-hub member handover --take-over"),
                    ("desk-handover-4", "nmirf-hub member handover SUCCESSOR_URL"),
                ] {
                    li { (visit.say(said)) pre.copy tabindex="0" { (shown(command)) } }
                }
            }
            p.text { (visit.say("desk-handover-after")) }
        }
    }
}
