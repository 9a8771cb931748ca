//! From letters to what is compared: the words of a text, and for each its folded spelling and its stems in the language
//! of the text.

mod arabic;
pub(crate) mod chinese;
pub(crate) mod concepts;
mod fold;
pub(crate) mod runs;
pub(crate) mod stop;

use std::{collections::HashMap, sync::Arc};

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream as _};

use crate::record::LanguageTag;

pub(crate) use fold::{LONGEST_WORD, fold, fold_whole};
pub(crate) use runs::{Script, runs};

/// A language whose words are brought to a common form. Texts of all others are compared by their folded spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tongue {
    En,
    Fr,
    Es,
    Ar,
    Zh,
    Ru,
}

impl Tongue {
    pub(crate) const ALL: [Tongue; 6] = [Tongue::En, Tongue::Fr, Tongue::Es, Tongue::Ar, Tongue::Zh, Tongue::Ru];

    pub(crate) fn as_str(self) -> &'static str {
        ["en", "fr", "es", "ar", "zh", "ru"][self as usize]
    }

    pub(crate) fn parse(primary: &str) -> Option<Tongue> {
        Tongue::ALL.into_iter().find(|tongue| tongue.as_str().eq_ignore_ascii_case(primary))
    }

    pub(crate) fn of(tag: &LanguageTag) -> Option<Tongue> {
        Tongue::parse(tag.primary())
    }
}

/// A word as it is compared.
#[derive(Debug, Default)]
pub(crate) struct Word {
    /// Its spelling without accents and case.
    pub(crate) folded: Box<str>,
    /// Its stems in the language of the text; none in a language without one. The last one is made from the folded
    /// spelling: who leaves accents out finds it.
    pub(crate) stems: Box<[Box<str>]>,
}

impl Word {
    /// The one form that terms of concepts are compared by.
    pub(crate) fn key(&self) -> &str {
        self.stems.last().unwrap_or(&self.folded)
    }
}

/// Words that an analyser remembers a language unless it is told otherwise; texts of the field have some thousands.
const REMEMBERED: usize = 20_000;

/// Analyses words, and remembers them.
pub(crate) struct Analyser {
    most: usize,
    stemmers: [Option<TextAnalyzer>; Tongue::ALL.len()],
    /// By language; words of other languages at the end.
    remembered: [HashMap<Box<str>, Arc<Word>>; Tongue::ALL.len() + 1],
}

impl Default for Analyser {
    fn default() -> Self {
        Self::remembering(REMEMBERED)
    }
}

impl Analyser {
    /// One that remembers at most so many words a language.
    pub(crate) fn remembering(most: usize) -> Self {
        let stemmers = Tongue::ALL.map(|tongue| {
            let language = match tongue {
                Tongue::En => Language::English,
                Tongue::Fr => Language::French,
                Tongue::Es => Language::Spanish,
                Tongue::Ru => Language::Russian,
                Tongue::Ar | Tongue::Zh => return None,
            };
            Some(TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build())
        });
        Self { most, stemmers, remembered: Default::default() }
    }

    /// A word of a text in this language, as it is written.
    pub(crate) fn word(&mut self, tongue: Option<Tongue>, written: &str) -> Arc<Word> {
        let place = tongue.map_or(Tongue::ALL.len(), |tongue| tongue as usize);
        if let Some(word) = self.remembered[place].get(written) {
            return word.clone();
        }
        let word = Arc::new(self.analyse(tongue, written));
        // What nobody wrote as a word is not remembered: its length alone would fill the memory.
        if written.len() <= 4 * LONGEST_WORD {
            let remembered = &mut self.remembered[place];
            if remembered.len() >= self.most {
                remembered.clear();
            }
            remembered.insert(written.into(), word.clone());
        }
        word
    }

    fn analyse(&mut self, tongue: Option<Tongue>, written: &str) -> Word {
        let folded: Box<str> = fold(written).into();
        let stems: Vec<Box<str>> = match tongue {
            Some(Tongue::Ar) => arabic::stems(written).into_iter().rev().map(Into::into).collect(),
            Some(tongue @ (Tongue::Fr | Tongue::Es)) if !written.is_ascii() => {
                let stem = fold(&self.stem(tongue, &fold::lower(written)));
                let without_accents = self.stem(tongue, &folded);
                if stem == without_accents { vec![stem.into()] } else { vec![stem.into(), without_accents.into()] }
            }
            Some(tongue @ (Tongue::En | Tongue::Fr | Tongue::Es | Tongue::Ru)) => {
                vec![self.stem(tongue, &folded).into()]
            }
            Some(Tongue::Zh) => vec![folded.clone()],
            None => Vec::new(),
        };
        Word { folded, stems: stems.into() }
    }

    fn stem(&mut self, tongue: Tongue, word: &str) -> String {
        let Some(stemmer) = &mut self.stemmers[tongue as usize] else { return word.to_owned() };
        let mut stream = stemmer.token_stream(word);
        if stream.advance() { std::mem::take(&mut stream.token_mut().text) } else { String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two words of a language are found by each other.
    fn meet(tongue: Tongue, one: &str, other: &str) -> bool {
        let mut analyser = Analyser::default();
        let (one, other) = (analyser.word(Some(tongue), one), analyser.word(Some(tongue), other));
        one.stems.iter().any(|stem| other.stems.contains(stem))
    }

    #[test]
    fn forms_of_a_word_meet_in_its_language() {
        for (tongue, one, other) in [
            (Tongue::En, "recommendations", "Recommendation"),
            (Tongue::En, "reporting", "reports"),
            (Tongue::Fr, "mécanismes", "mécanisme"),
            (Tongue::Fr, "mecanismes", "Mécanisme"),
            (Tongue::Fr, "réflexion", "reflexion"),
            (Tongue::Fr, "recommandations", "recommandation"),
            (Tongue::Es, "recomendación", "recomendaciones"),
            (Tongue::Es, "aplicación", "aplicacion"),
            (Tongue::Es, "ejecución", "EJECUCION"),
            (Tongue::Ru, "рекомендации", "рекомендаций"),
            (Tongue::Ru, "отчётности", "отчетность"),
            (Tongue::Ru, "гражданское", "гражданского"),
            (Tongue::Ru, "общества", "общество"),
            (Tongue::Ar, "الآليات", "آلية"),
            (Tongue::Zh, "ＵＰＲ", "upr"),
        ] {
            assert!(meet(tongue, one, other), "{tongue:?} {one} {other}");
        }
        assert!(!meet(Tongue::En, "committee", "commission"));
        assert!(!meet(Tongue::Ru, "совет", "советник"));
    }

    #[test]
    fn a_language_without_a_stemmer_has_folded_words_alone() {
        let word = Analyser::default().word(None, "Reuniões");
        assert_eq!((&*word.folded, word.stems.len(), word.key()), ("reunioes", 0, "reunioes"));
        assert_eq!(Tongue::of(&LanguageTag::parse("FR-ca").expect("a tag")), Some(Tongue::Fr));
        assert_eq!(Tongue::of(&LanguageTag::parse("pt").expect("a tag")), None);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut analyser = Analyser::remembering(100);
        for number in 0..1000 {
            analyser.word(None, &number.to_string());
        }
        analyser.word(None, &"x".repeat(10_000));
        assert!(analyser.remembered[Tongue::ALL.len()].len() <= 100);
        assert!(!analyser.remembered[Tongue::ALL.len()].keys().any(|word| word.len() > 4 * LONGEST_WORD));
    }
}
