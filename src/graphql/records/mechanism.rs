//! National mechanisms.

use crate::catalog::{InstanceRole, Published};
use crate::record::vocabulary::Vocabulary;
use crate::record::{self, Body, Kind};

use super::{Member, record_object};
use crate::graphql::lists::{Listing, Paging, PracticeConnection, PracticeFilter, PracticeOrder, kept, sorted};
use crate::graphql::network::Instance;
use crate::graphql::reading::{Moment, Reading};
use crate::graphql::scalars::{CountryCode, LanguageTag, Url};
use crate::graphql::term::{self, Term, Terms};
use crate::graphql::text::LocalizedText;
use async_graphql::Context;
use std::borrow::Cow;

/// A mechanism and where it is read.
#[derive(Clone, Copy)]
pub struct Mechanism<'a> {
    reading: &'a Reading,
    shown: &'a Published,
    body: &'a record::Mechanism,
    country: CountryCode,
}

impl<'a> Mechanism<'a> {
    /// The record as the schema shows it; none for another kind.
    pub(crate) fn of(shown: &'a Published, moment: Moment<'a>) -> Option<Self> {
        let Body::Mechanism(body) = &shown.record.body else { return None };
        Some(Self { reading: moment.reading, shown, body, country: CountryCode(shown.country()?) })
    }

    fn stated_country(&self) -> CountryCode {
        self.country
    }
}

record_object! {
    /// A national mechanism for implementation, reporting and follow-up.
    Mechanism, country: CountryCode, {
    /// Name.
    async fn name(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> LocalizedText<'a> {
        self.localized(&self.body.name, language.as_ref())
    }

    /// Short name.
    async fn acronym(&self) -> Option<&'a str> {
        self.body.acronym.as_deref()
    }

    /// Type by OHCHR's guide; null when not stated.
    #[graphql(name = "type")]
    async fn mechanism_type(&self) -> Option<Term<'a>> {
        let code = self.body.mechanism_type.as_deref()?;
        Some(Term { reading: self.reading, vocabulary: Vocabulary::MechanismTypes, code })
    }

    /// False for ad hoc bodies; null when not stated.
    async fn standing(&self) -> Option<bool> {
        self.body.standing
    }

    /// Year of establishment.
    async fn established_year(&self) -> Option<i32> {
        self.body.established_year
    }

    /// Where it is hosted.
    async fn host_institution(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> Option<LocalizedText<'a>> {
        Some(self.localized(self.body.host_institution.as_ref()?, language.as_ref()))
    }

    /// Mandate, Markdown.
    async fn mandate(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> Option<LocalizedText<'a>> {
        Some(self.localized(self.body.mandate.as_ref()?, language.as_ref()))
    }

    /// Who sits in it, Markdown.
    async fn composition(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> Option<LocalizedText<'a>> {
        Some(self.localized(self.body.composition.as_ref()?, language.as_ref()))
    }

    /// Capacities it states.
    async fn capacities(&self) -> Terms<'a> {
        term::capacities(&self.body.capacities, self.reading)
    }

    /// Public site.
    async fn website(&self) -> Option<Url<'a>> {
        self.body.website.as_deref().map(Url)
    }

    /// Public contact of the office, never a person's: an e-mail or web address.
    async fn contact(&self) -> Option<&'a str> {
        self.body.contact.as_deref()
    }

    /// Its member record in the network.
    async fn member(&self) -> Option<Member<'a>> {
        let member = self.reading.snapshot.member_of_country(self.country.0, self.reading.viewer())?;
        Member::of(member, self.reading.moment())
    }

    /// The instance of its State.
    async fn instance(&self) -> Option<Instance<'a>> {
        let instances = &self.reading.snapshot.network().instances;
        let of_state = instances
            .iter()
            .find(|each| each.role == InstanceRole::National && each.country == Some(self.country.0));
        of_state.map(|instance| Instance::known(self.reading, instance))
    }

    /// Practices that name this mechanism, else those about its country.
    async fn practices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrower.")] filter: Option<PracticeFilter>,
        #[graphql(desc = "Order.")] order_by: Option<PracticeOrder>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> PracticeConnection<'a> {
        let within = match self.reading.snapshot.practices_of_mechanism(self.shown, self.reading.viewer()) {
            Cow::Borrowed(set) => set,
            Cow::Owned(_) => Reading::no_set(),
        };
        let filter = kept(filter, Kind::Practice, self.reading);
        let paging = Paging { first, after, last, before };
        let order = sorted(order_by.and_then(PracticeOrder::sort), Kind::Practice);
        let listing = Listing::new(self.reading.moment(), filter, Some(within), order, paging);
        listing.prefetched(ctx).await.into()
    }

    }
}
