//! Records like a record: those that share its most telling words, in each language that it has, and its codes, which are
//! the same in all languages.

use std::{collections::HashMap, io};

use tantivy::schema::Field;

use crate::catalog::Published;

use super::{
    Reader,
    analysis::{Analyser, Script, Tongue, chinese, fold_whole, runs},
    fields::{self, BODY},
    filing::code_term,
    ledger::{How, Ledger},
};

/// Words by which a record is compared, a language.
const MOST_WORDS: usize = 12;
/// Words of a text that are looked at.
const LOOKED_AT: usize = 400;
/// Weight of a code beside a word: texts in other languages share nothing else.
const CODE: f32 = 2.0;

/// Slots of the reader's own snapshot, best first.
pub(super) fn related(
    reader: &Reader,
    record: &Published,
    fits: impl Fn(u32) -> bool,
    most: usize,
    analyser: &mut Analyser,
) -> io::Result<Vec<u32>> {
    let fields = reader.fields;
    let mut ledger = Ledger::new(&reader.parts);
    for (field, word) in telling(reader, record, analyser)? {
        ledger.word(field, &word, 1.0, How::Best)?;
        ledger.close_word();
    }
    for (list, code) in fields::codes(record) {
        ledger.word(fields.codes, &code_term(list, code), CODE, How::Best)?;
        ledger.close_word();
    }
    let facts = &reader.parts.facts;
    let mut found: Vec<(f32, i64, u32)> = ledger
        .found
        .iter()
        .map(|document| *document as usize)
        .filter(|place| facts[*place].is_there() && facts[*place].kind == record.kind && fits(facts[*place].slot))
        .map(|place| (ledger.total[place], facts[place].signed_at, facts[place].slot))
        .collect();
    found.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then((other.1, one.2).cmp(&(one.1, other.2))));
    Ok(found.into_iter().take(most).map(|(_, _, slot)| slot).collect())
}

/// The words of title and summary that few other records have, a language.
fn telling(reader: &Reader, record: &Published, analyser: &mut Analyser) -> io::Result<Vec<(Field, Box<str>)>> {
    let mut times: HashMap<(Tongue, Box<str>), usize> = HashMap::new();
    for text in fields::texts(record).into_iter().filter(|text| text.weight > BODY) {
        for (language, words) in text.text.iter() {
            let Some(tongue) = Tongue::of(language) else { continue };
            for stem in stems(tongue, words, analyser) {
                *times.entry((tongue, stem)).or_default() += text.weight;
            }
        }
    }
    let ledger = Ledger::new(&reader.parts);
    let mut telling: Vec<(Tongue, f32, Box<str>)> = Vec::new();
    for ((tongue, stem), times) in times {
        let (documents, _) = reader.parts.lists(reader.fields.tongue(tongue), &stem)?;
        // A word that this record alone has leads nowhere.
        if documents > 1 {
            telling.push((tongue, ledger.rareness(documents) * (times as f32).sqrt(), stem));
        }
    }
    telling.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.2.cmp(&other.2)));
    let mut taken = [0; Tongue::ALL.len()];
    telling.retain(|(tongue, ..)| {
        taken[*tongue as usize] += 1;
        taken[*tongue as usize] <= MOST_WORDS
    });
    Ok(telling.into_iter().map(|(tongue, _, stem)| (reader.fields.tongue(tongue), stem)).collect())
}

fn stems(tongue: Tongue, text: &str, analyser: &mut Analyser) -> Vec<Box<str>> {
    let mut stems = Vec::new();
    for run in runs(text).take(LOOKED_AT) {
        let written = &text[run.range.clone()];
        if run.script == Script::Han && tongue == Tongue::Zh {
            let folded = fold_whole(written);
            stems.extend(chinese::words(&folded).into_iter().filter(|word| word.chars().count() > 1).map(Box::from));
        } else {
            stems.extend(analyser.word(Some(tongue), written).stems.last().cloned());
        }
    }
    stems
}
