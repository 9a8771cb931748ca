//! Dimensions of facets and figures, and the names of their values.

use std::borrow::Cow;

use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::EnumType;
use async_graphql::{ContextSelectionSet, Enum, Name, Object, OutputType, Positioned, ServerResult, Value};

use crate::catalog::{Bucket, Dimension};
use crate::graphql::labels;
use crate::graphql::listed::Listed;
use crate::graphql::reading::Reading;
use crate::graphql::records::{EventMode, MemberRole, MemberStatus};
use crate::graphql::scalars::LanguageTag;
use crate::graphql::text::LocalizedText;
use crate::record::vocabulary::{self, Vocabulary};
use crate::record::{self, CountryCode, Kind, country};

use super::int;

macro_rules! dimensions {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$value_doc])* $value),*
        }

        impl From<$name> for Dimension {
            fn from(name: $name) -> Self {
                match name {
                    $($name::$value => Self::$value),*
                }
            }
        }

        impl $name {
            /// As the schema writes it.
            pub(crate) fn word(self) -> &'static str {
                Self::items().iter().find(|item| item.value == self).map_or("", |item| item.name)
            }
        }
    };
}

dimensions! {
    /// Dimensions of practices, for facets and figures.
    PracticeDimension {
        /// Country.
        Country,
        /// Regional group.
        Region,
        /// Theme.
        Theme,
        /// Capacity.
        Capacity,
        /// Type of the mechanism.
        MechanismType,
        /// United Nations mechanism.
        UnMechanism,
        /// Development goal.
        SdgGoal,
        /// Group of persons.
        AffectedGroup,
        /// `startYear`.
        Year,
        /// Language of the title.
        Language,
        /// Origin.
        Origin,
        /// Compiled (`true`) or said by the State (`false`).
        Compiled,
    }
}

dimensions! {
    /// Dimensions of mechanisms.
    MechanismDimension {
        /// Country.
        Country,
        /// Regional group.
        Region,
        /// Type.
        Type,
        /// Capacity.
        Capacity,
        /// Year of establishment.
        Year,
        /// Origin.
        Origin,
        /// Compiled or said by the State.
        Compiled,
    }
}

dimensions! {
    /// Dimensions of documents.
    DocumentDimension {
        /// Type.
        Type,
        /// Theme.
        Theme,
        /// Language.
        Language,
        /// Year.
        Year,
    }
}

dimensions! {
    /// Dimensions of events.
    EventDimension {
        /// Type.
        Type,
        /// Mode.
        Mode,
        /// Country.
        Country,
        /// Year.
        Year,
    }
}

dimensions! {
    /// Dimensions of members.
    MemberDimension {
        /// Regional group.
        Region,
        /// Role.
        Role,
        /// Status.
        Status,
    }
}

/// Counts of one dimension.
pub struct Facet<'a> {
    pub(super) reading: &'a Reading,
    pub(super) kind: Kind,
    pub(super) dimension: Dimension,
    pub(super) field: &'static str,
    pub(super) buckets: Vec<Bucket>,
}

/// Values of one dimension with their counts.
#[Object(serial)]
impl<'a> Facet<'a> {
    /// The dimension, as in the enum.
    async fn field(&self) -> &'static str {
        self.field
    }

    /// By falling count, then code; values that are chosen stay with 0; at most 300.
    async fn buckets(&self) -> Buckets<'_> {
        Buckets(Listed {
            items: &self.buckets,
            common: self,
            make: |bucket, facet| Some(FacetBucket { facet, bucket }),
        })
    }
}

/// One count.
pub struct FacetBucket<'a> {
    facet: &'a Facet<'a>,
    bucket: &'a Bucket,
}

/// A value with its count.
#[Object(serial)]
impl<'a> FacetBucket<'a> {
    /// Code, country, language, year or entityId as a string; of modes, roles and statuses the word of their enum, as
    /// filters take it; null for what is not stated.
    async fn value(&self) -> Option<&'a str> {
        written(self.facet.dimension, self.bucket.value.as_deref())
    }

    /// Name of the value.
    async fn label(
        &self,
        #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,
    ) -> LocalizedText<'a> {
        let Facet { reading, kind, dimension, .. } = *self.facet;
        label(kind, dimension, self.bucket.value.as_deref(), language.as_ref(), reading)
    }

    /// Records.
    async fn count(&self) -> i32 {
        int(self.bucket.count)
    }
}

/// Buckets in an answer. There are hundreds of them in a search, and values and counts are most of what is asked of them:
/// these are put down at once, where the library makes a future of each.
struct Buckets<'a>(Listed<'a, Bucket, &'a Facet<'a>, FacetBucket<'a>>);

impl OutputType for Buckets<'_> {
    fn type_name() -> Cow<'static, str> {
        Listed::<Bucket, &Facet<'_>, FacetBucket<'_>>::type_name()
    }

    fn qualified_type_name() -> String {
        Listed::<Bucket, &Facet<'_>, FacetBucket<'_>>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Listed::<Bucket, &Facet<'_>, FacetBucket<'_>>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let Some(plain) = plain_fields(&ctx.item.node) else { return self.0.resolve(ctx, field).await };
        let dimension = self.0.common.dimension;
        let object = |bucket: &Bucket| plain.iter().map(|(key, of)| ((*key).clone(), of(dimension, bucket))).collect();
        Ok(Value::List(self.0.items.iter().map(|bucket| Value::Object(object(bucket))).collect()))
    }
}

type OfBucket = fn(Dimension, &Bucket) -> Value;

/// What is asked of each bucket by which name; none if it is anything but values and counts.
fn plain_fields(selection: &SelectionSet) -> Option<Vec<(&Name, OfBucket)>> {
    fn plain(selection: &Positioned<Selection>) -> Option<(&Name, OfBucket)> {
        let Selection::Field(field) = &selection.node else { return None };
        let of: OfBucket = match field.node.name.node.as_str() {
            _ if !field.node.directives.is_empty() => return None,
            "value" => |dimension, bucket| written(dimension, bucket.value.as_deref()).map_or(Value::Null, Value::from),
            "count" => |_, bucket| Value::from(int(bucket.count)),
            _ => return None,
        };
        Some((&field.node.response_key().node, of))
    }
    selection.items.iter().map(plain).collect()
}

/// Vocabulary of the values of a dimension.
pub(crate) fn values_named(kind: Kind, dimension: Dimension) -> Option<Vocabulary> {
    match (dimension, kind) {
        (Dimension::Region, _) => Some(Vocabulary::RegionalGroups),
        (Dimension::Theme, _) => Some(Vocabulary::Themes),
        (Dimension::Capacity, _) => Some(Vocabulary::Capacities),
        (Dimension::MechanismType, _) | (Dimension::Type, Kind::Mechanism) => Some(Vocabulary::MechanismTypes),
        (Dimension::UnMechanism, _) => Some(Vocabulary::UnMechanisms),
        (Dimension::SdgGoal, _) => Some(Vocabulary::SdgGoals),
        (Dimension::AffectedGroup, _) => Some(Vocabulary::AffectedGroups),
        (Dimension::Type, Kind::Document) => Some(Vocabulary::DocumentTypes),
        (Dimension::Type, Kind::Event) => Some(Vocabulary::EventTypes),
        _ => None,
    }
}

/// A value as the schema writes it: of closed lists by the word of the enum, which filters take, everything else as records
/// carry it.
pub(crate) fn written(dimension: Dimension, value: Option<&str>) -> Option<&str> {
    fn word<E: EnumType>(value: &str, carried: fn(E) -> &'static str) -> &str {
        E::items().iter().find(|item| carried(item.value) == value).map_or(value, |item| item.name)
    }
    let value = value?;
    Some(match dimension {
        Dimension::Mode => word::<EventMode>(value, |mode| record::EventMode::from(mode).as_str()),
        Dimension::Role => word::<MemberRole>(value, |role| record::MemberRole::from(role).as_str()),
        Dimension::Status => word::<MemberStatus>(value, |status| record::MemberStatus::from(status).as_str()),
        _ => value,
    })
}

/// The name of a value; a value without one is its own.
pub(crate) fn label<'a>(
    kind: Kind,
    dimension: Dimension,
    value: Option<&'a str>,
    wanted: Option<&LanguageTag>,
    reading: &'a Reading,
) -> LocalizedText<'a> {
    let Some(value) = value else {
        return labels::of(labels::NOT_STATED, wanted, reading);
    };
    let named = match dimension {
        Dimension::Country => CountryCode::parse(value).and_then(country::get).map(|country| &country.name),
        Dimension::Origin => {
            let instance = reading.snapshot.network().instance(value);
            return LocalizedText::plain(instance.map_or(value, |instance| &instance.name));
        }
        Dimension::Compiled | Dimension::Mode | Dimension::Role | Dimension::Status => {
            return labels::of(value, wanted, reading);
        }
        _ => values_named(kind, dimension)
            .and_then(|vocabulary| vocabulary::term(vocabulary, value))
            .map(|term| &term.label),
    };
    named.map_or_else(|| LocalizedText::plain(value), |name| LocalizedText::of(name, wanted, None, reading))
}
