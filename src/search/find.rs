//! From a question to its hits.

use std::io;

use tantivy::{
    DocSet as _, TERMINATED, Term,
    query::{EnableScoring, PhraseQuery, Query as _},
};

use crate::record::Kind;

use super::{
    Reader,
    analysis::{Tongue, concepts},
    ledger::{How, Ledger},
    near,
    parts::Fact,
    question::{MOST_WORDS, Plan, Unit},
    sought::Sought,
    with_analyser,
};

/// Weights of the ways in which a word is found; chosen by the judged set (docs/decisions/0008-search.md).
const STEM: f32 = 1.0;
/// Its very spelling, in whatever language.
const EXACT: f32 = 0.3;
/// Another word of its group.
const CONCEPT: f32 = 0.5;
/// A word that it begins.
const BEGINNING: f32 = 0.5;
/// A word that it may have been meant for.
const NEAR: f32 = 0.5;
/// A shorter word inside it.
const PART: f32 = 0.4;

/// Records that fill a page; with fewer, those that have not all words are shown too, behind the others.
const PAGE: usize = 10;

/// Words of a question that may be misspelt.
const MOST_MISSPELT: usize = 4;

/// Steps of a score; closer ones are the same, and the fresher record comes first.
const STEPS: f32 = 64.0;

/// What a question found in the index: slots with their ranks.
pub(super) fn find(reader: &Reader, plan: Plan, kinds: &[Kind]) -> tantivy::Result<(Vec<(u32, i64)>, Sought)> {
    let fits = |fact: &Fact| fact.is_there() && (kinds.is_empty() || kinds.contains(&fact.kind));
    let mut search = Search {
        reader,
        ledger: Ledger::new(&reader.parts),
        sought: Sought::default(),
        misspelt: 0,
        // What a word stands for hangs on what everybody may read alone: whether a record for the network has a word
        // must not be seen from what the question finds without it.
        is_found: Box::new(|fact: &Fact| fact.is_public && fits(fact)),
    };
    let words = plan.units.len();
    for (number, unit) in plan.units.into_iter().enumerate() {
        search.unit(number, &unit)?;
    }
    let Search { ledger, sought, .. } = search;
    let facts = &reader.parts.facts;
    let passing = || ledger.found.iter().map(|document| *document as usize).filter(|place| fits(&facts[*place]));
    let least = enough(words, passing().filter(|place| facts[*place].is_public).map(|place| ledger.count[place]));
    let ranked = passing().filter(|place| usize::from(ledger.count[*place]) >= least).map(|place| {
        let fact = &facts[place];
        (fact.slot, rank(ledger.count[place], ledger.total[place], fact.signed_at))
    });
    Ok((ranked.collect(), sought))
}

/// How many words a record must have: all; where fewer public records than fill a page have them all, one word less, and
/// so on down to half of them.
fn enough(words: usize, counts: impl Iterator<Item = u8>) -> usize {
    let mut records = [0; MOST_WORDS + 1];
    counts.for_each(|count| records[usize::from(count).min(MOST_WORDS)] += 1);
    let lowest = words.div_ceil(2).max(1);
    let mut found = 0;
    for least in (lowest..=words).rev() {
        found += records[least];
        if found >= PAGE {
            return least;
        }
    }
    // Not even half of the words in any: what has most of them is still an answer.
    let most = (1..=lowest).rev().find(|count| records[*count] > 0).unwrap_or(1);
    most.min(lowest)
}

/// Words found, then score, then time: 6, 17 and 40 bits.
fn rank(count: u8, score: f32, signed_at: i64) -> i64 {
    let score = ((score * STEPS) as i64).clamp(1, (1 << 17) - 1);
    i64::from(count.min(63)) << 57 | score << 40 | signed_at
}

struct Search<'r> {
    reader: &'r Reader,
    ledger: Ledger<'r>,
    sought: Sought,
    misspelt: usize,
    is_found: Box<dyn Fn(&Fact) -> bool + 'r>,
}

impl Search<'_> {
    fn unit(&mut self, number: usize, unit: &Unit) -> tantivy::Result<()> {
        if unit.is_quoted {
            self.phrase(&unit.phrase, STEM)?;
            self.sought.phrase(number, &unit.phrase);
        } else {
            self.forms(number, unit)?;
            if unit.is_unfinished {
                self.beginnings(number, unit)?;
            }
            if !self.ledger.has(|document| (self.is_found)(&self.reader.parts.facts[document])) {
                self.instead(number, unit)?;
            }
            self.additions(number, unit)?;
        }
        self.ledger.close_word();
        Ok(())
    }

    fn forms(&mut self, number: usize, unit: &Unit) -> io::Result<()> {
        let fields = self.reader.fields;
        for (tongue, stem) in &unit.stems {
            self.ledger.word(fields.tongue(*tongue), stem, STEM, How::Best)?;
            self.sought.stem(number, *tongue, stem);
        }
        let Some(exact) = &unit.exact else { return Ok(()) };
        let weight = if unit.stems.is_empty() { STEM } else { EXACT };
        self.ledger.word(fields.exact, exact, weight, How::More)?;
        self.sought.exact(number, exact);
        Ok(())
    }

    fn beginnings(&mut self, number: usize, unit: &Unit) -> io::Result<()> {
        let fields = self.reader.fields;
        let chinese = unit.stems.iter().find(|(tongue, _)| *tongue == Tongue::Zh).map(|(_, word)| word);
        let (field, beginning) = match (chinese, &unit.exact) {
            (Some(word), _) => (fields.tongue(Tongue::Zh), word),
            (None, Some(word)) if word.chars().count() > 1 => (fields.exact, word),
            _ => return Ok(()),
        };
        let words = near::beginning_with(&self.reader.parts, field, beginning)?;
        self.ledger.any(field, &words, BEGINNING, How::Best)?;
        self.sought.beginning(number, beginning);
        Ok(())
    }

    /// For a word that is in no record: its parts, or what it may have been meant for.
    fn instead(&mut self, number: usize, unit: &Unit) -> tantivy::Result<()> {
        let fields = self.reader.fields;
        if !unit.phrase.is_empty() {
            self.phrase(&unit.phrase, STEM)?;
            self.sought.phrase(number, &unit.phrase);
            for part in &unit.parts {
                self.ledger.word(fields.tongue(Tongue::Zh), part, PART, How::Best)?;
                self.sought.stem(number, Tongue::Zh, part);
            }
            return Ok(());
        }
        let Some(exact) = unit.exact.as_ref().filter(|_| self.misspelt < MOST_MISSPELT) else { return Ok(()) };
        self.misspelt += 1;
        let words = near::near(&self.reader.parts, fields.exact, exact)?;
        self.ledger.any(fields.exact, &words, NEAR, How::Best)?;
        for word in &words {
            self.sought.exact(number, word);
            for tongue in Tongue::ALL.into_iter().filter(|tongue| unit.stems.iter().any(|(of, _)| of == tongue)) {
                for stem in &*with_analyser(|analyser| analyser.word(Some(tongue), word)).stems {
                    self.ledger.word(fields.tongue(tongue), stem, NEAR, How::Best)?;
                    self.sought.stem(number, tongue, stem);
                }
            }
        }
        Ok(())
    }

    /// What else says that a record is about the word.
    fn additions(&mut self, number: usize, unit: &Unit) -> io::Result<()> {
        let fields = self.reader.fields;
        for (tongue, concept) in &unit.concepts {
            let across = concepts::shipped().is_across(*concept);
            let field = if across { fields.exact } else { fields.tongue(*tongue) };
            self.ledger.word(field, &concepts::term(*concept), CONCEPT, How::More)?;
            self.sought.concept(number, *tongue, *concept);
        }
        Ok(())
    }

    /// Words that stand one after another, as they are spelt.
    fn phrase(&mut self, words: &[Box<str>], weight: f32) -> tantivy::Result<()> {
        let field = self.reader.fields.exact;
        if let [word] = words {
            return Ok(self.ledger.word(field, word, weight, How::Best)?);
        }
        if words.is_empty() {
            return Ok(());
        }
        let query = PhraseQuery::new(words.iter().map(|word| Term::from_field_text(field, word)).collect());
        let query = query.weight(EnableScoring::enabled_from_searcher(&self.reader.searcher))?;
        for (part, segment) in self.reader.searcher.segment_readers().iter().enumerate() {
            let mut scorer = query.scorer(segment, weight)?;
            while scorer.doc() != TERMINATED {
                let document = self.reader.parts.base(part) + scorer.doc() as usize;
                let score = scorer.score();
                self.ledger.count_in(document, score.max(f32::MIN_POSITIVE), How::Best);
                scorer.advance();
            }
        }
        Ok(())
    }
}
