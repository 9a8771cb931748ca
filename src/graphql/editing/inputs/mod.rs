//! Bodies as they are sent: absent leaves as it is, null empties, lists replace, texts replace by language.

mod document;
mod event;
mod mechanism;
mod practice;
mod values;

use std::future::Future;

pub use document::DocumentInput;
pub use event::EventInput;
pub use mechanism::MechanismInput;
pub use practice::PracticeInput;
pub use values::{EditionInput, LocalizedTextInput, SourceInput};

use async_graphql::{ID, MaybeUndefined};
use serde_json::Value;

use crate::editorial::{Change, Check, DeskError, Patch};
use crate::graphql::records::Audience;
use crate::graphql::scalars::{CountryCode, LanguageTag};
use crate::hub::Hub;
use crate::record::Kind;

/// What a save of one kind sends.
pub(super) trait BodyInput: Send {
    /// The changes that it means; ids become the names that records have in bodies.
    fn patch(self, hub: &Hub) -> impl Future<Output = Result<Patch, DeskError>> + Send;
}

/// Gathers the changes of an input, member by member.
#[derive(Default)]
struct Gathered {
    patch: Patch,
    unknown: Vec<Check>,
}

impl Gathered {
    /// What every kind has.
    fn new(country: MaybeUndefined<CountryCode>, original_language: MaybeUndefined<LanguageTag>) -> Self {
        let mut gathered = Self::default();
        gathered.value("country", country, |country| country.0.as_str().into());
        gathered.value("originalLanguage", original_language, |language| language.0.as_str().into());
        gathered
    }

    fn change(&mut self, member: &'static str, change: Change) {
        self.patch.changes.push((member, change));
    }

    fn value<T>(&mut self, member: &'static str, sent: MaybeUndefined<T>, write: impl FnOnce(T) -> Value) {
        match sent {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => self.change(member, Change::Empty),
            MaybeUndefined::Value(value) => self.change(member, Change::Set(write(value))),
        }
    }

    fn list<T>(&mut self, member: &'static str, sent: MaybeUndefined<Vec<T>>, write: impl Fn(T) -> Value) {
        self.value(member, sent, |items| items.into_iter().map(write).collect());
    }

    fn texts(&mut self, member: &'static str, sent: MaybeUndefined<Vec<LocalizedTextInput>>) {
        match sent {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => self.change(member, Change::Empty),
            MaybeUndefined::Value(texts) => {
                let texts = texts.into_iter().map(|text| (text.language.0, text.text)).collect();
                self.change(member, Change::Texts(texts));
            }
        }
    }

    fn sources(&mut self, member: &'static str, sent: MaybeUndefined<Vec<SourceInput>>) {
        self.list(member, sent, SourceInput::written);
    }

    async fn reference(
        &mut self,
        hub: &Hub,
        member: &'static str,
        sent: MaybeUndefined<ID>,
        kind: Kind,
    ) -> Result<(), DeskError> {
        let named = match &sent {
            MaybeUndefined::Value(id) => hub.reference(id, kind),
            MaybeUndefined::Undefined | MaybeUndefined::Null => None,
        };
        match (sent, named) {
            (MaybeUndefined::Value(_), None) => self.unknown.push(Check::unknown_reference(member)),
            (sent, named) => self.value(member, sent, |_| named.unwrap_or_default()),
        }
        Ok(())
    }

    async fn references(
        &mut self,
        hub: &Hub,
        member: &'static str,
        sent: MaybeUndefined<Vec<ID>>,
        kind: Kind,
    ) -> Result<(), DeskError> {
        let MaybeUndefined::Value(ids) = sent else {
            self.list(member, sent, |_| Value::Null);
            return Ok(());
        };
        let mut named = Vec::with_capacity(ids.len());
        for (place, id) in ids.iter().enumerate() {
            match hub.reference(id, kind) {
                Some(reference) => named.push(reference),
                None => self.unknown.push(Check::unknown_reference(&format!("{member}[{place}]"))),
            }
        }
        self.change(member, Change::Set(named.into()));
        Ok(())
    }

    /// Null leaves the audience: emptied it would be everybody.
    fn audience(&mut self, sent: MaybeUndefined<Audience>) {
        self.patch.audience = sent.take().map(Into::into);
    }

    fn done(self) -> Result<Patch, DeskError> {
        if self.unknown.is_empty() { Ok(self.patch) } else { Err(DeskError::Refused(self.unknown)) }
    }
}
