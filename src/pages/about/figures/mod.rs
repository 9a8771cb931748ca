//! Figures: counts of what is published here, narrowed by the address as lists of practices are. A [`Figure`] is one of a
//! closed list; each is shown on the page, taken away as CSV and SVG, and embedded by pages elsewhere.

mod choice;
mod count;
mod embed;
mod file;
mod page;
mod shown;

pub(super) use embed::embedded;
pub(super) use file::file;
pub(super) use page::page;

use crate::{catalog::Dimension, pages::visit::Visit, record::Kind};

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    Theme,
    ThemeAndRegion,
    CapacityAndRegion,
    Year,
    Region,
    Capacity,
    Goal,
    Group,
    Language,
    Source,
    Mechanisms,
    Documents,
}

/// How a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Bars,
    Heat,
    Multiples,
    Years,
}

impl Figure {
    /// In the order of the page.
    const ALL: [Self; 12] = [
        Self::Theme,
        Self::ThemeAndRegion,
        Self::CapacityAndRegion,
        Self::Year,
        Self::Region,
        Self::Capacity,
        Self::Goal,
        Self::Group,
        Self::Language,
        Self::Source,
        Self::Mechanisms,
        Self::Documents,
    ];

    /// Its name in addresses.
    fn slug(self) -> &'static str {
        match self {
            Self::Theme => "practices-by-theme",
            Self::ThemeAndRegion => "practices-by-theme-and-region",
            Self::CapacityAndRegion => "practices-by-capacity-and-region",
            Self::Year => "practices-by-year",
            Self::Region => "practices-by-region",
            Self::Capacity => "practices-by-capacity",
            Self::Goal => "practices-by-goal",
            Self::Group => "practices-by-group",
            Self::Language => "practices-by-language",
            Self::Source => "practices-by-source",
            Self::Mechanisms => "mechanisms-by-type-and-region",
            Self::Documents => "documents-by-type",
        }
    }

    fn find(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.slug() == slug)
    }

    /// What is counted.
    fn kind(self) -> Kind {
        match self {
            Self::Mechanisms => Kind::Mechanism,
            Self::Documents => Kind::Document,
            _ => Kind::Practice,
        }
    }

    /// By what: rows, then columns.
    fn dimensions(self) -> &'static [Dimension] {
        match self {
            Self::Theme => &[Dimension::Theme],
            Self::ThemeAndRegion => &[Dimension::Theme, Dimension::Region],
            Self::CapacityAndRegion => &[Dimension::Region, Dimension::Capacity],
            Self::Year => &[Dimension::Year],
            Self::Region => &[Dimension::Region],
            Self::Capacity => &[Dimension::Capacity],
            Self::Goal => &[Dimension::SdgGoal],
            Self::Group => &[Dimension::AffectedGroup],
            Self::Language => &[Dimension::Language],
            Self::Source => &[Dimension::Compiled],
            Self::Mechanisms => &[Dimension::Type, Dimension::Region],
            Self::Documents => &[Dimension::Type],
        }
    }

    fn shape(self) -> Shape {
        match self {
            Self::ThemeAndRegion | Self::Mechanisms => Shape::Heat,
            Self::CapacityAndRegion => Shape::Multiples,
            Self::Year => Shape::Years,
            _ => Shape::Bars,
        }
    }

    /// Whether a record may count more than once.
    fn counts_twice(self) -> bool {
        let several =
            [Dimension::Theme, Dimension::Capacity, Dimension::SdgGoal, Dimension::AffectedGroup, Dimension::Language];
        self.dimensions().iter().any(|dimension| several.contains(dimension))
    }

    fn title(self, visit: &Visit) -> String {
        visit.say(&format!("figures-title-{}", self.slug()))
    }
}

/// The name of a dimension, for heads of columns and for choices; none of those that no figure has.
fn name_of(visit: &Visit, dimension: Dimension) -> Option<String> {
    Some(match dimension {
        Dimension::Theme => visit.say("figures-theme"),
        Dimension::Region => visit.say("figures-region"),
        Dimension::Capacity => visit.say("figures-capacity"),
        Dimension::SdgGoal => visit.say("figures-goal"),
        Dimension::AffectedGroup => visit.say("figures-group"),
        Dimension::Language => visit.say("figures-language"),
        Dimension::Compiled => visit.say("figures-source"),
        Dimension::Year => visit.say("figures-year"),
        Dimension::Type => visit.say("figures-type"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    #[test]
    fn every_figure_has_a_title_in_six_languages_and_dimensions_of_its_kind() {
        for figure in Figure::ALL {
            assert_eq!(Figure::find(figure.slug()), Some(figure));
            assert!(figure.dimensions().iter().all(|dimension| dimension.is_of(figure.kind())), "{figure:?}");
            let id = format!("figures-title-{}", figure.slug());
            for language in texts::LANGUAGES {
                let said = texts::say(language, &id, None);
                assert!(said != id && (language == "en" || said != texts::say("en", &id, None)), "{language} {id}");
            }
        }
    }
}
