//! The root of everything that is read.

use async_graphql::{Context, ErrorExtensions, ID, Object, Result};

use crate::catalog::Filter;
use crate::record::vocabulary::{self, Vocabulary};
use crate::record::{Kind, RecordKey, country};

use super::changes::{ChangeFilter, RecordChangeConnection};
use super::code::Code;
use super::country::Country;
use super::interfaces::Node;
use super::lists::{
    DocumentConnection, DocumentFilter, DocumentOrder, EventConnection, EventFilter, EventOrder, Filtered, Listing,
    MechanismConnection, MechanismFilter, MechanismOrder, MemberConnection, MemberFilter, MemberOrder, Paging,
    PracticeConnection, PracticeFilter, PracticeOrder, kept,
};
use super::membership::{self, ApplicationConnection, ApplicationStatus};
use super::network::{Instance, InstanceConnection, InstanceFilter, list};
use super::operation::{self, AuditEntryConnection, AuditFilter};
use super::reading::{Moment, Reading};
use super::records::{Mechanism, Practice, RecordKind};
use super::scalars::{CountryCode, Date, Duration, LanguageTag};
use super::search::SearchConnection;
use super::statistics::Statistics;
use super::term::{Term, VocabularyName};
use super::viewer::Viewer;

/// The root of queries; what it reads stands in the request's data as [`Reading`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Query;

/// Everything that can be read; one request reads one moment.
// The four arguments of a page are those of the schema.
#[allow(clippy::too_many_arguments)]
#[Object]
impl Query {
    /// Anything by its id: a record, a withdrawn record, an instance; null when there is none the viewer may see.
    async fn node<'c>(&self, ctx: &Context<'c>, #[graphql(desc = "Global id.")] id: ID) -> Option<Node<'c>> {
        Node::look_for(ctx, &id).await
    }

    /// Several by id, at most 100, in the order asked.
    async fn nodes<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Global ids.")] ids: Vec<ID>,
    ) -> Vec<Option<Node<'c>>> {
        let reading = Reading::of(ctx);
        let keys = ids.iter().filter_map(|id| RecordKey::parse(id));
        let records: Vec<_> = keys.filter_map(|key| reading.snapshot.record(key, reading.viewer())).collect();
        reading.prefetch(ctx, &[&[]], &records).await;
        let mut found = Vec::with_capacity(ids.len());
        for id in &ids {
            found.push(Node::look_for(ctx, id).await);
        }
        found
    }

    /// This instance.
    async fn instance<'c>(&self, ctx: &Context<'c>) -> Instance<'c> {
        Instance::own(Reading::of(ctx))
    }

    /// Every instance known here, this one first, then by country and name.
    async fn instances<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Which.")] filter: Option<InstanceFilter>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> InstanceConnection<'c> {
        list(Reading::of(ctx), filter, Paging { first, after, last, before })
    }

    /// One practice; null when withdrawn (see `node`).
    async fn practice<'c>(&self, ctx: &Context<'c>, #[graphql(desc = "Global id.")] id: ID) -> Option<Practice<'c>> {
        let reading = Reading::of(ctx);
        Practice::of(reading.snapshot.record(RecordKey::parse(&id)?, reading.viewer())?, reading.moment())
    }

    /// Practices.
    async fn practices<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Words to find; at most 400 characters.")] search: Option<String>,
        #[graphql(desc = "Which.")] filter: Option<PracticeFilter>,
        #[graphql(desc = "Order.")] order_by: Option<PracticeOrder>,
        #[graphql(name = "maxAge", desc = "Pull first what is confirmed longer ago than this; at least `PT1M`.")]
        _max_age: Option<Duration>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> PracticeConnection<'c> {
        let reading = Reading::of(ctx);
        let filter = kept(filter, Kind::Practice, reading);
        let order = order_by.and_then(PracticeOrder::sort);
        let paging = Paging { first, after, last, before };
        Listing::searched(reading.moment(), filter, search, order, paging).prefetched(ctx).await.into()
    }

    /// One mechanism, by id or by country (the State's own record, else the compiled one); exactly one of the two.
    async fn mechanism<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Global id.")] id: Option<ID>,
        #[graphql(desc = "Country.")] country: Option<CountryCode>,
    ) -> Result<Option<Mechanism<'c>>> {
        let reading = Reading::of(ctx);
        let (snapshot, viewer) = (&reading.snapshot, reading.viewer());
        let found = match (id, country) {
            (Some(id), None) => RecordKey::parse(&id).and_then(|key| snapshot.record(key, viewer)),
            (None, Some(country)) => snapshot.mechanism_of_country(country.0, viewer),
            _ => return Err(one_of_two()),
        };
        Ok(found.and_then(|record| Mechanism::of(record, reading.moment())))
    }

    /// Mechanisms.
    async fn mechanisms<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Words to find.")] search: Option<String>,
        #[graphql(desc = "Which.")] filter: Option<MechanismFilter>,
        #[graphql(desc = "Order.")] order_by: Option<MechanismOrder>,
        #[graphql(name = "maxAge", desc = "As at `practices`.")] _max_age: Option<Duration>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> MechanismConnection<'c> {
        let reading = Reading::of(ctx);
        let filter = kept(filter, Kind::Mechanism, reading);
        let order = order_by.and_then(MechanismOrder::sort);
        let paging = Paging { first, after, last, before };
        Listing::searched(reading.moment(), filter, search, order, paging).prefetched(ctx).await.into()
    }

    /// Documents.
    async fn documents<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Words to find.")] search: Option<String>,
        #[graphql(desc = "Which.")] filter: Option<DocumentFilter>,
        #[graphql(desc = "Order.")] order_by: Option<DocumentOrder>,
        #[graphql(name = "maxAge", desc = "As at `practices`.")] _max_age: Option<Duration>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> DocumentConnection<'c> {
        let reading = Reading::of(ctx);
        let filter = kept(filter, Kind::Document, reading);
        let order = order_by.and_then(DocumentOrder::sort);
        let paging = Paging { first, after, last, before };
        Listing::searched(reading.moment(), filter, search, order, paging).prefetched(ctx).await.into()
    }

    /// Events.
    async fn events<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Words to find.")] search: Option<String>,
        #[graphql(desc = "Which.")] filter: Option<EventFilter>,
        #[graphql(desc = "Order.")] order_by: Option<EventOrder>,
        #[graphql(name = "maxAge", desc = "As at `practices`.")] _max_age: Option<Duration>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> EventConnection<'c> {
        let reading = Reading::of(ctx);
        let filter = kept(filter, Kind::Event, reading);
        let order = order_by.and_then(EventOrder::sort);
        let paging = Paging { first, after, last, before };
        Listing::searched(reading.moment(), filter, search, order, paging).prefetched(ctx).await.into()
    }

    /// Members, on any past day.
    async fn members<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Which.")] filter: Option<MemberFilter>,
        #[graphql(desc = "The day; today by default.")] as_of: Option<Date>,
        #[graphql(desc = "Order.")] order_by: Option<MemberOrder>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> MemberConnection<'c> {
        let reading = Reading::of(ctx);
        let day = as_of.map_or_else(|| reading.today(), |day| day.0);
        let all = Filter::of(Kind::Member).as_of(day);
        let filter = reading.keep_filter(match filter {
            Some(filter) => filter.narrow(all),
            None => all,
        });
        let paging = Paging { first, after, last, before };
        let order = order_by.and_then(MemberOrder::sort);
        Listing::searched(Moment { reading, day }, filter, None, order, paging).prefetched(ctx).await.into()
    }

    /// One country.
    async fn country<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Code.")] code: CountryCode,
    ) -> Option<Country<'c>> {
        Some(Country { reading: Reading::of(ctx), known: country::get(code.0)? })
    }

    /// Countries by name in the request's language.
    async fn countries<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Codes of regional groups; all when absent or empty.")] regions: Option<Vec<String>>,
        #[graphql(desc = "Only those with a record here.", default_with = "Some(true)")] with_records: Option<bool>,
    ) -> Vec<Country<'c>> {
        let reading = Reading::of(ctx);
        let recorded = with_records.unwrap_or(true).then(|| reading.snapshot.countries(reading.viewer()));
        let in_regions = |known: &country::Country| {
            let region = |code: &String| known.region == Some(code.as_str());
            let all = |regions: &Vec<String>| regions.is_empty() || regions.iter().any(region);
            regions.as_ref().is_none_or(all)
        };
        let is_recorded = |known: &country::Country| recorded.as_ref().is_none_or(|with| with.contains(&known.code));
        let wanted = country::all().iter().filter(|known| in_regions(known) && is_recorded(known));
        let mut countries: Vec<_> = wanted.map(|known| Country { reading, known }).collect();
        countries.sort_by_key(|each| country::rank(each.known.code, reading.collation()));
        countries
    }

    /// Records of all kinds, best first.
    async fn search<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Words to find; at most 400 characters.")] query: String,
        #[graphql(desc = "Kinds; all but members when absent.")] kinds: Option<Vec<RecordKind>>,
        #[graphql(desc = "Language of the words; guessed when absent.")] language: Option<LanguageTag>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> SearchConnection<'c> {
        let reading = Reading::of(ctx);
        let found = SearchConnection::found(reading, &query, kinds, language, &Paging { first, after, last, before });
        reading.prefetch(ctx, &[&["nodes"], &["edges", "node"]], found.records()).await;
        found
    }

    /// Counts for charts.
    async fn statistics<'c>(&self, ctx: &Context<'c>) -> Statistics<'c> {
        Statistics(Reading::of(ctx))
    }

    /// Who the token or session says you are; null when anonymous.
    async fn viewer<'c>(&self, ctx: &Context<'c>) -> Option<Viewer<'c>> {
        Viewer::of(Reading::of(ctx))
    }

    /// Applications for membership; coordinators only; null for others: FORBIDDEN, or UNAUTHENTICATED where nobody is signed in.
    async fn applications<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Only these states.")] statuses: Option<Vec<ApplicationStatus>>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<ApplicationConnection<'c>>> {
        // In a box, as all that asks the store: every field of the root takes the room of its largest one.
        Box::pin(membership::list(ctx, statuses, Paging { first, after, last, before })).await.map(Some)
    }

    /// Audit log, newest first; administrators only; null for others: FORBIDDEN, or UNAUTHENTICATED where nobody is signed in.
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this actor.")] actor: Option<String>,
        #[graphql(desc = "Only on this target.")] target: Option<String>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<AuditEntryConnection>> {
        let paging = Paging { first, after, last, before };
        Box::pin(operation::list(ctx, AuditFilter { actor, target }, paging)).await.map(Some)
    }

    /// All terms of a vocabulary, in its order.
    async fn vocabulary<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Which.")] name: VocabularyName,
    ) -> Vec<Term<'c>> {
        let (reading, vocabulary) = (Reading::of(ctx), Vocabulary::from(name));
        vocabulary::terms(vocabulary).iter().map(|term| Term { reading, vocabulary, code: &term.code }).collect()
    }

    /// Changes that this instance has seen, oldest first, the last one of each record; an unknown cursor is BAD_USER_INPUT.
    async fn changes<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Which.")] filter: Option<ChangeFilter>,
        #[graphql(desc = "At most this many from the start of the list; 1 to 100. Default 20 when `last` is absent.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 1 to 100. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> RecordChangeConnection<'c> {
        let reading = Reading::of(ctx);
        let changes = RecordChangeConnection::of(reading, filter, Paging { first, after, last, before });
        reading.prefetch(ctx, &[&["nodes", "record"], &["edges", "node", "record"]], &changes.records()).await;
        changes
    }
}

fn one_of_two() -> async_graphql::Error {
    let fault = async_graphql::Error::new("Query.mechanism: give either id or country, not both and not neither.");
    fault.extend_with(|_, extensions| extensions.set("code", Code::BadUserInput.as_str()))
}
