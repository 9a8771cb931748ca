//! How the copy of one hub stands, as the API says it: the worst of the journals that this reader may see.

use maud::{Markup, html};

use super::super::super::{
    parts::{marks::Level, terms},
    visit::Visit,
};
use crate::{
    access::Role,
    catalog::{Instance, InstanceRole, Journal, SyncFault, SyncState},
    record::{CountryCode, country},
};

/// A hub and the copies of its journals.
pub(in crate::pages::network) struct Standing<'a> {
    pub(in crate::pages::network) instance: &'a Instance,
    pub(super) journals: Vec<&'a Journal>,
    now: i64,
}

/// Every hub that is known: this one, then those without a country, then by the alphabet of the reader.
pub(super) fn all(visit: &Visit) -> Vec<Standing<'_>> {
    let mut hubs: Vec<Standing<'_>> =
        visit.snapshot.network().instances.iter().map(|instance| of(visit, instance)).collect();
    let rank = |code| country::rank(code, visit.language);
    hubs.sort_by_key(|hub| (!hub.instance.is_self, hub.instance.country.map(rank)));
    hubs
}

/// The hub of a State.
pub(in crate::pages::network) fn of_country(visit: &Visit, country: CountryCode) -> Option<Standing<'_>> {
    let mut instances = visit.snapshot.network().instances.iter();
    let found =
        instances.find(|instance| instance.role == InstanceRole::National && instance.country == Some(country))?;
    Some(of(visit, found))
}

fn of<'a>(visit: &'a Visit, instance: &'a Instance) -> Standing<'a> {
    let mut journals = visit.snapshot.network().journals_of(instance);
    journals.retain(|journal| visit.viewer().may_see(journal.audience));
    Standing { instance, journals, now: visit.now }
}

impl Standing<'_> {
    fn worst(&self) -> Option<&Journal> {
        self.journals.iter().copied().min_by_key(|journal| journal.state)
    }

    pub(super) fn state(&self) -> SyncState {
        match self.worst() {
            _ if self.instance.is_self => SyncState::Current,
            Some(worst) => worst.state,
            None => SyncState::Never,
        }
    }

    pub(in crate::pages::network) fn level(&self) -> Level {
        if self.instance.is_self {
            return Level::Own;
        }
        let levels = self.journals.iter().map(|journal| Level::of(journal, self.now));
        levels.max().unwrap_or(Level::Older)
    }

    /// As of when every copy is proved equal to its origin, unix ms.
    pub(in crate::pages::network) fn confirmed(&self) -> Option<i64> {
        self.journals.iter().filter_map(|journal| journal.confirmed_at).min()
    }

    pub(super) fn fault(&self) -> Option<&SyncFault> {
        let worst = self.worst().and_then(|journal| journal.last_error.as_ref());
        worst.or_else(|| self.journals.iter().find_map(|journal| journal.last_error.as_ref()))
    }

    /// The last failure: in a word for everybody, in a sentence for staff, as the API tells it.
    pub(super) fn fault_for(&self, visit: &Visit) -> Option<&str> {
        let fault = self.fault()?;
        Some(if visit.may(Role::Reader) { &fault.sentence } else { fault.word.as_str() })
    }

    pub(super) fn via(&self) -> Option<&str> {
        self.journals.iter().find_map(|journal| journal.via.as_deref())
    }

    /// A hub that does not answer is no failure while another one gives what it signs.
    fn is_read_through_another(&self) -> bool {
        self.via().is_some() && self.level() <= Level::Day
    }

    /// Its name for readers.
    pub(in crate::pages::network) fn who(&self, visit: &Visit) -> String {
        who(visit, self.instance)
    }

    /// What the state of the copy means for a reader.
    pub(in crate::pages::network) fn meaning(&self, visit: &Visit) -> Markup {
        if self.instance.is_self {
            return own(visit, self.instance);
        }
        let since = |id: &str| match self.confirmed() {
            Some(at) => visit.tell(id, &[("when", visit.ago_html(at).into())]),
            None => html! { (visit.say("net-state-never")) },
        };
        match self.state() {
            SyncState::Suspended => html! { (visit.say("net-state-suspended")) },
            SyncState::Paused => html! { (visit.say("net-state-paused")) },
            SyncState::Blocked => html! { (visit.say("net-state-blocked")) },
            _ if self.level() == Level::Stolen => html! { (visit.say("net-state-stolen")) },
            SyncState::Conflict => html! { (visit.say("net-state-conflict")) },
            SyncState::Diverged => html! { (visit.say("net-state-diverged")) },
            SyncState::TooLarge => html! { (visit.say("net-state-too-large")) },
            SyncState::Failing | SyncState::Current if self.is_read_through_another() => {
                let hub = self.via().map_or_else(String::new, |via| named(visit, via));
                visit.tell("net-state-via", &[("hub", (&hub).into())])
            }
            SyncState::Current => html! { (visit.say("net-state-current")) },
            SyncState::Failing => since("net-state-failing"),
            SyncState::Stale => since("net-state-stale"),
            SyncState::Never => html! { (visit.say("net-state-never")) },
        }
    }
}

fn own(visit: &Visit, instance: &Instance) -> Markup {
    html! {
        (visit.say("net-state-own"))
        @if instance.role == InstanceRole::Coordinator { " " (visit.say("net-state-coordinator")) }
    }
}

fn who(visit: &Visit, instance: &Instance) -> String {
    match (instance.country, instance.role) {
        (Some(country), _) => terms::country(visit, country),
        (None, InstanceRole::Coordinator) => visit.say("net-coordinator"),
        (None, InstanceRole::National) => instance.name.to_string(),
    }
}

/// The name of a hub by its entityId; one that is not known has its address.
fn named(visit: &Visit, entity_id: &str) -> String {
    let known = visit.snapshot.network().instance(entity_id);
    known.map_or_else(|| entity_id.to_owned(), |instance| who(visit, instance))
}
