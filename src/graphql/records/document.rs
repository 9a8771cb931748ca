//! Documents of the field.

use crate::catalog::Published;
use crate::record::vocabulary::Vocabulary;
use crate::record::{self, Body, IssuedBy};

use super::record_object;
use crate::graphql::listed::Listed;
use crate::graphql::reading::{Moment, Reading};
use crate::graphql::scalars::{CountryCode, LanguageTag, PartialDate, Url};
use crate::graphql::term::{self, Term, Terms};
use crate::graphql::text::LocalizedText;
use async_graphql::Object;

/// A document and where it is read.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    reading: &'a Reading,
    shown: &'a Published,
    body: &'a record::Document,
}

impl<'a> Document<'a> {
    /// The record as the schema shows it; none for another kind.
    pub(crate) fn of(shown: &'a Published, moment: Moment<'a>) -> Option<Self> {
        let Body::Document(body) = &shown.record.body else { return None };
        Some(Self { reading: moment.reading, shown, body })
    }

    fn stated_country(&self) -> Option<CountryCode> {
        self.shown.country().map(CountryCode)
    }
}

record_object! {
    /// A document of interest to the network.
    Document, country: Option<CountryCode>, {
    /// Title.
    async fn title(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> LocalizedText<'a> {
        self.localized(&self.body.title, language.as_ref())
    }

    /// Type.
    #[graphql(name = "type")]
    async fn document_type(&self) -> Term<'a> {
        Term { reading: self.reading, vocabulary: Vocabulary::DocumentTypes, code: &self.body.document_type }
    }

    /// Symbol, for example A/HRC/RES/51/33.
    async fn symbol(&self) -> Option<&'a str> {
        self.body.symbol.as_deref()
    }

    /// Who issued it.
    async fn issued_by(&self, #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,) -> Option<LocalizedText<'a>> {
        match self.body.issued_by.as_ref()? {
            IssuedBy::Localized(text) => Some(self.localized(text, language.as_ref())),
            IssuedBy::Plain(name) => {
                let original = self.shown.record.common.original_language.as_ref();
                Some(LocalizedText::in_original(name, original))
            }
        }
    }

    /// Date as stated.
    async fn date(&self) -> Option<PartialDate> {
        self.body.date.map(PartialDate)
    }

    /// Languages in which it exists.
    async fn languages(&self) -> Vec<LanguageTag> {
        self.body.languages.iter().cloned().map(LanguageTag).collect()
    }

    /// Where to read it.
    async fn editions(&self) -> Listed<'a, record::Edition, (), Edition<'a>> {
        Listed { items: &self.body.editions, common: (), make: |edition, ()| Some(Edition(edition)) }
    }

    /// Themes.
    async fn themes(&self) -> Terms<'a> {
        term::themes(&self.body.themes, self.reading)
    }

    }
}

/// An edition of a document.
#[derive(Clone, Copy)]
pub struct Edition<'a>(&'a record::Edition);

/// A document in one language.
#[Object(serial)]
impl<'a> Edition<'a> {
    /// Language.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.0.language.clone())
    }

    /// Address.
    async fn url(&self) -> Url<'a> {
        Url(&self.0.url)
    }
}
