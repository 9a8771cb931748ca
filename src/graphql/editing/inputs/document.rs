//! A document as it is sent.

use async_graphql::{InputObject, MaybeUndefined};

use super::{BodyInput, EditionInput, Gathered, LocalizedTextInput, SourceInput};
use crate::editorial::{DeskError, Patch};
use crate::graphql::records::Audience;
use crate::graphql::scalars::{CountryCode, LanguageTag, PartialDate};
use crate::hub::Hub;

/// Body of a document; as at `PracticeInput`.
#[derive(InputObject, Debug)]
pub struct DocumentInput {
    /// Country it is about.
    pub country: MaybeUndefined<CountryCode>,
    /// Language written first.
    pub original_language: MaybeUndefined<LanguageTag>,
    /// Title.
    pub title: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Code of its type.
    #[graphql(name = "type")]
    pub document_type: MaybeUndefined<String>,
    /// Symbol.
    pub symbol: MaybeUndefined<String>,
    /// Who issued it.
    pub issued_by: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Date.
    pub date: MaybeUndefined<PartialDate>,
    /// Languages in which it exists.
    pub languages: MaybeUndefined<Vec<LanguageTag>>,
    /// Where to read it.
    pub editions: MaybeUndefined<Vec<EditionInput>>,
    /// Codes of themes.
    pub themes: MaybeUndefined<Vec<String>>,
    /// Sources.
    pub sources: MaybeUndefined<Vec<SourceInput>>,
    /// Audience.
    pub audience: MaybeUndefined<Audience>,
}

impl BodyInput for DocumentInput {
    async fn patch(self, _: &Hub) -> Result<Patch, DeskError> {
        let mut sent = Gathered::new(self.country, self.original_language);
        sent.texts("title", self.title);
        sent.value("type", self.document_type, Into::into);
        sent.value("symbol", self.symbol, Into::into);
        sent.texts("issuedBy", self.issued_by);
        sent.value("date", self.date, |date| date.0.to_string().into());
        sent.list("languages", self.languages, |language| language.0.as_str().into());
        sent.list("editions", self.editions, EditionInput::written);
        sent.list("themes", self.themes, Into::into);
        sent.sources("sources", self.sources);
        sent.audience(self.audience);
        sent.done()
    }
}
