//! Concepts: words and acronyms that say the same thing (`words/synonyms.txt`). A text that has one of a group is filed
//! under the group's number too, so that a question with another one of the group finds it at the price of one look-up.
//!
//! A line is a group; `|` stands between its terms, each with the language that it is understood in, `fr:examen périodique
//! universel`, or `-` for an acronym of all languages. A group that begins with `*` names a thing, and is found across
//! languages; any other is good within each language alone.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Analyser, Tongue, runs::runs};

/// Number of a group.
pub(crate) type Concept = u16;

const FILE: &str = include_str!("../words/synonyms.txt");

static CONCEPTS: LazyLock<Concepts> = LazyLock::new(|| read(FILE));

/// Terms that begin with one word: the keys that must follow it, and the group.
type Continued = Vec<(Box<[Box<str>]>, Concept)>;

/// The groups, as texts are looked through for them.
#[derive(Default)]
pub(crate) struct Concepts {
    /// By language, then by the key of a term's first word.
    phrases: [HashMap<Box<str>, Continued>; Tongue::ALL.len()],
    /// Acronyms by their folded spelling.
    acronyms: HashMap<Box<str>, Vec<Concept>>,
    /// Terms in Chinese characters.
    chinese: HashMap<Box<str>, Vec<Concept>>,
    across: Vec<bool>,
}

/// A group found in a sequence of words.
pub(crate) struct Found {
    pub(crate) concept: Concept,
    /// Place of its first word, and how many words it has.
    pub(crate) place: usize,
    pub(crate) words: usize,
}

/// The shipped groups.
pub(crate) fn shipped() -> &'static Concepts {
    &CONCEPTS
}

/// How a group is written in the index.
pub(crate) fn term(concept: Concept) -> String {
    format!("#{concept}")
}

/// Terms in Chinese characters, for the dictionary.
pub(crate) fn chinese_words() -> impl Iterator<Item = &'static str> {
    groups(FILE).flat_map(|(_, terms)| terms).filter(|(tag, _)| *tag == "zh").map(|(_, term)| term)
}

impl Concepts {
    /// Whether a group is found across languages.
    pub(crate) fn is_across(&self, concept: Concept) -> bool {
        self.across.get(usize::from(concept)).copied().unwrap_or(false)
    }

    /// Groups of an acronym in any language, of a folded word.
    pub(crate) fn of_acronym(&self, folded: &str) -> &[Concept] {
        self.acronyms.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Groups of a Chinese word.
    pub(crate) fn of_chinese(&self, word: &str) -> &[Concept] {
        self.chinese.get(word).map_or(&[], Vec::as_slice)
    }

    /// The Chinese words of a group.
    pub(crate) fn chinese_of(&self, concept: Concept) -> impl Iterator<Item = &str> {
        self.chinese.iter().filter(move |(_, concepts)| concepts.contains(&concept)).map(|(word, _)| &**word)
    }

    /// Groups of which a term begins at a place of a text, whose words have these keys.
    pub(crate) fn at(&self, tongue: Tongue, keys: &[&str], place: usize, mut each: impl FnMut(Found)) {
        let Some(terms) = keys.get(place).and_then(|key| self.phrases[tongue as usize].get(*key)) else { return };
        let following = &keys[place + 1..];
        for (rest, concept) in terms {
            let fits = following.len() >= rest.len() && rest.iter().zip(following).all(|(rest, key)| **rest == **key);
            if fits {
                each(Found { concept: *concept, place, words: rest.len() + 1 });
            }
        }
    }
}

type Group<'f> = (bool, Vec<(&'f str, &'f str)>);

fn groups(file: &str) -> impl Iterator<Item = Group<'_>> {
    let lines = file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| {
        let (across, line) = line.strip_prefix('*').map_or((false, line), |rest| (true, rest));
        let terms = line.split('|').filter_map(|term| term.trim().split_once(':'));
        (across, terms.map(|(tag, term)| (tag.trim(), term.trim())).collect())
    })
}

fn read(file: &str) -> Concepts {
    let mut concepts = Concepts::default();
    let mut analyser = Analyser::default();
    for (concept, (across, terms)) in (0..).zip(groups(file)) {
        concepts.across.push(across);
        for (tag, term) in terms {
            match Tongue::parse(tag) {
                Some(Tongue::Zh) => concepts.chinese.entry(term.into()).or_default().push(concept),
                Some(tongue) => {
                    let words = runs(term).map(|run| analyser.word(Some(tongue), &term[run.range]));
                    let mut keys: Vec<Box<str>> = words.map(|word| word.key().into()).collect();
                    if !keys.is_empty() {
                        let first = keys.remove(0);
                        concepts.phrases[tongue as usize].entry(first).or_default().push((keys.into(), concept));
                    }
                }
                None => {
                    let acronym = analyser.word(None, term).folded.clone();
                    concepts.acronyms.entry(acronym).or_default().push(concept);
                }
            }
        }
    }
    concepts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concepts_of(tongue: Tongue, text: &str) -> Vec<Concept> {
        let mut analyser = Analyser::default();
        let words: Vec<_> = runs(text).map(|run| analyser.word(Some(tongue), &text[run.range])).collect();
        let keys: Vec<&str> = words.iter().map(|word| word.key()).collect();
        let mut found = Vec::new();
        for (place, word) in words.iter().enumerate() {
            shipped().at(tongue, &keys, place, |one| found.push(one.concept));
            found.extend(shipped().of_acronym(&word.folded));
        }
        found
    }

    #[test]
    fn every_line_is_a_group_of_known_languages() {
        for line in FILE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let terms: Vec<_> = line.trim_start_matches('*').split('|').collect();
            assert!(terms.len() > 1, "alone: {line}");
            for term in terms {
                let (tag, word) = term.trim().split_once(':').expect(line);
                assert!(tag == "-" || Tongue::parse(tag).is_some(), "language {tag}: {line}");
                assert!(!word.trim().is_empty(), "empty: {line}");
                assert!(tag != "-" || runs(word).count() == 1, "an acronym is one word: {line}");
            }
        }
        assert!(shipped().across.len() > 30);
    }

    #[test]
    fn names_of_the_review_are_one_concept_in_all_languages() {
        let review = concepts_of(Tongue::En, "the Universal Periodic Reviews of States")[0];
        assert!(shipped().is_across(review));
        assert!(concepts_of(Tongue::Fr, "L'examen périodique universel").contains(&review));
        assert!(concepts_of(Tongue::Fr, "L’EPU du Maroc").contains(&review));
        assert!(concepts_of(Tongue::Es, "el examen periodico universal").contains(&review));
        assert!(concepts_of(Tongue::Ru, "в рамках универсального периодического обзора").contains(&review));
        assert!(concepts_of(Tongue::Ar, "توصيات الاستعراض الدوري الشامل").contains(&review));
        assert!(shipped().of_chinese("普遍定期审议").contains(&review));
    }

    #[test]
    fn words_that_mean_the_same_meet_within_their_language() {
        let application = concepts_of(Tongue::Fr, "l'application des recommandations");
        let work = concepts_of(Tongue::Fr, "la mise en œuvre");
        assert!(work.iter().any(|concept| application.contains(concept)));
        assert!(!shipped().is_across(work[0]));
    }
}
