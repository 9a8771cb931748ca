//! Vocabularies: a code with its label. A code that is not known here is its own label.

use async_graphql::{Enum, Object};

use crate::record::vocabulary::{self, Vocabulary};

use super::listed::Listed;
use super::reading::Reading;
use super::scalars::{CountryCode, LanguageTag};
use super::text::LocalizedText;

/// A code of a vocabulary; its entry is looked up when something of it is asked for.
#[derive(Clone, Copy)]
pub struct Term<'a> {
    pub(super) reading: &'a Reading,
    pub(super) vocabulary: Vocabulary,
    pub(super) code: &'a str,
}

pub(super) type Terms<'a> = Listed<'a, Box<str>, &'a Reading, Term<'a>>;

macro_rules! terms {
    ($($name:ident => $vocabulary:ident),*) => {
        $(pub(super) fn $name<'a>(codes: &'a [Box<str>], reading: &'a Reading) -> Terms<'a> {
            Listed {
                items: codes,
                common: reading,
                make: |code, reading| Some(Term { reading, vocabulary: Vocabulary::$vocabulary, code }),
            }
        })*
    };
}

terms!(themes => Themes, capacities => Capacities, un_mechanisms => UnMechanisms, affected_groups => AffectedGroups);

/// Goals stand in records as numbers.
const GOALS: [&str; 17] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17"];

pub(super) fn goals<'a>(goals: &'a [u8], reading: &'a Reading) -> Listed<'a, u8, &'a Reading, Term<'a>> {
    let make = |goal: &'a u8, reading: &'a Reading| {
        let code = GOALS.get(usize::from(*goal).checked_sub(1)?)?;
        Some(Term { reading, vocabulary: Vocabulary::SdgGoals, code })
    };
    Listed { items: goals, common: reading, make }
}

impl Term<'_> {
    fn known(&self) -> Option<&'static vocabulary::Term> {
        vocabulary::term(self.vocabulary, self.code)
    }
}

/// An entry of a vocabulary; a code not known here has itself as label.
#[Object(serial)]
impl<'a> Term<'a> {
    /// Code as records carry it.
    async fn code(&self) -> &'a str {
        self.code
    }

    /// Name.
    async fn label(
        &self,
        #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,
    ) -> LocalizedText<'a> {
        match self.known() {
            Some(known) => LocalizedText::of(&known.label, language.as_ref(), None, self.reading),
            None => LocalizedText::plain(self.code),
        }
    }

    /// Group within the vocabulary, for example `treaty-body`.
    async fn group(&self) -> Option<&'static str> {
        self.known()?.group.as_deref()
    }

    /// Countries of a regional group; empty for other vocabularies.
    async fn countries(&self) -> Vec<CountryCode> {
        self.known().into_iter().flat_map(|known| known.countries.iter().copied()).map(CountryCode).collect()
    }
}

/// Vocabularies.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum VocabularyName {
    /// Themes of practices and documents.
    Themes,
    /// The four capacities of OHCHR's guide.
    Capacities,
    /// Types of mechanisms.
    MechanismTypes,
    /// Treaty bodies, UPR, special procedures.
    UnMechanisms,
    /// The 17 Sustainable Development Goals.
    SdgGoals,
    /// Groups of persons.
    AffectedGroups,
    /// United Nations regional groups.
    RegionalGroups,
    /// Types of documents.
    DocumentTypes,
    /// Types of events.
    EventTypes,
}

impl From<VocabularyName> for Vocabulary {
    fn from(name: VocabularyName) -> Self {
        match name {
            VocabularyName::Themes => Self::Themes,
            VocabularyName::Capacities => Self::Capacities,
            VocabularyName::MechanismTypes => Self::MechanismTypes,
            VocabularyName::UnMechanisms => Self::UnMechanisms,
            VocabularyName::SdgGoals => Self::SdgGoals,
            VocabularyName::AffectedGroups => Self::AffectedGroups,
            VocabularyName::RegionalGroups => Self::RegionalGroups,
            VocabularyName::DocumentTypes => Self::DocumentTypes,
            VocabularyName::EventTypes => Self::EventTypes,
        }
    }
}
