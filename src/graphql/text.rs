//! A text in the language of the reader.

use std::sync::LazyLock;

use async_graphql::{Enum, Object};

use crate::record::{self, Direction};

use super::reading::Reading;
use super::scalars::LanguageTag;

/// The text that was chosen, and the whole it was chosen from.
#[derive(Clone, Copy)]
pub struct LocalizedText<'a> {
    text: &'a str,
    language: &'a record::LanguageTag,
    whole: Option<&'a record::LocalizedText>,
    is_original: bool,
}

/// RFC 5646 §4.1: a text whose language is not known.
static UNDETERMINED: LazyLock<record::LanguageTag> =
    LazyLock::new(|| record::LanguageTag::parse("und").unwrap_or_else(record::LanguageTag::english));

impl<'a> LocalizedText<'a> {
    pub(super) fn of(
        whole: &'a record::LocalizedText,
        wanted: Option<&LanguageTag>,
        original: Option<&record::LanguageTag>,
        reading: &Reading,
    ) -> Self {
        let chosen = whole.choose(wanted.map(|wanted| &wanted.0), reading.languages(), original);
        let is_original = original.is_some_and(|original| original == chosen.language);
        Self { text: chosen.text, language: chosen.language, whole: Some(whole), is_original }
    }

    /// A text that has no translations: a code, a name.
    pub(super) fn plain(text: &'a str) -> Self {
        Self { text, language: &UNDETERMINED, whole: None, is_original: false }
    }

    /// A text that stands in its record in one language.
    pub(super) fn in_original(text: &'a str, original: Option<&'a record::LanguageTag>) -> Self {
        let language = original.unwrap_or(&UNDETERMINED);
        Self { text, language, whole: None, is_original: original.is_some() }
    }
}

/// A text in one language out of those it exists in.
#[Object(serial)]
impl<'a> LocalizedText<'a> {
    /// The text.
    async fn text(&self) -> &'a str {
        self.text
    }

    /// Language of `text`; another than the wanted one when that does not exist.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.language.clone())
    }

    /// Writing direction of `language`.
    async fn direction(&self) -> TextDirection {
        match self.language.direction() {
            Direction::Ltr => TextDirection::Ltr,
            Direction::Rtl => TextDirection::Rtl,
        }
    }

    /// Whether `language` is the record's original language.
    async fn is_original(&self) -> bool {
        self.is_original
    }

    /// Languages in which this text exists.
    async fn available(&self) -> Vec<LanguageTag> {
        match self.whole {
            Some(whole) => whole.languages().map(|tag| LanguageTag(tag.clone())).collect(),
            None => vec![LanguageTag(self.language.clone())],
        }
    }
}

/// Writing direction.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextDirection {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}
