//! A record as the index takes it: words already analysed, joined into one string a field, which the tokenizer only has to
//! cut. So a text is analysed once, whatever number of fields and times its words are filed.

use std::collections::HashMap;

use tantivy::TantivyDocument;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::catalog::Published;
use crate::record::{CountryCode, LocalizedText, country, vocabulary::Vocabulary};

use super::analysis::{
    Analyser, Tongue, chinese, concepts,
    runs::{Run, Script, pairs, runs, symbol_ends},
};
use super::fields::{self, Fields, SUMMARY, TITLE};

/// Name of the tokenizer that cuts what is written here.
pub(super) const TOKENIZER: &str = "cut";

/// Before a word in the next place.
const NEXT: char = '\n';
/// Before a word in the same place as the one before it.
const SAME: char = '\r';
/// Between texts: no phrase goes over it.
const GAP: char = '\u{c}';

/// Makes documents of records.
#[derive(Default)]
pub(super) struct Filing {
    analyser: Analyser,
    countries: HashMap<CountryCode, Vec<Filed>>,
}

/// A text in one language, analysed.
#[derive(Default, Clone)]
pub(super) struct Filed {
    tongue: Option<Tongue>,
    exact: String,
    stems: String,
}

/// The strings of a document.
#[derive(Default)]
struct Strings {
    exact: String,
    tongues: [String; Tongue::ALL.len()],
    codes: String,
}

impl Strings {
    fn file(&mut self, filed: &Filed, times: usize) {
        for _ in 0..times {
            self.exact.push_str(&filed.exact);
            self.exact.push(GAP);
        }
        if let Some(tongue) = filed.tongue {
            (0..times).for_each(|_| self.tongues[tongue as usize].push_str(&filed.stems));
        }
    }
}

impl Filing {
    /// The document of a record.
    pub(super) fn document(&mut self, record: &Published, fields: &Fields) -> TantivyDocument {
        let mut strings = Strings::default();
        for text in fields::texts(record) {
            for (language, words) in text.text.iter() {
                let filed = self.file(Tongue::of(language), words);
                strings.file(&filed, text.weight);
            }
        }
        for name in fields::names(record) {
            let filed = self.file(None, name);
            strings.file(&filed, TITLE);
        }
        if let Some(code) = record.country() {
            self.of_country(code).iter().for_each(|filed| strings.file(filed, SUMMARY));
        }
        for (list, code) in fields::codes(record) {
            strings.codes.push(NEXT);
            strings.codes.push_str(&code_term(list, code));
        }
        let mut document = TantivyDocument::new();
        document.add_u64(fields.slot, record.slot.into());
        document.add_text(fields.exact, &strings.exact);
        for (field, words) in fields.tongues.iter().zip(&strings.tongues).filter(|(_, words)| !words.is_empty()) {
            document.add_text(*field, words);
        }
        document.add_text(fields.codes, &strings.codes);
        document
    }

    fn of_country(&mut self, code: CountryCode) -> &[Filed] {
        if !self.countries.contains_key(&code) {
            let names = country::get(code).map(|country| self.file_all(&country.name)).unwrap_or_default();
            self.countries.insert(code, names);
        }
        self.countries.get(&code).map_or(&[], Vec::as_slice)
    }

    fn file_all(&mut self, text: &LocalizedText) -> Vec<Filed> {
        text.iter().map(|(language, words)| self.file(Tongue::of(language), words)).collect()
    }

    /// A text of one language.
    fn file(&mut self, tongue: Option<Tongue>, text: &str) -> Filed {
        let mut filed = Filed { tongue, ..Filed::default() };
        let words: Vec<_> = runs(text).map(|run| self.file_run(&run, &text[run.range.clone()], &mut filed)).collect();
        let Some(tongue) = tongue else { return filed };
        let keys: Vec<&str> = words.iter().map(|word| word.as_ref().map_or("", |word| word.key())).collect();
        for place in 0..keys.len() {
            concepts::shipped().at(tongue, &keys, place, |found| filed.concept(found.concept));
        }
        filed
    }

    fn file_run(
        &mut self,
        run: &Run,
        written: &str,
        filed: &mut Filed,
    ) -> Option<std::sync::Arc<super::analysis::Word>> {
        if matches!(run.script, Script::Han | Script::Unspaced) {
            filed.unspaced(run.script, written);
            return None;
        }
        let word = self.analyser.word(filed.tongue, written);
        if run.is_symbol {
            for end in symbol_ends(&word.folded) {
                filed.exact.push(NEXT);
                filed.exact.push_str(end.split('/').next().unwrap_or_default());
                if end.contains('/') {
                    filed.exact.push(SAME);
                    filed.exact.push_str(end);
                }
            }
            return None;
        }
        filed.exact.push(NEXT);
        filed.exact.push_str(&word.folded);
        filed.stem(&word.stems);
        concepts::shipped().of_acronym(&word.folded).iter().for_each(|concept| filed.concept(*concept));
        Some(word)
    }
}

impl Filed {
    fn stem(&mut self, stems: &[Box<str>]) {
        for (place, stem) in stems.iter().enumerate() {
            self.stems.push(if place == 0 { NEXT } else { SAME });
            self.stems.push_str(stem);
        }
    }

    fn concept(&mut self, concept: concepts::Concept) {
        let into = if concepts::shipped().is_across(concept) { &mut self.exact } else { &mut self.stems };
        into.push(SAME);
        into.push_str(&concepts::term(concept));
    }

    fn unspaced(&mut self, script: Script, written: &str) {
        let folded = super::analysis::fold_whole(written);
        for pair in pairs(&folded) {
            self.exact.push(NEXT);
            self.exact.push_str(pair);
        }
        if self.tongue == Some(Tongue::Zh) && script == Script::Han {
            for word in chinese::words_and_parts(&folded) {
                self.stems.push(NEXT);
                self.stems.push_str(word);
                concepts::shipped().of_chinese(word).iter().for_each(|concept| self.concept(*concept));
            }
        }
    }
}

/// A code as it is filed.
pub(super) fn code_term(list: Vocabulary, code: &str) -> String {
    format!("{} {code}", list as usize)
}

/// Cuts what [`Filing`] joined.
#[derive(Clone, Default)]
pub(super) struct Cut {
    token: Token,
}

/// The words of a string of [`Filing`].
pub(super) struct Cuts<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Cuts<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cuts<'a> {
        self.token.reset();
        Cuts { rest: text, token: &mut self.token }
    }
}

impl TokenStream for Cuts<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some(mark) = self.rest.chars().next() else { return false };
            let rest = &self.rest[mark.len_utf8()..];
            if mark == GAP {
                self.token.position = self.token.position.wrapping_add(16);
                self.rest = rest;
                continue;
            }
            // A mark after nothing opens the first place.
            if mark == NEXT || self.token.position == usize::MAX {
                self.token.position = self.token.position.wrapping_add(1);
            }
            let end = rest.find([NEXT, SAME, GAP]).unwrap_or(rest.len());
            self.token.text.clear();
            self.token.text.push_str(&rest[..end]);
            self.rest = &rest[end..];
            return true;
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
