//! A mechanism as it is sent.

use async_graphql::{InputObject, MaybeUndefined};

use super::values::UrlInput;
use super::{BodyInput, Gathered, LocalizedTextInput, SourceInput};
use crate::editorial::{DeskError, Patch};
use crate::graphql::records::Audience;
use crate::graphql::scalars::{CountryCode, LanguageTag};
use crate::hub::Hub;

/// Body of a mechanism; as at `PracticeInput`.
#[derive(InputObject, Debug)]
pub struct MechanismInput {
    /// Country; as at `PracticeInput`.
    pub country: MaybeUndefined<CountryCode>,
    /// Language written first.
    pub original_language: MaybeUndefined<LanguageTag>,
    /// Name.
    pub name: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Acronym.
    pub acronym: MaybeUndefined<String>,
    /// Code of its type.
    #[graphql(name = "type")]
    pub mechanism_type: MaybeUndefined<String>,
    /// Standing or ad hoc.
    pub standing: MaybeUndefined<bool>,
    /// Year of establishment.
    pub established_year: MaybeUndefined<i32>,
    /// Host institution.
    pub host_institution: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Mandate, Markdown.
    pub mandate: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Composition, Markdown.
    pub composition: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Codes of capacities.
    pub capacities: MaybeUndefined<Vec<String>>,
    /// Public site.
    pub website: MaybeUndefined<UrlInput>,
    /// Public contact of the office.
    pub contact: MaybeUndefined<String>,
    /// Sources.
    pub sources: MaybeUndefined<Vec<SourceInput>>,
    /// Audience; fixed once published.
    pub audience: MaybeUndefined<Audience>,
}

impl BodyInput for MechanismInput {
    async fn patch(self, _: &Hub) -> Result<Patch, DeskError> {
        let mut sent = Gathered::new(self.country, self.original_language);
        sent.texts("name", self.name);
        sent.value("acronym", self.acronym, Into::into);
        sent.value("type", self.mechanism_type, Into::into);
        sent.value("standing", self.standing, Into::into);
        sent.value("establishedYear", self.established_year, Into::into);
        sent.texts("hostInstitution", self.host_institution);
        sent.texts("mandate", self.mandate);
        sent.texts("composition", self.composition);
        sent.list("capacities", self.capacities, Into::into);
        sent.value("website", self.website, |url| url.0.into());
        sent.value("contact", self.contact, Into::into);
        sent.sources("sources", self.sources);
        sent.audience(self.audience);
        sent.done()
    }
}
