//! Words that begin alike, and words that are one slip of a finger away: a letter too many, one missing, a wrong one, two
//! changed about. The dictionary of the index is asked, so only words that some record has come out.

use std::{collections::HashMap, io};

use tantivy::schema::Field;

use super::analysis::runs::{Script, runs};
use super::parts::Parts;

/// Most words that a beginning stands for.
const MOST_BEGINNINGS: usize = 50;
/// Most words that are looked at for that; of more, the first in order.
const LOOKED_AT: usize = 4000;
/// Most words that a misspelt one stands for.
const MOST_NEAR: usize = 8;
/// Letters of a word that may be misspelt: shorter ones have too many neighbours, longer ones cost too much.
const MISSPELT: std::ops::RangeInclusive<usize> = 5..=24;

/// The most frequent words of a field that begin so, without the beginning itself.
pub(super) fn beginning_with(parts: &Parts, field: Field, beginning: &str) -> io::Result<Vec<String>> {
    let mut found: HashMap<String, u32> = HashMap::new();
    let mut looked_at = 0;
    parts.words_from(field, beginning, |word, documents| {
        looked_at += 1;
        let fits = word.starts_with(beginning) && looked_at < LOOKED_AT;
        if fits && word.len() > beginning.len() {
            *found.entry(word.to_owned()).or_default() += documents;
        }
        fits
    })?;
    Ok(most_frequent(found, MOST_BEGINNINGS))
}

/// The most frequent words of a field that are one slip away from a word; none for a word that is too short or long.
pub(super) fn near(parts: &Parts, field: Field, word: &str) -> io::Result<Vec<String>> {
    let letters: Vec<char> = word.chars().collect();
    if !MISSPELT.contains(&letters.len()) || letters.iter().any(|letter| letter.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let middle = letters.len() / 2;
    let mut found: HashMap<String, u32> = HashMap::new();
    // The slip is in the first half, so it is tried there; or it is behind it, and the first half stands.
    for candidate in slips(&letters, middle) {
        let (documents, _) = parts.lists(field, &candidate)?;
        if documents > 0 {
            found.insert(candidate, documents);
        }
    }
    let half: String = letters[..middle].iter().collect();
    let mut looked_at = 0;
    parts.words_from(field, &half, |other, documents| {
        looked_at += 1;
        let fits = other.starts_with(&half) && looked_at < LOOKED_AT;
        if fits && other != word && is_one_slip(word, other) {
            *found.entry(other.to_owned()).or_default() += documents;
        }
        fits
    })?;
    // A word that only records for the network have must not lead the public anywhere: it would show that they have it.
    let mut public = HashMap::new();
    for (word, documents) in found {
        if parts.is_public(field, &word)? {
            public.insert(word, documents);
        }
    }
    Ok(most_frequent(public, MOST_NEAR))
}

fn most_frequent(found: HashMap<String, u32>, most: usize) -> Vec<String> {
    let mut found: Vec<(String, u32)> = found.into_iter().collect();
    found.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    found.truncate(most);
    found.into_iter().map(|(word, _)| word).collect()
}

/// Every word with one slip within its first letters.
fn slips(letters: &[char], first: usize) -> Vec<String> {
    let alphabet = alphabet(letters);
    let mut slips = Vec::new();
    let mut add = |before: &[char], between: &[char], after: &[char]| {
        slips.push([before, between, after].iter().flat_map(|part| part.iter()).collect::<String>());
    };
    for place in 0..first {
        let (before, after) = letters.split_at(place);
        add(before, &[], &after[1..]);
        if let [one, other, rest @ ..] = after {
            add(before, &[*other, *one], rest);
        }
        for letter in &alphabet {
            add(before, &[*letter], after);
            add(before, &[*letter], &after[1..]);
        }
    }
    slips
}

fn alphabet(letters: &[char]) -> Vec<char> {
    let word: String = letters.iter().collect();
    match runs(&word).next().map(|run| run.script) {
        Some(Script::Latin) => ('a'..='z').collect(),
        Some(Script::Cyrillic) => ('а'..='я').collect(),
        Some(Script::Arabic) => ('\u{621}'..='\u{64a}').filter(|letter| letter.is_alphabetic()).collect(),
        _ => Vec::new(),
    }
}

/// Whether one slip makes one word of the other.
pub(super) fn is_one_slip(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 4 && strsim::osa_distance(one, other) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_or_two_changed_about() {
        for (one, other, is_slip) in [
            ("recommendation", "recomendation", true),
            ("committee", "comittee", true),
            ("society", "soceity", true),
            ("report", "repott", true),
            ("общество", "обшество", true),
            ("report", "reporting", false),
            ("report", "report", false),
        ] {
            assert_eq!(is_one_slip(one, other), is_slip, "{one} {other}");
        }
        let letters: Vec<char> = "comittee".chars().collect();
        assert!(slips(&letters, 4).contains(&"committee".to_owned()));
        let letters: Vec<char> = "ocmmittee".chars().collect();
        assert!(slips(&letters, 4).contains(&"committee".to_owned()));
    }
}
