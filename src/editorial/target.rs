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
    /// The record `sub` of `origin`, seen from the instance `own`; none for a kind that is not known here.
    pub fn of(own: &str, origin: &str, sub: &Sub) -> Option<Self> {
        match origin == own {
            true => Some(Self::Own(OwnRecord { sub: sub.clone(), kind: sub.kind()? })),
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
        let kind = sub.kind()?;
        Some(Self { sub, kind })
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
