//! Figures for charts.

use async_graphql::{Object, SimpleObject};

use crate::catalog::{self, Dimension, Filter, Request, Row};
use crate::record::Kind;

use super::lists::{
    Filtered, MechanismDimension, MechanismFilter, MemberDimension, MemberFilter, PracticeDimension, PracticeFilter,
    int, label, written,
};
use super::reading::Reading;
use super::scalars::{Date, LanguageTag};
use super::text::LocalizedText;

/// Where figures are counted.
#[derive(Clone, Copy)]
pub struct Statistics<'a>(pub(super) &'a Reading);

/// A dimension with its word in the schema.
type Named = (Dimension, &'static str);

impl<'a> Statistics<'a> {
    fn rows(&self, filter: &Filter, group_by: Vec<Named>) -> Vec<StatisticsRow<'a>> {
        let reading = self.0;
        reading.go_on();
        let dimensions: Vec<Dimension> = group_by.iter().map(|(dimension, _)| *dimension).collect();
        let selection = reading.snapshot.select(&Request { filter, viewer: reading.viewer(), within: None });
        let rows = selection.statistics(&dimensions).into_iter();
        let kind = filter.kind();
        rows.map(|row| StatisticsRow { reading, kind, group_by: group_by.clone(), row }).collect()
    }
}

fn narrowed(filter: Option<impl Filtered>, kind: Kind) -> Filter {
    let all = Filter::of(kind);
    match filter {
        Some(filter) => filter.narrow(all),
        None => all,
    }
}

/// Counts, exact over what the viewer may see.
#[Object(serial)]
impl<'a> Statistics<'a> {
    /// Practices by one or two dimensions; a practice with two themes counts under both.
    async fn practices(
        &self,
        #[graphql(desc = "Which.")] filter: Option<PracticeFilter>,
        #[graphql(desc = "One or two.")] group_by: Vec<PracticeDimension>,
    ) -> Vec<StatisticsRow<'a>> {
        let named = group_by.into_iter().map(|by| (by.into(), by.word())).collect();
        self.rows(&narrowed(filter, Kind::Practice), named)
    }

    /// Mechanisms by one or two dimensions.
    async fn mechanisms(
        &self,
        #[graphql(desc = "Which.")] filter: Option<MechanismFilter>,
        #[graphql(desc = "One or two.")] group_by: Vec<MechanismDimension>,
    ) -> Vec<StatisticsRow<'a>> {
        let named = group_by.into_iter().map(|by| (by.into(), by.word())).collect();
        self.rows(&narrowed(filter, Kind::Mechanism), named)
    }

    /// Members by one or two dimensions.
    async fn members(
        &self,
        #[graphql(desc = "Which.")] filter: Option<MemberFilter>,
        #[graphql(desc = "The day; today by default.")] as_of: Option<Date>,
        #[graphql(desc = "One or two.")] group_by: Vec<MemberDimension>,
    ) -> Vec<StatisticsRow<'a>> {
        let day = as_of.map_or_else(|| self.0.today(), |day| day.0);
        let named = group_by.into_iter().map(|by| (by.into(), by.word())).collect();
        self.rows(&narrowed(filter, Kind::Member).as_of(day), named)
    }

    /// Members on the first day of each month; at most the last 1,200 months.
    async fn timeline(
        &self,
        #[graphql(desc = "First month; the first member's by default.")] from: Option<Date>,
        #[graphql(desc = "Last month; this one by default.")] to: Option<Date>,
    ) -> Vec<TimelinePoint> {
        self.0.go_on();
        let to = to.map_or_else(|| self.0.today(), |day| day.0);
        let points = self.0.snapshot.timeline(from.map(|day| day.0), to, self.0.viewer());
        points.into_iter().map(TimelinePoint::from).collect()
    }
}

/// A count with its values.
pub struct StatisticsRow<'a> {
    reading: &'a Reading,
    kind: Kind,
    group_by: Vec<Named>,
    row: Row,
}

/// A count; only those above 0.
#[Object(serial)]
impl<'a> StatisticsRow<'a> {
    /// Values, in the order of `groupBy`.
    async fn keys(&self) -> Vec<StatisticsKey<'_>> {
        let values = self.group_by.iter().zip(&self.row.values);
        values
            .map(|((dimension, word), value)| StatisticsKey {
                reading: self.reading,
                kind: self.kind,
                dimension: *dimension,
                word,
                value: value.as_deref(),
            })
            .collect()
    }

    /// Records.
    async fn count(&self) -> i32 {
        int(self.row.count)
    }
}

/// One value of a count.
#[derive(Clone, Copy)]
pub struct StatisticsKey<'a> {
    reading: &'a Reading,
    kind: Kind,
    dimension: Dimension,
    word: &'static str,
    value: Option<&'a str>,
}

/// A value of a dimension.
#[Object(serial)]
impl<'a> StatisticsKey<'a> {
    /// The dimension, as in the enum.
    async fn dimension(&self) -> &'static str {
        self.word
    }

    /// As in `FacetBucket.value`.
    async fn value(&self) -> Option<&'a str> {
        written(self.dimension, self.value)
    }

    /// Name of the value.
    async fn label(
        &self,
        #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,
    ) -> LocalizedText<'a> {
        label(self.kind, self.dimension, self.value, language.as_ref(), self.reading)
    }
}

/// The network on one day.
#[derive(SimpleObject, Debug, Clone, Copy)]
#[graphql(serial)]
pub struct TimelinePoint {
    /// Day.
    date: Date,
    /// Active members.
    active: i32,
    /// Suspended members.
    suspended: i32,
}

impl From<catalog::TimelinePoint> for TimelinePoint {
    fn from(point: catalog::TimelinePoint) -> Self {
        Self { date: Date(point.date), active: int(point.active), suspended: int(point.suspended) }
    }
}
