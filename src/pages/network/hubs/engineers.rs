//! The same for engineers: addresses, checkpoints, failures; in English and left to right in every language.

use maud::{Markup, html};

use super::{
    super::super::{parts::text::shown, say::stamp, visit::Visit},
    standing::Standing,
};
use crate::{catalog::SyncState, record::Audience};

/// The question that gives the table as JSON.
const QUESTION: &str = "{instances(first:100){nodes{entityId name country softwareVersion checkpoint{root signedAt} \
                        sync{state confirmedAt lagSeconds nextAttemptAt lastError recordsHeld via{entityId}}}}}";

/// Where the API answers it.
pub(super) fn as_json() -> String {
    let query: String = url::form_urlencoded::byte_serialize(QUESTION.as_bytes()).collect();
    format!("/graphql?query={query}")
}

pub(super) fn details(visit: &Visit, hubs: &[Standing<'_>]) -> Markup {
    html! {
        details #engineers {
            summary { (visit.say("net-engineers")) }
            div.scroll lang="en" dir="ltr" role="region" aria-label="Technical status of hubs" tabindex="0" {
                table {
                    thead {
                        tr {
                            @for head in ["entityId", "state", "signed (UTC)", "lag", "next attempt (UTC)", "via", "version", "last error"] {
                                th scope="col" { (head) }
                            }
                        }
                    }
                    tbody { @for hub in hubs { (row(visit, hub)) } }
                }
            }
        }
    }
}

fn row(visit: &Visit, hub: &Standing<'_>) -> Markup {
    let public = hub.journals.iter().find(|journal| journal.audience == Audience::Public);
    let signed = public.and_then(|journal| journal.checkpoint.as_ref()).map(|held| held.signed_at * 1000);
    let is_still = hub.instance.is_self || matches!(hub.state(), SyncState::Paused | SyncState::Blocked);
    let next = hub.journals.iter().filter_map(|journal| journal.next_attempt_at).min().filter(|_| !is_still);
    let lag = hub.confirmed().map(|at| (visit.now - at).max(0) / 1000).filter(|_| !hub.instance.is_self);
    html! {
        tr {
            th scope="row" { code { (shown(&hub.instance.entity_id)) } }
            td { (if hub.instance.is_self { "OWN" } else { hub.state().as_str() }) }
            td { (time(signed)) }
            td.num { @match lag { Some(seconds) => { (seconds) " s" }, None => "none" } }
            td { (time(next)) }
            td { @match hub.via() { Some(via) => code { (shown(via)) }, None => "direct" } }
            td { (shown(hub.instance.software_version.as_deref().unwrap_or("not stated"))) }
            td { (shown(hub.fault_for(visit).unwrap_or("none"))) }
        }
    }
}

fn time(at: Option<i64>) -> Markup {
    html! { @match at.map(stamp) { Some(stamp) => time datetime=(stamp) { (stamp) }, None => "none" } }
}
