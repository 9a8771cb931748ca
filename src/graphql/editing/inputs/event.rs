//! An event as it is sent.

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::values::UrlInput;
use super::{BodyInput, Gathered, LocalizedTextInput, SourceInput};
use crate::editorial::{DeskError, Patch};
use crate::graphql::records::{Audience, EventMode};
use crate::graphql::scalars::{CountryCode, LanguageTag, PartialDate};
use crate::hub::Hub;
use crate::record::{self, Kind};

/// Body of an event; as at `PracticeInput`.
#[derive(InputObject, Debug)]
pub struct EventInput {
    /// Country it takes place in.
    pub country: MaybeUndefined<CountryCode>,
    /// Language written first.
    pub original_language: MaybeUndefined<LanguageTag>,
    /// Title.
    pub title: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Code of its type.
    #[graphql(name = "type")]
    pub event_type: MaybeUndefined<String>,
    /// Summary.
    pub summary: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// First day.
    pub starts_on: MaybeUndefined<PartialDate>,
    /// Last day.
    pub ends_on: MaybeUndefined<PartialDate>,
    /// City.
    pub city: MaybeUndefined<String>,
    /// Venue.
    pub venue: MaybeUndefined<String>,
    /// Mode.
    pub mode: MaybeUndefined<EventMode>,
    /// Organizers.
    pub organizers: MaybeUndefined<Vec<String>>,
    /// Where to register.
    pub registration_url: MaybeUndefined<UrlInput>,
    /// Ids of documents.
    pub documents: MaybeUndefined<Vec<ID>>,
    /// Recordings.
    pub recordings: MaybeUndefined<Vec<SourceInput>>,
    /// Sources.
    pub sources: MaybeUndefined<Vec<SourceInput>>,
    /// Audience.
    pub audience: MaybeUndefined<Audience>,
}

impl BodyInput for EventInput {
    async fn patch(self, hub: &Hub) -> Result<Patch, DeskError> {
        let mut sent = Gathered::new(self.country, self.original_language);
        sent.texts("title", self.title);
        sent.value("type", self.event_type, Into::into);
        sent.texts("summary", self.summary);
        sent.value("startsOn", self.starts_on, |date| date.0.to_string().into());
        sent.value("endsOn", self.ends_on, |date| date.0.to_string().into());
        sent.value("city", self.city, Into::into);
        sent.value("venue", self.venue, Into::into);
        sent.value("mode", self.mode, |mode| record::EventMode::from(mode).as_str().into());
        sent.list("organizers", self.organizers, Into::into);
        sent.value("registrationUrl", self.registration_url, |url| url.0.into());
        sent.references(hub, "documents", self.documents, Kind::Document).await?;
        sent.sources("recordings", self.recordings);
        sent.sources("sources", self.sources);
        sent.audience(self.audience);
        sent.done()
    }
}
