//! Who says a record, and how fresh this copy is, in plain words; what engineers want to know is one step away.

use maud::{Markup, html};

use super::{
    super::{say::stamp, visit::Visit},
    marks::{self, Level},
    terms,
    text::shown,
};
use crate::{
    catalog::{Instance, InstanceRole, Journal, Published, SyncState},
    journal::encoding::base64url,
    record::{Audience, Body, CountryCode},
};

/// What is known of a copy.
struct Copy<'v> {
    visit: &'v Visit,
    record: &'v Published,
    origin: Option<&'v Instance>,
    journal: Option<&'v Journal>,
    level: Level,
    /// Unix ms; none of own records.
    confirmed_at: Option<i64>,
}

impl<'v> Copy<'v> {
    fn of(visit: &'v Visit, record: &'v Published) -> Self {
        let network = visit.snapshot.network();
        let (level, confirmed_at) = marks::age(visit, record);
        Self {
            visit,
            record,
            origin: network.instance(&record.origin),
            journal: network.journals.get(&record.revision.journal),
            level,
            confirmed_at,
        }
    }

    /// The country whose hub it is, or the hub's name.
    fn who(&self) -> String {
        who(self.visit, self.origin, &self.record.origin)
    }

    fn is_suspended(&self) -> bool {
        self.origin.is_some_and(|origin| !origin.active)
    }
}

/// Who runs an instance, in a word.
pub(in crate::pages) fn who(visit: &Visit, instance: Option<&Instance>, entity_id: &str) -> String {
    match instance {
        Some(Instance { country: Some(country), .. }) => terms::country(visit, *country),
        Some(Instance { role: InstanceRole::Coordinator, .. }) => visit.say("prov-coordinator"),
        Some(instance) => instance.name.to_string(),
        None => entity_id.to_owned(),
    }
}

/// A notice above the text of a copy that is late, in conflict, or of a member that is not active; and of what is for the
/// network alone.
pub(in crate::pages) fn notice(visit: &Visit, record: &Published) -> Markup {
    let copy = Copy::of(visit, record);
    html! {
        @if let Some(trouble) = trouble(&copy) {
            p.note.bad[copy.level == Level::Conflict].warn[copy.level != Level::Conflict] { (trouble) }
        }
        @if record.audience == Audience::Network { p.note { (visit.say("prov-network")) } }
    }
}

/// The box beside the text.
pub(in crate::pages) fn html(visit: &Visit, record: &Published) -> Markup {
    let copy = Copy::of(visit, record);
    html! {
        aside aria-labelledby="provenance" {
            h2 #provenance { (visit.say("prov-heading")) }
            div.seal {
                (copy.level.bar())
                div {
                    (said_by(&copy))
                    (proved(&copy))
                    (ways(visit, record))
                    (for_engineers(&copy))
                }
            }
        }
    }
}

fn said_by(copy: &Copy<'_>) -> Markup {
    let (visit, revision) = (copy.visit, &copy.record.revision);
    let (who, version) = (copy.who(), revision.number.to_string());
    let parts = [
        ("who", who.as_str().into()),
        ("day", visit.day_of(revision.signed_at).into()),
        ("version", version.as_str().into()),
    ];
    if !copy.record.record.common.compiled {
        return html! { p { b { (visit.tell("prov-published", &parts)) } } };
    }
    html! {
        p { b { (visit.tell("prov-compiled", &parts)) } }
        @if let Some(country) = copy.record.country() {
            p { (not_a_statement(visit, country)) }
        }
    }
}

fn not_a_statement(visit: &Visit, country: CountryCode) -> Markup {
    let name = terms::country(visit, country);
    let runs_one = visit.snapshot.network().instances.iter().any(|instance| instance.country == Some(country));
    match runs_one {
        true => visit.tell("prov-no-statement-hub", &[("country", (&name).into())]),
        false => visit.tell("prov-no-statement", &[("country", (&name).into())]),
    }
}

/// As of when this copy is proved equal, and through whom it came.
fn proved(copy: &Copy<'_>) -> Markup {
    let (visit, who) = (copy.visit, copy.who());
    let Some(confirmed) = copy.confirmed_at else {
        return match copy.record.record.common.compiled {
            true => html! {},
            false => html! { p { (visit.say("prov-own")) } },
        };
    };
    let when = html! { b { (visit.ago_html(confirmed)) } };
    html! {
        @match copy.record.revision.via.as_deref() {
            Some(via) => {
                @let through = self::who(visit, visit.snapshot.network().instance(via), via);
                p {
                    (visit.tell("prov-via", &[
                        ("when", when.into()), ("through", (&through).into()), ("who", (&who).into()),
                    ]))
                }
            }
            None => p { (visit.tell("prov-equal", &[("who", (&who).into()), ("when", when.into())])) },
        }
        @if let Some(trouble) = trouble(copy) { p { (trouble) } }
    }
}

/// What is not as it should be with a copy, in the words of its state: a hub that answers is not said to be silent, nor
/// one that was paused here.
fn trouble(copy: &Copy<'_>) -> Option<Markup> {
    if copy.is_suspended() {
        return Some(suspended(copy));
    }
    let (visit, who) = (copy.visit, copy.who());
    let when = visit.ago_html(copy.confirmed_at?);
    let (who, when) = (("who", (&who).into()), ("when", when.into()));
    match (copy.level, copy.journal?.state) {
        (Level::Conflict, _) => Some(visit.tell("prov-conflict", &[who])),
        (Level::Unproved, _) => Some(visit.tell("prov-unproved", &[who])),
        (Level::Week | Level::Older, SyncState::Paused) => Some(visit.tell("prov-paused", &[who, when])),
        (Level::Week | Level::Older, SyncState::TooLarge) => Some(visit.tell("prov-too-large", &[who, when])),
        (Level::Week | Level::Older, SyncState::Failing) => Some(visit.tell("prov-late", &[who, when])),
        (Level::Week | Level::Older, _) => Some(visit.tell("prov-stale", &[who, when])),
        _ => None,
    }
}

/// With the day on which the term began that is not active, where the register says it.
fn suspended(copy: &Copy<'_>) -> Markup {
    let (visit, who) = (copy.visit, copy.who());
    let member = visit.snapshot.member_of_instance(&copy.record.origin, visit.viewer());
    let term = member.and_then(|member| match &member.record.body {
        Body::Member(member) => member.on(visit.today()),
        _ => None,
    });
    match term {
        Some(term) => {
            let day = visit.partial_day(term.from);
            visit.tell("prov-suspended-since", &[("who", (&who).into()), ("day", (&day).into())])
        }
        None => visit.tell("prov-suspended", &[("who", (&who).into())]),
    }
}

fn ways(visit: &Visit, record: &Published) -> Markup {
    let at = |part: &str| visit.path(&format!("/records/{}/{part}", record.key));
    html! {
        p.row.noprint {
            a href=(at("verify")) { (visit.say("prov-verify")) }
            a href=(visit.file(&format!("/id/{}/jws", record.key))) type="application/jose" { (visit.say("prov-signed")) }
            a href=(at("history")) { (visit.say("prov-history")) }
        }
    }
}

/// In English, as the protocol names it.
fn for_engineers(copy: &Copy<'_>) -> Markup {
    let (visit, record, revision) = (copy.visit, copy.record, &copy.record.revision);
    let time = |at: i64| html! { time datetime=(stamp(at)) { (stamp(at)) } };
    let checkpoint = copy.journal.and_then(|journal| journal.checkpoint.as_ref());
    html! {
        details.noprint {
            summary { (visit.say("prov-engineers")) }
            dl.facts lang="en" dir="ltr" {
                dt { "origin" } dd { code { (shown(&record.origin)) } }
                dt { "record" } dd { code { (record.sub.as_str()) } }
                dt { "record key" } dd { code { (record.key) } }
                dt { "revision" } dd { (revision.number) }
                dt { "signed" } dd { (time(revision.signed_at.saturating_mul(1000))) }
                dt { "received" }
                dd {
                    (time(revision.received_at)) ", "
                    @match revision.via.as_deref() {
                        Some(via) => { "via " code { (shown(via)) } }
                        None if copy.confirmed_at.is_none() => "own",
                        None => "direct",
                    }
                }
                @if let Some(at) = copy.confirmed_at { dt { "confirmed" } dd { (time(at)) } }
                @if let Some(checkpoint) = checkpoint {
                    dt { "checkpoint" }
                    dd { (time(checkpoint.signed_at.saturating_mul(1000))) ", root " code { (shown(&checkpoint.root)) } }
                }
                @if let Some(journal) = copy.journal.filter(|_| copy.confirmed_at.is_some()) {
                    dt { "state" } dd { (journal.state.as_str()) }
                }
                dt { "key" } dd { code { (shown(&revision.key_id)) } }
                dt { "digest" } dd { code { (base64url(&revision.digest)) } }
            }
        }
    }
}
