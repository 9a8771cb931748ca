//! Meetings of the field.

use crate::catalog::Published;
use crate::record::vocabulary::Vocabulary;
use crate::record::{self, Body};

use super::{Document, Sources, record_object, referred, sources};
use crate::graphql::listed::Listed;
use crate::graphql::reading::{Moment, Reading};
use crate::graphql::scalars::{CountryCode, LanguageTag, PartialDate, Url};
use crate::graphql::term::Term;
use crate::graphql::text::LocalizedText;
use async_graphql::Enum;

/// An event and where it is read.
#[derive(Clone, Copy)]
pub struct Event<'a> {
    reading: &'a Reading,
    shown: &'a Published,
    body: &'a record::Event,
}

impl<'a> Event<'a> {
    /// The record as the schema shows it; none for another kind.
    pub(crate) fn of(shown: &'a Published, moment: Moment<'a>) -> Option<Self> {
        let Body::Event(body) = &shown.record.body else { return None };
        Some(Self { reading: moment.reading, shown, body })
    }

    fn stated_country(&self) -> Option<CountryCode> {
        self.shown.country().map(CountryCode)
    }
}

record_object! {
    /// A meeting.
    Event, country: Option<CountryCode>, {
    /// Title.
    async fn title(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> LocalizedText<'a> {
        self.localized(&self.body.title, language.as_ref())
    }

    /// Type.
    #[graphql(name = "type")]
    async fn event_type(&self) -> Term<'a> {
        Term { reading: self.reading, vocabulary: Vocabulary::EventTypes, code: &self.body.event_type }
    }

    /// What it is about, plain text.
    async fn summary(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> Option<LocalizedText<'a>> {
        Some(self.localized(self.body.summary.as_ref()?, language.as_ref()))
    }

    /// First day as stated.
    async fn starts_on(&self) -> Option<PartialDate> {
        self.body.starts_on.map(PartialDate)
    }

    /// Last day as stated.
    async fn ends_on(&self) -> Option<PartialDate> {
        self.body.ends_on.map(PartialDate)
    }

    /// City.
    async fn city(&self) -> Option<&'a str> {
        self.body.city.as_deref()
    }

    /// Venue.
    async fn venue(&self) -> Option<&'a str> {
        self.body.venue.as_deref()
    }

    /// How one takes part.
    async fn mode(&self) -> Option<EventMode> {
        self.body.mode.map(EventMode::from)
    }

    /// Who organizes it.
    async fn organizers(&self) -> Listed<'a, Box<str>, (), &'a str> {
        Listed { items: &self.body.organizers, common: (), make: |name, ()| Some(name) }
    }

    /// Where to register.
    async fn registration_url(&self) -> Option<Url<'a>> {
        self.body.registration_url.as_deref().map(Url)
    }

    /// Documents of the event that are shown here.
    async fn documents(&self) -> Vec<Document<'a>> {
        let named = self.body.documents.iter().filter_map(|each| referred(each, self.shown, self.reading));
        named.filter_map(|record| Document::of(record, self.reading.moment())).collect()
    }

    /// Recordings.
    async fn recordings(&self) -> Sources<'a> {
        sources(&self.body.recordings)
    }

    }
}

/// How one takes part in an event.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventMode {
    /// In person.
    InPerson,
    /// Online.
    Online,
    /// Both.
    Hybrid,
}

impl From<record::EventMode> for EventMode {
    fn from(mode: record::EventMode) -> Self {
        match mode {
            record::EventMode::InPerson => Self::InPerson,
            record::EventMode::Online => Self::Online,
            record::EventMode::Hybrid => Self::Hybrid,
        }
    }
}

impl From<EventMode> for record::EventMode {
    fn from(mode: EventMode) -> Self {
        match mode {
            EventMode::InPerson => Self::InPerson,
            EventMode::Online => Self::Online,
            EventMode::Hybrid => Self::Hybrid,
        }
    }
}
