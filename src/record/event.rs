//! The kind `event`: a seminar, panel, workshop or other meeting.

use super::common::{Reference, Source};
use super::date::PartialDate;
use super::localized::LocalizedText;
use super::members::Members;
use super::rules::{
    BodyError, MAX_SHORT, MAX_TEXT, MAX_TITLE, Ruled, code, date, localized, reference, source, text, url, word,
};

/// An event (records.md). Its `country` is where it takes place.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// At most 1,000 characters a language.
    pub title: LocalizedText,
    /// A code of the event types.
    pub event_type: Box<str>,
    /// What it is about.
    pub summary: Option<LocalizedText>,
    /// Not after the end, as far as the less exact of both goes.
    pub starts_on: Option<PartialDate>,
    /// The last day.
    pub ends_on: Option<PartialDate>,
    /// At most 200 characters.
    pub city: Option<Box<str>>,
    /// At most 200 characters.
    pub venue: Option<Box<str>>,
    /// How one takes part.
    pub mode: Option<EventMode>,
    /// Names.
    pub organizers: Box<[Box<str>]>,
    /// http or https.
    pub registration_url: Option<Box<str>>,
    /// Documents that belong to it.
    pub documents: Box<[Reference]>,
    /// Recordings of it.
    pub recordings: Box<[Source]>,
}

/// How one takes part in an event; a closed list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum EventMode {
    /// At a place.
    InPerson,
    /// On the net.
    Online,
    /// Both.
    Hybrid,
}

impl EventMode {
    /// Every mode.
    pub const ALL: [EventMode; 3] = [EventMode::InPerson, EventMode::Online, EventMode::Hybrid];

    /// The word of the body.
    pub fn as_str(self) -> &'static str {
        match self {
            EventMode::InPerson => "in-person",
            EventMode::Online => "online",
            EventMode::Hybrid => "hybrid",
        }
    }

    /// The mode of a word, written exactly so.
    pub fn parse(word: &str) -> Option<EventMode> {
        EventMode::ALL.into_iter().find(|mode| mode.as_str() == word)
    }
}

pub(super) fn decode(members: Members<'_>) -> Ruled<Event> {
    let event = Event {
        title: members.required("title", localized(MAX_TITLE))?,
        event_type: members.required("type", code)?,
        summary: members.optional("summary", localized(MAX_TEXT))?,
        starts_on: members.optional("startsOn", date)?,
        ends_on: members.optional("endsOn", date)?,
        city: members.optional("city", text(MAX_SHORT))?,
        venue: members.optional("venue", text(MAX_SHORT))?,
        mode: members.optional("mode", word(EventMode::parse, "in-person, online, hybrid"))?,
        organizers: members.list("organizers", text(MAX_TEXT))?,
        registration_url: members.optional("registrationUrl", url)?,
        documents: members.list("documents", reference)?,
        recordings: members.list("recordings", source)?,
    };
    match event.starts_on.zip(event.ends_on) {
        Some((start, end)) if start.compare(end).is_gt() => Err(BodyError::new("is after endsOn").within("startsOn")),
        _ => Ok(event),
    }
}
