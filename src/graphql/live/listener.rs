//! Who listens: asked anew at each event, since a token can be revoked and a session end while a stream is open.

use std::{sync::Arc, time::Duration};

use async_graphql::Data;

use crate::{
    catalog::Viewer,
    graphql::{
        Asker, Reading,
        http::{Refusal, Stop, StopOnDrop},
        who::{self, Credentials},
    },
    hub::Hub,
    record::LanguageTag,
};

/// Who listens to a stream, and with what they have shown who they are.
#[derive(Clone)]
pub(in crate::graphql) struct Listener {
    pub(super) hub: Arc<Hub>,
    credentials: Credentials,
    asker: Asker,
    languages: Vec<LanguageTag>,
    patience: Duration,
    stop: Stop,
}

impl Listener {
    /// `asker` is who showed these credentials a moment ago. A stream on which nothing happens asks again after `patience`
    /// whether its listener may still hear.
    pub(in crate::graphql) fn new(
        hub: Arc<Hub>,
        credentials: Credentials,
        asker: Asker,
        languages: Vec<LanguageTag>,
        patience: Duration,
    ) -> Self {
        Self { hub, credentials, asker, languages, patience, stop: Stop::default() }
    }

    /// One whose events are no more worked on once the guard is dropped.
    pub(super) fn until_dropped(self) -> (Self, StopOnDrop) {
        let stop = Stop::new();
        let guard = stop.on_drop();
        (Self { stop, ..self }, guard)
    }

    /// What may be read, as far as is known.
    pub(super) fn viewer(&self) -> Viewer {
        self.asker.viewer()
    }

    /// Asks again who it is.
    ///
    /// # Errors
    /// UNAUTHENTICATED where the token or session has ended since.
    pub(super) async fn ask_again(&mut self) -> Result<(), Refusal> {
        let was_somebody = self.asker.person.is_some();
        let person = who::shows(&self.hub, &self.credentials).await?;
        if was_somebody && person.is_none() {
            return Err(who::refused("The session has ended; sign in again and subscribe anew.".to_owned()));
        }
        self.asker.person = person;
        Ok(())
    }

    /// Waits until it is time to ask again although nothing has happened.
    pub(super) async fn pause(&self) {
        match self.asker.person {
            Some(_) => tokio::time::sleep(self.patience).await,
            // Nobody stays nobody.
            None => std::future::pending().await,
        }
    }

    /// The present moment, as the one who listens may see it.
    pub(super) fn reading(&self) -> Reading {
        Reading::new(self.hub.clone(), self.asker.clone(), self.languages.clone()).until(self.stop.clone())
    }

    /// The data of an event: what every request has.
    pub(super) fn data(&self, reading: Reading) -> Data {
        let mut data = Data::default();
        data.insert(reading);
        data.insert(self.hub.clone());
        data
    }
}
