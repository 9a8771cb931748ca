//! Members by region, with role and status as they were on any day.

use axum::http::StatusCode;
use jiff::civil::Date;
use maud::{Markup, html};

use super::super::{
    super::{
        parts::terms,
        visit::{Refusal, Visit},
    },
    pieces,
};
use crate::{
    address::{Address, Name},
    catalog::{Dimension, Direction, Filter, Order, Published},
    record::{
        Body, CountryCode, Kind, MemberRole, MemberStatus, PartialDate, country,
        vocabulary::{self, Vocabulary},
    },
};

/// What stands in the section, and the status of the page: a day that is none is told beside its field.
pub(super) struct Members {
    pub(super) html: Markup,
    pub(super) status: StatusCode,
}

/// A member on the day.
struct Seen {
    country: CountryCode,
    role: MemberRole,
    status: MemberStatus,
}

/// More than a network of States has.
const MOST: usize = 1_000;

pub(super) fn section(visit: &Visit) -> Result<Members, Refusal> {
    let (address, is_wrong) = match Address::parse(Kind::Member, &visit.query) {
        Ok(address) => (address, false),
        Err(refused) if refused.name == Name::AsOf.as_str() => (Address::of(Kind::Member), true),
        Err(refused) => return Err(refused.into()),
    };
    let asked = address.values(Name::AsOf).next().and_then(PartialDate::parse).map(PartialDate::first_day);
    let day = asked.unwrap_or_else(|| visit.today());
    let filter = address.filter(visit.today());
    let found = pieces::few(visit, &filter, (Order::Country, Direction::Ascending), MOST);
    let seen: Vec<Seen> = found.records.iter().filter_map(|record| on(record, day)).collect();
    let html = html! {
        (form(visit, is_wrong))
        p role="status" { (visit.tell("net-members-on", &[("count", found.all.into()), ("day", visit.day_html(day).into())])) }
        (by_region(visit, &seen))
        (others(visit))
    };
    Ok(Members { html, status: if is_wrong { StatusCode::BAD_REQUEST } else { StatusCode::OK } })
}

fn form(visit: &Visit, is_wrong: bool) -> Markup {
    let sent = visit.asked("asOf").unwrap_or_default();
    let told = is_wrong.then_some("as-of-wrong as-of-help");
    html! {
        form.row action={ (visit.path("/network")) "#members" } {
            div {
                label.label for="as-of" { (visit.say("net-as-of")) }
                @if is_wrong { p #as-of-wrong .wrong { (visit.say("net-as-of-wrong")) } }
                input #as-of name="asOf" type="text" inputmode="numeric" maxlength="10" autocomplete="off" value=(sent)
                    aria-describedby=(told.unwrap_or("as-of-help")) aria-invalid=[is_wrong.then_some("true")];
                " "
                button.btn.line { (visit.say("net-as-of-show")) }
                p #as-of-help .quiet { (visit.say("net-as-of-help")) }
            }
        }
    }
}

/// A member on a day; one without a course has what it states.
fn on(record: &Published, day: Date) -> Option<Seen> {
    let Body::Member(member) = &record.record.body else { return None };
    let (role, status) = match member.on(day) {
        Some(term) => (term.role, term.status),
        None => (member.role, member.status),
    };
    Some(Seen { country: record.country()?, role, status })
}

fn by_region(visit: &Visit, seen: &[Seen]) -> Markup {
    let region_of = |seen: &Seen| country::get(seen.country).and_then(|known| known.region);
    let regions = vocabulary::terms(Vocabulary::RegionalGroups);
    let mut groups: Vec<(Option<&str>, String)> =
        regions.iter().map(|term| (Some(&*term.code), terms::in_page(visit, &term.label))).collect();
    groups.push((None, visit.say("map-no-region")));
    html! {
        div.cols {
            @for (region, name) in &groups {
                @let mut of_region = seen.iter().filter(|seen| region_of(seen) == *region).peekable();
                @if of_region.peek().is_some() {
                    div {
                        h3 { (name) }
                        ul.plain { @for seen in of_region { (one(visit, seen)) } }
                    }
                }
            }
        }
    }
}

fn one(visit: &Visit, seen: &Seen) -> Markup {
    html! {
        li {
            a href=(visit.path(&format!("/countries/{}", seen.country))) { (terms::country(visit, seen.country)) }
            @if seen.role != MemberRole::Member { " " span.quiet { (terms::role(visit, seen.role)) } }
            @if seen.status != MemberStatus::Active { " " span.quiet { "(" (terms::status(visit, seen.status)) ")" } }
        }
    }
}

/// States with a mechanism described here are not by that members.
fn others(visit: &Visit) -> Markup {
    let states = pieces::values(visit, &Filter::of(Kind::Mechanism), Dimension::Country);
    let link = html! { a href=(visit.path("/mechanisms")) { (visit.say("all-mechanisms")) } };
    html! { p.quiet { (visit.tell("net-described", &[("states", states.into())])) " " (link) } }
}
