//! The kinds of records as the schema shows them. What all kinds have stands here once; each file adds its own.

mod document;
mod event;
mod mechanism;
mod member;
mod practice;
mod provenance;
mod withdrawn;

pub use document::Document;
pub use event::{Event, EventMode};
pub use mechanism::Mechanism;
pub use member::{Member, MemberKey, MemberRole, MemberStatus};
pub use practice::Practice;
pub use provenance::{Provenance, Revision};
pub use withdrawn::WithdrawnRecord;

use async_graphql::{Enum, Object};

use crate::catalog::Published;
use crate::record::vocabulary::Vocabulary;
use crate::record::{self, Kind, country};

use super::listed::Listed;
use super::reading::Reading;
use super::scalars::{LanguageTag, Url};
use super::term::Term;
use super::text::LocalizedText;

/// A kind of records: the object with the fields of all kinds and its own. The type has `reading` and `shown`, and says
/// by `stated_country` whom it is about.
macro_rules! record_object {
    ($(#[$doc:meta])* $name:ident, country: $country:ty, { $($fields:tt)* }) => {
        $(#[$doc])*
        // The four arguments of a page are those of the schema.
        #[allow(clippy::too_many_arguments)]
        #[::async_graphql::Object(serial)]
        impl<'a> $name<'a> {
            /// Global id: the record key of protocol section 3, the same on every instance.
            async fn id(&self) -> $crate::graphql::scalars::RecordId {
                $crate::graphql::scalars::RecordId(self.shown.key)
            }

            /// Kind of record.
            async fn kind(&self) -> $crate::graphql::records::RecordKind {
                self.shown.kind.into()
            }

            /// Who may read it.
            async fn audience(&self) -> $crate::graphql::records::Audience {
                self.shown.audience.into()
            }

            /// Put together from public sources by somebody else than the State.
            async fn compiled(&self) -> bool {
                self.shown.record.common.compiled
            }

            /// Whom the record is about; for an event, where it takes place.
            async fn country(&self) -> $country {
                self.stated_country()
            }

            /// Name of the country.
            async fn country_name(
                &self,
                #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")]
                language: Option<$crate::graphql::scalars::LanguageTag>,
            ) -> Option<$crate::graphql::text::LocalizedText<'a>> {
                $crate::graphql::records::country_name(self.shown.country()?, language.as_ref(), self.reading)
            }

            /// United Nations regional group; null outside of the five.
            async fn region(&self) -> Option<$crate::graphql::term::Term<'a>> {
                $crate::graphql::records::region(self.shown.country()?, self.reading)
            }

            /// Language the record was written in.
            async fn original_language(&self) -> Option<$crate::graphql::scalars::LanguageTag> {
                self.shown.record.common.original_language.clone().map($crate::graphql::scalars::LanguageTag)
            }

            /// Where a reader can check it.
            async fn sources(&self) -> $crate::graphql::records::Sources<'a> {
                $crate::graphql::records::sources(&self.shown.record.common.sources)
            }

            /// When its first revision was published; null when no copy here says it.
            async fn created_at(&self) -> Option<$crate::graphql::scalars::DateTime> {
                self.shown.revision.created_at.map($crate::graphql::scalars::DateTime::of_seconds)
            }

            /// When its present revision was published.
            async fn updated_at(&self) -> $crate::graphql::scalars::DateTime {
                $crate::graphql::scalars::DateTime::of_seconds(self.shown.revision.signed_at)
            }

            /// Who says it, and how fresh this copy is.
            async fn provenance(&self) -> $crate::graphql::records::Provenance<'a> {
                $crate::graphql::records::Provenance { reading: self.reading, shown: self.shown }
            }

            /// Revisions seen here, newest first: all of them at the origin, at other instances those that came by. Null when the store cannot be read.
            async fn history(
                &self,
                ctx: &::async_graphql::Context<'_>,
                #[graphql(desc = "How many; 1 to 100.", default_with = "Some(20)")] first: Option<i32>,
            ) -> ::async_graphql::Result<Option<Vec<$crate::graphql::records::Revision>>> {
                $crate::graphql::records::Revision::of(self.reading, self.shown, first, ctx).await
            }

            $($fields)*
        }

        impl<'a> $name<'a> {
            /// The text for the reader of this request.
            fn localized(
                &self,
                text: &'a $crate::record::LocalizedText,
                language: Option<&$crate::graphql::scalars::LanguageTag>,
            ) -> $crate::graphql::text::LocalizedText<'a> {
                let original = self.shown.record.common.original_language.as_ref();
                $crate::graphql::text::LocalizedText::of(text, language, original, self.reading)
            }

            /// As an item of a list.
            pub(crate) fn listed<'s>(
                shown: &'s &'a ::std::sync::Arc<$crate::catalog::Published>,
                moment: $crate::graphql::reading::Moment<'s>,
            ) -> Option<$name<'s>> {
                $name::of(shown, moment)
            }
        }
    };
}
pub(crate) use record_object;

pub(crate) fn country_name<'a>(
    code: record::CountryCode,
    wanted: Option<&LanguageTag>,
    reading: &'a Reading,
) -> Option<LocalizedText<'a>> {
    Some(LocalizedText::of(&country::get(code)?.name, wanted, None, reading))
}

pub(crate) fn region(code: record::CountryCode, reading: &Reading) -> Option<Term<'_>> {
    let code = country::get(code)?.region?;
    Some(Term { reading, vocabulary: Vocabulary::RegionalGroups, code })
}

/// A source or a link of a record.
#[derive(Clone, Copy)]
pub struct Source<'a>(&'a record::Source);

pub(crate) type Sources<'a> = Listed<'a, record::Source, (), Source<'a>>;

pub(crate) fn sources(items: &[record::Source]) -> Sources<'_> {
    Listed { items, common: (), make: |source, ()| Some(Source(source)) }
}

/// Where something can be checked.
#[Object(serial)]
impl<'a> Source<'a> {
    /// Title as published.
    async fn title(&self) -> &'a str {
        &self.0.title
    }

    /// Address; null when the source has none.
    async fn url(&self) -> Option<Url<'a>> {
        self.0.url.as_deref().map(Url)
    }
}

/// Who may read a record.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "record::Audience")]
pub enum Audience {
    /// Everybody.
    Public,
    /// Staff of active members, role reader and up.
    Network,
}

/// Kinds of records.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Kind")]
pub enum RecordKind {
    /// A national mechanism.
    Mechanism,
    /// A promising practice.
    Practice,
    /// A document.
    Document,
    /// An event.
    Event,
    /// A member of the network; in the coordinator's register only.
    Member,
}

/// The record of a reference in a body, if the reader may see it.
pub(crate) fn referred<'a>(
    reference: &record::Reference,
    from: &Published,
    reading: &'a Reading,
) -> Option<&'a Published> {
    let key = reading.snapshot.resolve(reference, &from.origin);
    reading.snapshot.record(key, reading.viewer()).map(|record| &**record)
}
