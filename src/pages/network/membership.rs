//! A State in the network: its role now, the course of its membership, its hub.

use maud::{Markup, html};

use super::{
    super::{
        parts::{course, dates, sources, terms},
        visit::Visit,
    },
    hubs,
};
use crate::{
    catalog::Published,
    record::{
        Body, CountryCode, LanguageTag, Member, MemberStatus,
        country::{self, Country},
    },
};

/// What is known of a State in the network.
pub(super) fn of_country(visit: &Visit, code: CountryCode) -> Markup {
    let member = visit.snapshot.member_of_country(code, visit.viewer());
    html! {
        div.cols {
            div {
                @match member.map(|member| (member, &member.record.body)) {
                    Some((record, Body::Member(member))) => {
                        (now(visit, member))
                        (course::course(visit, member))
                        (rests_on(visit, record))
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
            b { (terms::role(visit, of_today)) }
            @if standing != MemberStatus::Active { " (" (terms::status(visit, standing)) ")" }
            @if let Some(term) = term { " " (visit.tell("member-since", &[("day", dates::day(visit, term.from).into())])) }
        }
    }
}

fn rests_on(visit: &Visit, record: &Published) -> Markup {
    let named = &record.record.common.sources;
    html! {
        @if !named.is_empty() {
            details { summary { (visit.say("member-sources")) } (sources::of(visit, record, named)) }
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
                (sources::list(&group.sources, LanguageTag::parse("en").as_ref(), None))
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
