//! What was looked up, to show where it stands in a text.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::analysis::{
    Analyser, Tongue, Word,
    concepts::{self, Concept},
    runs::{Script, runs, symbol_ends},
};

/// Longest part of a text that is looked through, in bytes: a page of hits must not cost more than the search.
const LOOKED_THROUGH: usize = 24 * 1024;

/// Forms of the words of a question, each with the number of its word.
#[derive(Debug, Default)]
pub(super) struct Sought {
    stems: HashMap<Box<str>, Vec<(Tongue, usize)>>,
    exact: HashMap<Box<str>, usize>,
    beginnings: Vec<(Box<str>, usize)>,
    phrases: Vec<(Vec<Box<str>>, usize)>,
    /// Words of texts without spaces.
    unspaced: Vec<(Box<str>, usize)>,
    concepts: Vec<(Tongue, Concept, usize)>,
    tongues: Vec<Tongue>,
}

/// A place in a text where a word of the question is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// In bytes: the word as it is written there.
    pub(super) range: Range<usize>,
    /// Number of the word in the question.
    pub(super) word: usize,
}

impl Sought {
    pub(super) fn stem(&mut self, word: usize, tongue: Tongue, stem: &str) {
        if !self.tongues.contains(&tongue) {
            self.tongues.push(tongue);
        }
        if tongue == Tongue::Zh {
            self.unspaced.push((stem.into(), word));
        } else {
            self.stems.entry(stem.into()).or_default().push((tongue, word));
        }
    }

    pub(super) fn exact(&mut self, word: usize, folded: &str) {
        self.exact.entry(folded.into()).or_insert(word);
    }

    pub(super) fn beginning(&mut self, word: usize, folded: &str) {
        self.beginnings.push((folded.into(), word));
    }

    pub(super) fn concept(&mut self, word: usize, tongue: Tongue, concept: Concept) {
        self.concepts.push((tongue, concept, word));
    }

    /// Words one after another; pairs of a text without spaces are put together again.
    pub(super) fn phrase(&mut self, word: usize, words: &[Box<str>]) {
        let is_unspaced = words
            .iter()
            .all(|word| runs(word).next().is_some_and(|run| matches!(run.script, Script::Han | Script::Unspaced)));
        if is_unspaced {
            let mut whole: String = words.first().map(|first| String::from(&**first)).unwrap_or_default();
            whole.extend(words.iter().skip(1).filter_map(|pair| pair.chars().last()));
            self.unspaced.push((whole.into(), word));
        } else if let [single] = words {
            self.exact(word, single);
        } else {
            self.phrases.push((words.to_vec(), word));
        }
    }

    /// Whether the question may be in this language.
    pub(super) fn is_of(&self, tongue: Option<Tongue>) -> bool {
        self.tongues.is_empty() || tongue.is_some_and(|tongue| self.tongues.contains(&tongue))
    }

    /// Where its words stand in a text, ascending; places may overlap.
    pub(super) fn matches(&self, tongue: Option<Tongue>, text: &str, analyser: &mut Analyser) -> Vec<Match> {
        let text = &text[..text.floor_char_boundary(LOOKED_THROUGH)];
        let spaced = runs(text).filter(|run| !matches!(run.script, Script::Han | Script::Unspaced));
        let words: Vec<(Range<usize>, Arc<Word>)> = spaced
            .map(|run| {
                let word = analyser.word(tongue, &text[run.range.clone()]);
                (run.range, word)
            })
            .collect();
        let mut matches = Vec::new();
        for (range, word) in &words {
            matches.extend(self.word(tongue, word).map(|word| Match { range: range.clone(), word }));
        }
        self.phrases(&words, &mut matches);
        self.concepts(tongue, &words, &mut matches);
        self.unspaced(tongue, text, &mut matches);
        matches.sort_by_key(|found| (found.range.start, found.range.end));
        matches.dedup();
        matches
    }

    /// The word of the question that a word of a text is.
    fn word(&self, tongue: Option<Tongue>, word: &Word) -> Option<usize> {
        if let Some(number) = symbol_ends(&word.folded).find_map(|end| self.exact.get(end)) {
            return Some(*number);
        }
        let of_tongue = |stem: &str| {
            let stems = self.stems.get(stem)?;
            stems.iter().find(|(of, _)| Some(*of) == tongue).map(|(_, number)| *number)
        };
        let stem = word.stems.iter().find_map(|stem| of_tongue(stem));
        let beginning = || self.beginnings.iter().find(|(beginning, _)| word.folded.starts_with(&**beginning));
        let acronym = || {
            let concepts = concepts::shipped().of_acronym(&word.folded);
            self.concepts.iter().find(|(_, concept, _)| concepts.contains(concept)).map(|(_, _, number)| *number)
        };
        stem.or_else(|| beginning().map(|(_, number)| *number)).or_else(acronym)
    }

    fn phrases(&self, words: &[(Range<usize>, Arc<Word>)], matches: &mut Vec<Match>) {
        for (phrase, number) in &self.phrases {
            for place in words.windows(phrase.len()) {
                if place.iter().zip(phrase).all(|((_, word), wanted)| *word.folded == **wanted) {
                    let range = place[0].0.start..place[place.len() - 1].0.end;
                    matches.push(Match { range, word: *number });
                }
            }
        }
    }

    fn concepts(&self, tongue: Option<Tongue>, words: &[(Range<usize>, Arc<Word>)], matches: &mut Vec<Match>) {
        let Some(tongue) = tongue.filter(|_| !self.concepts.is_empty()) else { return };
        let keys: Vec<&str> = words.iter().map(|(_, word)| word.key()).collect();
        for place in 0..keys.len() {
            concepts::shipped().at(tongue, &keys, place, |found| {
                let across = concepts::shipped().is_across(found.concept);
                let of = self
                    .concepts
                    .iter()
                    .filter(|(of, concept, _)| *concept == found.concept && (across || *of == tongue));
                let range = words[place].0.start..words[place + found.words - 1].0.end;
                matches.extend(of.map(|(_, _, word)| Match { range: range.clone(), word: *word }));
            });
        }
    }

    fn unspaced(&self, tongue: Option<Tongue>, text: &str, matches: &mut Vec<Match>) {
        let own = self.unspaced.iter().map(|(word, number)| (&**word, *number));
        let of_concepts =
            self.concepts.iter().filter(|_| tongue == Some(Tongue::Zh)).flat_map(|(_, concept, number)| {
                concepts::shipped().chinese_of(*concept).map(move |word| (word, *number))
            });
        for (wanted, number) in own.chain(of_concepts).filter(|(wanted, _)| !wanted.is_empty()) {
            let places = text.match_indices(wanted);
            matches.extend(places.map(|(start, found)| Match { range: start..start + found.len(), word: number }));
        }
    }
}
