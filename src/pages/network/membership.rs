//! A State in the network: its role now, the course of its membership, its hub.

use maud::{Markup, html};

use super::{
    super::{
        parts::{dates, text::shown},
        visit::Visit,
    },
    hubs, pieces,
};
use crate::{
    catalog::Published,
    record::{
        Body, CountryCode, Member, MemberRole, MemberStatus, Term,
        country::{self, Country},
    },
};

/// The words for a role.
pub(super) fn role(visit: &Visit, role: MemberRole) -> String {
    visit.say(&format!("member-role-{}", role.as_str()))
}

/// The words for a status.
pub(super) fn status(visit: &Visit, status: MemberStatus) -> String {
    visit.say(&format!("member-status-{}", status.as_str()))
}

/// What is known of a State in the network.
pub(super) fn of_country(visit: &Visit, code: CountryCode) -> Markup {
    let member = visit.snapshot.member_of_country(code, visit.viewer());
    html! {
        div.cols {
            div {
                @match member.map(|member| (member, &member.record.body)) {
                    Some((record, Body::Member(member))) => {
                        (now(visit, member))
                        (course(visit, member))
                        (sources(visit, record))
                    }
                    _ => p { (visit.say("member-none")) },
                }
                @if let Some(known) = country::get(code) { (friends(visit, known)) }
            }
            (hub(visit, code))
        }
    }
}

/// Role and status today, and since when.
fn now(visit: &Visit, member: &Member) -> Markup {
    let term = member.on(visit.today());
    let (of_today, standing) = term.map_or((member.role, member.status), |term| (term.role, term.status));
    html! {
        p.lead {
            b { (role(visit, of_today)) }
            @if standing != MemberStatus::Active { " (" (status(visit, standing)) ")" }
            @if let Some(term) = term { " " (visit.tell("member-since", &[("day", dates::day(visit, term.from).into())])) }
        }
    }
}

/// The whole course, newest first.
fn course(visit: &Visit, member: &Member) -> Markup {
    let mut terms: Vec<&Term> = member.history.iter().collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.from.first_day()));
    html! {
        @if !terms.is_empty() {
            ol.times {
                @for term in terms {
                    li.now[term.until.is_none()] {
                        (dates::between(visit, Some(term.from), term.until))
                        div { (role(visit, term.role)) ", " (status(visit, term.status)) }
                        @if let Some(reason) = &term.reason { div { bdi { (shown(reason)) } } }
                    }
                }
            }
        }
    }
}

fn sources(visit: &Visit, record: &Published) -> Markup {
    let sources = &record.record.common.sources;
    html! {
        @if !sources.is_empty() {
            details { summary { (visit.say("member-sources")) } (pieces::sources(visit, sources)) }
        }
    }
}

/// The Group of Friends, with what its list rests on.
fn friends(visit: &Visit, known: &Country) -> Markup {
    let group = country::group_of_friends();
    html! {
        @if known.in_group_of_friends {
            p { (visit.say("member-friends")) }
            details {
                summary { (visit.say("member-friends-note")) }
                p lang="en" dir="ltr" { (group.note) }
                (pieces::sources(visit, &group.sources))
            }
        }
    }
}

/// How fresh what its own hub says is here; or that it has none.
fn hub(visit: &Visit, code: CountryCode) -> Markup {
    let standing = hubs::of_country(visit, code);
    html! {
        div.seal {
            @match &standing {
                Some(hub) => {
                    (hub.level().bar())
                    div {
                        p { b { (visit.say("member-hub")) } }
                        p { (hub.meaning(visit)) }
                        @if let Some(at) = hub.confirmed().filter(|_| !hub.instance.is_self) {
                            p { (visit.tell("member-hub-confirmed", &[("when", visit.ago_html(at).into())])) }
                        }
                        p { a href=(visit.path("/network")) { (visit.say("member-hub-all")) } }
                    }
                }
                None => div {
                    p { b { (visit.say("member-no-hub")) } }
                    p { (visit.say("member-no-hub-why")) }
                    p { a href=(visit.path("/network")) { (visit.say("member-hub-all")) } }
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{self, LANGUAGES};

    #[test]
    fn roles_and_statuses_are_said_in_every_language() {
        let roles = MemberRole::ALL.map(|role| format!("member-role-{}", role.as_str()));
        let statuses = MemberStatus::ALL.map(|status| format!("member-status-{}", status.as_str()));
        for id in roles.iter().chain(&statuses) {
            for language in LANGUAGES {
                assert_ne!(texts::say(language, id, None), *id, "{language}");
            }
        }
    }
}
