//! A practice as it is sent.

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{BodyInput, Gathered, LocalizedTextInput, SourceInput};
use crate::editorial::{DeskError, Patch};
use crate::graphql::records::Audience;
use crate::graphql::scalars::{CountryCode, LanguageTag};
use crate::hub::Hub;
use crate::record::Kind;

/// Body of a practice. In an update: absent leaves as it is, null empties, lists replace, texts replace by language.
#[derive(InputObject, Debug)]
pub struct PracticeInput {
    /// Country; only a coordinator's instance may name another than its own.
    pub country: MaybeUndefined<CountryCode>,
    /// Language written first.
    pub original_language: MaybeUndefined<LanguageTag>,
    /// Title.
    pub title: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Summary.
    pub summary: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Description, Markdown.
    pub description: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Lessons learnt, Markdown.
    pub lessons_learnt: MaybeUndefined<Vec<LocalizedTextInput>>,
    /// Id of its mechanism.
    pub mechanism: MaybeUndefined<ID>,
    /// Codes of themes.
    pub themes: MaybeUndefined<Vec<String>>,
    /// Codes of capacities.
    pub capacities: MaybeUndefined<Vec<String>>,
    /// Codes of United Nations mechanisms.
    pub un_mechanisms: MaybeUndefined<Vec<String>>,
    /// Goals, 1 to 17.
    pub sdg_goals: MaybeUndefined<Vec<i32>>,
    /// Codes of groups of persons.
    pub affected_groups: MaybeUndefined<Vec<String>>,
    /// First year.
    pub start_year: MaybeUndefined<i32>,
    /// Last year.
    pub end_year: MaybeUndefined<i32>,
    /// Further reading.
    pub links: MaybeUndefined<Vec<SourceInput>>,
    /// Ids of practices that it follows.
    pub adopted_from: MaybeUndefined<Vec<ID>>,
    /// Sources.
    pub sources: MaybeUndefined<Vec<SourceInput>>,
    /// Audience; fixed once published.
    pub audience: MaybeUndefined<Audience>,
}

impl BodyInput for PracticeInput {
    async fn patch(self, hub: &Hub) -> Result<Patch, DeskError> {
        let mut sent = Gathered::new(self.country, self.original_language);
        sent.texts("title", self.title);
        sent.texts("summary", self.summary);
        sent.texts("description", self.description);
        sent.texts("lessonsLearnt", self.lessons_learnt);
        sent.reference(hub, "mechanism", self.mechanism, Kind::Mechanism).await?;
        sent.list("themes", self.themes, Into::into);
        sent.list("capacities", self.capacities, Into::into);
        sent.list("unMechanisms", self.un_mechanisms, Into::into);
        sent.list("sdgGoals", self.sdg_goals, Into::into);
        sent.list("affectedGroups", self.affected_groups, Into::into);
        sent.value("startYear", self.start_year, Into::into);
        sent.value("endYear", self.end_year, Into::into);
        sent.sources("links", self.links);
        sent.references(hub, "adoptedFrom", self.adopted_from, Kind::Practice).await?;
        sent.sources("sources", self.sources);
        sent.audience(self.audience);
        sent.done()
    }
}
