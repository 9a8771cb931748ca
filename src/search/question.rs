//! From what somebody typed to what is looked up. Nothing of it is syntax but quotes; so nothing of it can be wrong.

use std::sync::Arc;

use super::analysis::{
    Analyser, Tongue, Word, chinese,
    concepts::{self, Concept},
    fold_whole,
    runs::{Script, pairs, runs},
    stop,
};
use super::{LONGEST_QUESTION, Question};

/// Most words of a question; what comes after them is not looked at.
pub(super) const MOST_WORDS: usize = 32;

/// A question, understood.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// What all should be in a record.
    pub(super) units: Vec<Unit>,
}

/// One word or phrase.
#[derive(Debug, Default, Clone)]
pub(super) struct Unit {
    /// Its stems in the languages that it may be of.
    pub(super) stems: Vec<(Tongue, Box<str>)>,
    /// Its folded spelling; none for what is found by its pairs or as a phrase.
    pub(super) exact: Option<Box<str>>,
    /// Folded words one after another: a phrase, a symbol, or the pairs of a word without spaces.
    pub(super) phrase: Vec<Box<str>>,
    /// Whether the phrase alone is meant.
    pub(super) is_quoted: bool,
    /// Groups that it belongs to, of the languages that it may be of.
    pub(super) concepts: Vec<(Tongue, Concept)>,
    /// Shorter words inside it, for when it is not found itself.
    pub(super) parts: Vec<Box<str>>,
    /// Whether more letters may follow.
    pub(super) is_unfinished: bool,
    /// Whether it says nothing by itself.
    is_empty: bool,
}

impl Plan {
    /// Understands a question; one without words has no units.
    pub(super) fn of(question: &Question<'_>, analyser: &mut Analyser) -> Plan {
        let text: String = question.text.chars().take(LONGEST_QUESTION).collect();
        let mut plan = Plan::default();
        for (piece, is_quoted) in quoted(&text) {
            if is_quoted {
                plan.units.extend(phrase(piece, analyser));
            } else {
                plan.add_words(piece, question, analyser);
            }
        }
        if let Some(last) = plan.units.last_mut() {
            last.is_unfinished = !last.is_quoted && text.ends_with(|letter: char| letter.is_alphanumeric());
        }
        if plan.units.iter().any(|unit| !unit.is_empty) {
            plan.units.retain(|unit| !unit.is_empty);
        }
        plan.units.truncate(MOST_WORDS);
        plan
    }

    fn add_words(&mut self, text: &str, question: &Question<'_>, analyser: &mut Analyser) {
        let first = self.units.len();
        for run in runs(text).take(MOST_WORDS) {
            let written = &text[run.range.clone()];
            let tongues = tongues(run.script, question);
            if matches!(run.script, Script::Han | Script::Unspaced) {
                self.units.extend(unspaced(written, &tongues));
                continue;
            }
            let word = analyser.word(None, written);
            let mut unit = Unit { exact: Some(word.folded.clone()), ..Unit::default() };
            if run.is_symbol {
                unit.phrase = word.folded.split('/').filter(|part| !part.is_empty()).map(Into::into).collect();
            } else {
                for tongue in &tongues {
                    let word = analyser.word(Some(*tongue), written);
                    unit.stems.extend(word.stems.iter().map(|stem| (*tongue, stem.clone())));
                    unit.is_empty |= stop::is_folded(*tongue, &word.folded);
                }
                let acronym = concepts::shipped().of_acronym(&word.folded).iter();
                // All groups of acronyms are found across languages: it does not matter which one is named.
                unit.concepts.extend(acronym.map(|concept| (Tongue::En, *concept)));
            }
            self.units.push(unit);
        }
        self.add_concepts(first, text, analyser, question);
    }

    /// Gives each word the groups of the terms that it is part of.
    fn add_concepts(&mut self, first: usize, text: &str, analyser: &mut Analyser, question: &Question<'_>) {
        if runs(text)
            .any(|run| !matches!(run.script, Script::Latin | Script::Arabic | Script::Cyrillic | Script::Other))
        {
            return;
        }
        for tongue in Tongue::ALL {
            let words: Vec<Arc<Word>> = runs(text)
                .take(MOST_WORDS)
                .map(|run| {
                    let fits = run.script == Script::Other || tongues(run.script, question).contains(&tongue);
                    if fits { analyser.word(Some(tongue), &text[run.range]) } else { Arc::default() }
                })
                .collect();
            let keys: Vec<&str> = words.iter().map(|word| word.key()).collect();
            for place in 0..keys.len() {
                concepts::shipped().at(tongue, &keys, place, |found| {
                    for unit in self.units[first..].iter_mut().skip(found.place).take(found.words) {
                        if !unit.concepts.contains(&(tongue, found.concept)) {
                            unit.concepts.push((tongue, found.concept));
                        }
                    }
                });
            }
        }
    }
}

/// The languages that a word may be of: the one that was said if its script fits, else what the script lets guess.
fn tongues(script: Script, question: &Question<'_>) -> Vec<Tongue> {
    let said = question.language.map(|language| (Tongue::of(language), language.primary()));
    let of_script = |script| match script {
        Script::Latin => [Tongue::En, Tongue::Fr, Tongue::Es].as_slice(),
        Script::Cyrillic => &[Tongue::Ru],
        Script::Arabic => &[Tongue::Ar],
        Script::Han => &[Tongue::Zh],
        Script::Unspaced | Script::Other => &[],
    };
    let usual = of_script(script);
    match said {
        None => usual.to_vec(),
        Some((Some(tongue), _)) if usual.contains(&tongue) => vec![tongue],
        // Arabic words in a question that is said to be French: the script knows better.
        Some((Some(_), _)) if script != Script::Latin => usual.to_vec(),
        Some(_) => Vec::new(),
    }
}

/// The pieces between quotes and outside of them. A quote that is not closed is none.
fn quoted(text: &str) -> Vec<(&str, bool)> {
    const QUOTES: [char; 8] = ['"', '“', '”', '„', '«', '»', '＂', '‟'];
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(QUOTES) {
        let inside = &rest[open..].trim_start_matches(QUOTES);
        let start = rest.len() - inside.len();
        let Some(length) = inside.find(QUOTES) else { break };
        pieces.push((&rest[..open], false));
        pieces.push((&rest[start..start + length], true));
        rest = inside[length..].trim_start_matches(QUOTES);
    }
    pieces.push((rest, false));
    pieces
}

/// Words in quotes: as they are, one after another.
fn phrase(text: &str, analyser: &mut Analyser) -> Option<Unit> {
    let mut words: Vec<Box<str>> = Vec::new();
    for run in runs(text).take(MOST_WORDS) {
        let written = &text[run.range.clone()];
        match run.script {
            Script::Han | Script::Unspaced => words.extend(pairs(&fold_whole(written)).into_iter().map(Into::into)),
            _ => {
                let word = analyser.word(None, written);
                words.extend(word.folded.split('/').filter(|part| !part.is_empty()).map(Into::into));
            }
        }
    }
    words.truncate(MOST_WORDS);
    (!words.is_empty()).then(|| Unit { phrase: words, is_quoted: true, ..Unit::default() })
}

/// Words of a run without spaces.
fn unspaced(written: &str, tongues: &[Tongue]) -> Vec<Unit> {
    let folded = fold_whole(written);
    if !tongues.contains(&Tongue::Zh) {
        let pairs: Vec<Box<str>> = pairs(&folded).into_iter().take(MOST_WORDS).map(Into::into).collect();
        return vec![Unit { phrase: pairs, ..Unit::default() }];
    }
    let words = chinese::words(&folded).into_iter().take(MOST_WORDS);
    words
        .map(|word| {
            let parts = chinese::words_and_parts(word).into_iter().filter(|part| *part != word);
            let concepts = concepts::shipped().of_chinese(word).iter();
            Unit {
                stems: vec![(Tongue::Zh, word.into())],
                phrase: pairs(word).into_iter().take(MOST_WORDS).map(Into::into).collect(),
                concepts: concepts.map(|concept| (Tongue::Zh, *concept)).collect(),
                parts: parts.map(Into::into).collect(),
                is_empty: stop::is_folded(Tongue::Zh, word),
                ..Unit::default()
            }
        })
        .collect()
}
