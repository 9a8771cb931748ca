//! Which records the desk may change: this instance's own ones, by type.

use uuid::Uuid;

use crate::record::{Kind, Sub};

/// A record of this instance, published or to be. There is no way from a foreign record to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRecord {
    sub: Sub,
    kind: Kind,
}

/// What an id means to the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A record of this instance.
    Own(OwnRecord),
    /// A record of another origin, by its entityId: it can be read only.
    Foreign(Box<str>),
}

impl Target {
    /// The record `sub` of `origin`, seen from the instance `own`; none for a kind that is not written here.
    pub fn of(own: &str, origin: &str, sub: &Sub) -> Option<Self> {
        match origin == own {
            true => Some(Self::Own(OwnRecord { kind: written(sub)?, sub: sub.clone() })),
            false => Some(Self::Foreign(origin.into())),
        }
    }
}

impl OwnRecord {
    /// A record that this instance begins, or one of its own that has this UUID: both have the same name.
    pub fn new(kind: Kind, uuid: Uuid) -> Self {
        Self { sub: Sub::new(kind, uuid), kind }
    }

    /// The record of a row of the drafts.
    pub(super) fn of_draft(sub: &str) -> Option<Self> {
        let sub = Sub::parse(sub)?;
        Some(Self { kind: written(&sub)?, sub })
    }

    /// Its name in this instance's journals.
    pub fn sub(&self) -> &Sub {
        &self.sub
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

/// Records of members are no drafts: the register's desk keeps them, step by step.
fn written(sub: &Sub) -> Option<Kind> {
    sub.kind().filter(|kind| *kind != Kind::Member)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_members_record_is_never_written_at_this_desk() {
        let own = "https://coordinator.example";
        let member = Sub::new(Kind::Member, Uuid::from_u128(7));
        assert_eq!(Target::of(own, own, &member), None);
        assert_eq!(OwnRecord::of_draft(member.as_str()), None);
        assert!(Target::of(own, own, &Sub::new(Kind::Practice, Uuid::from_u128(7))).is_some());
    }
}
