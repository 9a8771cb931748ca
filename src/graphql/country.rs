//! Countries and what is known about them.

use async_graphql::{Context, Object};

use crate::catalog::{Dimension, Filter, Request};
use crate::record::{self, Kind};

use super::lists::{Listing, Paging, PracticeConnection, PracticeFilter, PracticeOrder, kept, sorted};
use super::reading::Reading;
use super::records::{Mechanism, Member, region};
use super::scalars::{CountryCode, LanguageTag};
use super::term::Term;
use super::text::LocalizedText;

/// A country of ISO 3166-1.
#[derive(Clone, Copy)]
pub struct Country<'a> {
    pub(super) reading: &'a Reading,
    pub(super) known: &'static record::country::Country,
}

/// A country and what is known about it; there is one for each country of ISO 3166-1.
// The four arguments of a page are those of the schema.
#[allow(clippy::too_many_arguments)]
#[Object(serial)]
impl<'a> Country<'a> {
    /// Code.
    async fn code(&self) -> CountryCode {
        CountryCode(self.known.code)
    }

    /// Name by United Nations usage.
    async fn name(
        &self,
        #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,
    ) -> LocalizedText<'a> {
        LocalizedText::of(&self.known.name, language.as_ref(), None, self.reading)
    }

    /// United Nations regional group.
    async fn region(&self) -> Option<Term<'a>> {
        region(self.known.code, self.reading)
    }

    /// Whether it is listed in the Group of Friends.
    async fn in_group_of_friends(&self) -> bool {
        self.known.in_group_of_friends
    }

    /// Its mechanism: the State's own record, else the compiled one, else null.
    async fn mechanism(&self) -> Option<Mechanism<'a>> {
        let mechanism = self.reading.snapshot.mechanism_of_country(self.known.code, self.reading.viewer())?;
        Mechanism::of(mechanism, self.reading.moment())
    }

    /// Its member record.
    async fn member(&self) -> Option<Member<'a>> {
        let member = self.reading.snapshot.member_of_country(self.known.code, self.reading.viewer())?;
        Member::of(member, self.reading.moment())
    }

    /// Practices about it.
    async fn practices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrower.")] filter: Option<PracticeFilter>,
        #[graphql(desc = "Order.")] order_by: Option<PracticeOrder>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> PracticeConnection<'a> {
        // As a set of its own, so that a filter by countries narrows it and a facet of countries does not widen it.
        let about = Filter::of(Kind::Practice).any(Dimension::Country, [self.known.code.as_str()]);
        let request = Request { filter: &about.include_suspended(true), viewer: self.reading.viewer(), within: None };
        let within = self.reading.keep_set(self.reading.snapshot.select(&request).slots().clone());
        let filter = kept(filter, Kind::Practice, self.reading);
        let paging = Paging { first, after, last, before };
        let order = sorted(order_by.and_then(PracticeOrder::sort), Kind::Practice);
        let listing = Listing::new(self.reading.moment(), filter, Some(within), order, paging);
        listing.prefetched(ctx).await.into()
    }
}
