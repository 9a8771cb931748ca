//! Texts in several languages, and the choice of one for a reader.

use super::language::LanguageTag;

/// A text in one to forty languages, in the order of the body, no language twice (records.md, `T`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalizedText(Box<[(LanguageTag, Box<str>)]>);

/// The text that a reader gets, and its language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chosen<'a> {
    /// The text.
    pub text: &'a str,
    /// The language that it is in, which may be none of those asked for.
    pub language: &'a LanguageTag,
}

impl LocalizedText {
    /// A text of these languages; `None` without any, or with one twice.
    pub fn new(texts: Vec<(LanguageTag, Box<str>)>) -> Option<LocalizedText> {
        let twice =
            texts.iter().enumerate().any(|(place, (tag, _))| texts[..place].iter().any(|(before, _)| before == tag));
        (!texts.is_empty() && !twice).then(|| LocalizedText(texts.into()))
    }

    /// The text for a reader (graphql.md, "Localized text"): the language asked for, then each preferred one (that of the
    /// instance last among them), all by RFC 4647 look-up; then the original language, English, the first of the body.
    pub fn choose<'a>(
        &'a self,
        wanted: Option<&LanguageTag>,
        preferred: &[LanguageTag],
        original: Option<&LanguageTag>,
    ) -> Chosen<'a> {
        let found =
            wanted.into_iter().chain(preferred).chain(original).find_map(|range| range.look_up(self.languages()));
        let language = found.or_else(|| LanguageTag::english().look_up(self.languages())).unwrap_or(&self.0[0].0);
        let text = self.get(language).unwrap_or(&self.0[0].1);
        Chosen { text, language }
    }

    /// Languages and texts, in the order of the body.
    pub fn iter(&self) -> impl Iterator<Item = (&LanguageTag, &str)> + Clone {
        self.0.iter().map(|(tag, text)| (tag, &**text))
    }

    /// The languages, in the order of the body.
    pub fn languages(&self) -> impl Iterator<Item = &LanguageTag> + Clone {
        self.0.iter().map(|(tag, _)| tag)
    }

    /// The text in exactly this language.
    pub fn get(&self, language: &LanguageTag) -> Option<&str> {
        self.iter().find(|(tag, _)| *tag == language).map(|(_, text)| text)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tag(text: &str) -> LanguageTag {
        LanguageTag::parse(text).unwrap()
    }

    fn text(languages: &[&str]) -> LocalizedText {
        LocalizedText::new(languages.iter().map(|language| (tag(language), (*language).into())).collect()).unwrap()
    }

    #[test]
    fn the_first_language_that_is_there_is_chosen() {
        let all = text(&["pt", "en", "fr", "zh-Hant", "ar"]);
        let choice = |text: &LocalizedText, wanted: Option<&str>, preferred: &[&str], original: Option<&str>| {
            let preferred: Vec<_> = preferred.iter().map(|language| tag(language)).collect();
            let chosen = text.choose(wanted.map(tag).as_ref(), &preferred, original.map(tag).as_ref());
            assert_eq!(chosen.text, chosen.language.as_str());
            chosen.text.to_owned()
        };
        assert_eq!(choice(&all, Some("FR-ma"), &["ar"], Some("pt")), "fr");
        assert_eq!(choice(&all, Some("ru"), &["es", "zh-Hant-HK", "ar"], Some("pt")), "zh-Hant");
        assert_eq!(choice(&all, None, &["es"], Some("ar")), "ar");
        assert_eq!(choice(&all, None, &[], Some("ru")), "en");
        assert_eq!(choice(&text(&["pt", "ro"]), Some("fr"), &["ar"], None), "pt");
    }

    #[test]
    fn a_text_has_a_language_and_none_twice() {
        assert_eq!(LocalizedText::new(Vec::new()), None);
        assert_eq!(LocalizedText::new(vec![(tag("en"), "a".into()), (tag("EN"), "b".into())]), None);
    }
}
