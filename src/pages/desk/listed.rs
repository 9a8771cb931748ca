//! Members as the desk shows them, read from the coordinator's own register.

use jiff::civil::Date;
use maud::{Markup, html};

use super::{
    super::{
        parts::{terms, text::shown},
        visit::{Refusal, Visit},
    },
    mistakes::refused,
};
use crate::{
    record::{self, Body, CountryCode, Kind, Member, MemberRole, MemberStatus, RecordKey, Sub, Term},
    register::{Enrolled, RegisterDesk},
};

/// A member with what its record says.
pub(super) struct Listed {
    pub(super) enrolled: Enrolled,
    pub(super) country: Option<CountryCode>,
    pub(super) member: Member,
}

impl Listed {
    pub(super) fn of(enrolled: Enrolled) -> Option<Self> {
        let record = record::decode(Kind::Member, &enrolled.body).ok()?;
        let Body::Member(member) = record.body else { return None };
        Some(Self { country: record.common.country, member, enrolled })
    }

    /// Its global id.
    pub(super) fn id(&self) -> RecordKey {
        RecordKey::of(RecordKey::COORDINATOR, &self.enrolled.sub)
    }

    /// Path of its page at the desk, below the language.
    pub(super) fn path(&self) -> String {
        format!("/desk/members/{}", self.id())
    }

    /// Its State's name.
    pub(super) fn name(&self, visit: &Visit) -> String {
        match self.country {
            Some(country) => terms::country(visit, country),
            None => self.enrolled.text("entityId").unwrap_or(self.enrolled.sub.as_str()).to_owned(),
        }
    }

    /// Whether it has left the network.
    pub(super) fn has_left(&self) -> bool {
        self.member.status == MemberStatus::Withdrawn
    }

    /// The term of today; before the first one begins or after the last has ended there is none.
    pub(super) fn term(&self, today: Date) -> Option<&Term> {
        self.member.on(today)
    }

    /// The last characters of its current keys.
    pub(super) fn key_endings(&self) -> Vec<String> {
        let keys = self.enrolled.keys();
        let current = keys.iter().filter(|(_, status)| *status == record::KeyStatus::Current);
        current.map(|(key, _)| key.thumbprint().chars().skip(39).collect()).collect()
    }
}

/// Every member, by name in the reader's language.
pub(super) async fn all(visit: &Visit, desk: &RegisterDesk<'_>) -> Result<Vec<Listed>, Refusal> {
    let members = desk.members().await.map_err(refused)?;
    let mut listed: Vec<Listed> = members.into_iter().filter_map(Listed::of).collect();
    listed.sort_by_key(|member| {
        let rank = member.country.map_or(u16::MAX, |country| record::country::rank(country, visit.language));
        (rank, member.name(visit), member.enrolled.sub.clone())
    });
    Ok(listed)
}

/// The member that the path names as `{id}`.
pub(super) async fn one(visit: &Visit, desk: &RegisterDesk<'_>) -> Result<Listed, Refusal> {
    let key = visit.key()?;
    let members = desk.members().await.map_err(refused)?;
    let found = members.into_iter().find(|member| RecordKey::of(RecordKey::COORDINATOR, &member.sub) == key);
    found.and_then(Listed::of).ok_or(Refusal::NotFound)
}

/// The names of members' records by their `sub`.
pub(super) fn name_of(visit: &Visit, members: &[Listed], sub: &Sub) -> String {
    members.iter().find(|member| member.enrolled.sub == *sub).map(|member| member.name(visit)).unwrap_or_default()
}

/// Roles as a form offers them.
pub(super) fn roles(visit: &Visit) -> Vec<(String, String)> {
    MemberRole::ALL.into_iter().map(|one| (one.as_str().to_owned(), terms::role(visit, one))).collect()
}

/// The address of a hub: a name, never to be opened by a slip.
pub(super) fn address(entity_id: &str) -> Markup {
    html! { code { (shown(entity_id)) } }
}
