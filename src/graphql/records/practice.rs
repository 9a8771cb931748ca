//! Promising practices.

use crate::catalog::{Order, Published, Request};
use crate::record::{self, Body, Kind};

use super::{Mechanism, Sources, record_object, sources};
use crate::graphql::listed::Listed;
use crate::graphql::lists::{Listing, Paging, PracticeConnection, everything};
use crate::graphql::reading::{Moment, Reading};
use crate::graphql::scalars::{CountryCode, LanguageTag};
use crate::graphql::term::{self, Term, Terms};
use crate::graphql::text::LocalizedText;
use async_graphql::Context;
use std::borrow::Cow;

/// A practice and where it is read.
#[derive(Clone, Copy)]
pub struct Practice<'a> {
    reading: &'a Reading,
    shown: &'a Published,
    body: &'a record::Practice,
    country: CountryCode,
}

impl<'a> Practice<'a> {
    /// The record as the schema shows it; none for another kind.
    pub(crate) fn of(shown: &'a Published, moment: Moment<'a>) -> Option<Self> {
        let Body::Practice(body) = &shown.record.body else { return None };
        Some(Self { reading: moment.reading, shown, body, country: CountryCode(shown.country()?) })
    }

    fn stated_country(&self) -> CountryCode {
        self.country
    }
}

record_object! {
    /// A promising practice.
    Practice, country: CountryCode, {
    /// Title.
    async fn title(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> LocalizedText<'a> {
        self.localized(&self.body.title, language.as_ref())
    }

    /// What it is, plain text.
    async fn summary(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> LocalizedText<'a> {
        self.localized(&self.body.summary, language.as_ref())
    }

    /// The whole, Markdown.
    async fn description(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> Option<LocalizedText<'a>> {
        Some(self.localized(self.body.description.as_ref()?, language.as_ref()))
    }

    /// What others can learn, Markdown.
    async fn lessons_learnt(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> Option<LocalizedText<'a>> {
        Some(self.localized(self.body.lessons_learnt.as_ref()?, language.as_ref()))
    }

    /// The mechanism it names, else the one of its country.
    async fn mechanism(&self) -> Option<Mechanism<'a>> {
        let mechanism = self.reading.snapshot.mechanism_of(self.shown, self.reading.viewer())?;
        Mechanism::of(mechanism, self.reading.moment())
    }

    /// Themes.
    async fn themes(&self) -> Terms<'a> {
        term::themes(&self.body.themes, self.reading)
    }

    /// Capacities it strengthens.
    async fn capacities(&self) -> Terms<'a> {
        term::capacities(&self.body.capacities, self.reading)
    }

    /// United Nations mechanisms it concerns.
    async fn un_mechanisms(&self) -> Terms<'a> {
        term::un_mechanisms(&self.body.un_mechanisms, self.reading)
    }

    /// Sustainable Development Goals it serves; codes `1` to `17`.
    async fn sdg_goals(&self) -> Listed<'a, u8, &'a Reading, Term<'a>> {
        term::goals(&self.body.sdg_goals, self.reading)
    }

    /// Groups of persons it concerns.
    async fn affected_groups(&self) -> Terms<'a> {
        term::affected_groups(&self.body.affected_groups, self.reading)
    }

    /// First year.
    async fn start_year(&self) -> Option<i32> {
        self.body.start_year
    }

    /// Last year; null when it goes on or is not stated.
    async fn end_year(&self) -> Option<i32> {
        self.body.end_year
    }

    /// Further reading.
    async fn links(&self) -> Sources<'a> {
        sources(&self.body.links)
    }

    /// Practices that it follows.
    async fn adopted_from(&self) -> Vec<Practice<'a>> {
        let viewer = self.reading.viewer();
        let followed = self.shown.follows().iter().filter_map(|key| self.reading.snapshot.record(*key, viewer));
        followed.filter_map(|record| Practice::of(record, self.reading.moment())).collect()
    }

    /// Practices of others that say they follow it, newest first.
    async fn adoptions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> PracticeConnection<'a> {
        let within = match self.reading.snapshot.adopters_of(self.shown.key) {
            Cow::Borrowed(set) => set,
            Cow::Owned(set) => self.reading.keep_set(set),
        };
        let paging = Paging { first, after, last, before };
        let order = Order::default_of(Kind::Practice);
        let listing =
            Listing::new(self.reading.moment(), everything(Kind::Practice), Some(within), order, paging);
        listing.prefetched(ctx).await.into()
    }

    /// Others with like content, best first; at most 10.
    async fn related(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many.", default_with = "Some(3)")] first: Option<i32>,
    ) -> Vec<Practice<'a>> {
        let reading = self.reading;
        let request = Request { filter: everything(Kind::Practice), viewer: reading.viewer(), within: None };
        let most = usize::try_from(first.unwrap_or(3)).unwrap_or_default().clamp(1, 10);
        let related = reading.related(self.shown, reading.snapshot.select(&request).slots(), most);
        reading.prefetch(ctx, &[&[]], &related).await;
        related.into_iter().filter_map(|shown| Practice::of(shown, reading.moment())).collect()
    }

    }
}
