//! The course of a membership: every term, the one of today marked.

use maud::{Markup, html};

use super::{super::visit::Visit, terms, text::shown};
use crate::record::{Member, Term};

/// The whole course, newest first.
pub(in crate::pages) fn course(visit: &Visit, member: &Member) -> Markup {
    let now = member.on(visit.today());
    let mut terms: Vec<&Term> = member.history.iter().collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.from.first_day()));
    html! {
        @if !terms.is_empty() {
            ol.times {
                @for term in terms {
                    li.now[Some(term) == now] aria-current=[(Some(term) == now).then_some("true")] {
                        time datetime=(term.from) { (from_until(visit, term)) }
                        div { (terms::role(visit, term.role)) (visit.say("comma")) (terms::status(visit, term.status)) }
                        @if let Some(reason) = &term.reason { div { bdi { (shown(reason)) } } }
                    }
                }
            }
        }
    }
}

/// From when until when; the day at which a term ends is the first that it does not hold.
pub(in crate::pages) fn from_until(visit: &Visit, term: &Term) -> Markup {
    let from = visit.partial_day(term.from);
    match term.until {
        Some(until) => {
            let until = visit.partial_day(until);
            visit.tell("desk-from-until", &[("from", (&from).into()), ("until", (&until).into())])
        }
        None => visit.tell("desk-from", &[("from", (&from).into())]),
    }
}
