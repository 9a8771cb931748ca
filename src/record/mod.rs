//! The words of the field: records, their kinds, localized texts, dates, codes, and the rules that a body must keep to be
//! shown (protocol §3, records.md). Pure: no input or output, no database, no clock. A new kind is one file beside the
//! others, a line in each `match` on [`Kind`] here, and its first data.

mod common;
pub mod country;
mod date;
mod document;
mod entity_id;
mod event;
pub mod first_data;
mod identity;
pub mod json;
mod language;
mod localized;
mod mechanism;
mod member;
mod members;
mod nearest;
mod normalize;
mod practice;
mod rules;
mod speaker;
#[cfg(test)]
mod tests;
pub mod vocabulary;

pub use common::{Common, Reference, Source};
pub use country::CountryCode;
pub use date::PartialDate;
pub use document::{Document, Edition, IssuedBy};
pub use entity_id::{EntityIdError, LONGEST_ENTITY_ID, check_entity_id, is_loopback_host};
pub use event::{Event, EventMode};
pub use identity::{RecordKey, Sub};
pub use language::{Direction, LanguageTag};
pub use localized::{Chosen, LocalizedText};
pub use mechanism::Mechanism;
pub use member::{
    KeyStatus, ListedKey, Member, MemberRole, MemberStatus, RegisterClaims, Term, listed_keys, register_claims,
};
pub use nearest::nearest;
pub use normalize::normalize;
pub use practice::Practice;
pub use rules::{BodyError, MAX_DEPTH, MAX_LIST, MAX_SHORT, MAX_TEXT, MAX_TITLE, MAX_URL_BYTES, is_showable};
pub use speaker::{Speaker, SpeakerError};

use members::Members;
use serde_json::Value;

/// The kinds of records that this version shows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A State's national mechanism.
    Mechanism,
    /// A promising practice.
    Practice,
    /// A document of the field: resolution, report, guide …
    Document,
    /// A seminar, panel or workshop.
    Event,
    /// A member of the network; in the register only.
    Member,
}

impl Kind {
    /// Every kind, in the order in which they are listed everywhere.
    pub const ALL: [Kind; 5] = [Kind::Mechanism, Kind::Practice, Kind::Document, Kind::Event, Kind::Member];

    /// The word that stands in a `sub`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Mechanism => "mechanism",
            Kind::Practice => "practice",
            Kind::Document => "document",
            Kind::Event => "event",
            Kind::Member => "member",
        }
    }

    /// The word for several, as in paths and lists.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Mechanism => "mechanisms",
            Kind::Practice => "practices",
            Kind::Document => "documents",
            Kind::Event => "events",
            Kind::Member => "members",
        }
    }

    /// The kind of a word of a `sub`; `None` for one that is not known here.
    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Whom a journal is for (protocol §3, `aud`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Authenticated members of the network only.
    Network,
}

impl Audience {
    /// Both audiences.
    pub const ALL: [Audience; 2] = [Audience::Public, Audience::Network];

    /// The word of the claim `aud`.
    pub fn as_str(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Network => "network",
        }
    }

    /// The audience of a word, written exactly so.
    pub fn parse(word: &str) -> Option<Audience> {
        Audience::ALL.into_iter().find(|audience| audience.as_str() == word)
    }
}

/// A record that may be shown: decoded, its rules kept. It does not change.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// What every kind has.
    pub common: Common,
    /// What its kind has.
    pub body: Body,
}

impl Record {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self.body {
            Body::Mechanism(_) => Kind::Mechanism,
            Body::Practice(_) => Kind::Practice,
            Body::Document(_) => Kind::Document,
            Body::Event(_) => Kind::Event,
            Body::Member(_) => Kind::Member,
        }
    }

    /// Its title or name; only a member may have none.
    pub fn title(&self) -> Option<&LocalizedText> {
        match &self.body {
            Body::Mechanism(mechanism) => Some(&mechanism.name),
            Body::Practice(practice) => Some(&practice.title),
            Body::Document(document) => Some(&document.title),
            Body::Event(event) => Some(&event.title),
            Body::Member(member) => member.name.as_ref(),
        }
    }
}

/// The members of one kind (records.md).
// The catalogue keeps each record behind an `Arc`, so one box more per record would only cost a jump.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A mechanism.
    Mechanism(Mechanism),
    /// A practice.
    Practice(Practice),
    /// A document.
    Document(Document),
    /// An event.
    Event(Event),
    /// A member of the network.
    Member(Member),
}

/// Checks a body of schema 1 against the general rules (protocol §3) and those of its kind (records.md), and decodes it.
///
/// # Errors
/// The first rule that is broken: which member, and how.
pub fn decode(kind: Kind, body: &Value) -> Result<Record, BodyError> {
    let Value::Object(map) = body else { return Err(BodyError::new("is not an object")) };
    rules::general(body, 1)?;
    let members = Members::new(map);
    let common = common::decode(members)?;
    let body = match kind {
        Kind::Mechanism => Body::Mechanism(mechanism::decode(members)?),
        Kind::Practice => Body::Practice(practice::decode(members)?),
        Kind::Document => Body::Document(document::decode(members)?),
        Kind::Event => Body::Event(event::decode(members)?),
        Kind::Member => Body::Member(member::decode(members)?),
    };
    Ok(Record { common, body })
}
